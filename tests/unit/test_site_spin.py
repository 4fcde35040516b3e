"""The spider of a plain website by itself: lists that turn or never end, what did not change, items in their order."""

import asyncio
import copy
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from ingest.oogst.ontdekken import vorm_van
from ingest.sources import site, site_lijsten
from ingest.sources.berichten import Gelezen, SourceItem, Waarschuwing, van_regel
from ingest.sources.opdracht import Crawlopdracht
from ingest.sources.schijf import PAD
from ingest.sources.site import SiteSpin
from ingest.sources.site_lijsten import Wandeling
from tests.servers.website import REGELS, Website, Zaak
from woo.oogst.regels import Siteregels

S = "http://site.example"


class _Crawler:
    stats = None


async def _starting(spin: SiteSpin) -> list[Any]:
    return [request async for request in spin.start()]


class Loop:
    """Lets a spider walk over a site without a network between them; the answers come in the wrong order."""

    def __init__(self, tmp_path: Path, capsys: pytest.CaptureFixture[str], website: Website) -> None:
        self._tmp_path = tmp_path
        self._capsys = capsys
        self.site = website
        self.bekend: list[SourceItem] = []
        self.tegelijk = 0

    def __call__(self, regels: dict[str, Any] = REGELS, **order: Any) -> SiteSpin:
        known = self._tmp_path / "bekend.jsonl"
        rows = ({"sleutel": each.loc, "gegevens": each.gegevens} for each in self.bekend)
        known.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        usual = {"sitemaps": 1_000, "documents": 1_000, "bekend": str(known)}
        eigen = Siteregels.model_validate(regels).own()
        opdracht = Crawlopdracht(
            "ontdek", "site", f"{S}/lijst", [], "agent", str(self._tmp_path), False, 1, 0, 1, 0, 0, 0,
            10_000, 10_000_000, seconds=9, eigen=eigen, **{**usual, **order},
        )  # fmt: skip
        self.site.gevraagd.clear()
        spin = SiteSpin(opdracht)
        spin.crawler = _Crawler()  # type: ignore[assignment]
        waiting = asyncio.run(_starting(spin))
        while waiting:
            self.tegelijk = max(self.tegelijk, len(waiting))
            request = waiting.pop()
            headers = {key.decode(): values[0].decode() for key, values in request.headers.items()}
            status, told, body = self.site.antwoord(request.url.removeprefix(S), headers)
            Path(request.meta[PAD]).write_bytes(body)
            response = Response(request.url, status=status, headers=told, request=request)
            waiting += list(request.callback(response, **request.cb_kwargs))
        spin.closed("finished")
        found = [van_regel(line) for line in self._capsys.readouterr().out.splitlines()]
        self.gelezen = [each for each in found if isinstance(each, Gelezen)]
        self.items = [each for each in found if isinstance(each, SourceItem) and each.fout is None]
        self.mislukt = [each for each in found if isinstance(each, SourceItem) and each.fout is not None]
        self.gewaarschuwd = Counter(
            {each.soort: each.aantal for each in found if isinstance(each, Waarschuwing)}
        )
        return spin

    def weer(self, **order: Any) -> SiteSpin:
        """The same once more, with what was told now as what is known."""
        self.bekend = self.items
        return self(**order)


@pytest.fixture
def loop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Loop:
    made = Website()
    made.zet(*(Zaak(f"z{n}", titel=f"Zaak {n}") for n in range(7)))
    return Loop(tmp_path, capsys, made)


def names(items: list[SourceItem]) -> list[str]:
    return [each.loc.split("/")[-2] for each in items]


def with_rules(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(REGELS), **changes}


