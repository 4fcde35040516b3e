"""Following a search by e-mail: the form, the buttons that confirm and stop, and what is left in the inbox for the worker."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses, parameters, params, queries
from search_api.describe import offer
from search_api.params import Question
from search_api.parts import Parts, parts_of
from search_api.portal.pages import pages_of
from search_api.portal.search_page import TITLES, is_official
from search_api.problems import invalid
from search_api.queries import Parameter, Values
from search_api.receiving import Form, accept_form
from search_api.searching import value_name
from woo.domain.errors import InvalidValue, Unavailable
from woo.domain.volgen import MAX_ADRES, Frequentie, checked_adres
from woo.index.compiler import compile_query
from woo.index.query import DateRange, Soort
from woo.index.vraag import Vraag
from woo.logs import get_logger
from woo.taal import gettext, gettext_noop
from woo.views.dutch import day
from woo.views.problems import InputFault

SLEUTEL = re.compile(r"[0-9a-f]{72}")
"""What the key in a link looks like; whether it is one only the worker can tell."""

_MAX_ADRES_VRAAG = 2000
_NOT_ASKED = frozenset({"sorteer", "aantal", "na", "facetten", "onleesbaar"})
_PARAMETERS = (*parameters.DOCUMENTEN, Parameter("onleesbaar", "Als moeilijkLeesbaar=true (ja)."))
_KEY = (Parameter("sleutel", "De sleutel uit de e-mail."),)
_FREQUENTIES = {
    Frequentie.DIRECT: gettext_noop("Zodra er iets nieuws is (hoogstens elk kwartier)"),
    Frequentie.DAGELIJKS: gettext_noop("Elke dag dat er iets nieuws is"),
    Frequentie.WEKELIJKS: gettext_noop("Elke maandag als er iets nieuws is"),
}
_PERIODS = {"creatiedatum": gettext_noop("Datum document"), "publicatiedatum": gettext_noop("Gepubliceerd")}
_NOT_KEPT = gettext_noop(
    "Wij konden dit niet opslaan. Er is niets veranderd. Probeer het over een paar minuten opnieuw."
)
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FollowedFilter:
    """A filter that is followed, in words; `official` when its values are named by a value list, in Dutch."""

    titel: str
    naam: str = ""
    official: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """What is followed: the question, and the query string with which the site shows it."""

    question: Question
    adres: str

    @property
    def vraag(self) -> Vraag:
        return Vraag(self.question.zoek, self.question.query.filters, self.adres)


def add_to(app: FastAPI) -> None:
    """Add these pages to the application."""
    offer(app, "/volgen", get_volgen)
    accept_form(app, "/volgen", post_volgen)
    offer(app, "/volgen/bevestig", get_bevestig)
    accept_form(app, "/volgen/bevestig", post_bevestig)
    offer(app, "/volgen/stop", get_stop)
    accept_form(app, "/volgen/stop", post_stop)


def get_volgen(request: Request) -> Response:
    return _form(request, _followed(request.scope["query_string"], parts_of(request)))


def post_volgen(request: Request, form: Form) -> Response:
    """Leave a sign-up in the inbox; the answer is the same whether an address follows already or not."""
    parts = parts_of(request)
    followed = _followed(form.text("vraag").encode("utf-8", "replace"), parts)
    if not parts.settings.mail.on:
        return _form(request, followed, status=409)
    faults, given = {}, {"email": form.text("email"), "frequentie": form.text("frequentie")}
    adres = ""
    try:
        adres = checked_adres(given["email"])
    except InvalidValue:
        faults["email"] = _email_fault(given["email"])
    if given["frequentie"] not in list(Frequentie):
        faults["frequentie"] = gettext("Kies hoe vaak u een e-mail wilt.")
    if faults:
        return _form(request, followed, given=given, faults=faults, status=400)
    told = {"adres": adres, "frequentie": given["frequentie"], "vraag": followed.vraag.as_json()}
    if not _left(parts, "volgen", told):
        return _form(request, followed, given=given, faults={"": gettext(_NOT_KEPT)}, status=503)
    return pages_of(request).render("volgen_gevraagd.html", terug=_back(followed))


def get_bevestig(request: Request) -> Response:
    return _button(request, "bevestig")


def post_bevestig(request: Request, form: Form) -> Response:  # noqa: ARG001 - the key is in the address
    return _pressed(request, "bevestig")


def get_stop(request: Request) -> Response:
    return _button(request, "stop")


def post_stop(request: Request, form: Form) -> Response:  # noqa: ARG001 - the key is in the address
    """Also what a mail program sends for its own button (RFC 8058): no page between, no redirect."""
    return _pressed(request, "stop")


def _followed(raw: bytes, parts: Parts) -> Followed:
    """Read a question as the search page does; raises the 400 that names what is wrong, words that cannot be asked included."""
    values = queries.read(raw, _PARAMETERS, strict=False)
    asked = {naam: given for naam, given in values.items() if naam not in _NOT_ASKED}
    if "onleesbaar" in values:
        asked["moeilijkLeesbaar"] = ["true"]
    question = params.question(asked, Soort.DOCUMENT, parts.lijsten)
    compile_query(question.query.zoek, parts.analysis)
    return Followed(question, _query_string(asked))


def _query_string(values: Values) -> str:
    pairs = [(naam, value) for naam, given in values.items() for value in given]
    text = urlencode(list(dict.fromkeys(pairs)))
    if len(text) > _MAX_ADRES_VRAAG:
        detail = gettext(
            "Wij kunnen een zoekvraag volgen van hoogstens %(most)s tekens. Gebruik minder filters.",
            most=_MAX_ADRES_VRAAG,
        )
        raise invalid(InputFault("query", "zoek", "te-lang", detail))
    return text


def _form(
    request: Request,
    followed: Followed,
    *,
    given: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    parts = parts_of(request)
    return pages_of(request).render(
        "volgen.html",
        status=status,
        mail=parts.settings.mail.on,
        zoek=followed.question.zoek,
        filters=_filters(followed.question, parts),
        vraag=followed.adres,
        terug=_back(followed),
        frequenties={one.value: gettext(tekst) for one, tekst in _FREQUENTIES.items()},
        given=given or {"email": "", "frequentie": Frequentie.DAGELIJKS.value},
        faults=faults or {},
        max_adres=MAX_ADRES,
    )


def _filters(question: Question, parts: Parts) -> list[FollowedFilter]:
    """The filters in words, for the one who is about to follow them."""
    filters = question.query.filters
    lines = []
    for veld, codes in filters.waarden.items():
        official = is_official(veld)
        names = [value_name(veld, code, parts.lijsten) for code in codes]
        either = "of" if official else gettext("of")
        titel = gettext(TITLES[veld]) if veld in TITLES else gettext("Publicatie")
        lines.append(FollowedFilter(titel, f" {either} ".join(names), official))
    lines += [
        FollowedFilter(gettext(titel), _period(period))
        for naam, titel in _PERIODS.items()
        if (period := getattr(filters, naam)) is not None
    ]
    if filters.onleesbaar:
        lines.append(FollowedFilter(gettext("Alleen documenten met pagina's die niet goed leesbaar zijn")))
    return lines


def _period(period: DateRange) -> str:
    van = "" if period.van is None else gettext("vanaf %(dag)s", dag=day(period.van))
    tot = "" if period.tot is None else gettext("tot en met %(dag)s", dag=day(period.tot))
    return f"{van} {tot}".strip()


def _back(followed: Followed) -> str:
    return addresses.page(f"/?{followed.adres}" if followed.adres else "/")


def _email_fault(given: str) -> str:
    if not given:
        return gettext("Vul uw e-mailadres in.")
    return gettext(
        "Dit is geen e-mailadres waar wij naartoe kunnen sturen. Schrijf het als naam@voorbeeld.nl."
    )


def _button(request: Request, wat: str, *, status: int = 200, fault: str = "") -> Response:
    """The page behind a link of a mail: it changes nothing, since programs open links too."""
    values = queries.read(request.scope["query_string"], _KEY, strict=False)
    sleutel = values.get("sleutel", [""])[0].strip()
    whole = bool(SLEUTEL.fullmatch(sleutel))
    return pages_of(request).render(
        "volgen_knop.html",
        status=status if whole else 400,
        wat=wat,
        sleutel=sleutel if whole else None,
        fault=fault,
    )


def _pressed(request: Request, wat: str) -> Response:
    values = queries.read(request.scope["query_string"], _KEY, strict=False)
    sleutel = values.get("sleutel", [""])[0].strip()
    if not SLEUTEL.fullmatch(sleutel):
        return _button(request, wat)
    if not _left(parts_of(request), f"volgen-{wat}", {"sleutel": sleutel}):
        return _button(request, wat, status=503, fault=gettext(_NOT_KEPT))
    return pages_of(request).render("volgen_gedaan.html", wat=wat)


def _left(parts: Parts, soort: str, told: Mapping[str, object]) -> bool:
    """Leave something in the inbox; False, and a line in the log, when it cannot be reached."""
    try:
        parts.inbox.add(soort, told)
    except Unavailable as error:
        _log.error("inbox_not_available", why=error.why)
        return False
    return True
