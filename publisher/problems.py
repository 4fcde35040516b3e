"""Every error that a user of the desk can meet, in plain Dutch with a way out."""

import json

from fastapi.exceptions import RequestValidationError
from pydantic.alias_generators import to_camel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from publisher.faults import faults_of
from woo.domain.actor import Actor, Recht, Rol
from woo.domain.errors import InvalidValue, LeaseHeld, NotAllowed, NotFound, Refused, Unavailable, WooError
from woo.scan import PART as SCANNER
from woo.views.dutch import size
from woo.views.problems import MEDIA_TYPE, InputFault, Problem, invalid, quoted

RETRY_SECONDS = "5"
_BAD_REQUEST, _NOT_FOUND, _WRONG_METHOD, _TOO_LARGE = 400, 404, 405, 413
_FIELDS = {"informatiecategorie": "informatiecategorieen"}
_ACTIONS = {
    "publish": "Publiceren kan nu niet.",
    "withdraw": "Intrekken kan nu niet.",
    "change": "Wijzigen kan nu niet.",
    "replace the file of": "Het bestand vervangen kan nu niet.",
    "add a document to": "Een document toevoegen kan nu niet.",
    "add this file to": "Dit bestand toevoegen kan niet.",
    "save": "Opslaan kan nu niet.",
    "restore": "Herstellen kan nu niet.",
    "destroy": "Vernietigen kan nu niet.",
    "propose": "Dit voorstel kan nu niet.",
    "decide": "Over dit voorstel beslissen kan nu niet.",
    "approve": "Goedkeuren kan niet.",
    "make a leak sheet of": "Een lekblad maken kan nu niet.",
    "take in": "Dit bestand is niet aangenomen.",
}
_REASONS = (
    ("it was not withdrawn", "Het is niet ingetrokken."),
    ("it is not withdrawn", "Het is niet ingetrokken. Trek het eerst in."),
    ("it was destroyed before", "Het is al vernietigd."),
    ("it was destroyed here", "Dit bestand is hier vernietigd en mag niet terugkomen."),
    ("it was destroyed", "Het is vernietigd en kan niet terugkomen."),
    ("it is kept for ever", "Volgens de selectielijst blijft dit altijd bewaard."),
    ("its term ends on", "De bewaartermijn is nog niet voorbij."),
    (
        "its reason asks for a second person",
        "Bij deze reden beslist een tweede persoon. Stel het herstel voor.",
    ),
    ("a proposal on it is open", "Er ligt al een voorstel. Beslis daar eerst over."),
    ("another person than", "Wie het voorstelt, mag het niet goedkeuren. Dat doet een ander."),
    ("it was decided before", "Over dit voorstel is al beslist."),
    ("its term is over", "De termijn van dit voorstel is voorbij. Stel het opnieuw voor."),
    ("it was withdrawn before", "Dit document is al ingetrokken."),
    (
        "it was withdrawn",
        "Het is ingetrokken en blijft zoals het toen was. Maak zo nodig een nieuwe publicatie.",
    ),
    (
        "the inventory says",
        "Volgens de inventaris mogen documenten van deze publicatie niet openbaar worden. Trek die eerst in.",
    ),
    ("it is infected", "Er zit een virus in. Open het niet, en meld het bij uw beheerder."),
    ("it has this very file already", "Dit is precies het bestand dat het document al heeft."),
    ("it has no publisher", "Er is nog geen organisatie ingevuld. Vul eerst 'publisher' in."),
    (
        "its status is 'concept'",
        "De publicatie is nog niet openbaar. Alleen wat openbaar is, kunt u intrekken.",
    ),
    ("its status is 'ingetrokken'", "De publicatie is al ingetrokken."),
    (
        "the registry holds a later state",
        "Iemand anders heeft dit net gewijzigd. Haal het opnieuw op en probeer het nog eens.",
    ),
)
_KINDS = {
    "publicatie": "Deze publicatie bestaat niet",
    "document": "Dit document bestaat niet",
    "key": "Deze sleutel bestaat niet",
    "ingreep": "Dit voorstel bestaat niet",
    "lekblad": "Er is nog geen lekblad",
    "verklaring": "Er is nog geen verklaring",
}


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
            title = _KINDS.get(error.kind, "Dit bestaat niet")
            return Problem(_NOT_FOUND, title, "Controleer het id in het adres.")
        case NotAllowed():
            return _not_allowed(error)
        case InvalidValue():
            return invalid(_fault(error))
        case Refused():
            return Problem(409, "Dit kan nu niet", _refusal(error), extra={"oorzaak": str(error)})
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


def _not_allowed(error: NotAllowed) -> Problem:
    needed = lowest_role(Recht(error.action)).value
    detail = f"Uw sleutel heeft de rol '{error.role}'. Hiervoor is minstens de rol '{needed}' nodig."
    return Problem(403, "Dit mag u niet", detail, extra={"rol": error.role, "nodig": needed})


def _fault(error: InvalidValue) -> InputFault:
    field = to_camel(_FIELDS.get(error.field, error.field))
    detail = f"De waarde {quoted(error.value)} van '{field}' kan niet."
    if error.accepted:
        detail += f" Bedoelt u {', '.join(error.accepted[:5])}?"
    return InputFault("body", field, "ongeldige-waarde", detail)


def _refusal(error: Refused) -> str:
    what = _ACTIONS.get(error.action, "Dit kan nu niet.")
    if error.action == "add this file to":
        return f"{what} Deze publicatie heeft al een document met precies hetzelfde bestand."
    why = next((reason for start, reason in _REASONS if error.why.startswith(start)), None)
    return what if why is None else f"{what} {why}"
