"""Whole collections of PDFs go through the sandbox: every file ends as a reading or with one clear reason."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.corpus import hostile
from woo.sandbox import (
    FileReading,
    Limits,
    MemoryLimit,
    Sandbox,
    SandboxError,
    page_words,
    read_pdf,
    render_page,
)

CODES = {
    "empty_file",
    "not_a_pdf",
    "no_pages",
    "password_needed",
    "damaged",
    "too_many_pages",
    "time_limit",
    "memory_limit",
    "output_limit",
    "child_crashed",
}


def outcome(sandbox: Sandbox, path: Path) -> FileReading | SandboxError:
    try:
        return read_pdf(sandbox, path)
    except SandboxError as error:
        return error


def check_reading(reading: FileReading) -> None:
    assert [page.number for page in reading.pages] == list(range(1, len(reading.pages) + 1))
    assert any(page.error is None for page in reading.pages)
    for page in reading.pages:
        assert page.source in ("pdf", "pdfminer", "geen")
        assert (page.source == "geen") == (page.text == "")
        page.text.encode("utf-8")


def test_hostile_files_among_good_ones_cost_only_themselves(tmp_path: Path) -> None:
    contents = {
        "bomb": hostile.bomb(400),
        "lus": hostile.page_tree_loop(),
        "leeg": b"",
        "html": b"<html></html>" * 100,
        "slot": hostile.encrypted(user="geheim", owner="baas"),
        "half": hostile.truncated(0.5),
        "diep": hostile.nested_pages(3000),
    } | {f"brief{number}": hostile.letter(f"Brief {number}") for number in range(30)}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    limits = Limits(seconds=30, memory_bytes=256 * 2**20)
    with Sandbox(limits, processes=2) as sandbox, ThreadPoolExecutor(4) as pool:
        found = dict(
            zip(contents, pool.map(lambda name: outcome(sandbox, tmp_path / name), contents), strict=True)
        )
    codes = {name: result.code for name, result in found.items() if isinstance(result, SandboxError)}
    assert codes == {
        "bomb": "memory_limit",
        "lus": "too_many_pages",
        "leeg": "empty_file",
        "html": "not_a_pdf",
        "slot": "password_needed",
        "diep": "damaged",
    }
    for number in range(30):
        reading = found[f"brief{number}"]
        assert isinstance(reading, FileReading)
        assert reading.pages[0].text == f"Brief {number}"


@pytest.mark.needs("shared")
@pytest.mark.parametrize(("folder", "at_least"), [("nasty-pdf", 500), ("nl-gov-pdf", 114)])
def test_every_file_of_the_corpus_is_read_or_refused_with_a_reason(
    shared: Path, folder: str, at_least: int
) -> None:
    paths = sorted(path for path in (shared / "corpus" / folder).rglob("*") if path.is_file())
    with Sandbox(Limits(seconds=30), processes=2) as sandbox, ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda path: outcome(sandbox, path), paths))
    codes = Counter(result.code for result in results if isinstance(result, SandboxError))
    readings = [result for result in results if isinstance(result, FileReading)]
    assert set(codes) <= CODES
    assert len(readings) >= at_least
    for reading in readings:
        check_reading(reading)


@pytest.mark.needs("shared")
def test_words_and_pictures_of_hostile_files_agree_with_their_reading(shared: Path) -> None:
    paths = sorted((shared / "corpus" / "nasty-pdf").rglob("*.pdf"))[::6]
    with Sandbox(Limits(seconds=30), processes=1) as sandbox:
        drawn = 0
        for path in paths:
            reading = outcome(sandbox, path)
            if isinstance(reading, SandboxError):
                continue
            page = next(page for page in reading.pages if page.error is None)
            for word in page_words(sandbox, path, page.number, method=reading.method):
                assert page.text[word.start : word.end] == word.text
            try:
                drawn += len(render_page(sandbox, path, page.number, width=300, method=reading.method)) > 0
            except (SandboxError, MemoryLimit) as error:
                assert error.code in CODES | {"page_unreadable"}  # noqa: PT017 - either way is right
        assert drawn > 50
