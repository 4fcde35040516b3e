"""What every part of the file of a source has in common: unknown keys are refused, one value may stand for a list."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


def listed(value: Any) -> Any:
    """One text as a list of it."""
    return [value] if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(listed)]


class Part(BaseModel):
    """A part of the file of a source."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
