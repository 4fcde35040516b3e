"""The page that explains the query language, with examples that can be tried."""

from dataclasses import dataclass

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses
from search_api.describe import offer
from search_api.portal.pages import pages_of
from woo.index.limits import MAX_BETWEEN, MAX_EXPANDING, MIN_PREFIX
from woo.index.parse import MAX_CHARACTERS, MAX_TERMS
from woo.taal import gettext


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what it finds, and where it can be tried."""

    zoek: str
    vindt: str

    @property
    def url(self) -> str:
        return addresses.with_query("/", [("zoek", self.zoek)])


@dataclass(frozen=True, slots=True)
class Topic:
    """One form of the language: `id` for links to it, a sentence or two, and examples."""

    id: str
    titel: str
    uitleg: str
    voorbeelden: tuple[Example, ...]


def topics() -> tuple[Topic, ...]:
    """Every form of the language, in the present language of the site."""
    return (*_words(), *_signs(), *_places())


def _words() -> tuple[Topic, ...]:
    """Words, and how they stand together."""
    return (
        Topic(
            "woorden",
            gettext("Gewone woorden"),
            gettext(
                "Alle woorden moeten ergens in het document staan, in welke volgorde ook. Hoofdletters en "
                "accenten maken niet uit. Wij zoeken ook naar enkelvoud en meervoud en naar delen van "
                "samengestelde woorden."
            ),
            (
                Example("besluit vergunning", gettext("documenten waarin beide woorden staan")),
                Example("brieven", gettext("ook documenten met 'brief'")),
                Example("registratie", gettext("ook documenten met 'stikstofregistratie'")),
            ),
        ),
        Topic(
            "zin",
            gettext("Een vaste combinatie"),
            gettext("Tussen aanhalingstekens zoekt u precies die woorden, naast elkaar en in die vorm."),
            (Example('"Wet open overheid"', gettext("documenten waarin dit precies zo staat")),),
        ),
        Topic(
            "dichtbij",
            gettext("Woorden dicht bij elkaar"),
            gettext(
                "Zet achter de aanhalingstekens een golfje en een getal: zoveel andere woorden mogen er "
                "hoogstens tussen staan. De volgorde maakt niet uit. Het getal is hoogstens %(most)s, en "
                "kleiner bij meer dan twee woorden.",
                most=MAX_BETWEEN,
            ),
            (
                Example(
                    '"besluit bezwaar"~10',
                    gettext("documenten waarin tussen deze woorden hoogstens tien andere staan"),
                ),
            ),
        ),
        Topic(
            "of",
            gettext("Het een of het ander"),
            gettext(
                "Schrijf OR of OF tussen de woorden, in hoofdletters. Met haakjes houdt u bij elkaar wat bij "
                "elkaar hoort."
            ),
            (
                Example("geluid OR stank", gettext("documenten met een van beide woorden, of allebei")),
                Example(
                    "vergunning (geluid OR stank)",
                    gettext("documenten met 'vergunning' en een van de andere twee"),
                ),
            ),
        ),
    )


def _signs() -> tuple[Topic, ...]:
    """What a sign before or after a word does."""
    return (
        Topic(
            "niet",
            gettext("Een woord niet"),
            gettext(
                "Zet een min voor het woord, zonder spatie ertussen, of schrijf NOT of NIET in hoofdletters. "
                "Het woord staat dan nergens in het document."
            ),
            (
                Example("vergunning -bouw", gettext("documenten met 'vergunning' en zonder 'bouw'")),
                Example(
                    'besluit NIET "persoonlijke beleidsopvattingen"', gettext("documenten zonder die woorden")
                ),
            ),
        ),
        Topic(
            "begin",
            gettext("Alles wat zo begint"),
            gettext(
                "Zet een sterretje achter het begin van een woord. Er staan minstens %(letters)s letters voor.",
                letters=MIN_PREFIX,
            ),
            (Example("vergunning*", gettext("ook 'vergunninghouder' en 'vergunningverlening'")),),
        ),
        Topic(
            "spelling",
            gettext("Niet zeker van de spelling"),
            gettext(
                "Zet een golfje achter het woord. Dan vindt u ook woorden waarin een of twee letters anders "
                "zijn. Handig voor namen, en voor scans waarin letters verkeerd zijn herkend."
            ),
            (Example("gemeete~", gettext("ook documenten met 'gemeente'")),),
        ),
    )


def _places() -> tuple[Topic, ...]:
    """Where in a document, and of which date."""
    return (
        Topic(
            "velden",
            gettext("Alleen op een bepaalde plaats"),
            gettext(
                "Zet de naam van het veld en een dubbele punt voor het woord, zonder spatie. De velden zijn "
                "titel, publisher (de organisatie), soort (het soort document) en grond (de uitzonderingsgrond)."
            ),
            (
                Example("titel:besluit", gettext("documenten met 'besluit' in de titel")),
                Example(
                    "titel:(besluit OR brief)", gettext("documenten met een van beide woorden in de titel")
                ),
                Example("grond:5.1.2e", gettext("documenten waarin deze uitzonderingsgrond staat")),
            ),
        ),
        Topic(
            "datum",
            gettext("Op datum"),
            gettext(
                "Zoek op de datum van het document: een jaar, een maand of een dag, of van en tot en met met "
                "twee punten ertussen."
            ),
            (
                Example("datum:2023", gettext("documenten uit 2023")),
                Example(
                    "besluit datum:2023-01..2023-06", gettext("documenten van januari tot en met juni 2023")
                ),
                Example("datum:2024-03-01..", gettext("documenten vanaf 1 maart 2024")),
            ),
        ),
    )


def limits() -> tuple[str, ...]:
    """What a query may hold, and what we do with one that we do not understand."""
    return (
        gettext(
            "Een zoekvraag is hoogstens %(characters)s tekens lang en heeft hoogstens %(words)s woorden.",
            characters=MAX_CHARACTERS,
            words=MAX_TERMS,
        ),
        gettext("Hoogstens %(most)s woorden kunnen een sterretje of een golfje hebben.", most=MAX_EXPANDING),
        gettext(
            "Wat wij niet begrijpen, zoeken wij als gewone woorden. Onder het zoekveld staat dan hoe wij uw vraag hebben gelezen."
        ),
        gettext(
            "Vindt u weinig of niets? Dan zeggen wij welk woord in de weg zit, en welk woord u misschien bedoelde."
        ),
    )


def add_to(app: FastAPI) -> None:
    """Add this page to the application."""
    offer(app, "/zoekhulp", get_zoekhulp)


def get_zoekhulp(request: Request) -> Response:
    return pages_of(request).render("zoekhulp.html", topics=topics(), limits=limits())
