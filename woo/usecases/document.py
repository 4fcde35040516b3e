"""Add, change and replace a document."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from woo.domain.actor import Actor
from woo.domain.document import Bestand, Bestemming, Document, Documentrol
from woo.domain.errors import InvalidValue, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Transaction
from woo.usecases.codes import checked_code
from woo.usecases.gelijktijdig import require_state
from woo.usecases.geweigerd import check_add
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_document, demand_publicatie
from woo.usecases.vernietiging import refuse_destroyed
from woo.usecases.vier_ogen import check_not_alone
from woo.usecases.wijziging import NOTHING_SAID, Toelichting, change_details


@dataclass(frozen=True, slots=True)
class NieuwDocument:
    """What someone says of a document to be added; the file is in the archive already.

    `herkomst` names for each field where its value came from. `bestemming` can never change afterwards.
    """

    officiele_titel: str
    bestand: Bestand
    omschrijving: str | None = None
    kenmerk: str | None = None
    documentsoort: str | None = None
    creatiedatum: date | None = None
    taal: str | None = None
    herkomst: Mapping[str, str] = field(default_factory=dict)
    bestemming: Bestemming = Bestemming.OPENBAAR
    rol: Documentrol | None = None


def insert_document(
    tx: Transaction, platform: Platform, actor: Actor, publicatie: Publicatie, nieuw: NieuwDocument
) -> Document:
    """Add a document inside a transaction that does more.

    Raises Refused for a withdrawn publicatie and for a file that this publicatie has already (give it once).
    """
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        raise Refused("add a document to", f"publicatie {publicatie.id}", "it was withdrawn")
    refuse_destroyed(tx, platform, nieuw.bestand.digest)
    same = tx.document_by_digest(publicatie.id, nieuw.bestand.digest, nieuw.bestemming)
    if same is not None:
        raise Refused(
            "add this file to", f"publicatie {publicatie.id}", f"document {same.id} has the same file"
        )
    now = platform.now()
    document = Document(
        id=platform.new_id(),
        publicatie_id=publicatie.id,
        volgnummer=tx.next_volgnummer(publicatie.id),
        officiele_titel=nieuw.officiele_titel.strip(),
        aangemaakt_op=now,
        gewijzigd_op=now,
        bestand=nieuw.bestand,
        omschrijving=nieuw.omschrijving,
        kenmerk=nieuw.kenmerk,
        documentsoort=_soort(platform, nieuw.documentsoort),
        creatiedatum=nieuw.creatiedatum,
        taal=_taal(platform, nieuw.taal),
        herkomst=nieuw.herkomst,
        bestemming=nieuw.bestemming,
        rol=nieuw.rol,
    )
    if publicatie.status is Publicatiestatus.GEPUBLICEERD and nieuw.bestemming is Bestemming.OPENBAAR:
        check_add(tx, publicatie, document)
        if tx.publiceren.mededeling(publicatie.id) is not None:
            why = "it is an announcement in the place of a document (art. 3.3, eighth paragraph, Woo)"
            raise Refused("add a document to", f"publicatie {publicatie.id}", why)
    tx.save_document(document)
    tx.record(
        Gebeurtenis(
            Actie.DOCUMENT_ADDED,
            "document",
            document.id,
            actor,
            now,
            details={"sha256": nieuw.bestand.digest},
        )
    )
    return document


def _soort(platform: Platform, documentsoort: str | None) -> str | None:
    if documentsoort is None:
        return None
    return checked_code(platform.lijsten.documentsoorten, "documentsoort", documentsoort)


def _taal(platform: Platform, taal: str | None) -> str | None:
    return None if taal is None else checked_code(platform.lijsten.talen, "taal", taal)


@usecase(Handeling.DOCUMENT_TOEVOEGEN, "publicatie", "publicatie_id")
def check_room(platform: Platform, actor: Actor, publicatie_id: str) -> None:
    """Refuse before a file is read what `add_document` would refuse after it; raises NotFound, NotAllowed, Refused."""
    with platform.registry.read() as reading:
        publicatie = reading.publicatie(publicatie_id)
    demand_publicatie(actor, Handeling.DOCUMENT_TOEVOEGEN, publicatie)
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        raise Refused("add a document to", f"publicatie {publicatie_id}", "it was withdrawn")
    check_not_alone(platform.vier_ogen, publicatie, "add a document to")


@usecase(Handeling.DOCUMENT_TOEVOEGEN, "publicatie", "publicatie_id")
def add_document(platform: Platform, actor: Actor, publicatie_id: str, nieuw: NieuwDocument) -> Document:
    """Add a document to a publicatie; it is read by the worker, and public only if the publicatie is."""
    if not platform.archive.has(nieuw.bestand.digest):
        raise InvalidValue(
            "bestand", nieuw.bestand.digest, "the archive has no such file; put it there first"
        )
    with platform.registry.transaction() as tx:
        publicatie = tx.publicatie(publicatie_id)
        demand_publicatie(actor, Handeling.DOCUMENT_TOEVOEGEN, publicatie)
        check_not_alone(platform.vier_ogen, publicatie, "add a document to")
        return insert_document(tx, platform, actor, publicatie, nieuw)


CHANGEABLE = frozenset(
    {"officiele_titel", "omschrijving", "kenmerk", "documentsoort", "creatiedatum", "taal", "rol"}
)


@usecase(Handeling.DOCUMENT_WIJZIGEN, "document", "id")
def change_document(
    platform: Platform,
    actor: Actor,
    id: str,
    changes: Mapping[str, Any],
    *,
    bron: str = "balie",
    gezien: datetime | None = None,
    toelichting: Toelichting = NOTHING_SAID,
) -> Document:
    """Change metadata fields of a document; `gezien` is the `gewijzigd_op` of the state that was changed.

    Raises InvalidValue for a field that cannot be changed and an unknown code, and Conflict for another state.
    """
    with platform.registry.transaction() as tx:
        document, publicatie = tx.document_with_publicatie(id)
        demand_document(actor, Handeling.DOCUMENT_WIJZIGEN, document, publicatie)
        require_state("document", id, held=document.gewijzigd_op, seen=gezien, reading=tx)
        return change_within(tx, platform, actor, document, changes, bron=bron, toelichting=toelichting)


def change_within(
    tx: Transaction,
    platform: Platform,
    actor: Actor,
    document: Document,
    changes: Mapping[str, Any],
    *,
    bron: str,
    toelichting: Toelichting = NOTHING_SAID,
) -> Document:
    """Change metadata fields of a document inside a transaction that does more; raises as `change_document`."""
    for name in changes:
        if name not in CHANGEABLE:
            raise InvalidValue("veld", name, "this field cannot be changed", accepted=sorted(CHANGEABLE))
    if document.intrekking is not None:
        raise Refused("change", f"document {document.id}", "it was withdrawn")
    now = platform.now()
    values = dict(changes)
    if "documentsoort" in values:
        values["documentsoort"] = _soort(platform, values["documentsoort"])
    if "taal" in values:
        values["taal"] = _taal(platform, values["taal"])
    herkomst = {**document.herkomst, **dict.fromkeys(values, bron)}
    before, document = document, replace(document, gewijzigd_op=now, herkomst=herkomst, **values)
    tx.save_document(document)
    details = change_details(before, document, values, toelichting)
    tx.record(Gebeurtenis(Actie.DOCUMENT_CHANGED, "document", document.id, actor, now, details=details))
    return document


def replace_within(
    tx: Transaction,
    platform: Platform,
    actor: Actor,
    document: Document,
    bestand: Bestand,
    *,
    reden: str | None = None,
) -> Document:
    """Give a document a new version of its file inside a transaction that does more; `reden` is for everyone to read."""
    refuse_destroyed(tx, platform, bestand.digest)
    now = platform.now()
    replaced = document.replaced(bestand, now)
    tx.save_document(replaced, reden=reden)
    details = {"sha256": bestand.digest, "versie": replaced.versie}
    tx.record(Gebeurtenis(Actie.DOCUMENT_REPLACED, "document", document.id, actor, now, details=details))
    return replaced


@usecase(Handeling.DOCUMENT_VERVANGEN, "document", "id")
def check_replaceable(platform: Platform, actor: Actor, id: str) -> None:
    """Refuse before a file is read what `replace_bestand` would refuse after it; raises NotFound, NotAllowed, Refused."""
    with platform.registry.read() as reading:
        document, publicatie = reading.document_with_publicatie(id)
    demand_document(actor, Handeling.DOCUMENT_VERVANGEN, document, publicatie)
    if document.intrekking is not None:
        raise Refused("replace the file of", f"document {id}", "it was withdrawn")
    check_not_alone(platform.vier_ogen, publicatie, "replace the file of")


@usecase(Handeling.DOCUMENT_VERVANGEN, "document", "id")
def replace_bestand(
    platform: Platform, actor: Actor, id: str, bestand: Bestand, *, reden: str | None = None
) -> Document:
    """Give a document a new version of its file; `reden` says to everyone why.

    The old version stays in the archive; the document is not public until the new one was read. Raises Refused for the
    very file that it has.
    """
    if not platform.archive.has(bestand.digest):
        raise InvalidValue("bestand", bestand.digest, "the archive has no such file; put it there first")
    with platform.registry.transaction() as tx:
        document, publicatie = tx.document_with_publicatie(id)
        demand_document(actor, Handeling.DOCUMENT_VERVANGEN, document, publicatie)
        if document.bestand is not None and document.bestand.digest == bestand.digest:
            raise Refused("replace the file of", f"document {id}", "it has this very file already")
        check_not_alone(platform.vier_ogen, publicatie, "replace the file of")
        return replace_within(tx, platform, actor, document, bestand, reden=reden)
