"""The rules of a site by themselves: what each way of pointing finds, dates, words, files; pages that are none."""

import re
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from ingest.sources import patroon
from ingest.sources.inhoud import MOST, Onleesbaar
from ingest.sources.site_pagina import Pagina, lees_pagina
from ingest.sources.site_regels import Gevonden, Regels
from woo.oogst.datumvormen import GEWONE_VORMEN, check_vorm, lees_dag
from woo.oogst.regels import Siteregels

PAGE = """<!doctype html><html><head><base href="https://site.example/woo/"></head><body>
<h1> Besluit  over de <em>ka</em>de </h1>
<dl><dd class="datum">Op 3 maart 2025</dd><dd class="leeg"> </dd><dd class="kenmerk">Zaak Z/25/17 (intern)</dd></dl>
<p class="intro">Een<br>twee</p><p class="intro">drie<script>vier()</script></p>
<p class="onderwerp">Wegen, water ,Onbekend</p>
<ul><li><a href="a b.pdf#blz=2"> Het besluit </a></li><li><a class="hoofd" href="/k.pdf"><span>De kaart</span> (pdf)</a></li>
<li><a href="mailto:x@site.example">Mail</a></li><li><a href="a b.pdf">Nog eens</a></li><li><img src="plaat.png"></li></ul>
</body></html>"""


def page(tmp_path: Path, body: str | bytes = PAGE, content_type: str = "text/html; charset=utf-8") -> Pagina:
    pad = tmp_path / "body"
    pad.write_bytes(body.encode() if isinstance(body, str) else body)
    headers = {"Content-Type": content_type}
    return lees_pagina(Response("https://site.example/x", headers=headers), pad, MOST)


def read(tmp_path: Path, **fields: Any) -> tuple[Gevonden, list[str]]:
    """What these rules find on the page, and the warnings."""
    usual = {"title": "h1", "files": "li a"}
    rules = Siteregels.model_validate({"items": "li", "fields": {**usual, **fields}})
    warned: list[str] = []
    found = Gevonden()
    pagina = page(tmp_path)
    Regels(rules.own(), lambda soort, _: warned.append(soort)).lees("list", pagina.boom, pagina, found)
    return found, warned


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("h1", ["Besluit over de kade"]),
        ({"xpath": "//h1"}, ["Besluit over de kade"]),
        ({"xpath": "string(//h1/em)"}, ["ka"]),
        ({"xpath": "count(//li)"}, ["5.0"]),
        ({"xpath": "//dd[has-class('datum')]/text()"}, ["Op 3 maart 2025"]),
        ({"css": "a.hoofd", "attribute": "href"}, ["/k.pdf"]),
        ({"css": "a.hoofd", "attribute": "title"}, []),
        ({"css": ".kenmerk", "regex": r"Z/\d+/\d+"}, ["Z/25/17"]),
        ({"css": ".kenmerk", "regex": r"Z/(\d+)/(\d+)"}, ["25"]),
        ({"css": ".kenmerk", "regex": r"Z/(\d+)/(\d+)", "group": 2}, ["17"]),
        ({"css": ".kenmerk", "regex": r"Z/(?P<jaar>\d+)", "group": "jaar"}, ["25"]),
        ({"css": ".kenmerk", "regex": r"nooit (\d)"}, []),
        ({"css": ".leeg"}, []),
        ({"css": "dd"}, ["Op 3 maart 2025"]),
        ({"css": "dd:contains('maart') + dd + dd"}, ["Zaak Z/25/17 (intern)"]),
        ({"value": "altijd"}, ["altijd"]),
    ],
)
def test_what_a_rule_finds(tmp_path: Path, rule: Any, expected: list[str]) -> None:
    found, warned = read(tmp_path, kenmerk=rule)
    assert (found.velden["kenmerk"], warned) == (expected, [])


def test_files_are_addresses_made_whole_each_once_with_their_titles(tmp_path: Path) -> None:
    found, _ = read(tmp_path)
    first = ("https://site.example/woo/a%20b.pdf", "Het besluit")
    assert found.bestanden == [first, ("https://site.example/k.pdf", "De kaart (pdf)")]
    title = {"xpath": ".", "regex": r"^(.*?)\s*\("}
    found, _ = read(tmp_path, main="a.hoofd", file_title=title)
    assert found.bestanden == [("https://site.example/k.pdf", "De kaart"), (first[0], None)]
    found, _ = read(tmp_path, files="li img")
    assert found.bestanden == [("https://site.example/woo/plaat.png", None)]
    found, _ = read(tmp_path, files={"xpath": "//a/@href"})
    assert [title for _, title in found.bestanden] == [None, None]


def test_words_are_mapped_and_an_unknown_one_is_left_out_and_counted(tmp_path: Path) -> None:
    rule = {"css": ".onderwerp", "regex": "[^,]+", "map": {"wegen": "u:wegen", "Water": "u:water"}}
    found, warned = read(tmp_path, thema=rule)
    assert found.velden["thema"] == ["u:wegen", "u:water"]
    assert (warned, found.uitleg["thema"][2]) == (["not_in_map:thema"], "not in map: Onbekend")


def test_a_description_has_a_line_for_each_block_and_no_script(tmp_path: Path) -> None:
    found, _ = read(tmp_path, omschrijving=".intro")
    assert found.velden["omschrijving"] == ["Een\ntwee", "drie"]


def test_a_date_that_cannot_be_read_is_left_out_and_counted(tmp_path: Path) -> None:
    assert read(tmp_path, date=".datum")[0].velden["date"] == ["2025-03-03"]
    found, warned = read(tmp_path, date={"css": ".datum", "dates": "%d-%m-%Y"})
    assert (found.velden["date"], warned) == ([], ["not_a_date:date"])


