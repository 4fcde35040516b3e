"""Which events are of what someone follows: asked of the index, and only of what is public now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue
from woo.domain.volgen import Gebeurtenissoort
from woo.index.port import IndexReader, Kaart
from woo.index.query import DateRange, Soort
from woo.index.vraag import Vraag, vraag_of
from woo.logs import get_logger
from woo.storage.port import PublicReader
from woo.volgers import Gebeurtenis

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Treffer:
    """One public document or publicatie with its card."""

    soort: str
    id: str
    publicatie_id: str
    kaart: Kaart


class Treffers:
    """Finds what matches, for one round: what was asked once is remembered."""

    def __init__(self, index: IndexReader, public: PublicReader, analysis: DutchAnalysis) -> None:
        self._index = index
        self._analysis = analysis
        self._public = public
        self._cards: dict[tuple[str, str], Treffer | None] = {}
        self._fresh = False

    def public(self, events: Iterable[Gebeurtenis]) -> list[Treffer]:
        """What of these is public now (withdrawn is not), each once, in the order of the events."""
        objects = dict.fromkeys(
            (e.object_soort, e.object_id) for e in events if e.soort is not Gebeurtenissoort.INGETROKKEN
        )
        return [found for key in objects if (found := self.look(*key)) is not None]

    def look(self, soort: str, id: str) -> Treffer | None:
        """This document or publicatie as the public has it at this moment; None when it is not public (any more)."""
        withdrawn = self._public.withdrawn()
        key = (soort, id)
        if key not in self._cards:
            self._cards[key] = self._read(soort, id)
        found = self._cards[key]
        if found is None or id in withdrawn or found.publicatie_id in withdrawn:
            return None
        return found

    def _read(self, soort: str, id: str) -> Treffer | None:
        if soort == "publicatie":
            publicatie = self._public.publicatie(id)
            return None if publicatie is None else Treffer(soort, id, id, publicatie.kaart)
        document = self._public.document(id)
        return None if document is None else Treffer(soort, id, document.publicatie_id, document.kaart)

    def matching(self, vraag: Mapping[str, Any], candidates: Collection[Treffer]) -> list[Treffer]:
        """Those that answer the question, in the order given; raises Unavailable when the index cannot be asked.

        A question that cannot be asked any more (a later version refuses it) is logged and matches nothing.
        """
        try:
            asked = vraag_of(vraag)
            if asked.alles:
                return list(candidates)
            found = self._found(asked, Soort.DOCUMENT, candidates) | self._found(
                asked, Soort.PUBLICATIE, candidates
            )
        except InvalidValue as error:
            _log.error("volgen_question_refused", field=error.field, why=error.why)
            return []
        return [one for one in candidates if one.id in found]

    def _found(self, vraag: Vraag, soort: Soort, candidates: Collection[Treffer]) -> set[str]:
        """Ask for the days on which these were published, and go through all pages of the answer."""
        wanted = {one.id: _day(one.kaart) for one in candidates if one.soort == soort.value}
        if not wanted:
            return set()
        if not self._fresh:
            self._index.refresh()
            self._fresh = True
        query = vraag.query(
            soort, self._analysis, since=DateRange(min(wanted.values()), max(wanted.values()))
        )
        found: set[str] = set()
        while query is not None:
            answer = self._index.search(query)
            found |= {hit.id for hit in answer.hits if hit.id in wanted}
            done = answer.volgende is None or len(found) == len(wanted)
            query = None if done else replace(query, na=answer.volgende)
        return found


def _day(kaart: Kaart) -> date:
    """The day (UTC) of first publication, as the index has it."""
    return date.fromisoformat(str(kaart["publicatiedatum"])[:10])
