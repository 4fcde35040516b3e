"""The leak sheet of a withdrawal, for the data-protection officer: what was public, for how long, where it went, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from woo.domain.actor import Actor
from woo.domain.datalek import Lekblad
from woo.domain.errors import NotFound, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.publicatie import Intrekking, Publicatie
from woo.projection import shown_since
from woo.registry import Reading, Soort
from woo.usecases.handeling import usecase
from woo.usecases.herstel import withdrawal
from woo.usecases.inzage import note_reading
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand
from woo.volgers import Bereik

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Besluit:
    """Whether the leak is reported to the Autoriteit Persoonsgegevens, why, and when that was done."""

    melden: bool
    reden: str
    gemeld_op: datetime | None = None


@usecase(Handeling.LEKBLAD_MAKEN, "object", "id")
def make_lekblad(
    platform: Platform,
    actor: Actor,
    soort: Soort,
    id: str,
    *,
    ontdekt_op: datetime,
    bereik: Bereik | None,
) -> Lekblad:
    """Make the sheet, or make it again with another moment of discovery; what is known now is kept in it.

    `bereik` is what the store of followers knows, None when it could not be asked. A decision that was written stays.

    Raises:
        Refused: the object is not withdrawn.
        InvalidValue: the moment of discovery lies in the future.
        NotFound, NotAllowed: as `Actor.require_for`.
    """
    with platform.registry.transaction() as tx:
        organisatie, intrekking = withdrawal(tx, soort, id)
        demand(actor, Handeling.LEKBLAD_MAKEN, organisatie, soort, id)
        if intrekking is None:
            raise Refused("make a leak sheet of", f"{soort} {id}", "it is not withdrawn; withdraw it first")
        now = platform.now()
        before = tx.intrekkingen.lekblad(id, intrekking.op)
        blad = Lekblad(soort, id, intrekking.op, ontdekt_op, now, known(tx, soort, id, intrekking.op, bereik))
        if before is not None:
            blad = replace(
                blad,
                melden=before.melden,
                besluit_reden=before.besluit_reden,
                besloten_op=before.besloten_op,
                gemeld_op=before.gemeld_op,
            )
        tx.intrekkingen.save_lekblad(blad)
        tx.record(Gebeurtenis(Actie.LEKBLAD_RECORDED, soort, id, actor, now))
    return blad


@usecase(Handeling.LEKBLAD_BESLISSEN, "object", "id")
def decide(platform: Platform, actor: Actor, soort: Soort, id: str, besluit: Besluit) -> Lekblad:
    """Write down the decision to report or not, with its reasons (art. 33(5) AVG).

    Raises:
        NotFound: there is no sheet yet.
        InvalidValue: there are no reasons, or it was reported though it need not be.
    """
    with platform.registry.transaction() as tx:
        blad = _sheet(tx, actor, Handeling.LEKBLAD_BESLISSEN, soort, id)
        now = platform.now()
        blad = replace(
            blad,
            melden=besluit.melden,
            besluit_reden=besluit.reden.strip(),
            besloten_op=now,
            gemeld_op=besluit.gemeld_op,
        )
        tx.intrekkingen.save_lekblad(blad)
        details = {"melden": besluit.melden}
        tx.record(Gebeurtenis(Actie.LEKBLAD_RECORDED, soort, id, actor, now, details=details))
    return blad


@usecase(Handeling.LEKBLAD_LEZEN, "object", "id")
def read_lekblad(platform: Platform, actor: Actor, soort: Soort, id: str) -> Lekblad:
    """The sheet of the last withdrawal of this object; that it was read is noted. Raises NotFound and NotAllowed."""
    blad = find_lekblad(platform, actor, soort, id)
    if blad is None:
        raise NotFound("lekblad", id)
    return blad


@usecase(Handeling.LEKBLAD_LEZEN, "object", "id")
def find_lekblad(platform: Platform, actor: Actor, soort: Soort, id: str) -> Lekblad | None:
    """As `read_lekblad`; None where none was made yet. Raises NotFound where there is no such object, and NotAllowed."""
    with platform.registry.read() as reading:
        organisatie, intrekking = withdrawal(reading, soort, id)
        demand(actor, Handeling.LEKBLAD_LEZEN, organisatie, soort, id)
        blad = _last(reading, intrekking, id)
    note_reading(platform, actor, soort, id)
    return blad


def _sheet(reading: Reading, actor: Actor, handeling: Handeling, soort: Soort, id: str) -> Lekblad:
    organisatie, intrekking = withdrawal(reading, soort, id)
    demand(actor, handeling, organisatie, soort, id)
    blad = _last(reading, intrekking, id)
    if blad is None:
        raise NotFound("lekblad", id)
    return blad


def _last(reading: Reading, intrekking: Intrekking | None, id: str) -> Lekblad | None:
    moments = [regel.op for regel in reading.intrekkingen.of_object(id)]
    op = intrekking.op if intrekking is not None else max(moments, default=None)
    return None if op is None else reading.intrekkingen.lekblad(id, op)


def known(reading: Reading, soort: Soort, id: str, tot: datetime, bereik: Bereik | None) -> dict[str, Any]:
    """What the registry, and the store of followers, know of this at this moment, as JSON values."""
    if soort == "document":
        document, publicatie = reading.document_with_publicatie(id)
        since = None if publicatie.eerste_publicatie is None else shown_since(document, publicatie)
        documents, versies = [id], len(reading.versions(id))
    else:
        publicatie = reading.publicatie(id)
        since, versies = publicatie.eerste_publicatie, 0
        documents = _documents(reading, publicatie)
    geteld = reading.intrekkingen.geteld(documents)
    perioden = _periods(reading, id, since, tot)
    return {
        "publicatie": publicatie.id,
        "documenten": len(documents),
        "versies": versies,
        "perioden": [[begin.isoformat(), end.isoformat()] for begin, end in perioden],
        "seconden_openbaar": int(sum((end - begin).total_seconds() for begin, end in perioden)),
        "weergaven": geteld.weergaven,
        "downloads": geteld.downloads,
        "geteld_vanaf": None if geteld.vanaf is None else geteld.vanaf.isoformat(),
        "post_hoogstens": None if bereik is None or not bereik.bekend else bereik.post,
        "webhooks": None if bereik is None else list(bereik.webhooks),
    }


def _documents(reading: Reading, publicatie: Publicatie) -> list[str]:
    found: list[str] = []
    while batch := reading.documents(publicatie.id, after=found[-1] if found else None, limit=_CHUNK):
        found += [document.id for document in batch]
    return found


def _periods(
    reading: Reading, id: str, since: datetime | None, tot: datetime
) -> Sequence[tuple[datetime, datetime]]:
    """From when to when it was public, the gaps of earlier withdrawals left out."""
    if since is None or since > tot:
        return []
    periods, begin = [], since
    for regel in reading.intrekkingen.of_object(id):
        if regel.op < tot and regel.hersteld_op is not None:
            periods.append((begin, regel.op))
            begin = regel.hersteld_op
    return [*periods, (begin, tot)]
