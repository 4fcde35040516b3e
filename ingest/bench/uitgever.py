"""A generated publisher for measuring: DiWoo sitemaps and small texts on loopback, each answer after a fixed time."""

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PER_SITEMAP = 10_000
_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_TOOI = "https://identifier.overheid.nl/tooi"
_PUBLISHER = f"{_TOOI}/id/gemeente/gm0153"
_CATEGORIE = f"{_TOOI}/def/thes/kern/c_3baef532"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    documents = 0
    seconds = 0.0
    bytes_each = 0

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        time.sleep(self.seconds)
        body = self._body(f"http://{self.headers['Host']}")
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(body)

    def _body(self, site: str) -> bytes:
        if self.path == "/robots.txt":
            return f"Sitemap: {site}/sitemaps/sitemapindex-diwoo-infocat014.xml\n".encode()
        if self.path.startswith("/sitemaps/sitemapindex"):
            count = -(-self.documents // _PER_SITEMAP)
            named = "".join(f"<sitemap><loc>{site}/sitemaps/{n}.xml</loc></sitemap>" for n in range(count))
            return f"<sitemapindex {_NS}>{named}</sitemapindex>".encode()
        if self.path.startswith("/sitemaps/"):
            first = int(self.path.rpartition("/")[2].removesuffix(".xml")) * _PER_SITEMAP
            last = min(first + _PER_SITEMAP, self.documents)
            urls = "".join(_url(site, number) for number in range(first, last))
            diwoo = 'xmlns:diwoo="https://standaarden.overheid.nl/diwoo/metadata/"'
            return f"<urlset {_NS} {diwoo}>{urls}</urlset>".encode()
        text = f"Het college besluit over zaak {self.path}.\n".encode()
        return text * max(1, self.bytes_each // len(text))


def _url(site: str, number: int) -> str:
    return (
        f"<url><loc>{site}/{number}.txt</loc><lastmod>2026-01-05T10:00:00+01:00</lastmod>"
        f'<diwoo:Document><diwoo:DiWoo><diwoo:publisher resource="{_PUBLISHER}">Enschede</diwoo:publisher>'
        f"<diwoo:titelcollectie><diwoo:officieleTitel>Besluit {number}</diwoo:officieleTitel></diwoo:titelcollectie>"
        "<diwoo:classificatiecollectie><diwoo:informatiecategorieen>"
        f'<diwoo:informatiecategorie resource="{_CATEGORIE}">Woo</diwoo:informatiecategorie>'
        "</diwoo:informatiecategorieen></diwoo:classificatiecollectie></diwoo:DiWoo></diwoo:Document></url>"
    )


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


def main(documents: int, seconds: float, size: int) -> None:
    """Serve until killed; the first line of standard output is the port."""
    values = {"documents": documents, "seconds": seconds, "bytes_each": size}
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), values))
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
