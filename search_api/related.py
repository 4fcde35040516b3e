"""The documents that a document is related to, as far as they are public at this moment."""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from search_api.gate import Gate
from woo.domain.document import Relatiesoort
from woo.index.port import Kaart
from woo.taal import gettext
from woo.views.relations import NAMES, RelationKey, relation_key

MOST = 50
"""Documents that are told of each kind of relation, and of a thread."""

_LOOKED_AT = 200
"""Documents that are looked up for one answer; each is one read of the public store."""

_REPLY = Relatiesoort.REACTIE_OP.value


@dataclass(frozen=True, slots=True)
class Related:
    """A related document; `gelijkenis` (0..1) for those that are alike."""

    kaart: Kaart
    gelijkenis: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one kind of relation; `meer` when there are more that are public."""

    key: RelationKey
    related: tuple[Related, ...]
    meer: bool

    @property
    def naam(self) -> str:
        return gettext(NAMES[self.key])


class Relations:
    """Looks up, for one answer, what a document is related to.

    A document that is not public, or is withdrawn, is not told in any way: neither its id, nor that it is there.
    """

    def __init__(self, gate: Gate, kaart: Kaart, *, seen: dict[str, Kaart | None] | None = None) -> None:
        """`seen` is shared by documents that are told together, and so is the limit on what is looked up."""
        self._gate = gate
        self._kaart = kaart
        self._seen = {} if seen is None else seen
        self._seen[kaart["id"]] = kaart

    def groups(self) -> tuple[Group, ...]:
        """The relations by kind, in a fixed order; a kind without a public document is absent."""
        found: dict[RelationKey, list[tuple[str, float | None]]] = {key: [] for key in NAMES}
        for relation in _relations(self._kaart):
            key = relation_key(relation["soort"], relation["omgekeerd"])
            if key in found:
                found[key].append((relation["document"], relation["gelijkenis"]))
        groups = (self._group(key, others) for key, others in found.items())
        return tuple(group for group in groups if group.related)

    def _group(self, key: RelationKey, others: list[tuple[str, float | None]]) -> Group:
        others.sort(key=lambda other: -(other[1] or 0.0))
        public = []
        for id, likeness in others:
            kaart = self._find(id)
            if kaart is not None:
                public.append(Related(kaart, likeness))
            if len(public) > MOST:
                break
        shown = public[:MOST]
        if key[0] != Relatiesoort.LIJKT_OP.value:
            shown.sort(key=lambda one: _order(one.kaart))
        return Group(key, tuple(shown), meer=len(public) > MOST)

    def thread(self) -> tuple[Kaart, ...]:
        """The messages that answer each other, this one among them: what is answered before its answer, then by date."""
        members = {self._kaart["id"]: self._kaart}
        ahead = [self._kaart]
        while ahead and len(members) < MOST:
            for id, _ in _replies(ahead.pop(0)):
                kaart = self._find(id)
                if kaart is not None and id not in members and len(members) < MOST:
                    members[id] = kaart
                    ahead.append(kaart)
        return tuple(_in_order(members))

    def _find(self, id: str) -> Kaart | None:
        if id not in self._seen and len(self._seen) <= _LOOKED_AT:
            document = self._gate.find(id)
            self._seen[id] = None if document is None else document.kaart
        return self._seen.get(id)


def _relations(kaart: Kaart) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = kaart.get("relaties") or []
    return found


def _replies(kaart: Kaart) -> Iterator[tuple[str, bool]]:
    """The messages next to this one, and whether it is this one that is answered."""
    return ((r["document"], r["omgekeerd"]) for r in _relations(kaart) if r["soort"] == _REPLY)


def _order(kaart: Kaart) -> tuple[str, int, str]:
    return kaart.get("creatiedatum") or "9999", kaart["volgnummer"], kaart["id"]


def _in_order(members: Mapping[str, Kaart]) -> Iterator[Kaart]:
    """What is answered first, and of what may come next the oldest; messages that answer each other in a ring come last."""
    waits = {
        id: {other for other, answered in _replies(kaart) if not answered and other in members}
        for id, kaart in members.items()
    }
    ready = [_order(members[id]) for id, before in waits.items() if not before]
    heapq.heapify(ready)
    left = dict(members)
    while left:
        id = heapq.heappop(ready)[2] if ready else min(left.values(), key=_order)["id"]
        if id not in left:
            continue
        yield left.pop(id)
        for other in left:
            if id in waits[other]:
                waits[other].discard(id)
                if not waits[other]:
                    heapq.heappush(ready, _order(members[other]))
