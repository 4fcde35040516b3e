"""The inventory of a decision as an accessible PDF (PDF/UA-1): a title, the list as a table, and what its grounds mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from woo.diwoo.uitleg import Uitlegboek
from woo.domain.errors import Refused
from woo.domain.maanden import MAANDEN
from woo.exports.inventaris import Address, Regel
from woo.exports.typst_pdf import typst_pdf

_TEMPLATE = "inventaris.typ"
_KOLOMMEN = ("Nr.", "Document", "Datum", "Beoordeling", "Waarom")
_GRONDENKOLOMMEN = ("Grond", "Naam", "Uitleg", "Artikel")
_LONG = re.compile(r"\S{24,}")
_AFTER = re.compile(r"([_./\\@?&=+-]+)")
_STRETCH = 20
_BREAK = "\u200b"
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Kop:
    """What stands above the list: the publicatie, who publishes it, its case number and its public address."""

    titel: str
    organisatie: str
    kenmerk: str | None = None
    adres: str | None = None
    concept: bool = False


def check_size(count: int, most: int) -> None:
    """Raise Refused for an inventory with more rows than a PDF is made of."""
    if count > most:
        why = f"a PDF is made of at most {most} rows and it has {count}; take the spreadsheet or the CSV"
        raise Refused("make a PDF of", "this inventory", why)


def inventaris_pdf(
    kop: Kop,
    regels: Sequence[Regel],
    uitleg: Uitlegboek,
    address: Address,
    *,
    seconds: float,
    moment: datetime,
) -> bytes:
    """Make the PDF; `address` gives the public address of the document of a row.

    Raises:
        Unavailable: it took longer than `seconds`, or could not be made.
    """
    used = dict.fromkeys(code for regel in regels for code in regel["gronden"])
    made = moment.astimezone(_AMSTERDAM)
    day_of_making = f"{made.day} {MAANDEN[made.month - 1]} {made.year}"
    lines = [kop.organisatie, kop.kenmerk and f"Kenmerk {kop.kenmerk}", kop.adres]
    data = {
        "titel": _text(f"Inventaris bij: {kop.titel}"),
        "organisatie": _text(kop.organisatie),
        "kop": [_text(line) for line in lines if line],
        "voet": _text(f"Inventaris, gemaakt op {day_of_making}" + (", concept" if kop.concept else "")),
        "lijstkop": "De documenten",
        "inleiding": [_intro(regels, concept=kop.concept)],
        "kolommen": list(_KOLOMMEN),
        "rijen": [_row(regel, uitleg, address) for regel in regels],
        "grondenkop": "Wat de gronden betekenen",
        "grondenkolommen": list(_GRONDENKOLOMMEN),
        "gronden": [_ground(code, uitleg) for code in sorted(used)],
    }
    return typst_pdf(_TEMPLATE, data, seconds=seconds, moment=moment)


def _intro(regels: Sequence[Regel], *, concept: bool) -> str:
    count = len(regels)
    named = f"{count:,}".replace(",", ".")
    many = f"In deze lijst staan {named} documenten." if count else "Er staan geen documenten in deze lijst."
    told = "In deze lijst staat 1 document." if count == 1 else many
    return f"Dit is een concept. {told}" if concept else told


def _row(regel: Regel, uitleg: Uitlegboek, address: Address) -> dict[str, Any]:
    waarom = [f"{code} {uitleg.grond(code).naam}".strip() for code in regel["gronden"]]
    waarom += regel.get("wetten", ())
    waarom += [uitleg.bijzonderheden[each].naam for each in regel["bijzonderheden"]]
    beoordeling = uitleg.beoordelingen[regel["beoordeling"]].naam
    if regel["opgeschort"]:
        beoordeling = f"{beoordeling} ({uitleg.opgeschort.naam[:1].lower()}{uitleg.opgeschort.naam[1:]})"
    onder = [f"Staat al op {link}" for link in regel["links"]]
    onder += [f"Hoort bij nummer {', '.join(regel['gerelateerd'])}"] if regel["gerelateerd"] else []
    return {
        "nummer": _text(regel["nummer"]),
        "naam": "Ingetrokken document" if regel["ingetrokken"] else _text(regel["naam"]),
        "url": None if regel["ingetrokken"] else address(regel),
        "onder": [_text(line) for line in onder],
        "datum": regel["datum"] or "",
        "beoordeling": beoordeling,
        "waarom": [_text(line) for line in waarom],
    }


def _ground(code: str, uitleg: Uitlegboek) -> dict[str, str]:
    told = uitleg.grond(code)
    return {
        "code": code,
        "naam": _text(told.naam),
        "uitleg": _text(told.uitleg),
        "artikel": told.artikel or "",
    }


def _text(text: str) -> str:
    """The text on one line, with places where a long word may be broken, so that it stays within its column."""
    return _LONG.sub(lambda word: _breakable(word[0]), " ".join(text.split()))


def _breakable(word: str) -> str:
    pieces = [piece for piece in _AFTER.sub(rf"\1{_BREAK}", word).split(_BREAK) if piece]
    cut = (piece[at : at + _STRETCH] for piece in pieces for at in range(0, len(piece), _STRETCH))
    return _BREAK.join(cut)
