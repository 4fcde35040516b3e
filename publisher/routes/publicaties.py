"""Publicaties: list, make, show, change, publish, withdraw."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from publisher import schemas
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import Bladeren
from publisher.intrekken_inputs import NieuweIntrekking
from publisher.paging import cut, place_of
from publisher.publicatie_inputs import NieuwePublicatie, PublicatieGegevens, PublicatieWijziging, Zoeken
from woo.domain.publicatie import Publicatie
from woo.usecases import intrekking, inzage, publicatie, publicatie_gegevens

router = APIRouter(tags=["publicaties"])


@router.get("/publicaties", summary="Alle publicaties")
def list_publicaties(desk: AtDesk, deel: Annotated[Zoeken, Query()]) -> schemas.Publicaties:
    """Die van uw organisaties, ook wat nog niet openbaar is of is ingetrokken. De volgorde is die van de id's."""
    after = place_of("publicaties", deel.na)
    found = inzage.list_publicaties(
        desk.platform, desk.actor, deel.vraag(), after=after, limit=deel.aantal + 1
    )
    page, volgende = cut(found, deel.aantal, lijst="publicaties", place=lambda row: row.id)
    return schemas.Publicaties(resultaten=[_shown(desk, row) for row in page], volgende=volgende)


@router.post("/publicaties", status_code=201, summary="Maak een publicatie")
def create_publicatie(desk: AtDesk, nieuw: NieuwePublicatie, response: Response) -> schemas.Publicatie:
    """De publicatie begint als concept: niemand buiten de balie ziet haar."""
    wanted = publicatie.NieuwePublicatie(
        publisher=nieuw.publisher,
        officiele_titel=nieuw.officiele_titel,
        informatiecategorieen=tuple(dict.fromkeys(nieuw.informatiecategorieen)),
        verkorte_titel=nieuw.verkorte_titel,
        omschrijving=nieuw.omschrijving,
        kenmerk=nieuw.kenmerk,
        themas=tuple(nieuw.themas),
    )
    made = publicatie.create_publicatie(desk.platform, desk.actor, wanted)
    response.headers["Location"] = f"/v1/publicaties/{made.id}"
    return _shown(desk, made)


@router.get("/publicaties/{id}", summary="Eén publicatie met haar documenten")
def get_publicatie(
    id: Id, desk: AtDesk, deel: Annotated[Bladeren, Query()]
) -> schemas.PublicatieMetDocumenten:
    """De documenten komen per pagina; blader verder met `documenten.volgende`."""
    lijst = f"documenten van {id}"
    after = place_of(lijst, deel.na)
    limit = deel.aantal + 1
    found, documents = inzage.list_documents(desk.platform, desk.actor, id, after=after, limit=limit)
    page, volgende = cut(documents, deel.aantal, lijst=lijst, place=lambda row: row.id)
    lijsten = desk.platform.lijsten
    return schemas.PublicatieMetDocumenten(
        publicatie=_shown(desk, found),
        documenten=schemas.Documenten(
            resultaten=[schemas.Document.of(row, found, lijsten) for row in page], volgende=volgende
        ),
    )


@router.put("/publicaties/{id}", summary="Schrijf alle gegevens van een publicatie")
def rewrite_publicatie(id: Id, desk: AtDesk, gegevens: PublicatieGegevens) -> schemas.Publicatie:
    """Wat u niet noemt, wordt leeg. Met `gewijzigdOp` overschrijft u nooit het werk van een ander."""
    made = publicatie_gegevens.rewrite_publicatie(
        desk.platform,
        desk.actor,
        id,
        gegevens.gegevens(),
        gezien=gegevens.gewijzigd_op,
        toelichting=gegevens.uitleg(),
    )
    return _shown(desk, made)


@router.patch("/publicaties/{id}", summary="Wijzig een publicatie")
def change_publicatie(id: Id, desk: AtDesk, wijziging: PublicatieWijziging) -> schemas.Publicatie:
    """Alleen de velden die u noemt veranderen. Wat is ingetrokken, verandert niet meer."""
    changed = publicatie.change_publicatie(
        desk.platform,
        desk.actor,
        id,
        **wijziging.velden(),
        gezien=wijziging.gewijzigd_op,
        toelichting=wijziging.uitleg(),
    )
    return _shown(desk, changed)


@router.post("/publicaties/{id}/publiceer", summary="Publiceer een publicatie")
def publish_publicatie(id: Id, desk: AtDesk) -> schemas.Publicatie:
    """Maakt de publicatie openbaar, met elk document dat is gelezen. Nog een keer publiceren verandert niets."""
    return _shown(desk, publicatie.publish(desk.platform, desk.actor, id))


@router.post("/publicaties/{id}/intrekken", summary="Trek een publicatie in")
def withdraw_publicatie(id: Id, desk: AtDesk, verzoek: NieuweIntrekking) -> schemas.Publicatie:
    """Haalt de publicatie en al haar documenten meteen overal weg waar zij openbaar zijn."""
    gone = intrekking.withdraw_publicatie(
        desk.platform, desk.actor, id, reden=verzoek.reden, code=verzoek.code, intern=verzoek.intern
    )
    return _shown(desk, gone)


def _shown(desk: Desk, found: Publicatie) -> schemas.Publicatie:
    return schemas.Publicatie.of(found, desk.platform.lijsten)
