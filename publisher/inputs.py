"""What may be sent to the desk: every field with its type and its limit, and nothing else."""

import inspect
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Self, TypeVar, get_args, get_type_hints

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from publisher.limits import MAX_DAYS
from woo.domain.actor import Rol
from woo.domain.document import Bestemming, Documentrol
from woo.domain.publicatie import Publicatiestatus
from woo.registry.finding import Zoekvraag
from woo.usecases.publicatie_gegevens import Gegevens
from woo.usecases.wijziging import Toelichting

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

MAX_PAGE = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})")
_TURNS_TEXT = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_ON_A_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def one_line(text: str) -> str:
    """Refuse what makes a text other than it looks: line breaks, control characters, marks that turn its direction."""
    return _readable(text, allowed="")


def _lines(text: str) -> str:
    return _readable(text, allowed="\n\r\t")


def _readable(text: str, *, allowed: str) -> str:
    for char in text:
        if char in _TURNS_TEXT or (char not in allowed and unicodedata.category(char) in _NOT_ON_A_LINE):
            raise PydanticCustomError(
                "onleesbaar_teken", "onzichtbaar teken U+{code}", {"code": f"{ord(char):04X}"}
            )
    return text


def written_day(value: object) -> object:
    """Check, before anything reads it, that a day is written as one: YYYY-MM-DD."""
    if value is None or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise PydanticCustomError("geen_dag", "geen datum")


def _written_moment(value: object) -> object:
    if value is None or (isinstance(value, str) and _MOMENT.fullmatch(value)):
        return value
    raise PydanticCustomError("geen_moment", "geen moment")


def _within(longest: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest)


_ONE_LINE = AfterValidator(one_line)
Titel = Annotated[str, _within(1_000), _ONE_LINE]
Code = Annotated[str, _within(500), _ONE_LINE]
Kenmerk = Annotated[str, _within(250), _ONE_LINE]
Naam = Annotated[str, _within(100), _ONE_LINE]
Omschrijving = Annotated[str, _within(10_000), AfterValidator(_lines)]
Reden = Annotated[str, _within(2_000), AfterValidator(_lines)]
Dag = Annotated[date, BeforeValidator(written_day)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written_moment)]


class Input(BaseModel):
    """The base of everything that is sent in: Dutch names in camelCase, unknown ones refused."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)

    @classmethod
    def names(cls) -> frozenset[str]:
        """The names as they are sent."""
        return frozenset(str(field.alias or name) for name, field in cls.model_fields.items())

    def given(self) -> dict[str, Any]:
        """The fields that were sent, under the names of the domain."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class BodyInput(Input):
    """The base of what is sent as the body of a request."""


class QueryInput(Input):
    """The base of what stands in the query of an address."""


