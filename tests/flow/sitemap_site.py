"""A generated site for the sitemaps: publicaties of every category, status and kind of file, straight into the registry."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.document import (
    Bestand,
    Bestemming,
    Document,
    Documentrol,
    Leesstatus,
    Lezing,
    Relatie,
    Relatiesoort,
)
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.domain.formaat import FORMATEN, WITH_RENDITION
from woo.domain.publicatie import Intrekking, Publicatie, Publicatiestatus
from woo.usecases.platform import Platform

BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_PUBLISHERS = ("gm0153", "gm0363", "pv23", "mnre1025")
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Made:
    """A document of the site as it was made, and the number of the category of its publicatie (the first)."""

    document: Document
    publicatie: Publicatie
    nr: str
    codes: tuple[str, ...]

    @property
    def harvested(self) -> bool:
        """Whether a harvester must find it; told here by hand, not by the rules of the program."""
        document, formaat = self.document, FORMATEN[self.document.volgnummer % len(FORMATEN)]
        has_file = document.bestand is not None and (
            formaat.soort not in WITH_RENDITION or document.weergave is not None
        )
        taken = formaat.soort in WITH_RENDITION or formaat.naam not in ("md", "tar", "gz", "mbox")
        return (
            self.publicatie.status is Publicatiestatus.GEPUBLICEERD
            and document.intrekking is None
            and document.opgeschort_tot is None
            and document.bestemming is Bestemming.OPENBAAR
            and document.lezing.status in (Leesstatus.GELEZEN, Leesstatus.DEELS, Leesstatus.GEEN_TEKST)
            and has_file
            and taken
        )

    @property
    def bestandsnaam(self) -> str:
        shown = self.document.weergave or self.document.bestand
        assert shown is not None
        return shown.naam


def make_site(platform: Platform, count: int) -> list[Made]:
    """Write `count` publicaties with a document or some into the registry, and owe their sitemaps."""
    return [each for some in make_some(platform, count) for each in some]


def make_some(platform: Platform, count: int) -> Iterator[list[Made]]:
    """As `make_site`, a thousand publicaties at a time."""
    for start in range(0, count, _AT_ONCE):
        made: list[Made] = []
        with platform.registry.transaction() as tx:
            for number in range(start, min(start + _AT_ONCE, count)):
                documents = list(_publicatie(number, platform.lijsten))
                tx.save_publicatie(documents[0].publicatie)
                for each in documents:
                    tx.save_document(each.document)
                if len(documents) > 1:
                    first, second = documents[0].document, documents[1].document
                    tx.save_relatie(Relatie(first.id, Relatiesoort.HEEFT_BIJLAGE, second.id))
                tx.want(
                    Jobwens(Jobsoort.SITEMAP, documents[0].publicatie.id, Prioriteit.BULK), now=platform.now()
                )
                made += documents
        yield made


def _publicatie(number: int, lijsten: Waardelijsten) -> Iterator[Made]:
    categories = list(lijsten.informatiecategorieen)
    first = categories[number % len(categories)]
    codes = (first.code,) if number % 5 else (first.code, categories[(number + 1) % len(categories)].code)
    status = (
        Publicatiestatus.CONCEPT
        if number % 23 == 7
        else Publicatiestatus.INGETROKKEN
        if number % 29 == 11
        else Publicatiestatus.GEPUBLICEERD
    )
    at = BEGIN + timedelta(minutes=number)
    publicatie = Publicatie(
        id=str(UUID(int=2**100 + number)),
        publisher=_PUBLISHERS[number % len(_PUBLISHERS)],
        officiele_titel=f"Publicatie {number} over de kastanje",
        informatiecategorieen=codes,
        aangemaakt_op=at,
        gewijzigd_op=at,
        status=status,
        kenmerk=None if number % 3 == 0 else f"Z-{number}",
        eerste_publicatie=None if status is Publicatiestatus.CONCEPT else at,
        intrekking=Intrekking(at, "Een fout.") if status is Publicatiestatus.INGETROKKEN else None,
    )
    for place in range(1 if number % 10 else 3):
        document = _document(number, place, publicatie, at, lijsten)
        yield Made(document, publicatie, str(first.extra["nr"]), codes)


def _document(
    number: int, place: int, publicatie: Publicatie, at: datetime, lijsten: Waardelijsten
) -> Document:
    kind = (number * 7 + place) % len(FORMATEN)
    formaat = FORMATEN[kind]
    soorten, talen = list(lijsten.documentsoorten), list(lijsten.talen)
    volgnummer = kind + place * len(FORMATEN) or len(FORMATEN)
    digest = sha256(f"{number}-{place}".encode()).hexdigest()
    document = Document(
        id=str(UUID(int=2**110 + number * 8 + place)),
        publicatie_id=publicatie.id,
        volgnummer=volgnummer,
        officiele_titel=f"Stuk {number} <{place}> & 'besluit' é",
        aangemaakt_op=at,
        gewijzigd_op=at + timedelta(seconds=number % 90),
        bestand=None
        if number % 31 == 3
        else Bestand(digest, f"stuk {number} é{formaat.extensies[0]}", formaat.mime, 10),
        omschrijving=f"Over {number}" if number % 4 else None,
        kenmerk=f"D-{number}" if number % 6 else None,
        documentsoort=soorten[number % len(soorten)].code if number % 7 else None,
        creatiedatum=date(2025, 1, 1) + timedelta(days=number % 365) if number % 9 else None,
        taal=talen[number % len(talen)].code if number % 8 else None,
        lezing=Lezing(
            (Leesstatus.GELEZEN, Leesstatus.DEELS, Leesstatus.GEEN_TEKST, Leesstatus.WACHT)[number % 41 % 4]
            if number % 41 < 4
            else Leesstatus.GELEZEN,
            reden="pagina 1",
        ),
        rol=Documentrol.BESLUITBRIEF if place == 0 and number % 20 == 0 else None,
    )
    return _in_a_state(document, number, at, digest, rendered=formaat.soort in WITH_RENDITION)


def _in_a_state(document: Document, number: int, at: datetime, digest: str, *, rendered: bool) -> Document:
    if rendered and number % 2 and document.bestand is not None:
        weergave = Bestand(digest[::-1], f"stuk {number}.pdf", "application/pdf", 20)
        document = replace(document, weergave=weergave)
    if number % 37 == 5:
        return replace(document, intrekking=Intrekking(at, "Een fout."))
    if number % 43 == 6:
        return replace(document, opgeschort_tot=date(2099, 1, 1))
    if number % 47 == 8:
        return replace(document, bestemming=Bestemming.VERZONDEN)
    return document
