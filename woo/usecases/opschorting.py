"""Let the disclosure of a document wait until a day (art. 4.4, fifth paragraph, Woo), and show it when that day has come."""

from datetime import date, datetime, timedelta

from woo.domain.actor import Actor
from woo.domain.document import Document
from woo.domain.errors import InvalidValue, Refused
from woo.domain.events import Actie, Gebeurtenis, Jobsoort, Jobwens, Prioriteit
from woo.domain.inventaris import Beoordeling
from woo.domain.openbaarheid import is_public
from woo.domain.planning import LONGEST, dutch_day, start_of
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Reading, Transaction
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.procedure import loopt_voorlopige_voorziening
from woo.usecases.rechten import Handeling, demand_document

_DAG = timedelta(days=1)


@usecase(Handeling.DOCUMENT_OPSCHORTEN, "document", "id")
def suspend_document(platform: Platform, actor: Actor, id: str, *, tot: date) -> Document:
    """Keep a document from the public until this day, the first on which it may be shown; another day moves it.

    Raises:
        NotFound, NotAllowed.
        InvalidValue: the day does not lie ahead, or more than ten years.
        Refused: it is public, was withdrawn, or can never be public.
    """
    with platform.registry.transaction() as tx:
        now = platform.now()
        before, publicatie = tx.document_with_publicatie(id)
        demand_document(actor, Handeling.DOCUMENT_OPSCHORTEN, before, publicatie)
        _require_not_withdrawn(publicatie, "suspend", id)
        if is_public(before, publicatie):
            raise Refused("suspend", f"document {id}", "it is public; withdraw it instead")
        _check_day(tot, now)
        document = before.opgeschort(tot, now)
        tx.save_document(document)
        details = {"tot": tot.isoformat()}
        tx.record(Gebeurtenis(Actie.DOCUMENT_SUSPENDED, "document", id, actor, now, details=details))
        tx.want_at(Jobwens(Jobsoort.VRIJGEVEN, id, Prioriteit.NORMAAL), start_of(tot))
    return document


@usecase(Handeling.DOCUMENT_VRIJGEVEN, "document", "id")
def release_document(platform: Platform, actor: Actor, id: str) -> Document:
    """Let a document wait no longer, before its day: the one who objected agreed, or the court has ruled.

    Raises:
        NotFound, NotAllowed.
        Refused: it does not wait, its inventory says that it is not public, or a court was asked to wait and has not ruled.
    """
    with platform.registry.transaction() as tx:
        document, publicatie = tx.document_with_publicatie(id)
        demand_document(actor, Handeling.DOCUMENT_VRIJGEVEN, document, publicatie)
        _require_not_withdrawn(publicatie, "release", id)
        if document.opgeschort_tot is None:
            raise Refused("release", f"document {id}", "it does not wait")
        why = _obstacle(tx, document)
        if why is not None:
            raise Refused("release", f"document {id}", why)
        return _release(tx, platform, actor, document)


def release_when_due(tx: Transaction, platform: Platform, actor: Actor, id: str) -> datetime | None:
    """Show a document whose day has come; the worker does this.

    While a court was asked for an order and has not ruled, it stays hidden, and is looked at again the next day; the same
    while its inventory says that it is not public.

    Returns:
        The moment at which to look again; None when there is nothing left to do.
    """
    now = platform.now()
    document, _ = tx.document_with_publicatie(id)
    if document.opgeschort_tot is None or document.intrekking is not None:
        return None
    due = start_of(document.opgeschort_tot)
    if due > now:
        return due
    why = _obstacle(tx, document)
    if why is None:
        _release(tx, platform, actor, document)
        return None
    details = {"tot": document.opgeschort_tot.isoformat(), "reden": why}
    held = Gebeurtenis(
        Actie.RELEASE_HELD_BACK, "document", id, actor, now, uitkomst="geweigerd", details=details
    )
    tx.record(held)
    return start_of(dutch_day(now) + _DAG)


def loopt_voorziening(reading: Reading, publicatie_id: str) -> bool:
    """Whether a court was asked for an order (art. 8:81 Awb) about a decision in this publicatie, or one in line with it, and has not ruled."""
    besluiten = reading.dossier.besluiten(publicatie_id=publicatie_id)
    return any(loopt_voorlopige_voorziening(reading, besluit) for besluit in besluiten)


def _require_not_withdrawn(publicatie: Publicatie, action: str, id: str) -> None:
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        raise Refused(action, f"document {id}", "it was withdrawn")


def _obstacle(reading: Reading, document: Document) -> str | None:
    if loopt_voorziening(reading, document.publicatie_id):
        return "a court was asked for an order and has not ruled (art. 4.4, fifth paragraph, Woo)"
    regels = reading.dossier.regels_of(document.id)
    if any(regel.beoordeling is Beoordeling.NIET_OPENBAAR for regel in regels):
        return "its inventory says that it is not public"
    return None


def _release(tx: Transaction, platform: Platform, actor: Actor, document: Document) -> Document:
    now = platform.now()
    released = document.vrijgegeven(now)
    tx.save_document(released)
    tx.publiceren.release_regels(document.id)
    tx.record(Gebeurtenis(Actie.DOCUMENT_RELEASED, "document", document.id, actor, now))
    tx.want(Jobwens(Jobsoort.SYNC_PUBLICATIE, document.publicatie_id, Prioriteit.NORMAAL), now=now)
    return released


def _check_day(tot: date, now: datetime) -> None:
    today = dutch_day(now)
    if tot <= today:
        raise InvalidValue("opgeschort_tot", tot.isoformat(), "it does not lie ahead")
    if tot - today > LONGEST:
        raise InvalidValue("opgeschort_tot", tot.isoformat(), "it lies more than ten years ahead")
