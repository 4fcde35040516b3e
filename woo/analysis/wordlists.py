"""Reads the word lists of `config/zoeken`: one entry a line, `#` starts a remark, `[name]` starts a part."""

from dataclasses import dataclass
from pathlib import Path

from woo.analysis.folding import fold
from woo.domain.errors import InvalidValue

FAMILIES = "families.txt"
COMPOUNDS = "samenstellingen.txt"
WHOLE = "niet-splitsen.txt"
FILES = (FAMILIES, COMPOUNDS, WHOLE)

_ENDING = "~"
_PARTS = ("woorden", "hoofden", "voorstukken", "vast")


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one line, and where it stands for an error message."""

    words: tuple[str, ...]
    part: str
    place: str


@dataclass(frozen=True, slots=True)
class WordLists:
    """What the three files say.

    `families`: per word the stem it shares with its family. `endings`: those that also hold at the end of longer
    words. `words`: words that make compounds, each with the other
    forms it takes inside one. `heads` and `modifiers`: those that split off an unknown word too. `fixed`: words with
    their parts given. `whole`: words that are never split.
    """

    families: dict[str, str]
    endings: frozenset[str]
    words: dict[str, tuple[str, ...]]
    heads: frozenset[str]
    modifiers: frozenset[str]
    fixed: dict[str, tuple[str, ...]]
    whole: frozenset[str]


def read_word_lists(folder: Path) -> WordLists:
    """Read the word lists in this folder.

    Raises:
        InvalidValue: a file is missing or not UTF-8, a word is not folded, or a word stands in two families.
    """
    families, endings = _read_families(_lines(folder / FAMILIES, parts=("",)))
    compounds = _lines(folder / COMPOUNDS, parts=_PARTS)
    whole = frozenset(word for line in _lines(folder / WHOLE, parts=("",)) for word in line.words)

    def singles(part: str) -> frozenset[str]:
        return frozenset(word for line in compounds if line.part == part for word in line.words)

    words = {}
    for line in compounds:
        if line.part == "woorden":
            words.update(_with_forms(line))
    fixed = {line.words[0]: line.words[1:] for line in compounds if line.part == "vast"}
    for line in compounds:
        if line.part == "vast" and len(line.words) < 3:
            raise InvalidValue(line.place, " ".join(line.words), "give the word and then two parts or more")
    return WordLists(families, endings, words, singles("hoofden"), singles("voorstukken"), fixed, whole)


def _with_forms(line: Line) -> dict[str, tuple[str, ...]]:
    """Read `zon=zonne raad`: words, each with the forms it takes inside a compound after `=`."""
    found = {}
    for entry in line.words:
        word, *forms = entry.split("=")
        found[word] = tuple(forms)
    return found


def _read_families(lines: list[Line]) -> tuple[dict[str, str], frozenset[str]]:
    """Read families; a line that begins with `~` also holds at the end of longer words."""
    families: dict[str, str] = {}
    endings: set[str] = set()
    for line in lines:
        words = tuple(word.lstrip(_ENDING) for word in line.words)
        for word in words:
            if word in families:
                why = f"it stands in the family of {families[word]!r} too; a word has one family"
                raise InvalidValue(line.place, word, why)
            families[word] = words[0]
        if line.words[0].startswith(_ENDING):
            endings.update(words)
    return families, frozenset(endings)


def _lines(path: Path, *, parts: tuple[str, ...]) -> list[Line]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InvalidValue("word list", str(path), "there is no such file", accepted=FILES) from None
    except UnicodeDecodeError as error:
        raise InvalidValue("word list", str(path), f"it is not UTF-8 ({error.reason})") from None
    lines, part = [], ""
    for number, full in enumerate(text.splitlines(), start=1):
        content, place = full.split("#")[0].strip(), f"{path.name} line {number}"
        if content.startswith("["):
            part = content.strip("[]")
        elif content:
            if part not in parts:
                raise InvalidValue(place, part, "a list has no part of this name", accepted=parts)
            lines.append(Line(_words(content, place), part, place))
    return lines


def _words(content: str, place: str) -> tuple[str, ...]:
    words = tuple(content.split())
    for word in words:
        bare = word.replace("=", "").removeprefix(_ENDING)
        if not bare or fold(bare) != bare:
            raise InvalidValue(place, word, "write it in lower case letters without accents or signs")
    return words
