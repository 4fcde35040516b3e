"""The kinds of file that a run tells apart, and what was done of each: documents, pages and seconds."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from woo.domain.formaat import BY_EXTENSIE, BY_MIME, Soort
from woo.registry import Outcome

OTHER = "overig"
_TOGETHER = frozenset({Soort.MAIL, Soort.BEELD, Soort.ARCHIEF})


@dataclass(slots=True)
class KindCount:
    """What was done of one kind: items found, documents among them, their pages, and the seconds that reading them took."""

    items: int = 0
    documents: int = 0
    pages: int = 0
    seconds: float = 0.0


def kind_of(outcome: Outcome) -> str:
    """The kind of an item by its content, or by its name where nothing is known of its content.

    Kinds of text, sheets and slides go by their own name (`docx`); mail, images and archives are taken together.
    """
    formaat = BY_MIME.get(outcome.mime or "") or BY_EXTENSIE.get(PurePosixPath(outcome.pad).suffix.lower())
    if formaat is None:
        return OTHER
    return formaat.soort.value if formaat.soort in _TOGETHER else formaat.naam


def add(counts: dict[str, KindCount], outcome: Outcome) -> None:
    """Count one item; a duplicate is no document of its own."""
    count = counts.setdefault(kind_of(outcome), KindCount())
    count.items += 1
    if outcome.document_id is not None and outcome.staat is None:
        count.documents += 1
        count.pages += outcome.paginas
        count.seconds += outcome.seconden


def counted(outcomes: Iterable[Outcome]) -> dict[str, KindCount]:
    """What was done of each kind, the kinds with most documents first."""
    counts: dict[str, KindCount] = {}
    for outcome in outcomes:
        add(counts, outcome)
    return dict(sorted(counts.items(), key=lambda one: (-one[1].documents, -one[1].items, one[0])))
