"""The one decision whether a document or publicatie is public; everything public is a projection of its answer."""

from woo.domain.document import Bestemming, Document
from woo.domain.inventaris import Inventarisregel
from woo.domain.publicatie import Publicatie, Publicatiestatus


def is_public_publicatie(publicatie: Publicatie) -> bool:
    """Whether the public may see this publicatie."""
    return publicatie.status is Publicatiestatus.GEPUBLICEERD


def may_become_public(document: Document) -> bool:
    """Whether this document is public once its publicatie is and its file was read.

    It is meant for the public (`Bestemming`), was not withdrawn, and its disclosure does not wait (art. 4.4, fifth paragraph,
    Woo). That the day to wait for has come does not make it public by itself: the worker looks whether a court was asked to
    wait longer, and writes down that it is shown. So the answer is the same for whoever asks, whenever.
    """
    return (
        document.bestemming is Bestemming.OPENBAAR
        and document.intrekking is None
        and document.opgeschort_tot is None
    )


def is_public(document: Document, publicatie: Publicatie) -> bool:
    """Whether the public may see this document.

    Its publicatie is published, nothing about itself stands in the way (`may_become_public`), and its file was read: what
    could not be opened (quarantine) or was not read yet could not be checked, and stays inside.
    """
    if document.publicatie_id != publicatie.id:
        raise ValueError(
            f"document {document.id} belongs to {document.publicatie_id}, not to {publicatie.id}"
        )
    return (
        is_public_publicatie(publicatie)
        and may_become_public(document)
        and (document.bestand is None or document.lezing.gelezen)
    )


def is_public_regel(regel: Inventarisregel, publicatie: Publicatie, document: Document | None) -> bool:
    """Whether the public sees this row of an inventory as an entry of its own.

    The inventory is as public as its publicatie; a row whose document is public is shown with that document.
    `document` is the one that the row is about, None where there is none.

    Raises:
        ValueError: the publicatie or document is another one than that of the row.
    """
    if regel.publicatie_id != publicatie.id or regel.document_id != (document and document.id):
        raise ValueError(f"row {regel.plaats} was compared with a publicatie or document of another row")
    return is_public_publicatie(publicatie) and (document is None or not is_public(document, publicatie))