class PaginaVraag(QueryInput):
    """The base of the query of a page: an empty field of its form counts as not sent."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, sent: Any) -> Any:
        if not isinstance(sent, dict):
            return sent
        return {name: value for name, value in sent.items() if value not in ("", [], [""])}


class _Uitgelegd(BodyInput):
    """The base of what changes something that is there: seen in which state, and why."""

    gewijzigd_op: Moment | None = Field(
        default=None,
        title="Stand",
        description="De waarde van `gewijzigdOp` die u zag; is er sindsdien iets gewijzigd, dan wordt niets bewaard.",
    )
    toelichting: Omschrijving | None = Field(
        default=None, title="Toelichting voor collega's", description="Waarom; alleen aan de balie te zien."
    )
    publieke_toelichting: Omschrijving | None = Field(
        default=None,
        title="Toelichting voor iedereen",
        description="Waarom; staat op de openbare pagina bij de wijzigingen.",
    )

    def uitleg(self) -> Toelichting:
        """Why, for the use case."""
        return Toelichting(self.toelichting, self.publieke_toelichting)

    def velden(self) -> dict[str, Any]:
        """The fields that were sent but for state and why."""
        return {name: value for name, value in self.given().items() if name not in _Uitgelegd.model_fields}


class _Wijziging(_Uitgelegd):
    """The base of a change: only what is sent changes, and something must be."""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.velden():
            raise PydanticCustomError("niets_te_wijzigen", "niets te wijzigen")
        return self


class Bladeren(QueryInput):
    """Which part of a list is asked for."""

    aantal: int = Field(
        default=20, ge=1, le=MAX_PAGE, description="Hoeveel er hoogstens in het antwoord staan."
    )
    na: str | None = Field(
        default=None, max_length=500, description="De waarde van `volgende` uit het vorige antwoord."
    )


class Zoeken(Bladeren):
    """Welke publicaties u zoekt; wat u niet noemt doet er niet toe."""

    zoek: str | None = Field(
        default=None,
        max_length=500,
        description="Woorden uit titels, kenmerken, omschrijving of bestandsnamen; elk woord moet voorkomen.",
    )
    status: Publicatiestatus | None = None
    categorie: str | None = Field(
        default=None, max_length=500, description="Code van de informatiecategorie."
    )
    organisatie: str | None = Field(default=None, max_length=500, description="Code van de organisatie.")
    jaar: int | None = Field(
        default=None,
        ge=1900,
        le=9998,
        description="Jaar waarin de publicatie openbaar werd of, zolang dat niet zo is, werd gemaakt.",
    )

    def vraag(self) -> Zoekvraag:
        """The question to the registry, still over every organisation."""
        return Zoekvraag(self.zoek or "", self.status, self.categorie, self.organisatie, self.jaar)


class PublicatieGegevens(_Uitgelegd):
    """Alle gegevens van een publicatie; wat u niet noemt, wordt leeg."""

    officiele_titel: Titel = Field(title="Titel", description="Hoogstens 1.000 tekens.")
    informatiecategorieen: list[Code] = Field(
        title="Informatiecategorie",
        min_length=1,
        max_length=20,
        description="Codes of URI's van de informatiecategorieën.",
    )
    publisher: Code | None = Field(
        default=None, title="Organisatie", description="Code of URI van de organisatie."
    )
    verkorte_titel: Titel | None = Field(default=None, title="Verkorte titel")
    omschrijving: Omschrijving | None = Field(default=None, title="Omschrijving")
    kenmerk: Kenmerk | None = Field(default=None, title="Kenmerk")
    themas: list[Code] = Field(
        default_factory=list, title="Thema's", max_length=20, description="Codes of URI's van de thema's."
    )

    def gegevens(self) -> Gegevens:
        """These data for the use case."""
        return Gegevens(
            officiele_titel=self.officiele_titel,
            informatiecategorieen=tuple(self.informatiecategorieen),
            publisher=self.publisher,
            verkorte_titel=self.verkorte_titel,
            omschrijving=self.omschrijving,
            kenmerk=self.kenmerk,
            themas=tuple(self.themas),
        )


class NieuwePublicatie(BodyInput):
    """Een nieuwe publicatie; zij begint als concept."""

    officiele_titel: Titel = Field(description="Hoogstens 1.000 tekens.")
    informatiecategorieen: list[Code] = Field(
        min_length=1,
        max_length=20,
        description="Codes of URI's van de informatiecategorieën.",
        examples=[["c_3baef532"]],
    )
    publisher: Code | None = Field(
        default=None,
        description="Code of URI van de organisatie; nodig voor u publiceert.",
        examples=["gm0153"],
    )
    verkorte_titel: Titel | None = None
    omschrijving: Omschrijving | None = Field(default=None, description="Hoogstens 10.000 tekens.")
    kenmerk: Kenmerk | None = Field(
        default=None, description="Zaaknummer of ander kenmerk, hoogstens 250 tekens."
    )
    themas: list[Code] = Field(
        default_factory=list,
        max_length=20,
        description="Codes of URI's van de thema's.",
        examples=[["c_d96f9cd3"]],
    )


class PublicatieWijziging(_Wijziging):
    """Wat er aan een publicatie verandert; wat u niet noemt blijft zoals het is."""

    publisher: Code = Field(default_factory=str, description="Code of URI van de organisatie.")
    officiele_titel: Titel = Field(default_factory=str)
    verkorte_titel: Titel = Field(default_factory=str)
    omschrijving: Omschrijving = Field(default_factory=str)
    kenmerk: Kenmerk = Field(default_factory=str)
    themas: list[Code] = Field(
        default_factory=list, max_length=20, description="Codes of URI's van de thema's; [] haalt ze weg."
    )


class NieuwDocument(BodyInput):
    """De gegevens van een nieuw document; het bestand gaat mee als `bestand`."""

    officiele_titel: Titel
    omschrijving: Omschrijving | None = None
    kenmerk: Kenmerk | None = None
    documentsoort: Code | None = Field(default=None, description="Code of URI van de documentsoort.")
    creatiedatum: Dag | None = Field(default=None, description="Datum van het document.")
    taal: Code | None = Field(default=None, description="Code of URI van de taal.", examples=["NLD"])
    bestemming: Bestemming = Field(
        default=Bestemming.OPENBAAR,
        description="Voor wie het document is. Wat 'verzonden' of 'alleen_verzoeker' is, kan nooit openbaar worden.",
    )
    rol: Documentrol | None = Field(default=None, description="Wat het document is in het dossier.")


class LosBestand(BodyInput):
    """Een nieuw bestand, en waarom het er komt."""

    reden: Reden | None = Field(
        default=None,
        title="Waarom is het bestand veranderd?",
        description="Iedereen kan deze reden lezen. Hoogstens 2.000 tekens.",
    )


class DocumentWijziging(_Wijziging):
    """Wat er aan een document verandert; wat u niet noemt blijft zoals het is, `null` maakt een veld leeg."""

    officiele_titel: Titel = Field(default_factory=str, title="Titel")
    omschrijving: Omschrijving | None = Field(default=None, title="Omschrijving")
    kenmerk: Kenmerk | None = Field(default=None, title="Kenmerk")
    documentsoort: Code | None = Field(default=None, title="Documentsoort")
    creatiedatum: Dag | None = Field(default=None, title="Datum")
    taal: Code | None = Field(default=None, title="Taal")
    rol: Documentrol | None = Field(default=None, title="Rol in het dossier")


class NieuweIntrekking(BodyInput):
    """Waarom iets wordt ingetrokken: met de code van een reden, in eigen woorden, of beide."""

    code: Code | None = Field(
        default=None,
        title="Reden",
        description="Code van een reden uit `/v1/intrekredenen`.",
        examples=["privacy"],
    )
    reden: Reden | None = Field(
        default=None,
        title="Toelichting voor iedereen",
        description="Iedereen kan dit lezen. Met een code is het de toelichting daarop. Hoogstens 2.000 tekens.",
    )
    intern: Reden | None = Field(
        default=None,
        title="Toelichting voor intern gebruik",
        description="Staat alleen in het register, nooit op de site.",
    )

    @model_validator(mode="after")
    def _said(self) -> Self:
        if self.code is None and self.reden is None:
            raise PydanticCustomError("geen_reden", "geen reden", {"veld": "reden"})
        return self


class Opnieuw(BodyInput):
    """Wat opnieuw wordt geprobeerd."""

    ids: list[Code] | None = Field(
        default=None,
        min_length=1,
        max_length=1_000,
        description="Id's van jobs of documenten; zonder `ids` alles.",
    )


class NieuweSleutel(BodyInput):
    """Een nieuwe API-sleutel."""

    naam: Naam = Field(
        description="Voor wie of voor welk systeem; staat in het logboek. Hoogstens 100 tekens."
    )
    rol: Rol | None = Field(
        default=None, description="De rol bij elke organisatie; niet samen met `organisaties`."
    )
    organisaties: dict[Code, Rol] | None = Field(
        default=None,
        min_length=1,
        max_length=500,
        description="De rol bij elke organisatie waarvoor de sleutel is, per code of URI.",
        examples=[{"gm0153": "redacteur"}],
    )
    handelingen: list[Code] | None = Field(
        default=None,
        min_length=1,
        max_length=100,
        description="Beperk de sleutel tot deze handelingen; zonder mag zij alles van haar rol.",
        examples=[["publicatie-maken", "document-toevoegen"]],
    )
    dagen: StrictInt = Field(ge=1, le=MAX_DAYS, description="Na hoeveel dagen de sleutel vervalt.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.rol is None) == (self.organisaties is None):
            raise PydanticCustomError("rol_of_organisaties", "één van beide")
        return self


def any_query(endpoint: Endpoint) -> Endpoint:
    """Let an endpoint take whatever stands in the query of its address: others than we decide what that is."""
    endpoint.any_query = True  # type: ignore[attr-defined]
    return endpoint


def takes_any_query(endpoint: Callable[..., Any]) -> bool:
    """Whether an endpoint was marked with `any_query`."""
    return getattr(endpoint, "any_query", False)


def declared(endpoint: Callable[..., Any], kind: type[Input]) -> frozenset[str]:
    """The names that an endpoint takes from a body (`BodyInput`) or a query (`QueryInput`)."""
    hints = get_type_hints(inspect.unwrap(endpoint)).values()
    parts = [part for hint in hints for part in (hint, *get_args(hint))]
    models = [part for part in parts if inspect.isclass(part) and issubclass(part, kind)]
    return frozenset[str]().union(*(model.names() for model in models))
