"""Takes Dutch compounds apart: *stikstofregistratie* into *stikstof* and *registratie*.

Only words of our own list are parts, joined by nothing or by -s-, -en- or (after an e) -n-; the fewest parts win, then the longest
last part. Two kinds of word on the list also split off one unknown word of four letters or more: distinctive heads
(`pfas|onderzoek`) and distinctive modifiers (`corona|app`).
"""

from dataclasses import dataclass

from woo.analysis.stemming import Stems
from woo.analysis.wordlists import WordLists

_KEY = 3
_SHORTEST = 6
_LONGEST = 64
_UNKNOWN = 4
_MOST_PARTS = 6
_NO_WORD = (
    "lijk",
    "lijke",
    "heid",
    "heden",
    "baar",
    "bare",
    "isch",
    "ische",
    "ling",
    "achtig",
    "loos",
    "loze",
)


@dataclass(frozen=True, slots=True)
class Compound:
    """The stem of a compound, the stems of its parts, and the stems of smaller compounds inside it."""

    stam: str
    delen: tuple[str, ...]
    groepen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    word_end: int  # without the linking letters
    stam: str


class Compounds:
    """Splits words by the word lists; the lists are turned into a table of all forms once."""

    def __init__(self, lists: WordLists, stems: Stems) -> None:
        self._stems = stems
        self._whole = lists.whole
        self._fixed = lists.fixed
        self._heads = _endings(lists.heads, stems)
        self._modifiers = lists.modifiers
        self._forms = _forms(lists, stems)
        lengths: dict[str, set[int]] = {}
        for form in self._forms:
            lengths.setdefault(form[:_KEY], set()).add(len(form))
        self._lengths = {start: sorted(all_of, reverse=True) for start, all_of in lengths.items()}

    def split(self, word: str, stem: str) -> Compound | None:
        """Split a folded word with this stem; None where it is one word, or its parts are not known."""
        if word in self._fixed:
            return Compound(stem, tuple(self._stems.stem(part) for part in self._fixed[word]), ())
        if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha() or self._is_one_word(word, stem):
            return None
        found = self._known(word, 0, {}, 0) or self._by_head(word) or self._by_modifier(word)
        return self._compound(word, found) if found and len(found) > 1 else None

    def _is_one_word(self, word: str, stem: str) -> bool:
        return (
            word in self._forms or word in self._whole or stem in self._whole or self._stems.has_family(word)
        )

    def _compound(self, word: str, parts: tuple[_Part, ...]) -> Compound:
        def joined(first: int, last: int) -> str:
            return word[parts[first].start : parts[last].start] + parts[last].stam

        top = len(parts) - 1
        groups = [
            joined(first, last)
            for first in range(top)
            for last in range(first + 1, top + 1)
            if (first, last) != (0, top)
        ]
        return Compound(joined(0, top), tuple(part.stam for part in parts), tuple(groups))

    def _known(
        self, word: str, start: int, seen: dict[int, tuple[_Part, ...] | None], depth: int
    ) -> tuple[_Part, ...] | None:
        """Find the fewest known parts from `start` to the end of the word."""
        if start in seen:
            return seen[start]
        best: tuple[_Part, ...] | None = None
        for length in self._lengths.get(word[start : start + _KEY], ()):
            end = start + length
            stem = self._forms.get(word[start:end]) if end <= len(word) else None
            if stem is not None:
                best = _better(best, self._after(word, _Part(start, end, stem), seen, depth))
        seen[start] = best
        return best

    def _after(
        self, word: str, part: _Part, seen: dict[int, tuple[_Part, ...] | None], depth: int
    ) -> tuple[_Part, ...] | None:
        end = part.word_end
        if end == len(word):
            return (part,)
        best: tuple[_Part, ...] | None = None
        if depth < _MOST_PARTS:
            for link in _links_after(word[part.start : end]):
                if word.startswith(link, end) and (
                    rest := self._known(word, end + len(link), seen, depth + 1)
                ):
                    best = _better(best, (part, *rest))
        return best

    def _by_head(self, word: str) -> tuple[_Part, ...] | None:
        """Split an unknown word off a distinctive head; what is known of it is split further."""
        for at in range(_UNKNOWN, len(word) - _KEY):
            stem = self._heads.get(word[at:])
            if stem is None:
                continue
            before = word[:at]
            rest = self._known(before, 0, {}, 0)
            if rest is None and before.endswith("s"):
                rest = self._known(before[:-1], 0, {}, 0)
            return (*(rest or (_Part(0, at, self._stems.stem(before)),)), _Part(at, len(word), stem))
        return None

    def _by_modifier(self, word: str) -> tuple[_Part, ...] | None:
        for at in range(len(word) - _UNKNOWN, _KEY, -1):
            if word[:at] not in self._modifiers:
                continue
            head = word[at + 1 :] if word[:at].endswith("ing") and word[at] == "s" else word[at:]
            if len(head) < _UNKNOWN or head.startswith(_NO_WORD) or len(head) > 2 * _UNKNOWN + 8:
                continue
            start = len(word) - len(head)
            return (
                _Part(0, at, self._stems.stem(word[:at])),
                _Part(start, len(word), self._stems.stem(head)),
            )
        return None


def _links_after(part: str) -> tuple[str, ...]:
    if len(part) <= _KEY:
        return ("", "s")
    return ("", "s", "n") if part.endswith("e") else ("", "s", "en")


def _better(one: tuple[_Part, ...] | None, other: tuple[_Part, ...] | None) -> tuple[_Part, ...] | None:
    if one is None or other is None:
        return one or other
    if len(one) != len(other):
        return one if len(one) < len(other) else other
    return one if one[-1].start <= other[-1].start else other


def _forms(lists: WordLists, stems: Stems) -> dict[str, str]:
    """Every form a part may take, with its stem: the words, their given forms, their regular inflections."""
    forms: dict[str, str] = {}
    for word in (*lists.words, *lists.heads, *lists.modifiers):
        stem = stems.stem(word)
        given = lists.words.get(word, ())
        for form in (word, *given, *_inflections(word, stems)):
            forms.setdefault(form, stem)
    for word, family in lists.families.items():
        if family in lists.words:
            forms.setdefault(word, family)
    return forms


def _endings(heads: frozenset[str], stems: Stems) -> dict[str, str]:
    return {form: stems.stem(head) for head in heads for form in (head, *_inflections(head, stems))}


def _inflections(word: str, stems: Stems) -> list[str]:
    """List the regular plurals that share the stem of this word."""
    if len(word) < _KEY:
        return []
    last, body = word[-1], word[:-1]
    doubled, single = word + last + "en", word
    if len(word) > _KEY and word[-2] == word[-3] and word[-2] in "aeou":
        single = word[:-2] + last
    voiced = {"f": "v", "s": "z"}.get(last, last)
    guesses = [word + "s", word + "en", word + "n", doubled, single + "en", single[:-1] + voiced + "en"]
    if word.endswith("heid"):
        guesses.append(word[:-4] + "heden")
    if word.endswith(("ie", "ee")):
        guesses.append(word + "en")
    guesses.append(body + voiced + "en")
    stem = stems.stem(word)
    return [guess for guess in dict.fromkeys(guesses) if stems.stem(guess) == stem]
