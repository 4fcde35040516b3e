"""Which documents of an API are wanted: the key `filters` of a source of kind `openoverheid`."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from woo.oogst.delen import Part, Texts


def _day(value: Any) -> Any:
    """A day that YAML read as a date, or as text because of quotes; nothing with a time of the day."""
    if type(value) is date or isinstance(value, str):
        return value
    raise ValueError("a day is accepted here, such as 2025-01-31")


Day = Annotated[date, BeforeValidator(_day)]


class Filters(Part):
    """What is asked for: each publisher and category by itself, made public in a period (first and last day).

    `publishers` without a value means `publisher` and `publishers` of the source. Once a source is read, `publishers` and
    `categories` hold the names of the value lists, by which the API knows them.
    """

    publishers: Texts = ()
    categories: Texts = ()
    since: Day | None = None
    until: Day | None = None
    text: str = Field(default="", max_length=500)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError("since is later than until")
        return self
