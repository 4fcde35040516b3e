"""The store of who follows what, where events are sent, and what visitors reported; apart from the registry."""

from woo.volgers.baliehaken import Baliehaak, Baliehaken
from woo.volgers.bereik import Bereik
from woo.volgers.meldingen import Melding, Meldingen
from woo.volgers.sleutels import Doel, Sleutels
from woo.volgers.store import PART, Volgersopslag, open_volgers
from woo.volgers.stroom import Gebeurtenis, Stroom
from woo.volgers.volgers import Aanmelding, Volger, Volgers
from woo.volgers.webhooks import Webhook, Webhooks

__all__ = [
    "PART",
    "Aanmelding",
    "Baliehaak",
    "Baliehaken",
    "Bereik",
    "Doel",
    "Gebeurtenis",
    "Melding",
    "Meldingen",
    "Sleutels",
    "Stroom",
    "Volger",
    "Volgers",
    "Volgersopslag",
    "Webhook",
    "Webhooks",
    "open_volgers",
]
