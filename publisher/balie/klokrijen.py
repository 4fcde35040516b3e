"""The rows of a list of clocks as the pages of the desk show them; the macros are in `_termijnen.html`."""

from collections.abc import Iterable, Mapping
from typing import Any

from woo.domain.klok import Klok, Klokstand
from woo.domain.termijnregel import Termijnsoort
from woo.usecases.termijnen import Lopend
from woo.views import termijnen as told

_LOOK = {Klokstand.GEDAAN: "ok", Klokstand.STIL: "warn"}
_SOON = 7


def row(klok: Klok) -> Mapping[str, Any]:
    """One clock: what it is for, its sentence, the other way of counting, how long there is, how it looks, its article."""
    return {
        "sleutel": klok.sleutel,
        "naam": told.what(klok),
        "zin": told.sentence(klok),
        "anders": told.both_ways(klok) if klok.open else "",
        "kort": told.short(klok),
        "vorm": _look(klok),
        "begin": klok.begin,
        "einde": klok.einde,
        "einde_zonder": klok.einde_zonder,
        "artikel": klok.regel.artikel,
        "bron": klok.regel.bron,
        "uitleg": klok.regel.uitleg,
        "open": klok.open,
    }


def rows_of(klokken: Iterable[Klok]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The clocks of a request: those that someone waits for, what ends first at the top, and the others."""
    open_: list[Klok] = []
    other: list[Klok] = []
    for klok in klokken:
        (open_ if klok.open else other).append(klok)
    open_.sort(key=lambda klok: (klok.einde is None, klok.einde or klok.begin))
    return [row(klok) for klok in open_], [row(klok) for klok in other]


def running(lopend: Lopend, organisatie: str | None) -> Mapping[str, Any]:
    """One clock of a list over all dossiers: with its dossier, and the name of its organisation."""
    return {
        **row(lopend.klok),
        "kenmerk": lopend.kenmerk,
        "pad": lopend.pad,
        "organisatie": organisatie or "",
    }


def _look(klok: Klok) -> str:
    if klok.te_laat:
        return "warn" if klok.regel.streef else "stop"
    if klok.stand is Klokstand.LOOPT and klok.regel.soort is Termijnsoort.PLICHT:
        return "warn" if (klok.dagen_over or 0) <= _SOON else ""
    return _LOOK.get(klok.stand, "")
