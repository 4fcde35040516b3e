"""How each sender's paper looks: colours, fonts, address, and a logo drawn in vectors."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.fonts import addMapping
from reportlab.lib.styles import ParagraphStyle, StyleSheet1
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

type_logo = Callable[[Any, float, float, "Huisstijl"], None]


@dataclass(frozen=True, slots=True)
class Huisstijl:
    """The paper of one sender; `gewoon`, `vet`, `cursief` are font names, `korps` the size of running text in points."""

    naam: str
    ondertitel: str
    kleur: Color
    accent: Color
    gewoon: str
    vet: str
    cursief: str
    korps: float
    voet: tuple[str, ...]
    logo: type_logo


def _field(canv: Any, x: float, y: float, stijl: Huisstijl) -> None:
    """Draw a field with furrows under a low sun, 34 points square."""
    clip = canv.beginPath()
    clip.roundRect(x, y, 34, 34, 5)
    canv.saveState()
    canv.clipPath(clip, stroke=0, fill=0)
    canv.setFillColor(stijl.kleur)
    canv.rect(x, y, 34, 34, stroke=0, fill=1)
    canv.setFillColor(stijl.accent)
    canv.circle(x + 17, y + 18, 8.5, stroke=0, fill=1)
    canv.setFillColor(stijl.kleur)
    canv.rect(x, y, 34, 17, stroke=0, fill=1)
    canv.setStrokeColor(white)
    canv.setLineWidth(1.5)
    for foot, top in ((-14, 11), (3, 14), (17, 17), (31, 20), (48, 23)):
        canv.line(x + foot, y - 1, x + top, y + 17)
    canv.line(x, y + 17, x + 34, y + 17)
    canv.restoreState()


def _waves(canv: Any, x: float, y: float, stijl: Huisstijl) -> None:
    """Draw three waves."""
    canv.saveState()
    canv.setLineWidth(3.2)
    canv.setLineCap(1)
    for n, colour in enumerate((stijl.accent, stijl.kleur, stijl.kleur)):
        top = y + 28 - n * 10
        canv.setStrokeColor(colour)
        canv.bezier(x, top, x + 8, top + 9, x + 12, top - 9, x + 20, top)
        canv.bezier(x + 20, top, x + 26, top + 7, x + 30, top - 4, x + 36, top + 2)
    canv.restoreState()


def _blocks(canv: Any, x: float, y: float, stijl: Huisstijl) -> None:
    """Draw a square of four parts, one of them turned."""
    canv.saveState()
    canv.setFillColor(stijl.kleur)
    for dx, dy in ((0, 0), (0, 18), (18, 0)):
        canv.rect(x + dx, y + dy, 15, 15, stroke=0, fill=1)
    canv.setFillColor(stijl.accent)
    canv.translate(x + 25.5, y + 25.5)
    canv.rotate(45)
    canv.rect(-6.5, -6.5, 13, 13, stroke=0, fill=1)
    canv.restoreState()


_DEMO = "Fictief: deze organisatie en dit stuk zijn verzonnen voor de demonstratie."
_VERA = ("Vera", "VeraBd", "VeraIt")
_HELVETICA = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
_TIMES = ("Times-Roman", "Times-Bold", "Times-Italic")

STIJLEN = {
    "zuiderveld": Huisstijl(
        "gemeente Zuiderveld", "", HexColor("#12564a"), HexColor("#e3a72f"), *_VERA, 8.8,
        ("Raadhuisplein 1, Zuiderveld  |  Postbus 100, 0990 AA Zuiderveld  |  14 0990  |  www.zuiderveld.example", _DEMO),
        _field,
    ),
    "omgevingsdienst": Huisstijl(
        "Omgevingsdienst Middenland", "vergunning, toezicht en handhaving", HexColor("#1f4e79"), HexColor("#6aa84f"),
        *_HELVETICA, 10, ("Industrieweg 40, Veenstad  |  www.odmiddenland.example", _DEMO), _waves,
    ),
    "kruising": Huisstijl(
        "De Kruising", "onderzoek en advies in verkeer", HexColor("#7a1f3d"), HexColor("#f0a202"), *_HELVETICA, 10.8,
        ("Stationslaan 12, Veenstad  |  www.dekruising.example", _DEMO), _blocks,
    ),
    "waterlijn": Huisstijl(
        "Ingenieursbureau Waterlijn", "riolering, water en bodem", HexColor("#005f73"), HexColor("#94d2bd"), *_TIMES, 11,
        ("Havenkade 3, Zijlmonde  |  www.waterlijn.example", _DEMO), _waves,
    ),
    "maat": Huisstijl(
        "Bureau Maat en Getal", "onderzoek voor gemeenten en zorg", HexColor("#3d405b"), HexColor("#e07a5f"),
        *_HELVETICA, 10, ("Langestraat 88, Veenstad  |  www.maatengetal.example", _DEMO), _blocks,
    ),
    "boomwacht": Huisstijl(
        "De Boomwacht", "onderzoek aan bomen", HexColor("#386641"), HexColor("#a7c957"), *_TIMES, 11,
        ("Bosrand 5, Zijlmonde  |  www.boomwacht.example", _DEMO), _field,
    ),
    "veiligheidsregio": Huisstijl(
        "Veiligheidsregio Middenland", "brandweer, geneeskundige hulp en crisisbeheersing", HexColor("#9b1c1c"),
        HexColor("#264e86"), *_HELVETICA, 10, ("Meldkamerweg 1, Veenstad  |  www.vrmiddenland.example", _DEMO), _blocks,
    ),
    "adviesraad": Huisstijl(
        "Adviesraad Sociaal Domein", "gevraagd en ongevraagd advies aan de gemeente Zuiderveld", HexColor("#6d3b7c"),
        HexColor("#d98324"), *_HELVETICA, 10.2, ("p/a Postbus 100, 0990 AA Zuiderveld", _DEMO), _blocks,
    ),
    "inwoner": Huisstijl("", "", HexColor("#000000"), HexColor("#000000"), *_TIMES, 11.5, (_DEMO,), lambda *_: None),
}  # fmt: skip


@cache
def register_fonts() -> None:
    """Make the Vera fonts, which ship with reportlab, known to it; may be repeated."""
    for name in (*_VERA, "VeraBI"):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    for bold, italic, name in ((0, 0, "Vera"), (1, 0, "VeraBd"), (0, 1, "VeraIt"), (1, 1, "VeraBI")):
        addMapping("Vera", bold, italic, name)


def stylesheet(stijl: Huisstijl) -> StyleSheet1:
    """Return the paragraph styles of a sender."""
    register_fonts()
    size = stijl.korps
    sheet = StyleSheet1()
    base = ParagraphStyle(
        "tekst", fontName=stijl.gewoon, fontSize=size, leading=size * 1.48, spaceAfter=size * 0.75,
        splitLongWords=0, allowWidows=0, allowOrphans=0, embeddedHyphenation=0,
    )  # fmt: skip

    def add(name: str, **changes: Any) -> None:
        sheet.add(ParagraphStyle(name, parent=base, **changes))

    sheet.add(base)
    for name, factor, before in (("h1", 1.75, 0.0), ("h2", 1.18, 9.0), ("h3", 1.02, 6.0)):
        add(
            name, fontName=stijl.vet, fontSize=size * factor, leading=size * factor * 1.3, spaceBefore=before,
            spaceAfter=size * (0.9 if name == "h1" else 0.3), keepWithNext=1, textColor=stijl.kleur,
        )  # fmt: skip
    add("citaat", leftIndent=14, fontName=stijl.cursief, fontSize=size * 0.95, borderPadding=0)
    add("klein", fontSize=size * 0.84, leading=size * 1.15, spaceAfter=size * 0.3)
    add("label", fontSize=size * 0.78, leading=size * 1.05, spaceAfter=0, textColor=stijl.kleur)
    add("cel", fontSize=size * 0.86, leading=size * 1.16, spaceAfter=0)
    add(
        "celkop", fontName=stijl.vet, fontSize=size * 0.86, leading=size * 1.16, spaceAfter=0, textColor=white
    )
    add("getal", fontSize=size * 0.86, leading=size * 1.16, spaceAfter=0, alignment=TA_RIGHT)
    add(
        "getalkop",
        fontName=stijl.vet,
        fontSize=size * 0.86,
        leading=size * 1.16,
        spaceAfter=0,
        textColor=white,
        alignment=TA_RIGHT,
    )
    add("bijschrift", fontName=stijl.cursief, fontSize=size * 0.86, leading=size * 1.2, spaceAfter=size)
    add("adres", spaceAfter=0)
    add("punt", spaceAfter=size * 0.22)
    return sheet
