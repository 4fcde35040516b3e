"""The pages of a list that is read in: upload it, see what would change and what is wrong, confirm or throw away."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Deel
from publisher.balie.forms import Form, SentForm, checked, reading
from publisher.balie.handling import Invulling, handled
from publisher.balie.inventaris_delen import SOORT, changes_of, publicatie_of
from publisher.balie.pages import pages_of
from publisher.bestandssoorten import FIELD
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput, PaginaVraag
from publisher.inventaris_inputs import LijstGegevens
from publisher.lijsten import limit_of, read_lijst, wijze_of
from publisher.paging import cut, number_of
from publisher.problems import refused_input
from publisher.uploads import plain_name
from woo.domain.inventarisvoorstel import Inventarisvoorstel, Rijsoort, Voorstelrij
from woo.domain.publicatie import Publicatie
from woo.inventaris.datums import Volgorde
from woo.inventaris.fouten import Lijstfout
from woo.inventaris.merken import ranges
from woo.usecases import inventarisvoorstel
from woo.usecases.geweigerd import documents_of
from woo.usecases.rechten import Handeling
from woo.views.dutch import counted

router = APIRouter(include_in_schema=False)
_PER_PAGE = 100
_OVERHEAD = 1024 * 1024
_DATUMS = [
    (Volgorde.DAG_MAAND.value, "dag-maand (10/9 is 10 september)"),
    (Volgorde.MAAND_DAG.value, "maand-dag (10/9 is 9 oktober)"),
]


class Rijvraag(PaginaVraag):
    """Which rows of a proposal the page shows."""

    soort: Rijsoort | None = None
    na: str | None = Field(default=None, max_length=500)


class Bevestiging(BodyInput):
    """What is confirmed: that the wrong rows are left out, as many as were shown."""

    weglaten: Literal["ja"] | None = Field(default=None, title="Rijen weglaten")
    aantal: int | None = Field(default=None, title="Aantal rijen")


@router.get("/publicaties/{id}/inventaris/lijst")
def get_lijst(id: Id, request: Request, desk: AtDesk) -> Response:
    _editable(desk, id)
    return _upload_form(request, desk, id, Invulling())


@router.post("/publicaties/{id}/inventaris/lijst")
async def post_lijst(id: Id, request: Request, desk: AtDesk) -> Response:
    await run_in_threadpool(_editable, desk, id)
    limit = limit_of(desk)
    async with reading(request, files=1, limit=limit + _OVERHEAD) as form:
        return await run_in_threadpool(_compare, request, desk, id, form)


@router.get("/publicaties/{id}/inventaris/voorstellen/{voorstel}")
def get_voorstel(
    id: Id, voorstel: Id, request: Request, desk: AtDesk, vraag: Annotated[Rijvraag, Query()]
) -> Response:
    return _voorstel_page(request, desk, id, voorstel, Invulling(), vraag=vraag)


@router.post("/publicaties/{id}/inventaris/voorstellen/{voorstel}")
def post_voorstel(id: Id, voorstel: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Bevestiging) -> Response:
        wrong = inventarisvoorstel.read_voorstel(desk.platform, desk.actor, id, voorstel)[1]
        if wrong and (invoer.weglaten is None or invoer.aantal != len(wrong)):
            count = "Er is 1 rij" if len(wrong) == 1 else f"Er zijn {len(wrong)} rijen"
            detail = f"{count} met fouten. Verbeter de lijst en lees haar opnieuw in, of zet het vinkje."
            raise refused_input("body", "weglaten", "niet-bevestigd", detail)
        inventarisvoorstel.apply_voorstel(desk.platform, desk.actor, id, voorstel, overslaan=wrong)
        left = f" {counted(len(wrong), 'rij', 'rijen')} overgeslagen." if wrong else ""
        return flash.after(f"/publicaties/{id}/inventaris", f"De inventaris is overgenomen.{left}")

    return handled(form, Bevestiging, do, partial(_voorstel_page, request, desk, id, voorstel))


@router.post("/publicaties/{id}/inventaris/voorstellen/{voorstel}/weggooien")
def post_weggooien(id: Id, voorstel: Id, desk: AtDesk, form: SentForm) -> Response:
    checked(form, _Niets)
    inventarisvoorstel.discard_voorstel(desk.platform, desk.actor, id, voorstel)
    return flash.after(
        f"/publicaties/{id}/inventaris", "Het voorstel is weg. De inventaris is niet veranderd."
    )


class _Niets(BodyInput):
    """A form with nothing but its button."""


def _compare(request: Request, desk: Desk, id: str, form: Form) -> Response:
    keuzes: list[str] = []

    def do(invoer: LijstGegevens) -> Response:
        file = _file(form)
        wijze = wijze_of(invoer.blad, invoer.datums, invoer.kolomregels())
        try:
            lijst = read_lijst(desk, file.file, plain_name(file.filename or ""), wijze)
        except Lijstfout as error:
            keuzes.extend(error.accepted if error.field == "blad" else ())
            raise
        dagen = desk.settings.inventaris.voorstel_dagen
        made = inventarisvoorstel.propose(desk.platform, desk.actor, id, lijst, dagen=dagen)
        return flash.after(
            f"/publicaties/{id}/inventaris/voorstellen/{made.id}", "De lijst is gelezen en vergeleken."
        )

    def show(filled: Invulling, status: int) -> Response:
        return _upload_form(request, desk, id, filled, status, bladen=keuzes)

    return handled(form, LijstGegevens, do, show)


def _file(form: Form) -> UploadFile:
    """The one file of the form; a browser sends an empty one where none was chosen."""
    found = [file for naam, file in form.bestanden if naam == FIELD and file.filename]
    if len(found) != 1:
        raise refused_input("body", FIELD, "missing", "Kies het bestand met de lijst.")
    return found[0]


def _editable(desk: Desk, id: str) -> Publicatie:
    return desk.publicatie_for(Handeling.INVENTARIS_VOORSTELLEN, id)


def _upload_form(
    request: Request,
    desk: Desk,
    id: str,
    form: Invulling,
    status: int = 200,
    *,
    bladen: Sequence[str] = (),
) -> Response:
    return pages_of(request).render(
        request,
        "inventaris_lijst.html",
        status=status,
        publicatie=_editable(desk, id),
        base=f"/publicaties/{id}/inventaris",
        form=form,
        bladen=[(naam, naam) for naam in bladen],
        datums=_DATUMS,
    )


def _voorstel_page(
    request: Request,
    desk: Desk,
    id: str,
    voorstel_id: str,
    form: Invulling,
    status: int = 200,
    *,
    vraag: Rijvraag | None = None,
) -> Response:
    vraag = vraag or Rijvraag()
    publicatie = publicatie_of(desk, id)
    lijst = f"balie voorstel {voorstel_id}"
    after = number_of(lijst, vraag.na)
    voorstel, wrong = inventarisvoorstel.read_voorstel(desk.platform, desk.actor, id, voorstel_id)
    with desk.platform.registry.read() as reading_:
        soort = vraag.soort or _first(voorstel)
        rows = reading_.voorstellen.rijen(voorstel_id, soorten=(soort,), after=after, limit=_PER_PAGE + 1)
        let_op = reading_.voorstellen.rijen(voorstel_id, soorten=_GOOD, let_op=True, limit=_PER_PAGE)
        documenten = documents_of(reading_, id)
    page, volgende = cut(rows, _PER_PAGE, lijst=lijst, place=lambda row: str(row.plaats))
    base = f"/publicaties/{id}/inventaris"
    here = f"{base}/voorstellen/{voorstel_id}"
    titels = {each.id: each.officiele_titel for each in documenten}
    return pages_of(request).render(
        request,
        "inventaris_voorstel.html",
        status=status,
        publicatie=publicatie,
        voorstel=voorstel,
        open=voorstel.is_open(desk.platform.now()),
        base=base,
        here=here,
        form=form,
        soort=soort,
        soorten=[(each, SOORT[each], voorstel.tellingen.get(each, 0)) for each in Rijsoort],
        rijen=[_row(each, titels) for each in page],
        let_op=[each for each in let_op if any(not m.is_fout for m in each.meldingen)],
        foutrijen=ranges(wrong),
        aantal_fout=len(wrong),
        titels=titels,
        further=f"{here}?" + urlencode({"soort": soort.value, "na": volgende}) if volgende else "",
        start=f"{here}?" + urlencode({"soort": soort.value}) if vraag.na else "",
    )


_GOOD = (Rijsoort.NIEUW, Rijsoort.GEWIJZIGD, Rijsoort.GELIJK)


def _first(voorstel: Inventarisvoorstel) -> Rijsoort:
    """The kind of rows to look at first: what is wrong, or else what changes."""
    return next((each for each in Rijsoort if voorstel.tellingen.get(each, 0)), Rijsoort.GELIJK)


def _row(rij: Voorstelrij, titels: Mapping[str, str]) -> Mapping[str, Any]:
    changes = (
        [] if rij.oud is None or rij.nieuw is None else changes_of(rij.oud, rij.nieuw, rij.velden, titels)
    )
    regel = rij.nieuw or rij.oud
    document = None if regel is None or regel.document_id is None else regel.document_id
    waarom = () if regel is None else (*regel.gronden, *regel.wetten, *regel.bijzonderheden)
    return {
        "rij": rij,
        "regel": regel,
        "waarom": "; ".join(each.replace("_", " ") for each in waarom),
        "wijzigingen": changes,
        "document": None if document is None else titels.get(document, document),
    }


DEEL = Deel(router)
