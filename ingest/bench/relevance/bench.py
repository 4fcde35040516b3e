"""Asks judged questions of an index and says how good the order of the answers is, per set and per kind of question."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from ingest.bench.relevance.corpus import entries_of
from ingest.bench.relevance.judged import Question, read_judged
from ingest.bench.relevance.measures import DEPTH, ndcg, recall
from ingest.bench.relevance.verzamelingen import collections_of
from ingest.setup import open_house
from woo.domain.errors import InvalidValue
from woo.index.port import DocumentEntry, IndexReader, SearchIndex
from woo.index.query import SearchQuery
from woo.settings import load_settings
from woo.usecases.platform import load_lijsten

PATTERNS = (
    "nl-gov-pdf/**/*.pdf",
    "nl-gov-pdf/**/*.docx",
    "nl-gov-pdf/**/*.xlsx",
    "office-mail/nl-docx-ssc-ict/*",
    "office-mail/nl-docx-verslagen/*",
    "office-mail/nl-xlsx-wob-registers/*",
    "scans-nl/**/*.pdf",
    "text-nl/**/*.md",
)
"""The files that are searched: those that are judged among others like them, decisions, letters, minutes and laws."""

OWN = "eigen vragen"


@dataclass(frozen=True, slots=True)
class RelevanceSet:
    """Questions, and all that is searched for their answers."""

    naam: str
    entries: tuple[DocumentEntry, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The means over some questions: nDCG@10 and recall@100 (0..1)."""

    vragen: int
    ndcg10: float
    recall100: float


@dataclass(frozen=True, slots=True)
class SetScore:
    """How one engine did on one set: all questions together, and per kind; the questions with their nDCG@10, worst first."""

    naam: str
    geheel: Score
    soorten: Mapping[str, Score]
    vragen: tuple[tuple[str, float], ...]


def load_sets(questions: Path, corpus: Path) -> tuple[RelevanceSet, ...]:
    """Read the files and questions: our own set, and one for each collection of others, with our files around its texts.

    Raises:
        InvalidValue: a question that cannot be, or an answer that is not in the corpus.
    """
    judged = read_judged(questions)
    lijsten = load_lijsten(load_settings({}, cwd=Path.cwd()))
    own = tuple(entries_of(corpus, PATTERNS, lijsten, judged.ingevuld))
    there = {entry.id for entry in own}
    for one in judged.questions:
        if absent := one.antwoorden.keys() - there:
            raise InvalidValue(
                "antwoorden", ", ".join(sorted(absent)), f"no such file with text in {corpus} ({one.tekst!r})"
            )
    others = collections_of(corpus)
    around = (*own, *(entry for one in others for entry in one.entries))
    return (
        RelevanceSet(OWN, own, judged.questions),
        *(RelevanceSet(one.naam, around, one.questions) for one in others),
    )


def bench_relevance(sets: Sequence[RelevanceSet], *, index_url: str | None = None) -> tuple[SetScore, ...]:
    """Measure every set on one engine, in an installation of its own; an index elsewhere is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as home:
        environ = {"WOO_HOME": home, **({} if index_url is None else {"WOO_INDEX__URL": index_url})}
        house = open_house(load_settings(environ, cwd=Path.cwd()))
        scores: dict[str, SetScore] = {}
        for group in _same_entries(sets):
            built = house.build()
            try:
                fill(built.index, group[0].entries)
                scores |= {one.naam: measure(built.index, one) for one in group}
            finally:
                house.drop(built)
        return tuple(scores[one.naam] for one in sets)


def _same_entries(sets: Sequence[RelevanceSet]) -> Iterator[list[RelevanceSet]]:
    """Yield the sets that search the same, together: they share an index."""
    groups: dict[tuple[str, ...], list[RelevanceSet]] = {}
    for one in sets:
        groups.setdefault(tuple(entry.id for entry in one.entries), []).append(one)
    yield from groups.values()


def fill(index: SearchIndex, entries: Iterable[DocumentEntry]) -> None:
    """Put the entries into an index."""
    index.upsert(entries)
    index.commit()


def measure(index: IndexReader, asked: RelevanceSet) -> SetScore:
    """Ask each question of the set, and judge the order of the answers."""
    rows = []
    for one in asked.questions:
        found = [hit.id for hit in index.search(SearchQuery(zoek=one.zoek, aantal=DEPTH, paginas=0)).hits]
        rows.append((one, ndcg(found, one.antwoorden), recall(found, one.antwoorden)))
    soorten = dict.fromkeys(one.soort for one, _, _ in rows)
    return SetScore(
        asked.naam,
        _mean(rows),
        {soort: _mean([row for row in rows if row[0].soort == soort]) for soort in soorten},
        tuple(sorted(((one.tekst, round(gain, 4)) for one, gain, _ in rows), key=lambda row: row[1])),
    )


def _mean(rows: Sequence[tuple[Question, float, float]]) -> Score:
    count = len(rows)
    return Score(
        count,
        round(sum(gain for _, gain, _ in rows) / count, 4),
        round(sum(share for _, _, share in rows) / count, 4),
    )


def describe(engine: str, scores: Sequence[SetScore], *, worst: int = 0) -> Iterator[str]:
    """Lines for people; at the end so many questions with the worst answers."""
    for one in scores:
        yield f"{engine}, {one.naam}"
        yield f"  {'question':<26}{'n':>5}{'nDCG@10':>10}{'recall@100':>12}"
        for naam, score in {"all": one.geheel, **(one.soorten if len(one.soorten) > 1 else {})}.items():
            yield f"  {naam:<26}{score.vragen:>5}{score.ndcg10:>10.3f}{score.recall100:>12.3f}"
    for tekst, gain in scores[0].vragen[:worst]:
        yield f"  {gain:.3f}  {tekst}"


def recorded(scores: Sequence[SetScore]) -> dict[str, dict[str, dict[str, float]]]:
    """Return the figures of one engine as they are recorded: by set, then `geheel` or the kind of question."""
    return {
        one.naam: {
            naam: {"ndcg10": score.ndcg10, "recall100": score.recall100}
            for naam, score in {"geheel": one.geheel, **(one.soorten if len(one.soorten) > 1 else {})}.items()
        }
        for one in scores
    }


def write_record(path: Path, engine: str, scores: Sequence[SetScore]) -> None:
    """Record the figures of one engine in a file; those of other engines stay."""
    content = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    text = yaml.safe_dump({**(content or {}), engine: recorded(scores)}, allow_unicode=True, sort_keys=True)
    path.write_text(text, encoding="utf-8")
