"""What the public side holds of a row of an inventory: with its document, or as an entry of its own where that is not public.

Never shown are `overig` and `toelichting`: free text in which names stand that nobody looked at (the list is taken over
as it is). Of a row whose document was withdrawn after it was public, title, date and links are kept back too: they may be
what had to be taken back.
"""

from collections.abc import Sequence
from typing import Any

from woo.diwoo.gronden import artikel_van
from woo.diwoo.waardelijsten import Waarde, Waardelijsten
from woo.domain.document import Document
from woo.domain.inventaris import Inventarisregel
from woo.domain.publicatie import Publicatie
from woo.index.port import DocumentEntry
from woo.projection.values import publisher_kaart, utc_text, waarde_kaart
from woo.storage.port import PublicDocument

_WEB = ("https://", "http://")


def inventaris_kaart(regels: Sequence[Inventarisregel], lijsten: Waardelijsten) -> dict[str, Any] | None:
    """What the inventory says of a document that is public, from the first of its rows; None where it has none."""
    return _judged(regels[0], lijsten, links=True) if regels else None


def regel_kaart(
    regel: Inventarisregel, publicatie: Publicatie, document: Document | None, lijsten: Waardelijsten
) -> dict[str, Any]:
    """The public metadata of a row as an entry of its own, in the shape of a document's.

    `document` is the one that the row is about, which is not public. Raises ValueError for a publicatie that was never
    public.
    """
    if publicatie.eerste_publicatie is None:
        raise ValueError(f"publicatie {publicatie.id} was never public")
    kept_back = was_taken_back(document, publicatie)
    return {
        "id": regel.id,
        "officieleTitel": f"Document {regel.nummer} (ingetrokken)" if kept_back else regel.documentnaam,
        "omschrijving": None,
        "kenmerk": regel.nummer,
        "volgnummer": regel.volgorde,
        "publisher": publisher_kaart(publicatie, lijsten),
        "informatiecategorieen": [
            waarde_kaart(lijsten.informatiecategorieen.get(code)) for code in publicatie.informatiecategorieen
        ],
        "themas": [waarde_kaart(lijsten.themas.get(code)) for code in publicatie.themas],
        "documentsoort": None,
        "publicatie": {
            "id": publicatie.id,
            "titel": publicatie.officiele_titel,
            "kenmerk": publicatie.kenmerk,
        },
        "creatiedatum": None if regel.datum is None or kept_back else regel.datum.isoformat(),
        "publicatiedatum": utc_text(publicatie.eerste_publicatie),
        "gewijzigdOp": utc_text(publicatie.gewijzigd_op),
        "formaat": None,
        "taal": None,
        "paginas": 0,
        "onleesbarePaginas": 0,
        "onzekerePaginas": 0,
        "bestand": None,
        "versie": 1,
        "metadataHerkomst": {},
        "relaties": [],
        "beschikbaar": False,
        "inventaris": {
            **_judged(regel, lijsten, links=not kept_back),
            "ingetrokken": document is not None and document.intrekking is not None and regel.mag_openbaar,
        },
    }


def was_taken_back(document: Document | None, publicatie: Publicatie) -> bool:
    """Whether this document was withdrawn after it was public."""
    if document is None or document.intrekking is None or publicatie.eerste_publicatie is None:
        return False
    return document.intrekking.op >= publicatie.eerste_publicatie


def regel_entry(
    regel: Inventarisregel, publicatie: Publicatie, document: Document | None, lijsten: Waardelijsten
) -> DocumentEntry:
    """What can be found of a row as an entry of its own."""
    kaart = regel_kaart(regel, publicatie, document, lijsten)
    return DocumentEntry(
        id=regel.id,
        publicatie_id=publicatie.id,
        volgnummer=regel.volgorde,
        officiele_titel=kaart["officieleTitel"],
        publisher=kaart["publisher"]["code"],
        publisher_naam=kaart["publisher"]["naam"],
        provincie=lijsten.organisatieregister.provincie(kaart["publisher"]["code"]),
        soort_organisatie=lijsten.organisatieregister.soort(kaart["publisher"]["code"]),
        informatiecategorieen=publicatie.informatiecategorieen,
        themas=publicatie.themas,
        publicatiedatum=publicatie.eerste_publicatie or publicatie.aangemaakt_op,
        kaart=kaart,
        kenmerk=" ".join(filter(None, (regel.nummer, publicatie.kenmerk))),
        publicatie_titel=publicatie.officiele_titel,
        creatiedatum=regel.datum if kaart["creatiedatum"] else None,
        gronden=applied([regel], lijsten),
        gronden_namen=names([regel], lijsten),
        beoordelingen=(regel.beoordeling.value,),
        beschikbaar=False,
    )


def public_regel(
    regel: Inventarisregel, publicatie: Publicatie, document: Document | None, lijsten: Waardelijsten
) -> PublicDocument:
    """What can be read of a row as an entry of its own: its metadata; it has no file and no pages."""
    kaart = regel_kaart(regel, publicatie, document, lijsten)
    return PublicDocument(regel.id, publicatie.id, kaart, bestand=None, paginas=0)


def applied(regels: Sequence[Inventarisregel], lijsten: Waardelijsten) -> tuple[str, ...]:
    """The codes under which a filter finds these rows: a ground of the Wob also by that of the Woo that its list names."""
    codes: dict[str, None] = {}
    for code in _codes(regels):
        codes[code] = None
        if code in lijsten.wob_gronden:
            codes |= {str(woo): None for woo in _of_the_woo(code, lijsten)}
    return tuple(codes)


def _of_the_woo(code: str, lijsten: Waardelijsten) -> tuple[str, ...]:
    codes = lijsten.wob_gronden.get(code).extra.get("woo")
    return tuple(codes) if isinstance(codes, list | tuple) else ()


def names(regels: Sequence[Inventarisregel], lijsten: Waardelijsten) -> tuple[str, ...]:
    """The names of the grounds that these rows apply."""
    return tuple(waarde.naam for code in _codes(regels) if (waarde := _ground(code, lijsten)))


def _codes(regels: Sequence[Inventarisregel]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for regel in regels for code in regel.gronden))


def _judged(regel: Inventarisregel, lijsten: Waardelijsten, *, links: bool) -> dict[str, Any]:
    return {
        "nummer": regel.nummer,
        "beoordeling": regel.beoordeling.value,
        "gronden": [_ground_kaart(code, lijsten, regel.wetten) for code in regel.gronden],
        "bijzonderheden": [each.value for each in regel.bijzonderheden],
        "opgeschort": regel.opgeschort,
        "links": [link for link in regel.links if link.lower().startswith(_WEB)] if links else [],
        "ingetrokken": False,
    }


def _ground_kaart(code: str, lijsten: Waardelijsten, wetten: Sequence[str]) -> dict[str, str | None]:
    """A ground with its name and article; a code that is on no list any more names itself.

    One that refers to another law (art. 8.8 Woo, geheimhouding) has the article of that law with it.
    """
    waarde = _ground(code, lijsten)
    others = wetten if waarde is not None and waarde.extra.get("vereist") else ()
    return {
        "code": code,
        "uri": None if waarde is None else waarde.uri,
        "naam": code if waarde is None else waarde.naam,
        "artikel": "; ".join(filter(None, (artikel_van(code), *others))) or None,
    }


def _ground(code: str, lijsten: Waardelijsten) -> Waarde | None:
    for lijst in (lijsten.weigeringsgronden, lijsten.wob_gronden):
        if code in lijst:
            return lijst.get(code)
    return None
