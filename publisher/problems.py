"""Every error that a user of the desk can meet, in plain Dutch with a way out."""

import json

from fastapi.exceptions import RequestValidationError
from pydantic.alias_generators import to_camel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from publisher import account_words
from publisher.faults import faults_of
from publisher.verzoek_redenen import reason
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
_ACTIONS = {
    "publish": "Publiceren kan nu niet.",
    "withdraw": "Intrekken kan nu niet.",
    "change": "Wijzigen kan nu niet.",
    "replace the file of": "Het bestand vervangen kan nu niet.",
    "add a document to": "Een document toevoegen kan nu niet.",
    "add this file to": "Dit bestand toevoegen kan niet.",
    "save": "Opslaan kan nu niet.",
    "make": "Dit account maken kan niet.",
    "close": "Dit account sluiten kan niet.",
    "erase": "De persoonsgegevens wissen kan nu niet.",
    "restore": "Herstellen kan nu niet.",
    "destroy": "Vernietigen kan nu niet.",
    "propose": "Dit voorstel kan nu niet.",
    "decide": "Over dit voorstel beslissen kan nu niet.",
    "approve": "Goedkeuren kan niet.",
    "make a leak sheet of": "Een lekblad maken kan nu niet.",
    "take in": "Dit bestand is niet aangenomen.",
    "import the inventory into": "De inventaris overnemen kan nu niet.",
    "link": "Koppelen kan nu niet.",
    "make a PDF of": "Een PDF maken kan niet.",
    "plan": "Plannen kan nu niet.",
    "cancel": "Annuleren kan nu niet.",
    "suspend": "Laten wachten kan nu niet.",
    "release": "Vrijgeven kan nu niet.",
    "make an announcement of": "Er een mededeling van maken kan nu niet.",
    "make a link to": "Een link maken kan nu niet.",
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
    (
        "four eyes: you prepared",
        "U hebt deze publicatie zelf voorbereid. Bij uw organisatie publiceert iemand anders haar: een collega met de rol publiceerder.",
    ),
    (
        "four eyes: nobody",
        "Bij uw organisatie maakt niemand alleen een bestand openbaar. Maak een nieuwe publicatie; een collega publiceert die.",
    ),
    (
        "it changed since you looked",
        "De inventaris of de documenten zijn gewijzigd sinds u vergeleek. Vergelijk de lijst opnieuw.",
    ),
    (
        "documents are public that the list says are not",
        "Er zijn documenten openbaar die dat volgens de lijst niet mogen zijn. Trek die eerst in.",
    ),
    ("this proposal was applied before", "Dit voorstel is al overgenomen."),
    ("this proposal is over", "Dit voorstel is verlopen. Stuur de lijst opnieuw."),
    (
        "rows with errors",
        "Er zijn rijen met fouten. Verbeter ze en stuur de lijst opnieuw, of laat ze allemaal uitdrukkelijk weg.",
    ),
    ("rows without errors", "U laat rijen weg die goed zijn. Noem alleen de rijen met fouten."),
    ("its number is taken", "Een andere rij heeft dit nummer al. Kies een ander nummer."),
    ("the list is full", "Er passen niet meer rijen in één inventaris."),
    ("a PDF is made of at most", "De inventaris heeft daarvoor te veel rijen. Neem het rekenblad of de CSV."),
    ("it has no publisher", "Er is nog geen organisatie ingevuld. Vul eerst 'publisher' in."),
    (
        "its status is 'concept'",
        "De publicatie is nog niet openbaar. Alleen wat openbaar is, kunt u intrekken.",
    ),
    ("its status is 'ingetrokken'", "De publicatie is al ingetrokken."),
    ("it is public already", "De publicatie is al openbaar."),
    ("it is public; withdraw", "Het document is al openbaar. Trek het in als het weg moet."),
    ("it is public with documents", "De publicatie is openbaar en heeft documenten."),
    ("it is an announcement", "Dit is een mededeling. Daar horen geen openbare documenten bij."),
    ("it is under embargo", "Er geldt een embargo. Haal dat er eerst af."),
    ("it does not wait", "Dit document wacht nergens op."),
    (
        "a court was asked",
        "De rechter is gevraagd om een voorlopige voorziening en heeft nog niet beslist.",
    ),
    ("its inventory says", "Volgens de inventaris is dit document niet openbaar. Verbeter eerst de regel."),
    ("it can never be public", "Dit document wordt nooit openbaar."),
    ("it has no documents to show", "Er zijn geen documenten om te laten zien."),
    ("it is geannuleerd", "Het plan is al geannuleerd."),
    ("it is uitgevoerd", "Het plan is al uitgevoerd."),
    ("it is mislukt", "Het plan is al mislukt. Maak zo nodig een nieuw plan."),
    (
        "the registry holds a later state",
        "Iemand anders heeft dit net gewijzigd. Haal het opnieuw op en probeer het nog eens.",
    ),
)
_LIJST_FIELDS = {"kolom": "kolommen", "inventaris": "bestand"}
_WHY = (
    ("it lies in the past", "Dat moment is al voorbij."),
    ("it must be a whole minute", "Kies een hele minuut."),
    ("it needs its time zone", "Geef de tijdzone erbij, zoals +01:00."),
    ("it lies more than ten years ahead", "Dat is meer dan tien jaar vooruit."),
    (
        "the clock skips this hour",
        "Dat uur bestaat niet op die dag: de klok gaat vooruit. Kies een andere tijd.",
    ),
    ("the clock shows this hour twice", "Dat uur komt die dag twee keer voor. Kies een andere tijd."),
    ("an address as https", "Geef een adres dat begint met https:// en een naam heeft, zonder spaties."),
    ("an address without user", "Het adres mag geen gebruikersnaam, wachtwoord of # hebben."),
    (
        "it leads to an address of a private network",
        "Dit adres ligt in een besloten netwerk. Daar sturen wij niets heen.",
    ),
    ("name at least one organisation", "Noem minstens één organisatie, of laat dit veld weg."),
    ("it does not lie ahead", "Kies een dag na vandaag."),
    ("it is not a day", "Schrijf een dag als 2026-03-02."),
    ("it is not a year", "Schrijf een jaar als 2026."),
    ("it is longer than", "De tekst is te lang."),
    ("a link lasts from", "Dat is langer dan mag."),
    (
        "the publicatie has no such document",
        "Dit document hoort niet bij de publicatie, of het is ingetrokken.",
    ),
    ("the categories of this publicatie have no such field", "Dit veld hoort niet bij de categorie."),
)
"""Why a value was refused, for those reasons that the value itself does not tell."""

