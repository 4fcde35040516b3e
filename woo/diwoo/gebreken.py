"""What can be wrong with a sitemap: each fault with its code, how bad it is, and in plain Dutch why and what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Ernst(StrEnum):
    """How bad: the XSD of DiWoo 0.9.8 refuses it, the practice of harvesting does, or it is only worth telling."""

    XSD = "xsd"
    PRAKTIJK = "praktijk"
    OPMERKING = "opmerking"


@dataclass(frozen=True, slots=True)
class Gebrek:
    """One fault: its code, where (line of the file, `loc` of the entry), what it is, why it matters, and what to do."""

    code: str
    ernst: Ernst
    regel: int | None
    url: str | None
    wat: str
    waarom: str
    doe: str

    @property
    def keurt_af(self) -> bool:
        """Whether the file is not accepted because of it."""
        return self.ernst is not Ernst.OPMERKING


_XSD = "Het schema van DiWoo 0.9.8 keurt dit af. De Woo-harvester leest het bestand dan niet goed."
_FOUTEN: dict[str, tuple[Ernst, str, str]] = {
    "xml": (Ernst.XSD, "Zonder geldige XML kan niemand het bestand lezen.", "Herstel de XML."),
    "html": (
        Ernst.XSD,
        "Op dit adres staat een webpagina en geen sitemap.",
        "Zorg dat het adres de sitemap zelf geeft.",
    ),
    "doctype": (
        Ernst.PRAKTIJK,
        "Een DOCTYPE is niet nodig en om veiligheid wordt zo'n bestand geweigerd.",
        "Laat de DOCTYPE weg.",
    ),
    "te_groot": (
        Ernst.PRAKTIJK,
        "Een sitemap moet kleiner zijn dan 50 MB.",
        "Verdeel de documenten over meer sitemaps.",
    ),
    "afgebroken": (Ernst.XSD, "Het bestand houdt halverwege op.", "Schrijf het bestand opnieuw."),
    "wortel": (Ernst.XSD, _XSD, "Gebruik urlset voor een sitemap en sitemapindex voor een index, met de juiste namespace."),
    "leeg": (Ernst.XSD, _XSD, "Laat een lege sitemap weg, ook uit de index."),
    "onbekend": (Ernst.XSD, _XSD, "Haal dit element weg, of gebruik de juiste naam, plaats en namespace."),
    "ontbreekt": (Ernst.XSD, _XSD, "Voeg dit element toe."),
    "te_vaak": (Ernst.XSD, _XSD, "Laat dit element maar één keer staan."),
    "volgorde": (Ernst.XSD, _XSD, "Zet de elementen in de volgorde van het schema."),
    "attribuut": (Ernst.XSD, _XSD, "Haal dit attribuut weg."),
    "tekst": (Ernst.XSD, _XSD, "Haal de losse tekst weg of zet die in het juiste element."),
    "waarde": (Ernst.XSD, _XSD, "Gebruik een waarde die is toegestaan."),
    "lijst": (Ernst.XSD, _XSD, "Neem de URI letterlijk over uit de waardelijst van DiWoo."),
    "datum": (Ernst.XSD, _XSD, "Schrijf een datum als 2026-01-31."),
    "tijd": (Ernst.XSD, _XSD, "Schrijf een tijdstip als 2026-01-31T09:30:00+01:00."),
    "geen_https": (
        Ernst.PRAKTIJK,
        "De Woo-harvester haalt alleen bestanden op via https.",
        "Gebruik een adres dat met https:// begint.",
    ),
    "geen_extensie": (
        Ernst.PRAKTIJK,
        "Zonder extensie weet de harvester niet altijd om welk soort bestand het gaat.",
        "Laat loc direct naar het bestand wijzen, met een bestandsnaam en extensie.",
    ),
    "extensie": (
        Ernst.PRAKTIJK,
        "De Woo-harvester slaat bestanden over die niet op de lijst van formaten staan.",
        "Publiceer het document als pdf of in een ander formaat van de lijst.",
    ),
    "geen_resource": (
        Ernst.PRAKTIJK,
        "Zonder resource weet niemand zeker welke waarde bedoeld is, en werkt filteren niet.",
        "Voeg het attribuut resource toe met de URI uit de waardelijst.",
    ),
    "geen_document": (
        Ernst.PRAKTIJK,
        "Zonder DiWoo-metadata wordt het document niet opgenomen.",
        "Voeg diwoo:Document met diwoo:DiWoo toe.",
    ),
    "meer_documenten": (
        Ernst.PRAKTIJK,
        "Bij één adres hoort één document.",
        "Geef elk document een eigen url met een eigen loc.",
    ),
    "te_veel": (
        Ernst.PRAKTIJK,
        "Met zo veel documenten wordt een sitemap te groot om goed te verwerken.",
        "Zet ten hoogste 10.000 documenten in een sitemap.",
    ),
    "dubbel": (
        Ernst.PRAKTIJK,
        "Staat een document er twee keer in, dan wordt er willekeurig één gekozen.",
        "Noem elk document één keer.",
    ),
    "indexnaam": (
        Ernst.PRAKTIJK,
        "De Woo-harvester leest alleen een index met de afgesproken naam.",
        "Noem het bestand sitemapindex-diwoo-infocatNNN.xml, met NNN het nummer van de informatiecategorie.",
    ),
    "geen_lastmod": (
        Ernst.PRAKTIJK,
        "Zonder lastmod weet de harvester niet dat een document veranderd is.",
        "Voeg lastmod toe met het tijdstip van de laatste wijziging.",
    ),
    "geen_titel": (
        Ernst.PRAKTIJK,
        "Een document zonder titel is niet te vinden.",
        "Vul officieleTitel met de titel van het document.",
    ),
    "los_document": (
        Ernst.PRAKTIJK,
        "Metadata buiten een url horen bij geen enkel bestand.",
        "Zet diwoo:Document binnen de url van het bestand.",
    ),
    "mdto": (
        Ernst.OPMERKING,
        "Metadata volgens MDTO mag, maar deze controle kijkt die niet na, en open.overheid.nl filtert er niet op.",
        "Gebruik liever diwoo:DiWoo.",
    ),
    "label": (
        Ernst.OPMERKING,
        "De tekst hoort gelijk te zijn aan de naam in de waardelijst.",
        "Neem de naam letterlijk over uit de waardelijst.",
    ),
    "bestandsnaam": (
        Ernst.OPMERKING,
        "Een bestandsnaam zegt een lezer weinig.",
        "Geef het document een titel in gewone taal.",
    ),
}  # fmt: skip

CODES = tuple(_FOUTEN)
"""Every code there is."""


def gebrek(code: str, wat: str, *, regel: int | None = None, url: str | None = None) -> Gebrek:
    """The fault with this code; raises KeyError for a code that does not exist."""
    ernst, waarom, doe = _FOUTEN[code]
    return Gebrek(code, ernst, regel, url, wat, waarom, doe)
