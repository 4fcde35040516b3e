"""Retrieval collections of others that hold both questions and the texts that answer them, as entries and questions.

They are read from the folder `retrieval` of a corpus at run time. Their questions are whole sentences, in which words
mean *or*: asked with *and*, as the search field does, nearly none would find anything, and no order could be measured.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.bench.relevance.corpus import PUBLISHER, SHOWN
from ingest.bench.relevance.judged import BEST, Question, question
from woo.index.port import DocumentEntry, PageEntry

VAC = "govbench-vac"
"""Questions that citizens ask and the answers of the national government: github.com/…/govtech_hackathon, 180 pairs."""

WOOPENBAAR = "woopenbaar"
"""Questions made of passages of disclosed documents on the corona crisis, each with the passage."""

_PAGE = 2_500


@dataclass(frozen=True, slots=True)
class Verzameling:
    """A collection: the texts that are answers, as entries, and its questions."""

    naam: str
    entries: tuple[DocumentEntry, ...]
    questions: tuple[Question, ...]


def collections_of(folder: Path) -> tuple[Verzameling, ...]:
    """Return the collections below `folder/retrieval` that have questions, answers and texts; none where it is absent."""
    return tuple(
        one
        for one in (_vac(folder / "retrieval" / VAC), _woopenbaar(folder / "retrieval" / WOOPENBAAR))
        if one.questions
    )


def _vac(folder: Path) -> Verzameling:
    """The subject of an answer stands for its title: the question itself would be found by its title alone."""
    rows = [row for path in sorted(folder.glob("rijksoverheid_vacs_*.csv")) for row in _rows(path)]
    unique = {row["id"]: row for row in rows if row["reference_answer"].strip()}.values()
    entries = [
        _entry(f"{VAC}-{row['id']}", row["subjects"].strip() or "Vraag en antwoord", row["reference_answer"])
        for row in unique
    ]
    questions = [
        question(row["question"], VAC, {f"{VAC}-{row['id']}": BEST}, any_word=True) for row in unique
    ]
    return Verzameling(VAC, tuple(entries), tuple(questions))


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _woopenbaar(folder: Path) -> Verzameling:
    """One document for each passage that a question was made of."""
    made: Sequence[Mapping[str, str]] = [
        one
        for name in ("v1_benchmark.json", "retrieval_benchmarks.json")
        if (folder / name).is_file()
        for one in json.loads((folder / name).read_text(encoding="utf-8"))
    ]
    ids = {
        context: f"{WOOPENBAAR}-{n}"
        for n, context in enumerate(dict.fromkeys(one["context"] for one in made))
    }
    entries = [_entry(id, "Document", context) for context, id in ids.items()]
    questions = [
        question(one["question"], WOOPENBAAR, {ids[one["context"]]: BEST}, any_word=True) for one in made
    ]
    return Verzameling(WOOPENBAAR, tuple(entries), tuple(questions))


def _entry(id: str, titel: str, text: str) -> DocumentEntry:
    pages = [text[at : at + _PAGE] for at in range(0, len(text), _PAGE)]
    return DocumentEntry(
        id=id,
        publicatie_id=id,
        volgnummer=1,
        officiele_titel=titel,
        publisher=PUBLISHER,
        publisher_naam=PUBLISHER,
        informatiecategorieen=(),
        publicatiedatum=SHOWN,
        kaart={"officieleTitel": titel},
        pages=tuple(PageEntry(number, page) for number, page in enumerate(pages, start=1)),
    )