_KINDS = {
    "inventarisvoorstel": "Dit voorstel bestaat niet of niet meer",
    "inventarisregel": "Deze rij bestaat niet",
    "publicatie": "Deze publicatie bestaat niet",
    "document": "Dit document bestaat niet",
    "webhook": "Deze webhook bestaat niet",
    "bestand": "Dit bestand is er niet (meer)",
    "key": "Deze sleutel bestaat niet",
    "plan": "Deze publicatie heeft geen plan",
    "inzage": "Deze link werkt niet (meer)",
    "wooverzoek": "Dit verzoek bestaat niet",
    "woobesluit": "Dit besluit bestaat niet",
    "procedure": "Deze procedure bestaat niet",
    "belanghebbende": "Deze derde bestaat niet",
    "termijnfeit": "Dit feit bestaat niet",
    "agendasleutel": "Deze agenda bestaat niet",
    "account": "Dit account bestaat niet",
    "sessie": "Deze aanmelding bestaat niet meer",
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
            return account_words.problem(error)
        case InvalidValue():
            return invalid(_fault(error))
        case Unpublishable():
            return _unpublishable(error)
        case Conflict():
            return _conflict(error)
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
    said = account_words.of_value(error)
    if said is not None:
        return InputFault("body", field, "ongeldige-waarde", said)
    detail = f"De waarde {quoted(error.value)} van '{field}' kan niet."
    why = reason(error) or next((told for start, told in _WHY if error.why.startswith(start)), None)
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
    detail = f"{_ACTIONS[error.action]} {' '.join(wrong)}"
    return Problem(409, "Dit kan nu niet", detail, extra={"oorzaak": str(error), "bevindingen": found})


def _refusal(error: Refused) -> str:
    what = _ACTIONS.get(error.action, "Dit kan nu niet.")
    if error.action == "add this file to":
        return f"{what} Deze publicatie heeft al een document met precies hetzelfde bestand."
    words = (*_REASONS, *account_words.REASONS)
    why = next((said for start, said in words if error.why.startswith(start)), None) or reason(error)
    return what if why is None else f"{what} {why}"
