"""Find what hangs on the cells of an xlsx: comments, the text of shapes, headers and footers."""

import re
from html import unescape

from lxml import etree

from woo.sandbox.office.drawings import drawing_text
from woo.sandbox.office.margins import margin_text
from woo.sandbox.office.package import Package
from woo.sandbox.office.xml_walk import attribute, local, relation_of

_MARGIN = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^>]*>([^<]+)<")
_MARGINS_SIZE = 2**13
LARGE = 192 * 2**20
"""Bytes of a sheet above which it is read cell by cell, once."""


def sheet_parts(package: Package) -> dict[str, str]:
    """Give the part of each sheet of an xlsx by the name of the sheet; nothing for the binary form of one (xlsb)."""
    main = main_part(package)
    if main.endswith(".bin"):
        return {}
    root = package.xml(main)
    relations = package.relations(main)
    found: dict[str, str] = {}
    for sheet in () if root is None else root.iterfind("{*}sheets/{*}sheet"):
        relation = relations.get(relation_of(sheet))
        if relation is not None:
            found[sheet.get("name", "")] = relation.target
    return found


def main_part(package: Package) -> str:
    """Give the name of the part that lists the sheets."""
    return next(iter(package.related("", "officeDocument")), "xl/workbook.xml")


def beside_cells(package: Package, part: str) -> list[str]:
    """Give what hangs on a sheet: comments, the text of shapes and charts, headers and footers.

    Comments are said as a warning, since their writers may not have meant them for the public.
    """
    comments = [
        text
        for name in package.related(part, "comments", "threadedComment")
        for text in _comments(package, name)
    ]
    if comments:
        package.warnings.add("comments")
    drawn: list[str] = []
    for drawing in package.related(part, "drawing"):
        charts = package.related(drawing, "chart", "diagramData")
        drawn += [drawing_text(package, name) for name in (drawing, *charts)]
    drawn += _margins(package, part)
    return [text for text in (*comments, *drawn) if text.strip()]


def _margins(package: Package, part: str) -> list[str]:
    """Give the headers and footers of a sheet (ECMA-376, part 1, 18.3.1.46)."""
    content = b"" if package.size(part) > LARGE else package.content(part) or b""
    end = content.rfind(b"headerFooter")
    found: dict[str, None] = {}
    for margin in _MARGIN.finditer(content, max(end - _MARGINS_SIZE, 0), max(end, 0)):
        text = unescape(margin[1].decode("utf-8", "replace"))
        found[margin_text(text)] = None
    return list(found)


def _comments(package: Package, name: str) -> list[str]:
    """Give each comment after its cell: `B4: tekst` (ECMA-376, part 1, 18.7; [MS-XLSX] 2.6.205)."""
    root = package.xml(name)
    if root is None:
        return []
    found = []
    for comment in root.iter("{*}comment", "{*}threadedComment"):
        text = "".join(_runs(comment)).strip()
        if text:
            found.append(f"{attribute(comment, 'ref')}: {text}")
    return found


def _runs(comment: etree._Element) -> list[str]:
    return [element.text or "" for element in comment.iter() if local(element) in ("t", "text")]
