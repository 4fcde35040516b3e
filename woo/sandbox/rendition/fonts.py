"""The fonts of our own PDFs: the widest one that this machine has, or one that every reader of PDFs has."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

_FOLDER = Path("/usr/share/fonts/truetype")
_FAMILIES = (
    ("dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf"),
    ("liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf"),
    ("open-sans/OpenSans-Regular.ttf", "open-sans/OpenSans-Bold.ttf"),
)
_BUILT_IN = ("Helvetica", "Helvetica-Bold")
_TAB = 4


@dataclass(frozen=True, slots=True)
class Face:
    """A font as registered; `widths` in thousandths of its size, for every character that it has."""

    naam: str
    widths: Mapping[int, float]
    default: float
    is_built_in: bool = False

    def width(self, text: str, size: float) -> float:
        """How wide it is drawn, in points."""
        widths, default = self.widths, self.default
        return sum([widths.get(ord(char), default) for char in text]) * size / 1000

    def drawable(self, text: str) -> str:
        """The text as it is handed to the drawing: a tab as wide as four spaces, a box for what the font lacks."""
        shown = text.replace("\t", " " * _TAB)
        return shown.encode("cp1252", "replace").decode("cp1252", "replace") if self.is_built_in else shown


@cache
def faces() -> tuple[Face, Face]:
    """The regular and the bold font."""
    for number, family in enumerate(_FAMILIES):
        try:
            regular, bold = (
                _registered(f"Woo{number}-{at}", _FOLDER / file) for at, file in enumerate(family)
            )
        except (OSError, TTFError):
            continue
        return regular, bold
    regular, bold = map(_built_in, _BUILT_IN)
    return regular, bold


def _registered(naam: str, path: Path) -> Face:
    font = TTFont(naam, str(path))
    pdfmetrics.registerFont(font)
    widths = dict(font.face.charWidths)
    widths[9] = _TAB * widths.get(32, 300)
    return Face(naam, widths, font.face.defaultWidth or 600)


def _built_in(naam: str) -> Face:
    font = pdfmetrics.getFont(naam)
    widths = {
        ord(char): float(font.widths[number])
        for number in range(32, 256)
        if (char := bytes([number]).decode("cp1252", "ignore"))
    }
    widths[9] = _TAB * widths[32]
    return Face(naam, widths, widths[ord("?")], is_built_in=True)
