"""Read a web page: what stands on it as text, block by block, without scripts and styles."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from selectolax.lexbor import LexborHTMLParser, LexborNode

from woo.sandbox.office.blocks import Block, number_parts, warned
from woo.sandbox.office.charset import Charset, find_charset
from woo.sandbox.task import Answer, Request

_HEAD = 4_096
_TOLD = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]+encoding\s*=\s*["']([\w.-]{1,40})""", re.I
)
_UNSEEN = frozenset(
    ("script", "style", "template", "noscript", "head", "iframe", "object", "svg", "datalist")
)
_INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp "
        "small span strike strong sub sup time tt u var wbr img"
    ).split()
)
_CELLS = frozenset(("td", "th"))
_META = {"author": "author", "description": "subject", "keywords": "keywords", "generator": "producer"}
_LONGEST = 4_000
_WHITE = re.compile(r"[ \t\r\n\f]+")


def read(request: Request) -> Iterator[Answer]:
    """Yield the text of a web page (HTML living standard), a line for each block and each row of a table.

    Raises:
        Refusal: too_many_parts.
    """
    file = request.files[0]
    charset = find_charset(file, told=_told(file))
    tree = LexborHTMLParser(_decoded(file, charset))
    yield {"metadata": _metadata(tree)}, b""
    yield from number_parts(_blocks(tree), request.number("pages"))
    if charset.warning is not None:
        yield from warned([charset.warning])


def _told(file: BinaryIO) -> str | None:
    file.seek(0)
    found = _TOLD.search(file.read(_HEAD))
    return None if found is None else (found[1] or found[2]).decode("ascii", "replace")


def _decoded(file: BinaryIO, charset: Charset) -> str:
    file.seek(0)
    return file.read().decode(charset.name, "replace")


def _metadata(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("head title, head meta[name], html[lang]"):
        value = node.text() if node.tag == "title" else node.attributes.get("content")
        name = str(node.attributes.get("name") or "").lower()
        if node.tag == "title":
            found.setdefault("title", " ".join(str(value).split()))
        elif node.tag == "html":
            found["language"] = str(node.attributes.get("lang") or "")
        elif name in _META and value:
            found.setdefault(_META[name], value)
    return {field: value[:_LONGEST] for field, value in found.items() if value}


def _blocks(tree: LexborHTMLParser) -> Iterator[Block]:
    """Give each line of the page; an element that is not inline begins and ends one, a cell of a table does not."""
    line: list[str] = []
    keep = 0
    for opening, node in _walk(tree.root):
        tag = str(node.tag)
        if tag == "-text":
            if not opening:
                continue
            text = node.text_content or ""
            line.append(text if keep else _WHITE.sub(" ", text))
        elif opening and tag == "img":
            yield Block("", image=True)
        elif tag in _CELLS:
            line.append("" if opening else "\t")
        elif tag not in _INLINE:
            yield from _block(line)
            line = []
            keep += (1 if opening else -1) if tag in ("pre", "textarea") else 0
    yield from _block(line)


def _block(line: list[str]) -> Iterator[Block]:
    text = "\t".join(_tidied(cell) for cell in "".join(line).split("\t")).strip()
    if text:
        yield Block(text)


def _tidied(cell: str) -> str:
    return cell.strip(" ") if "\n" in cell else " ".join(cell.split())


def _walk(root: LexborNode | None) -> Iterator[tuple[bool, LexborNode]]:
    """Go through the tree without recursion; give each element as it opens and as it closes."""
    node = root
    depth = 0
    while node is not None:
        yield True, node
        child = None if node.tag in _UNSEEN else node.first_child
        if child is not None:
            node = child
            depth += 1
            continue
        yield False, node
        while node is not None and node.next is None:
            node = node.parent
            depth -= 1
            if node is None or depth < 0:
                return
            yield False, node
        node = None if node is None else node.next
