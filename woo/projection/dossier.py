"""What the public side holds of a dossier: requests, decisions with their terms, procedures, contact and history."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from woo.diwoo.waardelijsten import Waardelijst
from woo.domain.besluit import Woobesluit
from woo.domain.contactpersoon import Contactpersoon
from woo.domain.ecli import ecli_url
from woo.domain.inventaris import Beoordeling, Inventarisregel
from woo.domain.procedure import Procedure
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.domain.termijn import Telling, termijnstand
from woo.domain.verzoek import Wooverzoek
from woo.projection.geschiedenis import Verteller, history
from woo.projection.tijdlijn import timeline
from woo.registry import Reading
from woo.registry.history import Happened

MOST_HISTORY = 1000
"""Entries of the history that are shown; older ones are told to be there."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything of the registry that belongs to the dossier of one publicatie.

    `andere` are the other publicaties that decisions on the same requests are shown in, by id; `ingetrokken` the ids of its
    documents that were withdrawn after they were public.
    """

    publicatie: Publicatie
    verzoeken: Sequence[Wooverzoek]
    besluiten: Sequence[Woobesluit]
    andere: dict[str, Publicatie]
    procedures: Sequence[Procedure]
    contact: Contactpersoon | None
    regels: Sequence[Inventarisregel]
    ingetrokken: frozenset[str]
    gebeurd: Sequence[Happened]
    verteller: Verteller


def read_dossier(reading: Reading, publicatie: Publicatie) -> Dossier:
    """Collect the dossier of a public publicatie from one snapshot."""
    of = reading.dossier
    ids = dict.fromkeys(besluit.verzoek_id for besluit in of.besluiten(publicatie_id=publicatie.id))
    all_ = [besluit for id in ids for besluit in of.besluiten(id)]
    others = {each.publicatie_id for each in all_} - {None, publicatie.id}
    andere = {id: reading.publicatie(id) for id in others if id is not None}
    told = [each for each in all_ if _is_told(each, andere)]
    contact = of.contactpersoon("publicatie", publicatie.id)
    if contact is None and publicatie.publisher is not None:
        contact = of.contactpersoon("organisatie", publicatie.publisher)
    since = publicatie.eerste_publicatie or publicatie.gewijzigd_op
    gebeurd = of.happened(publicatie.id, since=since, limit=MOST_HISTORY + 1)
    return Dossier(
        publicatie=publicatie,
        verzoeken=[of.verzoek(id) for id in ids],
        besluiten=told,
        andere=andere,
        procedures=of.procedures([each.id for each in told]),
        contact=contact,
        regels=of.regels(publicatie.id),
        ingetrokken=of.withdrawn_documents(publicatie.id, since=since),
        gebeurd=gebeurd,
        verteller=Verteller.read(reading, publicatie, gebeurd, told, andere),
    )


def _is_told(besluit: Woobesluit, andere: dict[str, Publicatie]) -> bool:
    """Nothing is told of a decision whose own publicatie is still a concept."""
    ander = andere.get(besluit.publicatie_id or "")
    return ander is None or ander.status is not Publicatiestatus.CONCEPT


def public_dossier(dossier: Dossier, organisaties: Waardelijst | None = None) -> dict[str, Any]:
    """The dossier as JSON values; the rows of the inventory are kept apart (`public_regels`).

    `organisaties` has the names of bodies that requests were sent on to.
    """
    entries = history(dossier.gebeurd[:MOST_HISTORY], dossier.verteller)
    return {
        "verzoeken": [_verzoek(verzoek, dossier, organisaties) for verzoek in dossier.verzoeken],
        "inventaris": _counted(dossier.regels),
        "contact": None if dossier.contact is None else asdict(dossier.contact),
        "geschiedenis": entries,
        "geschiedenisVolledig": len(dossier.gebeurd) <= MOST_HISTORY,
    }


def _verzoek(verzoek: Wooverzoek, dossier: Dossier, organisaties: Waardelijst | None) -> dict[str, Any]:
    """One request; who asked, third parties, questions to the requester and notices of being late are not told."""
    besluiten = [each for each in dossier.besluiten if each.verzoek_id == verzoek.id]
    return {
        "kenmerk": verzoek.kenmerk,
        "onderwerp": verzoek.onderwerp,
        "ontvangenOp": verzoek.ontvangen_op.isoformat(),
        "verdaging": None
        if verzoek.verdaagd_op is None
        else {"op": verzoek.verdaagd_op.isoformat(), "dagen": verzoek.verdaging_dagen},
        "opschortingen": [
            {"van": each.van.isoformat(), "tot": _iso(each.tot), "grond": each.grond.value}
            for each in verzoek.opschortingen
        ],
        "periode": None
        if verzoek.periode is None
        else {"van": _iso(verzoek.periode.van), "tot": _iso(verzoek.periode.tot)},
        "doorzendingen": [
            {"aan": _named(each.aan, organisaties), "op": each.op.isoformat(), "deel": each.deel}
            for each in verzoek.doorzendingen
        ],
        "ingetrokkenOp": _iso(verzoek.ingetrokken_op),
        "uitersteDatum": _iso(verzoek.uiterste_datum()),
        "uitersteDatumZonderOpschorting": _iso(verzoek.uiterste_datum(met_opschorting=False)),
        "besluiten": [_besluit(besluit, verzoek, dossier) for besluit in besluiten],
        "tijdlijn": timeline(verzoek, besluiten, dossier.publicatie),
    }


def _named(aan: str, organisaties: Waardelijst | None) -> str:
    return organisaties.get(aan).naam if organisaties is not None and aan in organisaties else aan


def _besluit(besluit: Woobesluit, verzoek: Wooverzoek, dossier: Dossier) -> dict[str, Any]:
    """One decision; of the publicatie that shows it only the id, for who shows it looks whether it is public."""
    stand = termijnstand(verzoek, besluit)
    ander = dossier.andere.get(besluit.publicatie_id or "")
    published = besluit.publicatie_id == dossier.publicatie.id or (
        ander is not None and ander.status is Publicatiestatus.GEPUBLICEERD
    )
    return {
        "kenmerk": besluit.kenmerk,
        "datum": besluit.datum.isoformat(),
        "uitkomst": besluit.uitkomst.value,
        "wet": besluit.wet.value,
        "deelbesluit": besluit.deelbesluit,
        "gronden": list(besluit.gronden),
        "ondertekenaar": besluit.ondertekenaar,
        "aangemerktAls": besluit.aangemerkt_als,
        "herziet": next((each.kenmerk for each in dossier.besluiten if each.id == besluit.herziet), None),
        "herziening": None if besluit.herziening is None else besluit.herziening.value,
        "herzienDoor": next((each.kenmerk for each in dossier.besluiten if each.herziet == besluit.id), None),
        "publicatie": besluit.publicatie_id if published else None,
        "termijn": {
            "opgeschort": stand.opgeschort,
            "metOpschorting": _telling(stand.met_opschorting),
            "zonderOpschorting": _telling(stand.zonder_opschorting),
        },
        "procedures": [_procedure(each) for each in dossier.procedures if each.besluit_id == besluit.id],
    }


def _telling(telling: Telling) -> dict[str, Any]:
    return {"uitersteDatum": _iso(telling.uiterste_datum), "dagen": telling.dagen, "over": telling.over}


def _procedure(procedure: Procedure) -> dict[str, Any]:
    return {
        "soort": procedure.soort.value,
        "datum": procedure.datum.isoformat(),
        "uitkomst": None if procedure.uitkomst is None else procedure.uitkomst.value,
        "beslistOp": _iso(procedure.beslist_op),
        "ecli": procedure.ecli,
        "url": None if procedure.ecli is None else ecli_url(procedure.ecli),
    }


def _counted(regels: Sequence[Inventarisregel]) -> dict[str, Any] | None:
    if not regels:
        return None
    counts = {each.value: 0 for each in Beoordeling}
    for regel in regels:
        counts[regel.beoordeling.value] += 1
    return {"regels": len(regels), "beoordelingen": counts}


def _iso(dag: date | None) -> str | None:
    return None if dag is None else dag.isoformat()
