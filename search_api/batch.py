"""Many searches in one go: a list read from JSON, CSV or lines, and an outcome per search; a bad one spoils only itself."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from search_api import parameters, params, problems, queries
from search_api.params import Question
from search_api.parts import Parts
from search_api.problems import ProblemError, invalid
from search_api.searching import Answer, search
from woo.domain.errors import InvalidValue, Unavailable
from woo.index.query import Soort
from woo.taal import gettext
from woo.views.problems import InputFault, Problem, quoted

MOST = 1_000
"""Searches of one list."""

MAX_BYTES = 4_000_000
"""Bytes of one list."""

MAX_HITS = 10
"""First hits of each search that may be asked for."""

_NOT = frozenset({"aantal", "na", "facetten"})
PARAMETERS = tuple(parameter for parameter in parameters.DOCUMENTEN if parameter.naam not in _NOT)
_NAMES = frozenset(parameter.naam for parameter in PARAMETERS)
_PATIENCE = 3
"""Searches in a row that an engine may leave unanswered before the whole list is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One search of a list as it was given: its parameters by name, or what is wrong with its shape."""

    pairs: tuple[tuple[str, str], ...] = ()
    fault: str | None = None

    @property
    def zoek(self) -> str:
        return next((value for naam, value in self.pairs if naam == "zoek"), "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one search: an answer, or the problem with it."""

    nummer: int
    asked: Asked
    answer: Answer | None = None
    problem: Problem | None = None


def read_json(body: bytes) -> tuple[Asked, ...]:
    """Read a list of searches, each a text or an object of parameters; raises the 400 for what is no such list."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise _refused(
            "geen-json",
            "Dit is geen JSON. Stuur een lijst van zoekvragen, of een zoekvraag per regel als text/plain of text/csv.",
        ) from None
    if not isinstance(given, list):
        raise _refused(
            "geen-lijst", 'Stuur een lijst, zoals ["stikstof", {"zoek": "geluid", "jaar": ["2023"]}].'
        )
    return _counted([_of_json(one) for one in given])


def read_text(body: bytes) -> tuple[Asked, ...]:
    """Read CSV, or a search per line; empty lines are passed over.

    Is the first row made of parameter names with `zoek` among them, then it names the columns; several values in a cell
    are divided by `|`. Else every line is a search as typed. Raises the 400 for what is not UTF-8 or too much.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(
            "geen-utf-8", gettext("De lijst is geen UTF-8. Sla hem op als UTF-8 en stuur hem opnieuw.")
        ) from None
    lines = text.splitlines()
    for scheiding in (",", ";", "\t"):
        columns = [cell.strip() for cell in lines[0].split(scheiding)] if lines else []
        if "zoek" in columns and set(columns) <= _NAMES:
            return _counted(list(_of_rows(text, scheiding, columns)))
    return _counted([Asked((("zoek", line.strip()),)) for line in lines if line.strip()])


def run(parts: Parts, asked: Sequence[Asked], *, hits: int = 0) -> Iterator[Outcome]:
    """Answer one search after the other, with at most `hits` hits each.

    Raises:
        Unavailable: the engine answered none of several searches in a row.
    """
    silent = 0
    for nummer, one in enumerate(asked, start=1):
        try:
            yield Outcome(nummer, one, answer=search(parts, _question(parts, one, hits)))
            silent = 0
        except Unavailable as error:
            silent += 1
            if silent >= min(_PATIENCE, len(asked)):
                raise
            yield Outcome(nummer, one, problem=problems.of(error))
        except (ProblemError, InvalidValue) as error:
            yield Outcome(nummer, one, problem=problems.of(error))


def _question(parts: Parts, asked: Asked, hits: int) -> Question:
    if asked.fault is not None:
        raise _refused("ongeldige-zoekvraag", asked.fault)
    if not any(value.strip() for _, value in asked.pairs):
        raise _refused("leeg", gettext("Deze zoekvraag is leeg. Geef zoekwoorden of een filter."))
    raw = urlencode(asked.pairs, errors="replace").encode()
    question = params.question(queries.read(raw, PARAMETERS), Soort.DOCUMENT, parts.lijsten)
    return replace(question, query=replace(question.query, aantal=max(hits, 1), paginas=1 if hits else 0))


def _of_json(given: object) -> Asked:
    if isinstance(given, str):
        return Asked((("zoek", given),))
    if not isinstance(given, Mapping):
        return Asked(
            fault=f"Een zoekvraag is een tekst of een object met parameters, niet {quoted(json.dumps(given))}."
        )
    pairs: list[tuple[str, str]] = []
    for naam, value in given.items():
        for each in value if isinstance(value, list) else [value]:
            text = _plain(each)
            if text is None:
                return Asked(
                    tuple(pairs), f"De waarde van {quoted(naam)} is geen tekst, getal, true of false."
                )
            pairs.append((naam, text))
    return Asked(tuple(pairs))


def _plain(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int) else None


def _of_rows(text: str, scheiding: str, columns: Sequence[str]) -> Iterator[Asked]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=scheiding)
    next(rows)
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(columns):
                yield Asked(
                    fault=gettext(
                        "Deze rij heeft %(cellen)s cellen en er zijn %(kolommen)s kolommen.",
                        cellen=len(row),
                        kolommen=len(columns),
                    )
                )
                continue
            yield Asked(tuple(_cells(zip(columns, row, strict=False))))
    except csv.Error:
        raise _refused(
            "geen-csv",
            gettext("De lijst is geen CSV: een cel is te groot of een aanhalingsteken sluit niet."),
        ) from None


def _cells(cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for naam, cell in cells:
        for value in [cell] if naam == "zoek" else cell.split("|"):
            if value.strip():
                yield naam, value.strip()


def _counted(asked: list[Asked]) -> tuple[Asked, ...]:
    if not asked:
        raise _refused("leeg", gettext("De lijst is leeg. Zet er minstens één zoekvraag in."))
    if len(asked) > MOST:
        raise _refused(
            "te-veel",
            gettext(
                "De lijst heeft %(aantal)s zoekvragen; het mogen er %(most)s zijn. Verdeel hem in stukken.",
                aantal=len(asked),
                most=MOST,
            ),
        )
    return tuple(asked)


def _refused(code: str, detail: str) -> ProblemError:
    return invalid(InputFault("body", "", code, detail))
