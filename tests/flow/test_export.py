"""Exports and feeds on the real platform: whole, gone on with after a cut, and back-dated documents on top of the feed."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import feedparser
import pytest

from tests.api.pdfs import write_pdf
from tests.flow.commands import run, told
from tests.flow.installation import TESTER, WOO_VERZOEK, Installation
from woo.usecases.document import NieuwDocument, add_document
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish

COUNT = 12


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, no_colours: None) -> Iterator[Installation]:
    root = tmp_path_factory.mktemp("export")
    (root / "in").mkdir()
    (root / "home").mkdir()
    for number in range(COUNT):
        write_pdf(root / "in" / f"nota {number}.pdf", [f"Nota\nOver kwartelwei {number}."])
    with Installation(root / "home", WOO_WORKER__PROCESSES="1") as opened:
        opened.ingest(root / "in")
        yield opened


def ids(content: bytes, kind: str) -> list[str]:
    if kind == "jsonl":
        return [json.loads(line)["id"] for line in content.splitlines()]
    return [row["id"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_file_that_was_cut_off_is_gone_on_with_and_is_then_the_same(
    installation: Installation, tmp_path: Path, kind: str
) -> None:
    whole = tmp_path / f"heel.{kind}"
    ended = run(installation, "export", kind, "kwartelwei", "-o", str(whole))
    assert (ended.returncode, ended.stdout) == (0, b"")
    assert f"{COUNT} documents" in told(ended)
    content = whole.read_bytes()
    assert len(set(ids(content, kind))) == COUNT
    cut = tmp_path / f"half.{kind}"
    cut.write_bytes(content[: len(content) // 2])
    assert run(installation, "export", kind, "kwartelwei", "-o", str(cut), "--resume").returncode == 0
    assert cut.read_bytes() == content
    again = run(installation, "export", kind, "kwartelwei", "-o", str(cut), "--resume")
    assert "whole already" in told(again)
    assert cut.read_bytes() == content


def test_what_goes_to_stdout_is_what_the_api_gives(installation: Installation) -> None:
    ended = run(installation, "export", "csv", "-f", "bestandsformaat=pdf", "-f", "sorteer=titel")
    answer = installation.public().get("/v1/export?formaat=csv&bestandsformaat=pdf&sorteer=titel")
    assert ended.stdout == answer.content
    assert len(ids(ended.stdout, "csv")) == COUNT


def test_the_files_come_as_a_zip(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "alles.zip"
    assert run(installation, "export", "zip", "-o", str(path)).returncode == 0
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        assert sum(name.endswith(".pdf") for name in archive.namelist()) == COUNT


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["csv", "--resume"], 2, "needs a file"),
        (["zip", "-o", "{}/x.zip", "--resume"], 2, "goes on with csv and jsonl"),
        (["csv", "-o", "{}/bestaat.csv"], 2, "exists"),
        (["csv", "-o", "{}/bestaat.csv", "--resume"], 1, "no export of this form"),
        (["csv", "-o", "{}/andere.csv", "--resume"], 1, "another search"),
        (["csv", "-o", "{}/nergens/x.csv"], 1, "cannot be written"),
        (["csv", "-f", "publisher"], 2, "no NAME=VALUE"),
        (["csv", "-f", "publisherr=x"], 1, "Bedoelt u 'publisher'?"),
        (["csv", "x*"], 1, "drie letters"),
    ],
)
def test_what_cannot_be_exported_is_said_why(
    installation: Installation, tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    (tmp_path / "bestaat.csv").write_text("naam,aantal\r\nx,1\r\n")
    if "{}/andere.csv" in words:
        whole = run(installation, "export", "csv", "kwartelwei").stdout
        (tmp_path / "andere.csv").write_bytes(whole[: len(whole) // 2])
    ended = run(installation, "export", *(word.replace("{}", str(tmp_path)) for word in words))
    assert (ended.returncode, said in told(ended)) == (code, True), told(ended)


def test_a_document_of_long_ago_that_is_published_now_comes_first_in_the_feed(
    installation: Installation, tmp_path: Path
) -> None:
    path = write_pdf(tmp_path / "archief.pdf", ["Archief\nOver kwartelwei in 1974."])
    platform = installation.platform
    stored = platform.archive.put(path)
    publicatie = create_publicatie(
        platform, TESTER, NieuwePublicatie("Oud archief", "gm0153", (WOO_VERZOEK,))
    )
    raise AssertionError((stored, publicatie, NieuwDocument, add_document, publish, date, feedparser))
