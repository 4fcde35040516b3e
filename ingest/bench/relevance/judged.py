"""Reads questions with judged answers from a file of ours: what is typed, and how good each document is as an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ingest.bench.relevance.corpus import Ingevuld
from woo.domain.errors import InvalidValue
from woo.index.parse import parse
from woo.index.query import And, Node, Or

BEST = 3
"""3 is what was looked for, 2 is about it, 1 touches it; 0 is no answer and is not written down."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, of what kind the question is, and the grade of each answer by the id of its document."""

    zoek: Node
    tekst: str
    soort: str
    antwoorden: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """The questions of a file, and what was filled in of the documents that they are about, by digest."""

    questions: tuple[Question, ...]
    ingevuld: Mapping[str, Ingevuld]


def read_judged(path: Path) -> Judged:
    """Read a file of questions; its form is told at its head.

    Raises:
        InvalidValue: a question names an unknown document, has a grade that is none, or asks nothing.
    """
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    documenten: dict[str, dict[str, str]] = content["documenten"]
    questions = tuple(_question(vraag, documenten) for vraag in content["vragen"])
    ingevuld = {
        one["sha256"]: Ingevuld(one.get("titel"), one.get("documentsoort")) for one in documenten.values()
    }
    return Judged(questions, ingevuld)


def _question(vraag: Mapping[str, Any], documenten: Mapping[str, Mapping[str, str]]) -> Question:
    zoek, antwoorden = vraag["zoek"], vraag["antwoorden"]
    for naam, grade in antwoorden.items():
        if naam not in documenten:
            raise InvalidValue(
                "antwoorden", naam, f"the question {zoek!r} names a document that is not listed"
            )
        if grade not in range(1, BEST + 1):
            raise InvalidValue(
                "antwoorden", grade, f"the question {zoek!r} has a grade that is not 1, 2 or 3"
            )
    return question(
        zoek, vraag["soort"], {documenten[naam]["sha256"]: grade for naam, grade in antwoorden.items()}
    )


def question(tekst: str, soort: str, antwoorden: Mapping[str, int], *, any_word: bool = False) -> Question:
    """Return a question as typed; with `any_word` its words mean *or*, as sentences have words that no answer holds.

    Raises:
        InvalidValue: it asks nothing, or has no answers.
    """
    node = parse(tekst).node
    if node is None or not antwoorden:
        raise InvalidValue("vraag", tekst, "a question asks something and has at least one answer")
    if any_word and isinstance(node, And):
        node = Or(node.delen)
    return Question(node, tekst, soort, antwoorden)
