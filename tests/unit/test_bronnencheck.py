"""A check of a publisher names what the national harvester would trip over, the most serious first, and trips over nothing itself."""

import gzip
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from ingest.bronnen import bevindingen
from ingest.bronnen.controle import Controle
from ingest.bronnen.ophalen import Uitgeput
from ingest.bronnen.verslag import goed, regels, verslag
from tests.servers.publisher import (
    DIWOO,
    INDEX,
    NU,
    PDF,
    SITE,
    SITEMAP,
    XML,
    Publisher,
    entries,
    good,
    loc,
    unreachable,
)
from woo.diwoo.gebreken import CODES as GEBREKEN
from woo.diwoo.sitemap import Vermelding, Verwijzing
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.errors import InvalidValue
from woo.settings import config_folder
from woo.usecases.broncontrole import site_of

SECOND = f"{SITE}/sitemaps/014-2.xml"
REPORTS = "https://identifier.overheid.nl/tooi/def/thes/kern/c_fdaee95e"
MENALDUMADEEL = "https://identifier.overheid.nl/tooi/id/gemeente/gm0083"


@pytest.fixture(scope="module")
def lijsten() -> Waardelijsten:
    return Waardelijsten.load(config_folder() / "waardelijsten")


def checked(publisher: Publisher, lijsten: Waardelijsten, *, sitemaps: int = 20) -> dict[str, Any]:
    return verslag(
        Controle(publisher, lijsten, now=lambda: NU, sitemaps=sitemaps, bestanden=12).loop(
            "open.zuiderveld.example"
        )
    )


def codes(told: dict[str, Any]) -> list[str]:
    return [each["code"] for each in told["bevindingen"]]


def test_a_good_site_has_no_findings(lijsten: Waardelijsten) -> None:
    told = checked(good(), lijsten)
    assert told["bevindingen"] == []
    assert goed(told)
    assert told["bekeken"] == {
        "indexen": 1,
        "sitemaps": 1,
        "sitemapsGenoemd": 1,
        "vermeldingen": 5,
        "bestanden": 3,
        "verzoeken": 6,
        "bytes": told["bekeken"]["bytes"],
    }


def _answer(url: str, status: int, soort: str, body: bytes) -> Callable[[Publisher], None]:
    return lambda site: site.answers.update({url: (status, soort, body)})


def _raise(url: str, code: str) -> Callable[[Publisher], None]:
    return lambda site: site.answers.update({url: unreachable(url, code)})


def _robots(text: str) -> Callable[[Publisher], None]:
    return lambda site: site.robots(text)


def _entry(**changes: object) -> Callable[[Publisher], None]:
    return lambda site: site.sitemap([*entries([1]), *entries([2], **changes)])


def _file(soort: str, body: bytes) -> Callable[[Publisher], None]:
    def spoil(site: Publisher) -> None:
        site.sitemap(entries([1]))
        site.answers[loc(1)] = (200, soort, body)

    return spoil


def _twice(site: Publisher) -> None:
    site.index(SITEMAP, SECOND)
    site.sitemap(entries([1, 99]), at=SECOND)


def _elsewhere(site: Publisher) -> None:
    other = "https://bestanden.zuiderveld.example/besluit.pdf"
    site.sitemap([Vermelding(other, NU, DIWOO)])


