"""The page of API keys: who has one, make one, end one; its secret is shown once."""

from functools import partial

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from publisher import keys
from publisher.balie import flash, keuzes
from publisher.balie.deel import Deel, Verwijzing
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk, Id
from publisher.inputs import BodyInput, Code, Naam
from publisher.limits import MAX_DAYS
from woo.domain.actor import Recht, Rol
from woo.usecases.rechten import MATRIX, Handeling

router = APIRouter(include_in_schema=False)
_PLEK = "/beheer/sleutels"


class Sleutelformulier(BodyInput):
    """Een nieuwe sleutel, zoals het formulier haar vraagt: één rol, bij alle organisaties of bij één."""

    naam: Naam = Field(title="Naam")
    rol: Rol = Field(title="Rol")
    organisatie: Code | None = Field(default=None, title="Organisatie")
    handelingen: list[Code] = Field(default=[], max_length=100, title="Handelingen")
    dagen: int = Field(ge=1, le=MAX_DAYS, title="Dagen")


class Intrekken(BodyInput):
    """De knop die een sleutel beëindigt; er is niets in te vullen."""


@router.get("/beheer/sleutels")
def get_sleutels(request: Request, desk: AtDesk) -> Response:
    return _page(request, desk, Invulling.of({"dagen": 365}))


@router.post("/beheer/sleutels")
def post_sleutel(request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(invoer: Sleutelformulier) -> Response:
        key, geheim = keys.create_key(
            desk.platform,
            desk.actor,
            invoer.naam,
            rol=invoer.rol if invoer.organisatie is None else None,
            dagen=invoer.dagen,
            organisaties=None if invoer.organisatie is None else {invoer.organisatie: invoer.rol},
            handelingen=invoer.handelingen or None,
        )
        # No redirect: the secret may stand on this one answer alone.
        return _page(request, desk, Invulling.of({"dagen": 365}), 201, nieuw=(key.naam, geheim))

    return handled(form, Sleutelformulier, do, partial(_page, request, desk))


@router.post("/beheer/sleutels/{id}/intrekken")
def post_intrekken(id: Id, request: Request, desk: AtDesk, form: SentForm) -> Response:
    def do(_: Intrekken) -> Response:
        key = keys.revoke_key(desk.platform, desk.actor, id)
        return flash.after(_PLEK, f"De sleutel “{key.naam}” werkt niet meer.")

    return handled(form, Intrekken, do, partial(_page, request, desk))


def _page(
    request: Request,
    desk: Desk,
    form: Invulling,
    status: int = 200,
    *,
    nieuw: tuple[str, str] | None = None,
) -> Response:
    now, lijst = desk.platform.now(), desk.platform.lijsten.organisaties
    return pages_of(request).render(
        request,
        "sleutels.html",
        status=status,
        form=form,
        nieuw=nieuw,
        rollen=[(rol.value, rol.value) for rol in Rol],
        organisaties=keuzes.organisaties(desk, Recht.ADMINISTER),
        overal=desk.actor.per_organisatie is None,
        handelingen=[(each.value, f"{each.value}: {MATRIX[each].wat}") for each in Handeling],
        sleutels=[
            {
                "key": key,
                "stand": "ingetrokken"
                if key.ingetrokken_op is not None
                else "geldig"
                if key.is_valid(now)
                else "verlopen",
                "waar": "alle organisaties"
                if key.per_organisatie is None
                else ", ".join(
                    f"{keuzes.naam(lijst, code)} ({rol.value})" for code, rol in key.per_organisatie.items()
                ),
            }
            for key in reversed(keys.list_keys(desk.platform, desk.actor))
        ],
    )


DEEL = Deel(
    router,
    beheer=(
        Verwijzing(
            _PLEK,
            "API-sleutels",
            "Toegang voor zaaksystemen en andere programma's: maken, beperken, beëindigen.",
            Recht.ADMINISTER,
        ),
    ),
)
