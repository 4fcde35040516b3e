"""Reads the document that a page is about, as far as the actor has a right to it."""

from publisher.desk import Desk
from woo.domain.actor import Recht
from woo.domain.document import Document
from woo.domain.publicatie import Publicatie
from woo.usecases import inzage


def document_of(desk: Desk, id: str, recht: Recht) -> tuple[Document, Publicatie]:
    """A document with its publicatie; raises NotFound, and NotAllowed for who may read it but has not this right."""
    document, publicatie = inzage.read_document(desk.platform, desk.actor, id)
    desk.actor.require_for(recht, publicatie.publisher, "document", id)
    return document, publicatie
