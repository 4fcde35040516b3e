"""How far a run is: a bar for people, silence or a line now and then for logs, never a crash."""

import io

import pytest
from rich.console import Console

from ingest import progress
from ingest.kinds import KindCount
from ingest.progress import Count, ProgressBar


def shown(count: Count, *, terminal: bool, complete: bool = True) -> str:
    written = io.StringIO()
    console = Console(file=written, force_terminal=terminal, width=150, color_system=None)
    with ProgressBar(console) as bar:
        bar.show(count, complete=complete)
    return written.getvalue()


def test_a_terminal_sees_how_many_are_done_and_how_many_failed() -> None:
    text = shown(Count(found=40, done=10, pages=55, errors=3), terminal=True)
    assert "10/40" in text
    assert "3 errors" in text


@pytest.mark.parametrize("terminal", [True, False])
def test_each_kind_has_its_documents_pages_and_seconds(
    terminal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_EVERY", 0.0)
    kinds = {"pdf": KindCount(12, 11, 345, 6.7), "mail": KindCount(3, 3, 4, 0.2)}
    text = " ".join(shown(Count(found=40, done=14, kinds=kinds), terminal=terminal).split())
    for kind, documents, work in (("pdf", "11", "345 pages in 7 s"), ("mail", "3", "4 pages in 0 s")):
        assert kind in text
        after = text[text.rindex(f"{kind} ") :]
        assert after.index(documents) < after.index(work)


def test_the_total_is_not_told_before_everything_was_found() -> None:
    text = shown(Count(found=40, done=10), terminal=True, complete=False)
    assert "10/40" not in text
    assert "10/?" in text


def test_elsewhere_nothing_is_written_in_the_first_seconds() -> None:
    assert shown(Count(found=40, done=10), terminal=False) == ""


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize("count", [Count(), Count(found=5), Count(found=5, done=5, pages=9, errors=5)])
def test_any_count_can_be_shown(count: Count, complete: bool) -> None:
    assert "documents" in shown(count, terminal=True, complete=complete)


def test_the_bar_is_gone_when_the_run_was_interrupted() -> None:
    written = io.StringIO()
    console = Console(file=written, force_terminal=True, width=150)

    def run() -> None:
        with ProgressBar(console) as bar:
            bar.show(Count(found=2, done=1), complete=True)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run()
    assert "\x1b[?25h" in written.getvalue()  # the cursor is shown again
