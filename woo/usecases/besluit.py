"""Put a decision right, and make the publicatie that shows it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from woo.domain.actor import Actor
from woo.domain.besluit import Woobesluit, check_besluit
from woo.domain.errors import InvalidValue, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.publicatie import Publicatie
from woo.registry import Transaction
from woo.usecases.codes import checked_gronden
from woo.usecases.dossier import renew_dossiers
from woo.usecases.gelijktijdig import require_state
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.publicatie import NieuwePublicatie, build_publicatie, insert_publicatie
from woo.usecases.rechten import Handeling, demand
from woo.usecases.verzoek import not_in_the_future

WOO_VERZOEKEN = "c_3baef532"
"""The informatiecategorie of requests and decisions under the Woo (art. 3.3, second paragraph, under i)."""

CHANGEABLE = frozenset(
    {
        "kenmerk",
        "datum",
        "uitkomst",
        "deelbesluit",
        "laatste",
        "gronden",
        "ondertekenaar",
        "aangemerkt_als",
        "herziening",
    }
)


@usecase(Handeling.BESLUIT_REGISTREREN, "woobesluit", "id")
def change_besluit(
    platform: Platform, actor: Actor, id: str, changes: Mapping[str, Any], *, seen: datetime | None = None
) -> Woobesluit:
    """Put fields of a decision right; a decision that was revised is changed by a new one, not here, where it differs.

    Raises:
        NotFound: there is no such decision.
        InvalidValue, Refused: as check_besluit; a field that cannot be changed; a later state than the one that was `seen`.
        NotAllowed: the actor may not edit, or not change what is public.
    """
    for name in changes:
        if name not in CHANGEABLE:
            raise InvalidValue("veld", name, "this field cannot be changed", accepted=sorted(CHANGEABLE))
    values = dict(changes)
    if "gronden" in values:
        values["gronden"] = checked_gronden(values["gronden"])
    if "datum" in values:
        not_in_the_future(platform, "datum", values["datum"])
    with platform.registry.transaction() as tx:
        now = platform.now()
        old = _allowed(tx, actor, id)
        if old.gewijzigd_op is not None:
            require_state("woobesluit", id, held=old.gewijzigd_op, seen=seen, reading=tx)
        besluit = replace(old, **values, gewijzigd_op=now)
        _check_all(tx, besluit)
        tx.dossier.save_besluit(besluit)
        details = {
            "verzoek": besluit.verzoek_id,
            "velden": ",".join(sorted(values)),
            "publicatie": besluit.publicatie_id,
        }
        tx.record(Gebeurtenis(Actie.BESLUIT_CHANGED, "woobesluit", id, actor, now, details=details))
        renew_dossiers(tx, actor, besluit.verzoek_id, now)
    return besluit


@usecase(Handeling.BESLUIT_REGISTREREN, "woobesluit", "id")
def make_publicatie(
    platform: Platform, actor: Actor, id: str, *, officiele_titel: str | None = None
) -> Publicatie:
    """Make the concept that is to show a decision, filled in from its request; both in one transaction.

    Raises:
        NotFound: there is no such decision.
        Refused: a publicatie shows it already.
        NotAllowed: the actor may not edit.
    """
    with platform.registry.transaction() as tx:
        now = platform.now()
        besluit = _allowed(tx, actor, id)
        if besluit.publicatie_id is not None:
            why = f"publicatie {besluit.publicatie_id} shows it already"
            raise Refused("make a publicatie of", f"decision {besluit.kenmerk}", why)
        verzoek = tx.dossier.verzoek(besluit.verzoek_id)
        nieuw = NieuwePublicatie(
            publisher=verzoek.organisatie,
            officiele_titel=officiele_titel or suggested_title(besluit, verzoek.onderwerp),
            informatiecategorieen=(WOO_VERZOEKEN,),
            kenmerk=besluit.kenmerk,
        )
        publicatie = build_publicatie(platform, nieuw)
        insert_publicatie(tx, actor, publicatie)
        tx.dossier.save_besluit(replace(besluit, publicatie_id=publicatie.id, gewijzigd_op=now))
        details = {"verzoek": besluit.verzoek_id, "publicatie": publicatie.id}
        tx.record(Gebeurtenis(Actie.BESLUIT_CHANGED, "woobesluit", id, actor, now, details=details))
        renew_dossiers(tx, actor, besluit.verzoek_id, now)
    return publicatie


def suggested_title(besluit: Woobesluit, onderwerp: str) -> str:
    """The title that a publicatie of this decision begins with."""
    deel = "" if besluit.deelbesluit is None else f", deelbesluit {besluit.deelbesluit}"
    wat = "Besluit" if besluit.herziet is None else "Herzien besluit"
    return f"{wat} op Woo-verzoek over {onderwerp}{deel}"


def _allowed(tx: Transaction, actor: Actor, id: str) -> Woobesluit:
    besluit = tx.dossier.besluit(id)
    verzoek = tx.dossier.verzoek(besluit.verzoek_id)
    demand(actor, Handeling.BESLUIT_REGISTREREN, verzoek.organisatie, "woobesluit", id)
    return besluit


def _check_all(tx: Transaction, besluit: Woobesluit) -> None:
    """Check it, and the decision that revises it, which has to fit it still."""
    verzoek = tx.dossier.verzoek(besluit.verzoek_id)
    andere = [besluit if each.id == besluit.id else each for each in tx.dossier.besluiten(verzoek.id)]
    check_besluit(besluit, verzoek, andere)
    for later in andere:
        if later.herziet == besluit.id:
            check_besluit(later, verzoek, andere)
