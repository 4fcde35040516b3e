"""A publisher on loopback: a site of fictional documents with DiWoo sitemaps, and every fault that a test asks of it."""

import gzip
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, count
from types import TracebackType
from xml.sax.saxutils import escape

TOOI = "https://identifier.overheid.nl/tooi/"
PUBLISHER = f"{TOOI}id/gemeente/gm0153"
CATEGORIE = f"{TOOI}def/thes/kern/c_3baef532"
EINDELOOS = "/sitemaps/eindeloos.xml"
"""A sitemap that goes on naming documents for as long as somebody reads it."""
_DRUPPEL = 0.2
_URLSET = (
    '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:diwoo="https://standaarden.overheid.nl/diwoo/metadata/">'
)


@dataclass
class Stuk:
    """One document of the site; `fout` names what its server does wrong when it is asked."""

    naam: str
    inhoud: bytes
    lastmod: str = "2026-01-05T10:00:00+01:00"
    titel: str = "Besluit over het Dorpsplein"
    publisher: str | None = PUBLISHER
    kenmerk: str | None = None
    deel_van: str | None = None
    soort: str = "text/plain"
    fout: str | None = None
    mime: str = ""


@dataclass
class Site:
    """What the publisher has now; tests change it between runs. `gevraagd` counts requests by path."""

    stukken: dict[str, Stuk] = field(default_factory=dict)
    per_sitemap: int = 1000
    weg: set[str] = field(default_factory=set)
    koppen: dict[str, str] = field(default_factory=dict)
    bladen: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    robots: str = ""
    gevraagd: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    adres: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def zet(self, *stukken: Stuk) -> None:
        for stuk in stukken:
            self.stukken[stuk.naam] = stuk

    def vul(self, aantal: int) -> None:
        """So many small text documents."""
        self.zet(
            *(
                Stuk(f"stuk-{n:06d}.txt", f"Het college besluit over zaak {n}.".encode())
                for n in range(aantal)
            )
        )

    def url(self, naam: str) -> str:
        return f"{self.adres}/bestanden/{naam}"

    def bestanden_gevraagd(self) -> int:
        return sum(count for path, count in self.gevraagd.items() if path.startswith("/bestanden/"))

    def sitemap(self, nummer: int) -> bytes:
        return self.blad(list(self.stukken.values())[nummer * self.per_sitemap :][: self.per_sitemap])

    def blad(self, stukken: Iterable[Stuk]) -> bytes:
        """A sitemap that names these."""
        return f"{_URLSET}{''.join(map(self.vermelding, stukken))}</urlset>".encode()

    def index(self) -> bytes:
        sheets = max(1, -(-len(self.stukken) // self.per_sitemap))
        named = "".join(f"<sitemap><loc>{self.adres}/sitemaps/{n}.xml</loc></sitemap>" for n in range(sheets))
        return (
            '<?xml version="1.0" encoding="UTF-8"?>'
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</sitemapindex>'
        ).encode()

    def vermelding(self, stuk: Stuk) -> str:
        publisher = (
            ""
            if stuk.publisher is None
            else f'<diwoo:publisher resource="{stuk.publisher}">x</diwoo:publisher>'
        )
        groep = (
            ""
            if stuk.kenmerk is None
            else f"<diwoo:aggregatiekenmerk>{escape(stuk.kenmerk)}</diwoo:aggregatiekenmerk>"
        )
        deel = (
            ""
            if stuk.deel_van is None
            else f'<diwoo:isPartOf resource="{self.url(stuk.deel_van)}">x</diwoo:isPartOf>'
        )
        lastmod = f"<lastmod>{stuk.lastmod}</lastmod>" if stuk.lastmod else ""
        return (
            f"<url><loc>{self.url(stuk.naam)}</loc>{lastmod}<diwoo:Document><diwoo:DiWoo>"
            f"{publisher}<diwoo:titelcollectie><diwoo:officieleTitel>{escape(stuk.titel)}</diwoo:officieleTitel>"
            "</diwoo:titelcollectie><diwoo:classificatiecollectie><diwoo:informatiecategorieen>"
            f'<diwoo:informatiecategorie resource="{CATEGORIE}">Woo</diwoo:informatiecategorie>'
            "</diwoo:informatiecategorieen></diwoo:classificatiecollectie><diwoo:documenthandelingen>"
            f'<diwoo:documenthandeling><diwoo:soortHandeling resource="{TOOI}def/thes/kern/c_641ecd76">vaststelling'
            "</diwoo:soortHandeling><diwoo:atTime>2026-01-05T10:00:00+01:00</diwoo:atTime></diwoo:documenthandeling>"
            f"</diwoo:documenthandelingen>{groep}{deel}</diwoo:DiWoo></diwoo:Document></url>"
        )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        site, path = self.site, self.path
        with site.lock:
            site.gevraagd[path] += 1
            site.agents.add(self.headers.get("User-Agent", ""))
        if path in site.bladen:
            self._send(*site.bladen[path])
        elif path == "/robots.txt":
            text = (
                site.robots
                or f"User-agent: *\nAllow: /\nSitemap: {site.adres}/sitemaps/sitemapindex-diwoo-infocat014.xml\n"
            )
            self._send(200, {}, text.encode())
        elif path == "/sitemaps/sitemapindex-diwoo-infocat014.xml":
            self._send(200, {}, site.index())
        elif path == EINDELOOS:
            self._endless_list()
        elif path.startswith("/sitemaps/"):
            self._send(200, {}, site.sitemap(int(path.rpartition("/")[2].removesuffix(".xml"))))
        else:
            self._file(path.removeprefix("/bestanden/"))

    def _file(self, naam: str) -> None:
        site = self.site
        stuk = site.stukken.get(naam)
        if stuk is None or naam in site.weg:
            self._send(410 if naam in site.weg else 404, {}, b"weg")
        elif stuk.fout is not None:
            self._faulty(stuk)
        else:
            tag = f'"{hash(stuk.inhoud)}"'
            if self.headers.get("If-None-Match") == tag:
                self._send(304, {"ETag": tag}, b"")
            else:
                self._send(
                    200, {"ETag": tag, "Content-Type": stuk.mime or stuk.soort, **site.koppen}, stuk.inhoud
                )

    def _faulty(self, stuk: Stuk) -> None:
        fout = str(stuk.fout)
        eerder = self.site.gevraagd[self.path] - 1
        if fout == "html":
            self._send(200, {"Content-Type": "text/html"}, b"<!doctype html><html><body>Log in</body></html>")
        elif fout.isdecimal():
            self._send(int(fout), {}, b"nee")
        elif fout == "429_eenmaal" or fout == "503_eenmaal":
            if eerder:
                self._send(200, {}, stuk.inhoud)
            else:
                self._send(int(fout[:3]), {"Retry-After": "1"}, b"")
        elif fout == "afgebroken":
            self._send(200, {"Content-Length": str(len(stuk.inhoud) + 1000)}, stuk.inhoud)
            self.close_connection = True
        elif fout == "afgebroken_eenmaal" and eerder:
            self._send(200, {}, stuk.inhoud)
        elif fout == "afgebroken_eenmaal":
            self._send(200, {"Content-Length": str(len(stuk.inhoud) + 1000)}, stuk.inhoud)
            self.close_connection = True
        elif fout == "druppel":
            self._drip()
        elif fout == "traag":
            time.sleep(3)
            self._send(200, {}, stuk.inhoud)
        elif fout.startswith("naar:"):
            self._send(302, {"Location": fout.removeprefix("naar:")}, b"")
        elif fout == "lus":
            self._send(302, {"Location": self.path}, b"")
        elif fout == "eindeloos":
            self._endless()
        elif fout == "gzip":
            self._send(200, {"Content-Encoding": "gzip"}, gzip.compress(stuk.inhoud))

    def _endless(self) -> None:
        self._stream("application/pdf", (b"x" * 65536 for _ in range(10_000)))

    def _drip(self) -> None:
        """A byte now and then, so that the connection never falls silent and the file never comes."""

        def drops() -> Iterator[bytes]:
            for _ in range(10_000):
                time.sleep(_DRUPPEL)
                yield b"x"

        self._stream("text/plain", drops())

    def _endless_list(self) -> None:
        named = (self.site.vermelding(Stuk(f"kalender-{n}.txt", b"")).encode() for n in count())
        self._stream("application/xml", chain([_URLSET.encode()], named))

    def _stream(self, mime: str, parts: Iterable[bytes]) -> None:
        """A body without a length, until it ends or the client goes away."""
        self.send_response(200)
        self.send_header("Content-Type", mime)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for part in parts:
                self.wfile.write(part)
        except OSError:
            return

    def _send(self, status: int, koppen: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for key, value in koppen.items():
            self.send_header(key, value)
        if "Content-Length" not in koppen:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error of this server."""


class Uitgever:
    """The publisher as a context: it serves `site` while the block runs."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.site = Site()
        handler = type("Handler", (_Handler,), {"site": self.site})
        of = {"address_family": socket.AF_INET6} if ":" in host else {}
        self._server = type("Server", (_Server,), of)((host, 0), handler)
        shown = f"[{host}]" if of else host
        self.site.adres = f"http://{shown}:{self._server.server_address[1]}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def __enter__(self) -> Site:
        self._thread.start()
        return self.site

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
