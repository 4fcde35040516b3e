"""What the public side holds of a document."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.document import Document, Pagina, Relatie
from woo.domain.formaat import BY_MIME
from woo.domain.herkomst import told_of
from woo.domain.inventaris import Inventarisregel
from woo.domain.publicatie import Publicatie
from woo.index.port import DocumentEntry, PageEntry
from woo.projection.regel import applied, inventaris_kaart, names
from woo.projection.values import publisher_kaart, utc_text, waarde_kaart
from woo.storage.port import PublicDocument, PublicFile, PublicPage


def document_kaart(
    document: Document,
    publicatie: Publicatie,
    lijsten: Waardelijsten,
    relaties: Sequence[Relatie] = (),
    regels: Sequence[Inventarisregel] = (),
) -> dict[str, Any]:
    """The public metadata of a document, with the names and shapes of the public API.

    Of related documents only the id is told: who shows the relation looks up whether the other one is public. `regels` are
    the rows of the inventory that are about it.
    """
    bestand = document.openbaar_bestand
    soort = document.documentsoort
    return {
        "id": document.id,
        "officieleTitel": document.officiele_titel,
        "omschrijving": document.omschrijving,
        "kenmerk": document.kenmerk,
        "volgnummer": document.volgnummer,
        "publisher": publisher_kaart(publicatie, lijsten),
        "informatiecategorieen": [
            waarde_kaart(lijsten.informatiecategorieen.get(code)) for code in publicatie.informatiecategorieen
        ],
        "themas": [waarde_kaart(lijsten.themas.get(code)) for code in publicatie.themas],
        "documentsoort": None if soort is None else waarde_kaart(lijsten.documentsoorten.get(soort)),
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
        "rol": None if document.rol is None else document.rol.value,
        "beschikbaar": True,
        "inventaris": inventaris_kaart(regels, lijsten),
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
    """The first moment a document was public here: later than its publicatie when it was added, or did not wait any more, afterwards."""
    if publicatie.eerste_publicatie is None:
        raise ValueError(f"publicatie {publicatie.id} was never public")
    own = document.vrijgegeven_op or document.aangemaakt_op
    return max(publicatie.eerste_publicatie, own)


def document_entry(
    document: Document,
    publicatie: Publicatie,
    pages: Sequence[Pagina],
    lijsten: Waardelijsten,
    regels: Sequence[Inventarisregel] = (),
) -> DocumentEntry:
    """What can be found of a public document; relations are only looked up where one document is shown."""
    kaart = document_kaart(document, publicatie, lijsten, regels=regels)
    return DocumentEntry(
        id=document.id,
        publicatie_id=publicatie.id,
        volgnummer=document.volgnummer,
        officiele_titel=document.officiele_titel,
        publisher=kaart["publisher"]["code"],
        publisher_naam=kaart["publisher"]["naam"],
        provincie=lijsten.organisatieregister.provincie(kaart["publisher"]["code"]),
        soort_organisatie=lijsten.organisatieregister.soort(kaart["publisher"]["code"]),
        informatiecategorieen=publicatie.informatiecategorieen,
        themas=publicatie.themas,
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
        gronden=applied(regels, lijsten),
        gronden_namen=names(regels, lijsten),
        beoordelingen=tuple(dict.fromkeys(regel.beoordeling.value for regel in regels)),
        pages=tuple(PageEntry(page.nummer, page.tekst, page.label) for page in pages),
    )


def public_document(
    document: Document,
    publicatie: Publicatie,
    lijsten: Waardelijsten,
    relaties: Sequence[Relatie] = (),
    regels: Sequence[Inventarisregel] = (),
    versies: Sequence[Mapping[str, Any]] = (),
) -> PublicDocument:
    """What can be read of a public document, beside its pages; `versies` are those that were published."""
    bestand = document.openbaar_bestand
    return PublicDocument(
        id=document.id,
        publicatie_id=publicatie.id,
        kaart={**document_kaart(document, publicatie, lijsten, relaties, regels), "versies": list(versies)},
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
