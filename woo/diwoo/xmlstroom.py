"""Reads XML of strangers child by child of its root, in constant memory, without DTD, entities or network."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree

from woo.domain.errors import WooError

_CHUNK = 64 * 1024
_TAIL = 1024
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)


class SitemapOnleesbaar(WooError, ValueError):
    """A sitemap cannot be read at all; `code` names the reason (`xml`, `html`, `doctype`, `te_groot`, …), `regel` the line."""

    def __init__(self, code: str, why: str, regel: int | None = None) -> None:
        super().__init__(why if regel is None else f"line {regel}: {why}")
        self.code = code
        self.why = why
        self.regel = regel


@dataclass(slots=True)
class Xmlstroom:
    """The direct children of the root of `bron`, one at a time; each is gone once the next is asked for.

    With `herstel` broken XML is repaired as far as libxml2 can (`hersteld` tells that it was), else it is refused.
    `compleet` is False at the end when the root was never closed: the file was cut off. `tekst` is text that stands between
    the children, where none may be.

    Raises:
        SitemapOnleesbaar: from iterating: no XML, an HTML page, a DOCTYPE, or more than `limiet` bytes.
    """

    bron: BinaryIO
    limiet: int
    herstel: bool = False
    wortel: Any = None
    gelezen: int = 0
    hersteld: bool = False
    compleet: bool = True
    tekst: str = ""
    _eind: bytes = field(default=b"", repr=False)

    def __iter__(self) -> Iterator[Any]:
        parser: Any = etree.XMLPullParser(
            events=("start", "end"),
            recover=self.herstel,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        depth = 0
        for chunk in self._chunks():
            self._feed(parser, chunk)
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                if event == "start" and self.wortel is None:
                    self._begin(element)
                elif event == "end" and depth == 1:
                    yield element
                    self._drop(element)
        yield from self._rest(parser, depth)

    def _rest(self, parser: Any, depth: int) -> Iterator[Any]:
        try:
            parser.close()
        except etree.XMLSyntaxError as error:
            self._refuse(error)
        for event, element in parser.read_events():
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 1:
                yield element
                self._drop(element)
        if self.wortel is None:
            raise SitemapOnleesbaar("xml", "it holds no XML element")
        self._note_text(self.wortel[-1].tail if len(self.wortel) else self.wortel.text)
        self.hersteld = self.hersteld or bool(self.herstel and len(parser.feed_error_log))
        self.compleet = self._closed()

    def _chunks(self) -> Iterator[bytes]:
        first = True
        while chunk := self.bron.read(_CHUNK):
            self.gelezen += len(chunk)
            if self.gelezen >= self.limiet:
                raise SitemapOnleesbaar("te_groot", f"it is larger than {self.limiet} bytes")
            if first:
                chunk = self._start(chunk)
                first = False
            self._eind = (self._eind + chunk)[-_TAIL:]
            yield chunk

    def _start(self, chunk: bytes) -> bytes:
        if _HTML.match(chunk):
            raise SitemapOnleesbaar("html", "it is an HTML page, not a sitemap", 1)
        stripped = chunk.lstrip(b" \t\r\n") if self.herstel else chunk
        self.hersteld = len(stripped) != len(chunk)
        return stripped

    def _feed(self, parser: Any, chunk: bytes) -> None:
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            self._refuse(error)

    @staticmethod
    def _refuse(error: Any) -> None:
        raise SitemapOnleesbaar("xml", f"no well-formed XML: {error.msg}", error.lineno) from error

    def _begin(self, root: Any) -> None:
        self.wortel = root
        tree = root.getroottree()
        if tree.docinfo.internalDTD is not None or tree.docinfo.doctype:
            raise SitemapOnleesbaar("doctype", "it has a DOCTYPE, which a sitemap does not need", 1)

    def _drop(self, element: Any) -> None:
        """Forget a child that was used, and the one before it, whose text behind it is known by now."""
        before = element.getprevious()
        self._note_text(self.wortel.text if before is None else before.tail)
        element.clear(keep_tail=True)
        if before is not None:
            self.wortel.remove(before)
        self.wortel.text = None

    def _note_text(self, text: str | None) -> None:
        if text and not self.tekst:
            self.tekst = text.strip()[:80]

    def _closed(self) -> bool:
        """Whether the end of the bytes closes the root; encodings other than those like ASCII are believed."""
        if b"\0" in self._eind:
            return True
        name = re.escape(local(self.wortel.tag).encode())
        closing = rb"</(?:[^\s<>:]+:)?" + name + rb"\s*>|<(?:[^\s<>:]+:)?" + name + rb"\b[^<>]*/>"
        return re.search(closing, self._eind) is not None


def local(tag: Any) -> str:
    """The name of an element without its namespace, or without a prefix that nobody declared."""
    return str(tag).rpartition("}")[2].rpartition(":")[2]


def namespace(tag: Any) -> str | None:
    """The namespace of an element; None where it has none."""
    text = str(tag)
    return text[1:].partition("}")[0] if text.startswith("{") else None
