"""The statement of destruction (verklaring van vernietiging): what was destroyed, by which rule, who decided, and when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from woo.domain.ingreep import Aanleiding, Ingreep
from woo.views import dutch
from woo.views.drukwerk import printed

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_AANLEIDING = {
    Aanleiding.DATALEK: "Er stonden gegevens in die niet bewaard mogen worden (datalek)",
    Aanleiding.BEWAARTERMIJN: "De bewaartermijn is voorbij",
}


def statement(one: Ingreep, *, organisatie: str, nu: datetime) -> bytes:
    """The statement of a destruction that was carried out, as an accessible PDF.

    After a leak no title is told: the title may be what had to go. Raises ValueError for a proposal that nobody approved.
    """
    if one.beslist_door is None or one.beslist_op is None or one.aanleiding is None:
        raise ValueError(f"proposal {one.id} was not approved, or destroys nothing")
    return printed(
        "vernietiging",
        {
            "organisatie": organisatie,
            "feiten": _facts(one, organisatie, nu),
            "documenten": [_document(each) for each in _listed(one, "documenten")],
            "hoe": _how(one),
            "besluit": [
                f"Voorgesteld door {one.voorgesteld_door.naam} op {_moment(one.voorgesteld_op)}.",
                f"Goedgekeurd door {one.beslist_door.naam} op {_moment(one.beslist_op)}.",
                f"Reden: {one.reden}",
            ],
        },
        op=nu,
    )


def _facts(one: Ingreep, organisatie: str, nu: datetime) -> list[list[str]]:
    publicatie = one.gegevens.get("publicatie")
    of: Mapping[str, Any] = publicatie if isinstance(publicatie, Mapping) else {}
    regel = one.gegevens.get("regel")
    aanleiding = "" if one.aanleiding is None else _AANLEIDING[one.aanleiding]
    rows = [
        ["Organisatie", organisatie],
        ["Nummer van de verklaring", one.id],
        ["Vernietigd op", _moment(nu)],
        ["Aanleiding", aanleiding],
        ["Publicatie", str(of.get("titel") or of.get("id") or one.object_id)],
    ]
    if of.get("kenmerk"):
        rows.append(["Kenmerk", str(of["kenmerk"])])
    if of.get("eerste_publicatie"):
        rows.append(
            ["Voor het eerst openbaar", _moment(datetime.fromisoformat(str(of["eerste_publicatie"])))]
        )
    if regel:
        rows.append(["Regel van de selectielijst", str(regel)])
    return rows


def _document(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "naam": told.get("titel") or told["id"],
        "paginas": told["paginas"],
        "bestanden": told["bestanden"],
    }


def _listed(one: Ingreep, naam: str) -> Sequence[Mapping[str, Any]]:
    value = one.gegevens.get(naam)
    return value if isinstance(value, list) else []


def _how(one: Ingreep) -> list[str]:
    told = [
        "De bestanden zijn uit het archief en uit de openbare opslag verwijderd, met alle eerdere versies.",
        "De tekst en de gegevens zijn uit het register gewist en de zoekindex is opnieuw gemaakt.",
        "Wordt een oudere back-up teruggezet, dan wordt dit opnieuw vernietigd.",
    ]
    for id, (lot, why) in one.andere.items():
        also = "ook vernietigd" if lot.value == "vernietigen" else f"bewaard: {why}"
        told.append(f"Document {id} had hetzelfde bestand; dat is {also}.")
    if one.gegevens.get("opslag_bewaart_versies"):
        told.append(
            "Let op: de opslag bewaart oude versies van bestanden. De beheerder van de opslag moet die nog verwijderen."
        )
    return told


def _moment(value: datetime) -> str:
    local = value.astimezone(_AMSTERDAM)
    return f"{dutch.day(local.date())}, {local.hour}.{local.minute:02} uur"
