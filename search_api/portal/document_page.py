"""The viewer: a page of a document as picture and text, with what was sought marked in both."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses, params, queries
from search_api.describe import offer
from search_api.parts import Parts, parts_of
from search_api.portal.pages import pages_of
from search_api.portal.regel_page import is_row, row_page
from search_api.problems import invalid
from search_api.queries import Parameter
from search_api.related import Relations
from search_api.routes.documenten import has_pictures, widths, words_of
from search_api.searching import asked, sought_words
from woo.analysis import Wanted
from woo.domain.errors import NotFound, Unavailable
from woo.index.pages import OVERLAP
from woo.index.query import Soort
from woo.storage.port import PublicDocument, PublicPage
from woo.views.facts import document_facts, text_note
from woo.views.marking import Box, Piece, boxes, pieces, reflowed
from woo.views.parts import has_pages, part_name
from woo.views.problems import InputFault

_PARAMETERS = (params.ZOEK, Parameter("pagina", "Het nummer van de pagina."))
_LISTED = 200
_LISTED_WITH_LABELS = 50  # each label is one more page to read


@dataclass(frozen=True, slots=True)
class PageView:
    """One page as shown: its name, its text in pieces, the boxes on its picture, and a note on the text."""

    nummer: int
    naam: str
    label: str | None
    tekst: tuple[Piece, ...]
    boxes: tuple[Box, ...]
    note: str
    leesbaar: bool
    marked: int
    unplaced: bool


@dataclass(frozen=True, slots=True)
class HitPages:
    """The pages with a hit: those listed around the present one, how many there are, and the ones before and after."""

    shown: tuple[int, ...]
    totaal: int
    plaats: int | None
    vorige: int | None
    volgende: int | None


def add_to(app: FastAPI) -> None:
    """Add this page to the application."""
    offer(app, "/documenten/{id}", get_document_page)


def get_document_page(request: Request) -> Response:
    parts = parts_of(request)
    document = parts.gate.document(request.path_params["id"])
    if is_row(document):
        return row_page(request, parts, document)
    values = queries.read(request.scope["query_string"], _PARAMETERS, strict=False)
    question = asked(parts, params.question({"zoek": values.get("zoek", [])}, Soort.DOCUMENT, parts.lijsten))
    node = question.query.zoek
    hits = parts.index.pages_with_hits(document.id, node) if node is not None and document.paginas else ()
    nummer = _number(values.get("pagina", []), document, hits)
    page = parts.store.page(document.id, nummer) if nummer else None
    if nummer and page is None:
        raise NotFound("pagina", str(nummer))
    sought = sought_words(parts, node)
    around = _around(hits, nummer, most=_LISTED if has_pages(document.kaart) else _LISTED_WITH_LABELS)
    relations = Relations(parts.gate, document.kaart)
    return pages_of(request).render(
        "document.html",
        document=document,
        kaart=document.kaart,
        facts=document_facts(document.kaart),
        page=None if page is None else _view(parts, document, page, sought),
        picture_widths=widths(parts) if has_pictures(document) else (),
        hits=around,
        labels={} if has_pages(document.kaart) else _labels(parts, document, around.shown),
        relations=relations.groups(),
        thread=relations.thread(),
        question=question,
        permalink=parts.site + addresses.document(document.id),
    )


def _number(given: Sequence[str], document: PublicDocument, hits: Sequence[int]) -> int:
    """The page to show: the one asked for, else the first with a hit, else the first; 0 when there are none."""
    if not given:
        return hits[0] if hits else min(1, document.paginas)
    text = given[0].strip()
    if text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= document.paginas:
        return int(text)
    if not document.paginas:
        return 0
    raise invalid(
        InputFault(
            "query",
            "pagina",
            "onbekende-pagina",
            f"Dit document heeft pagina 1 tot en met {document.paginas}. Kies een getal daarbinnen.",
        )
    )


def _view(parts: Parts, document: PublicDocument, page: PublicPage, sought: Wanted | None) -> PageView:
    marks: tuple[tuple[int, int], ...] = ()
    if sought is not None:
        after = parts.store.page(document.id, page.nummer + 1)
        following = "" if after is None else parts.analysis.first_words(after.tekst, OVERLAP)
        marks = parts.highlighter.marks(page.tekst, sought, following=following)
    placed = _boxes(parts, document, page, marks)
    empty = not page.tekst.strip()
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
            empty=empty,
            has_pages=has_pages(kaart),
        ),
        page.leesbaar,
        len(marks),
        unplaced=bool(marks) and not placed and has_pictures(document),
    )


def _boxes(
    parts: Parts, document: PublicDocument, page: PublicPage, marks: tuple[tuple[int, int], ...]
) -> tuple[Box, ...]:
    """Where the marks stand on the picture; none when that cannot be told now, the text is then still marked."""
    if not marks:
        return ()
    try:
        return boxes(words_of(parts, document, page), page.tekst, marks)
    except Unavailable:
        return ()


def _labels(parts: Parts, document: PublicDocument, numbers: Sequence[int]) -> dict[int, str]:
    """The names of these parts, of those that have one."""
    pages = (parts.store.page(document.id, number) for number in numbers)
    return {page.nummer: page.label for page in pages if page is not None and page.label}


def _around(hits: Sequence[int], nummer: int, *, most: int) -> HitPages:
    at = bisect_left(hits, nummer)
    after = bisect_right(hits, nummer)
    first = max(0, min(at - most // 2, len(hits) - most))
    return HitPages(
        shown=tuple(hits[first : first + most]),
        totaal=len(hits),
        plaats=at + 1 if after > at else None,
        vorige=hits[at - 1] if at else None,
        volgende=hits[after] if after < len(hits) else None,
    )
