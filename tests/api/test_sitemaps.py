"""The sitemaps as a harvester asks for them: from robots.txt down, never with what is withdrawn, and not twice the same bytes."""

import gzip
import io
from typing import Any

import pytest

from tests.api.site import PublicSite
from woo.diwoo.sitemap import Sitemapvermelding, Vermelding
from woo.diwoo.sitemaplezer import Sitemaplezer
from woo.diwoo.sitemapregels import keur
from woo.domain.document import Document
from woo.domain.publicatie import Publicatie
from woo.projection.sitemap import SITEMAP_SITE
from woo.storage.port import SITEMAPS, sitemap_naam

_SITE = "https://open.zuiderveld.example"
_INDEX = "/sitemaps/sitemapindex-diwoo-infocat014.xml"
_FIRST = "/sitemaps/sitemap-diwoo-infocat014-00001.xml"
_WRITTEN = "2026-03-01T10:00:00Z"


def _row(document: Document) -> dict[str, Any]:
    loc = f"{SITEMAP_SITE}/v1/documenten/{document.id}/bestand/besluit.pdf"
    xml = f"<url><loc>{loc}</loc><diwoo:Document><diwoo:DiWoo><diwoo:titelcollectie><diwoo:officieleTitel>{document.officiele_titel}</diwoo:officieleTitel></diwoo:titelcollectie></diwoo:DiWoo></diwoo:Document></url>\n"
    return {"document": document.id, "publicatie": document.publicatie_id, "loc": loc, "xml": xml}


def _part(number: int, *documents: Document, named: bool = True) -> dict[str, Any]:
    ids = [[each.id, each.publicatie_id] for each in documents] if named else []
    return {"deel": number, "aantal": len(documents), "lastmod": _WRITTEN, "ids": ids}


@pytest.fixture
def three(site: PublicSite) -> tuple[Publicatie, list[Document]]:
    """Two documents in the first part of category 014, one in the second."""
    publicatie = site.add_publicatie("Kappen van de kastanje")
    documents = [site.add_document(publicatie, titel, ["Blad"]) for titel in ("Een", "Twee")]
    other = site.add_publicatie("Blijft staan")
    documents.append(site.add_document(other, "Drie", ["Blad"]))
    listed = [_part(1, *documents[:2]), _part(2, documents[2])]
    site.store.show_site(SITEMAPS, {"geschreven": _WRITTEN, "categorieen": {"014": listed}})
    site.store.show_site(
        sitemap_naam("014", 1), {"geschreven": _WRITTEN, "vermeldingen": [_row(d) for d in documents[:2]]}
    )
    site.store.show_site(
        sitemap_naam("014", 2), {"geschreven": _WRITTEN, "vermeldingen": [_row(documents[2])]}
    )
    return publicatie, documents


def _read(content: bytes) -> list[Vermelding | Sitemapvermelding]:
    return list(Sitemaplezer(tolerant=True).lees(io.BytesIO(content)))


def test_robots_txt_leads_to_an_index_that_leads_to_sitemaps_that_lead_to_files(
    site: PublicSite, three: tuple[Publicatie, list[Document]]
) -> None:
    client = site.client()
    assert f"\nSitemap: {_SITE}{_INDEX}\n" in client.get("/robots.txt").text
    answer = client.get(_INDEX)
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    assert [one.loc for one in _read(answer.content)] == [
        f"{_SITE}/sitemaps/sitemap-diwoo-infocat014-0000{n}.xml" for n in (1, 2)
    ]
    assert list(keur(io.BytesIO(answer.content), site.lijsten, naam=_INDEX.rpartition("/")[2])) == []
    locs = [one.loc for one in _read(client.get(_FIRST).content)]
    assert locs == [f"{_SITE}/v1/documenten/{d.id}/bestand/besluit.pdf" for d in three[1][:2]]
    assert [client.get(loc.removeprefix(_SITE)).status_code for loc in locs] == [200, 200]


