"""Reports about fictional publishers, as a check makes them."""

from typing import Any

_BEKEKEN = {
    "indexen": 2,
    "sitemaps": 3,
    "sitemapsGenoemd": 9,
    "vermeldingen": 1240,
    "bestanden": 12,
    "verzoeken": 19,
    "bytes": 2_400_000,
}
VERSLAG: dict[str, Any] = {
    "adres": "https://open.voorbeeld.nl",
    "gecontroleerdOp": "2024-03-30T08:00:00Z",
    "oordeel": "niets",
    "onvolledig": True,
    "bekeken": _BEKEKEN,
    "bevindingen": [
        {
            "code": "geen_diwoo_index",
            "zwaarte": "niets",
            "wat": "robots.txt noemt geen index voor DiWoo",
            "waarom": "De harvester leest alleen een index die sitemapindex-diwoo-infocatNNN.xml heet.",
            "doe": "Voeg voor elke informatiecategorie een regel toe.",
            "aantal": 1,
            "plaatsen": [{"url": "https://open.voorbeeld.nl/robots.txt", "regel": None}],
        },
        {
            "code": "geen_resource",
            "zwaarte": "documenten",
            "wat": "publisher heeft geen resource",
            "waarom": "Zonder resource weet niemand zeker welke waarde bedoeld is.",
            "doe": "Voeg het attribuut resource toe.",
            "aantal": 1240,
            "plaatsen": [{"url": f"https://open.voorbeeld.nl/{'lang' * 30}.xml", "regel": 12}],
        },
    ],
}
GOED_VERSLAG: dict[str, Any] = {
    **VERSLAG,
    "adres": "https://documenten.zuiderveld.example",
    "oordeel": "goed",
    "onvolledig": False,
    "bevindingen": [],
}
