"""Makes a document of a file that was sent, or gives a document its new file; in one way for the API, the pages and uploads in parts."""

from typing import cast

from publisher.desk import Desk
from publisher.publicatie_inputs import LosBestand, NieuwDocument
from publisher.uploads import Upload, validated
from woo.domain.document import Document
from woo.domain.publicatie import Publicatie
from woo.usecases import document, inzage
from woo.usecases.codes import checked_code

SOURCE = "balie"
_FROM_NAME = "bestandsnaam"


def require_room(desk: Desk, publicatie_id: str) -> Publicatie:
    """Refuse before a file is read what the use case would refuse after it."""
    document.check_room(desk.platform, desk.actor, publicatie_id)
    return inzage.read_publicatie(desk.platform, desk.actor, publicatie_id)


def require_replaceable(desk: Desk, id: str) -> None:
    """Refuse before a file is read what the use case would refuse after it."""
    document.check_replaceable(desk.platform, desk.actor, id)


def add(desk: Desk, publicatie_id: str, upload: Upload) -> Document:
    """Add a document with this file; without a title it gets the name of the file as one.

    Raises the 400 for its fields and content, Infected, Refused, NotFound, NotAllowed and Unavailable.
    """
    titled = "officieleTitel" in upload.velden and upload.velden["officieleTitel"].strip()
    velden = upload.velden if titled else {**upload.velden, "officieleTitel": title_of(upload.naam)}
    nieuw = cast(NieuwDocument, validated(velden, NieuwDocument))
    lijsten = desk.platform.lijsten
    if nieuw.documentsoort is not None:
        checked_code(lijsten.documentsoorten, "documentsoort", nieuw.documentsoort)
    taal = None if nieuw.taal is None else checked_code(lijsten.talen, "taal", nieuw.taal)
    bestand = upload.admit(desk.platform, desk.actor)
    herkomst = dict.fromkeys(nieuw.given().keys() - {"bestemming"}, SOURCE)
    wanted = document.NieuwDocument(
        officiele_titel=nieuw.officiele_titel,
        bestand=bestand,
        omschrijving=nieuw.omschrijving,
        kenmerk=nieuw.kenmerk,
        documentsoort=nieuw.documentsoort,
        creatiedatum=nieuw.creatiedatum,
        taal=taal,
        herkomst=herkomst if titled else herkomst | {"officiele_titel": _FROM_NAME},
        bestemming=nieuw.bestemming,
        rol=nieuw.rol,
    )
    return document.add_document(desk.platform, desk.actor, publicatie_id, wanted)


def replace(desk: Desk, id: str, upload: Upload) -> Document:
    """Give a document this file as a new version, with the reason that everyone can read. Raises as `add`."""
    los = cast(LosBestand, validated(upload.velden, LosBestand))
    bestand = upload.admit(desk.platform, desk.actor)
    return document.replace_bestand(desk.platform, desk.actor, id, bestand, reden=los.reden)


def title_of(naam: str) -> str:
    """The name of a file as a title: without its extension, spaces for underscores."""
    stem = naam.rpartition(".")[0] or naam
    return " ".join(stem.replace("_", " ").split()) or naam
