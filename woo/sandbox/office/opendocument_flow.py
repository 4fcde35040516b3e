"""Turn the XML of OpenDocument into lines, with notes and comments set aside, and what stands on every page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from woo.sandbox.office.blocks import Block
from woo.sandbox.office.flow import Flow, visible
from woo.sandbox.office.package import Package
from woo.sandbox.office.xml_walk import Step, attribute, local, walk
from woo.sandbox.task import Refusal, Request

_SKIP = frozenset(
    (
        "tracked-changes annotation notes scripts forms sequence-decls event-listeners "
        "covered-table-cell binary-data note table-of-content-source"
    ).split()
)
_PARAGRAPHS = frozenset(("p", "h"))
_PLACES = frozenset(("table-cell", "text-box", "header", "footer", "header-left", "footer-left"))
_MARGINS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")
_PLACEHOLDERS = frozenset(
    ("title", "outline", "subtitle", "notes", "page", "handout", "page-number", "date-time")
)
_MOST_SPACES = 1_000
_WHITE = re.compile(r"[ \t\r\n]+")


@dataclass(slots=True)
class Beside:
    """What hangs on the running text and is shown elsewhere."""

    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def opened_content(request: Request) -> tuple[Package, etree._Element]:
    """Open an OpenDocument file and its content.

    Raises:
        Refusal: password_needed, damaged_file, not_an_opendocument, xml_entities, part_too_large, part_ratio.
    """
    package = Package(request.files[0])
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and manifest.find(".//{*}encryption-data") is not None:
        raise Refusal("password_needed")
    root = package.xml("content.xml")
    if root is None:
        raise Refusal("not_an_opendocument" if package.content("content.xml") is None else "damaged_file")
    return package, root


def hidden_styles(root: etree._Element) -> set[str]:
    """Give the names of the styles that hide a slide or a sheet."""
    return {
        attribute(style, "name")
        for style in root.iter("{*}style")
        if any(
            attribute(child, "visibility") == "hidden" or attribute(child, "display") == "false"
            for child in style
        )
    }


def plain_text(package: Package, element: etree._Element, comments: list[str] | None = None) -> str:
    """Give the lines below an element; comments on the way go to `comments`."""
    return _plain(package, element, Beside(comments=[] if comments is None else comments))


def margin_blocks(package: Package) -> Iterator[Block]:
    """Give what the master pages show on every page: headers, footers, and shapes drawn on them."""
    styles = package.xml("styles.xml")
    found: dict[str, None] = {}
    for master in () if styles is None else styles.iter("{*}master-page"):
        for element in master:
            if local(element) in _MARGINS or (local(element) not in ("notes", "") and not _is_place(element)):
                found[plain_text(package, element)] = None
    yield from (Block(text, label="Kop- en voetteksten") for text in found if text.strip())


def _is_place(element: etree._Element) -> bool:
    """Whether a shape of a master is a place for text of the slide itself."""
    return attribute(element, "placeholder") == "true" or attribute(element, "class") in _PLACEHOLDERS


def lines_of(package: Package, root: etree._Element, beside: Beside) -> Iterator[tuple[str, bool]]:
    """Give each line below an element, and whether an image was shown since the last one.

    Args:
        package: For its warnings.
        root: Where to begin.
        beside: Takes the notes and comments on the way.
    """
    flow = Flow()
    image = False
    levels = 0
    for step, name, element in walk(root, _SKIP):
        if step is Step.OPEN:
            image |= name == "image"
            levels += _open(flow, name, element)
        elif step is Step.SKIPPED:
            _set_aside(package, name, element, beside)
        else:
            levels -= _close(flow, name)
        if step is not Step.OPEN and element is not root and levels and element.tail:
            flow.add(_squeezed(element.tail))
        for line in flow.take():
            yield line, image
            image = False
    if image:
        yield "", True


def _open(flow: Flow, name: str, element: etree._Element) -> int:
    """Begin an element; returns how many paragraphs were opened."""
    if name in _PARAGRAPHS:
        flow.open_paragraph()
        flow.add(_squeezed(element.text or ""))
        return 1
    if name == "table-row":
        flow.open_row()
    elif name in _PLACES:
        flow.open_lines()
    elif name == "s":
        flow.add(" " * min(_count(attribute(element, "c")), _MOST_SPACES))
    elif name == "tab":
        flow.add("\t")
    elif name == "line-break":
        flow.add("\n")
    elif name == "soft-page-break":
        flow.add_break()
    elif element.text and "svg-compatible" not in element.tag:
        flow.add(_squeezed(element.text))
    return 0


def _close(flow: Flow, name: str) -> int:
    """End an element; returns how many paragraphs were closed."""
    if name in _PARAGRAPHS:
        flow.close_paragraph()
        return 1
    if name == "table-row":
        flow.close_row()
    elif name in _PLACES:
        flow.close_lines()
    return 0


def _set_aside(package: Package, name: str, element: etree._Element, beside: Beside) -> None:
    """Keep notes and comments for a place of their own, and say what else is passed over."""
    if name == "tracked-changes" and len(element):
        package.warnings.add("tracked_changes")
    elif name == "note":
        bodies = [_plain(package, body, beside) for body in element.iterfind("{*}note-body")]
        mark = "".join(text for part in element.iterfind("{*}note-citation") for text in part.itertext())
        beside.notes += [f"{mark} {text}".strip() for text in bodies if text]
    elif name == "annotation":
        author = "".join(part.text or "" for part in element.iterfind("{*}creator"))
        paragraphs = [_plain(package, part, beside) for part in element if local(part) in ("p", "list")]
        text = visible(paragraphs)
        if text:
            beside.comments.append(f"{author}: {text}" if author else text)


def _plain(package: Package, element: etree._Element, beside: Beside) -> str:
    return visible([line for line, _image in lines_of(package, element, beside)])


def _squeezed(text: str) -> str:
    """Give text as OpenDocument means it: white space is one space (part 3, 6.1.2)."""
    return _WHITE.sub(" ", text)


def _count(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 9 else 1
