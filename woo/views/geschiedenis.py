"""How the history of a publicatie is told in the language of the reader, from the Dutch words that it is kept in."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.taal import gettext, gettext_noop


@dataclass(frozen=True, slots=True)
class Verteld:
    """An entry: what we say of it, and what follows that in Dutch, as someone wrote it (empty for nothing)."""

    tekst: str
    nederlands: str = ""


_NOTED = (
    gettext_noop("Gepubliceerd"),
    gettext_noop("Document toegevoegd"),
    gettext_noop("Document vervangen door versie %(nummer)s"),
    gettext_noop("Document hersteld: het is weer openbaar"),
    gettext_noop("Publicatie hersteld: zij is weer openbaar"),
    gettext_noop("Deelbesluit %(nummer)s (%(kenmerk)s)"),
    gettext_noop("Besluit %(kenmerk)s"),
)
_CHANGED = (
    gettext_noop("Gegevens gewijzigd"),
    gettext_noop("Termijn van het verzoek gewijzigd"),
    gettext_noop("Gegevens van het verzoek gewijzigd"),
    gettext_noop("Gegevens van een document gewijzigd"),
    gettext_noop("Inventaris bijgewerkt"),
)
_VELDEN: Final = frozenset(
    {
        gettext_noop("titel"),
        gettext_noop("korte titel"),
        gettext_noop("beschrijving"),
        gettext_noop("kenmerk"),
        gettext_noop("organisatie"),
        gettext_noop("soort document"),
        gettext_noop("datum"),
        gettext_noop("taal"),
        gettext_noop("verdaging"),
        gettext_noop("opschorting"),
        gettext_noop("plaats in het dossier"),
        gettext_noop("onderwerp"),
        gettext_noop("periode"),
        gettext_noop("dag van ontvangst"),
        gettext_noop("doorgestuurd"),
        gettext_noop("ingetrokken door de verzoeker"),
        gettext_noop("nieuw"),
        gettext_noop("gewijzigd"),
        gettext_noop("verdwenen"),
    }
)
"""What can have changed, and what can have happened to rows of an inventory."""

_GONE = (gettext_noop("Document ingetrokken"), gettext_noop("Publicatie ingetrokken"))
_LATER_GONE = gettext_noop("%(wat)s (publicatie later ingetrokken)")


def told(titel: str) -> Verteld:
    """Say one entry (`titel` as woo.projection.geschiedenis writes it); words that are not known here stay Dutch."""
    for read in (_gone, _changed, _procedure, _noted):
        found = read(titel)
        if found is not None:
            return found
    return Verteld("", titel)


def _gone(titel: str) -> Verteld | None:
    """That a document or the publicatie was withdrawn, and why; the reason is someone's own words."""
    head, _, reden = titel.partition(": ")
    return Verteld(gettext(head), reden) if head in _GONE else None


def _changed(titel: str) -> Verteld | None:
    head, _, fields = titel.partition(": ")
    if head not in _CHANGED:
        return None
    said = ", ".join(_field(field) for field in fields.split(", ") if field)
    return Verteld(f"{gettext(head)}: {said}" if said else gettext(head))


def _field(text: str) -> str:
    """A field that changed, or how many rows are new, changed or gone (`3 nieuw`)."""
    number, _, word = text.rpartition(" ")
    if number.isdigit() and word in _VELDEN:
        return f"{number} {gettext(word)}"
    return gettext(text) if text in _VELDEN else text


def _procedure(titel: str) -> Verteld | None:
    for soort in Proceduresoort:
        if titel == f"{soort.naam} ingediend":
            return Verteld(gettext("%(procedure)s ingediend", procedure=gettext(soort.naam)))
        for uitkomst in Procedureuitkomst:
            if titel == f"{soort.naam} {uitkomst.naam}":
                return Verteld(f"{gettext(soort.naam)} {gettext(uitkomst.naam)}")
    return None


def _noted(titel: str) -> Verteld | None:
    later = _READ[_LATER_GONE](titel)
    if later is not None:
        return Verteld(gettext(_LATER_GONE, wat=told(later["wat"]).tekst or later["wat"]))
    for text in _NOTED:
        values = _READ[text](titel)
        if values is not None:
            return Verteld(gettext(text, **values))
    return None


def _reader(text: str) -> Callable[[str], dict[str, str] | None]:
    """What takes the values of a text like `Besluit %(kenmerk)s` out of what was written with it."""
    pattern = re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+)", re.escape(text)), re.DOTALL)

    def read(titel: str) -> dict[str, str] | None:
        hit = pattern.fullmatch(titel)
        return None if hit is None else hit.groupdict()

    return read


def _readers(texts: Iterable[str]) -> dict[str, Callable[[str], dict[str, str] | None]]:
    return {text: _reader(text) for text in texts}


_READ = _readers((*_NOTED, _LATER_GONE))