SPOILT: dict[str, tuple[Callable[[Publisher], None], str]] = {
    "no name": (_raise(f"{SITE}/robots.txt", "naam"), "geen_antwoord"),
    "bad certificate": (_raise(f"{SITE}/robots.txt", "tls"), "tls"),
    "private network": (_raise(f"{SITE}/robots.txt", "prive"), "prive"),
    "no robots": (_answer(f"{SITE}/robots.txt", 404, "text/html", b""), "geen_robots"),
    "robots broken": (_answer(f"{SITE}/robots.txt", 500, "text/plain", b""), "geen_antwoord"),
    "robots a page": (_answer(f"{SITE}/robots.txt", 200, "text/html", b"<html>"), "robots_geen_tekst"),
    "robots a page as text": (
        _answer(f"{SITE}/robots.txt", 200, "text/plain", b"<!DOCTYPE html>"),
        "robots_geen_tekst",
    ),
    "robots forbids": (
        _robots(f"User-agent: *\nDisallow: /sitemaps/\nSitemap: {INDEX}"),
        "robots_verbiedt",
    ),
    "slow": (_robots(f"User-agent: *\nCrawl-delay: 20\nSitemap: {INDEX}"), "wachttijd"),
    "no index named": (_robots("User-agent: *\nDisallow:"), "geen_diwoo_index"),
    "index by another name": (
        _robots(f"Sitemap: {SITE}/sitemap-diwoo.xml"),
        "geen_diwoo_index",
    ),
    "sitemap in robots": (_answer(INDEX, 200, XML, b""), "xml"),
    "index gone": (_answer(INDEX, 404, "text/html", b""), "niet_gevonden"),
    "index a page": (_answer(INDEX, 200, "text/html", b"<!doctype html><p>Hallo"), "html"),
    "sitemap gone": (_answer(SITEMAP, 410, "text/html", b""), "niet_gevonden"),
    "sitemap slow": (_raise(SITEMAP, "tijd"), "geen_antwoord"),
    "sitemap as text": (
        lambda site: site.answers.update({SITEMAP: (200, "text/plain", site.answers[SITEMAP][2])}),  # type: ignore[index]
        "inhoudstype",
    ),
    "publisher without resource": (_entry(publisher=Verwijzing("Enschede")), "geen_resource"),
    "another category": (_entry(informatiecategorieen=(Verwijzing("onderzoeksrapporten", REPORTS),)), "andere_categorie"),
    "publisher is no more": (_entry(publisher=Verwijzing("gemeente Menaldumadeel", MENALDUMADEEL)), "opgeheven"),
    "in two sitemaps": (_twice, "dubbel_document"),
    "another host": (_elsewhere, "andere_host"),
    "file gone": (_answer(loc(3), 404, "text/html", b""), "bestand_weg"),
    "file a page": (_file("text/html", b"\n<html><a href=x.pdf>Download"), "bestand_html"),
    "file empty": (_file("application/pdf", b""), "bestand_leeg"),
    "file another kind": (_file("application/pdf", b"PK\x03\x04rest"), "bestand_anders"),
    "file as bytes": (_file("application/octet-stream", PDF), "inhoudstype"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_what_the_harvester_would_trip_over_is_named(what: str, lijsten: Waardelijsten) -> None:
    spoil, code = SPOILT[what]
    site = good()
    if what == "file gone":
        site.sitemap(entries([3]))
    spoil(site)
    told = checked(site, lijsten)
    assert code in codes(told), codes(told)
    found = next(each for each in told["bevindingen"] if each["code"] == code)
    assert found["plaatsen"]
    assert found["doe"].endswith(".")


def test_an_old_document_of_a_body_that_was_merged_since_is_no_finding(lijsten: Waardelijsten) -> None:
    site = good()
    old = {"publisher": Verwijzing("gemeente Menaldumadeel", MENALDUMADEEL), "creatiedatum": date(2010, 1, 1)}
    site.sitemap(entries([1], **old))
    assert "opgeheven" not in codes(checked(site, lijsten))


def test_a_date_in_the_future_and_a_detour_are_told_and_do_not_condemn(lijsten: Waardelijsten) -> None:
    site = good()
    site.sitemap([Vermelding(loc(1), NU + timedelta(days=3), DIWOO)])
    site.moved[loc(1)] = f"{SITE}/elders.pdf"
    site.answers[f"{SITE}/elders.pdf"] = (200, "application/pdf", PDF)
    told = checked(site, lijsten)
    assert set(codes(told)) == {"toekomst", "omleiding"}
    assert goed(told)


def test_a_sitemap_named_by_robots_is_looked_into_all_the_same(lijsten: Waardelijsten) -> None:
    site = good()
    site.answers[INDEX] = site.answers[SITEMAP]
    told = checked(site, lijsten)
    assert "sitemap_als_index" in codes(told)
    assert (told["bekeken"]["vermeldingen"], told["bekeken"]["bestanden"]) == (5, 3)


def test_a_packed_sitemap_is_read_and_a_bomb_costs_no_more_than_a_sitemap_may_be(
    lijsten: Waardelijsten,
) -> None:
    site = good()
    _, _, body = site.answers[SITEMAP]  # type: ignore[misc]
    site.answers[SITEMAP] = (200, "application/gzip", gzip.compress(body))
    assert checked(site, lijsten)["bevindingen"] == []
    site.answers[SITEMAP] = (200, "application/gzip", gzip.compress(b"<urlset>" + b" " * (60 * 2**20)))
    assert {"te_groot", "xml"} & set(codes(checked(site, lijsten)))
    site.answers[SITEMAP] = (200, "application/gzip", gzip.compress(body)[:60])
    assert "xml" in codes(checked(site, lijsten))


def test_of_many_sitemaps_some_are_read_and_the_report_says_how_many(lijsten: Waardelijsten) -> None:
    site = good()
    several = [f"{SITE}/sitemaps/014-{n}.xml" for n in range(40)]
    site.index(*several)
    for n, url in enumerate(several):
        site.sitemap(entries([n]), at=url)
    told = checked(site, lijsten, sitemaps=4)
    assert (told["bekeken"]["sitemaps"], told["bekeken"]["sitemapsGenoemd"]) == (4, 40)
    assert goed(told)


def test_a_check_that_had_to_stop_says_so_and_is_not_good(lijsten: Waardelijsten) -> None:
    site = good()
    site.answers[loc(0)] = site.answers[loc(1)] = site.answers[loc(2)] = Uitgeput("5 requests are made")
    site.answers[loc(3)] = site.answers[loc(4)] = Uitgeput("5 requests are made")
    told = checked(site, lijsten)
    assert told["onvolledig"]
    assert not goed(told)
    assert any("eerder gestopt" in line for line in regels(told))


def test_the_most_serious_comes_first_and_many_of_a_kind_are_one_finding(lijsten: Waardelijsten) -> None:
    site = good()
    site.robots(f"User-agent: *\nCrawl-delay: 20\nSitemap: {INDEX}")
    site.sitemap(entries(range(30), publisher=Verwijzing("Enschede")))
    site.answers[SITEMAP] = (200, XML, site.answers[SITEMAP][2].replace(b"<urlset", b"<Documents", 1))  # type: ignore[index]
    told = checked(site, lijsten)
    zwaarten = [each["zwaarte"] for each in told["bevindingen"]]
    assert zwaarten == sorted(zwaarten, key=["niets", "documenten", "opmerking"].index)
    assert zwaarten[0] == "niets"
    assert zwaarten[-1] == "opmerking"
    assert told["oordeel"] == "niets"
    site.sitemap(entries(range(30), publisher=Verwijzing("Enschede")))
    [found] = [each for each in checked(site, lijsten)["bevindingen"] if each["code"] == "geen_resource"]
    assert found["aantal"] == 30
    assert len(found["plaatsen"]) == bevindingen.MOST_PLACES


def test_no_code_of_the_walk_is_one_of_the_judge_of_sitemaps() -> None:
    assert not set(bevindingen.CODES) & set(GEBREKEN)


@pytest.mark.parametrize(
    ("given", "site"),
    [
        ("open.voorbeeld.nl", "https://open.voorbeeld.nl"),
        (" https://open.voorbeeld.nl/documenten?x=1 ", "https://open.voorbeeld.nl"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
def test_any_address_of_a_site_will_do(given: str, site: str) -> None:
    assert site_of(given) == site


@pytest.mark.parametrize("given", ["", "ftp://x", "https://", "https://a:b@c", "https://x:99999", "een twee", "https://é.nl"])  # fmt: skip
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(InvalidValue, match=r"open\.voorbeeld\.nl"):
        site_of(given)
