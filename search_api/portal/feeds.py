"""Feeds of any search: what was published here last comes first, whatever its own date."""

import hashlib
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses, params, queries
from search_api.describe import Handler, offer
from search_api.params import Question
from search_api.parts import Parts, parts_of
from search_api.portal.search_page import PARAMETERS
from search_api.portal.taking_away import feed_pairs, feed_path
from search_api.queries import Values
from search_api.ranges import matches
from search_api.searching import Answer, Found, search
from woo.exports.feeds import KINDS, Enclosure, Entry, Feed, Kind
from woo.index.query import Soort, Sortering
from woo.taal import gettext
from woo.views.parts import part_name

PER_PAGE = 50


def add_to(app: FastAPI) -> None:
    """Add a feed of each kind to the application."""
    for kind in KINDS.values():
        offer(app, feed_path(kind.naam), _handler(kind))


def _handler(kind: Kind) -> Handler:
    def get(request: Request) -> Response:
        return get_feed(request, kind)

    return get


def get_feed(request: Request, kind: Kind) -> Response:
    parts = parts_of(request)
    values = queries.read(request.scope["query_string"], PARAMETERS, strict=False)
    question = params.question(values, Soort.DOCUMENT, parts.lijsten, onleesbaar="onleesbaar" in values)
    question = replace(
        question,
        query=replace(
            question.query,
            sortering=Sortering.PUBLICATIEDATUM_AF,
            aantal=PER_PAGE,
            facetten=(),
            paginas=1,
        ),
    )
    return feed_response(request, kind, _feed(parts, kind, question, values, search(parts, question)))


def feed_response(request: Request, kind: Kind, feed: Feed) -> Response:
    """Answer with a feed, or 304 where the reader has this very one.

    Only the ETag tells that: a document that was withdrawn changes the feed and no date in it.
    """
    body = kind.write(feed)
    headers = {
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        "Last-Modified": format_datetime(feed.gewijzigd, usegmt=True),
    }
    if matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind.media_type, headers=headers)


def _feed(parts: Parts, kind: Kind, question: Question, values: Values, answer: Answer) -> Feed:
    pairs, path = feed_pairs(values), feed_path(kind.naam)
    first = parts.site + addresses.with_query(path, pairs)
    cursor = [("na", values["na"][0])] if "na" in values else []
    naam, about = parts.settings.site.naam, question.zoek or gettext("Openbare documenten")
    following = None if answer.volgende is None else [*pairs, ("na", answer.volgende)]
    return Feed(
        titel=f"{about} – {naam}",
        omschrijving=gettext("Wat %(naam)s het laatst openbaar maakte, nieuwste eerst.", naam=naam),
        url=parts.site + addresses.with_query(path, [*pairs, *cursor]),
        site=parts.site + addresses.with_query("/", pairs),
        eerste=first,
        volgende=None if following is None else parts.site + addresses.with_query(path, following),
        uitgever=naam,
        entries=tuple(_entry(found, parts.site, question.zoek) for found in answer.found),
    )


def _entry(found: Found, site: str, zoek: str) -> Entry:
    kaart = found.kaart
    bestand, path = kaart["bestand"], addresses.file(kaart)
    soort = kaart["documentsoort"]
    return Entry(
        id=f"urn:uuid:{kaart['id']}",
        titel=kaart["officieleTitel"],
        url=site + addresses.document(kaart["id"], zoek=zoek),
        gepubliceerd=datetime.fromisoformat(kaart["publicatiedatum"]),
        gewijzigd=datetime.fromisoformat(kaart["gewijzigdOp"]),
        samenvatting=_summary(found),
        auteur=kaart["publisher"]["naam"],
        soorten=[one["naam"] for one in (*kaart["informatiecategorieen"], *([soort] if soort else []))],
        bestand=Enclosure(site + path, bestand["mime"], bestand["grootte"]) if path else None,
    )


def _summary(found: Found) -> str:
    """What was found and where; else what the document is about, and to which publicatie it belongs."""
    kaart = found.kaart
    belongs = gettext("Hoort bij: %(titel)s", titel=kaart["publicatie"]["titel"])
    if found.treffers:
        treffer = found.treffers[0]
        where = part_name(treffer.label, treffer.pagina, kaart)
        return f"{where}: {treffer.fragment.text}\n{belongs}"
    return f"{kaart['omschrijving']}\n{belongs}" if kaart["omschrijving"] else belongs