@pytest.mark.parametrize(
    ("text", "forms", "expected"),
    [
        ("2025-03-31T10:00:00", GEWONE_VORMEN, "2025-03-31"),
        ("31-03-2025", GEWONE_VORMEN, "2025-03-31"),
        ("Gepubliceerd: 3 MAART 2025, 10.00 uur", GEWONE_VORMEN, "2025-03-03"),
        ("ma 3 mrt. 2025", GEWONE_VORMEN, "2025-03-03"),
        ("3 september 2025", GEWONE_VORMEN, "2025-09-03"),
        ("31 februari 2025", GEWONE_VORMEN, None),
        ("03/04/2025", GEWONE_VORMEN, None),
        ("03/04/2025", ("%d/%m/%Y",), "2025-04-03"),
        ("31 12 25", ("%d %m %y",), "2025-12-31"),
        ("mei 7, 2025", ("%B %d, %Y",), "2025-05-07"),
        ("113-03-2025", GEWONE_VORMEN, None),
        ("", GEWONE_VORMEN, None),
    ],
)
def test_dates_are_read_by_their_form_and_never_guessed(
    text: str, forms: tuple[str, ...], expected: str | None
) -> None:
    found = lees_dag(text, forms)
    assert (None if found is None else found.isoformat()) == expected


@pytest.mark.parametrize("form", ["%d %Q %Y", "%d %m", "%d %d %m %Y", "3 maart 2025", "%m %B %d %Y", "%"])
def test_a_form_by_which_no_day_can_be_read_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match="%"):
        check_vorm(form)


def test_the_row_itself_may_be_what_is_looked_for(tmp_path: Path) -> None:
    rules = Siteregels.model_validate({"items": "li a", "fields": {"title": "a", "files": "a"}})
    regels = Regels(rules.own(), lambda soort, url: None)
    pagina = page(tmp_path)
    row = regels.rijen(pagina)[1]
    found = Gevonden()
    regels.lees("list", row, pagina, found)
    assert (found.eerste("title"), found.bestanden[0][0]) == ("De kaart (pdf)", "https://site.example/k.pdf")


def test_a_pattern_without_end_ends_and_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patroon, "_SECONDS", 0.02)
    with pytest.raises(patroon.TeLang):
        patroon.zoek_alle(re.compile("(a+)+$"), "a" * 40 + "b", 0)
    assert patroon.zoek_alle(re.compile("b"), "a" * patroon.MOST + "b", 0) == []
    found, warned = read(tmp_path, kenmerk={"xpath": f"concat('{'a' * 40}', 'b')", "regex": "(a+)+$"})
    assert (found.velden["kenmerk"], warned) == ([], ["rule_too_slow:kenmerk"])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"%PDF-1.7 niets", "no_html"),
        (b'{"resultaten": []}', "no_html"),
        (b"\x00\x01<p>\x00", "no_html"),
        (b"", "no_html"),
        (b"\x1f\x8bkapot", "gzip"),
        (b"<p>" + b"<b>x</b>" * 50_001, "too_many_elements"),
        (b"<div>" * 50_000, "too_deep"),
        (b"x" * (MOST + 1), "too_large"),
    ],
)
def test_a_page_that_is_none_is_refused_with_a_code(tmp_path: Path, body: bytes, code: str) -> None:
    with pytest.raises(Onleesbaar) as caught:
        page(tmp_path, body)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("charset", "content_type", "right"),
    [
        ("utf-8", "text/html; charset=utf-8", True),
        ("utf-8", "application/pdf", True),
        ("cp1252", "text/html; charset=utf-8", False),
        ("cp1252", "text/html; charset=iso-8859-1", True),
        ("utf-16", "text/html", True),
        ("utf-8", "text/html; charset=bestaat-niet", True),
        ("utf-8", "text/html; charset=iso-2022-jp", False),
    ],
)
def test_the_charset_is_the_one_that_the_page_has(
    tmp_path: Path, charset: str, content_type: str, right: bool
) -> None:
    pagina = page(tmp_path, "<h1>Café – één</h1>".encode(charset), content_type)
    assert pagina.boom.css("h1").xpath("string()").get() == "Café – één"
    assert pagina.charset_klopt is right


def test_the_text_of_a_page_that_is_nested_deeply_is_read(tmp_path: Path) -> None:
    pagina = page(tmp_path, "<div>" * 900 + "<h1>Diep</h1>")
    rules = Siteregels.model_validate({"items": "li", "fields": {"title": {"xpath": "/*"}, "files": "a"}})
    found = Gevonden()
    Regels(rules.own(), lambda soort, url: None).lees("list", pagina.boom, pagina, found)
    assert found.eerste("title") == "Diep"


def test_addresses_that_are_none_are_left_out(tmp_path: Path) -> None:
    bad = "http://[x/ http://a:99999/ http://a:b/ mailto:x@y javascript:1 http:///x #".split()
    links = "".join(f'<li><a href="{each}">x</a></li>' for each in [*bad, " /goed.pdf\n"])
    pagina = page(tmp_path, f"<base href='//['>{links}")
    rules = Siteregels.model_validate({"items": "li", "fields": {"title": "a", "files": "a"}})
    found = Regels(rules.own(), lambda soort, url: None).adressen("files", pagina.boom, pagina)
    assert [each.url for each in found] == ["https://site.example/x", "https://site.example/goed.pdf"]
