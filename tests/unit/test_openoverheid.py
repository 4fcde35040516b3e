"""The spider of open.overheid.nl's API by itself: long periods are halved, and odd metadata never break it."""

import json
import math
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from ingest.sources import openoverheid
from ingest.sources.bekend import Bekend
from ingest.sources.berichten import SourceItem, Waarschuwing, van_regel
from ingest.sources.opdracht import Crawlopdracht
from ingest.sources.openoverheid import OpenoverheidSpin
from ingest.sources.openoverheid_document import GeenBestand, documenten, id_van
from ingest.sources.schijf import PAD
from tests.servers.openoverheid import Akte, Loket

FILTERS = {"publishers": ["gemeente Enschede"], "categories": [], "since": None, "until": None, "text": ""}
A = "https://api.example"


class _Crawler:
    stats = None


async def _starting(spin: OpenoverheidSpin) -> list[Any]:
    return [request async for request in spin.start()]


def walk(loket: Loket, tmp_path: Path, **limits: int) -> OpenoverheidSpin:
    """Let a spider walk over an API without a network between them."""
    import asyncio

    usual = {"sitemaps": 10_000, "documents": 10_000}
    order = Crawlopdracht(
        "ontdek", "openoverheid", "http://api.example", [], "agent", str(tmp_path), False, 1, 0, 1, 0, 0, 0,
        10_000, 10_000_000, seconds=9, eigen=FILTERS, **{**usual, **limits},
    )  # fmt: skip
    spin = OpenoverheidSpin(order)
    spin.crawler = _Crawler()  # type: ignore[assignment]
    waiting = asyncio.run(_starting(spin))
    while waiting:
        request = waiting.pop()
        status, body = loket.antwoord("GET", request.url.removeprefix("http://api.example"))
        Path(request.meta[PAD]).write_bytes(body)
        response = Response(request.url, status=status, request=request)
        waiting += list(request.callback(response, **request.cb_kwargs))
    spin.closed("finished")
    return spin


def told(capsys: pytest.CaptureFixture[str]) -> tuple[list[SourceItem], Counter[str]]:
    found = [van_regel(line) for line in capsys.readouterr().out.splitlines()]
    warned = Counter({each.soort: each.aantal for each in found if isinstance(each, Waarschuwing)})
    return [each for each in found if isinstance(each, SourceItem)], warned


def full(days: int, per_day: int) -> Loket:
    loket = Loket()
    for day in range(days):
        moment = date(2025, 1, 1) + timedelta(days=day)
        loket.zet(*(Akte(f"aa-{day}-{n}", b"x", dag=moment) for n in range(per_day)))
    return loket


def test_a_long_period_is_halved_until_it_can_be_paged_through(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openoverheid, "_DEEPEST", 60)
    loket = full(20, 9)
    spin = walk(loket, tmp_path)
    items, _ = told(capsys)
    assert (len(items), len({each.loc for each in items})) == (180, 180)
    assert spin.onvolledig is None
    assert all(
        int(path.partition("start=")[2].partition("&")[0]) < 60 for path in loket.gevraagd if "start=" in path
    )


def test_a_day_with_too_many_documents_is_paged_through_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openoverheid, "_DEEPEST", 10)
    spin = walk(full(1, 120), tmp_path)
    assert (len(told(capsys)[0]), spin.onvolledig) == (120, None)


def test_pages_and_documents_end_at_their_limits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spin = walk(full(1, 120), tmp_path, sitemaps=2)
    items, warned = told(capsys)
    assert (len(items), warned["endless_pages"], spin.onvolledig is None) == (100, 1, False)
    spin = walk(full(1, 120), tmp_path, documents=70)
    items, warned = told(capsys)
    assert (len(items), warned["endless_documents"], spin.onvolledig is None) == (70, 50, False)


def test_odd_results_and_documents_without_a_file_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loket = full(1, 3)
    page = json.loads(loket.antwoord("GET", f"{openoverheid._API}/zoek?start=0&aantalResultaten=50")[1])
    page["resultaten"] += [{"document": {"id": "../x y"}}, 7, {"document": {"id": "bb-1", "publisher": None}}]
    loket.bladen["/zoek"] = (200, json.dumps({**page, "totaal": 6}).encode())
    loket.bladen["/zoek/aa-0-0"] = (200, b'{"versies": [{"nummer": 1, "bestanden": []}]}')
    spin = walk(loket, tmp_path)
    items, warned = told(capsys)
    assert len(items) == 2
    assert warned == {
        "document_without_file": 1,
        "result_without_id": 2,
        "detail_gone": 1,
        "search_incomplete": 1,
    }
    assert str(spin.onvolledig) == "a search tells of 6 documents and gives 4"


