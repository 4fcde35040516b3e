"""The spider of another installation's feed by itself: cursors that stand still or are refused, other shapes, limits."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from ingest.sources.berichten import Einde, SourceItem, Waarschuwing, van_regel
from ingest.sources.opdracht import Crawlopdracht
from ingest.sources.schijf import PAD
from ingest.sources.woo_feed import WooSpin
from ingest.sources.woo_gegevens import gegevens

SITE = "http://open.zuiderveld.example"
A, B = ("00000000-0000-4000-8000-00000000000" + each for each in "ab")
Answer = Callable[[str | None], tuple[int, Any]]


class _Crawler:
    stats = None


async def _starting(spin: WooSpin) -> list[Any]:
    return [request async for request in spin.start()]


def public(id: str, **changes: Any) -> dict[str, Any]:
    document = {
        "officieleTitel": f"Besluit {id[-1]}",
        "bestand": {"naam": "besluit.pdf", "sha256": id[-1] * 64},
        "vasteBestandUrl": f"{SITE}/v1/documenten/{id}/bestand/document.pdf",
        "bijlageVan": [],
        **changes,
    }
    return {"nummer": 1, "documentId": id, "status": "openbaar", "document": document, "publicatie": None}


def page(*changes: Any, volgende: str = "ed-1", meer: bool = False) -> tuple[int, dict[str, Any]]:
    return 200, {"wijzigingen": list(changes), "volgende": volgende, "meer": meer}


def walk(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    answer: Answer,
    *,
    na: str | None = None,
    **limits: int,
) -> tuple[list[SourceItem], Counter[str], Einde, list[str | None]]:
    """Let a spider walk over a feed without a network between them; what it told, and the cursors that it asked."""
    usual = {"sitemaps": 10, "documents": 10}
    order = Crawlopdracht(
        "ontdek", "woo", f"{SITE}/", [], "agent", str(tmp_path), False, 1, 0, 1, 0, 0, 0,
        10_000, 10_000_000, seconds=9, eigen={} if na is None else {"na": na}, **{**usual, **limits},
    )  # fmt: skip
    spin = WooSpin(order)
    spin.crawler = _Crawler()  # type: ignore[assignment]
    waiting, asked = asyncio.run(_starting(spin)), []
    while waiting:
        request = waiting.pop()
        assert request.url.startswith(f"{SITE}/v1/wijzigingen?aantal=100")
        asked.append(request.cb_kwargs["na"])
        status, body = answer(asked[-1])
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        Path(request.meta[PAD]).write_bytes(content)
        response = Response(request.url, status=status, request=request)
        waiting += list(request.callback(response, **request.cb_kwargs))
        assert len(asked) < 50
    spin.closed("finished")
    found = [van_regel(line) for line in capsys.readouterr().out.splitlines()]
    warned = Counter({each.soort: each.aantal for each in found if isinstance(each, Waarschuwing)})
    (einde,) = (each for each in found if isinstance(each, Einde))
    return [each for each in found if isinstance(each, SourceItem)], warned, einde, asked


def test_pages_are_followed_and_the_last_cursor_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = {"documentId": B, "status": "ingetrokken", "reden": "Er stond een naam in."}
    pages = {None: page(public(A), volgende="ed-1", meer=True), "ed-1": page(gone, volgende="ed-9")}
    items, warned, einde, asked = walk(tmp_path, capsys, pages.__getitem__)
    assert asked == [None, "ed-1"]
    assert (einde.compleet, einde.stand, einde.vervolg, warned) == (True, "ed-9", False, {})
    assert [(each.loc, each.lastmod) for each in items] == [
        (f"{SITE}/documenten/{A}", "a" * 64),
        (f"{SITE}/documenten/{B}", None),
    ]
    assert items[1].gegevens == {"ingetrokken": {"reden": "Er stond een naam in."}}
    _, _, einde, asked = walk(tmp_path, capsys, lambda na: page(volgende="ed-9"), na="ed-9")
    assert (asked, einde.compleet, einde.stand, einde.vervolg) == (["ed-9"], True, "ed-9", True)


@pytest.mark.parametrize("status", [400, 410])
def test_a_cursor_that_is_refused_makes_it_begin_anew_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    def answer(na: str | None) -> tuple[int, Any]:
        return (status, {}) if na == "ed-9" else page(public(A), volgende="nieuw-1")

    items, warned, einde, asked = walk(tmp_path, capsys, answer, na="ed-9")
    assert (asked, len(items), warned) == (["ed-9", None], 1, {"feed_begun_anew": 1})
    assert (einde.compleet, einde.stand, einde.vervolg) == (True, "nieuw-1", False)
    _, _, einde, asked = walk(tmp_path, capsys, lambda na: (status, {}), na="ed-9")
    assert (asked, einde.compleet, einde.stand) == (["ed-9", None], False, None)


def test_a_cursor_that_stands_still_or_goes_round_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, warned, einde, asked = walk(tmp_path, capsys, lambda na: page(public(A), meer=True))
    assert (asked, einde.compleet, einde.stand) == ([None, "ed-1"], False, None)
    assert warned == {"feed_stands_still": 1}
    round_ = {None: "x", "x": "y", "y": "x"}
    _, warned, einde, asked = walk(tmp_path, capsys, lambda na: page(volgende=round_[na], meer=True))
    assert (asked, einde.compleet, warned) == ([None, "x", "y"], False, {"feed_stands_still": 1})


def test_pages_and_documents_end_at_their_limits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def endless(na: str | None) -> tuple[int, Any]:
        number = int(na or 0) + 1
        return page(*[public(A)] * 3, volgende=str(number), meer=True)

    _, warned, einde, asked = walk(tmp_path, capsys, endless, sitemaps=4, documents=1000)
    assert (len(asked), einde.compleet, einde.stand, warned) == (4, False, None, {"endless_pages": 1})
    items, warned, einde, asked = walk(tmp_path, capsys, endless, documents=4)
    assert (len(items), len(asked), einde.compleet, warned["endless_documents"]) == (4, 2, False, 2)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        {},
        page(public(A))[1] | {"volgende": 7},
        page(public(A))[1] | {"volgende": "x" * 201},
        page(public(A))[1] | {"meer": "nee"},
        page(7)[1],
        page({"documentId": "../x", "status": "openbaar"})[1],
        page({"documentId": A, "status": "misschien"})[1],
        page({"documentId": A, "status": "openbaar"})[1],
        page(public(A, bestand={"sha256": "kort"}))[1],
    ],
)
def test_a_feed_of_another_shape_is_not_seen_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: Any
) -> None:
    items, warned, einde, _ = walk(tmp_path, capsys, lambda na: (200, body), na="ed-1")
    assert (items, einde.compleet) == ([], False)
    assert sum(warned.values()) == 1


def test_a_document_without_a_file_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items, warned, einde, _ = walk(
        tmp_path, capsys, lambda na: page(public(A, bestand=None, vasteBestandUrl=None), public(B))
    )
    assert (len(items), einde.compleet, warned) == (1, True, {"document_without_file": 1})


def test_metadata_are_those_of_every_kind_of_source() -> None:
    waarde = {"code": "x", "uri": "https://u.example/x", "naam": "X"}
    ref = {"label": "X", "resource": "https://u.example/x"}
    document = {
        "officieleTitel": "Besluit",
        "kenmerk": "Z-1",
        "publisher": waarde,
        "informatiecategorieen": [waarde, {}, 3],
        "documentsoort": None,
        "creatiedatum": "2026-01-31",
        "taal": "nl",
        "publicatie": {"id": A, "titel": "Dossier", "kenmerk": None},
    }
    said = gegevens(document, {"omschrijving": "Over de kade.", "kenmerk": "D-1"})
    assert said == {
        "publisher": ref,
        "titel": "Besluit",
        "categorieen": [ref],
        "identifiers": ["Z-1"],
        "creatiedatum": "2026-01-31",
        "taal": {"bcp47": "nl"},
        "publicatie": {"id": A, "titel": "Dossier", "omschrijving": "Over de kade.", "kenmerk": "D-1"},
    }


@pytest.mark.parametrize("odd", [None, 3, "x", [], [None, 4], {}, {"uri": 5, "naam": []}])
def test_odd_metadata_are_left_out(odd: Any) -> None:
    keys = ("publisher", "informatiecategorieen", "documentsoort", "themas", "kenmerk", "taal", "publicatie")
    assert "publisher" not in gegevens(dict.fromkeys(keys, odd), {"officieleTitel": odd})
