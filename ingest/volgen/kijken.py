"""Follows the log of the registry: what was shown to the public, replaced or taken back becomes an event, once it is so."""

from collections.abc import Iterator
from itertools import chain

from woo.domain.document import Document
from woo.domain.errors import NotFound
from woo.domain.events import Actie
from woo.domain.openbaarheid import is_public, is_public_publicatie
from woo.domain.publicatie import Publicatie
from woo.domain.volgen import Gebeurtenissoort
from woo.logs import get_logger
from woo.registry import Reading
from woo.usecases.platform import Platform
from woo.volgers import Volgersopslag
from woo.volgers.stroom import Wachtend

_LINES = 500
_DOCUMENTS = 1000
_log = get_logger(__name__)
_PUBLICATIE = frozenset({Actie.PUBLICATIE_PUBLISHED, Actie.PUBLICATIE_WITHDRAWN, Actie.PUBLICATIE_RESTORED})
_DOCUMENT = frozenset(
    {
        Actie.TEXT_EXTRACTED,
        Actie.DOCUMENT_REPLACED,
        Actie.DOCUMENT_WITHDRAWN,
        Actie.DOCUMENT_RELEASED,
        Actie.DOCUMENT_RESTORED,
    }
)


class Kijker:
    """Turns changes of the registry into events, in two steps that may each be repeated.

    A line of the log says which object changed; it then waits until the public side shows it as the registry has it (the text
    of a document may be read hours later). So nothing depends on moments, and a publication with an old date is as new as any.
    """

    def __init__(self, platform: Platform, opslag: Volgersopslag) -> None:
        self._platform = platform
        self._stroom = opslag.stroom

    def look(self) -> bool:
        """Follow the log a little further and look at what waits; returns whether there is more to do."""
        more = self._follow()
        return self._settle() or more

    def _follow(self) -> bool:
        positie = self._stroom.positie()
        with self._platform.registry.read() as reading:
            last = reading.last_place()
            if positie is None or positie > last:
                if positie is not None:
                    _log.warning(
                        "volgen_starts_again", why="the log is shorter than it was; was a backup put back?"
                    )
                kinds = (
                    ((soort, id) for id in reading.shown_ids(soort)) for soort in ("document", "publicatie")
                )
                self._stroom.begin(last, chain.from_iterable(kinds))
                return False
            lines = reading.placed_events(after=positie, limit=_LINES)
            if lines:
                changed = chain.from_iterable(self._changed(reading, *line[1:]) for line in lines)
                self._stroom.follow(lines[-1].positie, changed)
        return len(lines) == _LINES

    def _changed(self, reading: Reading, actie: Actie, soort: str, id: str) -> Iterator[Wachtend]:
        now = self._platform.now()
        if soort == "document" and actie in _DOCUMENT:
            yield Wachtend("document", id, actie is Actie.DOCUMENT_REPLACED, now)
        elif soort == "publicatie" and actie in _PUBLICATIE:
            yield Wachtend("publicatie", id, vervangen=False, sinds=now)
            after: str | None = None
            while documents := reading.documents(id, after=after, limit=_DOCUMENTS):
                after = documents[-1].id
                yield from (Wachtend("document", one.id, vervangen=False, sinds=now) for one in documents)

    def _settle(self) -> bool:
        now = self._platform.now()
        waiting = self._stroom.waiting(now=now)
        if not waiting:
            return False
        known = self._stroom.known(waiting)
        seen: list[tuple[Wachtend, Gebeurtenissoort | None]] = []
        later: list[Wachtend] = []
        with self._platform.registry.read() as reading:
            for one in waiting:
                told = self._outcome(reading, one, known=(one.soort, one.id) in known)
                if told == "later":
                    later.append(one)
                else:
                    seen.append((one, None if told is None else Gebeurtenissoort(told)))
        self._stroom.settle(seen, later, now=now)
        return bool(seen)

    def _outcome(self, reading: Reading, one: Wachtend, *, known: bool) -> str | None:
        """The kind of event, None for nothing to tell, or `later`."""
        try:
            if one.soort == "publicatie":
                return self._of_publicatie(reading, reading.publicatie(one.id), known=known)
            document, publicatie = reading.document_with_publicatie(one.id)
        except NotFound:
            return None
        if document.intrekking is not None or publicatie.intrekking is not None:
            return Gebeurtenissoort.INGETROKKEN if known else None
        if not is_public(document, publicatie):
            return "later" if known and one.vervangen and not document.lezing.gelezen else None
        if not self._is_shown(reading, document):
            return "later"
        if not known:
            return Gebeurtenissoort.GEPUBLICEERD
        return Gebeurtenissoort.VERVANGEN if one.vervangen else None

    def _is_shown(self, reading: Reading, document: Document) -> bool:
        """Whether index and store hold this version of it."""
        if reading.shown("document", document.id) is None:
            return False
        public = self._platform.public.document(document.id)
        return public is not None and public.kaart["versie"] == document.versie

    @staticmethod
    def _of_publicatie(reading: Reading, publicatie: Publicatie, *, known: bool) -> str | None:
        if publicatie.intrekking is not None:
            return Gebeurtenissoort.INGETROKKEN if known else None
        if known or not is_public_publicatie(publicatie):
            return None
        return Gebeurtenissoort.GEPUBLICEERD if reading.shown("publicatie", publicatie.id) else "later"
