"""Every error that a user of the desk can meet, in plain Dutch with a way out."""

import json

from fastapi.exceptions import RequestValidationError
from pydantic.alias_generators import to_camel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from publisher.faults import faults_of
from publisher.woorden import accounts, redenen
from publisher.woorden.soorten import missing
from woo.domain.actor import Actor, Recht, Rol
from woo.domain.bevinding import Unpublishable, blocking
from woo.domain.errors import (
    Conflict,
    InvalidValue,
    LeaseHeld,
    NotAllowed,
    NotFound,
    Refused,
    Unavailable,
    WooError,
)
from woo.inventaris.fouten import Lijstfout, Regelfout
from woo.scan import PART as SCANNER
from woo.usecases.toegang.onderdelen import AanmeldingGeweigerd
from woo.views.dutch import size
from woo.views.problems import MEDIA_TYPE, InputFault, Problem, invalid, quoted

RETRY_SECONDS = "5"
_BAD_REQUEST, _NOT_FOUND, _WRONG_METHOD, _TOO_LARGE = 400, 404, 405, 413
_FIELDS = {"informatiecategorie": "informatiecategorieen", "thema": "themas"}
_LIJST_FIELDS = {"kolom": "kolommen", "inventaris": "bestand"}


class ProblemError(WooError):
    """Ends a request with this problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


class BodyTooLarge(HTTPException):
    """The body of a request is over its limit (bytes); an HTTPException, so that it passes through FastAPI's reading."""

    def __init__(self, limit: int) -> None:
        super().__init__(_TOO_LARGE)
        self.limit = limit


def refused_input(place: str, name: str, code: str, detail: str) -> ProblemError:
    """The 400 for one thing that is wrong."""
    return ProblemError(invalid(InputFault(place, name, code, detail)))


def respond(problem: Problem, path: str) -> Response:
    """Make the response of a problem, whatever characters the path has."""
    body = json.dumps(problem.as_json(path), ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, status_code=problem.status, media_type=MEDIA_TYPE, headers=dict(problem.headers))


def of_request(request: Request, error: RequestValidationError) -> Problem:
    """Translate what FastAPI found wrong: 404 for an id that no object can have, else the 400 with every fault."""
    if any(found["loc"][0] == "path" for found in error.errors()):
        return of_status(_NOT_FOUND)
    return invalid(*faults_of(error.errors(), request.scope.get("endpoint")))


def of(error: Exception) -> Problem:
    """Translate an error into what a user may know of it; anything unexpected becomes a 500 without internals."""
    match error:
        case ProblemError():
            return error.problem
        case BodyTooLarge():
            return too_large(error.limit)
        case HTTPException():
            return of_status(error.status_code, (error.headers or {}).get("Allow"))
        case NotFound():
            title = missing(error.kind)
            return Problem(_NOT_FOUND, title, "Controleer het id in het adres.")
        case NotAllowed():
            return _not_allowed(error)
        case Lijstfout():
            place = _LIJST_FIELDS.get(error.field, error.field)
            return invalid(InputFault("body", place, "onleesbare-lijst", error.uitleg))
        case Regelfout():
            return invalid(
                *(
                    InputFault("body", to_camel(naam), "ongeldige-waarde", why)
                    for naam, why in error.fouten.items()
                )
            )
        case AanmeldingGeweigerd():
            return accounts.problem(error)
        case InvalidValue():
            return invalid(_fault(error))
        case Unpublishable():
            return _unpublishable(error)
        case Conflict():
            return _conflict(error)
        case Refused():
            return Problem(409, "Dit kan nu niet", redenen.refusal(error), extra={"oorzaak": str(error)})
        case Unavailable() if error.part == SCANNER:
            return Problem(
                503,
                "De virusscanner is niet bereikbaar",
                "Het bestand is niet aangenomen: zonder scan nemen wij geen bestanden aan. Probeer het later opnieuw, "
                "of vraag uw beheerder om naar de virusscanner te kijken.",
                headers={"Retry-After": RETRY_SECONDS},
            )
        case Unavailable() | LeaseHeld():
            return Problem(
                503,
                "Dit onderdeel is even niet bereikbaar",
                "Uw vraag is niet uitgevoerd. Probeer het over een paar minuten opnieuw.",
                headers={"Retry-After": RETRY_SECONDS},
            )
    return Problem(
        500, "Er ging iets mis", "Er ging bij ons iets mis. Het is vastgelegd. Probeer het later nog eens."
    )


