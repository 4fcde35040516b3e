"""The tantivy index keeps the contract, and what only an index in a folder can show."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.contract.index_contract import SearchIndexContract
from tests.contract.index_entries import ask, document, fill, found
from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue, LeaseHeld, NotFound, Unavailable
from woo.index.port import Excluded
from woo.index.query import Filters, SearchQuery
from woo.index.tantivy_index import TantivyIndex, TantivyReader, follow
from woo.index.tantivy_index.names import (
    POINTER,
    VERSION_FILE,
    drop_index,
    index_folder,
    index_names,
    live_index,
    make_live,
    new_index,
)


class TestTantivyIndex(SearchIndexContract):
    @pytest.fixture
    def index(self, analysis: DutchAnalysis):
        index = TantivyIndex.open(None, analysis)
        yield index
        index.close()


class TestTantivyIndexInAFolder(SearchIndexContract):
    """The same through a reader beside the writer, as the public side has it."""

    @pytest.fixture
    def index(self, analysis: DutchAnalysis, tmp_path: Path):
        writer = TantivyIndex.open(tmp_path / "index", analysis)
        yield _Beside(writer, TantivyReader.open(tmp_path / "index", analysis))
        writer.close()


class _Beside:
    """Writes with the writer and asks the reader, which was opened when the index was empty."""

    def __init__(self, writer: TantivyIndex, reader: TantivyReader) -> None:
        self.upsert, self.delete, self.commit, self.ids = (
            writer.upsert,
            writer.delete,
            writer.commit,
            writer.ids,
        )
        self.search, self.count, self.pages_with_hits = reader.search, reader.count, reader.pages_with_hits
        self.refresh = reader.refresh


WRITE_IN_ANOTHER_PROCESS = """
import os, sys
from pathlib import Path
from tests.contract.index_entries import document
from woo.analysis import DutchAnalysis
from woo.index.tantivy_index import TantivyIndex

root, folder = map(Path, sys.argv[1:3])
index = TantivyIndex.open(folder, DutchAnalysis.load(root / "config" / "zoeken"))
index.upsert([document("a", "Nota", "raad")])
index.commit()
index.upsert([document(f"b{n}", "Nota", "raad " * 200) for n in range(50)])
index.delete(documenten=["a"])
print("written", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other_process(root: Path, tmp_path: Path):
    """Another process that committed `a`, then wrote more and has not committed that; it holds the writer."""
    command = [sys.executable, "-c", WRITE_IN_ANOTHER_PROCESS, str(root), str(tmp_path / "index")]
    process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "written\n"
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def test_a_second_writer_is_refused_and_readers_are_not(other_process, tmp_path, analysis):
    with pytest.raises(LeaseHeld):
        TantivyIndex.open(tmp_path / "index", analysis)
    assert found(TantivyReader.open(tmp_path / "index", analysis)) == {"a"}


def test_after_a_killed_writer_the_last_commit_stands_and_another_can_write(
    other_process, tmp_path, analysis
):
    other_process.kill()
    other_process.wait()
    index = TantivyIndex.open(tmp_path / "index", analysis)
    assert index.ids() == Excluded(frozenset({"a"}))
    assert found(fill(index, document("c", "Nota", "raad")), "raad") == {"a", "c"}
    index.close()


def test_a_rollback_forgets_what_was_not_committed(analysis):
    index = fill(TantivyIndex.open(None, analysis), document("a"))
    index.upsert([document("b")])
    index.delete(documenten=["a"])
    index.rollback()
    index.commit()
    assert index.ids().documenten == {"a"}
    index.close()


def test_a_closed_writer_forgot_what_was_not_committed_and_lets_another_write(tmp_path, analysis):
    index = fill(TantivyIndex.open(tmp_path, analysis), document("a"))
    index.upsert([document("b")])
    index.close()
    index.close()
    with pytest.raises(Unavailable):
        index.commit()
    again = TantivyIndex.open(tmp_path, analysis)
    assert again.ids().documenten == {"a"}
    again.close()


def test_an_index_of_another_version_is_refused_with_the_way_out(tmp_path, analysis):
    fill(TantivyIndex.open(tmp_path, analysis), document("a")).close()
    version = json.loads((tmp_path / VERSION_FILE).read_text())
    for field, value in (("schema", 999), ("analysis", "other")):
        (tmp_path / VERSION_FILE).write_text(json.dumps(version | {field: value}))
        for kind in (TantivyReader, TantivyIndex):
            with pytest.raises(Unavailable, match="woo reindex"):
                kind.open(tmp_path, analysis)


@pytest.mark.parametrize("content", ["", "{", "[]", '"x"'])
def test_a_broken_version_file_is_refused(tmp_path, analysis, content):
    (tmp_path / VERSION_FILE).write_text(content)
    with pytest.raises(Unavailable, match="woo reindex"):
        TantivyReader.open(tmp_path, analysis)


def test_a_reader_of_no_index_and_a_writer_in_a_strange_folder_are_refused(tmp_path, analysis):
    with pytest.raises(Unavailable):
        TantivyReader.open(tmp_path / "none", analysis)
    (tmp_path / "strange").mkdir()
    (tmp_path / "strange" / "letter.txt").write_text("not ours")
    with pytest.raises(Unavailable):
        TantivyIndex.open(tmp_path / "strange", analysis)


def test_a_folder_that_lost_its_index_is_unavailable_and_stays_as_it_is(tmp_path, analysis):
    fill(TantivyIndex.open(tmp_path, analysis), document("a", "Nota", "raad")).close()
    (tmp_path / "meta.json").unlink()
    with pytest.raises(Unavailable):
        TantivyReader.open(tmp_path, analysis)
    assert not (tmp_path / "meta.json").exists()


def test_a_damaged_index_is_unavailable_and_not_empty(tmp_path, analysis):
    fill(TantivyIndex.open(tmp_path, analysis), document("a", "Nota", "raad")).close()
    reader = TantivyReader.open(tmp_path, analysis)
    (tmp_path / "meta.json").write_text("{")
    with pytest.raises(Unavailable):
        ask(reader, "raad")


def made(root: Path, analysis: DutchAnalysis, *entries) -> str:
    name = new_index(root)
    fill(TantivyIndex.open(index_folder(root, name), analysis), *entries).close()
    return name


def test_a_following_reader_waits_for_the_first_index_and_follows_each_swap(tmp_path, analysis):
    reader = follow(tmp_path, analysis)
    with pytest.raises(Unavailable, match="woo reindex"):
        ask(reader)
    for round in ("a", "b", "c"):
        make_live(tmp_path, made(tmp_path, analysis, document(round)))
        reader.refresh()
        assert found(reader) == {round}
        assert reader.count(Filters()) == 1
    assert index_names(tmp_path) == ("v2-000001", "v2-000002", "v2-000003")


def test_swapping_and_dropping_under_constant_questions_fails_not_one(tmp_path, analysis):
    make_live(tmp_path, made(tmp_path, analysis, *(document(f"d{n}", "Nota", "raad") for n in range(10))))
    reader = follow(tmp_path, analysis)
    stop, answers, failures = threading.Event(), [0], []

    def ask_constantly():
        while not stop.is_set():
            try:
                total = ask(reader, "raad", facetten=("publisher",)).totaal
                answers[0] += 1
                if total != 10:
                    failures.append(total)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=ask_constantly) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        old = live_index(tmp_path)
        make_live(tmp_path, made(tmp_path, analysis, *(document(f"d{n}", "Nota", "raad") for n in range(10))))
        drop_index(tmp_path, old)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert answers[0] > 8


