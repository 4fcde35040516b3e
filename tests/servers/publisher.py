"""The site of a fictional publisher for those who harvest it: good from the first, and a test spoils what it is about."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from ingest.bronnen.ophalen import Antwoord, NietOpgehaald
from woo.diwoo.sitemap import DiWoo, Handeling, Sitemapvermelding, Vermelding, Verwijzing
from woo.diwoo.sitemapschrijver import schrijf_index, schrijf_sitemap, url

SITE = "https://open.zuiderveld.example"
INDEX = f"{SITE}/sitemaps/sitemapindex-diwoo-infocat014.xml"
SITEMAP = f"{SITE}/sitemaps/014-1.xml"
NU = datetime(2026, 5, 4, 10, tzinfo=UTC)
_TOOI = "https://identifier.overheid.nl/tooi"
_KERN = f"{_TOOI}/def/thes/kern"
XML = "application/xml"
PDF = b"%PDF-1.7\n" + b"x" * 100

DIWOO = DiWoo(
    publisher=Verwijzing("gemeente Enschede", f"{_TOOI}/id/gemeente/gm0153"),
    officiele_titel="Besluit over de kwartelwei",
    informatiecategorieen=(Verwijzing("Woo-verzoeken en -besluiten", f"{_KERN}/c_3baef532"),),
    handelingen=(Handeling(Verwijzing("vaststelling", f"{_KERN}/c_641ecd76"), NU),),
    creatiedatum=date(2026, 5, 1),
)


def loc(n: int) -> str:
    return f"{SITE}/bestanden/besluit-{n}.pdf"


def entries(numbers: Iterable[int], **changes: object) -> list[Vermelding]:
    """Entries that the nation harvests, but for these changes of their metadata."""
    return [Vermelding(loc(n), NU, replace(DIWOO, **changes)) for n in numbers]  # type: ignore[arg-type]


@dataclass
class Publisher:
    """A Bron that answers from memory: address to status, media type and body; what is not there is 404, an error is raised."""

    answers: dict[str, tuple[int, str, bytes] | Exception] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    verzoeken: int = 0
    bytes: int = 0

    def haal(self, url: str, *, limiet: int) -> Antwoord:
        self.verzoeken += 1
        at = self.moved.get(url, url)
        answer = self.answers.get(at, (404, "text/html", b"<html>weg</html>"))
        if isinstance(answer, Exception):
            raise answer
        status, soort, body = answer
        self.bytes += len(body[:limiet])
        inhoud = io.BytesIO(body[:limiet])
        headers = {"content-type": soort} if soort else {}
        return Antwoord(at, status, headers, inhoud, heel=len(body) <= limiet, omgeleid=at != url)

    def robots(self, text: str) -> None:
        self.answers[f"{SITE}/robots.txt"] = (200, "text/plain", text.encode())

    def index(self, *sitemaps: str, url: str = INDEX) -> None:
        self.answers[url] = (
            200,
            XML,
            b"".join(schrijf_index(Sitemapvermelding(one, NU) for one in sitemaps)),
        )

    def sitemap(self, found: list[Vermelding], at: str = SITEMAP) -> None:
        """This sitemap, and a PDF at every address in it."""
        self.answers[at] = (200, XML, b"".join(schrijf_sitemap(map(url, found))))
        for each in found:
            self.answers.setdefault(each.loc, (200, "application/pdf", PDF))


def good() -> Publisher:
    """A publisher on whose site the national harvester trips over nothing."""
    made = Publisher()
    made.robots(f"User-agent: *\nDisallow: /beheer\nSitemap: {INDEX}\n")
    made.index(SITEMAP)
    made.sitemap(entries(range(5)))
    return made


def unreachable(url: str, code: str) -> NietOpgehaald:
    return NietOpgehaald(code, url, "test")
