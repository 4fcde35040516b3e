"""The mails to followers and coordinator, as text and as HTML, from templates that escape every value."""

import re
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from ingest.post.bericht import mail, one_line
from ingest.volgen.treffers import Treffer
from woo.domain.volgen import Frequentie
from woo.index.query import Filters
from woo.index.vraag import Vraag
from woo.settings import Settings
from woo.views import dutch
from woo.volgers import Doel, Melding, Sleutels, Volger

_TEMPLATES = Path(__file__).parent / "sjablonen"
_OFTEN = {
    Frequentie.DIRECT: "zodra er iets nieuws is, en hoogstens elk kwartier",
    Frequentie.DAGELIJKS: "elke dag dat er iets nieuws is",
    Frequentie.WEKELIJKS: "elke maandag als er iets nieuws is",
}


_HARMLESS = re.compile(r"[\w\s\"'*~():-]{0,60}")


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
    environment.filters.update(day=dutch.day, number=dutch.number, line=one_line)
    return environment


class Brieven:
    """Writes the mails of one installation."""

    def __init__(self, settings: Settings, sleutels: Sleutels) -> None:
        self._settings = settings
        self._sleutels = sleutels
        self._site = settings.site.url.rstrip("/")

    def confirmation(self, volger: Volger, vraag: Vraag, now: datetime) -> EmailMessage:
        """The mail that asks to confirm; whoever did not sign up need do nothing.

        Words that could be an advertisement (long, or with an address in them) are not repeated: anybody can have this mail
        sent to anybody.
        """
        sleutel = self._sleutels.make(Doel.BEVESTIG, volger.id)
        return self._letter(
            "bevestig",
            volger,
            now,
            reference=f"bevestig.{volger.id}.{int(now.timestamp())}",
            subject="Bevestig dat u deze zoekvraag wilt volgen",
            vraag=words_of(vraag) if _HARMLESS.fullmatch(vraag.zoek) else "",
            hoe_vaak=_OFTEN[volger.frequentie],
            link=f"{self._site}/volgen/bevestig?sleutel={sleutel}",
        )

    def digest(
        self, volger: Volger, vraag: Vraag, found: Sequence[Treffer], tot: int, now: datetime
    ) -> EmailMessage:
        """The mail with what is new; the same follower and the same last event give the same Message-ID."""
        most = self._settings.volgen.documenten
        shown = found[:most]
        first = min(str(one.kaart["publicatiedatum"])[:10] for one in found)
        return self._letter(
            "nieuw",
            volger,
            now,
            reference=f"nieuw.{volger.id}.{tot}",
            subject=_subject(found),
            vraag=words_of(vraag),
            zoek_url=self._search_url(vraag, since=first),
            hoe_vaak=_OFTEN[volger.frequentie],
            totaal=len(found),
            getoond=len(shown),
            groepen=_groups(shown, self._site),
        )

    def privacy(self, melding: Melding, to: str, now: datetime) -> EmailMessage:
        """The mail that tells the coordinator of a report; without what the visitor wrote, which may be personal."""
        context = {
            "melding": melding,
            "site": self._settings.site,
            "link": self._page(melding.document_id, melding.pagina),
        }
        return self._message(
            "melding", to, now, f"melding.{melding.id}", "Melding van een privacyprobleem", context
        )

    def _letter(
        self, name: str, volger: Volger, now: datetime, *, reference: str, subject: str, **context: Any
    ) -> EmailMessage:
        """A mail to a follower, with the link that stops it as RFC 8058 asks."""
        stop = f"{self._site}/volgen/stop?sleutel={self._sleutels.make(Doel.STOP, volger.id)}"
        context |= {"site": self._settings.site, "site_url": self._site, "stop": stop}
        message = self._message(name, volger.adres, now, reference, subject, context)
        message["List-Unsubscribe"] = f"<{stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return message

    def _message(
        self, name: str, to: str, now: datetime, reference: str, subject: str, context: dict[str, Any]
    ) -> EmailMessage:
        text, html = (
            _environment().get_template(name + ending).render(context) for ending in (".txt", ".html")
        )
        return mail(
            self._settings, to=to, now=now, reference=reference, subject=subject, text=text, html=html
        )

    def _search_url(self, vraag: Vraag, *, since: str | None = None) -> str:
        """The address of the search on the site, newest first; only what stands in the query string is taken over."""
        pairs = parse_qsl(vraag.adres, max_num_fields=500) or ([("zoek", vraag.zoek)] if vraag.zoek else [])
        pairs = [pair for pair in pairs if pair[0] != "sorteer"]
        pairs.append(("sorteer", "-publicatiedatum"))
        if since is not None and not any(naam == "publicatiedatumVan" for naam, _ in pairs):
            pairs.append(("publicatiedatumVan", since))
        return f"{self._site}/?{urlencode(pairs)}"

    def _page(self, document_id: str, pagina: int | None) -> str:
        page = "" if pagina is None else f"?pagina={pagina}"
        return f"{self._site}/documenten/{quote(document_id, safe='')}{page}"


def words_of(vraag: Vraag) -> str:
    """What is followed, in words: the words as typed, and that there are filters."""
    filtered = has_filters(vraag)
    if vraag.zoek:
        return f"{one_line(vraag.zoek)}{' (met filters)' if filtered else ''}"
    return "alles binnen de filters die u koos" if filtered else "alles wat nieuw is"


def has_filters(vraag: Vraag) -> bool:
    """Whether the question has filters."""
    return vraag.filters != Filters()


def _subject(found: Sequence[Treffer]) -> str:
    if all(one.soort == "publicatie" for one in found):
        return dutch.counted(len(found), "nieuwe publicatie", "nieuwe publicaties")
    documents = sum(one.soort == "document" for one in found)
    return dutch.counted(documents, "nieuw document", "nieuwe documenten")


def _groups(found: Sequence[Treffer], site: str) -> list[dict[str, Any]]:
    """The documents under their publicaties, in the order found; a publicatie of which no document is named stands alone."""
    groups: dict[str, dict[str, Any]] = {}
    for one in found:
        kaart = one.kaart
        titel = kaart["publicatie"]["titel"] if one.soort == "document" else kaart["officieleTitel"]
        group = groups.setdefault(
            one.publicatie_id,
            {
                "titel": titel,
                "url": f"{site}/publicaties/{quote(one.publicatie_id, safe='')}",
                "publisher": kaart["publisher"]["naam"],
                "documenten": [],
            },
        )
        if one.soort == "document":
            group["documenten"].append(
                {
                    "titel": kaart["officieleTitel"],
                    "url": f"{site}/documenten/{quote(one.id, safe='')}",
                    "datum": kaart["creatiedatum"],
                }
            )
    return list(groups.values())
