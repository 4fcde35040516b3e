"""Restore what was withdrawn: it becomes public again at its old address, and its history keeps the gap."""

from dataclasses import replace

from woo.domain.actor import Actor
from woo.domain.document import Document
from woo.domain.errors import Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.intrekreden import Herstel
from woo.domain.publicatie import Intrekking, Publicatie
from woo.registry import Intrekkingsregel, Reading, Soort, Transaction
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand

_ACTIE = {"publicatie": Actie.PUBLICATIE_RESTORED, "document": Actie.DOCUMENT_RESTORED}
NEEDS_TWO = "its reason asks for a second person; propose it, and let another approve"


@usecase(Handeling.HERSTELLEN, "object", "id")
def restore(
    platform: Platform, actor: Actor, soort: Soort, id: str, *, toelichting: str | None = None
) -> Publicatie | Document:
    """Make public again what was withdrawn. The worker shows it, and takes its entry off the withdrawn list once it does.

    Raises:
        Refused: it was not withdrawn, was destroyed, was withdrawn for a reason that takes two people, or its publicatie
            has the same file again in another document.
        NotFound, NotAllowed: as `Actor.require_for`.
    """
    with platform.registry.transaction() as tx:
        organisatie, intrekking = withdrawal(tx, soort, id)
        demand(actor, Handeling.HERSTELLEN, organisatie, soort, id)
        intrekking = check_restorable(tx, soort, id, intrekking)
        regel = tx.intrekkingen.regel(id, intrekking.op)
        redenen = platform.intrekregels.redenen
        if redenen.herstel(regel.code if regel else None) is Herstel.TWEEDE:
            raise Refused("restore", f"{soort} {id}", NEEDS_TWO)
        return restore_within(tx, platform, actor, soort, id, toelichting=toelichting)


def restore_within(
    tx: Transaction,
    platform: Platform,
    actor: Actor,
    soort: Soort,
    id: str,
    *,
    toelichting: str | None = None,
    ingreep: str | None = None,
) -> Publicatie | Document:
    """Restore inside a transaction that does more, whatever the reason was; rights are the caller's to check."""
    now = platform.now()
    _, found = withdrawal(tx, soort, id)
    intrekking = check_restorable(tx, soort, id, found)
    restored: Publicatie | Document
    if soort == "publicatie":
        publicatie = tx.publicatie(id)
        restored = publicatie.restored(now)
    else:
        document, publicatie = tx.document_with_publicatie(id)
        restored = document.restored(now)
    tx.intrekkingen.undo(soort, id, op=intrekking.op, now=now)
    regel = tx.intrekkingen.regel(id, intrekking.op) or Intrekkingsregel(
        soort, id, publicatie.id, intrekking.op, None, intrekking.reden
    )
    tx.intrekkingen.save_regel(
        replace(regel, hersteld_op=now, hersteld_toelichting=(toelichting or "").strip() or None)
    )
    details = {"ingetrokken_op": intrekking.op.isoformat()} | ({"ingreep": ingreep} if ingreep else {})
    tx.record(Gebeurtenis(_ACTIE[soort], soort, id, actor, now, details=details))
    return restored


def withdrawal(reading: Reading, soort: Soort, id: str) -> tuple[str | None, Intrekking | None]:
    """The organisation of an object, and its own withdrawal where it has one; raises NotFound."""
    if soort == "publicatie":
        publicatie = reading.publicatie(id)
        return publicatie.publisher, publicatie.intrekking
    document, publicatie = reading.document_with_publicatie(id)
    return publicatie.publisher, document.intrekking


def check_restorable(reading: Reading, soort: Soort, id: str, intrekking: Intrekking | None) -> Intrekking:
    """Return the withdrawal that can be undone; raises Refused."""
    if intrekking is None:
        raise Refused("restore", f"{soort} {id}", "it was not withdrawn")
    if is_destroyed(reading, soort, id):
        raise Refused("restore", f"{soort} {id}", "it was destroyed, and cannot come back")
    if soort == "document":
        document = reading.document(id)
        digest = document.bestand.digest if document.bestand else ""
        same = reading.document_by_digest(document.publicatie_id, digest)
        if same is not None and same.intrekking is None:
            raise Refused(
                "restore", f"document {id}", f"document {same.id} of its publicatie has the same file"
            )
    return intrekking


def is_destroyed(reading: Reading, soort: Soort, id: str) -> bool:
    """Whether an object was destroyed, by itself, with its publicatie, or for having the same file as another."""
    intrekkingen = reading.intrekkingen
    if any(regel.vernietigd_op is not None for regel in intrekkingen.of_object(id)):
        return True
    return soort == "document" and is_destroyed(reading, "publicatie", reading.document(id).publicatie_id)
