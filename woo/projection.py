"""What the public side holds of the registry: one function per projection."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from woo.diwoo.waardelijsten import Waarde, Waardelijsten
from woo.domain.document import Document, Pagina, Relatie
from woo.domain.formaat import BY_MIME
from woo.domain.herkomst import told_of
from woo.domain.publicatie import Publicatie
from woo.index.port import DocumentEntry, PageEntry, PublicatieEntry
from woo.storage.port import PublicDocument, PublicFile, PublicPage, PublicPublicatie

PROJECTION_VERSION = "2"
"""Raise it when a projection changes shape: everything is then shown anew."""


def utc_text(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _waarde(waarde: Waarde) -> dict[str, str]:
    return {"code": waarde.code, "uri": waarde.uri, "naam": waarde.naam}


def _publisher(publicatie: Publicatie, lijsten: Waardelijsten) -> dict[str, str]:
    if publicatie.publisher is None:
        raise ValueError(f"publicatie {publicatie.id} has no publisher and cannot be public")
    return _waarde(lijsten.organisaties.get(publicatie.publisher))


def document_kaart(
    document: Document, publicatie: Publicatie, lijsten: Waardelijsten, relaties: Sequence[Relatie] = ()
) -> dict[str, Any]:
    """The public metadata of a document, with the names and shapes of the public API.

    Of related documents only the id is told: who shows the relation looks up whether the other one is public.
    """
    bestand = document.openbaar_bestand
    soort = document.documentsoort
    return {
        "id": document.id,
        "officieleTitel": document.officiele_titel,
        "omschrijving": document.omschrijving,
        "kenmerk": document.kenmerk,
        "volgnummer": document.volgnummer,
        "publisher": _publisher(publicatie, lijsten),
        "informatiecategorieen": [
            _waarde(lijsten.informatiecategorieen.get(code)) for code in publicatie.informatiecategorieen
        ],
        "documentsoort": None if soort is None else _waarde(lijsten.documentsoorten.get(soort)),
        "publicatie": {
            "id": publicatie.id,
            "titel": publicatie.officiele_titel,
            "kenmerk": publicatie.kenmerk,
        },
        "creatiedatum": None if document.creatiedatum is None else document.creatiedatum.isoformat(),
        "publicatiedatum": utc_text(shown_since(document, publicatie)),
        "gewijzigdOp": utc_text(max(document.gewijzigd_op, publicatie.gewijzigd_op)),
        "formaat": _formaat(document),
        "taal": None if document.taal is None else lijsten.talen.get(document.taal).extra["bcp47"],
        "paginas": document.lezing.paginas,
        "onleesbarePaginas": document.lezing.onleesbaar,
        "onzekerePaginas": document.lezing.onzeker,
        "bestand": None
        if bestand is None
        else {
            "naam": bestand.naam,
            "mime": bestand.mime,
            "grootte": bestand.grootte,
            "sha256": bestand.digest,
        },
        "versie": document.versie,
        "metadataHerkomst": told_of(document.herkomst),
        "relaties": [_relatie(relatie, document.id) for relatie in relaties],
    }


def _formaat(document: Document) -> str | None:
    """The kind of file as received: mail is still called mail when it is published as a PDF."""
    formaat = None if document.bestand is None else BY_MIME.get(document.bestand.mime)
    return None if formaat is None else formaat.naam


def _relatie(relatie: Relatie, id: str) -> dict[str, Any]:
    """A relation as seen from one of its ends; `omgekeerd` when the other one has it to this one."""
    omgekeerd = relatie.naar == id
    return {
        "soort": relatie.soort.value,
        "omgekeerd": omgekeerd,
        "document": relatie.van if omgekeerd else relatie.naar,
        "gelijkenis": relatie.gelijkenis,
    }


def shown_since(document: Document, publicatie: Publicatie) -> datetime:
    """The first moment a document was public here: later than its publicatie when it was added afterwards."""
    if publicatie.eerste_publicatie is None:
        raise ValueError(f"publicatie {publicatie.id} was never public")
    return max(publicatie.eerste_publicatie, document.aangemaakt_op)


def publicatie_kaart(publicatie: Publicatie, lijsten: Waardelijsten) -> dict[str, Any]:
    """The public metadata of a publicatie, with the names and shapes of the public API."""
    if publicatie.eerste_publicatie is None:
        raise ValueError(f"publicatie {publicatie.id} was never public")
    return {
        "id": publicatie.id,
        "officieleTitel": publicatie.officiele_titel,
        "verkorteTitel": publicatie.verkorte_titel,
        "omschrijving": publicatie.omschrijving,
        "kenmerk": publicatie.kenmerk,
        "publisher": _publisher(publicatie, lijsten),
        "informatiecategorieen": [
            _waarde(lijsten.informatiecategorieen.get(code)) for code in publicatie.informatiecategorieen
        ],
        "publicatiedatum": utc_text(publicatie.eerste_publicatie),
        "gewijzigdOp": utc_text(publicatie.gewijzigd_op),
    }


def document_entry(
    document: Document, publicatie: Publicatie, pages: Sequence[Pagina], lijsten: Waardelijsten
) -> DocumentEntry:
    """What can be found of a public document; relations are only looked up where one document is shown."""
    kaart = document_kaart(document, publicatie, lijsten)
    return DocumentEntry(
        id=document.id,
        publicatie_id=publicatie.id,
        volgnummer=document.volgnummer,
        officiele_titel=document.officiele_titel,
        publisher=kaart["publisher"]["code"],
        publisher_naam=kaart["publisher"]["naam"],
        informatiecategorieen=publicatie.informatiecategorieen,
        publicatiedatum=shown_since(document, publicatie),
        kaart=kaart,
        omschrijving=document.omschrijving or "",
        kenmerk=document.kenmerk or "",
        publicatie_titel=publicatie.officiele_titel,
        publicatie_kenmerk=publicatie.kenmerk or "",
        documentsoort=document.documentsoort,
        documentsoort_naam="" if kaart["documentsoort"] is None else kaart["documentsoort"]["naam"],
        formaat=kaart["formaat"],
        creatiedatum=document.creatiedatum,
        onleesbaar=document.lezing.moeilijk,
        pages=tuple(PageEntry(page.nummer, page.tekst, page.label) for page in pages),
    )


def publicatie_entry(publicatie: Publicatie, lijsten: Waardelijsten) -> PublicatieEntry:
    """What can be found of a public publicatie."""
    kaart = publicatie_kaart(publicatie, lijsten)
    return PublicatieEntry(
        id=publicatie.id,
        officiele_titel=publicatie.officiele_titel,
        publisher=kaart["publisher"]["code"],
        publisher_naam=kaart["publisher"]["naam"],
        informatiecategorieen=publicatie.informatiecategorieen,
        publicatiedatum=publicatie.eerste_publicatie or publicatie.aangemaakt_op,
        kaart=kaart,
        omschrijving=publicatie.omschrijving or "",
        kenmerk=publicatie.kenmerk or "",
    )


def public_document(
    document: Document, publicatie: Publicatie, lijsten: Waardelijsten, relaties: Sequence[Relatie] = ()
) -> PublicDocument:
    """What can be read of a public document, beside its pages."""
    bestand = document.openbaar_bestand
    return PublicDocument(
        id=document.id,
        publicatie_id=publicatie.id,
        kaart=document_kaart(document, publicatie, lijsten, relaties),
        bestand=None
        if bestand is None
        else PublicFile(bestand.digest, bestand.naam, bestand.mime, bestand.grootte),
        paginas=document.lezing.paginas,
    )


def public_pages(pages: Sequence[Pagina]) -> tuple[PublicPage, ...]:
    return tuple(
        PublicPage(
            page.nummer,
            page.tekst,
            page.tekstbron,
            page.leesbaar,
            page.zekerheid,
            page.fout,
            page.label,
            page.woorden,
        )
        for page in pages
    )


def public_publicatie(publicatie: Publicatie, lijsten: Waardelijsten) -> PublicPublicatie:
    return PublicPublicatie(publicatie.id, publicatie_kaart(publicatie, lijsten))


def fingerprint(kaart: dict[str, Any], document: Document | None = None) -> str:
    """A digest of a projection: as long as it stays the same, nothing need be shown again."""
    lezing = None if document is None else {k: str(v) for k, v in asdict(document.lezing).items()}
    content = json.dumps([PROJECTION_VERSION, kaart, lezing], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(content.encode()).hexdigest()
