"""Finds the words for a refusal: what cannot be done, and why, in the tables of all parts."""

from publisher.woorden import (
    accounts,
    algemeen,
    bronnen,
    documenten,
    intrekken,
    inventaris,
    publiceren,
    verzoeken,
    webhooks,
)
from publisher.woorden.soort import Woorden
from woo.domain.errors import InvalidValue, Refused

_ACTIONS = {
    "publish": "Publiceren kan nu niet.",
    "harvest": "Deze bron oogsten kan nu niet.",
    "check": "Een website laten nakijken kan nu niet.",
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
WAARDEN: Woorden = (
    *algemeen.WAARDEN,
    *publiceren.WAARDEN,
    *verzoeken.WAARDEN,
    *webhooks.WAARDEN,
)
WEIGERINGEN: Woorden = (
    *accounts.WEIGERINGEN,
    *algemeen.WEIGERINGEN,
    *bronnen.WEIGERINGEN,
    *documenten.WEIGERINGEN,
    *intrekken.WEIGERINGEN,
    *inventaris.WEIGERINGEN,
    *publiceren.WEIGERINGEN,
    *verzoeken.WEIGERINGEN,
)


def cannot(action: str) -> str:
    """The sentence that says that this action cannot be done."""
    return _ACTIONS.get(action, "Dit kan nu niet.")


def refusal(error: Refused) -> str:
    """What cannot be done and why, as far as there are words for it."""
    what = cannot(error.action)
    if error.action == "add this file to":
        return f"{what} Deze publicatie heeft al een document met precies hetzelfde bestand."
    why = _longest(WEIGERINGEN, error.why) or _inside(error.why)
    return what if why is None else f"{what} {why}"


def of_value(error: InvalidValue) -> str | None:
    """Why a value was refused, for those reasons that the value itself does not tell; None where there are no words."""
    return _longest(WAARDEN, error.why) or _inside(error.why)


def _longest(woorden: Woorden, why: str) -> str | None:
    """What is said of the longest beginning that fits, so that the order of the tables does not matter."""
    fitting = [(begin, said) for begin, said in woorden if why.startswith(begin)]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else None


def _inside(why: str) -> str | None:
    return next((said for part, said in verzoeken.DELEN if part in why), None)
