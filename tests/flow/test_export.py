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
import typer

from search_api.export_command import write_export
from tests.api.pdfs import write_pdf
from tests.flow.commands import run, told
from tests.flow.installation import TESTER, WOO_VERZOEK, Installation
from woo.domain.document import Bestand
from woo.domain.errors import InvalidValue
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


def write(
    installation: Installation,
    kind: str,
    path: Path | None,
    *filters: str,
    query: str = "",
    resume: bool = False,
) -> str:
    """Export in this process, as the command does; returns what it says."""
    return write_export(installation.settings, kind, query, filters, output=path, resume=resume)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_file_that_was_cut_off_is_gone_on_with_and_is_then_the_same(
    installation: Installation, tmp_path: Path, kind: str
) -> None:
    whole, cut = tmp_path / f"heel.{kind}", tmp_path / f"half.{kind}"
    assert f"{COUNT} documents" in write(installation, kind, whole, query="kwartelwei")
    content = whole.read_bytes()
    assert len(set(ids(content, kind))) == COUNT
    for size in (0, 10, len(content) // 2, len(content) - 1):
        cut.write_bytes(content[:size])
        write(installation, kind, cut, query="kwartelwei", resume=True)
        assert cut.read_bytes() == content
    assert "whole already" in write(installation, kind, cut, query="kwartelwei", resume=True)
    assert cut.read_bytes() == content


def test_what_goes_to_stdout_is_what_the_api_gives(installation: Installation) -> None:
    ended = run(installation, "export", "csv", "-f", "bestandsformaat=pdf", "-f", "sorteer=titel")
    answer = installation.public().get("/v1/export?formaat=csv&bestandsformaat=pdf&sorteer=titel")
    assert (ended.returncode, ended.stdout) == (0, answer.content)
    assert f"{COUNT} documents" in told(ended)
    assert len(ids(ended.stdout, "csv")) == COUNT


def test_the_files_come_as_a_zip(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "alles.zip"
    write(installation, "zip", path)
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        assert sum(name.endswith(".pdf") for name in archive.namelist()) == COUNT


@pytest.mark.parametrize(
    ("kind", "naam", "filters", "resume", "code", "said"),
    [
        ("csv", None, [], True, 2, "needs a file"),
        ("zip", "x.zip", [], True, 2, "goes on with csv and jsonl"),
        ("csv", "bestaat.csv", [], False, 2, "exists"),
        ("csv", "nergens/x.csv", [], False, 1, "cannot be written"),
        ("csv", "x.csv", ["publisher"], False, 2, "no NAME=VALUE"),
        ("csv", "x.csv", ["publisherr=x"], False, 1, "Bedoelt u 'publisher'?"),
        ("csv", "y.csv", ["publisher=nergens"], False, 1, "waardelijst organisaties"),
    ],
)
def test_what_cannot_be_exported_is_said_why(
    installation: Installation,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    naam: str | None,
    filters: list[str],
    resume: bool,
    code: int,
    said: str,
) -> None:
    (tmp_path / "bestaat.csv").touch()
    with pytest.raises(typer.Exit) as ended:
        write(installation, kind, tmp_path / naam if naam else None, *filters, resume=resume)
    assert (ended.value.exit_code, said in capsys.readouterr().err) == (code, True)


def test_another_file_is_not_gone_on_with(
    installation: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "een.csv"
    for kind, content in (("csv", b"naam,aantal\r\nx,1\r\n"), ("jsonl", b'{"x": 1}\n'), ("jsonl", b"x\n")):
        path.write_bytes(content)
        with pytest.raises(InvalidValue, match="no export of this form"):
            write(installation, kind, path, resume=True)
        assert path.read_bytes() == content
    path.unlink()
    write(installation, "csv", path, "aantal=3", query="kwartelwei")
    with pytest.raises(typer.Exit):
        write(installation, "csv", path, query="nota", resume=True)
    assert "another search" in capsys.readouterr().err


def test_a_document_of_long_ago_that_is_published_now_comes_first_in_the_feed(
    installation: Installation, tmp_path: Path
) -> None:
    path = write_pdf(tmp_path / "archief.pdf", ["Archief\nOver kwartelwei in 1974."])
    platform = installation.platform
    stored = platform.archive.put(path)
    publicatie = create_publicatie(
        platform, TESTER, NieuwePublicatie("gm0153", "Oud archief", (WOO_VERZOEK,))
    )
    bestand = Bestand(stored.digest, "archief.pdf", "application/pdf", stored.grootte)
    nieuw = NieuwDocument("Brief uit 1974", bestand, creatiedatum=date(1974, 5, 1))
    add_document(platform, TESTER, publicatie.id, nieuw)
    publish(platform, TESTER, publicatie.id)
    installation.work()
    visitor = installation.public()
    for kind in ("atom", "rss"):
        feed = feedparser.parse(visitor.get(f"/feed.{kind}?zoek=kwartelwei").content)
        assert not feed.bozo
        assert len(feed.entries) == COUNT + 1
        assert feed.entries[0].title == "Brief uit 1974"
