"""Read a pptx: every slide is a part, with its notes and comments; then what stands on the background of the slides."""

from collections.abc import Iterator

from lxml import etree

from woo.sandbox.office.blocks import Block, number_parts, warned
from woo.sandbox.office.drawings import drawing_text, lines_of
from woo.sandbox.office.flow import visible
from woo.sandbox.office.package import Package
from woo.sandbox.office.properties import openxml
from woo.sandbox.office.xml_walk import attribute, local, relation_of
from woo.sandbox.task import Answer, Refusal, Request

_OFF = frozenset(("0", "false"))


def read(request: Request) -> Iterator[Answer]:
    """Yield the slides of a pptx, pptm or ppsx in the order of the presentation (ECMA-376, part 1, 19).

    Raises:
        Refusal: password_needed, damaged_file, not_a_pptx, xml_entities, part_too_large, part_ratio, too_many_parts.
    """
    package = Package(request.files[0])
    main = next(iter(package.related("", "officeDocument")), "ppt/presentation.xml")
    root = package.xml(main)
    if root is None or local(root) != "presentation":
        raise Refusal("damaged_file" if package.content(main) is not None else "not_a_pptx")
    yield from openxml(package)
    yield from number_parts(_blocks(package, main, root), request.number("pages"))
    yield from warned(package.warnings)


def _blocks(package: Package, main: str, root: etree._Element) -> Iterator[Block]:
    relations = package.relations(main)
    backgrounds: dict[str, None] = {}
    for number, identity in enumerate(root.iterfind("{*}sldIdLst/{*}sldId"), start=1):
        relation = relations.get(relation_of(identity))
        slide = None if relation is None else package.xml(relation.target)
        if relation is None or slide is None:
            package.warnings.add("part_damaged")
            yield Block("", label=f"Dia {number}", begins=True)
            continue
        yield from _slide(package, relation.target, slide, number)
        for layout in package.related(relation.target, "slideLayout"):
            backgrounds |= dict.fromkeys((layout, *package.related(layout, "slideMaster")))
    fixed = dict.fromkeys(line for name in backgrounds for line in _fixed_lines(package, name))
    if fixed:
        yield Block("\n".join(fixed), label="Vaste tekst op de dia's")


def _slide(package: Package, name: str, slide: etree._Element, number: int) -> Iterator[Block]:
    hidden = attribute(slide, "show") in _OFF
    label = f"Dia {number} (verborgen)" if hidden else f"Dia {number}"
    if hidden:
        package.warnings.add("hidden_slides")
    has_image = slide.find(".//{*}blip") is not None
    yield Block(visible(list(lines_of(slide))), label=label, begins=True, image=has_image)
    for drawing in package.related(name, "diagramData", "chart"):
        if text := drawing_text(package, drawing):
            yield Block(text, label=label)
    for notes in package.related(name, "notesSlide"):
        if text := _notes(package, notes):
            yield Block(f"Notities: {text}", label=label)
    comments = [text for part in package.related(name, "comments") for text in _comments(package, part)]
    if comments:
        package.warnings.add("comments")
        yield Block("\n".join(f"Opmerking: {text}" for text in comments), label=label)


def _notes(package: Package, name: str) -> str:
    """Give the notes without the number of the slide that is drawn under them."""
    root = package.xml(name)
    if root is None:
        return ""
    shapes = [shape for shape in root.iter("{*}sp") if _placeholder(shape) not in ("sldNum", "sldImg")]
    return visible([line for shape in shapes for line in lines_of(shape)])


def _comments(package: Package, name: str) -> list[str]:
    """Give the comments of a slide, in the older form (`cm/text`) and in the newer one (`cm/txBody`)."""
    root = package.xml(name)
    if root is None:
        return []
    plain = [element.text or "" for element in root.iter("{*}text")]
    return [text for text in (*plain, *lines_of(root)) if text.strip()]


def _fixed_lines(package: Package, name: str) -> Iterator[str]:
    """Give what a layout or master shows on every slide: its shapes that are no place for text of the slide."""
    root = package.xml(name)
    for shape in () if root is None else root.iter("{*}sp"):
        if shape.find("{*}nvSpPr/{*}nvPr/{*}ph") is None:
            yield from (line for line in lines_of(shape) if line.strip())


def _placeholder(shape: etree._Element) -> str:
    found = shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
    return "" if found is None else attribute(found, "type")
