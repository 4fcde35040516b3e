"""Lets a visitor tell the coordinator that something is wrong with a document: a form, and what was filled in to the inbox."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import queries
from search_api.describe import offer
from search_api.parts import Parts, parts_of
from search_api.portal.pages import pages_of
from search_api.problems import RETRY_SECONDS
from search_api.queries import Parameter
from search_api.receiving import Form, accept_form
from woo.domain.errors import Unavailable
from woo.logs import get_logger
from woo.storage.port import PublicDocument
from woo.taal import gettext, gettext_noop
from woo.views.parts import unit

SOORTEN: Mapping[str, str] = {
    "privacy": gettext_noop("Er staan persoonsgegevens in die hier niet horen"),
    "leesbaarheid": gettext_noop("Ik kan het document niet lezen of gebruiken"),
    "onjuist": gettext_noop("De titel, de datum of een ander gegeven klopt niet"),
    "anders": gettext_noop("Iets anders"),
}
"""What can be wrong, by its code in the inbox."""

MAX_TEKST = 2_000
MAX_EMAIL = 254  # RFC 5321 section 4.5.3.1.3, less the angle brackets
_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"()]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")
_PATH = "/documenten/{id}/melding"
_PAGINA = Parameter("pagina", "De pagina waar het over gaat.")

logger = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Melding:
    """What a visitor filled in, as typed; `fouten` says per field in words what is wrong with it."""

    soort: str = ""
    tekst: str = ""
    pagina: str = ""
    email: str = ""
    fouten: Mapping[str, str] = field(default_factory=dict)


def add_to(app: FastAPI) -> None:
    """Add the form and what takes it in to the application."""
    offer(app, _PATH, get_melding)
    accept_form(app, _PATH, post_melding)


def get_melding(request: Request) -> Response:
    document = parts_of(request).gate.document(request.path_params["id"])
    values = queries.read(request.scope["query_string"], (_PAGINA,), strict=False)
    given = values.get("pagina", [""])[0].strip()
    return _form(request, document, Melding(pagina=given if _is_page(given, document) else ""))


def post_melding(request: Request, form: Form) -> Response:
    parts = parts_of(request)
    document = parts.gate.document(request.path_params["id"])
    melding = _read(form, document)
    if melding.fouten:
        return _form(request, document, melding, status=400)
    try:
        parts.inbox.add("melding", _content(document, melding, form.text("versie")))
    except Unavailable as error:
        logger.error("report_not_kept", part=error.part)
        unkept = _form(request, document, melding, status=503, niet_bewaard=True)
        unkept.headers["Retry-After"] = RETRY_SECONDS
        return unkept
    return pages_of(request).render(
        "melding_dank.html", document=document, kaart=document.kaart, melding=melding
    )


def _form(
    request: Request,
    document: PublicDocument,
    melding: Melding,
    *,
    status: int = 200,
    niet_bewaard: bool = False,
) -> Response:
    parts: Parts = parts_of(request)
    return pages_of(request).render(
        "melding.html",
        status=status,
        document=document,
        kaart=document.kaart,
        melding=melding,
        fouten=melding.fouten,
        soorten=SOORTEN,
        max_tekst=MAX_TEKST,
        max_email=MAX_EMAIL,
        niet_bewaard=niet_bewaard,
        contact=parts.settings.site.contact,
    )


def _read(form: Form, document: PublicDocument) -> Melding:
    tekst = _CONTROL.sub(" ", form.text("tekst").replace("\r\n", "\n")).strip()
    soort, pagina, email = form.text("soort"), form.text("pagina"), form.text("email")
    fouten: dict[str, str] = {}
    if soort not in SOORTEN:
        fouten["soort"] = gettext("Kies wat er aan de hand is.")
    if not tekst:
        fouten["tekst"] = gettext("Schrijf op wat er niet goed is, en waar het staat.")
    elif len(tekst) > MAX_TEKST:
        fouten["tekst"] = gettext(
            "Uw tekst is %(lengte)s tekens lang. Dat mogen er %(most)s zijn. Maak de tekst korter.",
            lengte=len(tekst),
            most=MAX_TEKST,
        )
    if pagina and not _is_page(pagina, document):
        fouten["pagina"] = gettext(
            "Dit document heeft %(deel)s 1 tot en met %(most)s. Kies een getal daarbinnen, of laat het leeg.",
            deel=unit(document.kaart),
            most=document.paginas,
        )
    if email and not (_EMAIL.fullmatch(email) and len(email) <= MAX_EMAIL):
        fouten["email"] = gettext(
            "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl, of laat het leeg."
        )
    return Melding(soort, tekst, pagina, email, fouten)


def _content(document: PublicDocument, melding: Melding, seen: str) -> dict[str, Any]:
    """What goes into the inbox; `versie` is the version that the visitor had before them."""
    present = int(document.kaart.get("versie", 1))
    versie = int(seen) if _is_number(seen) and 1 <= int(seen) <= present else present
    return {
        "document": document.id,
        "publicatie": document.publicatie_id,
        "versie": versie,
        "pagina": int(melding.pagina) if melding.pagina else None,
        "soort": melding.soort,
        "tekst": melding.tekst,
        "email": melding.email or None,
    }


def _is_page(text: str, document: PublicDocument) -> bool:
    return _is_number(text) and 1 <= int(text) <= document.paginas


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8
