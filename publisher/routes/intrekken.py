"""Back from public: withdrawals and their reasons, restoring, destroying by two people, leak sheets and terms."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from publisher import intrekken_schemas as schemas
from publisher.desk import AtDesk, Desk, Id
from publisher.intrekken_inputs import (
    Afwijzing,
    EigenTermijn,
    Herstel,
    Ingreepvraag,
    Intrekvraag,
    Meldbesluit,
    Ontdekking,
    Soortpad,
    Termijnvraag,
    Vernietiging,
    Voorstelreden,
    soort_of,
)
from publisher.paging import cut, place_of
from woo.domain.actor import Recht
from woo.domain.datalek import Lekblad
from woo.domain.errors import NotFound, WooError
from woo.registry import Soort
from woo.usecases import bewaring, herstel, ingreep, lekblad
from woo.usecases.intrekkingen_lezen import (
    read_ingreep,
    read_ingrepen,
    read_intrekkingen,
    read_termijn,
    read_termijnen,
    read_verklaring,
)
from woo.usecases.rechten import Handeling
from woo.volgers import Bereik, open_volgers

router = APIRouter(tags=["intrekken"])
_LIJST = "intrekkingen"


@router.get("/intrekredenen", summary="De redenen om in te trekken")
def list_redenen(desk: AtDesk) -> schemas.Redenen:
    """Met de zin die iedereen leest, en of een tweede persoon nodig is om te herstellen."""
    desk.require(Handeling.BESCHRIJVING_LEZEN, "beschrijving")
    redenen = desk.platform.intrekregels.redenen.by_code.values()
    return schemas.Redenen(resultaten=[schemas.Reden.of(reden) for reden in redenen])


@router.get("/intrekkingen", summary="Wat is ingetrokken, hersteld of vernietigd")
def list_intrekkingen(desk: AtDesk, vraag: Annotated[Intrekvraag, Query()]) -> schemas.Intrekkingen:
    """De laatste eerst. De interne toelichting ziet alleen wie mag publiceren."""
    place = place_of(_LIJST, vraag.na)
    found = read_intrekkingen(
        desk.platform, desk.actor, welke=vraag.stand, after=place, limit=vraag.aantal + 1
    )
    page, volgende = cut(
        found, vraag.aantal, lijst=_LIJST, place=lambda row: f"{row.op.isoformat()}|{row.object_id}"
    )
    redenen, inside = desk.platform.intrekregels.redenen, desk.actor.may(Recht.PUBLISH)
    return schemas.Intrekkingen(
        resultaten=[schemas.IngetrokkenObject.of(row, redenen, intern=inside) for row in page],
        volgende=volgende,
    )


@router.post("/{soort}/{id}/herstellen", status_code=204, summary="Maak weer openbaar")
def restore(soort: Soortpad, id: Id, desk: AtDesk, verzoek: Herstel) -> None:
    """Wat per vergissing is ingetrokken, komt op zijn oude adres terug zodra de verwerker het toont."""
    herstel.restore(desk.platform, desk.actor, soort_of(soort), id, toelichting=verzoek.toelichting)


@router.post("/{soort}/{id}/herstelvoorstel", status_code=201, summary="Stel herstel voor")
def propose_restore(soort: Soortpad, id: Id, desk: AtDesk, verzoek: Voorstelreden) -> schemas.Ingreep:
    """Voor redenen waarbij een tweede persoon beslist."""
    made = ingreep.propose_restore(desk.platform, desk.actor, soort_of(soort), id, reden=verzoek.reden)
    return schemas.Ingreep.of(made)


@router.post("/{soort}/{id}/vernietigen", status_code=201, summary="Stel vernietiging voor")
def propose_destruction(soort: Soortpad, id: Id, desk: AtDesk, verzoek: Vernietiging) -> schemas.Ingreep:
    """Na een datalek. Pas als een ander het goedkeurt, verdwijnt het voorgoed."""
    made = ingreep.propose_destruction(
        desk.platform, desk.actor, soort_of(soort), id, reden=verzoek.reden, andere=verzoek.lots()
    )
    return schemas.Ingreep.of(made)


@router.get("/ingrepen", summary="Voorstellen waarover een tweede persoon beslist")
def list_ingrepen(desk: AtDesk, vraag: Annotated[Ingreepvraag, Query()]) -> schemas.Ingrepen:
    """Van de organisaties waar u mag publiceren, het laatste eerst."""
    found = read_ingrepen(desk.platform, desk.actor, status=vraag.status)
    return schemas.Ingrepen(resultaten=[schemas.Ingreep.of(one) for one in found])


@router.get("/ingrepen/{id}", summary="Eén voorstel")
def get_ingreep(id: Id, desk: AtDesk) -> schemas.Ingreep:
    """Met wat erover is besloten."""
    return schemas.Ingreep.of(read_ingreep(desk.platform, desk.actor, id))


@router.post("/ingrepen/{id}/goedkeuren", summary="Keur een voorstel goed")
def approve(id: Id, desk: AtDesk) -> schemas.Ingreep:
    """Wie het voorstelde, kan het niet goedkeuren. Vernietigen is niet terug te draaien."""
    return schemas.Ingreep.of(ingreep.approve(desk.platform, desk.actor, id))


@router.post("/ingrepen/{id}/afwijzen", summary="Wijs een voorstel af")
def reject(id: Id, desk: AtDesk, verzoek: Afwijzing) -> schemas.Ingreep:
    """Ook om een eigen voorstel terug te nemen."""
    done = ingreep.reject(desk.platform, desk.actor, id, toelichting=verzoek.toelichting)
    return schemas.Ingreep.of(done)


@router.get(
    "/ingrepen/{id}/verklaring",
    summary="De verklaring van vernietiging",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
def get_verklaring(id: Id, desk: AtDesk) -> Response:
    """Een toegankelijke PDF; bestaat zodra de vernietiging is uitgevoerd."""
    return statement_response(desk, id)


def statement_response(desk: Desk, id: str) -> Response:
    """The statement of destruction as a download; raises NotFound."""
    headers = {"Content-Disposition": f'attachment; filename="verklaring-van-vernietiging-{id}.pdf"'}
    content = read_verklaring(desk.platform, desk.actor, id)
    return Response(content, media_type="application/pdf", headers=headers)


@router.get("/{soort}/{id}/lekblad", summary="Het lekblad")
def get_lekblad(soort: Soortpad, id: Id, desk: AtDesk) -> schemas.Lekblad:
    """Hoe lang het openbaar was, waar het heen ging, wie u om verwijdering vraagt, en de klok van 72 uur."""
    blad = lekblad.read_lekblad(desk.platform, desk.actor, soort_of(soort), id)
    return schemas.Lekblad.of(blad, desk.platform.now())


@router.put("/{soort}/{id}/lekblad", summary="Maak het lekblad")
def make_lekblad(soort: Soortpad, id: Id, desk: AtDesk, verzoek: Ontdekking) -> schemas.Lekblad:
    """Nog een keer maken werkt de tellingen bij; een besluit dat er al staat, blijft."""
    blad = make_sheet(desk, soort_of(soort), id, verzoek.ontdekt_op)
    return schemas.Lekblad.of(blad, desk.platform.now())


@router.put("/{soort}/{id}/lekblad/besluit", summary="Leg vast of u het lek meldt")
def decide_lekblad(soort: Soortpad, id: Id, desk: AtDesk, verzoek: Meldbesluit) -> schemas.Lekblad:
    """Ook het besluit om niet te melden heeft redenen nodig (art. 33 lid 5 AVG)."""
    besluit = lekblad.Besluit(verzoek.melden, verzoek.reden, verzoek.gemeld_op)
    blad = lekblad.decide(desk.platform, desk.actor, soort_of(soort), id, besluit)
    return schemas.Lekblad.of(blad, desk.platform.now())


def make_sheet(desk: Desk, soort: Soort, id: str, ontdekt_op: datetime) -> Lekblad:
    """Make a leak sheet with what the store of followers knows; where that is out of reach the sheet says so."""
    with desk.platform.registry.read() as reading:
        documents = [each.id for each in reading.documents(id)] if soort == "publicatie" else []
    reached: Bereik | None = None
    try:
        with open_volgers(desk.settings) as opslag:
            reached = opslag.bereik([id, *documents])
    except NotFound:
        raise
    except WooError:
        reached = None
    return lekblad.make_lekblad(desk.platform, desk.actor, soort, id, ontdekt_op=ontdekt_op, bereik=reached)


@router.get("/bewaartermijnen", summary="Publicaties waarvan de termijn afloopt")
def list_bewaartermijnen(desk: AtDesk, vraag: Annotated[Termijnvraag, Query()]) -> schemas.Termijnen:
    """`werkt` zegt of er een eigen selectielijst is: zonder gaat niets vanzelf offline."""
    regels = desk.platform.intrekregels
    found = read_termijnen(desk.platform, desk.actor, dagen=vraag.dagen)
    return schemas.Termijnen(
        selectielijst=regels.selectielijst.naam,
        werkt=regels.eigen_selectielijst,
        resultaten=[schemas.Bewaartermijn.of(term) for term in found],
    )


@router.get("/publicaties/{id}/bewaartermijn", summary="Hoe lang een publicatie blijft")
def get_termijn(id: Id, desk: AtDesk) -> schemas.Bewaartermijn:
    """Volgens de selectielijst, of met een eigen termijn."""
    return schemas.Bewaartermijn.of(read_termijn(desk.platform, desk.actor, id))


@router.put("/publicaties/{id}/bewaartermijn", summary="Geef een publicatie een eigen termijn")
def put_termijn(id: Id, desk: AtDesk, verzoek: EigenTermijn) -> schemas.Bewaartermijn:
    """Een aankondiging die er al was, vervalt."""
    bewaring.change_term(
        desk.platform, desk.actor, id, afwijkend=verzoek.afwijkend, jaren=verzoek.jaren, reden=verzoek.reden
    )
    return schemas.Bewaartermijn.of(read_termijn(desk.platform, desk.actor, id))


@router.post(
    "/publicaties/{id}/bewaartermijn/vernietigen",
    status_code=201,
    summary="Stel vernietiging voor na de bewaartermijn",
)
def propose_end(id: Id, desk: AtDesk, verzoek: Vernietiging) -> schemas.Ingreep:
    """Als de termijn voorbij is en de publicatie offline staat; een ander keurt het goed."""
    made = bewaring.propose_end(desk.platform, desk.actor, id, reden=verzoek.reden, andere=verzoek.lots())
    return schemas.Ingreep.of(made)
