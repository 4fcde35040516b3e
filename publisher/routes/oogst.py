"""Harvesting: the sources, their runs, asking for a run, and releasing what was kept."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field

from publisher import oogst_schemas as schemas
from publisher.desk import AtDesk, Id
from publisher.inputs import QueryInput
from publisher.oogst_bronnen import bronnen_of
from woo.domain.oogst import Verschil
from woo.usecases import oogst

router = APIRouter(tags=["oogst"])
Naam = Annotated[
    str, Path(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100, description="De naam van een bron.")
]


class Runvraag(QueryInput):
    """Welke documenten van een run."""

    verschil: Verschil | None = Field(default=None, description="Alleen documenten waarmee dit gebeurde.")
    na: str = Field(default="", max_length=2000, description="De waarde van `volgende`.")


@router.get("/oogst", summary="Bronnen waarvan documenten worden overgenomen")
def list_bronnen(desk: AtDesk) -> schemas.Bronnen:
    """Elke bron van uw organisaties, met haar laatste run."""
    found = oogst.read_bronnen(desk.platform, desk.actor, bronnen_of(desk))
    return schemas.Bronnen(resultaten=[schemas.Bron.of(each) for each in found])


@router.get("/oogst/runs/{id}", summary="Wat een run zag")
def get_run(id: Id, desk: AtDesk, vraag: Annotated[Runvraag, Query()]) -> schemas.Rundocumenten:
    """De run, zijn waarschuwingen en zijn documenten, honderd per keer."""
    blad = oogst.read_run(
        desk.platform, desk.actor, bronnen_of(desk), id, verschil=vraag.verschil, na=vraag.na
    )
    return schemas.Rundocumenten.of(blad)


@router.get("/oogst/{id}", summary="Een bron en haar runs")
def get_bron(id: Naam, desk: AtDesk) -> schemas.Bronblad:
    """De bron met haar laatste dertig runs."""
    stand, runs = oogst.read_bron(desk.platform, desk.actor, bronnen_of(desk), id)
    return schemas.Bronblad(bron=schemas.Bron.of(stand), runs=[schemas.Run.of(each) for each in runs])


@router.post("/oogst/{id}/vragen", summary="Laat een bron oogsten")
def ask_run(id: Naam, desk: AtDesk) -> schemas.Bronblad:
    """De verwerking begint zo snel mogelijk, als de bron op dit uur gevraagd mag worden."""
    oogst.vraag_run(desk.platform, desk.actor, bronnen_of(desk), id)
    return get_bron(id, desk)


@router.post("/oogst/{id}/vrijgeven", summary="Geef vrij wat is geoogst")
def release(id: Naam, desk: AtDesk) -> schemas.Vrijgegeven:
    """Maakt openbaar wat van deze bron als concept klaarstaat, en laat wijzigingen overnemen van wat openbaar is."""
    done, refused, changes = oogst.geef_vrij(desk.platform, desk.actor, bronnen_of(desk), id)
    return schemas.Vrijgegeven(gepubliceerd=done, niet_gelukt=refused, wijzigingen=changes)
