"""The page for what can never be public: a letter or request as it was sent, or what goes to the requester alone."""

from collections.abc import Sequence
from functools import partial
from typing import Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from publisher.balie import flash
from publisher.balie.deel import Blok, Deel, Verwijzing
from publisher.balie.forms import Form, reading
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput, Titel
from publisher.uploads import chosen_files, taken
from woo.domain.actor import Recht
from woo.domain.document import Bestemming, Document, Documentrol
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.usecases import inzage
from woo.usecases.document import NieuwDocument, add_document, check_room

router = APIRouter(include_in_schema=False)
_OVERHEAD = 2**20
BESTEMMINGEN = (
    (Bestemming.VERZONDEN.value, "Zoals verzonden: een brief of verzoek met de namen erin"),
    (Bestemming.ALLEEN_VERZOEKER.value, "Alleen voor de verzoeker (artikel 5.5, 5.6 of 5.7 Woo)"),
)
ROLLEN = (
    (Documentrol.BESLUITBRIEF.value, "De besluitbrief"),
    (Documentrol.VERZOEK.value, "Het verzoek"),
    (Documentrol.INVENTARIS.value, "De inventarislijst"),
    (Documentrol.BIJLAGE.value, "Een bijlage"),
)
"""What a document can be within its dossier, as the pages say it."""


class NooitOpenbaar(BodyInput):
    """A document that is kept and never shown."""

    officiele_titel: Titel = Field(title="Titel")
    bestemming: Literal[Bestemming.VERZONDEN, Bestemming.ALLEEN_VERZOEKER] = Field(title="Voor wie")
    rol: Documentrol | None = Field(default=None, title="Wat het is in het dossier")
    bestand: None = Field(default=None, title="Bestand")


@router.get("/publicaties/{id}/nooit-openbaar")
def get_nooit_openbaar(id: Id, request: Request, desk: AtDesk) -> Response:
    return _page(request, desk, _with_room(desk, id), Invulling())


@router.post("/publicaties/{id}/nooit-openbaar")
async def post_nooit_openbaar(id: Id, request: Request, desk: AtDesk) -> Response:
    publicatie = await run_in_threadpool(_with_room, desk, id)
    limit = desk.settings.limits.file_bytes
    async with reading(request, files=1, limit=limit + _OVERHEAD) as form:
        return await run_in_threadpool(_keep, request, desk, publicatie, form)


def _keep(request: Request, desk: Desk, publicatie: Publicatie, form: Form) -> Response:
    def do(invoer: NooitOpenbaar) -> Response:
        upload = taken(chosen_files(form.bestanden)[0], limit=desk.settings.limits.file_bytes)
        wanted = NieuwDocument(
            officiele_titel=invoer.officiele_titel,
            bestand=upload.admit(desk.platform, desk.actor),
            herkomst={"officiele_titel": "balie"},
            bestemming=invoer.bestemming,
            rol=invoer.rol,
        )
        made = add_document(desk.platform, desk.actor, publicatie.id, wanted)
        return flash.after(f"/documenten/{made.id}", "Het document is bewaard. Het wordt nooit openbaar.")

    return handled(form, NooitOpenbaar, do, partial(_page, request, desk, publicatie))


def _page(
    request: Request, desk: Desk, publicatie: Publicatie, form: Invulling, status: int = 200
) -> Response:
    return pages_of(request).render(
        request,
        "verzonden.html",
        status=status,
        publicatie=publicatie,
        form=form,
        bestemmingen=BESTEMMINGEN,
        rollen=ROLLEN,
        most=desk.settings.limits.file_bytes,
    )


def _with_room(desk: Desk, id: str) -> Publicatie:
    """The publicatie, when the actor may add to it; refused before a file is read."""
    check_room(desk.platform, desk.actor, id)
    return inzage.read_publicatie(desk.platform, desk.actor, id)


def _acties(_: Desk, publicatie: Publicatie) -> Sequence[Verwijzing]:
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        return ()
    public = publicatie.status is Publicatiestatus.GEPUBLICEERD
    href = f"/publicaties/{publicatie.id}/nooit-openbaar"
    uitleg = "De brief zoals verzonden, of wat alleen de verzoeker krijgt."
    recht = Recht.PUBLISH if public else Recht.EDIT
    return (Verwijzing(href, "Document bewaren dat nooit openbaar wordt", uitleg, recht),)


def _blokken(_: Desk, document: Document, __: Publicatie) -> Sequence[Blok]:
    """For whom a document is and what it is in the dossier, where that is more than one of many for the public."""
    if document.bestemming is Bestemming.OPENBAAR and document.rol is None:
        return ()
    velden = {
        "bestemming": dict(BESTEMMINGEN).get(document.bestemming.value),
        "rol": None if document.rol is None else dict(ROLLEN)[document.rol.value],
    }
    return (Blok("bestemming", "verzonden_blok.html", velden, volgorde=10),)


DEEL = Deel(router, publicatie_acties=_acties, document_blokken=_blokken)
