"""The request behind a fictional decision, what befell its term, and the objections and cases about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from woo.domain.actor import Actor
from woo.domain.besluit import Uitkomst
from woo.domain.betrokkenen import Reactie
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.domain.verloop import Doorzending, Periode
from woo.domain.verzoek import Opschorting, Opschortingsgrond
from woo.usecases.betrokkenen import add_belanghebbende, set_verzoeker
from woo.usecases.platform import Platform
from woo.usecases.procedure import decide_procedure, register_procedure
from woo.usecases.verloop import send_on
from woo.usecases.verzoek import NieuwBesluit, put_off, register_besluit, register_verzoek, suspend

_VAN_BESLUIT = ("deelbesluit", "laatste", "gronden", "ondertekenaar")
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
    """One request with the outcome of its decision, and what more the desk knows of it.

    `besluit` are further fields of that decision, `meer` other partial decisions, `verzoeker` and `derden` fictional people.
    """

    onderwerp: str
    ontvangen_op: date
    uitkomst: Uitkomst
    verdaagd_op: date | None = None
    opschorting: Opschorting | None = None
    procedures: tuple[DemoProcedure, ...] = ()
    periode: Periode | None = None
    doorzendingen: tuple[Doorzending, ...] = ()
    besluit: Mapping[str, Any] = field(default_factory=dict)
    meer: tuple[NieuwBesluit, ...] = ()
    verzoeker: Mapping[str, str] | None = None
    derden: tuple[Mapping[str, Any], ...] = ()


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
        periode=Periode(*content["periode"]) if "periode" in content else None,
        doorzendingen=tuple(Doorzending(**each) for each in content.get("doorzendingen", ())),
        besluit=_besluit({name: content[name] for name in _VAN_BESLUIT if name in content}),
        meer=tuple(NieuwBesluit(**_besluit(each)) for each in content.get("meer", ())),
        verzoeker=content.get("verzoeker"),
        derden=tuple(_derde(each) for each in content.get("derden", ())),
    )


def _besluit(content: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(content)
    if "uitkomst" in values:
        values["uitkomst"] = Uitkomst(values["uitkomst"])
    if "gronden" in values:
        values["gronden"] = tuple(values["gronden"])
    return values


def _derde(content: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(content)
    return {**values, "reactie": Reactie(values["reactie"])} if "reactie" in values else values


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
    organisatie: str,
) -> str:
    """Register the request and the decision that this publicatie shows; returns the id of the decision."""
    of = register_verzoek(
        platform,
        actor,
        kenmerk=kenmerk,
        onderwerp=verzoek.onderwerp,
        ontvangen_op=verzoek.ontvangen_op,
        organisatie=organisatie,
        periode=verzoek.periode,
    )
    for doorzending in verzoek.doorzendingen:
        send_on(platform, actor, of.id, doorzending)
    if verzoek.verzoeker is not None:
        set_verzoeker(platform, actor, of.id, verzoek.verzoeker)
    for derde in verzoek.derden:
        add_belanghebbende(platform, actor, of.id, derde)
    if verzoek.verdaagd_op is not None:
        put_off(platform, actor, of.id, op=verzoek.verdaagd_op)
    if verzoek.opschorting is not None:
        suspend(platform, actor, of.id, verzoek.opschorting)
    nieuw = NieuwBesluit(kenmerk, besloten, verzoek.uitkomst, publicatie_id=publicatie_id, **verzoek.besluit)
    made = register_besluit(platform, actor, of.id, nieuw)
    for ander in verzoek.meer:
        register_besluit(platform, actor, of.id, ander)
    return made.id


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