def of_status(status: int, allowed: str | None = None) -> Problem:
    """The problem for a status that the framework itself gives."""
    if status == _NOT_FOUND:
        detail = "Op dit adres staat niets. Controleer het adres; het eindigt nooit op een schuine streep."
        return Problem(_NOT_FOUND, "Dit adres bestaat niet", detail)
    if status == _WRONG_METHOD:
        offered = allowed or "GET"
        detail = f"Dit adres kent deze methode niet. Gebruik: {offered}."
        return Problem(_WRONG_METHOD, "Dat kan hier niet", detail, headers={"Allow": offered})
    if status == _BAD_REQUEST:
        detail = (
            "De inhoud is niet te lezen. Stuur geldige JSON, of bij een bestand geldige multipart/form-data."
        )
        return invalid(InputFault("body", "", "onleesbaar", detail))
    return Problem(
        status, "Uw vraag kon niet worden uitgevoerd", "Controleer het adres en de inhoud van uw vraag."
    )


def too_large(limit: int) -> Problem:
    """The 413, with the limit (bytes) in words."""
    detail = f"U stuurt meer dan hier mag. De grens is {size(limit)}."
    return Problem(
        _TOO_LARGE, "Dit is te groot", detail, extra={"grens": limit}, headers={"Connection": "close"}
    )


def lowest_role(recht: Recht) -> Rol:
    """The first role that has this right."""
    return next(rol for rol in Rol if Actor("", rol, "").may(recht))


def _conflict(error: Conflict) -> Problem:
    """The 409 that says who changed it, and when."""
    who = "Iemand anders" if error.door is None else error.door
    detail = (
        f"{who} heeft dit net gewijzigd. Er is niets bewaard. Haal het opnieuw op en probeer het nog eens."
    )
    extra = {
        "oorzaak": str(error),
        "gewijzigdOp": error.op.isoformat().replace("+00:00", "Z"),
        "door": error.door,
    }
    return Problem(409, "Iemand anders was u voor", detail, extra=extra)


def _not_allowed(error: NotAllowed) -> Problem:
    if error.handeling is not None:
        detail = f"Deze sleutel is niet gemaakt voor '{error.handeling}'. De beheerder kan een andere sleutel maken."
        return Problem(403, "Dit mag u niet", detail, extra={"rol": error.role, "handeling": error.handeling})
    needed = lowest_role(Recht(error.action)).value
    detail = f"U hebt de rol '{error.role}'. Hiervoor is minstens de rol '{needed}' nodig."
    if error.organisatie is not None:
        detail = (
            f"Hiervoor is bij organisatie {quoted(error.organisatie)} minstens de rol '{needed}' nodig. "
            f"Uw rol daar is: {error.role}."
        )
    return Problem(403, "Dit mag u niet", detail, extra={"rol": error.role, "nodig": needed})


def _fault(error: InvalidValue) -> InputFault:
    field = to_camel(_FIELDS.get(error.field, error.field))
    said = accounts.of_value(error)
    if said is not None:
        return InputFault("body", field, "ongeldige-waarde", said)
    detail = f"De waarde {quoted(error.value)} van '{field}' kan niet."
    why = redenen.of_value(error)
    if why is not None:
        detail = why if error.value is None or isinstance(error.value, bool) else f"{detail} {why}"
    if error.accepted:
        detail += f" Bedoelt u {', '.join(error.accepted[:5])}?"
    return InputFault("body", field, "ongeldige-waarde", detail)


def _unpublishable(error: Unpublishable) -> Problem:
    wrong = [f"{each.wat} {each.herstel}" for each in blocking(error.bevindingen)]
    found = [
        {
            "niveau": each.niveau.value,
            "code": each.code,
            "veld": each.veld,
            "wat": each.wat,
            "herstel": each.herstel,
        }
        for each in error.bevindingen
    ]
    detail = f"{redenen.cannot(error.action)} {' '.join(wrong)}"
    return Problem(409, "Dit kan nu niet", detail, extra={"oorzaak": str(error), "bevindingen": found})
