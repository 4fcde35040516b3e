"""The words of harvesting for people: outcomes, differences, warnings and reasons in plain Dutch."""

from typing import Final

from woo.diwoo.sitemaplezer import REPARATIES
from woo.usecases.oogsten import HERE, SAME, VERNIETIGD, WACHT

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
BELEID: Final = {
    "public": "meteen openbaar",
    "quarantine": "wacht op vrijgave",
    "review": "concept voor een coördinator",
}
VIER_OGEN: Final = "wacht op vrijgave (vier ogen)"
"""What `public` is for an organisation where nobody makes public alone."""
_WAARSCHUWINGEN: Final = {
    "robots_missing": "robots.txt is er niet",
    "robots_without_sitemap": "robots.txt noemt geen sitemap",
    "sitemap_not_named_diwoo": "de sitemap heet niet zoals de landelijke oogst vraagt (sitemapindex-diwoo)",
    "sitemap_missing": "een sitemap is er niet",
    "endless_sitemaps": "er zijn meer sitemaps dan de grens toelaat",
    "endless_documents": "er zijn meer documenten dan de grens toelaat",
    "listed_twice": "een document staat er twee keer in",
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
    "encoding": "het antwoord is ingepakt op een manier die niet klopt",
    "not_taken": "het kon niet worden overgenomen",
    "failed": "het ophalen mislukte",
}

_ZINNEN: Final = {
    WACHT: "het hoort bij wat hier openbaar is, en wacht tot iemand het vrijgeeft",
    VERNIETIGD: "dit bestand is hier vernietigd en komt niet terug",
    HERE: "het is hier ingetrokken; aan de balie kan het weer openbaar worden",
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
    known = _REDENEN.get(code) if streep else None
    return (
        known or _ZINNEN.get(tekst or "") or ("hetzelfde bestand is er al" if code.startswith(SAME) else None)
    )
