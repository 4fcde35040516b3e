"""The exit gate: the one place that keeps back what is withdrawn, whatever index and store still hold."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic as _monotonic

from search_api.problems import WithdrawnError
from woo.domain.errors import NotFound
from woo.index.port import Excluded, Hit
from woo.storage.port import (
    KEPT_BACK,
    PublicDocument,
    PublicPublicatie,
    PublicReader,
    Regel,
    Withdrawn,
)

MAX_AGE = 1.0
"""Seconds that a reading of the withdrawn list may be used."""

SETTLING = timedelta(seconds=60)
"""How long after index and store were made equal an entry is still excluded by query: readers may lag."""

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class _Reading:
    at: float
    entries: Mapping[str, Withdrawn]
    excluded: Excluded


class Gate:
    """Reads the withdrawn list at most a second old and lets through what is not on it.

    When the list cannot be read nothing passes: every method raises Unavailable.
    """

    def __init__(
        self,
        store: PublicReader,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = _monotonic,
    ) -> None:
        self._store = store
        self._now = now
        self._monotonic = monotonic
        self._lock = Lock()
        self._last: _Reading | None = None

    def excluded(self) -> Excluded:
        """What a search leaves out by query, so that totals and facets are exact."""
        return self._reading().excluded

    def withheld(self) -> Collection[str]:
        """The ids of all that is withdrawn, documents and publicaties."""
        return self._reading().entries.keys()

    def admitted(self, hits: Iterable[Hit]) -> tuple[Hit, ...]:
        """The hits that are not withdrawn, nor part of a withdrawn publicatie."""
        listed = self._reading().entries
        return tuple(hit for hit in hits if hit.id not in listed and hit.publicatie_id not in listed)

    def document(self, id: str) -> PublicDocument:
        """Return a public document; raises WithdrawnError when it or its publicatie is withdrawn, else NotFound."""
        listed = self._reading().entries
        self._refuse_listed(listed, id, "document")
        document = self._store.document(id) if _ID.fullmatch(id) else None
        if document is None or id in listed:
            self._refuse_listed(self._reading(fresh=True).entries, id, "document")
            raise NotFound("document", id)
        self._refuse_listed(listed, document.publicatie_id, "publicatie")
        return document

    def find(self, id: str) -> PublicDocument | None:
        """Return a public document for what only refers to it; None when it is not public or withdrawn, whatever it is."""
        listed = self._reading().entries
        document = self._store.document(id) if _ID.fullmatch(id) and id not in listed else None
        return None if document is None or document.publicatie_id in listed else document

    def tombstone(self, id: str, publicatie_id: str, *, expected: bool) -> Withdrawn | None:
        """Why a document is withdrawn, by itself or with its publicatie; None where it is not.

        Where that is not as it was `expected` the list is read anew: what is told here may be told once, and for long.
        """
        found = None
        for fresh in (False, True):
            listed = self._reading(fresh=fresh).entries
            found = listed.get(id) or listed.get(publicatie_id)
            if (found is not None) == expected:
                break
        return found

    def publicatie(self, id: str) -> PublicPublicatie:
        """Return a public publicatie; raises WithdrawnError when it is withdrawn, else NotFound."""
        listed = self._reading().entries
        self._refuse_listed(listed, id, "publicatie")
        publicatie = self._store.publicatie(id) if _ID.fullmatch(id) else None
        if publicatie is None or id in listed:
            self._refuse_listed(self._reading(fresh=True).entries, id, "publicatie")
            raise NotFound("publicatie", id)
        return publicatie

    def inventaris(self, id: str) -> tuple[Regel, ...]:
        """The rows of the inventory of a public publicatie; raises as `publicatie`.

        A row whose document is withdrawn keeps back its name and what else its document told.
        """
        self.publicatie(id)
        regels = self._store.inventaris(id)
        listed = self._reading().entries
        return tuple({**regel, **KEPT_BACK} if regel["document"] in listed else regel for regel in regels)

    def tombstones(self, publicatie_id: str) -> tuple[Withdrawn, ...]:
        """The documents of this publicatie that are withdrawn, the last one first."""
        entries = self._reading().entries.values()
        own = (each for each in entries if each.soort == "document" and each.publicatie_id == publicatie_id)
        return tuple(sorted(own, key=lambda each: each.op, reverse=True))

    @staticmethod
    def _refuse_listed(listed: Mapping[str, Withdrawn], id: str, soort: str) -> None:
        entry = listed.get(id)
        if entry is not None and entry.soort == soort:
            raise WithdrawnError(entry)

    def _reading(self, *, fresh: bool = False) -> _Reading:
        """The list as read within the last second, or read now: what has just vanished was perhaps just withdrawn."""
        with self._lock:
            at = self._monotonic()
            if fresh or self._last is None or at - self._last.at >= MAX_AGE:
                entries = dict(self._store.withdrawn())
                self._last = _Reading(at, entries, self._unsettled(entries.values()))
            return self._last

    def _unsettled(self, entries: Iterable[Withdrawn]) -> Excluded:
        now = self._now()
        lagging = [entry for entry in entries if entry.settled is None or now - entry.settled < SETTLING]
        return Excluded(
            documenten=frozenset(entry.id for entry in lagging if entry.soort == "document"),
            publicaties=frozenset(entry.id for entry in lagging if entry.soort == "publicatie"),
        )