def test_items_are_told_in_the_order_of_the_list_with_what_is_said_of_them(loop: Loop) -> None:
    loop.site.zaken["z1"].bestanden = {"besluit.pdf": b"x", "kaart.pdf": b"y"}
    spin = loop()
    assert (names(loop.items), spin.onvolledig) == (["z0", "z1", "z1", *(f"z{n}" for n in range(2, 7))], None)
    besluit, kaart = loop.items[1:3]
    assert besluit.lastmod == kaart.lastmod == "2025-03-03"
    said = {
        key: besluit.gegevens[key] for key in ("titel", "omschrijving", "creatiedatum", "groep", "themas")
    }
    assert said == {
        "titel": "Zaak 1",
        "omschrijving": "Over de kade.\nEn meer.",
        "creatiedatum": "2025-03-03",
        "groep": f"{S}/zaak/z1",
        "themas": [{"resource": "c_849842ac"}],
    }
    assert (kaart.gegevens["deel_van"], kaart.gegevens["titel"]) == (besluit.loc, "De kaart")


def test_a_row_that_is_as_it_was_costs_no_request_and_another_does(loop: Loop) -> None:
    loop()
    first = {each.loc: each for each in loop.items}
    spin = loop.weer()
    assert (spin.onvolledig, loop.site.keren("/zaak/"), loop.site.keren("/lijst")) == (None, 0, 3)
    assert {each.loc: each for each in loop.items} == first
    loop.site.zaken["z2"].gewijzigd = "2026-01-01"
    loop.site.zaken["z3"].bestanden["kaart.txt"] = b"nieuw, maar de lijst zegt het niet"
    loop.weer()
    assert (loop.site.keren("/zaak/z2"), loop.site.keren("/zaak/"), len(loop.items)) == (1, 1, 7)
    fields = {**REGELS["fields"], "kenmerk": "h1"}
    loop.bekend = loop.items
    loop(with_rules(fields=fields))
    assert loop.site.keren("/zaak/") == 7  # other rules: every page is read again


def test_of_an_item_of_which_only_some_files_were_told_the_page_is_asked_again(loop: Loop) -> None:
    loop.site.zaken["z1"].bestanden = {"a.pdf": b"x", "b.pdf": b"y"}
    loop()
    loop.bekend = [each for each in loop.items if not each.loc.endswith("b.pdf")]
    loop()
    assert (loop.site.keren("/zaak/"), len(loop.items)) == (1, 8)


def test_without_a_date_in_the_list_pages_are_asked_by_their_etag(loop: Loop) -> None:
    rules = with_rules(fields={k: v for k, v in REGELS["fields"].items() if k != "changed"})
    loop(rules)
    first = [each.loc for each in loop.items]
    assert all(each.lastmod is None for each in loop.items)
    loop.bekend = loop.items
    loop.site.zaken["z4"].bestanden["kaart.txt"] = b"nieuw"
    spin = loop(rules)
    assert (loop.site.keren("/zaak/"), spin.onvolledig) == (7, None)
    assert [each.loc for each in loop.items] == [*first[:5], f"{S}/stukken/z4/kaart.txt", *first[5:]]
    assert loop.site.zaken["z0"].titel in str(loop.items[0].gegevens)  # told by a 304


@pytest.mark.parametrize(
    ("blad", "warning"),
    [
        ((500, {}, b""), "list_missing"),
        ((200, {"Content-Type": "text/html"}, b"%PDF-1.7"), "list:no_html"),
        ((200, {}, b"<html><body><p>Onderhoud</p></body></html>"), "list:no_items"),
        ((404, {}, b""), "list_missing"),
    ],
)
def test_a_list_page_that_is_broken_or_has_moved_makes_it_incomplete(
    loop: Loop, blad: Any, warning: str
) -> None:
    loop.site.bladen["/lijst?pagina=2"] = blad
    spin = loop()
    assert (spin.onvolledig is None, loop.gewaarschuwd[warning], len(loop.items)) == (False, 1, 3)


