"""Feeds: valid, newest first by the moment of publication here, to the end, and without what was withdrawn."""

import html
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import feedparser
import pytest
from lxml import etree

from search_api.portal import dossier_feeds, feeds
from tests.api.site import PUBLISHED, PublicSite
from woo.domain.document import Document
from woo.domain.publicatie import Publicatie

SITE = "https://open.zuiderveld.example"
KINDS = ("atom", "rss", "json")


def parsed(content: bytes, kind: str) -> Any:
    """What a feed reader makes of it, in the names of feedparser."""
    if kind != "json":
        found = feedparser.parse(content)
        assert not found.bozo, found.get("bozo_exception")
        return found
    body = json.loads(content)
    assert body["version"] == "https://jsonfeed.org/version/1.1"
    links = [{"rel": "self", "href": body["feed_url"]}]
    links += [{"rel": "next", "href": body["next_url"]}] if "next_url" in body else []
    entries = [
        feedparser.FeedParserDict(
            id=item["id"], title=item["title"], link=item["url"], summary=item["content_text"]
        )
        for item in body["items"]
    ]
    return feedparser.FeedParserDict(
        feed=feedparser.FeedParserDict(title=body["title"], links=links), entries=entries
    )


def link(feed: Any, rel: str) -> str | None:
    return next((one["href"] for one in feed.feed.links if one["rel"] == rel), None)


@pytest.fixture
def filled(site: PublicSite) -> PublicSite:
    publicatie = site.add_publicatie("Verzoek over stikstof")
    for number in range(5):
        moment = PUBLISHED + timedelta(hours=number)
        site.add_document(publicatie, f"Nota {number}", aangemaakt_op=moment, gewijzigd_op=moment)
    return site


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_is_what_readers_take_and_tells_what_was_published(site: PublicSite, kind: str):
    publicatie = site.add_publicatie("Verzoek over stikstof & <geluid>")
    document = site.add_document(publicatie, "Besluit \x01 & bijlage", ["Blad\nDe stikstof neemt toe."])
    answer = site.visitor.get(f"/feed.{kind}?zoek=stikstof&utm_source=x")
    assert answer.headers["content-type"].startswith("application/")
    feed = parsed(answer.content, kind)
    assert feed.feed.title == "stikstof – Gemeente Zuiderveld"
    assert link(feed, "self") == f"{SITE}/feed.{kind}?zoek=stikstof"
    [entry] = feed.entries
    assert entry.id == f"urn:uuid:{document.id}"
    assert entry.title.endswith("& bijlage")
    assert entry.link == f"{SITE}/documenten/{document.id}?zoek=stikstof"
    assert "pagina 1: " in entry.summary
    assert "stikstof neemt toe" in entry.summary
    assert "Hoort bij: Verzoek over stikstof & <geluid>" in html.unescape(entry.summary)


def test_the_elements_that_the_standards_ask_for_are_there(filled: PublicSite):
    atom = etree.fromstring(filled.visitor.get("/feed.atom").content)
    ns = {"a": "http://www.w3.org/2005/Atom"}
    for element in (atom, *atom.findall("a:entry", ns)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ns)) == 1
    assert len(atom.findall("a:entry/a:link[@rel='alternate']", ns)) == 5
    rss = etree.fromstring(filled.visitor.get("/feed.rss").content)
    assert rss.get("version") == "2.0"
    assert [rss.findtext(f"channel/{name}") is not None for name in ("title", "link", "description")] == [
        True
    ] * 3
    assert rss.find("channel/a:link[@rel='self']", ns) is not None
    newest = next(rss.iterfind("channel/item"))
    assert newest.findtext("pubDate") == "Thu, 21 Mar 2024 12:00:00 GMT"


