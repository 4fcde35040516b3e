"""What is sent in about legal terms: which part of a list, a noted fact, a key of a calendar, which figures."""

from pydantic import Field, StrictInt

from publisher.inputs import Bladeren, BodyInput, Code, Dag, Naam, QueryInput
from woo.domain.termijnregel import Feitsoort
from woo.usecases.agenda import MAX_DAGEN


class Termijnvraag(Bladeren):
    """Welke lopende termijnen."""

    voor: Dag | None = Field(default=None, description="Alleen wat op deze dag of eerder eindigt.")
    organisatie: Code | None = Field(
        default=None, description="Code van de organisatie; zonder dit alle die u mag zien."
    )


class NieuwFeit(BodyInput):
    """Een feit dat voor een termijn telt en dat nergens anders staat."""

    soort: Feitsoort = Field(title="Wat er gebeurde")
    over: Code | None = Field(
        default=None,
        title="Waarover",
        description="Id van de opschorting (id van het verzoek, `#` en haar eerste dag), het besluit of de procedure; "
        "zonder dit het verzoek of de publicatie zelf.",
    )
    op: Dag = Field(title="Dag", description="De dag waarop het gebeurde.")
    tot: Dag | None = Field(
        default=None, title="Laatste dag", description="De laatste dag die daarbij is gegeven, als die er is."
    )


class NieuweAgenda(BodyInput):
    """Een nieuwe agenda met uw termijnen."""

    naam: Naam = Field(title="Naam", description="Waarvoor, zodat u weet welke u intrekt.")
    dagen: StrictInt = Field(
        default=MAX_DAGEN, ge=1, le=MAX_DAGEN, description="Na hoeveel dagen het adres niet meer werkt."
    )
    organisaties: list[Code] | None = Field(
        default=None,
        min_length=1,
        max_length=100,
        description="Codes van organisaties; zonder dit alle die u mag zien.",
    )


class Cijfervraag(QueryInput):
    """Welke cijfers."""

    jaar: int | None = Field(default=None, ge=1980, le=2200, description="Alleen dit jaar.")
    organisatie: Code | None = Field(default=None, description="Alleen van deze organisatie (code).")
