"""One page as the viewer shows it: its text in pieces, the places of the marks on its picture, and a note on the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from search_api.parts import Parts
from search_api.routes.documenten import has_pictures, words_of
from woo.analysis import Wanted
from woo.domain.errors import Unavailable
from woo.storage.port import PublicDocument, PublicPage
from woo.views.facts import text_note
from woo.views.marking import Box, Piece, boxes, joined, pieces, reflowed
from woo.views.parts import has_pages, part_name

Marks = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class PageView:
    """One page as shown; `marked` counts the marked places in the text, `unplaced` says that the picture cannot show them."""

    nummer: int
    naam: str
    label: str | None
    tekst: tuple[Piece, ...]
    boxes: tuple[Box, ...]
    note: str
    leesbaar: bool
    marked: int
    unplaced: bool


def page_view(parts: Parts, document: PublicDocument, page: PublicPage, sought: Wanted | None) -> PageView:
    """The page with what is sought marked in it."""
    marks = parts.page_hits.marks(document, page, sought) if sought is not None else ()
    placed = _boxes(parts, document, page, marks)
    kaart = document.kaart
    return PageView(
        page.nummer,
        part_name(page.label, page.nummer, kaart),
        page.label,
        pieces(reflowed(page.tekst) if has_pages(kaart) else page.tekst, marks),
        placed,
        text_note(
            tekstbron=page.tekstbron,
            leesbaar=page.leesbaar,
            zekerheid=page.zekerheid,
            empty=not page.tekst.strip(),
            has_pages=has_pages(kaart),
        ),
        page.leesbaar,
        len(joined(page.tekst, marks)),
        unplaced=bool(marks) and not placed and has_pictures(document),
    )


def _boxes(parts: Parts, document: PublicDocument, page: PublicPage, marks: Marks) -> tuple[Box, ...]:
    """Where the marks stand on the picture; none when that cannot be told now, the text is then still marked."""
    if not marks:
        return ()
    try:
        return boxes(words_of(parts, document, page), page.tekst, marks)
    except Unavailable:
        return ()
