"""The page on which many files at once become documents of a publicatie: what is taken in stays, what is not is told with why."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from publisher import aannemen
from publisher.aannemen import require_room
from publisher.balie import flash
from publisher.balie.deel import Deel, Verwijzing
from publisher.balie.forms import Form, reading
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput
from publisher.problems import of
from publisher.uploads import chosen_files, taken
from woo.domain.actor import Recht
from woo.domain.errors import NotAllowed, NotFound, WooError
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.views.dutch import counted

router = APIRouter(include_in_schema=False)
MOST_FILES = 200
"""Files in one form."""

_OVERHEAD = 2**20


class Bestanden(BodyInput):
    """The form has files alone; the field is named so that what is wrong with it stands there."""

    bestand: None = Field(default=None, title="Bestanden")


@dataclass(frozen=True, slots=True)
class Geweigerd:
    """A file that was not taken in: its name as it was sent, and why."""

    naam: str
    waarom: str


@router.get("/publicaties/{id}/toevoegen")
def get_toevoegen(id: Id, request: Request, desk: AtDesk) -> Response:
    return _page(request, desk, require_room(desk, id), (), Invulling())


@router.post("/publicaties/{id}/toevoegen")
async def post_toevoegen(id: Id, request: Request, desk: AtDesk) -> Response:
    publicatie = await run_in_threadpool(require_room, desk, id)
    limit = desk.settings.limits.file_bytes * 2 + _OVERHEAD
    async with reading(request, files=MOST_FILES, limit=limit) as form:
        return await run_in_threadpool(_take_in, request, desk, publicatie, form)


def _take_in(request: Request, desk: Desk, publicatie: Publicatie, form: Form) -> Response:
    refused: list[Geweigerd] = []

    def do(_: Bestanden) -> Response:
        chosen = chosen_files(form.bestanden)
        added = 0
        for file in chosen:
            try:
                aannemen.add(desk, publicatie.id, taken(file, limit=desk.settings.limits.file_bytes))
            except (NotFound, NotAllowed):
                raise
            except WooError as error:
                refused.append(Geweigerd(file.filename or "", _why(error)))
            else:
                added += 1
        told = f"{counted(added, 'document is', 'documenten zijn')} toegevoegd."
        if not refused:
            return flash.after(f"/publicaties/{publicatie.id}", told)
        return _page(request, desk, publicatie, refused, Invulling(), 400, told=told if added else "")

    return handled(form, Bestanden, do, partial(_page, request, desk, publicatie, refused))


def _why(error: WooError) -> str:
    return of(error).detail


def _page(
    request: Request,
    desk: Desk,
    publicatie: Publicatie,
    refused: Sequence[Geweigerd],
    form: Invulling,
    status: int = 200,
    *,
    told: str = "",
) -> Response:
    return pages_of(request).render(
        request,
        "toevoegen.html",
        status=status,
        publicatie=publicatie,
        refused=refused,
        form=form,
        told=told,
        most_files=MOST_FILES,
        most=desk.settings.limits.file_bytes,
    )


def _acties(_: Desk, publicatie: Publicatie) -> list[Verwijzing]:
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        return []
    public = publicatie.status is Publicatiestatus.GEPUBLICEERD
    recht = Recht.PUBLISH if public else Recht.EDIT
    return [
        Verwijzing(
            f"/publicaties/{publicatie.id}/toevoegen", "Documenten toevoegen", "Een of meer bestanden.", recht
        )
    ]


DEEL = Deel(router, publicatie_acties=_acties)
