"""What may be sent to the desk: every field with its type and its limit, and nothing else."""

import inspect
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar, get_args, get_type_hints

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

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


class Bladeren(QueryInput):
    """Which part of a list is asked for."""

    aantal: int = Field(
        default=20, ge=1, le=MAX_PAGE, description="Hoeveel er hoogstens in het antwoord staan."
    )
    na: str | None = Field(
        default=None, max_length=500, description="De waarde van `volgende` uit het vorige antwoord."
    )


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
