"""`woo bench metadata`: the suggestions from the text beside what people read in the same decisions."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ingest.metadata.zoeken import ZEKER_GENOEG, Zoeker
from woo.domain.document import Voorstel
from woo.domain.errors import InvalidValue
from woo.sandbox import Limits, Sandbox, SandboxError, read_pdf
from woo.settings import load_settings
from woo.usecases.platform import load_lijsten

_LAW = "Wob artikel "
_ANNEX = "tekst:bijlage"
_FIRST_YEAR = 1900
_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")


@dataclass(frozen=True, slots=True)
class Waarheid:
    """What people read in one decision: its date, that of the request, and the articles of the Wob that it quotes."""

    naam: str
    besluit: date | None
    verzoek: date | None
    artikelen: frozenset[str]


@dataclass(slots=True)
class Tally:
    """Answers given, right ones among them, and how many there are to be given."""

    right: int = 0
    answered: int = 0
    expected: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.answered if self.answered else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 0.0


@dataclass(frozen=True, slots=True)
class MetadataBench:
    """How many decisions were looked at, and how well each field was found."""

    files: int
    besluitdatum: Tally
    verzoekdatum: Tally
    artikelen: Tally


def bench_metadata(folder: Path) -> MetadataBench:
    """Read every PDF below `folder` that a CSV below it describes (by file name), and compare.

    Raises InvalidValue when no CSV describes any of them.
    """
    files = {path.name: path for path in sorted(folder.rglob("*.pdf"))}
    known = {each.naam: each for each in _ground_truth(folder) if each.naam in files}
    if not known:
        raise InvalidValue(
            "folder", str(folder), "no CSV in it with a column file_name describes a PDF in it"
        )
    zoeker = Zoeker(load_lijsten(load_settings({}, cwd=Path.cwd())))
    measured = MetadataBench(len(known), Tally(), Tally(), Tally())
    with Sandbox(Limits()) as sandbox:
        for waarheid in known.values():
            path = files[waarheid.naam]
            voorstellen = zoeker.suggestions(_pages(sandbox, path), naam=path.name, vandaag=date.max)
            _compare(measured, waarheid, voorstellen)
    return measured


def _pages(sandbox: Sandbox, path: Path) -> Sequence[str]:
    try:
        return [page.text for page in read_pdf(sandbox, path).pages]
    except SandboxError:
        return []


def _ground_truth(folder: Path) -> Iterator[Waarheid]:
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("file_name") and "decision_date" in row:
                    articles = re.findall(r"\d+", row.get("articles") or "")
                    yield Waarheid(
                        row["file_name"],
                        _day(row["decision_date"]),
                        _day(row.get("request_date")),
                        frozenset(articles),
                    )


def _day(text: str | None) -> date | None:
    """A day as the files write it (`4-8-2020`); what is none, or was mistyped, is not expected."""
    found = _DAY.fullmatch((text or "").strip())
    if found is None or int(found[3]) < _FIRST_YEAR:
        return None
    return date(int(found[3]), int(found[2]), int(found[1]))


def _compare(measured: MetadataBench, waarheid: Waarheid, voorstellen: Sequence[Voorstel]) -> None:
    _compare_day(measured.besluitdatum, waarheid.naam, waarheid.besluit, _first(voorstellen, "creatiedatum"))
    _compare_day(measured.verzoekdatum, waarheid.naam, waarheid.verzoek, _first(voorstellen, "verzoekdatum"))
    if waarheid.artikelen:
        found, tally = _articles(voorstellen), measured.artikelen
        tally.right += len(found & waarheid.artikelen)
        tally.answered += len(found)
        tally.expected += len(waarheid.artikelen)
        if found != waarheid.artikelen:
            missed, more = (
                sorted(waarheid.artikelen - found, key=int),
                sorted(found - waarheid.artikelen, key=int),
            )
            tally.wrong.append(f"{waarheid.naam}: missed {missed}, found besides {more}")


def _compare_day(tally: Tally, naam: str, expected: date | None, found: str | None) -> None:
    """A day that people did not write down counts for nothing."""
    if expected is None:
        return
    tally.expected += 1
    tally.answered += found is not None
    tally.right += found == expected.isoformat()
    if found != expected.isoformat():
        tally.wrong.append(f"{naam}: {expected.isoformat()}, found {found or 'nothing'}")


def _first(voorstellen: Sequence[Voorstel], veld: str) -> str | None:
    """The suggestion that would fill the field."""
    return next((v.waarde for v in voorstellen if v.veld == veld and v.zekerheid >= ZEKER_GENOEG), None)


def _articles(voorstellen: Sequence[Voorstel]) -> frozenset[str]:
    """The numbers of articles of the Wob: those that an annex quotes, else those that are cited."""
    wob = [v for v in voorstellen if v.veld == "wet" and v.waarde.startswith(_LAW)]
    quoted = [v for v in wob if v.bron == _ANNEX] or wob
    numbers = (re.match(r"\d+", v.waarde.removeprefix(_LAW)) for v in quoted)
    return frozenset(number[0] for number in numbers if number is not None)


def describe(measured: MetadataBench) -> Iterator[str]:
    """The figures as lines for people, every miss below them."""
    yield f"{measured.files} decisions and lists with a description"
    fields = {
        "date of the decision": measured.besluitdatum,
        "date of the request": measured.verzoekdatum,
        "articles of the Wob": measured.artikelen,
    }
    for name, tally in fields.items():
        yield (
            f"{name}: precision {tally.precision:.3f} ({tally.right}/{tally.answered}), "
            f"recall {tally.recall:.3f} ({tally.right}/{tally.expected})"
        )
    for name, tally in fields.items():
        for line in tally.wrong:
            yield f"  {name}: {line}"
