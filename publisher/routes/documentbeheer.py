"""Documents looked after: many changed at once, their order, relations, suggestions and versions."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from publisher import documentbeheer_schemas as schemas
from publisher.afhalen import download
from publisher.desk import AtDesk, Desk, Id
from woo.domain.document import Document
from woo.usecases import document_gegevens, inzage, relaties, volgorde

router = APIRouter(tags=["documenten"])
Versienummer = Annotated[int, Path(ge=1, le=1_000_000, description="Het nummer van de versie.")]


@router.post("/publicaties/{id}/documenten/wijzigen", summary="Geef veel documenten dezelfde waarden")
def change_many(id: Id, desk: AtDesk, samen: schemas.SamenWijzigen) -> schemas.Gewijzigd:
    """Alle genoemde documenten veranderen, of geen enkel."""
    changed = document_gegevens.change_many(desk.platform, desk.actor, id, samen.ids, samen.changes())
    return schemas.Gewijzigd(gewijzigd=changed)


@router.put("/publicaties/{id}/documenten/volgorde", summary="Zet de documenten in volgorde")
def set_order(id: Id, desk: AtDesk, wens: schemas.Volgorde) -> schemas.Gewijzigd:
    """Noem alle documenten van de publicatie. Is er intussen een bijgekomen, dan verandert niets."""
    return schemas.Gewijzigd(gewijzigd=volgorde.set_order(desk.platform, desk.actor, id, wens.ids))


@router.post("/documenten/{id}/volgnummer", summary="Geef een document een andere plaats")
def move(id: Id, desk: AtDesk, plaats: schemas.Plaats) -> schemas.Plaats:
    """De andere documenten schuiven op. Een plaats voorbij het einde is het einde."""
    return schemas.Plaats(volgnummer=volgorde.move(desk.platform, desk.actor, id, plaats.volgnummer))


@router.get("/documenten/{id}/relaties", summary="De relaties van een document")
def get_relaties(id: Id, desk: AtDesk) -> schemas.Relaties:
    """Die van mensen en die van programma's, in beide richtingen."""
    _readable(desk, id)
    with desk.platform.registry.read() as reading:
        found = reading.relaties(id)
    return schemas.Relaties(relaties=[schemas.Relatie.of(each, id) for each in found])


@router.post("/documenten/{id}/relaties", status_code=201, summary="Leg een relatie")
def add_relatie(id: Id, desk: AtDesk, nieuw: schemas.NieuweRelatie) -> schemas.Relatie:
    """Zegt hoe dit document bij een ander hoort. Wat u zegt, haalt geen programma weg."""
    made = relaties.relate(desk.platform, desk.actor, id, nieuw.soort, nieuw.naar)
    return schemas.Relatie.of(made, id)


@router.post("/documenten/{id}/relaties/weghalen", summary="Haal een relatie weg")
def drop_relatie(id: Id, desk: AtDesk, weg: schemas.NieuweRelatie) -> schemas.Relaties:
    """Ook een relatie die een programma vond; dat kan haar opnieuw vinden als het bestand opnieuw wordt gelezen."""
    relaties.unrelate(desk.platform, desk.actor, id, weg.soort, weg.naar)
    return get_relaties(id, desk)


@router.get("/documenten/{id}/voorstellen", summary="Voorstellen voor de gegevens")
def get_voorstellen(id: Id, desk: AtDesk) -> schemas.Voorstellen:
    """Wat programma's in het bestand vonden, met hoe zeker het is en waar het stond."""
    found = _readable(desk, id).voorstellen
    return schemas.Voorstellen(voorstellen=[schemas.Voorstel.model_validate(each) for each in found])


@router.post("/documenten/{id}/voorstellen/overnemen", summary="Neem een voorstel over")
def accept(id: Id, desk: AtDesk, voorstel: schemas.Overnemen) -> schemas.Overnemen:
    """Daarna geldt de waarde als door een mens gezegd: geen programma verandert haar nog."""
    document_gegevens.accept_voorstel(desk.platform, desk.actor, id, voorstel.veld, voorstel.waarde)
    return voorstel


@router.get("/documenten/{id}/versies", summary="De versies van het bestand")
def get_versies(id: Id, desk: AtDesk) -> schemas.Versies:
    """Elk bestand dat het document heeft of had, met de reden die iedereen kan lezen."""
    _readable(desk, id)
    with desk.platform.registry.read() as reading:
        found = reading.versions(id)
    return schemas.Versies(versies=[schemas.Versie.of(each) for each in found])


@router.get("/documenten/{id}/bestand", summary="Het bestand van een document", response_class=Response)
def get_bestand(id: Id, desk: AtDesk) -> Response:
    """Zoals het is ontvangen, altijd als download. Is het niet openbaar, dan staat in het logboek dat u het ophaalde."""
    return download(desk, id)


@router.get(
    "/documenten/{id}/versies/{versie}/bestand",
    summary="Het bestand van een eerdere versie",
    response_class=Response,
)
def get_versiebestand(id: Id, versie: Versienummer, desk: AtDesk) -> Response:
    """Ook een bestand dat is vervangen. Wat is vernietigd, is er niet meer (404)."""
    return download(desk, id, versie)


def _readable(desk: Desk, id: str) -> Document:
    return inzage.read_document(desk.platform, desk.actor, id)[0]
