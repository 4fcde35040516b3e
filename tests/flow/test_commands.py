"""Every command of `woo` as scripts meet it: what goes to stdout and what to stderr, and the shape of its JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.report import STATES
from tests.api.pdfs import write_pdf
from tests.flow.commands import Ended, as_json, run
from tests.flow.installation import ENSCHEDE, Installation


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("commands") / "in"
    (root / "dossier").mkdir(parents=True)
    brief = write_pdf(root / "dossier" / "brief.pdf", ["Brief\nOver kwartelwei.", "Vervolg."])
    (root / "dossier" / "kopie.pdf").write_bytes(brief.read_bytes())
    write_pdf(root / "besluit.pdf", ["Besluit\nOver zilverreiger."])
    (root / "leeg.pdf").write_bytes(b"")
    (root / "film.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(200))
    return root


@pytest.fixture(scope="module")
def installation(folder: Path, no_colours: None) -> Iterator[Installation]:
    home = folder.parent / "home"
    home.mkdir()
    with Installation(home, WOO_WORKER__PROCESSES="1", WOO_LOGGING__LEVEL="info") as opened:
        yield opened


@pytest.fixture(scope="module")
def taken_in(installation: Installation, folder: Path) -> tuple[Ended, dict[str, Any]]:
    """The first command of all: an ingest of good and bad files, and its report."""
    report = folder.parent / "report.json"
    words = ["ingest", str(folder), "--publisher", ENSCHEDE, "--publish", "--report", str(report)]
    return run(installation, *words), json.loads(report.read_text("utf-8"))


@pytest.fixture(scope="module")
def brief(taken_in: tuple[Ended, dict[str, Any]]) -> str:
    return next(str(item["document"]) for item in taken_in[1]["items"] if item["path"] == "dossier/brief.pdf")


def test_ingest_tells_the_account_on_stdout_and_the_log_on_stderr(
    taken_in: tuple[Ended, dict[str, Any]],
) -> None:
    ended, _ = taken_in
    assert ended.returncode == 1
    lines = [line.split() for line in ended.stdout.decode().splitlines()]
    assert lines[:7] == [
        ["2", "indexed"],
        ["1", "duplicate"],
        ["1", "quarantined"],
        ["1", "skipped"],
        ["5", "discovered"],
        [],
        ["documents", "pages", "seconds", "items", "kind"],
    ]
    assert sum(int(line[3]) for line in lines[7:]) == 5
    assert "index_swapped" in ended.stderr.decode()


def test_the_report_holds_every_item_and_its_states_add_up(taken_in: tuple[Ended, dict[str, Any]]) -> None:
    _, report = taken_in
    assert list(report) == ["discovered", "states", "kinds", "items"]
    assert tuple(report["states"]) == STATES
    assert report["discovered"] == sum(report["states"].values()) == len(report["items"]) == 5
    keys = ["path", "sha256", "state", "reason", "document", "pages", "text_source", "seconds", "kind"]
    assert all(list(item) == keys for item in report["items"])
    items = {item["path"]: item for item in report["items"]}
    assert set(items) == {
        "besluit.pdf",
        "dossier/brief.pdf",
        "dossier/kopie.pdf",
        "leeg.pdf",
        "film.mp4",
    }
    found = items["dossier/brief.pdf"]
    assert (found["state"], found["reason"], found["pages"], found["text_source"]) == (
        "indexed",
        None,
        2,
        "pdf",
    )
    assert len(found["sha256"]) == 64
    assert items["leeg.pdf"]["reason"].startswith("empty_file")


def test_status_tells_counts_queue_and_failures(installation: Installation, brief: str) -> None:
    seen = as_json(run(installation, "status", "--json"))
    assert list(seen) == [
        "publicaties",
        "documenten",
        "leesbaarheid",
        "items",
        "getoond",
        "wachtrij",
        "rust",
        "mislukt",
        "volgen",
    ]
    assert (seen["publicaties"]["gepubliceerd"], seen["documenten"]["gelezen"]) == (2, 2)
    assert seen["getoond"] == {"document": 2, "publicatie": 2}
    assert set(seen["wachtrij"].values()) == {0}
    assert (seen["rust"], seen["mislukt"]) == ([], [])


def test_search_gives_the_json_of_the_api(installation: Installation, brief: str) -> None:
    told = as_json(run(installation, "search", "kwartelwei", "--json"))
    api = installation.public().get("/v1/documenten", {"zoek": "kwartelwei"}).json()
    assert told == api
    assert [hit["id"] for hit in told["resultaten"]] == [brief]


def test_search_tells_a_reader_the_total_and_the_titles(installation: Installation, brief: str) -> None:
    lines = run(installation, "search", "zilverreiger").stdout.decode().splitlines()
    assert lines[0] == "1 document"
    assert "besluit" in lines[2]
    long = run(installation, "search", "b" * 2001, "--json")
    assert (long.returncode, long.stdout) == (1, b"")
    assert "Maak de vraag korter" in long.stderr.decode()


def test_publish_and_withdraw_say_what_was_done(installation: Installation, folder: Path) -> None:
    concept = folder.parent / "concept"
    concept.mkdir()
    write_pdf(concept / "advies.pdf", ["Advies\nOver grutto."])
    ready = run(installation, "ingest", str(concept), "--publisher", ENSCHEDE)
    assert (ready.returncode, ready.stdout.split()[:4]) == (0, [b"1", b"ready", b"1", b"discovered"])
    with installation.platform.registry.read() as reading:
        [id] = [each.id for each in reading.publicaties() if each.status == "concept"]
    published = run(installation, "publish", id)
    assert (published.returncode, published.stdout.decode()) == (0, f"{id} gepubliceerd\n")
    worked = run(installation, "work", "--until-idle", "--processes", "1")
    assert (worked.returncode, worked.stdout) == (0, b"")
    assert installation.public().zoek("grutto")["totaal"] == 1
    withdrawn = run(installation, "withdraw", id, "--reason", "Er staat een naam in.")
    assert (withdrawn.returncode, withdrawn.stdout.decode()) == (0, f"{id} ingetrokken\n")
    assert installation.public().zoek("grutto")["totaal"] == 0


def test_retry_tells_how_much_is_tried_again(installation: Installation, brief: str) -> None:
    ended = run(installation, "retry")
    assert (ended.returncode, ended.stdout) == (0, b"0 jobs and 0 documents are tried again.\n")
    unknown = run(installation, "retry", "geen-id")
    assert (unknown.returncode, unknown.stderr) == (1, b"woo: nothing failed with id geen-id\n")


def test_reindex_and_then_verify_find_no_difference(installation: Installation, brief: str) -> None:
    built = run(installation, "reindex")
    assert (built.returncode, built.stdout) == (0, b"The index was built anew.\n")
    assert as_json(run(installation, "verify", "--json")) == []
    assert brief in installation.in_index().documenten


def test_doctor_names_every_part_and_whether_it_works(installation: Installation, brief: str) -> None:
    findings = as_json(run(installation, "doctor", "--json"))
    assert all(list(finding) == ["part", "level", "what"] for finding in findings)
    levels = {finding["part"]: finding["level"] for finding in findings}
    assert levels["registry"] == levels["tantivy"] == levels["sqlite"] == "ok"
    assert {"chromium", "ocr", "home", "archive"} <= set(levels)
    assert " documents; " in next(each["what"] for each in findings if each["part"] == "registry")


def test_verify_tells_differences_with_exit_code_1(installation: Installation, brief: str) -> None:
    installation.platform.public.hide(brief)
    ended = run(installation, "verify", "--json")
    assert ended.returncode == 1
    [found] = json.loads(ended.stdout)
    assert (found["part"], found["object_id"], found["repaired"]) == ("public store", brief, False)
    assert set(found) == {"part", "object_id", "what", "repaired"}
    repaired = run(installation, "verify", "--repair")
    assert (repaired.returncode, repaired.stdout.splitlines()[-1]) == (0, b"1 differences")
    assert installation.public().get(f"/v1/documenten/{brief}").status_code == 200


def test_a_key_is_made_listed_and_revoked(installation: Installation) -> None:
    made = run(installation, "key", "create", "--naam", "zaaksysteem", "--rol", "lezer", "--dagen", "3")
    assert made.returncode == 0
    [secret] = made.stdout.decode().splitlines()
    assert secret.startswith("woo_")
    assert secret not in made.stderr.decode()
    [key] = as_json(run(installation, "key", "list", "--json"))
    assert (key["naam"], key["rol"], key["staat"]) == ("zaaksysteem", "lezer", "valid")
    revoked = run(installation, "key", "revoke", key["id"])
    assert (revoked.returncode, revoked.stdout) == (0, b"")
    [key] = as_json(run(installation, "key", "list", "--json"))
    assert key["staat"] == "revoked"


def test_bench_measures_in_an_installation_of_its_own(installation: Installation, folder: Path) -> None:
    small = ["--documents", "2", "--pages", "1", "--queries", "2", "--json"]
    [searched] = as_json(run(installation, "bench", "search", *small))
    assert searched["pages"] == 2
    assert {timing["kind"] for timing in searched["timings"]} == {"word", "phrase", "boolean", "prefix"}
    small = ["--processes", "1", "--rounds", "1", "--json"]
    own = folder.parent / "bench"
    own.mkdir()
    write_pdf(own / "brief.pdf", ["Brief\nOver kwartelwei.", "Vervolg."])
    extracted = as_json(run(installation, "bench", "extract", str(own), *small))
    assert extracted["ours"]["pages"] == extracted["bare"]["pages"] == 2
    assert extracted["ratio"] > 0
