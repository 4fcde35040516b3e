"""Register an objection or court case about a decision, and how it ended."""

from datetime import date

from woo.domain.actor import Actor, Recht
from woo.domain.errors import InvalidValue
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.procedure import Procedure, Proceduresoort, Procedureuitkomst
from woo.registry import Transaction
from woo.usecases.dossier import renew_dossiers
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling


@usecase(Handeling.PROCEDURE_REGISTREREN, "woobesluit", "besluit_id")
def register_procedure(
    platform: Platform, actor: Actor, besluit_id: str, *, soort: Proceduresoort, datum: date
) -> Procedure:
    """Register that it was lodged.

    Raises:
        NotFound: there is no such decision.
        InvalidValue: the day lies in the future, or before the decision.
        NotAllowed: the actor may not edit, or not change what is public.
    """
    actor.require(Recht.EDIT)
    procedure = Procedure(platform.new_id(), besluit_id, soort, datum)
    with platform.registry.transaction() as tx:
        besluit = tx.dossier.besluit(besluit_id)
        if datum < besluit.datum:
            raise InvalidValue(
                "datum", datum.isoformat(), f"the decision was taken later, on {besluit.datum}"
            )
        _not_in_the_future(platform, "datum", datum)
        _save(tx, platform, actor, procedure, Actie.PROCEDURE_REGISTERED)
    return procedure


@usecase(Handeling.PROCEDURE_REGISTREREN, "procedure", "id")
def decide_procedure(
    platform: Platform,
    actor: Actor,
    id: str,
    *,
    uitkomst: Procedureuitkomst,
    op: date,
    ecli: str | None = None,
) -> Procedure:
    """Register how it ended; raises as Procedure.beslist, NotFound, and NotAllowed."""
    actor.require(Recht.EDIT)
    with platform.registry.transaction() as tx:
        _not_in_the_future(platform, "beslist_op", op)
        procedure = tx.dossier.procedure(id).beslist(uitkomst, op, ecli=ecli)
        _save(tx, platform, actor, procedure, Actie.PROCEDURE_CHANGED)
    return procedure


def _not_in_the_future(platform: Platform, field: str, dag: date) -> None:
    if dag > platform.now().date():
        raise InvalidValue(field, dag.isoformat(), "it lies in the future")


def _save(tx: Transaction, platform: Platform, actor: Actor, procedure: Procedure, actie: Actie) -> None:
    now = platform.now()
    tx.dossier.save_procedure(procedure)
    details = {
        "besluit": procedure.besluit_id,
        "soort": procedure.soort.value,
        "uitkomst": None if procedure.uitkomst is None else procedure.uitkomst.value,
        "ecli": procedure.ecli,
    }
    tx.record(Gebeurtenis(actie, "procedure", procedure.id, actor, now, details=details))
    renew_dossiers(tx, actor, tx.dossier.besluit(procedure.besluit_id).verzoek_id, now)