def test_without_sitemaps_none_is_named_or_served(site: PublicSite) -> None:
    client = site.client()
    assert "Sitemap:" not in client.get("/robots.txt").text
    for path in (_INDEX, _FIRST, "/sitemaps/iets.xml", "/sitemaps/sitemapindex-diwoo-infocat14.xml"):
        assert client.get(path).status_code == 404


def test_a_file_that_is_not_on_the_list_is_not_served(
    site: PublicSite, three: tuple[Publicatie, list[Document]]
) -> None:
    site.store.show_site(SITEMAPS, {"geschreven": _WRITTEN, "categorieen": {"014": [_part(2, three[1][2])]}})
    assert site.client().get(_FIRST).status_code == 404


def test_what_is_withdrawn_stands_in_no_sitemap_whatever_is_stored(
    site: PublicSite, three: tuple[Publicatie, list[Document]]
) -> None:
    before = site.client().get(_FIRST)
    site.withdraw(three[1][0])
    answer = site.client().get(_FIRST)
    assert three[1][0].id not in answer.text
    assert three[1][0].officiele_titel not in answer.text
    assert three[1][1].id in answer.text
    assert answer.headers["etag"] != before.headers["etag"]
    since = {"If-Modified-Since": before.headers["last-modified"]}
    assert site.client().get(_FIRST, **since).status_code == 200


def test_a_sitemap_with_nothing_left_is_gone_and_so_is_an_index_without_sitemaps(
    site: PublicSite, three: tuple[Publicatie, list[Document]]
) -> None:
    publicatie, documents = three
    site.withdraw(publicatie)
    client = site.client()
    assert client.get(_FIRST).status_code == 404
    assert _FIRST not in client.get(_INDEX).text
    site.withdraw(documents[2])
    client = site.client()
    assert client.get(_INDEX).status_code == 404
    assert "Sitemap:" not in client.get("/robots.txt").text


@pytest.mark.parametrize("path", [_INDEX, _FIRST])
def test_the_same_bytes_are_not_sent_twice(
    site: PublicSite, three: tuple[Publicatie, list[Document]], path: str
) -> None:
    client = site.client()
    whole = client.get(path, **{"Accept-Encoding": "identity"})
    same = client.get(path, **{"Accept-Encoding": "identity", "If-None-Match": whole.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    other = client.get(path, **{"Accept-Encoding": "identity", "If-None-Match": '"iets"'})
    assert other.content == whole.content


def test_a_date_is_a_condition_where_no_tag_is_given(
    site: PublicSite, three: tuple[Publicatie, list[Document]]
) -> None:
    client = site.client()
    assert client.get(_FIRST).headers["last-modified"] == "Sun, 01 Mar 2026 10:00:00 GMT"

    def status(since: str, **more: str) -> int:
        return client.get(_FIRST, **{"If-Modified-Since": since, **more}).status_code

    assert status("Sun, 01 Mar 2026 10:00:00 GMT") == 304
    assert status("Sun, 01 Mar 2026 09:59:59 GMT") == 200
    assert status("gisteren") == 200
    assert status("Sun, 01 Mar 2026 10:00:00 GMT", **{"If-None-Match": '"iets"'}) == 200


@pytest.mark.parametrize(
    ("accepts", "zipped"),
    [("gzip", True), ("br, GZIP;q=0.5", True), ("gzip;q=0", False), ("identity", False), ("br", False)],
)
def test_it_is_compressed_where_that_is_asked(
    site: PublicSite, three: tuple[Publicatie, list[Document]], accepts: str, zipped: bool
) -> None:
    client = site.client()
    head = client.ask("HEAD", _FIRST, **{"Accept-Encoding": accepts})
    answer = client.get(_FIRST, **{"Accept-Encoding": accepts})
    assert head.content == b""
    assert (head.headers.get("content-encoding") == "gzip") is zipped
    assert head.headers["vary"] == "Accept-Encoding"
    assert head.headers["etag"] == answer.headers["etag"]
    plain = client.get(_FIRST, **{"Accept-Encoding": "identity"})
    assert answer.content == plain.content
    assert (answer.headers["etag"] == plain.headers["etag"]) is not zipped
    if zipped:
        assert int(head.headers["content-length"]) == len(gzip.compress(plain.content, 5, mtime=0))
