"""Cuts the fragment of a page that holds what was asked, and remembers it: visitors come back to the same pages."""

from collections import OrderedDict
from hashlib import blake2b
from threading import Lock

from woo.analysis import Fragment, Highlighter, Wanted
from woo.index.port import PageHit

LENGTH = 240
_MOST = 20_000

_Key = tuple[bytes, Wanted]


class Fragments:
    """The best fragment of a page for what is wanted.

    Marking and cutting take most of the time of a search outside the engine. What is remembered hangs on the text itself, so
    it never belongs to an older version, and holds at most `most` fragments of a few hundred characters.
    """

    def __init__(self, highlighter: Highlighter, *, most: int = _MOST) -> None:
        self._highlighter = highlighter
        self._most = most
        self._kept: OrderedDict[_Key, Fragment | None] = OrderedDict()
        self._lock = Lock()

    def best(self, page: PageHit, sought: Wanted) -> Fragment | None:
        """Return a fragment with marks, or None when the page itself has nothing to mark."""
        key = (_digest(page), sought)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        fragment = self._cut(page, sought)
        with self._lock:
            self._kept[key] = fragment
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return fragment

    def _cut(self, page: PageHit, sought: Wanted) -> Fragment | None:
        marks = self._highlighter.marks(page.tekst, sought, following=page.vervolg)
        if not marks:
            return None
        return next(iter(self._highlighter.fragments(page.tekst, marks, length=LENGTH, count=1)), None)


def _digest(page: PageHit) -> bytes:
    text = f"{len(page.tekst)} {page.tekst}{page.vervolg}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
