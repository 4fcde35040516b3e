"""What goes wrong with accounts and logging in, in plain Dutch with a way out."""

from woo.domain.errors import InvalidValue
from woo.usecases.toegang.onderdelen import AanmeldingGeweigerd, Reden
from woo.views.problems import Problem

WAARDEN = (
    (
        "it is too short",
        "Dit wachtwoord is te kort. Kies een langer wachtwoord, bijvoorbeeld vier losse woorden.",
    ),
    ("it is too long", "Dit wachtwoord is te lang. Het mag hoogstens 200 tekens hebben."),
    ("it is too easy to guess", "Dit wachtwoord is te makkelijk te raden. Kies een ander wachtwoord."),
    ("it is the same as the old one", "Dit is uw huidige wachtwoord. Kies een ander wachtwoord."),
    ("it is not an e-mail address", "Dit is geen e-mailadres. Schrijf het als naam@gemeente.nl."),
    (
        "it holds a sign that",
        "In dit e-mailadres staat een teken dat niet kan. Schrijf het als naam@gemeente.nl.",
    ),
    ("an account has one role", "Een account heeft één rol per organisatie. Haal een van de twee weg."),
    (
        "a role at every organisation stands alone",
        "Een rol voor elke organisatie gaat niet samen met rollen per organisatie. Kies het een of het ander.",
    ),
)
WEIGERINGEN = (
    ("it is closed", "Dit account is gesloten."),
    ("it is your own", "Dit is uw eigen account. Vraag een andere beheerder."),
    (
        "it is the last beheerder",
        "Dit is de laatste beheerder van elke organisatie. Geef eerst iemand anders die rol.",
    ),
    ("it is not closed yet", "Sluit het account eerst."),
    (
        "there is a closed account",
        "Er is een gesloten account met dit e-mailadres. Open dat weer, of wis het eerst.",
    ),
    ("it is open already", "Dit account is niet gesloten."),
    ("its name and address were erased", "Naam en e-mailadres zijn gewist. Maak een nieuw account."),
    (
        "there is an account with this address",
        "Er is al een account met dit e-mailadres. Open dat account en wijzig daar de rollen.",
    ),
    ("people log in at the OpenID provider alone", "Hier meldt iedereen zich aan met het werkaccount."),
    ("it has no second step", "Dit account heeft geen tweede stap."),
)
_REFUSED = {
    Reden.ONJUIST: "Het e-mailadres of het wachtwoord klopt niet. Typ ze allebei opnieuw.",
    Reden.CODE_ONJUIST: "Deze code klopt niet. Typ de code die nu in uw app staat, of een herstelcode.",
    Reden.CODE_GEBRUIKT: "Deze code is al gebruikt. Wacht tot uw app een nieuwe code toont en typ die.",
    Reden.LINK_VERLOPEN: "Deze link werkt niet meer: hij is al gebruikt of verlopen. Vraag de beheerder om een nieuwe.",
    Reden.VERLOPEN: "Dit duurde te lang. Meld u opnieuw aan.",
    Reden.GEEN_ACCOUNT: "U hebt geen account bij deze balie. Vraag de beheerder om er een te maken.",
    Reden.GESLOTEN: "Uw account bij deze balie is gesloten. Vraag de beheerder wat er aan de hand is.",
    Reden.EMAIL_ONBEVESTIGD: "Uw werkaccount heeft geen bevestigd e-mailadres. Vraag uw ICT-afdeling om dat in orde te maken.",
    Reden.GEEN_ROL: "Uw werkaccount geeft u geen rol bij deze balie. Vraag de beheerder in welke groep u hoort.",
}


def of_value(error: InvalidValue) -> str | None:
    """The sentence for a value that an account cannot have; None for any other."""
    return next((said for start, said in WAARDEN if error.why.startswith(start)), None)


def refused(error: AanmeldingGeweigerd) -> str:
    """The sentence for a log-in that was refused."""
    if error.reden is Reden.WACHTEN:
        unit = "seconde" if error.seconden == 1 else "seconden"
        return (
            f"Er is te vaak iets verkeerds geprobeerd. Wacht {error.seconden} {unit} en probeer het opnieuw."
        )
    return _REFUSED[error.reden]


def problem(error: AanmeldingGeweigerd) -> Problem:
    """The problem for a log-in, or a step of it, that was refused: 429 while waiting, else 403."""
    waits = error.reden is Reden.WACHTEN
    headers = {"Retry-After": str(error.seconden)} if waits else {}
    return Problem(429 if waits else 403, "Dit is niet gelukt", refused(error), headers=headers)
