"""Exports: everything that a search finds, whole, to go on with after a cut, and nothing that was withdrawn."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest

from search_api import params, queries, walking
from search_api.exporting import COLUMNS
from search_api.gate import MAX_AGE, Gate
from search_api.parts import Parts
from search_api.routes import export as route
from tests.api.asking import Client, ask_raw
from tests.api.site import PUBLISHED, PublicSite
from woo.domain.document import Document
from woo.domain.errors import Unavailable
from woo.index.port import SearchResults
from woo.index.query import SearchQuery, Soort

KINDS = ("csv", "jsonl")


def rows_of(content: bytes, kind: str) -> list[dict[str, Any]]:
    """The rows, each with a cursor that is None where nothing follows."""
    if kind == "jsonl":
        return [json.loads(line) for line in content.splitlines()]
    read = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert read.fieldnames == list(COLUMNS)
    return [{**row, "cursor": row["cursor"] or None} for row in read]


@pytest.fixture
def filled(site: PublicSite, monkeypatch: pytest.MonkeyPatch) -> PublicSite:
    """Twenty-three documents, each published an hour after the one before; walked over in small steps."""
    monkeypatch.setattr(walking, "PER_QUESTION", 5)
    monkeypatch.setattr(walking, "PER_STEP", 2)
    publicatie = site.add_publicatie("Verzoek over stikstof", kenmerk="2024-1")
    for number in range(23):
        moment = PUBLISHED + timedelta(hours=number)
        site.add_document(publicatie, f"Nota {number}", aangemaakt_op=moment, gewijzigd_op=moment)
    return site


def titles(rows: list[dict[str, Any]]) -> list[str]:
    return [row["officieleTitel"] for row in rows]


NEWEST_FIRST = [f"Nota {number}" for number in reversed(range(23))]


@pytest.mark.parametrize("kind", KINDS)
def test_every_hit_is_in_it_once_and_as_many_as_were_told(filled: PublicSite, kind: str):
    answer = filled.visitor.get(f"/v1/export?formaat={kind}&zoek=nota")
    rows = rows_of(answer.content, kind)
    assert titles(rows) == NEWEST_FIRST
    assert answer.headers["woo-totaal"] == "23"
    assert f'-23.{kind}"' in answer.headers["content-disposition"]
    assert [row["cursor"] for row in rows].index(None) == 22


@pytest.mark.parametrize("kind", KINDS)
def test_it_goes_on_behind_any_row(filled: PublicSite, kind: str):
    rows = rows_of(filled.visitor.get(f"/v1/export?formaat={kind}&zoek=nota").content, kind)
    for place in (0, 4, 5, 21):
        rest = filled.visitor.get(f"/v1/export?formaat={kind}&zoek=nota&na={rows[place]['cursor']}")
        assert titles(rows_of(rest.content, kind)) == NEWEST_FIRST[place + 1 :]
        assert rest.headers["woo-totaal"] == "23"


@pytest.mark.parametrize("order", ["titel", "publicatiedatum", "-creatiedatum", "relevantie"])
def test_it_keeps_to_the_order_that_was_asked(filled: PublicSite, order: str):
    exported = rows_of(filled.visitor.get(f"/v1/export?formaat=jsonl&sorteer={order}").content, "jsonl")
    wanted = "-publicatiedatum" if order == "relevantie" else order
    searched = filled.visitor.get(f"/v1/documenten?aantal=100&sorteer={wanted}").json()["resultaten"]
    assert titles(exported) == titles(searched)


def test_it_can_be_taken_in_pieces(filled: PublicSite):
    found, na = [], ""
    while na is not None:
        piece = filled.visitor.get(f"/v1/export?formaat=csv&aantal=7{na and f'&na={na}'}")
        rows = rows_of(piece.content, "csv")
        assert len(rows) <= 7
        found += titles(rows)
        na = rows[-1]["cursor"]
    assert found == NEWEST_FIRST


def test_a_line_of_json_is_the_document_as_the_api_gives_it(site: PublicSite):
    publicatie = site.add_publicatie("Verzoek")
    document = site.add_document(publicatie, "Besluit over stikstof", ["De stikstof.", "Geen.", "Stikstof!"])
    [line] = rows_of(site.visitor.get("/v1/export?formaat=jsonl&zoek=stikstof").content, "jsonl")
    told = site.visitor.get(f"/v1/documenten/{document.id}").json()
    del told["relaties"]
    assert line == {**told, "aantalPaginasMetTreffers": 2, "cursor": None}


def test_a_row_tells_where_the_document_and_its_file_are(site: PublicSite):
    publicatie = site.add_publicatie("Verzoek", kenmerk="2024-7")
    document = site.add_document(publicatie, "=Besluit; over\nstikstof", ["De stikstof."], kenmerk="@1")
    site.add_document(publicatie, "Zonder bestand")
    content = site.visitor.get("/v1/export?formaat=csv&scheiding=puntkomma&sorteer=titel").content
    first, second = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    told = site.visitor.get(f"/v1/documenten/{document.id}").json()
    assert first["officieleTitel"] == "'=Besluit; over\nstikstof"
    assert first["kenmerk"] == "'@1"
    assert (first["url"], first["bestandUrl"]) == (told["url"], told["bestandUrl"])
    assert first["sha256"] == told["bestand"]["sha256"]
    assert first["publicatieKenmerk"] == "2024-7"
    assert (second["bestandUrl"], second["sha256"], second["cursor"]) == ("", "", "")


def test_what_finds_nothing_is_a_header_and_nothing_more(site: PublicSite):
    answer = site.visitor.get("/v1/export?formaat=csv&zoek=niets")
    assert (answer.headers["woo-totaal"], rows_of(answer.content, "csv")) == ("0", [])
    assert site.visitor.get("/v1/export?formaat=jsonl&zoek=niets").content == b""


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_withdrawn_is_not_in_it_and_the_last_row_still_says_that_it_is(filled: PublicSite, kind: str):
    for number in (0, 7, 22):
        filled.withdraw(named(filled, f"Nota {number}"))
    answer = filled.client().get(f"/v1/export?formaat={kind}")
    rows = rows_of(answer.content, kind)
    assert titles(rows) == [title for title in NEWEST_FIRST if title not in ("Nota 0", "Nota 7", "Nota 22")]
    assert (answer.headers["woo-totaal"], rows[-1]["cursor"]) == ("20", None)


class Begun:
    """An export whose pieces are taken one by one, over a clock of its own for the withdrawn list."""

    def __init__(self, site: PublicSite, query: str) -> None:
        self.now = 0.0
        parts: Parts = site.app().state.parts
        self.parts = replace(parts, gate=Gate(site.store, monotonic=lambda: self.now))
        wanted = route.read_wanted(queries.read(query.encode(), route.PARAMETERS))
        walk = walking.Walk(
            self.parts, params.question(wanted.values, Soort.DOCUMENT, site.lijsten), most=wanted.most
        )
        self.stream = route.export(self.parts, walk, wanted)


def named(site: PublicSite, titel: str) -> Document:
    [found] = [document for document, *_ in site.shown.values() if document.officiele_titel == titel]
    return found


def test_what_is_withdrawn_while_it_is_sent_is_left_out(filled: PublicSite):
    """The withdrawn list is looked at again for each group of rows, also of those that the index gave before."""
    begun = Begun(filled, "formaat=jsonl")
    seen = titles(rows_of(next(begun.stream), "jsonl"))
    assert seen == NEWEST_FIRST[:2]
    filled.withdraw(named(filled, NEWEST_FIRST[2]))
    begun.now += MAX_AGE
    rest = titles(rows_of(b"".join(begun.stream), "jsonl"))
    assert seen + rest == [title for title in NEWEST_FIRST if title != NEWEST_FIRST[2]]


def test_what_comes_and_goes_meanwhile_costs_no_other_row(filled: PublicSite):
    begun = Begun(filled, "formaat=jsonl")
    pieces = [next(begun.stream)]
    late = filled.add_document(
        filled.add_publicatie("Later"), "Nota later", aangemaakt_op=PUBLISHED + timedelta(days=9)
    )
    filled.index.delete(documenten=[named(filled, "Nota 5").id])
    filled.index.commit()
    pieces += begun.stream
    assert late.id not in b"".join(pieces).decode()
    assert titles(rows_of(b"".join(pieces), "jsonl")) == [
        title for title in NEWEST_FIRST if title != "Nota 5"
    ]


def test_when_the_engine_stops_halfway_the_stream_breaks_and_does_not_end(filled: PublicSite):
    class Stops:
        def search(self, query: SearchQuery, *, excluded: Any) -> SearchResults:
            if query.na:
                raise Unavailable("index", "down")
            return filled.index.search(query, excluded=excluded)

    app = filled.app(index=Stops())
    with pytest.raises(RuntimeError, match="already started"):
        ask_raw(app, "/v1/export", b"formaat=csv")
    assert ask_raw(app, "/v1/export", b"formaat=csv&aantal=5").status == 200


def test_before_it_begins_a_missing_engine_is_told_in_words(filled: PublicSite):
    class Down:
        def search(self, query: SearchQuery, *, excluded: Any) -> SearchResults:
            raise Unavailable("index", "down")

    assert Client(filled.app(index=Down())).get("/v1/export?formaat=zip").status_code == 503


@pytest.mark.parametrize(
    ("query", "names", "told"),
    [
        ("", ["formaat"], "csv, jsonl, zip"),
        ("formaat=pdf", ["formaat"], "'bestandsformaat'"),
        ("formaat=csv&formaat=pdf", ["formaat"], "maar één keer"),
        ("formaat=csv&scheiding=tab&aantal=0", ["scheiding", "aantal"], "komma, puntkomma"),
        ("formaat=csv&aantal=99999999", ["aantal"], "1 tot en met 10000000"),
        ("formaat=csv&facetten=true", ["facetten"], "bestaat niet"),
        ("formaat=csv&publisher=nergens", ["publisher"], "waardelijst organisaties"),
        ("formaat=csv&na=x", ["na"], "hoort niet bij deze zoekvraag"),
    ],
)
def test_what_cannot_be_exported_is_said_why(site: PublicSite, query: str, names: list[str], told: str):
    answer = site.visitor.get(f"/v1/export?{query}")
    assert answer.status_code == 400
    assert [fault["location"] for fault in answer.json()["errors"]] == names
    assert told in answer.json()["detail"]


def test_a_cursor_of_another_question_is_refused(filled: PublicSite):
    [first, *_] = rows_of(filled.visitor.get("/v1/export?formaat=jsonl&zoek=nota").content, "jsonl")
    assert filled.visitor.get(f"/v1/export?formaat=jsonl&na={first['cursor']}").status_code == 400


def test_the_kind_of_file_has_a_name_of_its_own_here(site: PublicSite):
    publicatie = site.add_publicatie("Verzoek")
    site.add_document(publicatie, "Een", ["Tekst."])
    site.add_document(publicatie, "Twee")
    rows = rows_of(site.visitor.get("/v1/export?formaat=csv&bestandsformaat=pdf").content, "csv")
    assert titles(rows) == ["Een"]


def test_head_tells_how_many_and_sends_nothing(filled: PublicSite):
    answer = filled.visitor.ask("HEAD", "/v1/export?formaat=jsonl")
    assert (answer.status_code, answer.headers["woo-totaal"], answer.content) == (200, "23", b"")


def opened(content: bytes) -> tuple[ZipFile, list[dict[str, Any]], list[dict[str, Any]]]:
    """The archive, its list of what was found, and its manifest of what is in it."""
    archive = ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    read = [
        [json.loads(line) for line in archive.read(name).splitlines()]
        for name in ("lijst.jsonl", "manifest.jsonl")
    ]
    return archive, read[0], read[1]


def test_a_zip_holds_the_files_with_a_list_in_front_and_digests_behind(site: PublicSite):
    publicatie = site.add_publicatie("Verzoek")
    first = site.add_document(publicatie, "Een", ["Tekst."], naam="nota.pdf", volgnummer=1)
    site.add_document(publicatie, "Zonder bestand", volgnummer=2)
    second = site.add_document(publicatie, "Twee", ["Andere tekst."], naam="../nota.pdf", volgnummer=3)
    answer = site.visitor.get("/v1/export?formaat=zip&sorteer=titel")
    archive, found, manifest = opened(answer.content)
    assert archive.namelist() == [
        "lijst.jsonl",
        "bestanden/000001-nota.pdf",
        "bestanden/000002-_nota.pdf",
        "manifest.jsonl",
        "SHA256SUMS",
    ]
    assert titles(found) == ["Een", "Twee", "Zonder bestand"]
    assert found[-1]["cursor"] is None
    for row, document in zip(manifest[1:3], (first, second), strict=True):
        assert document.bestand is not None
        assert (row["id"], row["sha256"]) == (document.id, document.bestand.digest)
        assert hashlib.sha256(archive.read(row["naam"])).hexdigest() == document.bestand.digest
    assert manifest[-1] == {"volledig": True, "aantal": 3}
    assert first.bestand is not None
    assert second.bestand is not None
    assert answer.headers["woo-bytes"] == str(first.bestand.grootte + second.bestand.grootte)


def test_a_file_withdrawn_while_the_zip_is_made_is_not_in_it(filled: PublicSite):
    publicatie = filled.add_publicatie("Bestanden")
    documents = [filled.add_document(publicatie, f"Stuk {n}", [f"Stuk {n}."]) for n in range(2)]
    begun = Begun(filled, "formaat=zip&zoek=stuk&sorteer=titel")
    pieces = [next(begun.stream), next(begun.stream)]
    filled.withdraw(documents[1])
    begun.now += MAX_AGE
    archive, found, manifest = opened(b"".join([*pieces, *begun.stream]))
    assert len(found) == 2
    assert [row.get("id") for row in manifest] == [None, documents[0].id, documents[1].id, None]
    assert manifest[2] == {"weggelaten": True, "id": documents[1].id, "reden": "Niet meer openbaar."}
    assert not any("000002" in name for name in archive.namelist())


@pytest.mark.parametrize("kind", [*KINDS, "zip"])
def test_nothing_of_what_was_withdrawn_before_is_in_any_of_them(site: PublicSite, kind: str):
    publicatie = site.add_publicatie("Verzoek")
    site.withdraw(site.add_document(publicatie, "Zonnewijzer", ["Zonnewijzer."], naam="zonnewijzer.pdf"))
    answer = site.visitor.get(f"/v1/export?formaat={kind}")
    assert answer.headers["woo-totaal"] == "0"
    assert b"zonnewijzer" not in answer.content.lower()


def test_an_export_understands_a_query_as_the_search_page_does(site: PublicSite):
    publicatie = site.add_publicatie("Verzoek")
    site.add_document(publicatie, "Nota over st")
    answer = site.visitor.get("/v1/export?formaat=jsonl&zoek=st*")
    assert answer.status_code == 200
    assert [json.loads(line)["officieleTitel"] for line in answer.text.splitlines()] == ["Nota over st"]
