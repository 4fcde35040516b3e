"""Inventories: rows, lists that are compared and taken over, links between rows and documents."""

from typing import Annotated, cast

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from publisher import inventaris_schemas as schemas
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import Bladeren
from publisher.inventaris_inputs import (
    Koppeling,
    LijstGegevens,
    RegelGegevens,
    Regelvraag,
    Verplaatsing,
    VoorstelOvernemen,
)
from publisher.lijsten import limit_of, read_lijst, wijze_of
from publisher.openapi import multipart
from publisher.paging import cut, number_of
from publisher.uploads import Upload, plain_name, received, validated
from woo.domain.inventaris import Inventarisregel
from woo.domain.inventarisvoorstel import Inventarisvoorstel, Rijsoort
from woo.inventaris.bestand import load_grondenlezer
from woo.inventaris.regelgegevens import Regelgegevens
from woo.usecases import inventarisblad, inventarisregel, inventarisvoorstel

router = APIRouter(tags=["inventaris"])
_MOST_LEFT = 1_000


class Rijvraag(Bladeren):
    """Welke rijen van een voorstel."""

    soort: Rijsoort | None = None


@router.get("/publicaties/{id}/inventaris", summary="De rijen van de inventaris")
def list_regels(id: Id, desk: AtDesk, vraag: Annotated[Regelvraag, Query()]) -> schemas.Regels:
    """In de volgorde van de lijst, ook van een concept."""
    lijst = f"inventaris van {id}"
    after = number_of(lijst, vraag.na)
    inventarisblad.read_inventaris(desk.platform, desk.actor, id)
    with desk.platform.registry.read() as reading:
        found = reading.dossier.chosen_regels(id, vraag.keuze(), after=after, limit=vraag.aantal + 1)
        total = reading.dossier.count_regels(id, vraag.keuze())
    page, volgende = cut(found, vraag.aantal, lijst=lijst, place=lambda row: str(row.volgorde))
    return schemas.Regels(totaal=total, resultaten=[schemas.Regel.of(row) for row in page], volgende=volgende)


@router.post("/publicaties/{id}/inventaris/regels", status_code=201, summary="Voeg een rij toe")
def add_regel(id: Id, desk: AtDesk, invoer: RegelGegevens) -> schemas.OpgeslagenRegel:
    """De rij komt achteraan in de lijst."""
    gegevens = gegevens_of(desk)
    made = inventarisregel.add_regel(desk.platform, desk.actor, id, invoer.changes(), gegevens=gegevens)
    return _saved(made, gegevens)


@router.get("/publicaties/{id}/inventaris/regels/{regel}", summary="Eén rij")
def get_regel(id: Id, regel: Id, desk: AtDesk) -> schemas.Regel:
    """Alles wat de balie van de rij weet."""
    sleutel = inventarisblad.find_sleutel(desk.platform, desk.actor, id, regel)
    return schemas.Regel.of(inventarisblad.regel_of(desk.platform, desk.actor, id, sleutel)[1])


@router.patch("/publicaties/{id}/inventaris/regels/{regel}", summary="Wijzig een rij")
def change_regel(id: Id, regel: Id, desk: AtDesk, invoer: RegelGegevens) -> schemas.OpgeslagenRegel:
    """Alleen de velden die u noemt veranderen. Een ander nummer geeft een ander id."""
    gegevens = gegevens_of(desk)
    sleutel = inventarisregel.find_changeable(desk.platform, desk.actor, id, regel)
    saved = inventarisregel.change_regel(
        desk.platform, desk.actor, id, sleutel, invoer.changes(), gegevens=gegevens, versie=invoer.versie
    )
    return _saved(saved, gegevens)


@router.delete("/publicaties/{id}/inventaris/regels/{regel}", status_code=204, summary="Haal een rij weg")
def remove_regel(id: Id, regel: Id, desk: AtDesk) -> Response:
    """Het document blijft zoals het is."""
    sleutel = inventarisregel.find_changeable(desk.platform, desk.actor, id, regel)
    inventarisregel.remove_regel(desk.platform, desk.actor, id, sleutel, versie=None)
    return Response(status_code=204)


@router.post("/publicaties/{id}/inventaris/regels/{regel}/verplaatsen", summary="Verplaats een rij")
def move_regel(id: Id, regel: Id, desk: AtDesk, invoer: Verplaatsing) -> schemas.Regel:
    """De andere rijen schuiven op."""
    sleutel = inventarisregel.find_changeable(desk.platform, desk.actor, id, regel)
    return schemas.Regel.of(
        inventarisregel.move_regel(desk.platform, desk.actor, id, sleutel, naar=invoer.naar)
    )


@router.put("/publicaties/{id}/inventaris/regels/{regel}/document", summary="Koppel een rij aan een document")
def link_regel(id: Id, regel: Id, desk: AtDesk, invoer: Koppeling) -> schemas.Regel:
    """Met `null` hoort er geen document meer bij de rij."""
    sleutel = inventarisregel.find_changeable(desk.platform, desk.actor, id, regel)
    linked = inventarisregel.link_document(
        desk.platform, desk.actor, id, sleutel, invoer.document, versie=invoer.versie
    )
    return schemas.Regel.of(linked)


@router.get("/publicaties/{id}/inventaris/regels/{regel}/geschiedenis", summary="Wat er met een rij gebeurde")
def get_regelgeschiedenis(id: Id, regel: Id, desk: AtDesk) -> schemas.Regelgeschiedenis:
    """Ook onder een nummer dat de rij eerder had."""
    sleutel = inventarisblad.find_sleutel(desk.platform, desk.actor, id, regel)
    events = inventarisblad.history_of(desk.platform, desk.actor, id, sleutel)
    return schemas.Regelgeschiedenis(resultaten=[schemas.Regelgebeurtenis.of(event) for event in events])


