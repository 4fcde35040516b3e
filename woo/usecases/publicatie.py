"""Make, change and publish a publicatie."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from woo.domain.actor import Actor, Recht
from woo.domain.bevinding import Unpublishable, blocking
from woo.domain.errors import Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Reading, Transaction
from woo.usecases.codes import checked_code
from woo.usecases.controle import validate_publication
from woo.usecases.dossier import renew_dossiers
from woo.usecases.geweigerd import check_publish
from woo.usecases.platform import Platform


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
    )


def insert_publicatie(tx: Transaction, actor: Actor, publicatie: Publicatie) -> None:
    """Save a new publicatie with its log line, inside a transaction that does more."""
    tx.save_publicatie(publicatie)
    tx.record(
        Gebeurtenis(Actie.PUBLICATIE_CREATED, "publicatie", publicatie.id, actor, publicatie.aangemaakt_op)
    )


def create_publicatie(platform: Platform, actor: Actor, nieuw: NieuwePublicatie) -> Publicatie:
    """Make a concept; nobody outside sees it."""
    actor.require(Recht.EDIT)
    publicatie = build_publicatie(platform, nieuw)
    with platform.registry.transaction() as tx:
        insert_publicatie(tx, actor, publicatie)
    return publicatie


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
) -> Publicatie:
    """Change what was given; None leaves a field as it is. A withdrawn publicatie stays as it was withdrawn."""
    actor.require(Recht.EDIT)
    if publisher is not None:
        publisher = checked_code(platform.lijsten.organisaties, "publisher", publisher)
    given = {
        "publisher": publisher,
        "officiele_titel": officiele_titel,
        "verkorte_titel": verkorte_titel,
        "omschrijving": omschrijving,
        "kenmerk": kenmerk,
    }
    with platform.registry.transaction() as tx:
        now = platform.now()
        publicatie = tx.publicatie(id)
        if publicatie.status is Publicatiestatus.INGETROKKEN:
            raise Refused("change", f"publicatie {id}", "it was withdrawn")
        changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        publicatie = replace(publicatie, gewijzigd_op=now, **changes)
        tx.save_publicatie(publicatie)
        details = {"velden": ",".join(sorted(changes))}
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
        check_publish(tx, publicatie)
        _overtake_plan(tx, actor, publicatie, now)
        tx.save_publicatie(published)
        tx.record(Gebeurtenis(Actie.PUBLICATIE_PUBLISHED, "publicatie", publicatie.id, actor, now))
        for verzoek_id in {each.verzoek_id for each in tx.dossier.besluiten(publicatie_id=publicatie.id)}:
            renew_dossiers(tx, actor, verzoek_id, now)
    return published


def publish(platform: Platform, actor: Actor, id: str) -> Publicatie:
    """Make a concept public, with every document of it that was read.

    Raises:
        NotFound, NotAllowed.
        Unpublishable: with everything that is wrong with it (`woo.usecases.controle`).
    """
    actor.require(Recht.PUBLISH)
    with platform.registry.transaction() as tx:
        publicatie = tx.publicatie(id)
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