def test_a_list_that_turns_in_a_circle_ends_and_is_told(loop: Loop) -> None:
    loop.site.bladen["/lijst?pagina=3"] = (200, {}, loop.site.lijst(3, volgende="?pagina=2").encode())
    spin = loop()
    assert (len(loop.items), loop.gewaarschuwd["pages_loop"], loop.site.keren("/lijst")) == (7, 1, 3)
    assert spin.onvolledig is None
    loop.site.bladen["/lijst?pagina=3"] = (200, {}, loop.site.lijst(2, volgende="?pagina=99").encode())
    spin = loop()
    assert (loop.gewaarschuwd["pages_repeat"], spin.onvolledig is None) == (1, False)


def test_a_list_without_end_is_cut_off(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    loop.site.zet(*(Zaak(f"y{n}") for n in range(100)))
    spin = loop(sitemaps=5)
    assert (len(loop.items), loop.gewaarschuwd["endless_pages"], spin.onvolledig is None) == (15, 1, False)
    spin = loop(documents=8)
    assert (len(loop.items), loop.gewaarschuwd["endless_documents"], spin.onvolledig is None) == (8, 1, False)
    assert loop.site.keren("/lijst") == 3
    monkeypatch.setattr(site_lijsten, "_MOST_BARREN", 4)
    for n in range(1, 20):
        more = f'<p class="leeg">Niets</p><a class="volgende" href="/maand/{n + 1}">Volgende</a>'
        loop.site.bladen[f"/maand/{n}"] = (200, {}, more.encode())
    spin = loop(with_rules(start=f"{S}/maand/1", empty="p.leeg"))
    assert (loop.site.keren("/maand"), spin.onvolledig is None, loop.gewaarschuwd["pages_repeat"]) == (
        4,
        False,
        1,
    )


def test_the_next_list_page_waits_while_many_pages_of_items_are_to_come(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "_MOST_OPEN", 1)
    assert (loop().onvolledig, len(loop.items), loop.tegelijk) == (None, 7, 3)


def test_a_page_is_walked_once_under_the_address_that_it_leads_to() -> None:
    told: list[str] = []
    way = Wandeling(
        ["https://a.example"], None, 9, meld=lambda soort, _: told.append(soort), onvolledig=told.append
    )
    blad = way.neem()
    assert blad is not None
    assert blad.url == "https://a.example/"
    way.verder(
        "https://a.example/woo",
        blad,
        way.gevolgd(blad, ["https://a.example/woo"]),
        rijen=1,
        nieuw=1,
        leeg=False,
    )
    assert (way.neem(), told) == (None, [])


def test_two_pages_that_name_each_other_are_a_whole_list(loop: Loop) -> None:
    loop.site.per_blad = 4
    loop.site.bladen["/lijst?pagina=2"] = (200, {}, loop.site.lijst(2, volgende="/lijst").encode())
    assert (loop().onvolledig, len(loop.items), loop.gewaarschuwd) == (None, 7, {})


def test_numbered_links_and_a_pattern_lead_to_every_page_once(loop: Loop) -> None:
    pager = "".join(f'<a class="nr" href="/lijst?pagina={n}">{n}</a>' for n in (1, 2, 3))
    for path, n in (("/lijst", 1), *((f"/lijst?pagina={n}", n) for n in (1, 2, 3))):
        body = loop.site.lijst(n).replace("</body>", f"{pager}</body>")
        loop.site.bladen[path] = (200, {}, body.encode())
    spin = loop(with_rules(next="a.nr"))
    assert (sorted(names(loop.items)), spin.onvolledig) == ([f"z{n}" for n in range(7)], None)
    assert loop.gewaarschuwd == {}
    for beyond in (None, (404, {}, b""), (200, {}, loop.site.lijst(3).encode())):
        loop.site.bladen = {} if beyond is None else {"/lijst?pagina=4": beyond}
        spin = loop(with_rules(next={"address": "?pagina={number}"}))
        assert (names(loop.items), spin.onvolledig) == ([f"z{n}" for n in range(7)], None)
        assert (loop.gewaarschuwd, loop.site.keren("/lijst")) == ({}, 4)
    loop.site.bladen = {}
    loop(with_rules(next={"address": "?pagina={number}"}, empty="ul"))
    assert loop.site.keren("/lijst") == 4
    loop.site.bladen["/lijst?verkeerd=2"] = (200, {}, loop.site.lijst(1).encode())
    loop(with_rules(next={"address": "?verkeerd={number}"}))
    assert loop.gewaarschuwd == {"pages_repeat": 1}


def test_an_empty_list_is_right_only_where_it_says_so(loop: Loop) -> None:
    loop.site.zaken = {}
    assert "no item" in str(loop().onvolledig)
    loop.site.bladen["/lijst"] = (200, {}, b'<p class="leeg">Geen besluiten</p>')
    assert loop(with_rules(empty="p.leeg")).onvolledig is None


def test_a_page_of_years_leads_to_its_lists(loop: Loop) -> None:
    years = (
        '<ul class="jaren"><li><a href="/lijst?pagina=1">2025</a><li><a href="/lijst?pagina=3">2024</a></ul>'
    )
    loop.site.bladen["/jaren"] = (200, {}, years.encode())
    for path, n in (("/lijst?pagina=1", 1), ("/lijst?pagina=3", 3)):
        loop.site.bladen[path] = (200, {}, loop.site.lijst(n, volgende="#").encode())
    spin = loop(with_rules(start=f"{S}/jaren", next=".jaren a, a.volgende", empty="ul.jaren"))
    assert (names(loop.items), spin.onvolledig, loop.gewaarschuwd) == (["z0", "z1", "z2", "z6"], None, {})


def test_what_misses_something_is_a_failure_and_what_is_known_of_it_stands(loop: Loop) -> None:
    loop()
    loop.bekend = loop.items
    loop.site.kop = "h2"
    loop.site.zaken["z0"].gewijzigd = "2026-01-01"
    loop.site.zet(Zaak("nieuw"))
    spin = loop()
    assert [each.fout for each in loop.mislukt] == ["missing: nothing is found by the rule title"] * 2
    assert (sorted(names(loop.items)), loop.gewaarschuwd["missing:title"]) == ([f"z{n}" for n in range(7)], 2)
    assert str(spin.onvolledig).startswith(f"{S}/zaak/z0")


def test_a_page_without_its_file_is_absent_and_many_of_them_are_a_site_that_changed(loop: Loop) -> None:
    loop()
    known = loop.bekend = loop.items
    for n, expected in ((1, None), (4, "4 of 4 pages that had a file have none now")):
        for zaak in list(loop.site.zaken.values())[:n]:
            zaak.gewijzigd, zaak.bestanden = "2026-01-01", {}
        loop.bekend = known
        spin = loop()
        assert (len(loop.items), loop.mislukt, loop.gewaarschuwd["missing:files"]) == (7 - n, [], n)
        assert expected is None if spin.onvolledig is None else str(expected) in spin.onvolledig


def test_pages_of_items_that_cannot_be_had(loop: Loop) -> None:
    loop()
    loop.bekend = [each for each in loop.items if "/z6/" not in each.loc]
    for zaak in loop.site.zaken.values():
        zaak.gewijzigd = "2026-01-01"
    loop.site.bladen = {
        "/zaak/z0": (404, {}, b""),
        "/zaak/z1": (500, {}, b""),
        "/zaak/z2": (200, {}, b"%PDF"),
        "/zaak/z6": (500, {}, b""),
    }
    spin = loop()
    assert names(loop.items) == ["z1", "z2", "z3", "z4", "z5"]
    assert [each.loc for each in loop.mislukt] == [f"{S}/zaak/z{n}" for n in (1, 2, 6)]
    assert str(spin.onvolledig).startswith((f"{S}/zaak/z1: http", f"{S}/zaak/z2: page"))
    assert loop.gewaarschuwd == {"detail_gone": 1, "detail_missing": 2, "detail:no_html": 1}
    loop.bekend = []
    spin = loop()
    assert (spin.onvolledig, len(loop.mislukt)) == (None, 4)  # nothing here depends on them


def test_a_document_of_an_organisation_that_is_not_known_is_not_taken_for_another(loop: Loop) -> None:
    loop.site.zaken["z1"].thema = "Gemeente Onbekend"
    fields = {**REGELS["fields"], "publisher": {"css": ".onderwerp", "map": {"Wegen": "u:zuiderveld"}}}
    spin = loop(with_rules(fields=fields))
    assert ([each.loc for each in loop.mislukt], spin.onvolledig) == ([f"{S}/zaak/z1"], None)
    assert {each.gegevens["publisher"]["resource"] for each in loop.items} == {"u:zuiderveld"}
    assert (loop.gewaarschuwd["not_in_map:publisher"], loop.gewaarschuwd["missing:publisher"]) == (1, 1)


def test_rows_may_hold_the_document_itself(loop: Loop) -> None:
    rows = "".join(f'<tr><td>Stuk {n}</td><td><a href="/s/{n}.pdf">pdf</a></td></tr>' for n in range(3))
    loop.site.bladen["/lijst"] = (200, {}, f"<table>{rows}<tr><td>Zonder</td></tr></table>".encode())
    fields = {"title": "td:first-child", "files": "a", "documentsoort": {"value": "u:besluit"}}
    spin = loop({"items": "tr", "fields": fields})
    assert [(each.loc, each.gegevens["titel"]) for each in loop.items] == [
        (f"{S}/s/{n}.pdf", f"Stuk {n}") for n in range(3)
    ]
    assert "groep" not in loop.items[0].gegevens
    (failed,) = loop.mislukt
    assert (failed.loc, failed.gegevens["titel"], spin.onvolledig) == (f"{S}/lijst#item-4", "Zonder", None)


def test_a_file_on_two_pages_belongs_to_the_first_in_the_list(loop: Loop) -> None:
    body = loop.site.pagina(loop.site.zaken["z5"]).replace("/stukken/z5/", "/stukken/z2/")
    loop.site.bladen["/zaak/z5"] = (200, {}, body.encode())
    loop()
    assert (len(loop.items), loop.gewaarschuwd) == (6, {"listed_twice": 1})
    assert loop.items[2].gegevens["groep"] == f"{S}/zaak/z2"


def test_a_dry_run_tells_what_each_rule_found(loop: Loop) -> None:
    loop.site.zaken["z1"].thema = "Onbekend"
    loop(voorbeelden=2)
    assert [each.wat for each in loop.gelezen].count("item") == 2
    loop.weer(voorbeelden=2)
    lists = [each for each in loop.gelezen if each.wat == "list"]
    assert (len(lists), lists[0].gevonden) == (3, {"items": ["3"], "next": [f"{S}/lijst?pagina=2"]})
    first, second = (each for each in loop.gelezen if each.wat == "item")
    assert first.gevonden == {
        "title": ["Zaak 0"],
        "files": [f"{S}/stukken/z0/besluit.txt (De besluit)"],
        "changed": ["2025-03-03"],
        "date": ["2025-03-03 (Gepubliceerd op 3 maart 2025)"],
        "thema": ["c_849842ac (Wegen)"],
        "omschrijving": ["Over de kade.\nEn meer."],
    }
    assert second.gevonden["thema"] == ["not in map: Onbekend"]
    assert loop.site.keren("/zaak/") == 2  # those that are shown are asked, though they did not change


def test_how_a_page_was_asked_is_nothing_that_changed(loop: Loop) -> None:
    loop()
    first = loop.items[0]
    again = replace(first, gegevens={**first.gegevens, "pagina_etag": "anders", "stand": "anders"})
    other = replace(first, gegevens={**first.gegevens, "titel": "anders"})
    assert vorm_van(first) == vorm_van(again) != vorm_van(other)


def test_a_rule_that_never_finds_anything_is_told(loop: Loop) -> None:
    loop(with_rules(fields={**REGELS["fields"], "kenmerk": ".nergens"}))
    assert loop.gewaarschuwd == {"never_found:kenmerk": 1}
