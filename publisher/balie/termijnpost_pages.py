"""The page on which somebody asks for the digest of the legal terms by mail, or ends it."""

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher.account_inputs import Termijnpost
from publisher.balie import flash
from publisher.balie.deel import Deel
from publisher.balie.forms import SentForm
from publisher.balie.handling import Invulling, handled
from publisher.balie.pages import pages_of
from publisher.desk import AtDesk, Desk
from publisher.routes.mijn import own
from woo.domain.termijnpost import Hoevaak
from woo.usecases.termijnabonnement import my_digest, set_digest

router = APIRouter(include_in_schema=False)
_TOLD = {
    None: "U krijgt geen overzicht van termijnen meer.",
    Hoevaak.DAGELIJKS: "U krijgt elke dag een overzicht van de termijnen.",
    Hoevaak.WEKELIJKS: "U krijgt elke maandag een overzicht van de termijnen.",
}
_CHOICES = (
    ("nooit", "Nooit"),
    (Hoevaak.DAGELIJKS.value, "Elke dag"),
    (Hoevaak.WEKELIJKS.value, "Elke maandag"),
)


@router.get("/mijn/termijnpost")
def get_termijnpost(request: Request, desk: AtDesk) -> Response:
    own(request)
    now = my_digest(desk.platform, desk.actor)
    return _page(request, desk, Invulling.of({"hoeVaak": "nooit" if now is None else now.value}))


@router.post("/mijn/termijnpost")
def post_termijnpost(request: Request, desk: AtDesk, form: SentForm) -> Response:
    own(request)

    def do(invoer: Termijnpost) -> Response:
        set_digest(desk.platform, desk.actor, invoer.wens)
        return flash.after("/mijn", _TOLD[invoer.wens])

    return handled(form, Termijnpost, do, partial(_page, request, desk))


def _page(request: Request, desk: Desk, form: Invulling, status: int = 200) -> Response:
    termijnen = desk.settings.termijnen
    return pages_of(request).render(
        request,
        "mijn_termijnpost.html",
        status=status,
        form=form,
        keuzes=_CHOICES,
        email=request.state.account.email,
        mail=desk.settings.mail.on,
        uur=termijnen.uur,
        dagen=termijnen.dagen,
    )


DEEL = Deel(router)
