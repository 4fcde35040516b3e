"""Show how far a run is: a bar on a terminal, a line now and then elsewhere; always on stderr."""

import time
from dataclasses import dataclass, field
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from ingest.kinds import KindCount

_EVERY = 10.0


@dataclass(slots=True)
class Count:
    """How many items were found and are done, how many pages were read, how many failed, and what was done of each kind."""

    found: int = 0
    done: int = 0
    pages: int = 0
    errors: int = 0
    kinds: dict[str, KindCount] = field(default_factory=dict)


class ProgressBar:
    """Call `show` as often as you like; it draws on a terminal and prints every ten seconds elsewhere."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        self._started = time.monotonic()
        self._printed = self._started
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._kinds: dict[str, TaskID] = {}

    def __enter__(self) -> "ProgressBar":
        if self._console.is_terminal:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rates]}"),
                TimeRemainingColumn(),
                console=self._console,
                transient=True,
            )
            self._task = self._bar.add_task("documents", total=None, rates="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, count: Count, *, complete: bool) -> None:
        """Show these counts; `complete` says that everything has been found, so that time left can be told."""
        elapsed = max(time.monotonic() - self._started, 0.001)
        rates = f"{count.done / elapsed:.1f} documents/s, {count.pages / elapsed:.0f} pages/s, {count.errors} errors"
        if self._bar is not None and self._task is not None:
            total = count.found if complete else None
            self._bar.update(self._task, completed=count.done, total=total, rates=rates)
            self._show_kinds(self._bar, count)
        elif time.monotonic() - self._printed >= _EVERY:
            self._printed = time.monotonic()
            left = _left(count, elapsed) if complete else "still looking for files"
            kinds = "".join(f"; {kind} {one.documents}, {_work(one)}" for kind, one in count.kinds.items())
            self._console.print(
                f"{count.done} of {count.found} items, {rates}, {left}{kinds}",
                highlight=False,
                soft_wrap=True,
            )

    def _show_kinds(self, bar: Progress, count: Count) -> None:
        """A line for each kind below the whole; how many of a kind there will be is not known."""
        for kind, one in count.kinds.items():
            if kind not in self._kinds:
                self._kinds[kind] = bar.add_task(f"  {kind}", total=None, rates="")
            bar.update(self._kinds[kind], completed=one.documents, rates=_work(one))


def _work(count: KindCount) -> str:
    return f"{count.pages} pages in {count.seconds:.0f} s"


def _left(count: Count, elapsed: float) -> str:
    if not count.done:
        return "time left unknown"
    seconds = (count.found - count.done) * elapsed / count.done
    return f"about {seconds / 60:.0f} min left" if seconds >= 90 else f"about {seconds:.0f} s left"
