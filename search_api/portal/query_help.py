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


TOPICS = (
    Topic(
        "woorden",
        "Gewone woorden",
        "Alle woorden moeten ergens in het document staan, in welke volgorde ook. Hoofdletters en accenten maken niet uit. "
        "Wij zoeken ook naar enkelvoud en meervoud en naar delen van samengestelde woorden.",
        (
            Example("besluit vergunning", "documenten waarin beide woorden staan"),
            Example("brieven", "ook documenten met 'brief'"),
            Example("registratie", "ook documenten met 'stikstofregistratie'"),
        ),
    ),
    Topic(
        "zin",
        "Een vaste combinatie",
        "Tussen aanhalingstekens zoekt u precies die woorden, naast elkaar en in die vorm.",
        (Example('"Wet open overheid"', "documenten waarin dit precies zo staat"),),
    ),
    Topic(
        "dichtbij",
        "Woorden dicht bij elkaar",
        "Zet achter de aanhalingstekens een golfje en een getal: zoveel andere woorden mogen er hoogstens tussen staan. "
        f"De volgorde maakt niet uit. Het getal is hoogstens {MAX_BETWEEN}, en kleiner bij meer dan twee woorden.",
        (
            Example(
                '"besluit bezwaar"~10', "documenten waarin tussen deze woorden hoogstens tien andere staan"
            ),
        ),
    ),
    Topic(
        "of",
        "Het een of het ander",
        "Schrijf OR of OF tussen de woorden, in hoofdletters. Met haakjes houdt u bij elkaar wat bij elkaar hoort.",
        (
            Example("geluid OR stank", "documenten met een van beide woorden, of allebei"),
            Example("vergunning (geluid OR stank)", "documenten met 'vergunning' en een van de andere twee"),
        ),
    ),
    Topic(
        "niet",
        "Een woord niet",
        "Zet een min voor het woord, zonder spatie ertussen, of schrijf NOT of NIET in hoofdletters. Het woord staat dan "
        "nergens in het document.",
        (
            Example("vergunning -bouw", "documenten met 'vergunning' en zonder 'bouw'"),
            Example('besluit NIET "persoonlijke beleidsopvattingen"', "documenten zonder die woorden"),
        ),
    ),
    Topic(
        "begin",
        "Alles wat zo begint",
        f"Zet een sterretje achter het begin van een woord. Er staan minstens {MIN_PREFIX} letters voor.",
        (Example("vergunning*", "ook 'vergunninghouder' en 'vergunningverlening'"),),
    ),
    Topic(
        "spelling",
        "Niet zeker van de spelling",
        "Zet een golfje achter het woord. Dan vindt u ook woorden waarin een of twee letters anders zijn. Handig voor namen, "
        "en voor scans waarin letters verkeerd zijn herkend.",
        (Example("gemeete~", "ook documenten met 'gemeente'"),),
    ),
    Topic(
        "velden",
        "Alleen op een bepaalde plaats",
        "Zet de naam van het veld en een dubbele punt voor het woord, zonder spatie. De velden zijn titel, publisher "
        "(de organisatie), soort (het soort document) en grond (de uitzonderingsgrond).",
        (
            Example("titel:besluit", "documenten met 'besluit' in de titel"),
            Example("titel:(besluit OR brief)", "documenten met een van beide woorden in de titel"),
            Example("grond:5.1.2e", "documenten waarin deze uitzonderingsgrond staat"),
        ),
    ),
    Topic(
        "datum",
        "Op datum",
        "Zoek op de datum van het document: een jaar, een maand of een dag, of van en tot en met met twee punten ertussen.",
        (
            Example("datum:2023", "documenten uit 2023"),
            Example("besluit datum:2023-01..2023-06", "documenten van januari tot en met juni 2023"),
            Example("datum:2024-03-01..", "documenten vanaf 1 maart 2024"),
        ),
    ),
)

LIMITS = (
    f"Een zoekvraag is hoogstens {MAX_CHARACTERS} tekens lang en heeft hoogstens {MAX_TERMS} woorden.",
    f"Hoogstens {MAX_EXPANDING} woorden kunnen een sterretje of een golfje hebben.",
    "Wat wij niet begrijpen, zoeken wij als gewone woorden. Onder het zoekveld staat dan hoe wij uw vraag hebben gelezen.",
    "Vindt u weinig of niets? Dan zeggen wij welk woord in de weg zit, en welk woord u misschien bedoelde.",
)


def add_to(app: FastAPI) -> None:
    """Add this page to the application."""
    offer(app, "/zoekhulp", get_zoekhulp)


def get_zoekhulp(request: Request) -> Response:
    return pages_of(request).render("zoekhulp.html", topics=TOPICS, limits=LIMITS)
