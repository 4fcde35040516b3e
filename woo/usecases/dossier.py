"""Let the public pages of a dossier follow what changed in it."""

from collections.abc import Iterable
from datetime import datetime

from woo.domain.actor import Actor
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.domain.publicatie import Publicatiestatus
from woo.registry import Transaction
from woo.usecases.rechten import Handeling, demand_publicatie


def renew_dossiers(tx: Transaction, actor: Actor, verzoek_id: str, now: datetime) -> None:
    """Owe a sync to every published publicatie that shows a decision on this request.

    Raises NotAllowed where there is one and the actor may not change what is public.
    """
    shown = (besluit.publicatie_id for besluit in tx.dossier.besluiten(verzoek_id))
    renew_publicaties(tx, actor, {id for id in shown if id is not None}, now)


def renew_publicaties(tx: Transaction, actor: Actor, ids: Iterable[str], now: datetime) -> None:
    """Owe a sync to those of these publicaties that are published; raises as `renew_dossiers`."""
    public = [
        each
        for each in (tx.publicatie(id) for id in sorted(ids))
        if each.status is Publicatiestatus.GEPUBLICEERD
    ]
    for each in public:
        demand_publicatie(actor, Handeling.VERZOEK_WIJZIGEN, each)
    tx.want_many([Jobwens(Jobsoort.SYNC_PUBLICATIE, each.id, Prioriteit.NORMAAL) for each in public], now)
