"""Checks of other publishers: ask for one, read its report, make that public or take it away."""

from fastapi import APIRouter

from publisher import bron_schemas as schemas
from publisher.bron_inputs import Controlevraag, Openbaarheid
from publisher.desk import AtDesk, Id
from woo.usecases import broncontrole

router = APIRouter(tags=["bronnen"])


@router.get("/bronnen", summary="Nagekeken websites")
def list_checks(desk: AtDesk) -> schemas.Broncontroles:
    """De laatste honderd keer dat een website van een ander is nagekeken. Alleen wie voor elke organisatie beheert."""
    found = broncontrole.read_checks(desk.platform, desk.actor)
    return schemas.Broncontroles(resultaten=[schemas.Broncontrole.of(each) for each in found])


@router.post("/bronnen", status_code=202, summary="Laat een website nakijken")
def request_check(desk: AtDesk, vraag: Controlevraag) -> schemas.Broncontrole:
    """De verwerking kijkt de website na zoals de landelijke index dat doet. Dat duurt enkele minuten."""
    return schemas.Broncontrole.of(broncontrole.request_check(desk.platform, desk.actor, vraag.adres))


@router.get("/bronnen/{id}", summary="Eén nagekeken website")
def get_check(id: Id, desk: AtDesk) -> schemas.Broncontrole:
    """Het verslag, als het er al is."""
    return schemas.Broncontrole.of(broncontrole.read_check(desk.platform, desk.actor, id))


@router.post("/bronnen/{id}/openbaarheid", summary="Maak een verslag openbaar of haal het weg")
def show_check(id: Id, desk: AtDesk, invoer: Openbaarheid) -> schemas.Broncontrole:
    """Van elke website is één verslag openbaar: dat van een eerdere keer gaat weg."""
    changed = broncontrole.show_check(desk.platform, desk.actor, id, openbaar=invoer.openbaar)
    return schemas.Broncontrole.of(changed)
