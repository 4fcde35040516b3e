"""How far a run is: a bar for people, silence or a line now and then for logs, never a crash."""

import io

import pytest
from rich.console import Console

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
