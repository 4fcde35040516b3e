"""The append-only log: lines of what happened, sealed into a chain that shows every change to it."""

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.errors import Refused
from woo.domain.events import Actie, Gebeurtenis, VrijeTekst
from woo.registry import voorbereiders
from woo.registry.database import Database, repeated
from woo.registry.log_search import Logvraag, chosen_lines
from woo.registry.seals import canonical, keyed_digest, pseudonym, require_key
from woo.registry.statements import insert, keep_person
from woo.registry.tables import logketen, logregel, persoonsgegeven

_BATCH = 1000
_SEALED = (
    "volgnummer",
    "tijd",
    "actor",
    "rol",
    "herkomst",
    "object_soort",
    "object_id",
    "actie",
    "uitkomst",
    "details",
)
_NOTHING = "0" * 64


class Head(NamedTuple):
    """The last sealed line and its seal; kept elsewhere, it shows whether the end was cut off."""

    volgnummer: int
    zegel: str


class PlacedEvent(NamedTuple):
    """What a sealed line tells of an object; its place in the chain never changes, and no line comes before it later."""

    positie: int
    actie: Actie
    object_soort: str
    object_id: str


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One line as it stands. `actor` and `herkomst` are None once they were erased; their digests stay."""

    volgnummer: int
    tijd: datetime
    actor: str | None
    actor_digest: str
    rol: str
    herkomst: str | None
    herkomst_digest: str
    object_soort: str
    object_id: str
    actie: Actie
    uitkomst: str
    details: Mapping[str, Any]
    zegel: str | None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where the log is not what was sealed; `volgnummer` is the line (None where it is gone)."""

    volgnummer: int | None
    wat: str


class Log:
    """Seals the lines and checks the seals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @repeated
    def seal(self, key: bytes, *, limit: int = 10_000) -> int:
        """Seal the lines committed since, in order, at most `limit`.

        Two sealers at once do no harm: the second finds the chain grown and changes nothing. Where writers work side by
        side a line may be committed after one with a higher number: it is sealed later, at its own place in the chain.

        Returns:
            How many lines were sealed.
        """
        require_key(key)
        unsealed = (
            sa.select(logregel)
            .where(logregel.c.positie.is_(None))
            .order_by(logregel.c.volgnummer)
            .limit(limit)
        )
        with self._database.read() as connection:
            if connection.execute(unsealed.limit(1)).first() is None:
                return 0
        with self._database.write() as connection:
            start = _chain(connection, locks=True)
            rows = connection.execute(unsealed).all()
            links = list(_links(key, rows, start.positie, start.zegel))
            if not links or not _grow(connection, start.positie, links[-1]):
                return 0
            connection.execute(
                _set_seal(),
                [{"line": link.volgnummer, "place": link.positie, "seal": link.zegel} for link in links],
            )
        return len(links)

    def head(self) -> Head | None:
        """The last sealed line; None where nothing was sealed yet."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(logketen)).first()
        return None if row is None else Head(row.volgnummer, row.zegel)

    def verify(self, key: bytes, *, head: Head | None = None, limit: int = 100) -> list[Breach]:
        """Compute the chain again and name what does not fit, at most `limit` breaches.

        Found are changed lines, missing lines, (by the own head, or an earlier exported one) a cut tail, and changed names
        and words beside the chain.
        Lines not sealed yet are not looked at.
        """
        require_key(key)
        with self._database.read() as connection:
            found: list[Breach] = []
            for breach in _breaches(connection, key, head):
                found.append(breach)
                if len(found) == limit:
                    break
        return found

    @repeated
    def erase(self, value: str, key: bytes) -> bool:
        """Forget the readable form of a name or address; the lines keep its digest, and the chain stays valid.

        Source: AVG art. 17. Returns whether the value was known.
        """
        with self._database.write() as connection:
            gone = connection.execute(
                persoonsgegeven.delete().where(persoonsgegeven.c.digest == pseudonym(key, value))
            )
        return gone.rowcount > 0


