"""The words of harvesting for people: outcomes, differences, warnings and reasons in plain Dutch."""

from typing import Final

from woo.diwoo.sitemaplezer import REPARATIES
from woo.domain.oogst import SAME
from woo.usecases.oogst_noteren import HERE, VERNIETIGD, WACHT

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
    "site": "de pagina’s van een gewone website, met regels die zeggen wat waar staat",
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
    "feed_begun_anew": "de lijst van wijzigingen is daar opnieuw begonnen; zij is helemaal gelezen",
    "feed_stands_still": "de lijst van wijzigingen gaat niet verder",
    "feed_missing": "de site geeft de lijst van wijzigingen niet",
    "feed:shape": "de lijst van wijzigingen heeft een vorm die wij niet kennen",
    "feed:json": "de lijst van wijzigingen kan niet worden gelezen",
    "feed:gzip": "de lijst van wijzigingen is ingepakt op een manier die niet klopt",
    "feed:too_large": "een bladzijde van de lijst van wijzigingen is groter dan de grens",
    "document_without_file": "een document heeft geen bestand",
    "address_too_long": "een adres is langer dan 2.000 tekens",
    "not_understood": "een antwoord kon niet worden gelezen",
    "list_missing": "een pagina van een lijst is er niet",
    "list:no_items": "op een pagina van een lijst staat niets: misschien is de site veranderd",
    "endless_pages": "een lijst heeft meer pagina’s dan de grens toelaat",
    "pages_loop": "een lijst verwijst terug naar een pagina die al gelezen is",
    "pages_repeat": "een volgende pagina van een lijst heeft niets nieuws",
    "detail_gone": "de pagina van een stuk is er niet meer",
    "detail_missing": "de site geeft de pagina van een stuk niet",
}
_REGELS: Final = {
    "missing": "dit ontbreekt bij een stuk: {}",
    "never_found": "bij geen enkel stuk is dit gevonden: {}",
    "not_in_map": "een woord van de site is niet bekend bij: {}",
    "not_a_date": "dit is geen datum die wij kunnen lezen: {}",
    "rule_failed": "deze regel van de bron werkt niet: {}",
    "rule_too_slow": "deze regel van de bron kost te veel tijd: {}",
}
"""Warnings about one rule of a source of kind `site`."""
_VELDEN: Final = {
    "title": "titel",
    "files": "bestand",
    "detail": "link naar de eigen pagina",
    "changed": "moment van wijziging",
    "date": "datum",
    "category": "informatiecategorie",
    "publisher": "organisatie",
    "main": "hoofddocument",
    "file_title": "titel van een bijlage",
    "items": "stukken in een lijst",
    "next": "volgende pagina",
    "empty": "lege lijst",
}
_PAGINA: Final = {
    "no_html": "is geen webpagina",
    "too_large": "is groter dan de grens",
    "too_many_elements": "is te groot om te lezen",
    "too_deep": "is te ingewikkeld om te lezen",
    "gzip": "is ingepakt op een manier die niet klopt",
    "charset": "zegt een andere tekenset dan zij heeft",
}
_REDENEN: Final = {
    "http": "de site geeft het bestand niet",
    "html": "de site geeft een webpagina in plaats van het bestand",
    "empty": "het bestand is leeg",
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
    "missing": "op de pagina ontbreekt iets wat niet gemist kan worden",
    "page": "de pagina kan niet worden gelezen",
    "failed": "het ophalen mislukte",
}

_ARCHIEF: Final = {
    "empty_file": "het bestand is leeg",
    "encrypted": "er zit een wachtwoord op",
    "encrypted_archive": "er zit een wachtwoord op het archief",
    "damaged_archive": "het archief is beschadigd",
    "damaged_member": "het is beschadigd en kan niet worden uitgepakt",
    "archive_cut": "het archief is afgebroken of beschadigd",
    "unsupported_member": "het is ingepakt op een manier die wij niet kunnen uitpakken",
    "member_memory": "het uitpakken kost meer geheugen dan de grens toelaat",
    "ratio": "het is sterker ingepakt dan de grens toelaat",
    "too_many_members": "er zit meer in het archief dan de grens toelaat",
    "too_deep": "er zitten meer archieven in elkaar dan de grens toelaat",
    "link": "het is een verwijzing en heeft zelf geen inhoud",
    "device": "het is geen bestand",
}
"""Why something that came out of an archive, or the archive itself, became no document."""
_BEGIN: Final = {
    SAME: "hetzelfde bestand is er al",
    "kind not read": "dit soort bestand wordt niet gelezen",
    "members that could not be unpacked": "niet alles kon worden uitgepakt; bij elk stuk staat waarom",
    "it was unpacked as far as": "niet alles kon worden uitgepakt",
    "something in it could not be read to its end": "niet alles kon worden uitgepakt; bij elk stuk staat waarom",
}
"""How a reason begins that has no code."""

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
    if groep in _REGELS:
        return _REGELS[groep].format(_VELDEN.get(code, code))
    if groep in ("list", "detail") and code in _PAGINA:
        return f"een pagina van {'een lijst' if groep == 'list' else 'een stuk'} {_PAGINA[code]}"
    return _WAARSCHUWINGEN.get(soort, soort)


def reden(tekst: str | None) -> str | None:
    """Why a document ended as it did, in words where its code is known."""
    text = tekst or ""
    code, streep, _ = text.partition(":")
    known = (_REDENEN.get(code) or _ARCHIEF.get(code)) if streep else None
    begun = next((woorden for begin, woorden in _BEGIN.items() if text.startswith(begin)), None)
    return known or _ZINNEN.get(text) or begun
