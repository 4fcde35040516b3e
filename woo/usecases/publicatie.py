"""Make, change and publish a publicatie."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from woo.domain.actor import Actor, Recht
from woo.domain.bevinding import Unpublishable, blocking
from woo.domain.errors import InvalidValue, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Reading, Transaction
from woo.usecases.codes import checked_code, checked_codes
from woo.usecases.controle import validate_publication
from woo.usecases.dossier import renew_dossiers
from woo.usecases.gelijktijdig import require_state
from woo.usecases.geweigerd import check_publish
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_publicatie
from woo.usecases.vier_ogen import check_four_eyes
from woo.usecases.wijziging import NOTHING_SAID, Toelichting, change_details


@dataclass(frozen=True, slots=True)
class NieuwePublicatie:
    """What someone says of a publicatie to be made; codes or URIs of the value lists."""

    publisher: str | None
    officiele_titel: str
    informatiecategorieen: tuple[str, ...]
    verkorte_titel: str | None = None
    omschrijving: str | None = None
    kenmerk: str | None = None
    bron: str | None = None
    themas: tuple[str, ...] = ()


def build_publicatie(platform: Platform, nieuw: NieuwePublicatie) -> Publicatie:
    """Return the concept that these values make; raises InvalidValue for an unknown code."""
    now = platform.now()
    lijsten = platform.lijsten
    return Publicatie(
        id=platform.new_id(),
        publisher=None
        if nieuw.publisher is None
        else checked_code(lijsten.organisaties, "publisher", nieuw.publisher),
        officiele_titel=nieuw.officiele_titel.strip(),
        informatiecategorieen=tuple(
            checked_code(lijsten.informatiecategorieen, "informatiecategorie", code)
            for code in nieuw.informatiecategorieen
        ),
        aangemaakt_op=now,
        gewijzigd_op=now,
        verkorte_titel=nieuw.verkorte_titel,
        omschrijving=nieuw.omschrijving,
        kenmerk=nieuw.kenmerk,
        bron=nieuw.bron,
        themas=checked_codes(lijsten.themas, "thema", nieuw.themas),
    )


def insert_publicatie(tx: Transaction, actor: Actor, publicatie: Publicatie) -> None:
    """Save a new publicatie with its log line, inside a transaction that does more."""
    tx.save_publicatie(publicatie)
    tx.record(
        Gebeurtenis(Actie.PUBLICATIE_CREATED, "publicatie", publicatie.id, actor, publicatie.aangemaakt_op)
    )


def require_publisher(actor: Actor, publisher: str | None) -> None:
    """Check that the actor may edit for this organisation; raises InvalidValue where one must be named, and NotAllowed."""
    if publisher is not None:
        actor.require_at(Recht.EDIT, publisher)
    elif actor.per_organisatie is not None:
        own = sorted(actor.organisaties(Recht.EDIT) or ())
        raise InvalidValue("publisher", None, "name the organisation that you work for", accepted=own)


@usecase(Handeling.PUBLICATIE_MAKEN, "publicatie")
def create_publicatie(platform: Platform, actor: Actor, nieuw: NieuwePublicatie) -> Publicatie:
    """Make a concept of an organisation that the actor may edit for; nobody outside sees it.

    Only who works for every organisation may leave the publisher open. Raises InvalidValue and NotAllowed.
    """
    publicatie = build_publicatie(platform, nieuw)
    require_publisher(actor, publicatie.publisher)
    with platform.registry.transaction() as tx:
        insert_publicatie(tx, actor, publicatie)
    return publicatie


@usecase(Handeling.PUBLICATIE_WIJZIGEN, "publicatie", "id")
def change_publicatie(
    platform: Platform,
    actor: Actor,
    id: str,
    *,
    publisher: str | None = None,
    officiele_titel: str | None = None,
    verkorte_titel: str | None = None,
    omschrijving: str | None = None,
    kenmerk: str | None = None,
    themas: tuple[str, ...] | None = None,
    gezien: datetime | None = None,
    toelichting: Toelichting = NOTHING_SAID,
) -> Publicatie:
    """Change what was given; None leaves a field as it is. A withdrawn publicatie stays as it was withdrawn.

    `gezien` is the `gewijzigd_op` of the state that was changed; raises Conflict when the registry holds another one.
    """
    if publisher is not None:
        publisher = checked_code(platform.lijsten.organisaties, "publisher", publisher)
    given = {
        "publisher": publisher,
        "officiele_titel": officiele_titel,
        "verkorte_titel": verkorte_titel,
        "omschrijving": omschrijving,
        "kenmerk": kenmerk,
        "themas": None if themas is None else checked_codes(platform.lijsten.themas, "thema", themas),
    }
    with platform.registry.transaction() as tx:
        now = platform.now()
        publicatie = tx.publicatie(id)
        demand_publicatie(actor, Handeling.PUBLICATIE_WIJZIGEN, publicatie)
        if publisher is not None:
            require_publisher(actor, publisher)
        if publicatie.status is Publicatiestatus.INGETROKKEN:
            raise Refused("change", f"publicatie {id}", "it was withdrawn")
        require_state("publicatie", id, held=publicatie.gewijzigd_op, seen=gezien, reading=tx)
        changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        before, publicatie = publicatie, replace(publicatie, gewijzigd_op=now, **changes)
        tx.save_publicatie(publicatie)
        details = change_details(before, publicatie, changes, toelichting)
        tx.record(Gebeurtenis(Actie.PUBLICATIE_CHANGED, "publicatie", id, actor, now, details=details))
    return publicatie


def publish_within(tx: Transaction, actor: Actor, publicatie: Publicatie, platform: Platform) -> Publicatie:
    """Publish inside a transaction that does more; publishing what is published changes nothing.

    A plan that waits is overtaken by it. Raises Refused also when a document of it may not be public, as its inventory says,
    and when it is under embargo.
    """
    now = platform.now()
    published = publicatie.published(now)
    if published is not publicatie:
        check_four_eyes(tx, platform.vier_ogen, actor, publicatie, platform.log_key)
        check_publish(tx, publicatie)
        _overtake_plan(tx, actor, publicatie, now)
        tx.save_publicatie(published)
        tx.record(Gebeurtenis(Actie.PUBLICATIE_PUBLISHED, "publicatie", publicatie.id, actor, now))
        for verzoek_id in {each.verzoek_id for each in tx.dossier.besluiten(publicatie_id=publicatie.id)}:
            renew_dossiers(tx, actor, verzoek_id, now)
    return published


@usecase(Handeling.PUBLICEREN, "publicatie", "id")
def publish(platform: Platform, actor: Actor, id: str) -> Publicatie:
    """Make a concept public, with every document of it that was read.

    Raises:
        NotFound, NotAllowed.
        Unpublishable: with everything that is wrong with it (`woo.usecases.controle`).
    """
    with platform.registry.transaction() as tx:
        publicatie = tx.publicatie(id)
        demand_publicatie(actor, Handeling.PUBLICEREN, publicatie)
        if publicatie.status is not Publicatiestatus.GEPUBLICEERD:
            require_publishable(tx, platform, publicatie)
        return publish_within(tx, actor, publicatie, platform)


def require_publishable(reading: Reading, platform: Platform, publicatie: Publicatie) -> None:
    """Raise Unpublishable, with every finding, when one of them stops the publication."""
    found = validate_publication(platform, reading, publicatie)
    if blocking(found):
        raise Unpublishable(publicatie.id, found)


def _overtake_plan(tx: Transaction, actor: Actor, publicatie: Publicatie, now: datetime) -> None:
    """Cancel a plan that waits, as what it planned is done now; an embargo forbids that."""
    plan = tx.publiceren.plan(publicatie.id)
    if plan is None or not plan.wacht:
        return
    if plan.embargo and now < plan.op:
        raise Refused(
            "publish", f"publicatie {publicatie.id}", f"it is under embargo until {plan.op.isoformat()}"
        )
    tx.publiceren.save_plan(plan.geannuleerd())
    tx.record(Gebeurtenis(Actie.PLAN_CANCELLED, "publicatie", publicatie.id, actor, now))