class Recorder:
    """Writes the lines of one transaction."""

    def __init__(self, connection: Connection, key: bytes | None) -> None:
        self._connection = connection
        self._key = key
        self._known: dict[str, str] = {}

    def record(self, events: Sequence[Gebeurtenis]) -> None:
        """Write lines, not sealed yet; raises Refused where the registry was opened without the key of the log."""
        if self._key is None:
            actie = events[0].actie.value
            raise Refused("record", actie, "the registry was opened without the key of the log")
        key = self._key
        self._connection.execute(_line(), [self._values(key, event) for event in events])
        voorbereiders.note(self._connection, key, events)

    def _values(self, key: bytes, event: Gebeurtenis) -> dict[str, Any]:
        return {
            "tijd": event.tijd,
            "actor": self._person(key, event.actor.naam),
            "rol": event.actor.rol.value,
            "herkomst": self._person(key, event.actor.herkomst),
            "object_soort": event.object_soort,
            "object_id": event.object_id,
            "actie": event.actie.value,
            "uitkomst": event.uitkomst,
            "details": canonical(self._details(key, dict(event.details))),
            "account": event.actor.account,
        }

    def _details(self, key: bytes, value: Any) -> Any:
        """The details with what someone typed as `{"digest": …}`."""
        match value:
            case VrijeTekst():
                return {"digest": self._person(key, value.tekst)}
            case dict():
                return {name: self._details(key, part) for name, part in value.items()}
            case list() | tuple():
                return [self._details(key, part) for part in value]
        return value

    def _person(self, key: bytes, value: str) -> str:
        """Keep the readable value beside the chain and return its digest."""
        if value not in self._known:
            self._known[value] = digest = pseudonym(key, value)
            row = {"digest": digest, "waarde": value}
            self._connection.execute(keep_person(self._connection.dialect.name), row)
        return self._known[value]


@cache
def _line() -> sa.Insert:
    return logregel.insert().inline()


def events(
    connection: Connection, vraag: Logvraag, *, after: int = 0, before: int | None = None, limit: int
) -> list[LoggedEvent]:
    """The lines that this question means: those after this number in order, or with `before` those before it, newest first."""
    actor, herkomst = persoonsgegeven.alias(), persoonsgegeven.alias()
    chosen = (
        sa.select(logregel, actor.c.waarde.label("naam"), herkomst.c.waarde.label("adres"))
        .outerjoin(actor, actor.c.digest == logregel.c.actor)
        .outerjoin(herkomst, herkomst.c.digest == logregel.c.herkomst)
        .where(logregel.c.volgnummer > after, chosen_lines(vraag))
        .limit(limit)
    )
    if before is None:
        chosen = chosen.order_by(logregel.c.volgnummer)
    else:
        chosen = chosen.where(logregel.c.volgnummer < before).order_by(logregel.c.volgnummer.desc())
    return [_logged(row) for row in connection.execute(chosen)]


def placed_events(connection: Connection, *, after: int, limit: int) -> list[PlacedEvent]:
    """The sealed lines with a place in the chain after this one, in that order."""
    columns = (logregel.c.positie, logregel.c.actie, logregel.c.object_soort, logregel.c.object_id)
    chosen = sa.select(*columns).where(logregel.c.positie > after).order_by(logregel.c.positie).limit(limit)
    return [PlacedEvent(row[0], Actie(row[1]), row[2], row[3]) for row in connection.execute(chosen)]


def last_place(connection: Connection) -> int:
    """The place in the chain of the last sealed line; 0 where nothing was sealed yet."""
    return _chain(connection).positie


class _Link(NamedTuple):
    volgnummer: int
    positie: int
    zegel: str


def _links(key: bytes, rows: Iterable[Row[Any]], positie: int, zegel: str) -> Iterator[_Link]:
    for row in rows:
        positie += 1
        zegel = _seal(key, zegel, positie, row)
        yield _Link(row.volgnummer, positie, zegel)


