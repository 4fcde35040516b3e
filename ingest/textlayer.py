"""Judges the text that a page came with: whether its picture should be recognised, and which of the two is kept."""

import re
from dataclasses import dataclass
from enum import StrEnum

from woo.analysis.leesbaarheid import Leesbaarheid
from woo.sandbox import PageText
from woo.sandbox.ocr import OcrPage

_PICTURE = 0.4
"""Share of the page that an image covers from which the page may be a scan."""
_LITTLE = 200
"""Characters below which a scan has too little text to have been recognised before: a stamp, a page number."""
_LOST_SHARE = 0.05
_LOST_LEAST = 10
_GARBAGE = 0.35
"""Score below which no written language is."""
_DOUBTFUL = 0.85
"""Score below which the text of a scan may be that of a poor text recognition."""
_CLEARLY = 0.05
_MORE, _MORE_LETTERS = 1.5, 20
"""How much more must be recognised than the page came with: the words on a picture of a cover are usually all there."""
_LEAST_LETTERS = 3.0
_LEAST_SURE = 0.3
_KNOWN_WORD = re.compile(r"\w{3,}")


class Doubt(StrEnum):
    """What is wrong with the text that a page came with."""

    NONE_THERE = "none_there"
    LITTLE = "little"
    GARBAGE = "garbage"


@dataclass(frozen=True, slots=True)
class Choice:
    """The text that is kept, and whether it is the recognised one."""

    tekst: str
    recognised: bool


def doubt_of(page: PageText, leesbaarheid: Leesbaarheid) -> Doubt | None:
    """Say why the picture of a page should be recognised; None for nearly every page, at little cost."""
    if page.error is not None:
        return None
    if not page.text.strip():
        return Doubt.NONE_THERE if page.has_image or page.is_drawn or page.lost else None
    is_scan = page.image_share >= _PICTURE
    length = len(page.text)
    if is_scan and length < _LITTLE:
        return Doubt.LITTLE
    if page.lost >= max(_LOST_LEAST, _LOST_SHARE * length):
        return Doubt.GARBAGE
    if not is_scan and leesbaarheid.is_plain(page.text):
        return None
    score = leesbaarheid.score(page.text)
    if score is not None and score < (_DOUBTFUL if is_scan else _GARBAGE):
        return Doubt.GARBAGE
    return None


def choose(page: PageText, doubt: Doubt, ocr: OcrPage, leesbaarheid: Leesbaarheid) -> Choice:
    """Keep the better of the two texts: never less than the page came with."""
    layer = Choice(page.text, recognised=False)
    if not is_found(ocr, leesbaarheid):
        return layer
    match doubt:
        case Doubt.NONE_THERE:
            return Choice(ocr.text, recognised=True)
        case Doubt.LITTLE:
            more = ocr.letters > _MORE * sum(map(str.isalnum, page.text)) + _MORE_LETTERS
            return Choice(_with_layer(ocr.text, page.text), recognised=True) if more else layer
        case Doubt.GARBAGE:
            better = (
                _worth(ocr.text, leesbaarheid) > _worth(page.text, leesbaarheid, lost=page.lost) + _CLEARLY
            )
            return Choice(ocr.text, recognised=True) if better else layer


def is_found(ocr: OcrPage, leesbaarheid: Leesbaarheid) -> bool:
    """Whether text was recognised at all, and not shapes in a photograph taken for letters."""
    if not ocr.text or ocr.letters < _LEAST_LETTERS:
        return False
    score = leesbaarheid.score(ocr.text)
    return ocr.confidence >= _LEAST_SURE or (score is not None and score >= _GARBAGE)


def _worth(text: str, leesbaarheid: Leesbaarheid, *, lost: int = 0) -> float:
    """The score of a text, less for what was lost of it; too short a text counts as half."""
    score = leesbaarheid.score(text)
    length = max(len(text), 1)
    return (0.5 if score is None else score) * (1 - min(lost / (lost + length), 1.0))


def _with_layer(recognised: str, layer: str) -> str:
    """The recognised text, and the text that the page came with after it where that holds words of its own."""
    words = set(_KNOWN_WORD.findall(recognised.lower()))
    missing = [word for word in _KNOWN_WORD.findall(layer.lower()) if word not in words]
    return f"{recognised}\n\n{layer.strip()}" if missing else recognised
