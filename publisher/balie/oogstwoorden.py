"""The words of harvesting for people: outcomes, differences, warnings and reasons in plain Dutch."""

from typing import Final

from woo.diwoo.sitemaplezer import REPARATIES

UITKOMSTEN: Final = {
    "volledig": "volledig",
    "onvolledig": "niet alles gezien",
    "geweigerd": "geweigerd: er is niets veranderd",
}
VERSCHILLEN: Final = {
    "new": "nieuw",
    "changed": "gewijzigd",
    "unchanged": "ongewijzigd",
    "gone": "verdwenen",
    "failed": "mislukt",
}
SOORTEN: Final = {
    "diwoo": "de sitemaps voor de landelijke oogst (DiWoo)",
    "openoverheid": "de zoekdienst van open.overheid.nl",
    "woo": "de lijst van wijzigingen van een andere installatie van dit platform",
}
BELEID: Final = {
    "public": "meteen openbaar",
    "quarantine": "wacht op vrijgave",
    "review": "concept voor een coördinator",
}
_WAARSCHUWINGEN: Final = {
    "robots_missing": "robots.txt is er niet",
    "robots_without_sitemap": "robots.txt noemt geen sitemap",
    "sitemap_not_named_diwoo": "de sitemap heet niet zoals de landelijke oogst vraagt (sitemapindex-diwoo)",
    "sitemap_missing": "een sitemap is er niet",
    "endless_sitemaps": "er zijn meer sitemaps dan de grens toelaat",
    "endless_documents": "er zijn meer documenten dan de grens toelaat",
    "listed_twice": "een document staat er twee keer in",
    "feed_begun_anew": "de lijst van wijzigingen is daar opnieuw begonnen; zij is helemaal gelezen",
    "feed_stands_still": "de lijst van wijzigingen gaat niet verder",
    "feed_missing": "de site geeft de lijst van wijzigingen niet",
    "feed:shape": "de lijst van wijzigingen heeft een vorm die wij niet kennen",
    "feed:json": "de lijst van wijzigingen kan niet worden gelezen",
    "feed:gzip": "de lijst van wijzigingen is ingepakt op een manier die niet klopt",
    "feed:too_large": "een bladzijde van de lijst van wijzigingen is groter dan de grens",
    "endless_pages": "er zijn meer bladzijden dan de grens toelaat",
    "document_without_file": "een document heeft geen bestand",
    "address_too_long": "een adres is langer dan 2.000 tekens",
    "not_understood": "een antwoord kon niet worden gelezen",
}
_REDENEN: Final = {
    "http": "de site geeft het bestand niet",
    "html": "de site geeft een webpagina in plaats van het bestand",
    "empty": "het bestand is leeg",
    "archive": "het is een archief; dat wordt niet uitgepakt",
    "kind": "dit soort bestand wordt niet gelezen",
    "infected": "er zit een virus in",
    "too_large": "het bestand is groter dan de grens",
    "cut": "de overdracht brak af",
    "timeout": "de site antwoordde niet op tijd",
    "dns": "de naam van de site bestaat niet",
    "refused": "de site weigerde de verbinding",
    "redirects": "de site verwijst te vaak door",
    "robots": "robots.txt verbiedt het",
    "address_not_allowed": "het adres hoort niet bij deze bron of is niet openbaar",
    "digest": "de site geeft een ander bestand dan zij noemt",
    "encoding": "het antwoord is ingepakt op een manier die niet klopt",
    "not_taken": "het kon niet worden overgenomen",
    "failed": "het ophalen mislukte",
}


def uitleg(soort: str) -> str:
    """A kind of warning in words; one that is not known by its own name."""
    groep, _, code = soort.partition(":")
    if groep == "sitemap":
        return f"sitemap: {REPARATIES.get(code, code)}"
    if groep in ("document", "no_answer"):
        return _REDENEN.get(code, code)
    return _WAARSCHUWINGEN.get(soort, soort)


def reden(tekst: str | None) -> str | None:
    """Why a document ended as it did, in words where its code is known."""
    code, streep, _ = (tekst or "").partition(":")
    return _REDENEN.get(code) if streep else None
