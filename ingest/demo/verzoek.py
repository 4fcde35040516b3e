"""The request behind a fictional decision, what befell its term, and the objections and cases about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from woo.domain.actor import Actor
from woo.domain.besluit import Uitkomst
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.domain.verzoek import Opschorting, Opschortingsgrond
from woo.usecases.platform import Platform
from woo.usecases.procedure import decide_procedure, register_procedure
from woo.usecases.verzoek import NieuwBesluit, put_off, register_besluit, register_verzoek, suspend

_LATER = time(11, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DemoProcedure:
    """An objection or case; `uitkomst` and `op` are None while it is pending."""

    soort: Proceduresoort
    datum: date
    uitkomst: Procedureuitkomst | None = None
    op: date | None = None
    ecli: str | None = None


@dataclass(frozen=True, slots=True)
class DemoVerzoek:
    """One request with the outcome of its decision."""

    onderwerp: str
    ontvangen_op: date
    uitkomst: Uitkomst
    verdaagd_op: date | None = None
    opschorting: Opschorting | None = None
    procedures: tuple[DemoProcedure, ...] = ()


def demo_verzoek(content: Mapping[str, Any]) -> DemoVerzoek:
    """Read the block `verzoek` of a dossier; raises ValueError or KeyError for what it cannot be."""
    stil = content.get("opschorting")
    return DemoVerzoek(
        onderwerp=content["onderwerp"],
        ontvangen_op=content["ontvangen_op"],
        uitkomst=Uitkomst(content["uitkomst"]),
        verdaagd_op=content.get("verdaagd_op"),
        opschorting=None if stil is None else Opschorting(stil[0], stil[1], Opschortingsgrond(stil[2])),
        procedures=tuple(_procedure(each) for each in content.get("procedures", ())),
    )


def _procedure(content: Mapping[str, Any]) -> DemoProcedure:
    uitkomst = content.get("uitkomst")
    return DemoProcedure(
        Proceduresoort(content["soort"]),
        content["datum"],
        None if uitkomst is None else Procedureuitkomst(uitkomst),
        content.get("op"),
        content.get("ecli"),
    )


def load_verzoek(
    platform: Platform,
    actor: Actor,
    verzoek: DemoVerzoek,
    publicatie_id: str,
    *,
    kenmerk: str,
    besloten: date,
) -> str:
    """Register the request and the decision that this publicatie shows; returns the id of the decision."""
    of = register_verzoek(
        platform, actor, kenmerk=kenmerk, onderwerp=verzoek.onderwerp, ontvangen_op=verzoek.ontvangen_op
    )
    if verzoek.verdaagd_op is not None:
        put_off(platform, actor, of.id, op=verzoek.verdaagd_op)
    if verzoek.opschorting is not None:
        suspend(platform, actor, of.id, verzoek.opschorting)
    nieuw = NieuwBesluit(kenmerk, besloten, verzoek.uitkomst, publicatie_id=publicatie_id)
    return register_besluit(platform, actor, of.id, nieuw).id


def load_procedures(
    platform: Platform, actor: Actor, procedures: Sequence[DemoProcedure], besluit_id: str
) -> None:
    """Register objections and cases on the days that the story says."""
    for each in procedures:
        made = register_procedure(
            _on(platform, each.datum), actor, besluit_id, soort=each.soort, datum=each.datum
        )
        if each.uitkomst is not None and each.op is not None:
            on = _on(platform, each.op)
            decide_procedure(on, actor, made.id, uitkomst=each.uitkomst, op=each.op, ecli=each.ecli)


def _on(platform: Platform, dag: date) -> Platform:
    moment = datetime.combine(dag, _LATER)
    return replace(platform, now=lambda: moment)