def test_commits_under_constant_questions_fail_none(tmp_path, analysis):
    writer = fill(TantivyIndex.open(tmp_path, analysis), document("d0", "Nota", "raad"))
    reader = TantivyReader.open(tmp_path, analysis)
    stop, failures, seen = threading.Event(), [], []

    def ask_constantly():
        while not stop.is_set():
            try:
                seen.append(ask(reader, "raad").totaal)
            except Exception as error:
                failures.append(error)

    thread = threading.Thread(target=ask_constantly)
    thread.start()
    for n in range(1, 40):
        fill(writer, document(f"d{n}", "Nota", "raad"))
        while not (seen and seen[-1] == n + 1) and not failures:
            time.sleep(0.001)
    stop.set()
    thread.join()
    writer.close()
    assert failures == []
    assert seen == sorted(seen)


def test_the_live_index_cannot_be_dropped_and_no_unknown_one_made_live(tmp_path, analysis):
    name = made(tmp_path, analysis, document("a"))
    make_live(tmp_path, name)
    with pytest.raises(InvalidValue):
        drop_index(tmp_path, name)
    with pytest.raises(NotFound):
        make_live(tmp_path, "v1-000099")
    for wrong in ("../elders", "", "v1", "actueel"):
        with pytest.raises(InvalidValue):
            index_folder(tmp_path, wrong)
    drop_index(tmp_path, "v1-000077")
    assert live_index(tmp_path) == name


@pytest.mark.parametrize("content", ["", "../elders", "v1-1\nv1-2"])
def test_a_pointer_that_names_no_index_is_refused(tmp_path, analysis, content):
    (tmp_path / POINTER).write_text(content)
    with pytest.raises(Unavailable, match="woo reindex"):
        ask(follow(tmp_path, analysis))


def test_an_old_reader_goes_on_when_its_index_is_dropped(tmp_path, analysis):
    old = made(tmp_path, analysis, document("a", "Nota", "raad"))
    make_live(tmp_path, old)
    reader = follow(tmp_path, analysis)
    assert found(reader, "raad") == {"a"}
    held = TantivyReader.open(index_folder(tmp_path, old), analysis)
    make_live(tmp_path, made(tmp_path, analysis, document("b", "Nota", "raad")))
    drop_index(tmp_path, old)
    assert found(held, "raad") == {"a"}
    held.refresh()
    assert held.search(SearchQuery()).hits[0].id == "a"
    assert found(reader, "raad") == {"b"}
