"""Every error a visitor can meet, in plain Dutch with a way out; as problem+json for programs."""

from collections.abc import Sequence

from woo.domain.errors import InvalidValue, NotFound, Unavailable, WooError
from woo.storage.port import Withdrawn
from woo.views import problems
from woo.views.dutch import counted, day, size
from woo.views.pictures import NoPictureError
from woo.views.problems import InputFault, Problem

RETRY_SECONDS = "5"


class ProblemError(WooError):
    """Ends a request with this problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


class WithdrawnError(WooError):
    """What was asked for is withdrawn; `entry` says when and why."""

    def __init__(self, entry: Withdrawn) -> None:
        super().__init__(f"{entry.soort} {entry.id} is withdrawn.")
        self.entry = entry


def invalid(*faults: InputFault) -> ProblemError:
    """The 400 that names everything wrong at once."""
    return ProblemError(problems.invalid(*faults))


def of(error: Exception) -> Problem:
    """Translate an error into what a visitor may know of it; anything unexpected becomes a 500 without internals."""
    match error:
        case ProblemError():
            return error.problem
        case WithdrawnError():
            return withdrawn(error.entry)
        case NotFound():
            return _not_found(error.kind)
        case NoPictureError():
            return Problem(
                404,
                "Van deze pagina is geen afbeelding",
                "Wij kunnen van deze pagina geen afbeelding maken. U kunt het bestand zelf wel downloaden.",
            )
        case Unavailable():
            return unavailable()
        case InvalidValue():
            return of(invalid(_fault(error)))
    return Problem(
        500,
        "Er ging iets mis",
        "Er ging bij ons iets mis. Het is vastgelegd. Probeer het later nog eens.",
    )


def of_status(status: int, allowed: Sequence[str] = ("GET", "HEAD")) -> Problem:
    """The problem for a status that the framework itself gives (no such route, a method other than those `allowed`)."""
    if status == 405:
        return Problem(
            405,
            "Dat kan hier niet",
            f"Op dit adres kan alleen: {', '.join(allowed)}.",
            headers={"Allow": ", ".join(allowed)},
        )
    if status == 404:
        return Problem(
            404,
            "Deze pagina bestaat niet",
            "Op dit adres staat niets. Controleer het adres (het eindigt nooit op een schuine streep) of zoek opnieuw.",
        )
    return Problem(
        status, "Uw vraag kon niet worden beantwoord", "Controleer het adres en probeer het opnieuw."
    )


def withdrawn(entry: Withdrawn) -> Problem:
    """The tombstone: what was withdrawn, when and why; 410, so that others forget it as well."""
    what = "Dit document is" if entry.soort == "document" else "Deze publicatie is"
    told = {"soort": entry.soort, "id": entry.id, "ingetrokkenOp": _utc(entry), "reden": entry.reden}
    if entry.titel:
        told["titel"] = entry.titel
    return Problem(
        410,
        "Ingetrokken document" if entry.soort == "document" else "Ingetrokken publicatie",
        f"{what} op {day(entry.op)} ingetrokken. Reden: {_sentence(entry.reden)}",
        extra={"ingetrokken": told},
    )


def unavailable() -> Problem:
    return Problem(
        503,
        "Dit onderdeel is even niet bereikbaar",
        "Het zoeken of het ophalen van documenten werkt op dit moment niet. Dat zegt niets over wat er te vinden is. "
        "Probeer het over een paar minuten opnieuw.",
        headers={"Retry-After": RETRY_SECONDS},
    )


def too_large(limit: int) -> Problem:
    return Problem(
        413, "Dat is te veel", f"U kunt hier hoogstens {size(limit)} sturen. Stuur het in kleinere delen."
    )


def too_many(seconds: int) -> Problem:
    return Problem(
        429,
        "U vraagt te veel in korte tijd",
        "Vanaf uw adres kwamen in korte tijd erg veel vragen. Zo blijft de site snel voor anderen. "
        f"Probeer het over {counted(seconds, 'seconde', 'seconden')} opnieuw. Wilt u veel resultaten? Gebruik dan de uitvoer.",
        headers={"Retry-After": str(seconds)},
    )


def too_slow(seconds: int) -> Problem:
    return Problem(
        408,
        "Het sturen duurde te lang",
        f"Wat u stuurde was na {seconds} seconden nog niet binnen. Probeer het opnieuw, of stuur minder tegelijk.",
    )


def not_a_form() -> Problem:
    return Problem(
        415,
        "Dit is geen formulier",
        "Dit adres neemt alleen een formulier aan (application/x-www-form-urlencoded of multipart/form-data).",
    )


def _not_found(kind: str) -> Problem:
    titles = {
        "document": "Dit document bestaat niet",
        "publicatie": "Deze publicatie bestaat niet",
        "pagina": "Deze pagina zit niet in het document",
        "bestand": "Dit bestand bestaat niet",
        "waardelijst": "Deze waardelijst bestaat niet",
    }
    return Problem(
        404,
        titles.get(kind, "Dit bestaat niet"),
        "Op dit adres staat niets openbaar. Controleer het adres, of zoek op een woord uit de titel.",
    )


def _fault(error: InvalidValue) -> InputFault:
    if error.field == "na":
        return InputFault(
            "query",
            "na",
            "onbekende-cursor",
            "De waarde van 'na' hoort niet bij deze zoekvraag. Begin opnieuw zonder 'na' en gebruik daarna 'volgende' uit het antwoord.",
        )
    return InputFault(
        "query",
        "zoek",
        "ongeldige-zoekvraag",
        "Deze zoekvraag kunnen wij niet uitvoeren. Voor een sterretje staan minstens drie letters (woord*), "
        "en tussen woorden dicht bij elkaar mogen hoogstens honderd andere staan.",
    )


def _utc(entry: Withdrawn) -> str:
    return entry.op.strftime("%Y-%m-%dT%H:%M:%SZ")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
