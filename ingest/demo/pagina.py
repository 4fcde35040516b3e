"""Lays a story out on a sender's pages (letter, plain, landscape, turned, cover) and numbers them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from ingest.demo.huisstijl import Huisstijl

W, H = A4
LEFT, RIGHT, TOP, BOTTOM = 71, 62, 62, 66
Story = Callable[[], list[Flowable]]


@dataclass(frozen=True, slots=True)
class Papier:
    """What stands on the page outside the story: whose paper, which title, and which page comes first."""

    stijl: Huisstijl
    titel: str
    eerste: str  # "brief", "staand", "liggend" or "omslag"
    ondertitel: str = ""
    datum: str = ""


def lay_out(story: Story, papier: Papier, *, contents: bool = False) -> bytes:
    """Return the PDF of a story; it is laid out more than once, because each page says how many there are.

    `contents` is for a story with a table of contents, whose page numbers must settle first.
    """
    out = BytesIO()
    if contents:  # reportlab repeats it until the contents are right; the total is that of the round before
        _Template(out, papier).multiBuild(story())
        return out.getvalue()
    first = _Template(BytesIO(), papier)
    first.build(story())
    _Template(out, papier, total=first.page).build(story())
    return out.getvalue()


class _Template(BaseDocTemplate):  # type: ignore[misc] # reportlab has no types
    def __init__(self, out: BytesIO, papier: Papier, *, total: int = 0) -> None:
        super().__init__(
            out, pagesize=A4, title=papier.titel, author=papier.stijl.naam, lang="nl-NL", invariant=1
        )
        standing = Frame(LEFT, BOTTOM, W - LEFT - RIGHT, H - TOP - BOTTOM, 0, 0, 0, 0)
        letter = Frame(LEFT, BOTTOM, W - LEFT - RIGHT, H - 262 - BOTTOM, 0, 0, 0, 0)
        lying = Frame(56, 56, H - 112, W - 112, 0, 0, 0, 0)
        self.total = self._seen = total
        draw = partial(_draw_page, papier=papier)
        kinds: dict[str, PageTemplate] = {
            "brief": PageTemplate(
                "brief", [letter], onPage=partial(draw, kind="brief"), autoNextPageTemplate="staand"
            ),
            "omslag": PageTemplate(
                "omslag", [standing], onPage=partial(draw, kind="omslag"), autoNextPageTemplate="staand"
            ),
            "staand": PageTemplate("staand", [standing], onPage=partial(draw, kind="staand")),
            "liggend": PageTemplate(
                "liggend", [lying], onPage=partial(draw, kind="liggend"), pagesize=landscape(A4)
            ),
            "gedraaid": PageTemplate(
                "gedraaid", [lying], onPage=partial(draw, kind="gedraaid"), pagesize=landscape(A4)
            ),
        }
        # reportlab swaps the sides of this page again: it becomes a portrait page with /Rotate 90
        kinds["gedraaid"].rotation = 90
        first = kinds.pop(papier.eerste)
        self.addPageTemplates([first, *kinds.values()])

    def beforeDocument(self) -> None:  # noqa: N802 - reportlab's name
        """Take the number of pages of the round before as the total."""
        self.total = self._seen

    def afterPage(self) -> None:  # noqa: N802 - reportlab's name
        """Remember how far this round has come."""
        self._seen = self.page

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Enter chapters and sections in the table of contents and the outline of the PDF."""
        style = getattr(getattr(flowable, "style", None), "name", "")
        if style not in ("h1", "h2") or not getattr(flowable, "in_inhoud", False):
            return
        level, text = int(style[1]) - 1, flowable.getPlainText()
        key = f"h{self.page}-{abs(int(self.frame._y))}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(text, key, level)
        self.notify("TOCEntry", (level, text, self.page, key))


def _draw_page(canv: Any, document: _Template, *, papier: Papier, kind: str) -> None:
    width, height = (H, W) if kind in ("liggend", "gedraaid") else (W, H)
    if kind == "gedraaid":
        canv.translate(W, 0)
        canv.rotate(90)
    canv.saveState()
    if kind == "omslag":
        _draw_cover(canv, papier)
    else:
        if kind == "brief":
            _draw_letterhead(canv, papier.stijl, LEFT, H - 78)
        elif document.page == 1 and papier.stijl.naam:
            _draw_letterhead(canv, papier.stijl, LEFT if kind == "staand" else 56, height - 54)
        _draw_foot(canv, papier, f"pagina {document.page} van {document.total}", width)
    canv.restoreState()


def _draw_letterhead(canv: Any, stijl: Huisstijl, x: float, y: float) -> None:
    if not stijl.naam:
        return
    stijl.logo(canv, x, y, stijl)
    canv.setFillColor(stijl.kleur)
    canv.setFont(stijl.vet, 15)
    canv.drawString(x + 44, y + (15 if stijl.ondertitel else 11), stijl.naam)
    canv.setFont(stijl.gewoon, 7.5)
    canv.drawString(x + 44, y + 4, stijl.ondertitel)


def _draw_foot(canv: Any, papier: Papier, pages: str, width: float) -> None:
    stijl = papier.stijl
    left, right = (LEFT, width - RIGHT) if width == W else (56, width - 56)
    canv.setStrokeColor(stijl.accent)
    canv.setLineWidth(1.2)
    canv.line(left, 46, right, 46)
    canv.setFillColor(HexColor("#4a5451"))
    canv.setFont(stijl.gewoon, 6.4)
    for n, line in enumerate(stijl.voet):
        canv.drawString(left, 36 - n * 9, line)
    canv.drawRightString(right, 36, pages)


def _draw_cover(canv: Any, papier: Papier) -> None:
    stijl = papier.stijl
    canv.setFillColor(stijl.kleur)
    canv.rect(0, H * 0.42, W, H * 0.58, stroke=0, fill=1)
    canv.setFillColor(stijl.accent)
    canv.rect(0, H * 0.42 - 8, W, 8, stroke=0, fill=1)
    canv.setFillColor(white)
    y = H * 0.74
    for line in papier.titel.split(": "):
        for part in _wrapped(canv, line, stijl.vet, 25, W - LEFT - RIGHT):
            canv.setFont(stijl.vet, 25)
            canv.drawString(LEFT, y, part)
            y -= 33
    canv.setFont(stijl.gewoon, 12)
    canv.drawString(LEFT, y - 6, papier.ondertitel)
    _draw_letterhead(canv, stijl, LEFT, H * 0.42 - 90)
    canv.setFillColor(HexColor("#333333"))
    canv.setFont(stijl.gewoon, 10)
    canv.drawString(LEFT, H * 0.42 - 124, papier.datum)
    canv.setFont(stijl.gewoon, 6.4)
    canv.drawString(LEFT, 36, stijl.voet[-1])


def _wrapped(canv: Any, text: str, font: str, size: float, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if canv.stringWidth(longer, font, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
