"""One page of a site, read into a tree: its text by the charset that it really has, its addresses made whole."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree
from parsel import Selector
from scrapy.http import HtmlResponse, Response
from scrapy.utils.response import get_base_url

from ingest.sources.inhoud import Onleesbaar, lees

_LOOK = 64 * 1024
_TAG = re.compile(r"<\s*(!doctype|[a-z][a-z0-9]*[\s>/])", re.IGNORECASE)
_MOST_ELEMENTS, _DEEPEST = 50_000, 1_000
_SPACE = re.compile(r"[\t\r\n\x0b\x0c\x00]+")
_SILENT = frozenset({"script", "style", "template", "noscript"})
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i img ins kbd label mark q s samp small span strong sub sup time u "
    "var wbr".split()
)


class Pagina:
    """A page; `charset_klopt` tells whether it has the charset that it says."""

    def __init__(self, url: str, basis: str, boom: Selector, *, charset_klopt: bool) -> None:
        self.url = url
        self.boom = boom
        self.charset_klopt = charset_klopt
        self._basis = basis

    def adres(self, gevonden: str) -> str | None:
        """What a link names as a whole address without its fragment; None for what is no page or file (mailto:, say)."""
        try:
            made = urldefrag(urljoin(self._basis, _SPACE.sub("", gevonden).strip()))[0]
            parts = urlsplit(made)
            parts.port  # noqa: B018 - raises for a port that is none
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        return made.replace(" ", "%20")


def lees_pagina(response: Response, pad: Path, limiet: int) -> Pagina:
    """Read the body of an answer as HTML, whatever its Content-Type says.

    Raises:
        Onleesbaar: it is larger than the limit (`too_large`), packed wrongly (`gzip`), no HTML (`no_html`), or has more
            elements, or more of them in each other, than are looked through (`too_many_elements`, `too_deep`).
    """
    body = lees(pad, limiet)
    answer = HtmlResponse(response.url, headers=response.headers, body=body)
    text, right = _decoded(body, answer.encoding)
    if "\x00" in text[:_LOOK] or not _TAG.search(text[:_LOOK]):
        raise Onleesbaar("no_html")
    tree = Selector(text=text, type="html", base_url=response.url)
    _check_size(tree.root)
    return Pagina(response.url, _base(answer), tree, charset_klopt=right)


def _base(answer: HtmlResponse) -> str:
    """What the addresses on a page begin at; a `<base>` that is no address is none."""
    try:
        return get_base_url(answer)
    except ValueError:
        return answer.url


def _check_size(root: Any) -> None:
    """Refuse a page in which a rule could look for hours; a tree that is too deep was cut off by the parser too."""
    count = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        count += 1
        depth += 1
        if count > _MOST_ELEMENTS:
            raise Onleesbaar("too_many_elements")
        if depth > _DEEPEST:
            raise Onleesbaar("too_deep")


def _decoded(body: bytes, told: str) -> tuple[str, bool]:
    """The text, and whether it has the charset that the site tells; a wrong one is read as UTF-8 or Windows-1252."""
    for charset in dict.fromkeys((told, "utf-8")):
        try:
            return body.decode(charset), charset == told
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("cp1252", "replace"), False


def tekst_van(knoop: Any) -> str:
    """The text that a reader sees of an element: words of different blocks apart, a line for each block."""
    if isinstance(knoop, str):
        return knoop
    parts: list[str] = []
    _walk(knoop, parts)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(top: Any, parts: list[str]) -> None:
    """Collect text in its order; without recursion, for pages that are nested deeply."""
    stack: list[tuple[Any, bool]] = [(top, False)]
    while stack:
        element, ends = stack.pop()
        if isinstance(element, str):
            parts.append(element.replace("\n", " "))
            continue
        seen = isinstance(element.tag, str) and element.tag not in _SILENT
        if not ends and seen:
            if element.tag not in _INLINE:
                parts.append("\n")
            stack.append((element, True))
            for child in reversed(element):
                if child.tail:
                    stack.append((child.tail, False))
                stack.append((child, False))
            if element.text:
                stack.append((element.text, False))
        elif ends and element.tag not in _INLINE:
            parts.append("\n")
