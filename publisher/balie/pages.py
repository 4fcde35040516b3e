"""Renders the templates of the desk, every value escaped, with what every page shows: who is logged in, where one may go."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from publisher.balie import flash
from publisher.balie.deel import Blok, Deel
from publisher.bestandssoorten import ACCEPT, IN_WORDS
from woo.domain.actor import Actor, Recht
from woo.settings import Settings
from woo.views import dutch, look
from woo.views.problems import Problem
from woo.views.stacking import Stacking

_HERE = Path(__file__).parent
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_MENU = (
    ("/", "Vandaag", Recht.READ),
    ("/publicaties", "Publicaties", Recht.READ),
    ("/verzoeken", "Verzoeken", Recht.READ),
    ("/termijnen", "Termijnen", Recht.READ),
    ("/inventaris", "Inventaris", Recht.READ),
    ("/ingetrokken", "Ingetrokken", Recht.READ),
    ("/statistieken", "Cijfers", Recht.READ),
    ("/logboek", "Logboek", Recht.ADMINISTER),
    ("/beheer", "Beheer", Recht.ADMINISTER),
)
"""Where the menu leads, in its order; a place that no part serves is left out."""


class Pages:
    """The templates, compiled once, and the parts that bring them."""

    def __init__(self, settings: Settings, delen: Sequence[Deel]) -> None:
        self.delen = tuple(delen)
        self.sheets = look.sheets(settings.site.theme, _HERE / "static")
        served = {getattr(route, "path", "") for deel in self.delen for route in deel.router.routes}
        self._menu = tuple(each for each in _MENU if each[0] in served)
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[Stacking],
        )
        self._environment.filters.update(
            day=dutch.day, moment=moment, number=dutch.number, size=dutch.size, counted=dutch.counted
        )
        self._environment.globals.update(
            site=settings.site,
            theme_classes=" ".join(look.theme_classes(self.sheets)),
            style_sheets=look.style_addresses(self.sheets),
            icon=self.sheets["icoon.svg"].address,
            script=self._script,
            bestandssoorten=IN_WORDS,
            bestandskeuze=ACCEPT,
        )

    def _script(self, naam: str) -> Markup:
        """The element that loads a script of the desk; a page works without it."""
        return Markup('<script src="{}" defer></script>').format(self.sheets[naam].address)

    def compile(self) -> None:
        """Compile every template now instead of at its first use."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    def render(self, request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """Fill a template; a name that the template asks for and is not given is an error.

        The message of the action before (`flash.after`) is shown once.
        """
        actor: Actor | None = getattr(request.state, "actor", None)
        menu = [] if actor is None else [each[:2] for each in self._menu if actor.may(each[2])]
        told = flash.of(request)
        html = self._environment.get_template(template).render(
            context,
            actor=actor,
            menu=menu,
            plek=_place(request.url.path, [href for href, _ in menu]),
            csrf=_csrf_field(request),
            may=_may(actor),
            melding=told,
        )
        response = HTMLResponse(html.encode("utf-8", "replace"), status_code=status)
        if told:
            flash.forget(response)
        return response

    def problem(self, request: Request, problem: Problem) -> Response:
        """The page of an error, in the look of the desk."""
        response = self.render(request, "fout.html", status=problem.status, problem=problem)
        response.headers.update(problem.headers)
        return response


def in_order(blokken: Iterable[Blok]) -> list[Blok]:
    """The blocks of the parts, in the order in which they stand on a page."""
    return sorted(blokken, key=lambda blok: blok.volgorde)


def pages_of(request: Request) -> Pages:
    """The pages of the application that received this request."""
    return cast(Pages, request.app.state.pages)


def moment(value: datetime) -> str:
    """A moment as `14 maart 2024, 9.05 uur`, on the clock of the Netherlands."""
    local = value.astimezone(_AMSTERDAM)
    return f"{dutch.day(local.date())}, {local.hour}.{local.minute:02} uur"


def _place(path: str, hrefs: Sequence[str]) -> str:
    """The place of the menu that this path is in."""
    inside = [href for href in hrefs if path == href or (href != "/" and path.startswith(f"{href}/"))]
    return max(inside, key=len, default="")


def _csrf_field(request: Request) -> Any:
    token: str = getattr(request.state, "csrf", "")

    def csrf() -> Markup:
        """The hidden field that proves that a form is ours; nothing for who logs in by key at each request."""
        return Markup('<input type="hidden" name="csrf" value="{}">').format(token) if token else Markup("")

    return csrf


def _may(actor: Actor | None) -> Any:
    def may(recht: str, organisatie: str | None = None, *, ergens: bool = False) -> bool:
        """Whether the actor has this right at an organisation, or with `ergens` at any."""
        if actor is None:
            return False
        return actor.may(Recht(recht)) if ergens else actor.may_for(Recht(recht), organisatie)

    return may
