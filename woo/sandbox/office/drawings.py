"""Read the text of DrawingML: shapes, tables, diagrams and charts, wherever they stand in an Office file."""

from collections.abc import Iterator

from lxml import etree

from woo.sandbox.office.flow import Flow, visible
from woo.sandbox.office.package import Package
from woo.sandbox.office.xml_walk import Step, walk

_SKIP = frozenset(
    ("pPr", "rPr", "endParaRPr", "bodyPr", "lstStyle", "tblPr", "tblGrid", "tcPr", "spPr", "Fallback")
)


def lines_of(root: etree._Element) -> Iterator[str]:
    """Give the paragraphs and rows of everything drawn below an element (ECMA-376, part 1, 21.1.2 and 21.1.3)."""
    flow = Flow()
    for step, name, element in walk(root, _SKIP):
        if step is Step.OPEN:
            _open(flow, name, element)
        elif step is Step.CLOSE:
            _close(flow, name)
        yield from flow.take()


def drawing_text(package: Package, name: str) -> str:
    """Give the text of a part that is a drawing, a diagram or a chart; nothing when it cannot be read."""
    root = package.xml(name)
    if root is None:
        return ""
    texts = list(lines_of(root))
    for cache in root.iter("{*}strCache", "{*}strLit", "{*}multiLvlStrCache", "{*}numCache", "{*}numLit"):
        texts.append("\t".join(value.text or "" for value in cache.iter("{*}v")))
    return visible(list(dict.fromkeys(texts)))


def _open(flow: Flow, name: str, element: etree._Element) -> None:
    match name:
        case "p":
            flow.open_paragraph()
        case "t":
            flow.add(element.text or "")
        case "br":
            flow.add("\n")
        case "tab":
            flow.add("\t")
        case "tr":
            flow.open_row()
        case "tc":
            flow.open_lines()


def _close(flow: Flow, name: str) -> None:
    if name == "p":
        flow.close_paragraph()
    elif name == "tr":
        flow.close_row()
    elif name == "tc":
        flow.close_lines()