def _detail(**changes: Any) -> dict[str, Any]:
    return {**Loket().detail(Akte("aa-1", b"x")), **changes}


def test_the_newest_version_that_may_be_shown_is_taken() -> None:
    detail = _detail()
    (item,) = documenten(A, "aa-1", "2026", detail)
    assert (item.loc, item.gegevens["bestandsnaam"]) == (f"{A}/documenten/aa-1", "besluit.txt")
    detail["versies"][1] |= {"blokkades": ["embargo"], "zichtbaarheidsdatumtijd": "2999-01-01T00:00:00Z"}
    (item,) = documenten(A, "aa-1", "2026", detail)
    assert item.gegevens["bestandsnaam"] == "oud.txt"
    detail["versies"][1]["zichtbaarheidsdatumtijd"] = "2020-01-01T00:00:00"
    assert documenten(A, "aa-1", "2026", detail)[0].gegevens["bestandsnaam"] == "besluit.txt"
    withdrawn = {"nummer": 3, "oorzaak": "intrekking", "bestanden": []}
    for gone in (
        _detail(versies=[*detail["versies"], withdrawn]),
        _detail(plooiIntern={"publicatiestatus": "ingetrokken"}),
        _detail(versies=None),
    ):
        with pytest.raises(GeenBestand):
            documenten(A, "aa-1", "2026", gone)


@pytest.mark.parametrize("odd", [None, 3, "x", [], [None, 4], {}, {"id": 5, "label": []}, math.inf])
def test_odd_metadata_are_left_out(odd: Any) -> None:
    detail = _detail(documentrelaties=odd, plooiIntern=odd)
    detail["document"] = dict.fromkeys(detail["document"], odd)
    assert len(documenten(A, "aa-1", None, detail)) == 1
    assert len(documenten(A, "aa-1", None, _detail(document=odd))) == 1


def test_an_id_is_that_without_its_version() -> None:
    assert id_van("eef2edec-019e_1") == "eef2edec-019e"
    assert id_van("https://open.overheid.nl/documenten/ronl-12_b/") == "ronl-12_b"
    assert [id_van(each) for each in ("", "a b", None, 5, "..")] == [None] * 5


@pytest.mark.needs("shared")
def test_the_sample_of_the_real_api_is_read(shared: Path) -> None:
    detail = json.loads((shared / "standards/openoverheid/sample-detail-response.json").read_text("utf-8"))
    (item,) = documenten(A, "x", "2026", detail)
    assert item.lastmod == detail["versies"][0]["bestanden"][0]["hash"]
    assert item.gegevens["deel_van"].startswith(f"{A}/documenten/")
    assert {"publisher", "titel", "categorieen", "soorten", "taal"} <= set(item.gegevens)
    assert "identifiers" not in item.gegevens


def test_what_is_known_is_found_by_id(tmp_path: Path) -> None:
    rows = [
        {"sleutel": f"{A}/{n}", "gegevens": {"bron_id": "é-1", "mutatie": m, "merk": n}}
        for n, m in (("a", "2025"), ("b", "2026"))
    ]
    pad = tmp_path / "bekend.jsonl"
    pad.write_text("".join(json.dumps(row) + "\n" for row in [*rows, {"sleutel": "x", "gegevens": {}}]))
    bekend = Bekend(str(pad))
    assert [each.loc for each in bekend.van("é-1")] == [f"{A}/a", f"{A}/b"]
    assert [(each.loc, each.lastmod) for each in bekend.ongewijzigd("é-1", "2026")] == [(f"{A}/b", "b")]
    assert bekend.ongewijzigd("é-1", None) == bekend.van("x") == Bekend(None).van("é-1") == []
    bekend.sluit()


def test_a_document_of_which_a_run_that_stopped_told_only_some_files_is_asked_again(tmp_path: Path) -> None:
    pad = tmp_path / "bekend.jsonl"
    told = {"bron_id": "a-1", "mutatie": "2026", "merk": "m", "bestanden": 2}
    rows = [json.dumps({"sleutel": f"{A}/{n}", "gegevens": told}) + "\n" for n in ("een", "twee")]
    for count, expected in ((1, 0), (2, 2)):
        pad.write_text("".join(rows[:count]))
        bekend = Bekend(str(pad))
        assert len(bekend.ongewijzigd("a-1", "2026")) == expected
        bekend.sluit()
