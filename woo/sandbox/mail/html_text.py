"""Make the HTML of a message into lines of text: no scripts, no styles, nothing fetched."""

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_LEFT_OUT = frozenset({"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg"})
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "ul", "ol", "pre"})
_CELLS = frozenset({"td", "th"})
_MOST_QUOTE = 5
_MORE = 1.2
"""HTML that has so many times the words of the plain text is taken in its place."""


def text_of(html: str) -> str:
    """Give the text with a line per block; quotes (`blockquote`) get a `>` before each line, as in plain messages."""
    written = _Written()
    root = LexborHTMLParser(html).root
    node = root
    while node is not None:
        entered = _enter(node, written)
        child = node.first_child if entered else None
        if child is not None:
            node = child
            continue
        node = _next(node, root, written)
    return written.text()


def fuller(plain: str, html: str) -> str:
    """Choose between two texts of one message: the plain one, unless that of the HTML says more."""
    return html if len(html.split()) > _MORE * len(plain.split()) else plain


def _next(node: LexborNode, root: LexborNode | None, written: "_Written") -> LexborNode | None:
    """Leave this node and every parent that ends with it; the node that follows."""
    at: LexborNode | None = node
    while at is not None and root is not None and at.mem_id != root.mem_id:
        _leave(at, written)
        if at.next is not None:
            return at.next
        at = at.parent
    return None


def _enter(node: LexborNode, written: "_Written") -> bool:
    """Begin a node; False when nothing below it is text."""
    tag = node.tag or ""
    if tag == "-text":
        in_pre = node.parent is not None and node.parent.tag == "pre"
        written.add(node.text_content or "", as_is=in_pre)
        return False
    if tag in _LEFT_OUT or tag.startswith("-"):
        return False
    if tag == "br":
        written.end_line(always=True)
    elif tag in _BLOCKS:
        written.end_line()
    if tag == "li":
        written.add("- ", as_is=True)
    elif tag == "blockquote":
        written.depth += 1
    return True


def _leave(node: LexborNode, written: "_Written") -> None:
    tag = node.tag or ""
    if tag in _CELLS:
        written.add(" \t", as_is=True)
    elif tag in _BLOCKS:
        written.end_line()
    if tag == "blockquote":
        written.depth -= 1
    if tag in _PARAGRAPHS:
        written.end_paragraph()


@dataclass(slots=True)
class _Written:
    """The lines so far; `depth` is how deep in quotes."""

    depth: int = 0
    _lines: list[str] = field(default_factory=list)
    _line: list[str] = field(default_factory=list)

    def add(self, text: str, *, as_is: bool = False) -> None:
        if as_is:
            first, *others = text.split("\n")
            self._line.append(first)
            for other in others:
                self.end_line(always=True)
                self._line.append(other)
            return
        words = " ".join(text.split())
        if not words:
            if text and self._line and not self._line[-1].endswith((" ", "\t")):
                self._line.append(" ")
            return
        before = " " if text[0].isspace() and self._line else ""
        after = " " if text[-1].isspace() else ""
        self._line.append(f"{before}{words}{after}")

    def end_line(self, *, always: bool = False) -> None:
        line = "".join(self._line).replace(" \t", "\t").strip("\t ")
        self._line.clear()
        if line or always:
            self._lines.append(self._mark() + line)

    def end_paragraph(self) -> None:
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._mark().rstrip())

    def text(self) -> str:
        self.end_line()
        return "\n".join(self._lines).strip("\n")

    def _mark(self) -> str:
        return ">" * min(max(self.depth, 0), _MOST_QUOTE) + (" " if self.depth > 0 else "")
