"""Turns the light markup of the dossiers into paragraphs, lists, tables and black bars on the page."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.styles import StyleSheet1
from reportlab.platypus import (
    Flowable,
    ListFlowable,
    ListItem,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from ingest.demo.huisstijl import Huisstijl

Directive = Callable[[str], list[Flowable]]
_LAK = re.compile(r"\[\[([0-9a-z.]+)(?::(\d+))?\]\]")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"(?<![*\w])\*(?!\s)(.+?)(?<!\s)\*(?![*\w])")
_NUMBERED = re.compile(r"(\d+)\. (.*)")
_NUMBER = re.compile(r"[-+]?[€ ]*[\d.,]+ ?%?|-|–")
_HEADINGS = {"# ": "h1", "## ": "h2", "### ": "h3"}
_ZEBRA = HexColor("#f3f5f4")


class Opmaak:
    """Sets text in one sender's style; `directives` draw what stands behind `::name` (figures, counts)."""

    def __init__(
        self, stijl: Huisstijl, sheet: StyleSheet1, directives: dict[str, Directive] | None = None
    ) -> None:
        self._stijl = stijl
        self._sheet = sheet
        self._directives = directives or {}

    def paragraph(self, text: str, style: str = "tekst") -> Paragraph:
        """Set one paragraph; raises ValueError for a character that the fonts do not have."""
        return Paragraph(inline(text), self._sheet[style])

    def flowables(self, text: str) -> list[Flowable]:
        """Set a whole text; blocks are separated by blank lines."""
        return [flowable for block in _blocks(text) for flowable in self._block(block)]

    def _block(self, lines: list[str]) -> list[Flowable]:
        first = lines[0]
        for mark, style in _HEADINGS.items():
            if first.startswith(mark):
                rest = self._block(lines[1:]) if lines[1:] else []
                return [self.paragraph(first[len(mark) :], style), *rest]
        if first.startswith("::"):
            return self._directive(first[2:])
        if first.startswith("- "):
            return [self._list([(None, item) for item in _items(lines, re.compile(r"(- )(.*)"))])]
        if _NUMBERED.fullmatch(first):
            numbers = [m[1] for line in lines if (m := _NUMBERED.fullmatch(line))]
            return [self._list(list(zip(numbers, _items(lines, _NUMBERED), strict=True)))]
        if first.startswith("|"):
            rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
            return [self.table(rows[0], rows[1:]), Spacer(1, self._stijl.korps)]
        if first.startswith("> "):
            return [self.paragraph(" ".join(line.removeprefix("> ") for line in lines), "citaat")]
        if first.startswith("!!! "):
            return self._blacked_out(*first[4:].split())
        if first.startswith("^ "):
            return [self.paragraph(" ".join(lines)[2:], "bijschrift")]
        return [self.paragraph(" ".join(lines))]

    def _directive(self, text: str) -> list[Flowable]:
        name, _, argument = text.partition(" ")
        if name == "paginaeinde":
            return [PageBreak()]
        if name in ("gedraaid", "staand"):
            return [NextPageTemplate(name), PageBreak()]
        if name not in self._directives:
            raise ValueError(f"unknown directive ::{name}; known: {', '.join(sorted(self._directives))}")
        return self._directives[name](argument.strip())

    def _list(self, items: list[tuple[str | None, str]]) -> ListFlowable:
        size = self._stijl.korps
        return ListFlowable(
            [
                ListItem(
                    self.paragraph(text, "punt"),
                    leftIndent=18,
                    **({"value": int(number)} if number else {"value": "•"}),
                )
                for number, text in items
            ],
            bulletType="1" if items[0][0] else "bullet",
            bulletFontName=self._stijl.gewoon,
            bulletFontSize=size,
            bulletFormat="%s." if items[0][0] else None,
            leftIndent=18,
            spaceAfter=size * 0.6,
        )

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float] | None = None
    ) -> Table:
        """Set a table with a coloured head that is repeated on every page; columns of numbers go to the right."""
        right = [
            n > 0 and bool(rows) and all(_NUMBER.fullmatch(row[n]) for row in rows) for n in range(len(head))
        ]
        cells: list[list[Any]] = [
            [self.paragraph(cell, "getalkop" if right[n] else "celkop") for n, cell in enumerate(head)]
        ]
        # Numbers need no markup: plain text is laid out many times faster than a paragraph.
        cells += [
            [cell if right[n] else self.paragraph(cell, "cel") for n, cell in enumerate(row)] for row in rows
        ]
        number = self._sheet["getal"]
        style = TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), self._stijl.kleur),
                ("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, _ZEBRA]),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#b9c2bf")),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 3.2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3.6),
                ("LEFTPADDING", (0, 0), (-1, -1), 4.5),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4.5),
                ("FONT", (0, 1), (-1, -1), number.fontName, number.fontSize, number.leading),
                *(("ALIGN", (n, 1), (n, -1), "RIGHT") for n, is_right in enumerate(right) if is_right),
            ]
        )
        return Table(cells, colWidths=widths or _widths(head, rows), repeatRows=1, style=style, hAlign="LEFT")

    def _blacked_out(self, grond: str, lines: str) -> list[Flowable]:
        height = int(lines) * self._stijl.korps * 1.48
        label = Paragraph(f'<font color="#ffffff">{escape(grond)}</font>', self._sheet["klein"])
        style = TableStyle([("BACKGROUND", (0, 0), (-1, -1), black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
        return [
            Table([[label]], colWidths=["100%"], rowHeights=[height], style=style),
            Spacer(1, self._stijl.korps),
        ]


def inline(text: str) -> str:
    """Turn bold, italic and redaction marks into reportlab's markup; everything else is escaped."""
    text.encode(
        "cp1252"
    )  # what the standard fonts can show; UnicodeEncodeError is a ValueError and names the character
    marked = escape(text)
    marked = _BOLD.sub(r"<b>\1</b>", marked)
    marked = _ITALIC.sub(r"<i>\1</i>", marked)
    marked = marked.replace("\\\\", "<br/>")
    return _LAK.sub(_bar, marked)


def _bar(match: re.Match[str]) -> str:
    pad = "\u00a0" * (1 + int(match[2] or 0))
    return f'<font backColor="#000000" color="#ffffff" size="7">{pad}{match[1]}{pad}</font>'


def _blocks(text: str) -> Iterator[list[str]]:
    for block in re.split(r"\n\s*\n", text.strip()):
        if lines := [line.strip() for line in block.splitlines() if line.strip()]:
            yield lines


def _items(lines: list[str], mark: re.Pattern[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if match := mark.fullmatch(line):
            items.append(match[2])
        else:
            items[-1] += f" {line}"
    return items


def _widths(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Share the width over the columns by the length of their texts, none too narrow for its longest word."""
    need = []
    for n in range(len(head)):
        texts = [head[n], *(row[n] for row in rows)]
        word = max(len(word) for text in texts for word in text.split() or [""])
        need.append(max(word * 1.25, min(44.0, max(map(len, texts)) * 0.9), 4))
    return [f"{100 * width / sum(need):.3f}%" for width in need]
