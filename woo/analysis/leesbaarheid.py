"""How much a text looks like written language: tells a text layer from the garbage of a bad one.

The measure is the letters, three by three: each group of three has a weight from 0 to 9 by how often it is written in Dutch,
English, German or French, whichever is highest. It was made for telling apart the text layers of one page, and says nothing about
how easy a text is to understand.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from woo.analysis.folding import fold
from woo.domain.errors import InvalidValue

GROUPS = "lettergroepen.txt"
MOST_WEIGHT = 9
EDGE = "_"
"""Stands for the begin and the end of a word in a group."""

_SAMPLE = 4_000
_GLANCE = 1_200
_FEW_LETTERS = 40
_ORDINARY = 0.88
"""Mean weight, as a share of the highest, from which a text counts as wholly ordinary."""
_GARBAGE = 0.17
"""Mean weight of letters in any order."""

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\S+")
_CLEAN = re.compile(
    r"[(\[\"'‘’“”„«*•-]*(?:[^\W\d_]+(?:[-'’./&][^\W\d_]+)*|[\d.,:/€%+-]+|[^\W_]{1,3}|\w+-\w+)[)\]\"'’”»*.,;:!?%-]*|\S*[@/]\S*|[^\w\s]{1,3}"
)
_FREQUENT = frozenset(
    "de het een van en in is op te dat die met voor zijn niet aan er om door ook als bij uit naar dan of wordt worden "
    "deze kan over tot heeft hebben u uw wij ik was "
    "the of and to for that with on as are be this by from or it "
    "der die das und von den mit für ist im nicht auf des dem sich auch "
    "la le les et des du un une pour dans que qui est par sur au".split()
)
_OFTEN = 0.15
_FEW_WORDS = 12


@dataclass(frozen=True, slots=True)
class Leesbaarheid:
    """The weights of the groups of letters; `score` is for comparing, `is_plain` for not having to."""

    weights: dict[str, int]

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the weights from `lettergroepen.txt` in this folder.

        Raises:
            InvalidValue: The file is missing or a line is not a weight and its groups.
        """
        path = folder / GROUPS
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidValue(GROUPS, str(path), "the file cannot be read as UTF-8") from error
        weights: dict[str, int] = {}
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            weight, *groups = line.split()
            if not (weight.isdecimal() and len(weight) == 1 and all(len(group) == 3 for group in groups)):
                raise InvalidValue(
                    GROUPS, f"{path.name} line {number}", "a line is a digit and groups of three"
                )
            weights |= dict.fromkeys(groups, int(weight))
        return cls(weights)

    def is_plain(self, text: str) -> bool:
        """Whether a text is certainly written language, by its frequent words alone; a fiftieth of a millisecond."""
        words = text[:_GLANCE].lower().split()
        return len(words) >= _FEW_WORDS and sum(map(_FREQUENT.__contains__, words)) >= _OFTEN * len(words)

    def score(self, text: str) -> float | None:
        """Give 0 (letters in any order) to 1 (ordinary language); None where there are too few letters to tell.

        Numbers and signs count for nothing, unless they stand inside words. Looks at the first 4,000 characters.
        """
        sample = text[:_SAMPLE]
        words = words_of(sample)
        if sum(map(len, words)) < _FEW_LETTERS:
            return None
        groups = [group for word in words for group in groups_of(word)]
        mean = sum(self.weights.get(group, 0) for group in groups) / (MOST_WEIGHT * len(groups))
        letters = min(max((mean - _GARBAGE) / (_ORDINARY - _GARBAGE), 0.0), 1.0)
        return round(letters * _clean_share(sample), 4)


def words_of(text: str) -> list[str]:
    """Give the runs of letters of a text, folded."""
    return [fold(word) for word in _WORD.findall(text)]


def groups_of(word: str) -> list[str]:
    """Cut a word into its groups of three letters, its edges included."""
    edged = f"{EDGE}{word}{EDGE}"
    return [edged[at : at + 3] for at in range(len(edged) - 2)]


def _clean_share(sample: str) -> float:
    """Share of the tokens that are built as words, numbers or signs are, and not of everything at once."""
    tokens = _TOKEN.findall(sample)
    return sum(_CLEAN.fullmatch(token) is not None for token in tokens) / len(tokens)
