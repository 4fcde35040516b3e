"""What happened, as it goes into the append-only log, and which work each event owes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from woo.domain.actor import Actor


class Actie(StrEnum):
    """The actions of the log."""

    PUBLICATIE_CREATED = "publicatie_created"
    PUBLICATIE_PUBLISHED = "publicatie_published"
    PUBLICATIE_WITHDRAWN = "publicatie_withdrawn"
    PUBLICATIE_CHANGED = "publicatie_changed"
    DOCUMENT_ADDED = "document_added"
    DOCUMENT_CHANGED = "document_changed"
    DOCUMENT_REPLACED = "document_replaced"
    DOCUMENT_WITHDRAWN = "document_withdrawn"
    TEXT_EXTRACTED = "text_extracted"
    VERZOEK_REGISTERED = "verzoek_registered"
    VERZOEK_CHANGED = "verzoek_changed"
    BESLUIT_REGISTERED = "besluit_registered"
    BESLUIT_CHANGED = "besluit_changed"
    PROCEDURE_REGISTERED = "procedure_registered"
    PROCEDURE_CHANGED = "procedure_changed"
    CONTACTPERSOON_CHANGED = "contactpersoon_changed"
    INVENTARIS_IMPORTED = "inventaris_imported"
    INVENTARISREGEL_CHANGED = "inventarisregel_changed"
    INVENTARISREGEL_REMOVED = "inventarisregel_removed"
    KEY_CREATED = "key_created"
    KEY_REVOKED = "key_revoked"
    LOGIN_REFUSED = "login_refused"
    INDEX_SWAPPED = "index_swapped"
    PUBLICATIE_RESTORED = "publicatie_restored"
    DOCUMENT_RESTORED = "document_restored"
    LEKBLAD_RECORDED = "lekblad_recorded"
    INGREEP_PROPOSED = "ingreep_proposed"
    INGREEP_APPROVED = "ingreep_approved"
    INGREEP_REJECTED = "ingreep_rejected"
    PUBLICATIE_DESTROYED = "publicatie_destroyed"
    DOCUMENT_DESTROYED = "document_destroyed"
    BEWAARTERMIJN_CHANGED = "bewaartermijn_changed"
    BEWAARTERMIJN_ANNOUNCED = "bewaartermijn_announced"
    DOCUMENT_RELATED = "document_related"
    DOCUMENT_UNRELATED = "document_unrelated"
    DOCUMENTS_ORDERED = "documents_ordered"
    FILE_INFECTED = "file_infected"


class Jobsoort(StrEnum):
    """What a job asks the worker to look at again.

    SYNC_PUBLICATIE is the publicatie's own entry and page; SYNC_DOCUMENTEN passes on to each of its documents and of the
    rows of its inventory; SYNC_REGEL is one row, named by its place (`Inventarisregel.plaats`), also one that is gone.
    """

    EXTRACT = "extract"
    SYNC_DOCUMENT = "sync_document"
    SYNC_PUBLICATIE = "sync_publicatie"
    SYNC_DOCUMENTEN = "sync_documenten"
    SYNC_REGEL = "sync_regel"
    REINDEX = "reindex"


class Prioriteit(IntEnum):
    """Lower goes first; a withdrawal waits for nobody."""

    URGENT = 0
    NORMAAL = 5
    BULK = 9


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """One line of the log: the six fields of BIO2 8.15.01 and details (JSON values) without personal data or content."""

    actie: Actie
    object_soort: str
    object_id: str
    actor: Actor
    tijd: datetime
    uitkomst: str = "ok"
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Jobwens:
    """The wish that the worker looks at an object again."""

    soort: Jobsoort
    object_id: str
    prioriteit: Prioriteit


_PUBLICATIE = (Jobsoort.SYNC_PUBLICATIE, Jobsoort.SYNC_DOCUMENTEN)
_OWES: dict[Actie, tuple[tuple[Jobsoort, ...], Prioriteit]] = {
    Actie.PUBLICATIE_PUBLISHED: (_PUBLICATIE, Prioriteit.NORMAAL),
    Actie.PUBLICATIE_CHANGED: (_PUBLICATIE, Prioriteit.NORMAAL),
    Actie.PUBLICATIE_WITHDRAWN: (_PUBLICATIE, Prioriteit.URGENT),
    Actie.INVENTARIS_IMPORTED: (_PUBLICATIE, Prioriteit.NORMAAL),
    Actie.DOCUMENT_ADDED: ((Jobsoort.EXTRACT,), Prioriteit.NORMAAL),
    Actie.DOCUMENT_REPLACED: ((Jobsoort.EXTRACT, Jobsoort.SYNC_DOCUMENT), Prioriteit.NORMAAL),
    Actie.DOCUMENT_CHANGED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.NORMAAL),
    Actie.TEXT_EXTRACTED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.NORMAAL),
    Actie.DOCUMENT_RELATED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.NORMAAL),
    Actie.DOCUMENT_UNRELATED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.NORMAAL),
    Actie.DOCUMENTS_ORDERED: ((Jobsoort.SYNC_DOCUMENTEN,), Prioriteit.NORMAAL),
    Actie.DOCUMENT_WITHDRAWN: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.URGENT),
    Actie.PUBLICATIE_RESTORED: (_PUBLICATIE, Prioriteit.URGENT),
    Actie.DOCUMENT_RESTORED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.URGENT),
    Actie.PUBLICATIE_DESTROYED: (_PUBLICATIE, Prioriteit.URGENT),
    Actie.DOCUMENT_DESTROYED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.URGENT),
}


def jobs_owed(event: Gebeurtenis) -> tuple[Jobwens, ...]:
    """The jobs that must be written in the same transaction as this event."""
    soorten, prioriteit = _OWES.get(event.actie, ((), Prioriteit.NORMAAL))
    return tuple(Jobwens(soort, event.object_id, prioriteit) for soort in soorten)
