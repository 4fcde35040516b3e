"""Register an objection or court case about a decision, and how it ended."""

from datetime import date

from woo.domain.actor import Actor
from woo.domain.besluit import Woobesluit
from woo.domain.errors import InvalidValue
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.procedure import Procedure, Proceduresoort, Procedureuitkomst
from woo.registry import Reading, Transaction
from woo.usecases.dossier import renew_dossiers
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand


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
    procedure = Procedure(platform.new_id(), besluit_id, soort, datum)
    with platform.registry.transaction() as tx:
        besluit = tx.dossier.besluit(besluit_id)
        _require(tx, actor, besluit, "woobesluit", besluit_id)
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
    with platform.registry.transaction() as tx:
        procedure = tx.dossier.procedure(id)
        _require(tx, actor, tx.dossier.besluit(procedure.besluit_id), "procedure", id)
        _not_in_the_future(platform, "beslist_op", op)
        procedure = procedure.beslist(uitkomst, op, ecli=ecli)
        _save(tx, platform, actor, procedure, Actie.PROCEDURE_CHANGED)
    return procedure


def loopt_voorlopige_voorziening(reading: Reading, besluit: Woobesluit) -> bool:
    """Whether the court still has to rule on an order for the time being about this decision (art. 8:81 Awb).

    An order asked against a decision that this one revises, or that revises this one, counts too: until then nothing of what
    it is about may be disclosed (art. 4.4, fifth paragraph, Woo).
    """
    line = {besluit.id}
    besluiten = reading.dossier.besluiten(besluit.verzoek_id)
    for _ in besluiten:
        line |= {each.id for each in besluiten if each.herziet in line}
        line |= {each.herziet for each in besluiten if each.id in line and each.herziet is not None}
    return any(
        each.soort is Proceduresoort.VOORLOPIGE_VOORZIENING and each.uitkomst is None
        for each in reading.dossier.procedures(sorted(line))
    )


def _require(tx: Transaction, actor: Actor, besluit: Woobesluit, soort: str, id: str) -> None:
    organisatie = tx.dossier.verzoek(besluit.verzoek_id).organisatie
    demand(actor, Handeling.PROCEDURE_REGISTREREN, organisatie, soort, id)


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
