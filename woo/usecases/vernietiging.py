"""Destroy what was withdrawn: two people decide, the file leaves the platform for good, and what remains is the fact."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from woo.domain.actor import Actor
from woo.domain.errors import InvalidValue, Refused
from woo.domain.events import Actie, Gebeurtenis, Jobsoort, Jobwens, Prioriteit
from woo.domain.ingreep import Aanleiding, Ingreep, Ingreepstatus, Lot
from woo.domain.publicatie import Intrekking
from woo.registry import Intrekkingsregel, Reading, Soort, Transaction
from woo.registry.seals import keyed_digest
from woo.storage.port import Withdrawn
from woo.usecases.herstel import is_destroyed, withdrawal
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand

_CHUNK = 1000
Andere = Mapping[str, tuple[Lot, str]]


@dataclass(frozen=True, slots=True)
class Omvang:
    """What a destruction is about: the documents themselves, their files, and who else has one of those."""

    documenten: tuple[str, ...]
    digests: tuple[str, ...]
    andere: tuple[str, ...]


def scope(reading: Reading, soort: Soort, id: str) -> Omvang:
    """What would be destroyed with this object, and the other documents that have one of its files."""
    own = (id,) if soort == "document" else tuple(_documents(reading, id))
    digests = {digest for each in own for digest in reading.intrekkingen.digests_of(each)}
    others = [each for each in reading.intrekkingen.holders(digests) if each not in own]
    return Omvang(own, tuple(sorted(digests)), tuple(others))


def check_scope(
    reading: Reading, actor: Actor, soort: Soort, id: str, *, aanleiding: Aanleiding, andere: Andere
) -> None:
    """Check that this may be destroyed, and that every other document with the same file was decided on.

    Raises:
        Refused: it is not withdrawn, was destroyed before, or another one that is to be destroyed too is still public.
        InvalidValue: `andere` leaves one out, names one that has no such file, or gives no reason to keep it.
        NotFound, NotAllowed: the actor has not the right at the organisation of one of them.
    """
    _check_withdrawn(reading, soort, id)
    if soort == "document" and aanleiding is Aanleiding.BEWAARTERMIJN:
        raise InvalidValue(
            "aanleiding", aanleiding.value, "a term is of a whole publicatie", accepted=["datalek"]
        )
    needed = scope(reading, soort, id).andere
    left = [each for each in needed if each not in andere]
    if left:
        raise InvalidValue(
            "andere",
            ", ".join(left),
            "these documents have the same file; decide on each",
            accepted=list(Lot),
        )
    for other, (lot, why) in andere.items():
        if other not in needed:
            raise InvalidValue("andere", other, "this document has not the same file", accepted=needed)
        publicatie = reading.document_with_publicatie(other)[1]
        demand(actor, Handeling.VERNIETIGING_VOORSTELLEN, publicatie.publisher, "document", other)
        if lot is Lot.BEWAREN and not why.strip():
            raise InvalidValue("andere", other, "to keep the same file elsewhere needs a reason")
        if lot is Lot.VERNIETIGEN:
            _check_withdrawn(reading, "document", other)


def destroy_within(tx: Transaction, platform: Platform, actor: Actor, one: Ingreep) -> Ingreep:
    """Erase what was approved from the registry, and return the proposal with the files that are still to leave the archive.

    The mark on the withdrawn list is written before the commit, so that an older backup never brings it back.
    """
    soort: Soort = "document" if one.object_soort == "document" else "publicatie"
    if one.aanleiding is None:
        raise ValueError(f"proposal {one.id} destroys nothing")
    check_scope(tx, actor, soort, one.object_id, aanleiding=one.aanleiding, andere=one.andere)
    now = platform.now()
    omvang = scope(tx, soort, one.object_id)
    also = [id for id, (lot, _) in one.andere.items() if lot is Lot.VERNIETIGEN]
    documents = list(dict.fromkeys([*omvang.documenten, *also]))
    gone = _leaving(tx, documents)
    gegevens = _told(tx, soort, one, documents)
    for id in documents:
        _destroy(tx, platform, actor, "document", id, one.id, now)
    if soort == "publicatie":
        _destroy(tx, platform, actor, "publicatie", one.object_id, one.id, now)
    tx.want(Jobwens(Jobsoort.REINDEX, "index", Prioriteit.NORMAAL), now=now)
    zegels = tuple(seal(platform, digest) for digest in gone)
    return replace(one, zegels=zegels, te_wissen=gone, gegevens=gegevens)


def seal(platform: Platform, digest: str) -> str:
    """The keyed digest by which a destroyed file is known, without saying what it was."""
    return keyed_digest(platform.log_key, f"vernietigd:{digest}")


def finish(platform: Platform, one: Ingreep) -> Ingreep:
    """Take the files of an approved destruction out of the archive; safe to repeat.

    Files that another document has by now stay: whoever gave it was told (see `refuse_destroyed`). Raises Unavailable.
    """
    kept_versions = False
    for digest in one.te_wissen:
        with platform.registry.transaction() as tx:
            if not tx.intrekkingen.holders([digest]):
                kept_versions = not platform.archive.remove(digest) or kept_versions
    gegevens = {**one.gegevens, **({"opslag_bewaart_versies": True} if kept_versions else {})}
    done = replace(one, te_wissen=(), gegevens=gegevens)
    with platform.registry.transaction() as tx:
        tx.intrekkingen.save_ingreep(done)
    return done


def conclude(platform: Platform, one: Ingreep, verklaring: bytes) -> Ingreep:
    """Note that all of it is gone, and keep the statement of destruction (PDF)."""
    now = platform.now()
    done = replace(one, status=Ingreepstatus.UITGEVOERD, uitgevoerd_op=now)
    with platform.registry.transaction() as tx:
        tx.intrekkingen.save_ingreep(done)
        tx.intrekkingen.save_verklaring(one.id, verklaring, now)
    return done


def objects_of(one: Ingreep) -> list[str]:
    """The ids of what a destruction that was carried out is about: the object itself, and every document of it."""
    listed = one.gegevens.get("documenten")
    documents = [str(each["id"]) for each in listed] if isinstance(listed, list) else []
    return list(dict.fromkeys([one.object_id, *documents]))


def is_destroyed_file(tx: Reading, platform: Platform, digest: str) -> bool:
    """Whether this file was destroyed here, and nobody has it by decision."""
    return bool(tx.intrekkingen.knows_destroyed([seal(platform, digest)]))


def refuse_destroyed(tx: Reading, platform: Platform, digest: str) -> None:
    """Raise Refused for a file that was destroyed here; it is taken out of the archive again, where it was just put."""
    if is_destroyed_file(tx, platform, digest):
        if not tx.intrekkingen.holders([digest]):
            platform.archive.remove(digest)
        raise Refused("take in", "this file", "it was destroyed here, and may not come back")


def destroyed_files(platform: Platform, digests: Collection[str]) -> frozenset[str]:
    """Those of these files that were destroyed here; they are taken out of the archive again, where they were just put."""
    zegels = {seal(platform, digest): digest for digest in digests}
    with platform.registry.read() as reading:
        found = frozenset(zegels[each] for each in reading.intrekkingen.knows_destroyed(zegels))
        gone = [each for each in found if not reading.intrekkingen.holders([each])]
    for digest in gone:
        platform.archive.remove(digest)
    return found


def destroy_again(platform: Platform, soort: Soort, id: str, *, op: datetime, actor: Actor) -> list[str]:
    """Destroy what an older backup brought back; returns the digests that left the archive. Raises NotFound."""
    with platform.registry.transaction() as tx:
        documents = [id] if soort == "document" else list(_documents(tx, id))
        gone = _leaving(tx, documents)
        for each in documents:
            _destroy(tx, platform, actor, "document", each, "backup", op)
        if soort == "publicatie":
            _destroy(tx, platform, actor, "publicatie", id, "backup", op)
        tx.intrekkingen.save_zegels([seal(platform, digest) for digest in gone], op=op)
    for digest in gone:
        platform.archive.remove(digest)
    return list(gone)


def _documents(reading: Reading, publicatie_id: str) -> Sequence[str]:
    found: list[str] = []
    while batch := reading.documents(publicatie_id, after=found[-1] if found else None, limit=_CHUNK):
        found += [document.id for document in batch]
    return found


def _check_withdrawn(reading: Reading, soort: Soort, id: str) -> None:
    if is_destroyed(reading, soort, id):
        raise Refused("destroy", f"{soort} {id}", "it was destroyed before")
    if _withdrawal(reading, soort, id) is None:
        raise Refused("destroy", f"{soort} {id}", "it is not withdrawn; withdraw it first")


def _withdrawal(reading: Reading, soort: Soort, id: str) -> Intrekking | None:
    """Its own withdrawal, or that of its publicatie."""
    own = withdrawal(reading, soort, id)[1]
    if own is not None or soort == "publicatie":
        return own
    return reading.document_with_publicatie(id)[1].intrekking


def _leaving(tx: Transaction, documents: Collection[str]) -> tuple[str, ...]:
    """The files that nobody has but these documents."""
    digests = {digest for id in documents for digest in tx.intrekkingen.digests_of(id)}
    return tuple(d for d in sorted(digests) if set(tx.intrekkingen.holders([d])) <= set(documents))


def _destroy(
    tx: Transaction, platform: Platform, actor: Actor, soort: Soort, id: str, ingreep: str, now: datetime
) -> None:
    publicatie_id = id if soort == "publicatie" else tx.document(id).publicatie_id
    gone = _withdrawal(tx, soort, id)
    if gone is None:
        raise Refused("destroy", f"{soort} {id}", "it is not withdrawn; withdraw it first")
    listed = platform.public.withdrawn().get(id)
    entry = listed or Withdrawn(
        id, soort, gone.op, gone.reden, publicatie_id=None if soort == "publicatie" else publicatie_id
    )
    platform.public.withdraw(replace(entry, vernietigd=now))
    regel = tx.intrekkingen.regel(id, gone.op)
    regel = regel or Intrekkingsregel(soort, id, publicatie_id, gone.op, None, gone.reden)
    tx.intrekkingen.save_regel(replace(regel, vernietigd_op=now))
    tx.erase(soort, id, now)
    actie = Actie.DOCUMENT_DESTROYED if soort == "document" else Actie.PUBLICATIE_DESTROYED
    tx.record(Gebeurtenis(actie, soort, id, actor, now, details={"ingreep": ingreep}))


def _told(reading: Reading, soort: Soort, one: Ingreep, documents: Sequence[str]) -> dict[str, object]:
    """What the statement of destruction names; after a leak no title, for that may be what leaked."""
    publicatie_id = one.object_id if soort == "publicatie" else reading.document(one.object_id).publicatie_id
    publicatie = reading.publicatie(publicatie_id)
    named = one.aanleiding is Aanleiding.BEWAARTERMIJN
    return {
        **one.gegevens,
        "publicatie": {
            "id": publicatie.id,
            "kenmerk": publicatie.kenmerk if named else None,
            "titel": publicatie.officiele_titel if named else None,
            "publisher": publicatie.publisher,
            "eerste_publicatie": publicatie.eerste_publicatie.isoformat()
            if publicatie.eerste_publicatie
            else None,
        },
        "documenten": [_line(reading, id, named=named) for id in documents],
    }


def _line(reading: Reading, id: str, *, named: bool) -> dict[str, object]:
    document = reading.document(id)
    return {
        "id": id,
        "titel": document.officiele_titel if named else None,
        "paginas": document.lezing.paginas,
        "bestanden": len(reading.intrekkingen.digests_of(id)),
        "bytes": document.bestand.grootte if document.bestand else 0,
    }
