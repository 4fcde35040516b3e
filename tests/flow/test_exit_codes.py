"""How commands of `woo` end when something is wrong: the exit code, and words that name it."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.flow.commands import Ended, run, told
from tests.flow.installation import Installation


class Case(NamedTuple):
    """A command, what it must say, and the settings it is given."""

    words: tuple[str, ...]
    said: str
    environ: tuple[tuple[str, str], ...] = ()


KEY = ("key", "create", "--naam", "x")
NOWHERE = "/dev/null/nergens"
WRONG = {
    "no such command": Case(("inlezen",), "inlezen"),
    "ingest without path": Case(("ingest",), "Missing argument 'PATH"),
    "ingest of a path that is not there": Case(("ingest", "nergens"), "'nergens'"),
    "ingest with a report nowhere": Case(("ingest", ".", "--report", "nergens/r.json"), "'nergens/r.json'"),
    "withdraw without reason": Case(("withdraw", "x"), "--reason"),
    "work with no processes": Case(("work", "--processes", "0"), "--processes"),
    "reading a kind again that there is not": Case(("reextract", "--kind", "docks"), "Accepted: doc, docx"),
    "reading again by a version that is none": Case(
        ("reextract", "--older-than", "twee"), "'twee' was refused"
    ),
    "reading again by a version of another kind": Case(
        ("reextract", "--kind", "docx", "--older-than", "pdf-9"), "it is no version of what reads docx"
    ),
    "a port that is no number": Case(("serve", "--public-port", "acht"), "--public-port"),
    "a service that is none": Case(("service", "zoeken"), "there is no service 'zoeken'"),
    "a key for ever": Case((*KEY, "--rol", "lezer", "--dagen", "99999"), "--dagen"),
    "an unknown setting": Case(
        ("status",),
        "variable WOO_SITE__NAM: unknown setting; did you mean WOO_SITE__NAAM?",
        (("WOO_SITE__NAM", "x"),),
    ),
    "a value that is not accepted": Case(
        ("search", "brief"), "limits.pages: 'veel' was refused", (("WOO_LIMITS__PAGES", "veel"),)
    ),
}
REFUSED = {
    "an unknown publicatie": Case(("publish", "geen-id"), "There is no publicatie with id 'geen-id'"),
    "an unknown document": Case(("withdraw", "geen-id", "--reason", "x"), "'geen-id'"),
    "an unknown key": Case(("key", "revoke", "geen-id"), "'geen-id'"),
    "an unknown publisher": Case(("ingest", ".", "--publisher", "gm015"), "'gm015' was refused"),
    "publishing for nobody": Case(("ingest", ".", "--publish"), "--publisher CODE"),
}
UNREACHABLE = {
    "searching without an index": Case(("search", "brief"), "there is no index in"),
    "verifying without an index": Case(("verify",), "there is no index in"),
    "no registry": Case(
        ("status",), "The registry is not available", (("WOO_REGISTRY__URL", f"sqlite:///{NOWHERE}"),)
    ),
    "no archive": Case(
        ("ingest", "."), f"archive {NOWHERE} is not available", (("WOO_STORAGE__ARCHIVE", NOWHERE),)
    ),
    "no public store": Case(
        ("work",), f"public store {NOWHERE} is not available", (("WOO_STORAGE__PUBLIC", NOWHERE),)
    ),
}
CASES = {**WRONG, **REFUSED, **UNREACHABLE}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, no_colours: None) -> Installation:
    """One that holds nothing yet; every command makes what it needs."""
    return Installation(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="module")
def answers(installation: Installation) -> dict[str, Ended]:
    """All of them, run side by side."""

    def answer(case: Case) -> Ended:
        other = Installation(installation.home)
        other.environ.update(case.environ)
        return run(other, *case.words)

    with ThreadPoolExecutor(4) as threads:
        return dict(zip(CASES, threads.map(answer, CASES.values()), strict=True))


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage_is_exit_code_2_and_names_what_is_wrong(name: str, answers: dict[str, Ended]) -> None:
    assert_ended(answers[name], 2, WRONG[name])


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_exit_code_1_and_says_why(name: str, answers: dict[str, Ended]) -> None:
    assert_ended(answers[name], 1, REFUSED[name])
    assert len(answers[name].stderr.splitlines()) == 1


@pytest.mark.parametrize("name", UNREACHABLE)
def test_a_part_that_cannot_be_reached_is_exit_code_3_and_is_named(
    name: str, answers: dict[str, Ended]
) -> None:
    assert_ended(answers[name], 3, UNREACHABLE[name])
    assert len(answers[name].stderr.splitlines()) == 1


def assert_ended(ended: Ended, code: int, case: Case) -> None:
    assert (ended.returncode, ended.stdout) == (code, b""), ended
    assert case.said in told(ended)


def test_doctor_goes_on_to_the_end_and_tells_what_is_broken(installation: Installation) -> None:
    other = Installation(installation.home, WOO_REGISTRY__URL=f"sqlite:///{NOWHERE}")
    ended = run(other, "doctor", "--json")
    assert ended.returncode == 3
    broken = [finding for finding in json.loads(ended.stdout) if finding["level"] == "broken"]
    assert [finding["part"] for finding in broken] == ["registry"]
    assert NOWHERE in broken[0]["what"]


def test_log_lines_for_programs_are_json_on_stderr(installation: Installation, tmp_path: Path) -> None:
    other = Installation(tmp_path, WOO_LOGGING__LEVEL="info", WOO_LOGGING__FORMAT="json")
    ended = run(other, "work", "--until-idle", "--processes", "1")
    assert (ended.returncode, ended.stdout) == (0, b"")
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert "index_swapped" in {line["event"] for line in lines}
