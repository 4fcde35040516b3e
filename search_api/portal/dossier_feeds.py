"""Feeds of one publicatie: what happened in its dossier, the newest first."""

from datetime import datetime
from uuid import UUID, uuid5

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses, dossier, queries
from search_api.describe import Handler, offer
from search_api.dossier import Moment
from search_api.parts import Parts, parts_of
from search_api.portal.feeds import feed_response
from search_api.portal.search_page import first_number
from search_api.portal.taking_away import feed_path
from search_api.queries import Parameter
from woo.exports.feeds import KINDS, Enclosure, Entry, Feed, Kind
from woo.index.port import Kaart
from woo.storage.port import PublicPublicatie
from woo.taal import gettext

PER_PAGE = 50
_VANAF = Parameter("vanaf", "De hoeveelste gebeurtenis als eerste wordt getoond, vanaf de nieuwste.")


def add_to(app: FastAPI) -> None:
    """Add a feed of each kind below the page of a publicatie."""
    for kind in KINDS.values():
        offer(app, feed_path(kind.naam, "/publicaties/{id}"), _handler(kind))


def _handler(kind: Kind) -> Handler:
    def get(request: Request) -> Response:
        return get_dossier_feed(request, kind)

    return get


def get_dossier_feed(request: Request, kind: Kind) -> Response:
    parts = parts_of(request)
    publicatie = parts.gate.publicatie(request.path_params["id"])
    values = queries.read(request.scope["query_string"], (_VANAF,), strict=False)
    return feed_response(request, kind, _feed(parts, kind, publicatie, first_number(values)))


def _feed(parts: Parts, kind: Kind, publicatie: PublicPublicatie, vanaf: int) -> Feed:
    past = dossier.history(parts.gate, publicatie, most=vanaf + PER_PAGE)
    page, more = past[vanaf - 1 : vanaf - 1 + PER_PAGE], len(past) >= vanaf + PER_PAGE
    site = parts.site + addresses.publicatie(publicatie.id)
    first = feed_path(kind.naam, site)
    kaart = publicatie.kaart
    entries = (_entry(moment, kaart, site, parts.site) for moment in page)
    return Feed(
        titel=f"{kaart['officieleTitel']} – {parts.settings.site.naam}",
        omschrijving=gettext("Wat er in dit dossier gebeurde, nieuwste eerst."),
        url=first if vanaf == 1 else _page(first, vanaf),
        site=site,
        eerste=first,
        volgende=_page(first, vanaf + PER_PAGE) if more else None,
        uitgever=kaart["publisher"]["naam"],
        entries=tuple({entry.id: entry for entry in entries}.values()),
    )


def _page(first: str, vanaf: int) -> str:
    return f"{first}?vanaf={vanaf}"


def _entry(moment: Moment, kaart: Kaart, url: str, site: str) -> Entry:
    told = "|".join((moment.op, moment.soort, moment.document or "", moment.titel))
    op, own = datetime.fromisoformat(moment.op), moment.kaart
    about = url if own is None else site + addresses.document(own["id"])
    summary = moment.titel if own is None else f"{moment.titel}: {own['officieleTitel']}"
    belongs = gettext("Dossier: %(titel)s", titel=kaart["officieleTitel"])
    path = None if own is None else addresses.file(own)
    return Entry(
        id=uuid5(UUID(kaart["id"]), told).urn,
        titel=summary,
        url=about,
        gepubliceerd=op,
        gewijzigd=op,
        samenvatting=f"{summary}\n{belongs}",
        auteur=kaart["publisher"]["naam"],
        soorten=(moment.soort.replace("_", " "),),
        bestand=None
        if own is None or path is None
        else Enclosure(site + path, own["bestand"]["mime"], own["bestand"]["grootte"]),
    )
