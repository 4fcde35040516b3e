"""Fetches a file of a document out of the archive for the desk: the one it has, or one it had before."""

from woo.domain.actor import Actor
from woo.domain.document import Bestand, Document
from woo.domain.errors import NotFound
from woo.domain.openbaarheid import is_public
from woo.domain.publicatie import Publicatie
from woo.registry import Bestandsversie
from woo.usecases.handeling import usecase
from woo.usecases.inzage import note_reading
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_document


@usecase(Handeling.DOCUMENT_LEZEN, "document", "id")
def find_bestand(platform: Platform, actor: Actor, id: str, versie: int | None = None) -> Bestand:
    """The file of this version of a document as it was received, the last one by default; it is in the archive.

    Noted as a reading (`note_reading`) unless this very file is what the public site gives.

    Raises:
        NotFound: there is no such document for this actor, it has no such version, or the file was destroyed.
    """
    with platform.registry.read() as reading:
        document, publicatie = reading.document_with_publicatie(id)
        versions = reading.versions(id)
    demand_document(actor, Handeling.DOCUMENT_LEZEN, document, publicatie)
    chosen = _chosen(versions, versie)
    if chosen is None or not platform.archive.has(chosen.bestand.digest):
        raise NotFound("bestand", f"{id} {'' if versie is None else versie}".strip())
    if chosen is not versions[-1] or not _is_given(document, publicatie):
        note_reading(platform, actor, "document", id)
    return chosen.bestand


def _chosen(versions: tuple[Bestandsversie, ...], versie: int | None) -> Bestandsversie | None:
    wanted = versions[-1:] if versie is None else (each for each in versions if each.versie == versie)
    return next(iter(wanted), None)


def _is_given(document: Document, publicatie: Publicatie) -> bool:
    """Whether everyone gets the file itself: it is public, and not shown as a PDF that was made of it."""
    return is_public(document, publicatie) and document.weergave is None