@router.get("/publicaties/{id}/inventaris/koppelingen", summary="Wat er aan beide kanten overblijft")
def get_koppelingen(id: Id, desk: AtDesk) -> schemas.Koppelingen:
    """Rijen zonder document en documenten zonder rij."""
    resten = inventarisblad.left_over(desk.platform, desk.actor, id)
    return schemas.Koppelingen.of(resten, most=_MOST_LEFT)


@router.post("/publicaties/{id}/inventaris/koppelingen", summary="Zoek opnieuw documenten bij de rijen")
def link_again(id: Id, desk: AtDesk) -> schemas.Gekoppeld:
    """Op nummer en naam; een rij houdt het document dat zij heeft."""
    return schemas.Gekoppeld(gekoppeld=inventarisregel.link_again(desk.platform, desk.actor, id))


@router.post(
    "/publicaties/{id}/inventaris/voorstellen",
    status_code=201,
    summary="Vergelijk een lijst met de inventaris",
    openapi_extra=multipart(LijstGegevens),
)
async def propose(
    id: Id, desk: AtDesk, request: Request, response: Response
) -> schemas.Inventarisvergelijking:
    """Verandert niets. Het voorstel blijft een aantal dagen staan; daarna stuurt u de lijst opnieuw."""
    await run_in_threadpool(inventarisvoorstel.check_room, desk.platform, desk.actor, id)
    async with received(request, LijstGegevens, limit=limit_of(desk), named=plain_name) as upload:
        made = await run_in_threadpool(_propose, desk, id, upload)
    response.headers["Location"] = f"/v1/publicaties/{id}/inventaris/voorstellen/{made.id}"
    return made


@router.get("/publicaties/{id}/inventaris/voorstellen/{voorstel}", summary="Een voorstel")
def get_voorstel(id: Id, voorstel: Id, desk: AtDesk) -> schemas.Inventarisvergelijking:
    """Wat er is vergeleken en wat daar uitkwam."""
    found, foutrijen = inventarisvoorstel.read_voorstel(desk.platform, desk.actor, id, voorstel)
    return schemas.Inventarisvergelijking.of(found, foutrijen, desk.platform.now())


@router.get("/publicaties/{id}/inventaris/voorstellen/{voorstel}/rijen", summary="De rijen van een voorstel")
def list_voorstelrijen(
    id: Id, voorstel: Id, desk: AtDesk, vraag: Annotated[Rijvraag, Query()]
) -> schemas.Voorstelrijen:
    """Per rij wat er verandert en wat eraan mankeert."""
    lijst = f"voorstel {voorstel}"
    after = number_of(lijst, vraag.na)
    soorten = tuple(Rijsoort) if vraag.soort is None else (vraag.soort,)
    inventarisvoorstel.read_voorstel(desk.platform, desk.actor, id, voorstel)
    with desk.platform.registry.read() as reading:
        rows = reading.voorstellen.rijen(voorstel, soorten=soorten, after=after, limit=vraag.aantal + 1)
    page, volgende = cut(rows, vraag.aantal, lijst=lijst, place=lambda row: str(row.plaats))
    return schemas.Voorstelrijen(resultaten=[schemas.Voorstelrij.of(row) for row in page], volgende=volgende)


@router.post(
    "/publicaties/{id}/inventaris/voorstellen/{voorstel}/overnemen", summary="Neem een voorstel over"
)
def apply_voorstel(
    id: Id, voorstel: Id, desk: AtDesk, invoer: VoorstelOvernemen
) -> schemas.Inventarisvergelijking:
    """Alles of niets. Zijn er rijen met fouten, dan alleen als u ze alle noemt in `overslaan`."""
    done = inventarisvoorstel.apply_voorstel(
        desk.platform, desk.actor, id, voorstel, overslaan=invoer.overslaan
    )
    return _told(desk, done)


@router.delete(
    "/publicaties/{id}/inventaris/voorstellen/{voorstel}", status_code=204, summary="Gooi een voorstel weg"
)
def discard_voorstel(id: Id, voorstel: Id, desk: AtDesk) -> Response:
    """De inventaris blijft zoals zij is."""
    inventarisvoorstel.discard_voorstel(desk.platform, desk.actor, id, voorstel)
    return Response(status_code=204)


def gegevens_of(desk: Desk) -> Regelgegevens:
    """What checks the fields of a row."""
    return Regelgegevens(load_grondenlezer(desk.platform.lijsten), desk.platform.now().date())


def _propose(desk: Desk, id: str, upload: Upload) -> schemas.Inventarisvergelijking:
    invoer = cast(LijstGegevens, validated(upload.velden, LijstGegevens))
    wijze = wijze_of(invoer.blad, invoer.datums, invoer.kolomregels())
    lijst = read_lijst(desk, upload.file.file, upload.naam, wijze)
    dagen = desk.settings.inventaris.voorstel_dagen
    return _told(desk, inventarisvoorstel.propose(desk.platform, desk.actor, id, lijst, dagen=dagen))


def _told(desk: Desk, voorstel: Inventarisvoorstel) -> schemas.Inventarisvergelijking:
    with desk.platform.registry.read() as reading:
        foutrijen = reading.voorstellen.foutrijen(voorstel.id)
    return schemas.Inventarisvergelijking.of(voorstel, foutrijen, desk.platform.now())


def _saved(regel: Inventarisregel, gegevens: Regelgegevens) -> schemas.OpgeslagenRegel:
    return schemas.OpgeslagenRegel(regel=schemas.Regel.of(regel), let_op=gegevens.let_op(regel))
