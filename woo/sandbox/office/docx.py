"""Read a docx: its running text page by page, then headers and footers, notes, comments and diagrams as parts of their own."""

from collections.abc import Iterator

from lxml import etree

from woo.sandbox.office.blocks import Block, number_parts, warned
from woo.sandbox.office.drawings import drawing_text
from woo.sandbox.office.flow import PAGE_BREAK, Flow, visible
from woo.sandbox.office.package import Package
from woo.sandbox.office.properties import openxml
from woo.sandbox.office.xml_walk import Step, attribute, local, walk
from woo.sandbox.task import Answer, Refusal, Request

_SKIP = frozenset(
    (
        "pPr rPr sectPr tblPr tblGrid tcPr trPr instrText delInstrText del moveFrom delText Fallback "
        "sdtPr docPr binData annotationRef"
    ).split()
)
_DELETED = frozenset(("del", "moveFrom", "delText"))
_INSERTED = frozenset(("ins", "moveTo"))
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "lastRenderedPageBreak": PAGE_BREAK}
_IMAGES = frozenset(("blip", "imagedata"))
_OFF = frozenset(("0", "false", "off"))
_NOTES = (("footnotes", "footnote", "Voetnoten"), ("endnotes", "endnote", "Eindnoten"))
_DRAWINGS = ("diagramData", "chart")


def read(request: Request) -> Iterator[Answer]:
    """Yield the parts of a docx, docm or dotx (ECMA-376, part 1, 17).

    Pages are those on which Word last laid the text out; where the file does not say, running text is cut in stretches.
    Text that is deleted with tracking is left out and warned of; comments are parts and warned of.

    Raises:
        Refusal: password_needed, damaged_file, not_a_docx, xml_entities, part_too_large, part_ratio, too_many_parts.
    """
    package = Package(request.files[0])
    main = next(iter(package.related("", "officeDocument")), "word/document.xml")
    root = package.xml(main)
    if root is None or local(root) != "document":
        raise Refusal("damaged_file" if package.content(main) is not None else "not_a_docx")
    yield from openxml(package)
    yield from number_parts(_blocks(package, main, root), request.number("pages"))
    yield from warned(package.warnings)


def _blocks(package: Package, main: str, root: etree._Element) -> Iterator[Block]:
    yield from _body(package, root)
    relations = package.relations(main).values()

    def parts(kind: str) -> list[str]:
        return list(dict.fromkeys(relation.target for relation in relations if relation.kind == kind))

    margins = [_text(package, name) for kind in ("header", "footer") for name in parts(kind)]
    yield from _labelled("Kop- en voetteksten", list(dict.fromkeys(margins)))
    for kind, element, label in _NOTES:
        yield from _labelled(label, [text for name in parts(kind) for text in _notes(package, name, element)])
    comments = [text for name in parts("comments") for text in _notes(package, name, "comment")]
    if comments:
        package.warnings.add("comments")
    yield from _labelled("Opmerkingen", comments)
    drawn = [drawing_text(package, name) for kind in _DRAWINGS for name in parts(kind)]
    yield from _labelled("Diagrammen", drawn)
    if parts("aFChunk") or parts("package") or parts("oleObject"):
        package.warnings.add("embedded_files")


def _labelled(label: str, texts: list[str]) -> Iterator[Block]:
    yield from (Block(text, label=label) for text in texts if text.strip())


def _body(package: Package, root: etree._Element) -> Iterator[Block]:
    """Give the running text; a page begins where Word last laid it out so, a stretch at a break that the writer made."""
    paged = root.find(".//{*}lastRenderedPageBreak") is not None
    page = 1
    begins = has_text = False
    for line, image in _lines(package, root):
        stretches = line.split(PAGE_BREAK)
        for index, stretch in enumerate(stretches):
            if index and (has_text or not paged):
                begins, page, has_text = True, page + 1, False
            if stretch.strip() or (image and index == len(stretches) - 1):
                shown = image and index == len(stretches) - 1
                yield Block(stretch, page=page if paged else None, begins=begins, image=shown)
                begins, has_text = False, True


def _lines(package: Package, root: etree._Element) -> Iterator[tuple[str, bool]]:
    """Give each line of a part, and whether an image was shown since the last one."""
    flow = Flow()
    image = False
    for step, name, element in walk(root, _SKIP):
        if step is Step.OPEN:
            image |= name in _IMAGES
            _open(flow, name, element)
        elif step is Step.SKIPPED:
            _note_hidden(package, name, element)
        else:
            _close(flow, name)
        for line in flow.take():
            yield line, image
            image = False
        if step is Step.OPEN and name in _INSERTED and len(element):
            package.warnings.add("tracked_changes")
    if image:
        yield "", True


def _open(flow: Flow, name: str, element: etree._Element) -> None:
    match name:
        case "p":
            flow.open_paragraph()
        case "t":
            flow.add(element.text or "")
        case "tr":
            flow.open_row()
        case "tc" | "txbxContent":
            flow.open_lines()
        case "br":
            flow.add(PAGE_BREAK if attribute(element, "type") == "page" else "\n")
        case "textpath":
            flow.add(attribute(element, "string"))
        case _ if name in _SIGNS:
            flow.add(_SIGNS[name])


def _close(flow: Flow, name: str) -> None:
    if name == "p":
        flow.close_paragraph()
    elif name == "tr":
        flow.close_row()
    elif name in ("tc", "txbxContent"):
        flow.close_lines()


def _note_hidden(package: Package, name: str, element: etree._Element) -> None:
    """Say what is in the file though a reader does not see it."""
    if name in _DELETED and len(element):
        package.warnings.add("tracked_changes")
    elif name == "rPr":
        vanish = element.find("{*}vanish")
        if vanish is not None and attribute(vanish, "val") not in _OFF:
            package.warnings.add("hidden_text")


def _text(package: Package, name: str) -> str:
    root = package.xml(name)
    return "" if root is None else visible([line for line, _image in _lines(package, root)])


def _notes(package: Package, name: str, element: str) -> list[str]:
    """Give the text of each note or comment, a comment after the name of its author."""
    root = package.xml(name)
    found = []
    for note in () if root is None else root:
        if local(note) != element or attribute(note, "type") in ("separator", "continuationSeparator"):
            continue
        text = visible([line for line, _image in _lines(package, note)])
        author = attribute(note, "author") if element == "comment" else ""
        if text.strip():
            found.append(f"{author}: {text}" if author else text)
    return found
