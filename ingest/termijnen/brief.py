"""The digest of the legal terms as a mail: what is late, what is due today and soon, what stands still."""

from collections.abc import Sequence
from datetime import date, datetime
from email.message import EmailMessage
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from ingest.post.bericht import mail, one_line
from woo.settings import Settings
from woo.usecases.termijnen import Lopend
from woo.usecases.termijnoverzicht import Termijnoverzicht
from woo.views import dutch
from woo.views import termijnen as told

_TEMPLATES = Path(__file__).parent / "sjablonen"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(line=one_line, weekday=told.weekday)
    return environment


def digest(
    settings: Settings, to: str, dag: date, overzicht: Termijnoverzicht, now: datetime
) -> EmailMessage:
    """The mail of one day to one address; the same day and address give the same Message-ID. Nothing of requesters in it."""
    groepen = [
        ("Te laat", _rows(settings, overzicht.te_laat)),
        ("Vandaag", _rows(settings, overzicht.vandaag)),
        (
            f"Binnen {dutch.counted(settings.termijnen.dagen, 'dag', 'dagen')}",
            _rows(settings, overzicht.binnenkort),
        ),
        ("Staat stil", _rows(settings, overzicht.stil)),
    ]
    context = {
        "dag": overzicht.dag,
        "groepen": [(titel, rijen) for titel, rijen in groepen if rijen],
        "site": settings.site,
        "balie": desk_url(settings),
    }
    text, html = (
        _environment().get_template(f"overzicht.{ending}").render(context) for ending in ("txt", "html")
    )
    who = sha256(to.casefold().encode()).hexdigest()[:16]
    return mail(
        settings,
        to=to,
        now=now,
        reference=f"termijnen.{dag.isoformat()}.{who}",
        subject=_subject(overzicht),
        text=text,
        html=html,
    )


def desk_url(settings: Settings) -> str:
    """Where people open the desk: as the settings say, or on this machine; without a slash at the end."""
    here = f"http://{settings.serve.desk_host}:{settings.serve.desk_port}"
    return (settings.aanmelden.url or here).rstrip("/")


def _rows(settings: Settings, lopend: Sequence[Lopend]) -> list[dict[str, str]]:
    desk = desk_url(settings)
    return [
        {
            "kenmerk": one.kenmerk,
            "wat": told.what(one.klok),
            "zin": told.sentence(one.klok),
            "anders": told.both_ways(one.klok),
            "artikel": one.klok.regel.artikel,
            "url": f"{desk}{one.pad}",
        }
        for one in lopend
    ]


def _subject(overzicht: Termijnoverzicht) -> str:
    late, soon = len(overzicht.te_laat), len(overzicht.vandaag) + len(overzicht.binnenkort)
    if late and soon:
        return f"{dutch.counted(late, 'termijn', 'termijnen')} te laat, {dutch.number(soon)} binnenkort"
    if late:
        return f"{dutch.counted(late, 'termijn', 'termijnen')} te laat"
    return f"{dutch.counted(soon, 'termijn', 'termijnen')} binnenkort"
