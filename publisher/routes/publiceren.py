"""Publishing: check, plan, fields of categories, announcements, documents that wait, batches, links for requesters."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import Response

from publisher import publiceren_inputs as inputs
from publisher import publiceren_schemas as schemas
from publisher import schemas as desk_schemas
from publisher.desk import AtDesk, Desk, Id
from woo.domain.bevinding import blocking
from woo.domain.errors import NotFound
from woo.usecases import categorievelden, opschorting, planning
from woo.usecases import verzoekerslink as inzage
from woo.usecases.controle import check_publication
from woo.usecases.inzage import read_publicatie
from woo.usecases.rechten import Handeling
from woo.usecases.reeks import publish_many

router = APIRouter(tags=["publiceren"])
_RECENT = timedelta(days=7)


@router.get("/publicaties/{id}/controle", summary="Wat er niet klopt aan een publicatie")
def get_controle(id: Id, desk: AtDesk) -> schemas.Controle:
    """Alles in één keer: wat publiceren tegenhoudt, en wat alleen aandacht verdient."""
    found = check_publication(desk.platform, desk.actor, id)
    return schemas.Controle(publiceerbaar=not blocking(found), bevindingen=schemas.Bevinding.all(found))


@router.get("/publicaties/{id}/planning", summary="Wanneer een publicatie openbaar wordt")
def get_planning(id: Id, desk: AtDesk) -> schemas.Plan:
    """Het laatste plan, ook als het is uitgevoerd, mislukt of geannuleerd."""
    read_publicatie(desk.platform, desk.actor, id)
    with desk.platform.registry.read() as reading:
        plan = reading.publiceren.plan(id)
    if plan is None:
        raise NotFound("plan", id)
    return schemas.Plan.of(plan)


@router.put("/publicaties/{id}/planning", summary="Plan een publicatie, of verschuif het plan")
def put_planning(id: Id, desk: AtDesk, wens: inputs.Planning) -> schemas.Plan:
    """Op die minuut wordt de publicatie openbaar. Alles wordt dan opnieuw gecontroleerd."""
    plan = planning.plan_publication(
        desk.platform,
        desk.actor,
        id,
        op=wens.publiceer_op,
        embargo=wens.embargo,
        notitie=wens.notitie,
    )
    return schemas.Plan.of(plan)


@router.delete("/publicaties/{id}/planning", summary="Annuleer het plan van een publicatie")
def delete_planning(id: Id, desk: AtDesk) -> schemas.Plan:
    """De publicatie blijft een concept. Een embargo vervalt ook."""
    return schemas.Plan.of(planning.cancel_plan(desk.platform, desk.actor, id))


@router.get("/planningen", summary="Wat gepland staat")
def list_planningen(desk: AtDesk) -> schemas.Plannen:
    """Ook wat is mislukt, en wat de laatste zeven dagen te laat openbaar werd. Hoogstens 500 van elk."""
    since = desk.platform.now() - _RECENT
    waits, failed, late = planning.plans_of(desk.platform, desk.actor, since=since)
    return schemas.Plannen(
        gepland=[schemas.Plan.of(plan) for plan in waits],
        mislukt=[schemas.Plan.of(plan) for plan in failed],
        te_laat=[schemas.Plan.of(plan) for plan in late],
    )


@router.post("/publiceer-reeks", summary="Publiceer een reeks publicaties")
def publish_reeks(desk: AtDesk, reeks: inputs.Reeks) -> schemas.Uitslagen:
    """Elke publicatie staat op zichzelf: wat aan de ene niet klopt, houdt de andere niet tegen."""
    uitslagen = publish_many(desk.platform, desk.actor, reeks.ids)
    gelukt = sum(each.gelukt for each in uitslagen)
    return schemas.Uitslagen(
        gelukt=gelukt,
        mislukt=len(uitslagen) - gelukt,
        uitslagen=[schemas.Uitslag.of(each) for each in uitslagen],
    )


@router.get("/categorieen", summary="Wat bij elke informatiecategorie hoort")
def list_categorieen(desk: AtDesk) -> schemas.Categorieen:
    """De velden van elke categorie, en vanaf wanneer de plicht geldt."""
    desk.require(Handeling.BESCHRIJVING_LEZEN, "beschrijving")
    return schemas.Categorieen.of(desk.platform.lijsten)


@router.get("/publicaties/{id}/gegevens", summary="De velden die bij de categorie horen")
def get_gegevens(id: Id, desk: AtDesk) -> schemas.Gegevens:
    """Welke velden er zijn, en wat erin staat."""
    return _gegevens(desk, id)


@router.patch("/publicaties/{id}/gegevens", summary="Vul de velden die bij de categorie horen")
def change_gegevens(id: Id, desk: AtDesk, wijziging: inputs.Categorievelden) -> schemas.Gegevens:
    """Alleen de velden die u noemt veranderen; met `null` maakt u een veld leeg."""
    categorievelden.fill_fields(desk.platform, desk.actor, id, wijziging.velden)
    return _gegevens(desk, id)


@router.put("/publicaties/{id}/mededeling", summary="Maak een mededeling van een publicatie")
def put_mededeling(id: Id, desk: AtDesk, nieuw: inputs.NieuweMededeling) -> schemas.Mededeling:
    """Voor een document dat openbaar had moeten worden, maar in zijn geheel geheim blijft (art. 3.3 lid 8 Woo)."""
    made = categorievelden.make_announcement(
        desk.platform, desk.actor, id, gronden=tuple(nieuw.gronden), toelichting=nieuw.toelichting
    )
    return schemas.Mededeling.of(made)


@router.delete(
    "/publicaties/{id}/mededeling", status_code=204, summary="Maak er weer een gewone publicatie van"
)
def delete_mededeling(id: Id, desk: AtDesk) -> Response:
    """Nog een keer verandert niets."""
    categorievelden.drop_announcement(desk.platform, desk.actor, id)
    return Response(status_code=204)


@router.put("/documenten/{id}/opschorting", summary="Laat een document wachten tot een dag")
def put_opschorting(id: Id, desk: AtDesk, wens: inputs.Opschorting) -> desk_schemas.Document:
    """Het document blijft verborgen tot die dag, en langer zolang een voorlopige voorziening loopt (art. 4.4 lid 5 Woo)."""
    opschorting.suspend_document(desk.platform, desk.actor, id, tot=wens.tot)
    return _document(desk, id)


@router.delete("/documenten/{id}/opschorting", summary="Laat een document niet langer wachten")
def delete_opschorting(id: Id, desk: AtDesk) -> desk_schemas.Document:
    """Het document is meteen openbaar als de publicatie dat is en het is gelezen."""
    opschorting.release_document(desk.platform, desk.actor, id)
    return _document(desk, id)


@router.get("/publicaties/{id}/inzages", summary="De links voor de verzoeker")
def list_inzages(id: Id, desk: AtDesk) -> schemas.Inzages:
    """Ook de links die zijn verlopen of ingetrokken, oudste eerst."""
    now = desk.platform.now()
    found = inzage.inzages_of(desk.platform, desk.actor, id)
    return schemas.Inzages(inzages=[schemas.Inzage.of(each, now) for each in found])


@router.post("/publicaties/{id}/inzages", status_code=201, summary="Maak een link voor de verzoeker")
def create_inzage(
    id: Id, desk: AtDesk, nieuw: inputs.NieuweInzage, response: Response
) -> schemas.GemaakteInzage:
    """Het adres staat alleen in dit antwoord."""
    settings = desk.settings.publiceren
    made, secret = inzage.create_inzage(
        desk.platform,
        desk.actor,
        id,
        naam=nieuw.naam,
        dagen=nieuw.dagen,
        most_days=settings.inzage_dagen,
        documenten=nieuw.documenten,
    )
    response.headers["Location"] = f"/v1/publicaties/{id}/inzages"
    return schemas.GemaakteInzage.made(made, inzage_url(desk, secret), desk.platform.now())


@router.post("/inzages/{id}/intrekken", summary="Trek een link in")
def revoke_inzage(id: Id, desk: AtDesk) -> schemas.Inzage:
    """De link werkt meteen niet meer. Nog een keer intrekken verandert niets."""
    ended = inzage.revoke_inzage(desk.platform, desk.actor, id)
    return schemas.Inzage.of(ended, desk.platform.now())


def inzage_url(desk: Desk, secret: str) -> str:
    """The whole address of a link, as the settings say from where it is served."""
    return f"{desk.settings.publiceren.inzage_url.rstrip('/')}/inzage/{secret}"


def _gegevens(desk: Desk, id: str) -> schemas.Gegevens:
    publicatie = read_publicatie(desk.platform, desk.actor, id)
    with desk.platform.registry.read() as reading:
        velden, waarden = categorievelden.fields_of(desk.platform, reading, publicatie)
    return schemas.Gegevens(velden=[schemas.Veld.model_validate(each) for each in velden], waarden=waarden)


def _document(desk: Desk, id: str) -> desk_schemas.Document:
    with desk.platform.registry.read() as reading:
        found, publicatie = reading.document_with_publicatie(id)
    return desk_schemas.Document.of(found, publicatie, desk.platform.lijsten)
