"""Four eyes: where an organisation wants it, who prepared a publicatie does not make it public."""

from typing import Final

from woo.domain.actor import Actor
from woo.domain.errors import Refused
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.domain.vier_ogen import VierOgen
from woo.registry import Reading
from woo.registry.voorbereiders import identity

WHY: Final = "four eyes"
"""How the reason of such a refusal begins."""


def check_four_eyes(
    reading: Reading, regel: VierOgen, actor: Actor, publicatie: Publicatie, key: bytes
) -> None:
    """Raise Refused where this actor made the concept, or changed it, its documents or its inventory.

    Who it is goes by the account or key, and for commands by the name. `key` is that of the log.
    """
    if not regel.holds_for(publicatie.publisher):
        return
    if reading.prepared(publicatie.id, identity(actor, key)) is not None:
        why = f"{WHY}: you prepared it yourself; someone else with the role publiceerder can publish it"
        raise Refused("publish", f"publicatie {publicatie.id}", why)


def check_not_alone(regel: VierOgen, publicatie: Publicatie, action: str) -> None:
    """Raise Refused where one person would put a file before the public: into what is public already."""
    if publicatie.status is Publicatiestatus.GEPUBLICEERD and regel.holds_for(publicatie.publisher):
        why = f"{WHY}: nobody puts a file before the public alone; make a new publicatie, that another publishes"
        raise Refused(action, f"publicatie {publicatie.id}", why)
