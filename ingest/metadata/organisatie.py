"""The body that a document is of, where it names itself exactly as the list of organisations does."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.metadata.tekst import Tekst
from woo.diwoo.waardelijsten import Waardelijst
from woo.domain.document import Voorstel

_WORD = re.compile(r"[^\W_]+(?:[-'.&][^\W_]+)*")
_MOST = 2_500
_MOST_WORDS = 8
_ALONE, _FIRST, _NAMED = 0.9, 0.82, 0.5


class Organisaties:
    """The names of the list as sequences of words, to look for in a text; made once for many documents."""

    def __init__(self, lijst: Waardelijst) -> None:
        self._codes: dict[tuple[str, ...], str] = {}
        for waarde in lijst:
            words = tuple(_words(waarde.naam))
            if len(words) > 1 or (words and len(words[0]) > 12):
                self._codes.setdefault(words, waarde.code)
        self._starts: dict[str, tuple[int, ...]] = {}
        lengths: dict[str, set[int]] = {}
        for words in self._codes:
            lengths.setdefault(words[0], set()).add(len(words))
        self._starts = {word: tuple(sorted(sizes, reverse=True)) for word, sizes in lengths.items()}

    def codes_in(self, text: str) -> Iterable[str]:
        """The codes of the names in a text, in order; of two names that begin alike the longest."""
        words = _words(text)
        free = 0
        for at, word in enumerate(words):
            sizes = self._starts.get(word)
            if sizes is None or at < free:
                continue
            size = next((n for n in sizes if tuple(words[at : at + n]) in self._codes), 0)
            if size:
                yield self._codes[tuple(words[at : at + size])]
                free = at + size


def bestuursorgaan(tekst: Tekst, organisaties: Organisaties) -> list[Voorstel]:
    """Suggest the organisation of the letterhead: the one whose name has a line to itself, else the one named most."""
    heads: Counter[str] = Counter()
    named: Counter[str] = Counter()
    first: dict[str, int] = {}
    for page, text in tekst.head[:3]:
        for line in text[:_MOST].splitlines():
            for code in organisaties.codes_in(line):
                named[code] += 1
                heads[code] += _is_letterhead(line)
                first.setdefault(code, page)
    counts = +heads or named
    if not counts:
        return []
    ranked = counts.most_common(2)
    top, count = ranked[0]
    if counts is named:
        sure = _NAMED
    elif len(ranked) == 1:
        sure = _ALONE
    else:
        sure = _FIRST if count >= 2 * ranked[1][1] else _NAMED
    return [Voorstel("bestuursorgaan", top, sure, "tekst:naam", first[top])]


def _is_letterhead(line: str) -> bool:
    """Whether a line holds little more than a name: no sentence, nothing that it is about."""
    words = line.split()
    return len(words) <= _MOST_WORDS and line[:1].isupper() and not line.rstrip().endswith((".", ",", ";"))


def _words(text: str) -> Sequence[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _WORD.findall(folded)
