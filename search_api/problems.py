"""Every error a visitor can meet, in plain words with a way out; as problem+json, in Dutch, for programs."""

from collections.abc import Sequence

from woo.domain.errors import InvalidValue, NotFound, Unavailable, WooError
from woo.storage.port import Withdrawn
from woo.taal import gettext
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
                gettext("Van deze pagina is geen afbeelding"),
                gettext(
                    "Wij kunnen van deze pagina geen afbeelding maken. U kunt het bestand zelf wel downloaden."
                ),
            )
        case Unavailable():
            return unavailable()
        case InvalidValue():
            return of(invalid(_fault(error)))
    return Problem(
        500,
        gettext("Er ging iets mis"),
        gettext("Er ging bij ons iets mis. Het is vastgelegd. Probeer het later nog eens."),
    )


def of_status(status: int, allowed: Sequence[str] = ("GET", "HEAD")) -> Problem:
    """The problem for a status that the framework itself gives (no such route, a method other than those `allowed`)."""
    if status == 405:
        return Problem(
            405,
            gettext("Dat kan hier niet"),
            gettext("Op dit adres kan alleen: %(namen)s.", namen=", ".join(allowed)),
            headers={"Allow": ", ".join(allowed)},
        )
    if status == 404:
        return Problem(
            404,
            gettext("Deze pagina bestaat niet"),
            gettext(
                "Op dit adres staat niets. Controleer het adres (het eindigt nooit op een schuine streep) of zoek opnieuw."
            ),
        )
    return Problem(
        status,
        gettext("Uw vraag kon niet worden beantwoord"),
        gettext("Controleer het adres en probeer het opnieuw."),
    )


def withdrawn(entry: Withdrawn) -> Problem:
    """The tombstone: what was withdrawn, when and why; 410, so that others forget it as well."""
    of_document = entry.soort == "document"
    what = (
        gettext(
            "Dit document is op %(dag)s ingetrokken. Reden: %(reden)s",
            dag=day(entry.op),
            reden=_sentence(entry.reden),
        )
        if of_document
        else gettext(
            "Deze publicatie is op %(dag)s ingetrokken. Reden: %(reden)s",
            dag=day(entry.op),
            reden=_sentence(entry.reden),
        )
    )
    told = {"soort": entry.soort, "id": entry.id, "ingetrokkenOp": _utc(entry), "reden": entry.reden}
    if entry.titel:
        told["titel"] = entry.titel
    return Problem(
        410,
        gettext("Ingetrokken document") if of_document else gettext("Ingetrokken publicatie"),
        what,
        extra={"ingetrokken": told},
    )


def unavailable() -> Problem:
    return Problem(
        503,
        gettext("Dit onderdeel is even niet bereikbaar"),
        gettext(
            "Het zoeken of het ophalen van documenten werkt op dit moment niet. Dat zegt niets over wat er te vinden is. "
            "Probeer het over een paar minuten opnieuw."
        ),
        headers={"Retry-After": RETRY_SECONDS},
    )


def too_large(limit: int) -> Problem:
    return Problem(
        413,
        gettext("Dat is te veel"),
        gettext("U kunt hier hoogstens %(size)s sturen. Stuur het in kleinere delen.", size=size(limit)),
    )


def too_many(seconds: int) -> Problem:
    return Problem(
        429,
        gettext("U vraagt te veel in korte tijd"),
        gettext(
            "Vanaf uw adres kwamen in korte tijd erg veel vragen. Zo blijft de site snel voor anderen. "
            "Probeer het over %(wacht)s opnieuw. Wilt u veel resultaten? Gebruik dan de uitvoer.",
            wacht=counted(seconds, "seconde", "seconden"),
        ),
        headers={"Retry-After": str(seconds)},
    )


def too_slow(seconds: int) -> Problem:
    return Problem(
        408,
        gettext("Het sturen duurde te lang"),
        gettext(
            "Wat u stuurde was na %(seconds)s seconden nog niet binnen. Probeer het opnieuw, of stuur minder tegelijk.",
            seconds=seconds,
        ),
    )


def not_a_form() -> Problem:
    return Problem(
        415,
        gettext("Dit is geen formulier"),
        gettext(
            "Dit adres neemt alleen een formulier aan (application/x-www-form-urlencoded of multipart/form-data)."
        ),
    )


def _not_found(kind: str) -> Problem:
    titles = {
        "document": gettext("Dit document bestaat niet"),
        "publicatie": gettext("Deze publicatie bestaat niet"),
        "pagina": gettext("Deze pagina zit niet in het document"),
        "versie": gettext("Deze versie was nooit openbaar"),
        "bestand": gettext("Dit bestand bestaat niet"),
        "waardelijst": gettext("Deze waardelijst bestaat niet"),
    }
    return Problem(
        404,
        titles.get(kind, gettext("Dit bestaat niet")),
        gettext(
            "Op dit adres staat niets openbaar. Controleer het adres, of zoek op een woord uit de titel."
        ),
    )


def _fault(error: InvalidValue) -> InputFault:
    if error.field == "na":
        return InputFault(
            "query",
            "na",
            "onbekende-cursor",
            gettext(
                "De waarde van 'na' hoort niet bij deze zoekvraag. Begin opnieuw zonder 'na' en gebruik daarna 'volgende' uit het antwoord."
            ),
        )
    return InputFault(
        "query",
        "zoek",
        "ongeldige-zoekvraag",
        gettext(
            "Deze zoekvraag kunnen wij niet uitvoeren. Voor een sterretje staan minstens drie letters (woord*), "
            "en tussen woorden dicht bij elkaar mogen hoogstens honderd andere staan."
        ),
    )


def _utc(entry: Withdrawn) -> str:
    return entry.op.strftime("%Y-%m-%dT%H:%M:%SZ")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
