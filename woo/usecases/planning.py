"""Plan a publication, move or cancel the plan, and carry it out when its minute has come."""

from datetime import datetime

from woo.domain.actor import Actor, Recht
from woo.domain.bevinding import blocking
from woo.domain.errors import NotFound, Refused
from woo.domain.events import Actie, Gebeurtenis, Jobsoort, Jobwens, Prioriteit
from woo.domain.planning import Planstaat, Publicatieplan, check_moment
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Reading, Transaction
from woo.usecases.controle import validate_publication
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.publicatie import publish_within
from woo.usecases.rechten import Handeling, demand_publicatie
from woo.usecases.vier_ogen import check_four_eyes


@usecase(Handeling.PLANNEN, "publicatie", "id")
def plan_publication(
    platform: Platform,
    actor: Actor,
    id: str,
    *,
    op: datetime,
    embargo: bool = False,
    notitie: str | None = None,
) -> Publicatieplan:
    """Plan a concept for this minute, or move the plan that it has.

    What is wrong with it now may be mended until then: it is checked again at that moment. With `embargo` nobody can publish
    it earlier; only who moves or cancels the plan can take that off.

    Raises:
        NotFound, NotAllowed.
        InvalidValue: the moment is not a whole minute, lies in the past, or more than ten years ahead.
        Refused: it is no concept, or the actor prepared it and four eyes are wanted.
    """
    with platform.registry.transaction() as tx:
        now = platform.now()
        publicatie = tx.publicatie(id)
        demand_publicatie(actor, Handeling.PLANNEN, publicatie)
        _require_concept(publicatie)
        check_four_eyes(tx, platform.vier_ogen, actor, publicatie, platform.log_key)
        plan = Publicatieplan(id, check_moment(op, now), now, embargo, (notitie or "").strip() or None)
        tx.publiceren.save_plan(plan)
        details = {"op": plan.op.isoformat(), "embargo": embargo}
        tx.record(Gebeurtenis(Actie.PUBLICATIE_PLANNED, "publicatie", id, actor, now, details=details))
        tx.want_at(Jobwens(Jobsoort.PUBLICEER, id, Prioriteit.NORMAAL), plan.op)
    return plan


@usecase(Handeling.PLANNEN, "publicatie", "id")
def cancel_plan(platform: Platform, actor: Actor, id: str) -> Publicatieplan:
    """Cancel the plan of a publicatie, and with it an embargo.

    Raises:
        NotFound: there is no such publicatie, or it has no plan.
        Refused: it was carried out, failed or cancelled already.
        NotAllowed.
    """
    with platform.registry.transaction() as tx:
        publicatie = tx.publicatie(id)
        demand_publicatie(actor, Handeling.PLANNEN, publicatie)
        plan = tx.publiceren.plan(id)
        if plan is None:
            raise NotFound("plan", id)
        cancelled = plan.geannuleerd()
        tx.publiceren.save_plan(cancelled)
        tx.record(Gebeurtenis(Actie.PLAN_CANCELLED, "publicatie", id, actor, platform.now()))
    return cancelled


def carry_out_plan(tx: Transaction, platform: Platform, actor: Actor, id: str) -> datetime | None:
    """Publish what is planned, if its minute has come; the worker does this, however late it is.

    The publicatie is held until the end of the transaction, so that two workers do it once. Everything is checked again; what
    is wrong makes the plan fail as a whole, and nothing becomes public.

    Returns:
        The moment at which to look again; None when there is nothing left to do.
    """
    now = platform.now()
    publicatie = tx.publicatie(id)
    plan = tx.publiceren.plan(id)
    if plan is None or not plan.wacht:
        return None
    if plan.op > now:
        return plan.op
    tx.publiceren.save_plan(plan.uitgevoerd(now))
    if publicatie.status is Publicatiestatus.GEPUBLICEERD:
        return None
    wrong = blocking(validate_publication(platform, tx, publicatie))
    codes = tuple(dict.fromkeys(each.code for each in wrong))
    details: dict[str, object] = {"op": plan.op.isoformat()}
    if _changed_alone(tx, platform, publicatie, plan):
        codes = (*codes, "gewijzigd_na_plannen")
    if codes:
        tx.publiceren.save_plan(plan.mislukt(now, codes))
        details["redenen"] = ",".join(codes)
        failed = Gebeurtenis(
            Actie.PLAN_FAILED, "publicatie", id, actor, now, uitkomst="geweigerd", details=details
        )
        tx.record(failed)
        return None
    publish_within(tx, actor, publicatie, platform)
    return None


@usecase(Handeling.PLANNINGEN_LEZEN, "publicatie")
def plans_of(
    platform: Platform, actor: Actor, *, since: datetime
) -> tuple[list[Publicatieplan], list[Publicatieplan], list[Publicatieplan]]:
    """What waits, what failed, and what was carried out too late since this moment, of the actor's organisations."""
    own = actor.organisaties(Recht.READ)
    with platform.registry.read() as reading:
        ask = reading.publiceren.plannen
        waits = ask([Planstaat.GEPLAND], publishers=own)
        failed = ask([Planstaat.MISLUKT], publishers=own)
        done = ask([Planstaat.UITGEVOERD], publishers=own, since=since)
    return waits, failed, [plan for plan in done if plan.te_laat is not None]


def _changed_alone(
    reading: Reading, platform: Platform, publicatie: Publicatie, plan: Publicatieplan
) -> bool:
    """Whether four eyes are wanted, and somebody changed it after the one who planned it looked."""
    last = reading.last_prepared(publicatie.id)
    return platform.vier_ogen.holds_for(publicatie.publisher) and last is not None and last > plan.gepland_op


def _require_concept(publicatie: Publicatie) -> None:
    if publicatie.status is Publicatiestatus.GEPUBLICEERD:
        raise Refused("plan", f"publicatie {publicatie.id}", "it is public already")
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        raise Refused(
            "plan", f"publicatie {publicatie.id}", "it was withdrawn; make a new publicatie instead"
        )
