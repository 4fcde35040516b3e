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
    PUBLICATIE_PLANNED = "publicatie_planned"
    PLAN_CANCELLED = "plan_cancelled"
    PLAN_FAILED = "plan_failed"
    CATEGORIEVELDEN_CHANGED = "categorievelden_changed"
    MEDEDELING_CHANGED = "mededeling_changed"
    DOCUMENT_SUSPENDED = "document_suspended"
    DOCUMENT_RELEASED = "document_released"
    RELEASE_HELD_BACK = "release_held_back"
    INZAGE_CREATED = "inzage_created"
    INZAGE_REVOKED = "inzage_revoked"
    INZAGE_USED = "inzage_used"
    VERZOEKER_CHANGED = "verzoeker_changed"
    BELANGHEBBENDE_ADDED = "belanghebbende_added"
    BELANGHEBBENDE_CHANGED = "belanghebbende_changed"
    BETROKKENEN_READ = "betrokkenen_read"
    BETROKKENE_ERASED = "betrokkene_erased"
    HANDELING_GEWEIGERD = "handeling_geweigerd"
    CONCEPT_GELEZEN = "concept_gelezen"
    LOGBOEK_GELEZEN = "logboek_gelezen"
    KETEN_GECONTROLEERD = "keten_gecontroleerd"
    MELDING_AFGEHANDELD = "melding_afgehandeld"
    OPNIEUW_GEPROBEERD = "opnieuw_geprobeerd"
    OPNIEUW_GELEZEN = "opnieuw_gelezen"
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
    TERMIJNFEIT_NOTED = "termijnfeit_noted"
    TERMIJNFEIT_REMOVED = "termijnfeit_removed"
    AGENDASLEUTEL_CREATED = "agendasleutel_created"
    AGENDASLEUTEL_REVOKED = "agendasleutel_revoked"
    LOGGED_IN = "logged_in"
    LOGGED_OUT = "logged_out"
    LOGIN_LOCKED = "login_locked"
    SECOND_STEP_SET = "second_step_set"
    SECOND_STEP_RESET = "second_step_reset"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  # the name of an action
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_LINK_MADE = "account_link_made"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_ERASED = "account_erased"
    INVENTARIS_PROPOSED = "inventaris_proposed"
    INVENTARIS_DISCARDED = "inventaris_discarded"
    INVENTARIS_LINKED = "inventaris_linked"
    INVENTARISREGEL_ADDED = "inventarisregel_added"
    INVENTARISREGEL_MOVED = "inventarisregel_moved"
    OOGST_ENDED = "oogst_ended"
    OOGST_ASKED = "oogst_asked"
    OOGST_RELEASED = "oogst_released"
    WEBHOOK_CREATED = "webhook_created"
    WEBHOOK_REMOVED = "webhook_removed"
    WEBHOOK_RESUMED = "webhook_resumed"
    WAARDELIJST_CHANGED = "waardelijst_changed"
    BRONCONTROLE_ASKED = "broncontrole_asked"
    BRONCONTROLE_PUBLISHED = "broncontrole_published"
    BRONCONTROLE_HIDDEN = "broncontrole_hidden"
    TERMIJNPOST_CHANGED = "termijnpost_changed"
    ACCOUNT_REOPENED = "account_reopened"


class Jobsoort(StrEnum):
    """What a job asks the worker to look at again.

    SYNC_PUBLICATIE is the publicatie's own entry and page; SYNC_DOCUMENTEN passes on to each of its documents and of the
    rows of its inventory; SYNC_REGEL is one row, named by its place (`Inventarisregel.plaats`), also one that is gone.
    PUBLICEER and VRIJGEVEN are due at a moment that people chose: a publicatie is to be published, a document to be shown.
    SITEMAP is what the sitemaps tell of the documents of a publicatie.
    """

    EXTRACT = "extract"
    SYNC_DOCUMENT = "sync_document"
    SYNC_PUBLICATIE = "sync_publicatie"
    SYNC_DOCUMENTEN = "sync_documenten"
    SYNC_REGEL = "sync_regel"
    REINDEX = "reindex"
    PUBLICEER = "publiceer"
    VRIJGEVEN = "vrijgeven"
    SITEMAP = "sitemap"


OP_TIJD = (Jobsoort.PUBLICEER, Jobsoort.VRIJGEVEN)
"""The jobs that wait for a moment: until then nobody works on what they are for."""


class Prioriteit(IntEnum):
    """Lower goes first; a withdrawal waits for nobody."""

    URGENT = 0
    NORMAAL = 5
    BULK = 9


@dataclass(frozen=True, slots=True)
class VrijeTekst:
    """Words that someone typed, in the details of a line: the line keeps their digest, and the words stand beside the chain.

    There they can be erased (AVG art. 17) while the chain stays valid.
    """

    tekst: str


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """One line of the log: the six fields of BIO2 8.15.01 and details (JSON values) without personal data or content.

    What someone typed goes into the details as VrijeTekst.
    """

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
    Actie.INVENTARIS_LINKED: (_PUBLICATIE, Prioriteit.NORMAAL),
    Actie.DOCUMENT_ADDED: ((Jobsoort.EXTRACT,), Prioriteit.NORMAAL),
    Actie.DOCUMENT_REPLACED: ((Jobsoort.EXTRACT, Jobsoort.SYNC_DOCUMENT), Prioriteit.NORMAAL),
    Actie.DOCUMENT_CHANGED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.NORMAAL),
    Actie.TEXT_EXTRACTED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.NORMAAL),
    Actie.DOCUMENT_RELATED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.NORMAAL),
    Actie.DOCUMENT_UNRELATED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.NORMAAL),
    Actie.DOCUMENTS_ORDERED: ((Jobsoort.SYNC_DOCUMENTEN,), Prioriteit.NORMAAL),
    Actie.DOCUMENT_WITHDRAWN: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.URGENT),
    Actie.CATEGORIEVELDEN_CHANGED: ((Jobsoort.SYNC_PUBLICATIE,), Prioriteit.NORMAAL),
    Actie.MEDEDELING_CHANGED: ((Jobsoort.SYNC_PUBLICATIE,), Prioriteit.NORMAAL),
    Actie.DOCUMENT_SUSPENDED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.NORMAAL),
    Actie.DOCUMENT_RELEASED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.NORMAAL),
    Actie.PUBLICATIE_RESTORED: (_PUBLICATIE, Prioriteit.URGENT),
    Actie.DOCUMENT_RESTORED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.URGENT),
    Actie.PUBLICATIE_DESTROYED: (_PUBLICATIE, Prioriteit.URGENT),
    Actie.DOCUMENT_DESTROYED: ((Jobsoort.SYNC_DOCUMENT,), Prioriteit.URGENT),
}


def jobs_owed(event: Gebeurtenis) -> tuple[Jobwens, ...]:
    """The jobs that must be written in the same transaction as this event."""
    soorten, prioriteit = _OWES.get(event.actie, ((), Prioriteit.NORMAAL))
    return tuple(Jobwens(soort, event.object_id, prioriteit) for soort in soorten)
