"""What became of items and objects: the joins behind a run's report, `woo status` and `woo verify`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.document import Leesstatus
from woo.domain.events import OP_TIJD, Jobsoort
from woo.domain.publicatie import Publicatiestatus
from woo.registry.records import Soort
from woo.registry.tables import bestandsversie, document, getoond, item, job, publicatie

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """An item with all that decides its state; what belongs to a document is empty for an item without one.

    `rust_fout` is the error of a job that rests: its document is not read, or not shown, before a person retries it.
    `wacht` tells that the public side is still to be made equal: what it shows may be an earlier version.
    """

    sleutel: str
    pad: str
    sha256: str | None
    staat: str | None
    reden: str | None
    document_id: str | None
    leesstatus: Leesstatus | None
    leesreden: str | None
    paginas: int
    tekstbron: str | None
    seconden: float
    ingetrokken: bool
    publicatiestatus: Publicatiestatus | None
    getoond: bool
    wacht: bool
    rust_fout: str | None
    mime: str | None = None


def outcomes(connection: Connection, sleutels: Sequence[str]) -> list[Outcome]:
    """The outcomes of these items, in the order asked; unknown keys are left out."""
    found: dict[str, Outcome] = {}
    for start in range(0, len(sleutels), _BATCH):
        chosen = _joined().where(item.c.sleutel.in_(sleutels[start : start + _BATCH]))
        for row in connection.execute(chosen):
            found[row.sleutel] = _outcome(row)
    return [found[sleutel] for sleutel in sleutels if sleutel in found]


def _joined() -> sa.Select[tuple[object, ...]]:
    resting = sa.and_(
        job.c.object_id == document.c.id,
        job.c.soort.in_((Jobsoort.EXTRACT.value, Jobsoort.SYNC_DOCUMENT.value)),
        job.c.resting.is_(True),
    )
    return sa.select(
        item.c.sleutel,
        item.c.pad,
        item.c.sha256,
        item.c.staat,
        item.c.reden,
        item.c.document_id,
        document.c.leesstatus,
        document.c.lees_reden,
        document.c.paginas,
        document.c.tekstbron,
        document.c.seconden,
        document.c.bestand_mime,
        document.c.ingetrokken_op,
        publicatie.c.status,
        getoond.c.id.label("getoond_id"),
        _is_owed().label("owed"),
        job.c.error,
    ).select_from(
        item.outerjoin(document, document.c.id == item.c.document_id)
        .outerjoin(publicatie, publicatie.c.id == document.c.publicatie_id)
        .outerjoin(getoond, sa.and_(getoond.c.soort == "document", getoond.c.id == document.c.id))
        .outerjoin(job, resting)
    )


def _is_owed() -> sa.ColumnElement[bool]:
    """Whether a sync of the document, or of its publicatie, is still to be done."""
    owed = job.alias("owed")
    of_publicatie = (Jobsoort.SYNC_PUBLICATIE.value, Jobsoort.SYNC_DOCUMENTEN.value)
    own = sa.and_(owed.c.object_id == document.c.id, owed.c.soort == Jobsoort.SYNC_DOCUMENT.value)
    around = sa.and_(owed.c.object_id == document.c.publicatie_id, owed.c.soort.in_(of_publicatie))
    return sa.exists().where(owed.c.resting.is_(False), sa.or_(own, around))


def _outcome(row: sa.Row[tuple[object, ...]]) -> Outcome:
    own = row.staat is not None
    read = row.leesstatus is not None
    return Outcome(
        sleutel=row.sleutel,
        pad=row.pad,
        sha256=row.sha256,
        staat=row.staat,
        reden=row.reden,
        document_id=row.document_id,
        leesstatus=Leesstatus(row.leesstatus) if read else None,
        leesreden=row.lees_reden,
        paginas=0 if own or not read else row.paginas,
        tekstbron=None if own else row.tekstbron,
        seconden=0.0 if own or not read else row.seconden,
        ingetrokken=row.ingetrokken_op is not None,
        publicatiestatus=Publicatiestatus(row.status) if row.status is not None else None,
        getoond=row.getoond_id is not None,
        wacht=bool(row.owed),
        rust_fout=row.error,
        mime=row.bestand_mime,
    )


def objects_with_jobs(connection: Connection) -> frozenset[str]:
    """The ids of every document and publicatie that a job is waiting for.

    Nobody works on what a resting job is for, nor before its moment on what is planned.
    """
    planned = [soort.value for soort in OP_TIJD]
    waiting = sa.select(job.c.object_id).where(job.c.resting.is_(False), job.c.soort.not_in(planned))
    return frozenset(connection.execute(waiting).scalars())


def withdrawn_ids(connection: Connection) -> Iterator[tuple[Soort, str]]:
    """Kind and id of all that must stand on the withdrawn list: what was public once and was withdrawn."""
    chosen = sa.select(publicatie.c.id).where(publicatie.c.ingetrokken_op.is_not(None))
    for id in connection.execute(chosen).scalars().all():
        yield "publicatie", id
    joined = document.join(publicatie, publicatie.c.id == document.c.publicatie_id)
    public_once = publicatie.c.status != Publicatiestatus.CONCEPT.value
    withdrawn = (
        sa.select(document.c.id)
        .select_from(joined)
        .where(document.c.ingetrokken_op.is_not(None), public_once)
    )
    for id in connection.execute(withdrawn).scalars().all():
        yield "document", id


def digests(connection: Connection) -> Iterator[str]:
    """The digest of every file that a document has or had; to be used up inside the snapshot."""
    after = ""
    while True:
        of = bestandsversie.c.digest
        chosen = sa.select(of).distinct().where(of > after).order_by(of).limit(_BATCH)
        found = connection.execute(chosen).scalars().all()
        yield from found
        if len(found) < _BATCH:
            return
        after = found[-1]
