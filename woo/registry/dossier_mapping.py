"""Between the objects of a dossier and rows of the registry, both ways; beside `mapping`."""

from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy.engine import Row

from woo.domain.besluit import Herziening, Uitkomst, Woobesluit
from woo.domain.contactpersoon import Contactpersoon
from woo.domain.inventaris import Beoordeling, Bijzonderheid, Inventarisregel
from woo.domain.procedure import Procedure, Proceduresoort, Procedureuitkomst
from woo.domain.regelsleutels import loose_key, number_key
from woo.domain.verloop import Doorzending, Periode, Precisering
from woo.domain.verzoek import Opschorting, Opschortingsgrond, Wooverzoek
from woo.registry.mapping import Values


def verzoek_values(verzoek: Wooverzoek) -> Values:
    return {
        "id": verzoek.id,
        "kenmerk": verzoek.kenmerk,
        "onderwerp": verzoek.onderwerp,
        "ontvangen_op": verzoek.ontvangen_op,
        "verdaagd_op": verzoek.verdaagd_op,
        "verdaging_dagen": verzoek.verdaging_dagen,
        "opschortingen": [
            [each.van.isoformat(), each.tot.isoformat() if each.tot else None, each.grond.value]
            for each in verzoek.opschortingen
        ],
        "organisatie": verzoek.organisatie,
        "periode_van": None if verzoek.periode is None else verzoek.periode.van,
        "periode_tot": None if verzoek.periode is None else verzoek.periode.tot,
        "preciseringen": [
            [each.gevraagd_op.isoformat(), each.beantwoord_op.isoformat() if each.beantwoord_op else None]
            for each in verzoek.preciseringen
        ],
        "doorzendingen": [[each.aan, each.op.isoformat(), each.deel] for each in verzoek.doorzendingen],
        "ingebrekestellingen": [each.isoformat() for each in verzoek.ingebrekestellingen],
        "ingetrokken_op": verzoek.ingetrokken_op,
        "gewijzigd_op": verzoek.gewijzigd_op,
    }


def to_verzoek(row: Row[Any]) -> Wooverzoek:
    return Wooverzoek(
        id=row.id,
        kenmerk=row.kenmerk,
        onderwerp=row.onderwerp,
        ontvangen_op=row.ontvangen_op,
        verdaagd_op=row.verdaagd_op,
        verdaging_dagen=row.verdaging_dagen,
        opschortingen=tuple(
            Opschorting(
                date.fromisoformat(van), date.fromisoformat(tot) if tot else None, Opschortingsgrond(grond)
            )
            for van, tot, grond in row.opschortingen
        ),
        organisatie=row.organisatie,
        periode=_to_periode(row),
        preciseringen=tuple(
            Precisering(date.fromisoformat(op), date.fromisoformat(answered) if answered else None)
            for op, answered in row.preciseringen
        ),
        doorzendingen=tuple(
            Doorzending(aan, date.fromisoformat(op), deel) for aan, op, deel in row.doorzendingen
        ),
        ingebrekestellingen=tuple(map(date.fromisoformat, row.ingebrekestellingen)),
        ingetrokken_op=row.ingetrokken_op,
        gewijzigd_op=row.gewijzigd_op,
    )


def _to_periode(row: Row[Any]) -> Periode | None:
    van, tot = row.periode_van, row.periode_tot
    return None if van is None and tot is None else Periode(van, tot)


def besluit_values(besluit: Woobesluit) -> Values:
    return {
        "id": besluit.id,
        "verzoek_id": besluit.verzoek_id,
        "kenmerk": besluit.kenmerk,
        "datum": besluit.datum,
        "uitkomst": besluit.uitkomst.value,
        "deelbesluit": besluit.deelbesluit,
        "publicatie_id": besluit.publicatie_id,
        "laatste": besluit.laatste,
        "gronden": list(besluit.gronden),
        "ondertekenaar": besluit.ondertekenaar,
        "aangemerkt_als": besluit.aangemerkt_als,
        "herziet": besluit.herziet,
        "herziening": None if besluit.herziening is None else besluit.herziening.value,
        "gewijzigd_op": besluit.gewijzigd_op,
    }


def to_besluit(row: Row[Any]) -> Woobesluit:
    return Woobesluit(
        id=row.id,
        verzoek_id=row.verzoek_id,
        kenmerk=row.kenmerk,
        datum=row.datum,
        uitkomst=Uitkomst(row.uitkomst),
        deelbesluit=row.deelbesluit,
        publicatie_id=row.publicatie_id,
        laatste=row.laatste,
        gronden=tuple(row.gronden),
        ondertekenaar=row.ondertekenaar,
        aangemerkt_als=row.aangemerkt_als,
        herziet=row.herziet,
        herziening=None if row.herziening is None else Herziening(row.herziening),
        gewijzigd_op=row.gewijzigd_op,
    )


def regel_values(regel: Inventarisregel) -> Values:
    return {
        "publicatie_id": regel.publicatie_id,
        "sleutel": regel.sleutel,
        "volgorde": regel.volgorde,
        "nummer": regel.nummer,
        "documentnaam": regel.documentnaam,
        "beoordeling": regel.beoordeling.value,
        "gronden": list(regel.gronden),
        "bijzonderheden": [each.value for each in regel.bijzonderheden],
        "datum": regel.datum,
        "soort": regel.soort,
        "toelichting": regel.toelichting,
        "opgeschort": regel.opgeschort,
        "links": list(regel.links),
        "gerelateerd": list(regel.gerelateerd),
        "zaaknummers": list(regel.zaaknummers),
        "familie": regel.familie,
        "draad": regel.draad,
        "overig": dict(regel.overig),
        "document_id": regel.document_id,
        "wetten": list(regel.wetten),
        "nummersleutel": number_key(regel.nummer),
        "naamsleutel": loose_key(regel.documentnaam),
    }


def to_regel(row: Row[Any]) -> Inventarisregel:
    return Inventarisregel(
        publicatie_id=row.publicatie_id,
        volgorde=row.volgorde,
        nummer=row.nummer,
        documentnaam=row.documentnaam,
        beoordeling=Beoordeling(row.beoordeling),
        gronden=tuple(row.gronden),
        bijzonderheden=tuple(map(Bijzonderheid, row.bijzonderheden)),
        datum=row.datum,
        soort=row.soort,
        toelichting=row.toelichting,
        opgeschort=row.opgeschort,
        links=tuple(row.links),
        gerelateerd=tuple(row.gerelateerd),
        zaaknummers=tuple(row.zaaknummers),
        familie=row.familie,
        draad=row.draad,
        overig=MappingProxyType(row.overig),
        document_id=row.document_id,
        wetten=tuple(row.wetten),
    )


def procedure_values(procedure: Procedure) -> Values:
    uitkomst = procedure.uitkomst
    return {
        "id": procedure.id,
        "besluit_id": procedure.besluit_id,
        "soort": procedure.soort.value,
        "datum": procedure.datum,
        "uitkomst": None if uitkomst is None else uitkomst.value,
        "beslist_op": procedure.beslist_op,
        "ecli": procedure.ecli,
    }


def to_procedure(row: Row[Any]) -> Procedure:
    return Procedure(
        id=row.id,
        besluit_id=row.besluit_id,
        soort=Proceduresoort(row.soort),
        datum=row.datum,
        uitkomst=None if row.uitkomst is None else Procedureuitkomst(row.uitkomst),
        beslist_op=row.beslist_op,
        ecli=row.ecli,
    )


def to_contactpersoon(row: Row[Any]) -> Contactpersoon:
    return Contactpersoon(naam=row.naam, email=row.email, telefoon=row.telefoon)
