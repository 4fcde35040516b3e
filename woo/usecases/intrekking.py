"""Withdraw a publicatie or one document from everywhere public, at once, for a reason."""

from dataclasses import dataclass

from woo.domain.actor import Actor
from woo.domain.document import Document
from woo.domain.errors import NotFound
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.publicatie import Publicatie, Publicatiestatus, checked_reason
from woo.registry import Intrekkingsregel, Reading, Soort
from woo.storage.port import Withdrawn
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_document, demand_publicatie


@dataclass(frozen=True, slots=True)
class Waarom:
    """Why something is withdrawn: the code of our reason or None, what citizens read, and what stays inside.

    `intern` may name people: it stands in the registry alone, never in the log.
    """

    openbaar: str
    code: str | None = None
    intern: str | None = None

    @classmethod
    def of(
        cls, platform: Platform, *, reden: str | None, code: str | None = None, intern: str | None = None
    ) -> "Waarom":
        """With a code, `reden` explains its sentence and may be left out; without, it is the reason in free words.

        Raises:
            InvalidValue: there is no such code, or neither code nor words.
        """
        inside = intern.strip() or None if intern else None
        if code is None:
            return cls(checked_reason(reden or ""), None, inside)
        return cls(platform.intrekregels.redenen.reden(code).openbaar(reden), code, inside)

    @property
    def details(self) -> dict[str, object]:
        """What the log tells of it."""
        return {"reden": self.openbaar, **({"code": self.code} if self.code else {})}


@usecase(Handeling.PUBLICATIE_INTREKKEN, "publicatie", "id")
def withdraw_publicatie(
    platform: Platform,
    actor: Actor,
    id: str,
    *,
    reden: str | None = None,
    code: str | None = None,
    intern: str | None = None,
) -> Publicatie:
    """Take a publicatie and all its documents from the public, at once; `reden`, `code` and `intern` as in `Waarom.of`.

    The withdrawn list is written before the commit: should the commit fail, the publicatie is hidden though the
    registry calls it public (failing closed), and `woo verify` puts that right.
    """
    why = Waarom.of(platform, reden=reden, code=code, intern=intern)
    with platform.registry.transaction() as tx:
        now = platform.now()
        before = tx.publicatie(id)
        demand_publicatie(actor, Handeling.PUBLICATIE_INTREKKEN, before)
        publicatie = before.withdrawn(now, reden=why.openbaar)
        platform.public.withdraw(Withdrawn(id=id, soort="publicatie", op=now, reden=why.openbaar))
        tx.save_publicatie(publicatie)
        tx.intrekkingen.save_regel(
            Intrekkingsregel("publicatie", id, id, now, why.code, why.openbaar, why.intern)
        )
        tx.record(Gebeurtenis(Actie.PUBLICATIE_WITHDRAWN, "publicatie", id, actor, now, details=why.details))
    return publicatie


@usecase(Handeling.DOCUMENT_INTREKKEN, "document", "id")
def withdraw_document(
    platform: Platform,
    actor: Actor,
    id: str,
    *,
    reden: str | None = None,
    code: str | None = None,
    intern: str | None = None,
) -> Document:
    """Take one document from the public, at once; see withdraw_publicatie for the order of things.

    The tombstone does not repeat the title: the title may be what had to be taken back.
    """
    why = Waarom.of(platform, reden=reden, code=code, intern=intern)
    with platform.registry.transaction() as tx:
        now = platform.now()
        before, publicatie = tx.document_with_publicatie(id)
        demand_document(actor, Handeling.DOCUMENT_INTREKKEN, before, publicatie)
        document = before.withdrawn(now, reden=why.openbaar)
        if publicatie.status is not Publicatiestatus.CONCEPT:
            platform.public.withdraw(
                Withdrawn(
                    id=id,
                    soort="document",
                    op=now,
                    reden=why.openbaar,
                    publicatie_id=publicatie.id,
                )
            )
        tx.save_document(document)
        tx.intrekkingen.save_regel(
            Intrekkingsregel("document", id, publicatie.id, now, why.code, why.openbaar, why.intern)
        )
        tx.record(Gebeurtenis(Actie.DOCUMENT_WITHDRAWN, "document", id, actor, now, details=why.details))
    return document


def is_withdrawn(reading: Reading, soort: str, id: str) -> bool:
    """Whether a document (by itself or with its publicatie) or a publicatie was withdrawn; raises NotFound."""
    if soort == "publicatie":
        return reading.publicatie(id).status is Publicatiestatus.INGETROKKEN
    document, publicatie = reading.document_with_publicatie(id)
    return document.intrekking is not None or publicatie.intrekking is not None


def soort_of(reading: Reading, id: str) -> Soort:
    """Whether this is the id of a publicatie or of a document; raises NotFound."""
    try:
        reading.publicatie(id)
    except NotFound:
        reading.document(id)
        return "document"
    return "publicatie"


@usecase(Handeling.DOCUMENT_INTREKKEN, "object", "id")
def withdraw(
    platform: Platform,
    actor: Actor,
    id: str,
    *,
    reden: str | None = None,
    code: str | None = None,
    intern: str | None = None,
) -> Publicatie | Document:
    """Withdraw the publicatie or document with this id; raises NotFound, Refused, NotAllowed, InvalidValue."""
    with platform.registry.read() as reading:
        soort = soort_of(reading, id)
    do = withdraw_document if soort == "document" else withdraw_publicatie
    return do(platform, actor, id, reden=reden, code=code, intern=intern)


def lift(platform: Platform, objects: list[tuple[Soort, str]]) -> list[str]:
    """Take off the withdrawn list what the registry does not call withdrawn any more; returns the ids.

    The registry is asked, and kept as it is, until the entry is gone: who withdraws it again meanwhile waits, and writes
    their entry afterwards.
    """
    listed = platform.public.withdrawn()
    lifted = []
    for soort, id in objects:
        if id not in listed:
            continue
        with platform.registry.transaction() as tx:
            if not is_withdrawn(tx, soort, id):
                platform.public.unwithdraw(id)
                lifted.append(id)
    return lifted
