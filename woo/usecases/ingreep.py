"""Proposals for two people: propose, approve and reject a restoration or a destruction."""

from collections.abc import Mapping

from woo.domain.actor import Actor
from woo.domain.errors import Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.ingreep import Aanleiding, Ingreep, Ingreepsoort, Lot, Persoon, valid_until
from woo.registry import Soort, Transaction
from woo.usecases.handeling import usecase
from woo.usecases.herstel import check_restorable, restore_within, withdrawal
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand
from woo.usecases.vernietiging import check_scope, destroy_within, finish


@usecase(Handeling.HERSTEL_VOORSTELLEN, "object", "id")
def propose_restore(platform: Platform, actor: Actor, soort: Soort, id: str, *, reden: str) -> Ingreep:
    """Propose to restore what was withdrawn for a reason that takes two people.

    Raises:
        Refused: it cannot be restored (see `herstel.restore`), or a proposal on it is open.
        InvalidValue: there is no reason.
        NotFound, NotAllowed: as `Actor.require_for`.
    """
    with platform.registry.transaction() as tx:
        organisatie, intrekking = withdrawal(tx, soort, id)
        demand(actor, Handeling.HERSTEL_VOORSTELLEN, organisatie, soort, id)
        check_restorable(tx, soort, id, intrekking)
        made = _made(platform, actor, Ingreepsoort.HERSTEL, soort, id, reden, organisatie)
        return _propose(tx, platform, actor, made)


@usecase(Handeling.VERNIETIGING_VOORSTELLEN, "object", "id")
def propose_destruction(
    platform: Platform,
    actor: Actor,
    soort: Soort,
    id: str,
    *,
    reden: str,
    aanleiding: Aanleiding = Aanleiding.DATALEK,
    andere: Mapping[str, tuple[Lot, str]] | None = None,
    gegevens: Mapping[str, object] | None = None,
) -> Ingreep:
    """Propose to destroy what was withdrawn; `andere` decides on each other document that has the same file.

    Raises as `vernietiging.check_scope`, and Refused when a proposal on it is open.
    """
    with platform.registry.transaction() as tx:
        organisatie, _ = withdrawal(tx, soort, id)
        demand(actor, Handeling.VERNIETIGING_VOORSTELLEN, organisatie, soort, id)
        check_scope(tx, actor, soort, id, aanleiding=aanleiding, andere=andere or {})
        made = _made(
            platform,
            actor,
            Ingreepsoort.VERNIETIGING,
            soort,
            id,
            reden,
            organisatie,
            aanleiding=aanleiding,
            andere=dict(andere or {}),
            gegevens=dict(gegevens or {}),
        )
        return _propose(tx, platform, actor, made)


@usecase(Handeling.INGREEP_BESLISSEN, "ingreep", "id")
def approve(platform: Platform, actor: Actor, id: str) -> Ingreep:
    """Approve a proposal, which is then carried out; files leave the archive at once, the worker does the rest.

    Raises:
        Refused: this is the person who proposed it, it was decided or lapsed, or what it is about changed since.
        NotFound, NotAllowed: as `Actor.require_for`.
    """
    with platform.registry.transaction() as tx:
        one = _own(tx, actor, id)
        now = platform.now()
        done = one.approved(actor, now)
        tx.record(_event(Actie.INGREEP_APPROVED, done, actor, platform))
        if done.soort is Ingreepsoort.HERSTEL:
            soort: Soort = "document" if done.object_soort == "document" else "publicatie"
            restore_within(
                tx, platform, actor, soort, done.object_id, toelichting=done.reden, ingreep=done.id
            )
        else:
            done = destroy_within(tx, platform, actor, done)
        tx.intrekkingen.save_ingreep(done)
    return finish(platform, done) if done.te_wissen else done


@usecase(Handeling.INGREEP_BESLISSEN, "ingreep", "id")
def reject(platform: Platform, actor: Actor, id: str, *, toelichting: str) -> Ingreep:
    """Reject a proposal, or take back one's own; raises as `approve`, but for the person."""
    with platform.registry.transaction() as tx:
        done = _own(tx, actor, id).rejected(actor, platform.now(), toelichting.strip())
        tx.intrekkingen.save_ingreep(done)
        tx.record(_event(Actie.INGREEP_REJECTED, done, actor, platform))
    return done


def _own(tx: Transaction, actor: Actor, id: str) -> Ingreep:
    """The proposal, kept for this transaction, of an organisation at which the actor may publish."""
    tx.one_at_a_time(f"ingreep {id}")
    one = tx.intrekkingen.ingreep(id)
    demand(actor, Handeling.INGREEP_BESLISSEN, one.organisatie, "ingreep", id)
    return one


def _made(
    platform: Platform,
    actor: Actor,
    soort: Ingreepsoort,
    object_soort: Soort,
    object_id: str,
    reden: str,
    organisatie: str | None,
    *,
    aanleiding: Aanleiding | None = None,
    andere: Mapping[str, tuple[Lot, str]] | None = None,
    gegevens: Mapping[str, object] | None = None,
) -> Ingreep:
    now = platform.now()
    return Ingreep(
        id=platform.new_id(),
        soort=soort,
        object_soort=object_soort,
        object_id=object_id,
        reden=reden.strip(),
        voorgesteld_op=now,
        voorgesteld_door=Persoon.of(actor),
        geldig_tot=valid_until(now, platform.intrekregels.voorstel_dagen),
        organisatie=organisatie,
        aanleiding=aanleiding,
        andere=andere or {},
        gegevens=gegevens or {},
    )


def _propose(tx: Transaction, platform: Platform, actor: Actor, one: Ingreep) -> Ingreep:
    tx.one_at_a_time(f"ingrepen {one.object_id}")
    if any(each.is_open(one.voorgesteld_op) for each in tx.intrekkingen.ingrepen(object_id=one.object_id)):
        raise Refused(
            "propose", f"{one.object_soort} {one.object_id}", "a proposal on it is open; decide on that first"
        )
    tx.intrekkingen.save_ingreep(one)
    tx.record(_event(Actie.INGREEP_PROPOSED, one, actor, platform))
    return one


def _event(actie: Actie, one: Ingreep, actor: Actor, platform: Platform) -> Gebeurtenis:
    details = {"ingreep": one.id, "soort": one.soort.value}
    return Gebeurtenis(actie, one.object_soort, one.object_id, actor, platform.now(), details=details)
