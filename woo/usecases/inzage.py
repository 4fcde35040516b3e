"""Reading at the desk: only what is of the actor's organisations, and what is not public with a line in the log."""

from dataclasses import replace
from datetime import timedelta

from woo.domain.actor import Actor, Recht
from woo.domain.document import Document
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.inventaris import split_plaats
from woo.domain.openbaarheid import is_public
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Counts, Job, LoggedEvent, Logvraag, finding
from woo.registry.finding import Plaats, Zoekvraag
from woo.registry.seals import pseudonym
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_document, demand_publicatie

AGAIN_AFTER = timedelta(minutes=15)
"""Reading the same thing again is written down after this time."""

_NOT_OF_HISTORY = (Actie.CONCEPT_GELEZEN, Actie.HANDELING_GEWEIGERD)
"""Who looked and what was refused stands in the log, for those who administer."""


@usecase(Handeling.PUBLICATIES_LEZEN, "publicatie")
def list_publicaties(
    platform: Platform, actor: Actor, vraag: Zoekvraag, *, after: str | None = None, limit: int = 1000
) -> list[Publicatie]:
    """The publicaties of the actor's organisations that were asked for by id, also concepts and what was withdrawn."""
    with platform.registry.read() as reading:
        return finding.publicaties(reading.connection, _own(actor, vraag), after=after, limit=limit)


@usecase(Handeling.PUBLICATIES_LEZEN, "publicatie")
def latest_publicaties(
    platform: Platform, actor: Actor, vraag: Zoekvraag, *, after: Plaats | None = None, limit: int = 1000
) -> tuple[list[Publicatie], int]:
    """As `list_publicaties`, the last changed first, and how many there are in all."""
    own = _own(actor, vraag)
    with platform.registry.read() as reading:
        found = finding.latest(reading.connection, own, after=after, limit=limit)
        return found, finding.count(reading.connection, own)


def _own(actor: Actor, vraag: Zoekvraag) -> Zoekvraag:
    return replace(vraag, organisaties=actor.organisaties(Recht.READ))


@usecase(Handeling.PUBLICATIE_LEZEN, "publicatie", "id")
def read_publicatie(platform: Platform, actor: Actor, id: str) -> Publicatie:
    """One publicatie; what is not public is noted (`note_reading`). Raises NotFound, also for another organisation's."""
    with platform.registry.read() as reading:
        publicatie = reading.publicatie(id)
    demand_publicatie(actor, Handeling.PUBLICATIE_LEZEN, publicatie)
    note_publicatie(platform, actor, publicatie)
    return publicatie


@usecase(Handeling.PUBLICATIE_LEZEN, "publicatie", "id")
def list_documents(
    platform: Platform, actor: Actor, id: str, *, after: str | None = None, limit: int = 1000
) -> tuple[Publicatie, list[Document]]:
    """One publicatie with its documents by id; noted and refused as `read_publicatie`."""
    publicatie = read_publicatie(platform, actor, id)
    with platform.registry.read() as reading:
        return publicatie, reading.documents(id, after=after, limit=limit)


@usecase(Handeling.DOCUMENT_LEZEN, "document", "id")
def read_document(platform: Platform, actor: Actor, id: str) -> tuple[Document, Publicatie]:
    """One document with its publicatie; what is not public is noted. Raises NotFound, also for another organisation's."""
    with platform.registry.read() as reading:
        document, publicatie = reading.document_with_publicatie(id)
    demand_document(actor, Handeling.DOCUMENT_LEZEN, document, publicatie)
    note_document(platform, actor, document, publicatie)
    return document, publicatie


@usecase(Handeling.GESCHIEDENIS_LEZEN, "publicatie", "id")
def history_of_publicatie(
    platform: Platform, actor: Actor, id: str, *, after: int = 0, limit: int = 1000
) -> list[LoggedEvent]:
    """What happened to a publicatie, oldest first; noted and refused as `read_publicatie`."""
    with platform.registry.read() as reading:
        publicatie = reading.publicatie(id)
    demand_publicatie(actor, Handeling.GESCHIEDENIS_LEZEN, publicatie)
    note_publicatie(platform, actor, publicatie)
    with platform.registry.read() as reading:
        return reading.found_events(Logvraag(object_id=id, zonder=_NOT_OF_HISTORY), after=after, limit=limit)


@usecase(Handeling.GESCHIEDENIS_LEZEN, "document", "id")
def history_of_document(
    platform: Platform, actor: Actor, id: str, *, after: int = 0, limit: int = 1000
) -> list[LoggedEvent]:
    """What happened to a document, oldest first; noted and refused as `read_document`."""
    with platform.registry.read() as reading:
        document, publicatie = reading.document_with_publicatie(id)
    demand_document(actor, Handeling.GESCHIEDENIS_LEZEN, document, publicatie)
    note_document(platform, actor, document, publicatie)
    with platform.registry.read() as reading:
        return reading.found_events(Logvraag(object_id=id, zonder=_NOT_OF_HISTORY), after=after, limit=limit)


@usecase(Handeling.STATUS_LEZEN, "balie")
def read_status(platform: Platform, actor: Actor) -> tuple[Counts, list[Job]]:
    """Counts of what is of the actor's organisations, and the jobs about it that failed too often."""
    own = actor.organisaties(Recht.READ)
    resting = platform.registry.jobs.resting()
    with platform.registry.read() as reading:
        if own is not None:
            mine = reading.owned([split_plaats(job.object_id)[0] for job in resting], own)
            resting = [job for job in resting if split_plaats(job.object_id)[0] in mine]
        return reading.counts(own), resting


def note_publicatie(platform: Platform, actor: Actor, publicatie: Publicatie) -> None:
    """Note the reading of a publicatie that is not public; raises as `note_reading`."""
    if publicatie.status is not Publicatiestatus.GEPUBLICEERD:
        note_reading(platform, actor, "publicatie", publicatie.id)


def note_document(platform: Platform, actor: Actor, document: Document, publicatie: Publicatie) -> None:
    """Note the reading of a document that is not public; raises as `note_reading`."""
    if not is_public(document, publicatie):
        note_reading(platform, actor, "document", document.id)


def note_reading(
    platform: Platform, actor: Actor, soort: str, id: str, *, actie: Actie = Actie.CONCEPT_GELEZEN
) -> None:
    """Write that this actor read what is not public (or the log), at most once in a quarter of an hour for each object.

    Source: BIO2 8.15.01. Raises Unavailable where it cannot be written: what is not noted is not shown.
    """
    now = platform.now()
    who = pseudonym(platform.log_key, actor.naam)
    with platform.registry.read() as reading:
        since = now - AGAIN_AFTER
        if reading.done_since(id, actie, actor=who, account=actor.account, since=since):
            return
    with platform.registry.transaction() as tx:
        tx.record(Gebeurtenis(actie, soort, id, actor, now))
