"""Withdraw a publicatie or one document from everywhere public, at once."""

from woo.domain.actor import Actor
from woo.domain.document import Document
from woo.domain.errors import NotFound
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Reading
from woo.storage.port import Withdrawn
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_document, demand_publicatie


@usecase(Handeling.PUBLICATIE_INTREKKEN, "publicatie", "id")
def withdraw_publicatie(platform: Platform, actor: Actor, id: str, *, reden: str) -> Publicatie:
    """Take a publicatie and all its documents from the public, at once.

    The withdrawn list is written before the commit: should the commit fail, the publicatie is hidden though the
    registry calls it public (failing closed), and `woo verify` puts that right.
    """
    with platform.registry.transaction() as tx:
        now = platform.now()
        publicatie = tx.publicatie(id)
        demand_publicatie(actor, Handeling.PUBLICATIE_INTREKKEN, publicatie)
        publicatie = publicatie.withdrawn(now, reden=reden)
        platform.public.withdraw(Withdrawn(id=id, soort="publicatie", op=now, reden=reden.strip()))
        tx.save_publicatie(publicatie)
        tx.record(
            Gebeurtenis(
                Actie.PUBLICATIE_WITHDRAWN, "publicatie", id, actor, now, details={"reden": reden.strip()}
            )
        )
    return publicatie


@usecase(Handeling.DOCUMENT_INTREKKEN, "document", "id")
def withdraw_document(platform: Platform, actor: Actor, id: str, *, reden: str) -> Document:
    """Take one document from the public, at once; see withdraw_publicatie for the order of things.

    The tombstone does not repeat the title: the title may be what had to be taken back.
    """
    with platform.registry.transaction() as tx:
        now = platform.now()
        before, publicatie = tx.document_with_publicatie(id)
        demand_document(actor, Handeling.DOCUMENT_INTREKKEN, before, publicatie)
        document = before.withdrawn(now, reden=reden)
        if publicatie.status is not Publicatiestatus.CONCEPT:
            platform.public.withdraw(
                Withdrawn(
                    id=id,
                    soort="document",
                    op=now,
                    reden=reden.strip(),
                    publicatie_id=publicatie.id,
                )
            )
        tx.save_document(document)
        tx.record(
            Gebeurtenis(
                Actie.DOCUMENT_WITHDRAWN, "document", id, actor, now, details={"reden": reden.strip()}
            )
        )
    return document


def is_withdrawn(reading: Reading, soort: str, id: str) -> bool:
    """Whether a document (by itself or with its publicatie) or a publicatie was withdrawn; raises NotFound."""
    if soort == "publicatie":
        return reading.publicatie(id).status is Publicatiestatus.INGETROKKEN
    document, publicatie = reading.document_with_publicatie(id)
    return document.intrekking is not None or publicatie.intrekking is not None


@usecase(Handeling.DOCUMENT_INTREKKEN, "object", "id")
def withdraw(platform: Platform, actor: Actor, id: str, *, reden: str) -> Publicatie | Document:
    """Withdraw the publicatie or document with this id; raises NotFound, Refused, NotAllowed, InvalidValue."""
    with platform.registry.read() as reading:
        try:
            reading.publicatie(id)
        except NotFound:
            reading.document(id)
            is_document = True
        else:
            is_document = False
    return (withdraw_document if is_document else withdraw_publicatie)(platform, actor, id, reden=reden)
