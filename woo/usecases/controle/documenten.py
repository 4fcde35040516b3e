"""What deserves a look about the documents of a publicatie: how far they were read, their titles and dates."""

from collections import Counter
from collections.abc import Iterator

from woo.domain.bevinding import Bevinding
from woo.domain.document import Leesstatus
from woo.usecases.controle.blik import Blik, Zin, looks_like_file_name

_GELEZEN = {
    Leesstatus.WACHT: Zin(
        "nog_niet_gelezen",
        "is nog niet gelezen.",
        "zijn nog niet gelezen.",
        "Dat gebeurt vanzelf. Wat gelezen is, wordt daarna openbaar.",
        "not read yet",
    ),
    Leesstatus.QUARANTAINE: Zin(
        "quarantaine",
        "kon niet worden gelezen en blijft daarom verborgen.",
        "konden niet worden gelezen en blijven daarom verborgen.",
        "Kijk wat er met het bestand is, en vervang het zo nodig.",
        "could not be read and stay hidden",
    ),
    Leesstatus.OVERGESLAGEN: Zin(
        "overgeslagen",
        "is een soort bestand dat wij niet lezen, en blijft daarom verborgen.",
        "zijn een soort bestand dat wij niet lezen, en blijven daarom verborgen.",
        "Vervang het bestand door een soort dat wel kan, zoals PDF.",
        "of a kind that is not read, and stay hidden",
    ),
    Leesstatus.GEEN_TEKST: Zin(
        "geen_tekst",
        "heeft geen leesbare tekst en is dus niet te vinden met woorden.",
        "hebben geen leesbare tekst en zijn dus niet te vinden met woorden.",
        "Vervang een scan zo mogelijk door een bestand met tekst.",
        "without text",
    ),
}
_BESTANDSNAAM = Zin(
    "titel_bestandsnaam",
    "heeft een titel die op een bestandsnaam lijkt.",
    "hebben een titel die op een bestandsnaam lijkt.",
    "Schrijf een titel die een lezer begrijpt.",
    "with a title that looks like a file name",
)
_DUBBEL = Zin(
    "dubbele_titel",
    "heeft een titel die vaker voorkomt.",
    "hebben een titel die vaker voorkomt.",
    "Maak de titels verschillend, bijvoorbeeld met een datum of nummer.",
    "with a title that another one has too",
)
_TOEKOMST = Zin(
    "datum_in_toekomst",
    "heeft een datum in de toekomst.",
    "hebben een datum in de toekomst.",
    "Controleer de datum.",
    "with a date in the future",
)
_OPGESCHORT = Zin(
    "opgeschort",
    "wordt pas later openbaar (artikel 4.4, vijfde lid, Woo).",
    "worden pas later openbaar (artikel 4.4, vijfde lid, Woo).",
    "Dat gebeurt vanzelf op de dag die erbij staat.",
    "waiting until a later day",
)


def findings(blik: Blik) -> Iterator[Bevinding]:
    """The findings about the documents that are meant for the public, each told once for all that it is about."""
    documenten = blik.openbaar
    for status, zin in _GELEZEN.items():
        of_status = [
            each for each in documenten if each.leesstatus is status and each.bestandsnaam is not None
        ]
        yield from blik.of_documents(zin, "bestand", of_status)
    named = [each for each in documenten if looks_like_file_name(each.officiele_titel)]
    yield from blik.of_documents(_BESTANDSNAAM, "officieleTitel", named)
    counts = Counter(each.officiele_titel.casefold() for each in documenten)
    double = [each for each in documenten if counts[each.officiele_titel.casefold()] > 1]
    yield from blik.of_documents(_DUBBEL, "officieleTitel", double)
    vandaag = blik.vandaag
    ahead = [each for each in documenten if each.creatiedatum is not None and each.creatiedatum > vandaag]
    yield from blik.of_documents(_TOEKOMST, "creatiedatum", ahead)
    waits = [each for each in documenten if each.opgeschort_tot is not None]
    yield from blik.of_documents(_OPGESCHORT, "opgeschortTot", waits)
