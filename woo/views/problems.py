"""What a program is told when a request fails: a problem after RFC 9457, and each thing that was wrong with the request."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from woo.taal import gettext

MEDIA_TYPE = "application/problem+json"
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class InputFault:
    """One thing wrong with a request: where (`query`, `path`, `header`, `body`), which one, a code, a Dutch sentence."""

    place: str
    name: str
    code: str
    detail: str

    def as_json(self) -> dict[str, str]:
        return {"in": self.place, "location": self.name, "code": self.code, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is told of an error: HTTP status, title and detail in Dutch, and what a program needs."""

    status: int
    title: str
    detail: str
    faults: Sequence[InputFault] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self, instance: str) -> dict[str, Any]:
        """The body after RFC 9457; `instance` is the path asked for."""
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            **self.extra,
        }
        if self.faults:
            body["errors"] = [fault.as_json() for fault in self.faults]
        return body


def invalid(*faults: InputFault) -> Problem:
    """The 400 that names everything wrong at once (NL API Design Rules /core/error-handling/all-errors)."""
    one = gettext("Een deel van uw vraag klopt niet")
    title = one if len(faults) == 1 else gettext("Delen van uw vraag kloppen niet")
    return Problem(400, title, " ".join(fault.detail for fault in faults), faults)


def unknown_name(place: str, name: str, known: Iterable[str]) -> InputFault:
    """The fault of a parameter (place `query`) or field that does not exist, naming the nearest right one."""
    of_query = place == "query"
    shown = quoted(name)
    folded = {right.casefold(): right for right in known}
    near = difflib.get_close_matches(name[:_SHOWN].casefold(), folded, n=1, cutoff=0.5)
    if near:
        way_out = gettext("Bedoelt u '%(naam)s'?", naam=folded[near[0]])
    elif folded:
        way_out = gettext("Deze bestaan wel: %(namen)s.", namen=", ".join(sorted(folded.values())))
    else:
        way_out = gettext("Hier horen geen parameters.") if of_query else gettext("Hier horen geen velden.")
    absent = (
        gettext("De parameter %(naam)s bestaat niet.", naam=shown)
        if of_query
        else gettext("Het veld %(naam)s bestaat niet.", naam=shown)
    )
    code = "onbekende-parameter" if of_query else "onbekend-veld"
    return InputFault(place, name[:_SHOWN], code, f"{absent} {way_out}")


def quoted(value: object) -> str:
    """A value as it may stand in a sentence: between quotes, on one line, cut where it is long."""
    text = str(value)
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return "'" + "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in cut) + "'"
