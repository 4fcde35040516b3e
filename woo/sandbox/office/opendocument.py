"""Read OpenDocument text and presentations: running text or slides, then headers and footers, notes and comments."""

from collections.abc import Iterator

from lxml import etree

from woo.sandbox.office.blocks import Block, number_parts, warned
from woo.sandbox.office.flow import PAGE_BREAK, visible
from woo.sandbox.office.opendocument_flow import (
    Beside,
    hidden_styles,
    lines_of,
    margin_blocks,
    opened_content,
)
from woo.sandbox.office.package import Package
from woo.sandbox.office.properties import opendocument
from woo.sandbox.office.xml_walk import attribute
from woo.sandbox.task import Answer, Request


def read_text(request: Request) -> Iterator[Answer]:
    """Yield the parts of an odt or ott (OpenDocument 1.3, part 3).

    Raises:
        Refusal: password_needed, damaged_file, not_an_opendocument, xml_entities, part_too_large, part_ratio,
            too_many_parts.
    """
    package, root = opened_content(request)
    yield from opendocument(package)
    yield from number_parts(_text_blocks(package, root), request.number("pages"))
    yield from warned(package.warnings)


def read_slides(request: Request) -> Iterator[Answer]:
    """Yield the slides of an odp or otp, with notes and comments; raises as `read_text` does."""
    package, root = opened_content(request)
    yield from opendocument(package)
    yield from number_parts(_slide_blocks(package, root), request.number("pages"))
    yield from warned(package.warnings)


def _text_blocks(package: Package, root: etree._Element) -> Iterator[Block]:
    beside = Beside()
    paged = root.find(".//{*}soft-page-break") is not None
    page, begins = 1, False
    body = root.find("{*}body")
    for line, image in lines_of(package, root if body is None else body, beside):
        for index, stretch in enumerate(line.split(PAGE_BREAK)):
            if index:
                page, begins = page + 1, True
            if stretch.strip() or image:
                yield Block(stretch, page=page if paged else None, begins=begins, image=image)
                begins = image = False
    yield from margin_blocks(package)
    yield from (Block(text, label="Voet- en eindnoten") for text in beside.notes)
    yield from (Block(text, label="Opmerkingen") for text in beside.comments)
    if beside.comments:
        package.warnings.add("comments")


def _slide_blocks(package: Package, root: etree._Element) -> Iterator[Block]:
    hidden = hidden_styles(root)
    for number, slide in enumerate(root.iterfind("{*}body/{*}presentation/{*}page"), start=1):
        label = f"Dia {number}"
        if attribute(slide, "style-name") in hidden:
            label = f"{label} (verborgen)"
            package.warnings.add("hidden_slides")
        beside = Beside()
        lines = list(lines_of(package, slide, beside))
        has_image = slide.find(".//{*}image") is not None
        yield Block(visible([line for line, _ in lines]), label=label, begins=True, image=has_image)
        for notes in slide.iterfind("{*}notes"):
            if text := visible([line for line, _ in lines_of(package, notes, beside)]):
                yield Block(f"Notities: {text}", label=label)
        for text in beside.comments:
            package.warnings.add("comments")
            yield Block(f"Opmerking: {text}", label=label)
    fixed = _declared(root) + [block.text for block in margin_blocks(package)]
    if texts := list(dict.fromkeys(text for text in fixed if text.strip())):
        yield Block("\n".join(texts), label="Vaste tekst op de dia's")


def _declared(root: etree._Element) -> list[str]:
    """List the headers and footers that slides share (`presentation:footer-decl`)."""
    return [element.text or "" for element in root.iter("{*}header-decl", "{*}footer-decl")]
