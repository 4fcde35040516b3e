"""Renders the templates of the site, every value escaped."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from search_api import addresses
from search_api.portal import static
from search_api.talen import alternates
from woo import taal
from woo.diwoo.waardelijsten import Waardelijsten
from woo.settings import Settings
from woo.views import dutch, geschiedenis, inventaris, look
from woo.views.facts import file_kind
from woo.views.marking import pieces
from woo.views.parts import counted_parts, hard_to_read, has_pages, part_name, unit
from woo.views.stacking import Stacking

_TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """The templates, compiled once, with what every page shows: names of the site, style sheets, contact."""

    def __init__(self, settings: Settings, lijsten: Waardelijsten) -> None:
        site = settings.site
        self._lijsten = lijsten
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n", Stacking],
        )
        self._environment.policies["ext.i18n.trimmed"] = True
        self._environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
            taal.gettext, _either, newstyle=True
        )
        self.sheets = look.sheets(site.theme, static.OWN)
        self._environment.filters.update(
            day=dutch.day,
            number=dutch.number,
            size=dutch.size,
            pieces=pieces,
            counted=_counted,
            said=taal.gettext,
        )
        self._environment.globals.update(
            site=site,
            onderzoek=settings.toegankelijkheid,
            site_url=site.url.rstrip("/"),
            theme_classes=" ".join(look.theme_classes(self.sheets)),
            style_sheets=look.style_addresses(self.sheets),
            script=self._script,
            icon=self.sheets["icoon.svg"].address,
            alternates=alternates,
            in_dutch=_in_dutch,
            lang=_lang,
            lang_of=_lang_of,
            told_moment=geschiedenis.told,
            page_url=addresses.page,
            document_url=addresses.document,
            publicatie_url=addresses.publicatie,
            organisatie_url=addresses.organisatie,
            organisatie_link=self._organisatie_link,
            regel_url=addresses.regel,
            regel_anchor=addresses.regel_anchor,
            picture_url=addresses.picture,
            file_url=addresses.file,
            volgen_url=addresses.volgen,
            problem_report_url=addresses.problem_report,
            suggestion_texts=_suggestion_texts,
            unit=unit,
            counted_parts=counted_parts,
            part_name=part_name,
            has_pages=has_pages,
            file_kind=file_kind,
            hard_to_read=hard_to_read,
            inventory_tag=inventaris.tag,
            counted=_counted,
            documenten=partial(_counted, one="document", many="documenten"),
        )

    def _script(self, naam: str) -> Markup:
        """The element that loads a script of the site; a page works without it."""
        return Markup('<script src="{}" defer></script>').format(self.sheets[naam].address)

    def _organisatie_link(self, code: str, naam: str) -> Markup:
        """The name of a publisher, leading to its page; without a link where the register does not know it (any more)."""
        if code not in self._lijsten.organisatieregister:
            return escape(naam)
        return Markup('<a href="{}">{}</a>').format(addresses.organisatie(code), naam)

    def compile(self) -> None:
        """Compile every template now instead of at its first use."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    def render(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """Fill a template; a name that the template asks for and is not given is an error."""
        html = self._environment.get_template(template).render(context, language=taal.present())
        return HTMLResponse(html.encode("utf-8", "replace"), status_code=status)


def _in_dutch(text: str) -> Markup:
    """A Dutch name or title within a text, with its language where that is not the language of the page."""
    named = _lang()
    return Markup("<span{}>{}</span>").format(named, text) if named else escape(text)


def _suggestion_texts() -> dict[str, Any]:
    """What the script of the search field says; `%s` is the number of suggestions."""
    return {
        "naam": taal.gettext("Suggesties"),
        "een": taal.gettext("1 suggestie"),
        "meer": taal.gettext("%s suggesties"),
        "soorten": {
            "woord": taal.gettext("woord"),
            "organisatie": taal.gettext("organisatie"),
            "kenmerk": taal.gettext("kenmerk"),
            "publicatie": taal.gettext("publicatie"),
            "document": taal.gettext("document"),
        },
    }


def pages_of(request: Request) -> Pages:
    """The pages of the application that received this request."""
    return cast(Pages, request.app.state.pages)


def _counted(value: int, one: str, many: str) -> str:
    return dutch.counted(value, one, many)


def _either(one: str, many: str, num: int) -> str:
    """The text by the rule for numbers of the present language; the template fills its fields, which it escapes."""
    return taal.present().vertalingen.ngettext(one, many, num)


def _lang(code: str | None = taal.NEDERLANDS.code) -> Markup:
    """The attribute that names the language of a piece of text, where it is not that of the page around it."""
    return Markup("") if not code or code == taal.present().code else Markup(' lang="{}"').format(code)


def _lang_of(kaart: Mapping[str, Any]) -> Markup:
    """The same for the title or text of a document; what has no language is taken to be Dutch."""
    return _lang(kaart.get("taal") or taal.NEDERLANDS.code)
