"""The viewer: a page of a document as picture and text, with what was sought marked in both."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses, parameters, params, queries
from search_api.describe import offer
from search_api.parts import Parts, parts_of
from search_api.portal.hit_list import HitList, hit_list, listed
from search_api.portal.page_strip import strip_around
from search_api.portal.page_view import PageView, page_view
from search_api.portal.pages import pages_of
from search_api.portal.regel_page import is_row, row_page
from search_api.portal.view_state import PARAMETERS, ZOOMS, ViewState, read_state
from search_api.problems import invalid
from search_api.queries import Parameter, Values
from search_api.related import Relations
from search_api.routes.documenten import THUMBNAIL, has_pictures, widths
from search_api.searching import asked, sought_words
from search_api.versies import versions
from woo.analysis import Wanted
from woo.domain.errors import NotFound
from woo.index.query import Soort
from woo.storage.port import PublicDocument
from woo.taal import NEDERLANDS, gettext, spoken
from woo.views.citing import Citation
from woo.views.facts import document_facts
from woo.views.marking import turned
from woo.views.parts import has_pages, rendition_note
from woo.views.problems import InputFault
from woo.views.structured import document_data, open_graph

_PARAMETERS = (parameters.ZOEK, Parameter("pagina", "Het nummer van de pagina."), *PARAMETERS)
_SIZES = {
    100: "(max-width: 64rem) 94vw, 36rem",
    150: "(max-width: 64rem) 141vw, 50rem",
    200: "(max-width: 64rem) 188vw, 66rem",
}
"""How wide the picture is shown at each zoom, as site.css says."""


def add_to(app: FastAPI) -> None:
    """Add this page to the application."""
    offer(app, "/documenten/{id}", get_document_page)


def get_document_page(request: Request) -> Response:
    parts = parts_of(request)
    document = parts.gate.document(request.path_params["id"])
    if is_row(document):
        return row_page(request, parts, document)
    if request.method == "GET":
        parts.teller.count(document.id, "weergave")
    values = queries.read(request.scope["query_string"], _PARAMETERS, strict=False)
    question = asked(parts, params.question({"zoek": values.get("zoek", [])}, Soort.DOCUMENT, parts.lijsten))
    node = question.query.zoek
    hits = parts.index.pages_with_hits(document.id, node) if node is not None and document.paginas else ()
    nummer = page_number(values, document.paginas, default=hits[0] if hits else 1)
    sought = sought_words(parts, node)
    page = _page(parts, document, nummer, sought)
    here = read_state(
        values,
        id=document.id,
        pagina=nummer,
        zoek=question.zoek,
        marked=page.marked if page else 0,
        paginas=document.paginas,
    )
    with_pictures = has_pictures(document)
    relations = Relations(parts.gate, document.kaart)
    return pages_of(request).render(
        "document.html",
        document=document,
        kaart=document.kaart,
        facts=document_facts(document.kaart),
        versies=versions(document),
        page=page,
        here=here,
        boxes=tuple(turned(box, here.draai) for box in page.boxes) if page else (),
        picture_widths=widths(parts) if with_pictures else (),
        picture_sizes=_SIZES[here.zoom],
        all_sizes=_SIZES,
        zooms=ZOOMS,
        strip=strip_around(here.strook, document.paginas, hits) if with_pictures else None,
        thumbnail=THUMBNAIL,
        rendition=rendition_note(document.kaart),
        hits=_hits(parts, document, hits, sought, here, page),
        relations=relations.groups(),
        thread=relations.thread(),
        question=question,
        **_references(parts, document, page),
    )


def page_number(values: Values, paginas: int, *, default: int) -> int:
    """The page asked for, else the default; 0 for a document without pages. Raises the 400 that names the last page."""
    given = values.get("pagina", [])
    if not paginas:
        return 0
    if not given:
        return default
    text = given[0].strip()
    if text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= paginas:
        return int(text)
    raise invalid(
        InputFault(
            "query",
            "pagina",
            "onbekende-pagina",
            gettext(
                "Dit document heeft pagina 1 tot en met %(most)s. Kies een getal daarbinnen.", most=paginas
            ),
        )
    )


def _page(parts: Parts, document: PublicDocument, nummer: int, sought: Wanted | None) -> PageView | None:
    """The page as shown; None for a document without pages. Raises NotFound."""
    if not nummer:
        return None
    page = parts.store.page(document.id, nummer)
    if page is None:
        raise NotFound("pagina", str(nummer))
    return page_view(parts, document, page, sought)


def _hits(
    parts: Parts,
    document: PublicDocument,
    hits: Sequence[int],
    sought: Wanted | None,
    here: ViewState,
    page: PageView | None,
) -> HitList:
    shown = listed(hits, here.pagina, labelled=not has_pages(document.kaart))
    counted = {} if sought is None else parts.page_hits.count(document, shown, sought, nearest=here.pagina)
    return hit_list(
        hits,
        counted,
        shown,
        nummer=here.pagina,
        treffer=here.treffer,
        marked=page.marked if page else 0,
    )


def _references(parts: Parts, document: PublicDocument, page: PageView | None) -> dict[str, Any]:
    """What others refer to this page by: its lasting address, a citation, and data for machines."""
    kaart, site = document.kaart, parts.site
    url = site + addresses.document(document.id)
    pagina = page.nummer if page and document.paginas > 1 else None
    file = addresses.file(kaart)
    with spoken(NEDERLANDS):
        ids = site + addresses.document(document.id), site + addresses.publicatie(document.publicatie_id)
    return {
        "permalink": url,
        "citation": Citation(
            kaart,
            pagina,
            page.label if page else None,
            site + addresses.version(document.id, kaart.get("versie", 1), pagina=pagina),
        ),
        "open_graph": open_graph(kaart, url=url, site=parts.settings.site.naam),
        "linked_data": document_data(
            kaart,
            id=ids[0],
            url=url,
            file_url=None if file is None else site + file,
            publicatie_url=ids[1],
        ),
    }
