"""Opens what a page is about for the action of that page: who may not do it is refused, and then reads nothing."""

from woo.domain.actor import Actor
from woo.domain.document import Document
from woo.domain.publicatie import Publicatie
from woo.usecases.handeling import attempt
from woo.usecases.inzage import note_document, note_publicatie
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_document, demand_publicatie


def open_publicatie(platform: Platform, actor: Actor, handeling: Handeling, id: str) -> Publicatie:
    """One publicatie, for who may do this with it; what is not public is noted.

    Raises:
        NotFound: there is none, or it is of another organisation.
        NotAllowed: the actor may read it and not do this.
    """
    with attempt(platform, actor, handeling, "publicatie", id):
        with platform.registry.read() as reading:
            publicatie = reading.publicatie(id)
        demand_publicatie(actor, handeling, publicatie)
        note_publicatie(platform, actor, publicatie)
    return publicatie


def open_document(
    platform: Platform, actor: Actor, handeling: Handeling, id: str
) -> tuple[Document, Publicatie]:
    """One document with its publicatie, for who may do this with it; noted and refused as `open_publicatie`."""
    with attempt(platform, actor, handeling, "document", id):
        with platform.registry.read() as reading:
            document, publicatie = reading.document_with_publicatie(id)
        demand_document(actor, handeling, document, publicatie)
        note_document(platform, actor, document, publicatie)
    return document, publicatie
