"""Reads what kind of code a match is and writes it in its one canonical spelling.

The canonical spellings: articles and redaction labels `5.1.2.e`, case numbers `woo-2023-114`, numeric dates
`2023-03-12`, amounts `1234,56` (no separators of thousands, no `,00`), postal codes `1234ab`, ECLI and IBAN in lower
case, the rest of the dotted and dashed numbers with `.` and `-`.
"""

import re
from dataclasses import dataclass

from woo.domain.maanden import MAANDEN

_ORDINALS = {
    word: str(place)
    for place, word in enumerate(
        "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende".split(), start=1
    )
}

_ARTICLE = re.compile(
    r"([0-9][0-9.:]*[a-z]?),?\s+(?:het\s)?((?:lid|[^\W_]+\s+lid)(?![^\W\d_]{2}).*)", re.DOTALL
)
_DATE = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_AMOUNT = re.compile(r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
_ENGLISH_AMOUNT = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]{1,2})")
_DOTTED = re.compile(r"[0-9]+(?:[.:][0-9]+)+")
_LETTERED = re.compile(r"[(]?([0-9][0-9.,:\-\s()]*?)[.\s]*([A-Za-z])[)]?")
_DASHED = re.compile(r"[0-9]+(?:[-\u2011\u2013/][0-9]+)+")
_KENMERK = re.compile(r"([A-Za-z][A-Za-z\u2011\-/]*)[\u2011\-/ \u00a0]?([0-9][0-9\u2011\-/.]*)")
_POSTCODE = re.compile(r"([0-9]{4})\s([A-Za-z]{2})")
_KAMERSTUK = re.compile(r"([0-9]{2})\s([0-9]{3})")
_IBAN = re.compile(r"(?i)nl[0-9]{2}[a-z]{4}[0-9]{10}")
_GLUED = re.compile(r"([a-z]{1,6})([0-9]{1,5})")
_RUNS = re.compile(r"[A-Za-z]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class Code:
    """A code: its canonical spelling, the words it may also be written as, and pieces it is found by."""

    exact: str
    delen: tuple[str, ...] = ()
    groepen: tuple[str, ...] = ()


def read_code(raw: str) -> Code | None:
    """Read a match of `patterns.TOKEN` as a code; None for an ordinary word or a plain number."""
    if raw.isalnum():
        return _glued(raw)
    if raw[0].isdigit() or raw[0] == "(":
        return _by_digit(raw)
    if any(sign.isdigit() for sign in raw):
        return _by_letter(raw)
    return None


def _glued(raw: str) -> Code | None:
    """Read `A12` and `covid19`: one word, that may also be written with a space or hyphen."""
    hit = _GLUED.fullmatch(raw.lower())
    return Code(hit[0], (hit[1], hit[2])) if hit else None


def _by_digit(raw: str) -> Code | None:
    if hit := _ARTICLE.fullmatch(raw.lower()):
        return _article(hit[1], hit[2])
    if date := _date(raw):
        return date
    if hit := _POSTCODE.fullmatch(raw):
        return Code((hit[1] + hit[2]).lower(), (hit[1], hit[2].lower()))
    if hit := _KAMERSTUK.fullmatch(raw):
        return Code(hit[1] + hit[2], (hit[1], hit[2]))
    if hit := _AMOUNT.fullmatch(raw):
        return Code(_amount(hit[1].replace(".", ""), hit[2] or ""))
    if hit := _ENGLISH_AMOUNT.fullmatch(raw):
        return Code(_amount(hit[1].replace(",", ""), hit[2]))
    if _DASHED.fullmatch(raw):
        return _case_number((), _RUNS.findall(raw))
    if _DOTTED.fullmatch(raw):
        return _dotted(_RUNS.findall(raw))
    if hit := _LETTERED.fullmatch(raw):
        return _labelled(_RUNS.findall(hit[1]), hit[2])
    return _dotted(_RUNS.findall(raw)) if raw[0] == "(" else None


def _article(number: str, member: str) -> Code:
    """Read `5.1` and `tweede lid, aanhef en onder e`: number, member and letter, in this order."""
    place = re.search(r"[0-9]+|" + "|".join(_ORDINALS), member)
    letter = re.search(r"(?:[^\W\d_]\s|lid\s+[0-9]+,?\s?)([a-z])\Z", member)
    parts = [*_RUNS.findall(number), _ORDINALS.get(place[0], place[0]) if place else ""]
    return _labelled(parts, letter[1]) if letter else _dotted(parts)


def _labelled(parts: list[str], letter: str) -> Code:
    """Write an article with a letter, found also by the article and by the member it stands in."""
    shorter = tuple(".".join(parts[:count]) for count in range(2, len(parts) + 1))
    return Code(".".join([*parts, letter.lower()]), (), shorter)


def _dotted(parts: list[str]) -> Code:
    if len(parts) == 2 and _is_year(parts[0]):
        return _case_number((), parts)
    shorter = tuple(".".join(parts[:count]) for count in range(2, len(parts)))
    return Code(".".join(parts), (), shorter)


def _date(raw: str) -> Code | None:
    """Read a numeric date; it is also found by `12 maart 2023` and by any part of that."""
    if hit := _DATE.fullmatch(raw):
        day, month, year = int(hit[1]), int(hit[3]), hit[4]
    elif hit := _ISO_DATE.fullmatch(raw):
        day, month, year = int(hit[3]), int(hit[2]), hit[1]
    else:
        return None
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    words = (str(day), MAANDEN[month - 1], year)
    return Code(f"{year}-{month:02d}-{day:02d}", words, (f"{year}-{month:02d}",))


def _amount(whole: str, cents: str) -> str:
    return f"{whole},{cents}" if cents.strip("0") else whole


def _case_number(letters: tuple[str, ...], numbers: list[str]) -> Code:
    """Write a case number: found by its letters, by its whole number, and by each run of digits."""
    number = "-".join(numbers)
    if letters:
        pieces = tuple(numbers) if len(numbers) > 1 else ()
        return Code("-".join((*letters, number)), (*letters, number), pieces)
    return Code(number, tuple(numbers))


def _by_letter(raw: str) -> Code | None:
    if raw[:5].lower() == "ecli:":
        parts = raw.lower().split(":")
        return Code(":".join(parts), (), tuple(parts))
    packed = re.sub(r"\s", "", raw)
    if _IBAN.fullmatch(packed):
        return Code(packed.lower())
    if hit := _KENMERK.fullmatch(raw):
        letters = tuple(run.lower() for run in _RUNS.findall(hit[1]))
        return _case_number(letters, _RUNS.findall(hit[2]))
    return None


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20")