@pytest.mark.parametrize("kind", KINDS)
def test_the_pages_of_a_feed_hold_everything_once(
    filled: PublicSite, kind: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(feeds, "PER_PAGE", 2)
    address: str | None = f"/feed.{kind}?zoek=nota&sorteer=titel"
    titles = []
    while address is not None:
        feed = parsed(filled.visitor.get(address).content, kind)
        titles += [entry.title for entry in feed.entries]
        address = (link(feed, "next") or "").removeprefix(SITE) or None
    assert titles == [f"Nota {number}" for number in reversed(range(5))]


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_that_has_it_is_told_so_until_something_changes(filled: PublicSite, kind: str):
    first = filled.visitor.get(f"/feed.{kind}")
    etag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["last-modified"] == "Thu, 21 Mar 2024 12:00:00 GMT"
    same = filled.visitor.get(f"/feed.{kind}", if_none_match=etag)
    assert (same.status_code, same.content) == (304, b"")
    [document, *_] = next(iter(filled.shown.values()))
    filled.withdraw(document)
    client = filled.client()
    changed = client.get(
        f"/feed.{kind}", if_none_match=etag, if_modified_since=first.headers["last-modified"]
    )
    assert changed.status_code == 200
    assert document.id not in changed.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_of_nothing_is_a_feed_and_always_the_same_one(site: PublicSite, kind: str):
    answer = site.visitor.get(f"/feed.{kind}?zoek=niets")
    assert parsed(answer.content, kind).entries == []
    assert (
        site.visitor.get(f"/feed.{kind}?zoek=niets", if_none_match=answer.headers["etag"]).status_code == 304
    )


def test_what_was_published_last_comes_first_whatever_its_own_date(filled: PublicSite):
    late = PUBLISHED + timedelta(days=2)
    publicatie = filled.add_publicatie("Oud archief", eerste_publicatie=late)
    filled.add_document(publicatie, "Nota uit 1974", creatiedatum=date(1974, 5, 1))
    assert parsed(filled.visitor.get("/feed.atom").content, "atom").entries[0].title == "Nota uit 1974"


def test_a_file_goes_with_its_entry(site: PublicSite):
    document = site.add_document(site.add_publicatie("Verzoek"), "Besluit", ["Tekst."])
    told = site.visitor.get(f"/v1/documenten/{document.id}").json()
    for kind in ("atom", "rss"):
        [entry] = parsed(site.visitor.get(f"/feed.{kind}").content, kind).entries
        [file] = entry.enclosures
        assert (file.href, file.length) == (told["bestandUrl"], str(told["bestand"]["grootte"]))


def test_a_wrong_search_is_no_empty_feed(site: PublicSite):
    assert site.visitor.get("/feed.atom?publisher=nergens").status_code == 400
    assert site.visitor.get("/feed.rss?na=x").status_code == 400


def test_pages_name_their_feeds_and_exports(filled: PublicSite):
    page = filled.visitor.get("/?zoek=nota&formaat=pdf&formaat=docx&sorteer=relevantie")
    assert 'href="/feed.atom?zoek=nota&amp;formaat=pdf&amp;formaat=docx"' in page.text
    shown = filled.visitor.get("/?zoek=nota&onleesbaar=&sorteer=titel").text
    for kind in KINDS:
        assert f'href="/feed.{kind}?zoek=nota"' in shown
    assert 'rel="alternate" type="application/rss+xml"' in shown
    assert "Download alle 5 resultaten" in shown
    assert 'href="/v1/export?formaat=csv&amp;zoek=nota&amp;sorteer=titel&amp;scheiding=puntkomma"' in shown
    assert 'rel="alternate" type="application/atom+xml"' in filled.visitor.get("/publicaties").text


def with_history(site: PublicSite) -> tuple[Publicatie, Document]:
    """A publicatie in which five things happened, three of them to its one document."""
    publicatie = site.add_publicatie("Verzoek over stikstof")
    document = site.add_document(publicatie, "Advies", ["Tekst."])
    happened = [
        {"op": f"2024-05-0{day}T09:00:00Z", "soort": soort, "titel": titel, "document": id}
        for day, soort, titel, id in (
            (5, "document_vervangen", "Document vervangen", document.id),
            (4, "gewijzigd", "Gegevens gewijzigd: titel", None),
            (3, "gewijzigd", "Gegevens van document gewijzigd", document.id),
            (2, "document_toegevoegd", "Document toegevoegd", document.id),
            (1, "gepubliceerd", "Gepubliceerd", None),
        )
    ]
    shown = site.store.publicatie(publicatie.id)
    assert shown is not None
    site.store.show_publicatie(replace(shown, dossier={"geschiedenis": happened}))
    return publicatie, document


@pytest.mark.parametrize("kind", KINDS)
def test_a_dossier_has_a_feed_of_what_happened_in_it(
    site: PublicSite, kind: str, monkeypatch: pytest.MonkeyPatch
):
    publicatie, document = with_history(site)
    told = site.visitor.get(f"/v1/publicaties/{publicatie.id}").json()["geschiedenis"]
    assert len(told) == 5
    monkeypatch.setattr(dossier_feeds, "PER_PAGE", 2)
    address: str | None = f"/publicaties/{publicatie.id}/feed.{kind}"
    assert f'href="{address}"' in site.visitor.get(f"/publicaties/{publicatie.id}").text
    entries: list[Any] = []
    while address is not None:
        feed = parsed(site.visitor.get(address).content, kind)
        assert len(feed.entries) <= 2
        entries += feed.entries
        address = (link(feed, "next") or "").removeprefix(SITE) or None
    assert [entry.title.removesuffix(": Advies") for entry in entries] == [moment["titel"] for moment in told]
    assert len({entry.id for entry in entries}) == 5
    own, dossier = f"{SITE}/documenten/{document.id}", f"{SITE}/publicaties/{publicatie.id}"
    assert [entry.link for entry in entries] == [own, dossier, own, own, dossier]


def test_the_feed_of_a_dossier_tells_nothing_of_a_withdrawn_document(site: PublicSite):
    publicatie, document = with_history(site)
    address = f"/publicaties/{publicatie.id}/feed.atom"
    before = site.visitor.get(address)
    assert document.id in before.text
    site.withdraw(document)
    after = site.client().get(address, if_none_match=before.headers["etag"])
    assert after.status_code == 200
    assert (document.id in after.text, "Advies" in after.text) == (False, False)
