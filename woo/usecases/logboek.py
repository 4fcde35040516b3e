"""The audit log: searched, exported and its chain checked, by those who administer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from woo.domain.actor import Actor, Recht
from woo.domain.errors import NotFound
from woo.domain.events import Actie, Gebeurtenis
from woo.registry import Breach, LoggedEvent, Logvraag, Reading
from woo.registry.ketencontroles import Ketencontrole
from woo.usecases.handeling import usecase
from woo.usecases.intrekking import is_withdrawn
from woo.usecases.inzage import note_reading
from woo.usecases.koppen import last_exported_head
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Regels:
    """Lines of the log, by digest the words in them that may be shown, and the objects (kind, id) of which none may.

    Words that were erased are not there, nor any about what was withdrawn: they may be what had to be taken back.
    """

    regels: Sequence[LoggedEvent]
    woorden: Mapping[str, str]
    verborgen: frozenset[tuple[str, str]] = frozenset()

    def details(self, regel: LoggedEvent) -> Any:
        """The details of one line, with the words that may be shown beside their digests."""
        hidden = (regel.object_soort, regel.object_id) in self.verborgen
        return _with_words(regel.details, {} if hidden else self.woorden)


@usecase(Handeling.LOGBOEK_LEZEN, "logboek")
def search_log(
    platform: Platform,
    actor: Actor,
    vraag: Logvraag,
    *,
    after: int = 0,
    before: int | None = None,
    limit: int = 100,
) -> Regels:
    """Lines that this question means: those numbered above `after` in order, or below `before` the newest first.

    Who administers some organisations sees what was done with what is theirs. That the log was read is in the log, once in
    a quarter of an hour.
    """
    note_reading(platform, actor, "logboek", "logboek", actie=Actie.LOGBOEK_GELEZEN)
    with platform.registry.read() as reading:
        found = reading.found_events(_limited(actor, vraag), after=after, before=before, limit=limit)
        return with_words(reading, found)


@usecase(Handeling.LOGBOEK_LEZEN, "logboek")
def export_log(platform: Platform, actor: Actor, vraag: Logvraag, *, vorm: str) -> Iterator[Regels]:
    """All lines that this question means, oldest first, some at a time; that they were exported is in the log (`vorm`)."""
    limited = _limited(actor, vraag)
    asked = [name for name in ("wie", "herkomst", "object_id", "actie", "van", "tot") if getattr(vraag, name)]
    details = {"vorm": vorm, "filters": asked}
    with platform.registry.transaction() as tx:
        now = platform.now()
        tx.record(Gebeurtenis(Actie.LOGBOEK_GELEZEN, "logboek", "uitvoer", actor, now, details=details))
    return _exported(platform, limited)


@usecase(Handeling.KETEN_CONTROLEREN, "logboek")
def check_chain(platform: Platform, actor: Actor) -> Ketencontrole:
    """Compute the whole chain again, and keep and return what was found; raises as `last_exported_head`."""
    controle = keep_check(platform, verify_chain(platform))
    details = {"breuken": controle.breuken, "tot": controle.tot}
    with platform.registry.transaction() as tx:
        tx.record(
            Gebeurtenis(Actie.KETEN_GECONTROLEERD, "logboek", "keten", actor, platform.now(), details=details)
        )
    return controle


@usecase(Handeling.LOGBOEK_LEZEN, "logboek")
def last_check(platform: Platform, actor: Actor) -> Ketencontrole | None:  # noqa: ARG001  (the decorator asks of it)
    """What the last check of the chain found, at the desk or by `woo verify`; None where there was none."""
    return platform.registry.controles.last()


def verify_chain(platform: Platform) -> list[Breach]:
    """Every place where the log is not what was sealed, by the own and the last exported head; at most 100."""
    return platform.registry.log.verify(platform.log_key, head=last_exported_head(platform))


def keep_check(platform: Platform, breaches: Sequence[Breach]) -> Ketencontrole:
    """Keep what a check of the chain found just now."""
    head = platform.registry.log.head()
    first = None
    if breaches:
        at = breaches[0]
        first = at.wat if at.volgnummer is None else f"{at.volgnummer}: {at.wat}"
    controle = Ketencontrole(platform.now(), 0 if head is None else head.volgnummer, len(breaches), first)
    platform.registry.controles.add(controle)
    return controle


def with_words(reading: Reading, events: Sequence[LoggedEvent]) -> Regels:
    """These lines with the words that may be shown of them."""
    gone = {
        (event.object_soort, event.object_id)
        for event in events
        if event.object_soort in ("publicatie", "document")
        and _hidden(reading, event.object_soort, event.object_id)
    }
    shown = [event for event in events if (event.object_soort, event.object_id) not in gone]
    digests = {digest for event in shown for digest in _digests(event.details)}
    return Regels(events, reading.texts(digests), frozenset(gone))


def _limited(actor: Actor, vraag: Logvraag) -> Logvraag:
    return replace(vraag, organisaties=actor.organisaties(Recht.ADMINISTER))


def _exported(platform: Platform, vraag: Logvraag) -> Iterator[Regels]:
    after = 0
    while True:
        with platform.registry.read() as reading:
            found = reading.found_events(vraag, after=after, limit=_BATCH)
            regels = with_words(reading, found)
        if found:
            yield regels
        if len(found) < _BATCH:
            return
        after = found[-1].volgnummer


def _hidden(reading: Reading, soort: str, id: str) -> bool:
    """Whether the words about this object may not be shown: it was withdrawn, or is not there (any more)."""
    try:
        return is_withdrawn(reading, soort, id)
    except NotFound:
        return True


def _digests(value: Any) -> Iterator[str]:
    match value:
        case {"digest": str(digest), **rest} if not rest:
            yield digest
        case dict():
            for part in value.values():
                yield from _digests(part)
        case list():
            for part in value:
                yield from _digests(part)


def _with_words(value: Any, woorden: Mapping[str, str]) -> Any:
    match value:
        case {"digest": str(digest), **rest} if not rest:
            return {"digest": digest, "tekst": woorden.get(digest)}
        case dict():
            return {name: _with_words(part, woorden) for name, part in value.items()}
        case list():
            return [_with_words(part, woorden) for part in value]
    return value
