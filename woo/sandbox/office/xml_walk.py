"""Walk through the XML of Office files by local names, without recursion and without regard to namespaces."""

from collections.abc import Collection, Iterator
from enum import Enum, auto

from lxml import etree


class Step(Enum):
    """Where a walk through XML is."""

    OPEN = auto()
    CLOSE = auto()
    SKIPPED = auto()


def walk(root: etree._Element, skip: Collection[str]) -> Iterator[tuple[Step, str, etree._Element]]:
    """Go through XML from top to bottom without recursion; give the local name of each element as it opens and closes.

    Namespaces are not looked at: strict and transitional Office files differ in nothing else that is read here.

    Args:
        root: Where to begin.
        skip: Local names of elements that are only said to be there.
    """
    yield Step.OPEN, local(root), root
    levels = [(root, iter(root))]
    while levels:
        element, children = levels[-1]
        for child in children:
            name = local(child)
            if name in skip or not name:
                yield Step.SKIPPED, name, child
                continue
            yield Step.OPEN, name, child
            levels.append((child, iter(child)))
            break
        else:
            levels.pop()
            yield Step.CLOSE, local(element), element


def local(element: etree._Element) -> str:
    """Give the name of an element without its namespace; nothing for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """Give an attribute by its local name; nothing when there is none."""
    for key, value in element.items():
        if key == name or key.endswith(f"}}{name}"):
            return str(value)
    return ""


def relation_of(element: etree._Element) -> str:
    """Give the id of the relation that an element names (`r:id`)."""
    for key, value in element.items():
        if key.endswith(("/relationships}id", "/relationships}embed")):
            return str(value)
    return ""
