"""Documents: search, one document, its pages and their pictures."""

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses, answers, parameters, params, queries, schemas
from search_api.choices import one_of
from search_api.describe import described, offer
from search_api.helping import helped
from search_api.parts import Parts, parts_of
from search_api.problems import ProblemError, invalid
from search_api.queries import Parameter
from search_api.ranges import matches
from search_api.related import Relations
from search_api.searching import search
from woo.domain.errors import NotFound
from woo.index.query import Soort
from woo.sandbox import EXTRACTOR_VERSION, TURNS, WordBox
from woo.sandbox.reading import word_boxes
from woo.storage.port import PublicDocument, PublicFile, PublicPage
from woo.views.pictures import NoPictureError, PageKey
from woo.views.problems import InputFault, Problem

WIDTHS = (800, 1600, 2400)
THUMBNAIL = 120
PDF = "application/pdf"
_DRAAI = Parameter(
    "draai",
    "Hoeveel graden de pagina gedraaid wordt, met de klok mee.",
    {"type": "integer", "enum": list(TURNS), "default": 0},
)
_WOORDEN = Parameter(
    "woorden", "Geef ook de woorden met hun plaats op de pagina.", {"type": "boolean", "default": False}
)


def add_to(app: FastAPI) -> None:
    """Add these routes to the application."""
    offer(
        app,
        "/v1/documenten",
        search_documenten,
        described(
            "Zoek documenten",
            schemas.Zoekresultaat,
            parameters.DOCUMENTEN,
            uitleg="Zoekt in de tekst en de gegevens van alle openbare documenten. Een herhaald filter betekent of.",
        ),
    )
    offer(
        app,
        "/v1/documenten/{id}",
        get_document,
        described(
            "Eén document",
            schemas.Document,
            gone=True,
            uitleg="De gegevens van een document, waar het bestand staat, en bij welke openbare documenten het hoort.",
        ),
    )
    offer(
        app,
        "/v1/documenten/{id}/paginas/{n}",
        get_pagina,
        described(
            "De tekst van één pagina",
            schemas.Pagina,
            (_WOORDEN,),
            gone=True,
            uitleg="De tekst van een pagina, waar die vandaan komt, en op verzoek de plaats van elk woord.",
        ),
    )
    offer(
        app,
        "/v1/documenten/{id}/paginas/{n}/afbeelding",
        get_afbeelding,
        described(
            "De afbeelding van één pagina",
            "image/webp",
            (_breedte((THUMBNAIL, *WIDTHS)), _DRAAI),
            gone=True,
            uitleg="De pagina als plaatje. Alleen van PDF-bestanden.",
        ),
    )


def widths(parts: Parts) -> tuple[int, ...]:
    """The widths that pictures to read are made in: fixed ones and the one of the settings."""
    return tuple(sorted({*WIDTHS, parts.settings.search.render_width}))


def search_documenten(request: Request) -> Response:
    parts = parts_of(request)
    values = queries.read(request.scope["query_string"], parameters.DOCUMENTEN)
    answer = helped(parts, search(parts, params.question(values, Soort.DOCUMENT, parts.lijsten)))
    return answers.json_response(answers.documenten(answer, parts.site), headers=answers.timing(answer))


def get_document(request: Request) -> Response:
    parts = parts_of(request)
    queries.read(request.scope["query_string"], ())
    document = parts.gate.document(request.path_params["id"])
    groups = Relations(parts.gate, document.kaart).groups()
    if request.method == "GET":
        parts.teller.count(document.id, "weergave")
    return answers.json_response(answers.document(document.kaart, parts.site, groups))


def get_pagina(request: Request) -> Response:
    parts = parts_of(request)
    values = queries.read(request.scope["query_string"], (_WOORDEN,))
    with_words = params.flag(values, "woorden")
    document, nummer = _document_and_page(request)
    page = _page(parts, document, nummer)
    picture = None
    if has_pictures(document):
        picture = parts.site + addresses.picture(document.id, nummer, widths(parts)[0])
    words: Sequence[WordBox] | None = words_of(parts, document, page) if with_words else None
    return answers.json_response(answers.pagina(page, picture, words))


def get_afbeelding(request: Request) -> Response:
    parts = parts_of(request)
    width, turn = _size(request.scope["query_string"], parts)
    document, nummer = _document_and_page(request)
    if document.bestand is None or not has_pictures(document):
        raise ProblemError(
            Problem(
                404,
                "Geen afbeeldingen",
                "Van dit soort bestand maken wij geen afbeeldingen. U kunt het wel downloaden.",
            )
        )
    etag = f'"{document.bestand.digest[:32]}-{nummer}-{width}-{turn}-{EXTRACTOR_VERSION}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    picture = parts.pictures.picture(
        PageKey(document.bestand.digest, nummer),
        width=width,
        turn=turn,
        source=lambda: parts.store.local_file(document.id),
    )
    return Response(picture, media_type="image/webp", headers=headers)


def has_pictures(document: PublicDocument) -> bool:
    return document.bestand is not None and document.bestand.mime == PDF


def words_of(parts: Parts, document: PublicDocument, page: PublicPage) -> tuple[WordBox, ...]:
    """The words of a page whose place is known; none where the page shows none or its file has no pages.

    Those of a recognised page were kept with its text; other ones are measured in the file, and only words whose
    offsets agree with the public text are given. Raises Unavailable.
    """
    file: PublicFile | None = document.bestand
    if file is None or not has_pictures(document):
        return ()
    if page.woorden:
        return word_boxes(page.woorden, page.tekst)
    try:
        words = parts.pictures.words(
            PageKey(file.digest, page.nummer), source=lambda: parts.store.local_file(document.id)
        )
    except NoPictureError:
        return ()
    return tuple(word for word in words if page.tekst[word.start : word.end] == word.text)


def _document_and_page(request: Request) -> tuple[PublicDocument, int]:
    document = parts_of(request).gate.document(request.path_params["id"])
    given = request.path_params["n"]
    if not (given.isascii() and given.isdigit() and len(given) <= 7):
        detail = (
            f"'{given[:20]}' is geen paginanummer. Gebruik een getal van 1 tot en met {document.paginas}."
        )
        raise invalid(InputFault("path", "n", "ongeldig-getal", detail))
    nummer = int(given)
    if not 1 <= nummer <= document.paginas:
        raise NotFound("pagina", given)
    return document, nummer


def _page(parts: Parts, document: PublicDocument, nummer: int) -> PublicPage:
    page = parts.store.page(document.id, nummer)
    if page is None:
        raise NotFound("pagina", str(nummer))
    return page


def _breedte(offered: Sequence[int]) -> Parameter:
    return Parameter(
        "breedte",
        f"Breedte in pixels: {' of '.join(str(width) for width in offered)}, of de breedte die deze site gebruikt.",
        {"type": "integer"},
    )


def _size(raw: bytes, parts: Parts) -> tuple[int, int]:
    """The width and the turn asked for."""
    usual = widths(parts)
    offered = (THUMBNAIL, *usual)
    values = queries.read(raw, (_breedte(offered), _DRAAI))
    width = one_of(values, "breedte", offered, default=usual[0])
    return width, one_of(values, "draai", TURNS, default=0)
