"""The query string of a request: decoded strictly, unknown and repeated names refused with the nearest right one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from search_api.problems import invalid
from woo.taal import gettext
from woo.views.problems import InputFault, unknown_name

MAX_BYTES = 32_768
MAX_PARTS = 500


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter as it is read and as the API description shows it (`uitleg` in Dutch, `schema` JSON Schema)."""

    naam: str
    uitleg: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    herhaalbaar: bool = False
    voorbeeld: str | None = None


Values = Mapping[str, Sequence[str]]


def read(raw: bytes, known: Iterable[Parameter], *, strict: bool = True) -> dict[str, list[str]]:
    """Return the values per parameter; a parameter without a value counts as not given.

    Raises the 400 that names every fault: bytes that are not UTF-8, names that are not known, single ones given twice.
    Pages for people are not strict: names that others hang on their links (`utm_source`) are passed over.
    """
    parameters = {parameter.naam: parameter for parameter in known}
    values: dict[str, list[str]] = {}
    for name, value in _pairs(raw):
        if not strict and name not in parameters:
            continue
        values.setdefault(name, [])
        if value.strip():
            values[name].append(value)
    faults = [unknown_name("query", name, parameters) for name in values if name not in parameters]
    faults += [
        InputFault(
            "query", name, "dubbel", gettext("'%(naam)s' mag maar één keer in het adres staan.", naam=name)
        )
        for name, given in values.items()
        if len(given) > 1 and name in parameters and not parameters[name].herhaalbaar
    ]
    if faults:
        raise invalid(*faults)
    return {name: given for name, given in values.items() if given}


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    if len(raw) > MAX_BYTES:
        raise invalid(
            InputFault(
                "query",
                "",
                "te-lang",
                gettext(
                    "Het adres is te lang. Een zoekvraag mag %(bytes)s bytes lang zijn.", bytes=MAX_BYTES
                ),
            )
        )
    try:
        return parse_qsl(
            raw.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MAX_PARTS
        )
    except UnicodeDecodeError:
        detail = gettext("Het adres bevat tekens die geen geldig UTF-8 zijn. Typ de zoekvraag opnieuw.")
        raise invalid(InputFault("query", "", "geen-utf-8", detail)) from None
    except ValueError:
        detail = gettext(
            "Het adres heeft meer dan %(most)s onderdelen. Gebruik minder filters.", most=MAX_PARTS
        )
        raise invalid(InputFault("query", "", "te-veel", detail)) from None
