"""What every part of the file of a source has in common: unknown keys are refused, one value may stand for a list."""

from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict


def listed(value: Any) -> Any:
    """One text as a list of it."""
    return [value] if isinstance(value, str) else value


def web_address(value: str) -> str:
    """The address of a page; raises ValueError for what is none, or holds a name or password."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("an address such as https://www.voorbeeld.nl is accepted here")
    if parts.username or parts.password:
        raise ValueError("an address without a name and password is accepted here")
    return value


Texts = Annotated[tuple[str, ...], BeforeValidator(listed)]


class Part(BaseModel):
    """A part of the file of a source."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
