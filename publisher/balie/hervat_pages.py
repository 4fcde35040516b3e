"""The page that gives back what somebody had typed when their session ended."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from publisher.account_inputs import Leeg
from publisher.balie import flash
from publisher.balie.deel import Deel
from publisher.balie.forms import SentForm, checked
from publisher.balie.pages import pages_of
from publisher.entering import at_door
from publisher.problems import ProblemError
from woo.usecases.toegang import formulieren
from woo.views.problems import Problem

router = APIRouter(include_in_schema=False)


@router.get("/hervat/{token}")
def get_hervat(token: str, request: Request) -> Response:
    account = request.state.account
    kept = None if account is None else formulieren.kept(at_door(request).toegang, account.id, token)
    if kept is None:
        detail = "Hier is niets van u bewaard. Het is al weggegooid of verlopen, of het hoort bij het account van iemand anders."
        raise ProblemError(Problem(404, "Er is niets bewaard", detail))
    return pages_of(request).render(request, "hervat.html", bewaard=kept, token=token)


@router.post("/hervat/{token}/weg")
def post_weg(token: str, request: Request, form: SentForm) -> Response:
    checked(form, Leeg)
    if request.state.account is not None:
        formulieren.forget(at_door(request).toegang, request.state.account.id, token)
    return flash.after("/", "Wat u had getypt is weggegooid.")


DEEL = Deel(router)
