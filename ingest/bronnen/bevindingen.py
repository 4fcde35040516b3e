"""What a check of a publisher can find: each finding with how bad it is, in plain Dutch why and what to do, and where it was seen."""

from dataclasses import dataclass
from enum import IntEnum

from woo.diwoo.gebreken import Ernst, Gebrek

MOST_PLACES = 5
"""Places that are named of one finding; the others are counted."""


class Zwaarte(IntEnum):
    """How bad: nothing (of a whole file) is harvested, documents are missed, or it is worth telling."""

    NIETS = 1
    DOCUMENTEN = 2
    OPMERKING = 3


_WHOLE_FILE = frozenset({"xml", "html", "doctype", "te_groot", "wortel", "leeg", "afgebroken", "indexnaam"})
"""Faults of a sitemap or index by which the whole of it is not read."""

_TEKSTEN: dict[str, tuple[Zwaarte, str, str, str]] = {
    "geen_antwoord": (
        Zwaarte.NIETS,
        "het adres geeft geen antwoord",
        "Wat niet antwoordt, kan niemand ophalen.",
        "Kijk of de website bereikbaar is vanaf het internet, ook voor programma's.",
    ),
    "site_zonder_https": (
        Zwaarte.NIETS,
        "het adres begint niet met https://",
        "De harvester haalt alleen bestanden op via een beveiligde verbinding.",
        "Zet de website op https.",
    ),
    "tls": (
        Zwaarte.NIETS,
        "het certificaat van de website klopt niet",
        "De harvester haalt alleen bestanden op via een https-verbinding die klopt.",
        "Vernieuw het certificaat, en zet het hele pad van certificaten op de server.",
    ),
    "prive": (
        Zwaarte.NIETS,
        "het adres ligt in een eigen netwerk",
        "De harvester kan alleen bij adressen op het internet.",
        "Gebruik het openbare adres van de website.",
    ),
    "geen_robots": (
        Zwaarte.NIETS,
        "er is geen robots.txt",
        "De harvester begint bij robots.txt in de hoofdmap van de website. Zonder robots.txt vindt hij niets.",
        "Zet robots.txt in de hoofdmap, met een regel Sitemap: voor elke index.",
    ),
    "robots_geen_tekst": (
        Zwaarte.NIETS,
        "op het adres van robots.txt staat een webpagina",
        "De harvester leest robots.txt als gewone tekst.",
        "Zorg dat /robots.txt een tekstbestand is (text/plain).",
    ),
    "robots_verbiedt": (
        Zwaarte.NIETS,
        "robots.txt verbiedt programma's om dit op te halen",
        "Wie zich aan robots.txt houdt, slaat dit adres over.",
        "Haal de regel Disallow weg die dit adres verbiedt, of voeg een regel Allow toe.",
    ),
    "geen_diwoo_index": (
        Zwaarte.NIETS,
        "robots.txt noemt geen index voor DiWoo",
        "De harvester leest alleen een index die sitemapindex-diwoo-infocatNNN.xml heet.",
        "Voeg voor elke informatiecategorie een regel toe: Sitemap: https://…/sitemapindex-diwoo-infocat014.xml.",
    ),
    "sitemap_als_index": (
        Zwaarte.NIETS,
        "robots.txt wijst naar een sitemap en niet naar een index",
        "De harvester verwacht in robots.txt een index, en leest alleen de sitemaps die in een index staan.",
        "Maak een index die de sitemap noemt, en zet de index in robots.txt.",
    ),
    "wachttijd": (
        Zwaarte.OPMERKING,
        "robots.txt vraagt om lang te wachten tussen twee verzoeken (Crawl-delay)",
        "Bij duizenden documenten duurt ophalen dan dagen.",
        "Maak de Crawl-delay kleiner, of haal de regel weg.",
    ),
    "andere_host": (
        Zwaarte.OPMERKING,
        "de bestanden staan op een ander domein dan de website",
        "Elk domein met documenten moet in de Woo-index van de overheid staan, met een eigen robots.txt.",
        "Kijk of dit domein is aangemeld bij organisaties.overheid.nl.",
    ),
    "niet_gevonden": (
        Zwaarte.NIETS,
        "het bestand is er niet",
        "Wat robots.txt of een index noemt, moet er ook zijn.",
        "Zet het bestand terug, of haal de verwijzing weg.",
    ),
    "inhoudstype": (
        Zwaarte.OPMERKING,
        "het inhoudstype (Content-Type) past niet bij het bestand",
        "Programma's kiezen soms op inhoudstype hoe zij een bestand lezen.",
        "Stuur application/xml bij XML, en bij een document het type van dat bestand.",
    ),
    "omleiding": (
        Zwaarte.OPMERKING,
        "het adres stuurt door naar een ander adres",
        "Een omweg kost tijd en kan stuk gaan. Het adres van een document hoort vast te zijn.",
        "Noem meteen het adres waar het bestand staat.",
    ),
    "bestand_weg": (
        Zwaarte.DOCUMENTEN,
        "een document uit de sitemap is niet op te halen",
        "De landelijke index verwijst dan naar niets.",
        "Zet het document terug, of haal het uit de sitemap. Geef bij een ingetrokken document de status 410.",
    ),
    "bestand_html": (
        Zwaarte.DOCUMENTEN,
        "op het adres van een document staat een webpagina",
        "loc moet direct naar het bestand wijzen. Een webpagina met een downloadknop telt niet.",
        "Zet in loc het adres van het bestand zelf.",
    ),
    "bestand_leeg": (
        Zwaarte.DOCUMENTEN,
        "een document is leeg",
        "Aan een leeg bestand heeft niemand iets.",
        "Publiceer het document opnieuw.",
    ),
    "bestand_anders": (
        Zwaarte.DOCUMENTEN,
        "een document is een ander soort bestand dan de naam zegt",
        "De harvester kiest op de extensie hoe hij het bestand leest.",
        "Geef het bestand de extensie die bij de inhoud hoort.",
    ),
    "andere_categorie": (
        Zwaarte.DOCUMENTEN,
        "een document staat in de index van een andere informatiecategorie",
        "Een index gaat over één informatiecategorie: die van het nummer in de naam.",
        "Zet het document in de index van zijn eigen categorie.",
    ),
    "dubbel_document": (
        Zwaarte.DOCUMENTEN,
        "een document staat in meer dan één sitemap",
        "De harvester kiest er dan willekeurig één.",
        "Noem elk document in één sitemap.",
    ),
    "opgeheven": (
        Zwaarte.OPMERKING,
        "de publisher bestaat niet meer",
        "Lezers zoeken op de organisatie van nu. Bij oude documenten mag de oude naam blijven staan.",
        "Gebruik bij nieuwe documenten de organisatie die de taken overnam.",
    ),
    "toekomst": (
        Zwaarte.OPMERKING,
        "lastmod ligt in de toekomst",
        "De harvester weet dan niet of een document veranderd is.",
        "Vul bij lastmod het tijdstip van de laatste wijziging in.",
    ),
}
CODES = tuple(_TEKSTEN)
"""The codes of the findings of the walk itself; those of sitemaps are in `woo.diwoo.gebreken`."""


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where a finding was seen: an address, and the line of the file where it is one in a file."""

    url: str
    regel: int | None = None


@dataclass(slots=True)
class Bevinding:
    """One finding, with how often it was seen and the first places."""

    code: str
    zwaarte: Zwaarte
    wat: str
    waarom: str
    doe: str
    aantal: int = 0
    plaatsen: tuple[Plaats, ...] = ()


class Bevindingen:
    """The findings of one check, each kind once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Bevinding] = {}

    def meld(self, code: str, plaats: Plaats, *, detail: str = "") -> None:
        """Note one of CODES; `detail` tells more of what was seen."""
        zwaarte, wat, waarom, doe = _TEKSTEN[code]
        told = f"{wat} ({detail})" if detail else wat
        self._add(Bevinding(code, zwaarte, told, waarom, doe), plaats, same=code)

    def meld_gebrek(self, gebrek: Gebrek, bestand: str) -> None:
        """Note a fault of a sitemap or index that stands at this address."""
        zwaarte = Zwaarte.DOCUMENTEN if gebrek.keurt_af else Zwaarte.OPMERKING
        if gebrek.code in _WHOLE_FILE and gebrek.ernst is not Ernst.OPMERKING:
            zwaarte = Zwaarte.NIETS
        found = Bevinding(gebrek.code, zwaarte, gebrek.wat, gebrek.waarom, gebrek.doe)
        self._add(found, Plaats(bestand, gebrek.regel), same=gebrek.wat)

    def op_volgorde(self) -> list[Bevinding]:
        """All findings, the most serious first, and of those the ones seen most often."""
        return sorted(self._found.values(), key=lambda each: (each.zwaarte, -each.aantal, each.code))

    def _add(self, bevinding: Bevinding, plaats: Plaats, *, same: str) -> None:
        known = self._found.setdefault((bevinding.code, same), bevinding)
        known.aantal += 1
        if len(known.plaatsen) < MOST_PLACES and plaats not in known.plaatsen:
            known.plaatsen = (*known.plaatsen, plaats)