def _seal(key: bytes, previous: str, positie: int, row: Row[Any]) -> str:
    line = {name: getattr(row, name) for name in _SEALED}
    line["tijd"] = row.tijd.astimezone(UTC).isoformat(timespec="microseconds")
    if row.account is not None:  # lines of before there were accounts keep the seal that they have
        line["account"] = row.account
    return keyed_digest(key, previous + canonical({"positie": positie, **line}))


def _chain(connection: Connection, *, locks: bool = False) -> _Link:
    chosen = sa.select(logketen)
    row = connection.execute(chosen.with_for_update() if locks else chosen).first()
    return _Link(0, 0, _NOTHING) if row is None else _Link(row.volgnummer, row.positie, row.zegel)


def _grow(connection: Connection, start: int, last: _Link) -> bool:
    """Move the head on, unless another sealer did so since it was read."""
    values = last._asdict()
    statement = insert(connection.dialect.name, logketen).values(id=1, **values)
    grown = statement.on_conflict_do_update(
        index_elements=["id"], set_=values, where=logketen.c.positie == start
    )
    return connection.execute(grown).rowcount == 1


def _set_seal() -> sa.Update:
    return (
        logregel.update()
        .where(logregel.c.volgnummer == sa.bindparam("line"))
        .values(positie=sa.bindparam("place"), zegel=sa.bindparam("seal"))
    )


def _breaches(connection: Connection, key: bytes, exported: Head | None) -> Iterator[Breach]:
    """Walk the chain by position; after a breach go on from the seal that is stored, so that each shows once."""
    heads = {head.volgnummer: head.zegel for head in (_own_head(connection), exported) if head is not None}
    positie, zegel = 0, _NOTHING
    for row in _sealed(connection):
        gap = row.positie != positie + 1
        if gap:
            yield Breach(None, f"{row.positie - positie - 1} line(s) missing before line {row.volgnummer}")
        elif not hmac.compare_digest(_seal(key, zegel, row.positie, row), row.zegel):
            yield Breach(row.volgnummer, "the line is not what was sealed")
        expected = heads.pop(row.volgnummer, row.zegel)
        if expected != row.zegel:
            yield Breach(row.volgnummer, "its seal is not the one that was kept elsewhere")
        positie, zegel = row.positie, row.zegel
    for volgnummer in sorted(heads):
        yield Breach(None, f"the log was cut off: sealed line {volgnummer} is gone")
    if not heads and _chain(connection).positie != positie:
        yield Breach(None, "the head of the chain names another place than that of its last line")
    for row in connection.execute(sa.select(persoonsgegeven)):
        if not hmac.compare_digest(pseudonym(key, row.waarde), row.digest):
            yield Breach(
                None, f"the name or words kept beside the log under {row.digest[:12]}… are not those"
            )


def _own_head(connection: Connection) -> Head | None:
    start = _chain(connection)
    return Head(start.volgnummer, start.zegel) if start.positie else None


def _sealed(connection: Connection) -> Iterator[Row[Any]]:
    after = 0
    while True:
        chosen = (
            sa.select(logregel).where(logregel.c.positie > after).order_by(logregel.c.positie).limit(_BATCH)
        )
        rows = connection.execute(chosen).all()
        yield from rows
        if len(rows) < _BATCH:
            return
        after = rows[-1].positie


def _logged(row: Row[Any]) -> LoggedEvent:
    return LoggedEvent(
        volgnummer=row.volgnummer,
        tijd=row.tijd,
        actor=row.naam,
        actor_digest=row.actor,
        rol=row.rol,
        herkomst=row.adres,
        herkomst_digest=row.herkomst,
        object_soort=row.object_soort,
        object_id=row.object_id,
        actie=Actie(row.actie),
        uitkomst=row.uitkomst,
        details=json.loads(row.details),
        zegel=row.zegel,
        account=row.account,
    )
