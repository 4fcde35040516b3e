"""A plain website on loopback with fictional documents: lists of items, a page for each, its files; and faults that tests ask of it."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.servers.lokaal import Lokaal

REGELS: dict[str, Any] = {
    "items": "li.zaak",
    "next": "a.volgende",
    "detail": "a",
    "fields": {
        "title": "h1",
        "files": "ul.bijlagen a",
        "date": "p.datum",
        "changed": {"css": "time", "attribute": "datetime"},
        "thema": {"css": ".onderwerp", "map": {"Wegen": "c_849842ac"}},
        "omschrijving": ".intro",
    },
}
"""Rules for this site."""
Antwoord = tuple[int, dict[str, str], bytes]


@dataclass
class Zaak:
    """One item; `bestanden` are its files by name, the first is the document."""

    naam: str
    titel: str = "Besluit over de kade"
    dag: str = "3 maart 2025"
    gewijzigd: str = "2025-03-03"
    thema: str = "Wegen"
    bestanden: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Website:
    """What the site has now; tests change it between runs. `bladen` are answers in the place of the usual ones, by path."""

    zaken: dict[str, Zaak] = field(default_factory=dict)
    per_blad: int = 3
    bladen: dict[str, Antwoord] = field(default_factory=dict)
    gevraagd: Counter[str] = field(default_factory=Counter)
    adres: str = "http://site.example"
    kop: str = "h1"

    def zet(self, *zaken: Zaak) -> None:
        for zaak in zaken:
            if not zaak.bestanden:
                zaak.bestanden["besluit.txt"] = f"Het college besluit over {zaak.naam}.".encode()
            self.zaken[zaak.naam] = zaak

    def url(self, zaak: str, bestand: str = "besluit.txt") -> str:
        return f"{self.adres}/stukken/{zaak}/{bestand}"

    def keren(self, begin: str) -> int:
        """How often addresses that begin so were asked."""
        return sum(count for path, count in self.gevraagd.items() if path.startswith(begin))

    def antwoord(self, path: str, koppen: Mapping[str, str]) -> Antwoord:
        """The answer to a request; 304 where it is as the one who asks knows it."""
        self.gevraagd[path] += 1
        status, headers, body = self.bladen.get(path) or self._antwoord(urlsplit(path).path, path)
        if status == 200 and path != "/robots.txt":
            headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:12]}"', **headers}
            if koppen.get("If-None-Match") == headers["ETag"]:
                return 304, headers, b""
        return status, headers, body

    def _antwoord(self, where: str, path: str) -> Antwoord:
        soort, _, naam = where.strip("/").partition("/")
        if soort == "lijst":
            nummer = int(parse_qs(urlsplit(path).query).get("pagina", ["1"])[0])
            return 200, {"Content-Type": "text/html; charset=utf-8"}, self.lijst(nummer).encode()
        zaak = self.zaken.get(naam.partition("/")[0])
        if zaak is None or soort not in ("zaak", "stukken"):
            return 404, {}, b"weg"
        if soort == "zaak":
            return 200, {"Content-Type": "text/html; charset=utf-8"}, self.pagina(zaak).encode()
        bestand = zaak.bestanden.get(naam.partition("/")[2])
        return (404, {}, b"weg") if bestand is None else (200, {"Content-Type": "text/html"}, bestand)

    def lijst(self, nummer: int, volgende: str | None = None) -> str:
        """A page of the list; `volgende` is where its link to the next one leads, in the place of the right one."""
        zaken = list(self.zaken.values())[(nummer - 1) * self.per_blad :]
        rows = "".join(
            f'<li class="zaak"><a href="/zaak/{each.naam}">{escape(each.titel)}</a>'
            f'<time datetime="{each.gewijzigd}">{each.dag}</time></li>'
            for each in zaken[: self.per_blad]
        )
        if volgende is None and len(zaken) > self.per_blad:
            volgende = f"?pagina={nummer + 1}"
        more = f'<a class="volgende" href="{volgende}">Volgende</a>' if volgende else ""
        return f"<!doctype html><html><body><h1>Besluiten</h1><ul>{rows}</ul>{more}</body></html>"

    def pagina(self, zaak: Zaak) -> str:
        links = "".join(
            f'<li><a href="/stukken/{zaak.naam}/{each}">De {each.partition(".")[0]}</a></li>'
            for each in zaak.bestanden
        )
        return (
            f'<!doctype html><html><head><title>Zuiderveld</title></head><body><{self.kop}>{escape(zaak.titel)}</{self.kop}>'
            f'<p class="datum">Gepubliceerd op {zaak.dag}</p><p class="intro">Over de <b>kade</b>.<br>En meer.</p>'
            f'<p class="onderwerp">{zaak.thema}</p><ul class="bijlagen">{links}</ul></body></html>'
        )  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Website

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_HEAD(self) -> None:
        self._send(404, {}, b"")  # as many sites do

    def do_GET(self) -> None:
        self._send(*self.site.antwoord(self.path, dict(self.headers.items())))

    def _send(self, status: int, koppen: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for key, value in {**koppen, "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)


class Webserver(Lokaal):
    """The site as a context: it serves `site` while the block runs."""

    def __init__(self) -> None:
        self.site = Website()
        super().__init__(type("Handler", (_Handler,), {"site": self.site}))
        self.site.adres = self.adres

    def __enter__(self) -> Website:
        self.start()
        return self.site
