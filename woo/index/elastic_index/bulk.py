"""Sends what is written in requests of limited size, and accounts for every item that the engine refuses."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from woo.domain.errors import Unavailable
from woo.index.elastic_index.connection import Busy, Connection, TooBig, pause
from woo.index.elastic_index.entries import Key, Op

MAX_ITEMS = 2_000
_ROUNDS = 5
_NO_ROOM = frozenset({"es_rejected_execution_exception", "circuit_breaking_exception"})
_AGAIN = frozenset({"unavailable_shards_exception", "no_shard_available_action_exception"})


def cut(ops: Iterable[Op], limit: int) -> Iterator[list[Op]]:
    """Cut items into requests of at most `limit` bytes; a larger item goes alone."""
    request: list[Op] = []
    size = 0
    for op in ops:
        if request and (size + op.size > limit or len(request) == MAX_ITEMS):
            yield request
            request, size = [], 0
        request.append(op)
        size += op.size
    if request:
        yield request


class Bulk:
    """Writes to one index. An item that is refused for good is told by its key; anything else that fails is Unavailable."""

    def __init__(self, connection: Connection, alias: str, *, limit: int) -> None:
        self._connection = connection
        self._alias = alias
        self._limit = limit

    def write(self, ops: Iterable[Op]) -> dict[Key, str]:
        """Send everything, in order; returns why entries were refused, by key."""
        refused: dict[Key, str] = {}
        for request in cut(ops, self._limit):
            self._persist(request, refused)
        return refused

    def _persist(self, ops: Sequence[Op], refused: dict[Key, str]) -> None:
        """Send until each item is in or refused; what found no room goes again later, in ever smaller requests."""
        waiting, why = self._send(ops, refused)
        for attempt in range(_ROUNDS):
            if not waiting:
                return
            pause(attempt)
            last = attempt == _ROUNDS - 1
            requests = (
                [[op] for op in waiting] if last else list(cut(waiting, self._limit >> (2 * (attempt + 1))))
            )
            waiting = []
            for request in requests:
                again, said = self._send(request, refused)
                waiting += again
                why = said or why
        for op in waiting:
            if op.size <= self._limit or op.deletes:
                raise Unavailable("index", f"Elasticsearch has no room for what is written: {why}")
            refused[op.key] = (
                f"it takes {op.size:,} bytes, more than the memory of Elasticsearch allows: {why}"
            )

    def _send(self, ops: Sequence[Op], refused: dict[Key, str]) -> tuple[list[Op], str]:
        """Send one request; returns what found no room, and what the engine said about that."""
        try:
            answer = self._connection.ask(
                lambda client: client.bulk(
                    index=self._alias,
                    operations=cast("Sequence[dict[str, Any]]", [op.lines for op in ops]),
                    require_alias=True,
                    include_source_on_error=False,
                ),
                patient=True,
            )
        except Busy as busy:
            return list(ops), busy.why
        except TooBig as too_big:
            if len(ops) > 1:
                return self._halves(ops, refused)
            refused[ops[0].key] = f"it takes {ops[0].size:,} bytes: {too_big.why}"
            return [], ""
        again, why = [], ""
        for op, item in zip(ops, answer["items"], strict=True):
            (result,) = item.values()
            if not _taken(op, result):
                said = _account(op, result, refused)
                if said is not None:
                    again.append(op)
                    why = said
        return again, why

    def _halves(self, ops: Sequence[Op], refused: dict[Key, str]) -> tuple[list[Op], str]:
        middle = len(ops) // 2
        first, why = self._send(ops[:middle], refused)
        second, said = self._send(ops[middle:], refused)
        return first + second, said or why


def _taken(op: Op, result: dict[str, Any]) -> bool:
    return result["status"] < 300 or (op.deletes and result.get("result") == "not_found")


def _account(op: Op, result: dict[str, Any], refused: dict[Key, str]) -> str | None:
    """Note an item that is refused for good; returns why when it may be tried again.

    Raises:
        Unavailable: not this item is wrong, but the engine or the index.
    """
    error = result.get("error") or {}
    kind, why = str(error.get("type", "")), str(error.get("reason", ""))[:300]
    cause = error.get("caused_by")
    if isinstance(cause, dict):
        why = f"{why}: {str(cause.get('reason', ''))[:300]}"
    if kind in _NO_ROOM or kind in _AGAIN:
        return why
    if result["status"] == 400 and not op.deletes:
        refused[op.key] = f"{kind}: {why}"
        return None
    raise Unavailable("index", f"Elasticsearch refused to write: {kind}: {why}")
