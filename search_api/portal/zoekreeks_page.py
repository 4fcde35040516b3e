"""The page for many searches at once: a list is pasted or uploaded, and each search gets a row with its count."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import batch
from search_api.batch import Asked, Outcome
from search_api.charging import charge
from search_api.describe import offer
from search_api.parts import parts_of
from search_api.portal.pages import pages_of
from search_api.problems import ProblemError
from search_api.receiving import Form, accept_form
from search_api.routes.zoekreeks import site_url
from woo.exports.csv_rows import MEDIA_TYPE, PUNTKOMMA, Cell, csv_rows

PATH = "/zoekreeks"
_COLUMNS = ("nummer", "zoekvraag", "aantal", "opgevatAls", "opmerking", "url")


@dataclass(frozen=True, slots=True)
class Row:
    """One search of the list as shown: how it was asked, and its count with a link, or what is wrong with it."""

    nummer: int
    vraag: str
    totaal: int | None
    opgevat_als: str | None
    opmerking: str
    url: str


def add_to(app: FastAPI) -> None:
    """Add this page to the application."""
    offer(app, PATH, get_zoekreeks_page)
    accept_form(app, PATH, post_zoekreeks_page, limit=batch.MAX_BYTES)


def get_zoekreeks_page(request: Request) -> Response:
    return _page(request)


def post_zoekreeks_page(request: Request, form: Form) -> Response:
    parts = parts_of(request)
    file = form.bestanden.get("bestand")
    given = (
        file.content
        if file is not None and file.content.strip()
        else form.text("vragen").encode("utf-8", "replace")
    )
    try:
        asked = batch.read_text(given)
    except ProblemError as error:
        return _page(request, fault=error.problem.detail, vragen=form.text("vragen"))
    charge(request, len(asked))
    rows = [_row(outcome, parts.site) for outcome in batch.run(parts, asked)]
    if form.text("als") == "csv":
        return _csv(rows)
    return _page(request, vragen=given.decode("utf-8-sig"), rows=rows)


def _page(
    request: Request, *, vragen: str = "", rows: Sequence[Row] = (), fault: str | None = None
) -> Response:
    return pages_of(request).render(
        "zoekreeks.html",
        status=400 if fault else 200,
        vragen=vragen,
        rows=rows,
        fault=fault,
        failed=sum(row.totaal is None for row in rows),
        most=batch.MOST,
    )


def _row(outcome: Outcome, site: str) -> Row:
    asked, answer = outcome.asked, outcome.answer
    if answer is None:
        detail = "" if outcome.problem is None else outcome.problem.detail
        return Row(outcome.nummer, _shown(asked), None, None, detail, "")
    parsed = answer.question.parsed
    hints = " ".join(parsed.hints) if parsed is not None else ""
    return Row(
        outcome.nummer,
        _shown(asked),
        answer.totaal,
        answer.question.opgevat_als,
        hints,
        site_url(asked, site),
    )


def _shown(asked: Asked) -> str:
    """The search in one line: its words, then its filters as they were given."""
    filters = [f"{naam}={value}" for naam, value in asked.pairs if naam != "zoek"]
    return " ".join(filter(None, (asked.zoek, *filters)))


def _csv(rows: Sequence[Row]) -> Response:
    cells: list[list[Cell]] = [
        [row.nummer, row.vraag, row.totaal, row.opgevat_als, row.opmerking, row.url] for row in rows
    ]
    return Response(
        b"".join(csv_rows(_COLUMNS, cells, scheiding=PUNTKOMMA)),
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="zoekreeks-{len(rows)}.csv"'},
    )
