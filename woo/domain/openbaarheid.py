"""The one decision whether a document or publicatie is public; everything public is a projection of its answer."""

from woo.domain.document import Document
from woo.domain.publicatie import Publicatie, Publicatiestatus


def is_public_publicatie(publicatie: Publicatie) -> bool:
    """Whether the public may see this publicatie."""
    return publicatie.status is Publicatiestatus.GEPUBLICEERD


def is_public(document: Document, publicatie: Publicatie) -> bool:
    """Whether the public may see this document.

    Its publicatie is published, it was not withdrawn itself, and its file was read: what could not be opened
    (quarantine) or was not read yet could not be checked, and stays inside.
    """
    if document.publicatie_id != publicatie.id:
        raise ValueError(
            f"document {document.id} belongs to {document.publicatie_id}, not to {publicatie.id}"
        )
    return (
        is_public_publicatie(publicatie)
        and document.intrekking is None
        and (document.bestand is None or document.lezing.gelezen)
    )
