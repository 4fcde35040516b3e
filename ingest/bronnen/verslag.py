"""The report of a check: as JSON values, and in plain Dutch for people."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.bronnen.bevindingen import Zwaarte
from ingest.bronnen.controle import Uitkomst
from woo.projection import utc_text
from woo.views.bronverslag import OORDELEN, groups


def verslag(uitkomst: Uitkomst) -> dict[str, Any]:
    """The report as JSON values; `bevindingen` the most serious first."""
    found = uitkomst.bevindingen.op_volgorde()
    return {
        "adres": uitkomst.adres,
        "gecontroleerdOp": utc_text(uitkomst.gecontroleerd_op),
        "oordeel": _oordeel({each.zwaarte for each in found}),
        "onvolledig": uitkomst.onvolledig is not None,
        "bekeken": {
            "indexen": uitkomst.indexen,
            "sitemaps": uitkomst.sitemaps,
            "sitemapsGenoemd": uitkomst.sitemaps_genoemd,
            "vermeldingen": uitkomst.vermeldingen,
            "bestanden": uitkomst.bestanden,
            "verzoeken": uitkomst.verzoeken,
            "bytes": uitkomst.bytes,
        },
        "bevindingen": [
            {
                "code": each.code,
                "zwaarte": each.zwaarte.name.lower(),
                "wat": each.wat,
                "waarom": each.waarom,
                "doe": each.doe,
                "aantal": each.aantal,
                "plaatsen": [{"url": place.url, "regel": place.regel} for place in each.plaatsen],
            }
            for each in found
        ],
    }


def goed(told: Mapping[str, Any]) -> bool:
    """Whether the national harvester trips over nothing in this report."""
    return told["oordeel"] == "goed" and not told["onvolledig"]


def regels(told: Mapping[str, Any]) -> Iterator[str]:
    """The report as lines of text."""
    bekeken = told["bekeken"]
    yield f"{told['adres']}: {OORDELEN[told['oordeel']]}"
    yield (
        f"Bekeken: {bekeken['indexen']} indexen, {bekeken['sitemaps']} van {bekeken['sitemapsGenoemd']} sitemaps, "
        f"{bekeken['vermeldingen']} vermeldingen, {bekeken['bestanden']} bestanden ({bekeken['verzoeken']} verzoeken)."
    )
    if told["onvolledig"]:
        yield "De controle is eerder gestopt: er was meer te bekijken dan in één controle past."
    for kop, found in groups(told):
        yield ""
        yield kop
        for each in found:
            yield from _bevinding(each)


def _bevinding(each: Mapping[str, Any]) -> Iterator[str]:
    times = f" ({each['aantal']} keer)" if each["aantal"] > 1 else ""
    yield f"- {each['wat'][:1].upper()}{each['wat'][1:]}{times}."
    yield f"  Waarom dit telt: {each['waarom']}"
    yield f"  Wat u kunt doen: {each['doe']}"
    for place in each["plaatsen"]:
        line = "" if place["regel"] is None else f", regel {place['regel']}"
        yield f"  Gezien op: {place['url']}{line}"


def _oordeel(zwaarten: set[Zwaarte]) -> str:
    if Zwaarte.NIETS in zwaarten:
        return "niets"
    return "fouten" if Zwaarte.DOCUMENTEN in zwaarten else "goed"
