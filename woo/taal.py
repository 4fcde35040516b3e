"""The language in which people are told something: Dutch as it stands in the code, or another by its catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import Final


@dataclass(frozen=True, slots=True)
class Taal:
    """A language: its code (ISO 639-1), its name in that language, its locale, and the translations of the Dutch texts."""

    code: str
    naam: str
    locale: str
    vertalingen: NullTranslations = field(default_factory=NullTranslations, repr=False, compare=False)


NEDERLANDS: Final = Taal("nl", "Nederlands", "nl_NL")
"""The language of the source; what nobody asked for in another language is told in this one."""

_PRESENT: ContextVar[Taal] = ContextVar("taal", default=NEDERLANDS)


def present() -> Taal:
    """The language of the request that is being answered; Dutch outside of any."""
    return _PRESENT.get()


@contextmanager
def spoken(taal: Taal) -> Iterator[None]:
    """Tell everything in this language, within the block and the threads that work for it."""
    token = _PRESENT.set(taal)
    try:
        yield
    finally:
        _PRESENT.reset(token)


def gettext(text: str, **values: object) -> str:
    """Say a Dutch text in the present language; each `%(name)s` in it is filled from `values`.

    The text itself is the key of the catalogue (GNU gettext), so it is a constant: values go in by name.
    """
    said = present().vertalingen.gettext(text) if text else text
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """Say the one text or the other, by the rule for numbers of the present language; `%(num)s` is the number."""
    said = present().vertalingen.ngettext(one, many, num)
    return said % {"num": num, **values}


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogue where it is defined, to be said with `gettext` where it is told."""
    return text
