"""Recognise the pages of documents that need it: side by side over all cores, also when one document has them all."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from ingest.textlayer import Choice, Doubt, choose, doubt_of
from woo.analysis.leesbaarheid import Leesbaarheid
from woo.domain.errors import WooError
from woo.sandbox import FileReading, PageText, Sandbox, SandboxError
from woo.sandbox.ocr import OcrOptions, OcrPage, recognise_page
from woo.sandbox.place import Place
from woo.sandbox.reading import PDFMINER, REPAIRED

NOT_INSTALLED = "text recognition is not installed (make system-packages)"
SWITCHED_OFF = "text recognition is switched off (ocr.enabled)"


class StoppedError(WooError):
    """The worker stops: what was recognised of this document is let go, and its job given back."""

    def __init__(self) -> None:
        super().__init__("text recognition was stopped")


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """What became of a page that was looked at: a text with the recognition it is from, or why there is none."""

    doubt: Doubt
    choice: Choice
    ocr: OcrPage | None = None
    error: str | None = None


@dataclass(slots=True)
class Outcome:
    """What recognition did for one document.

    Attributes:
        pages: Those that were looked at.
        over_limit: Those that were not, since there are more than one document may have.
        missing: Those that were not, since nothing can be recognised here, and why that is.
    """

    pages: dict[int, RecognisedPage] = field(default_factory=dict)
    over_limit: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    why_missing: str | None = None

    @property
    def was_used(self) -> bool:
        return bool(self.pages)


class Recognition:
    """Recognises pages with as many threads as the sandbox has processes; for all documents of a worker together.

    A document hands in a few pages at a time, so that a long one does not keep the others waiting.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        leesbaarheid: Leesbaarheid,
        options: OcrOptions | None,
        *,
        pages: int,
        processes: int,
        without: str = NOT_INSTALLED,
    ) -> None:
        """Prepare it.

        Args:
            sandbox: Where pages are recognised.
            leesbaarheid: Judges texts.
            options: How; None where it cannot be done.
            pages: Most pages of one document.
            processes: How many pages are recognised side by side.
            without: Why there are no options.
        """
        self._sandbox = sandbox
        self._leesbaarheid = leesbaarheid
        self._options = options
        self._most = pages
        self._without = without
        self._ahead = 2 * processes
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="ocr")
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._at_work: set[Place] = set()

    def look_at(self, read: FileReading, path: Path) -> Outcome:
        """Recognise the pages of a PDF that need it; `path` is that PDF. Returns when all are done.

        A page that cannot be recognised within its limits becomes an error of that page; the others go on.

        Raises:
            StoppedError: The worker stops.
        """
        doubts = [(page, doubt) for page in read.pages if (doubt := doubt_of(page, self._leesbaarheid))]
        outcome = Outcome()
        if not doubts:
            return outcome
        if self._options is None:
            outcome.missing, outcome.why_missing = [page.number for page, _ in doubts], self._without
            return outcome
        outcome.over_limit = [page.number for page, _ in doubts[self._most :]]
        repair = read.method in (REPAIRED, PDFMINER)
        for number, made in self._each(doubts[: self._most], path, repair=repair):
            outcome.pages[number] = made
        return outcome

    def stop(self) -> None:
        """Begin no further page and end those under way; documents at work raise StoppedError. May be repeated."""
        self._stopped.set()
        with self._lock:
            for place in self._at_work:
                place.end_call()
        self._threads.shutdown(wait=True)  # what is still in its queue ends at once

    def _each(
        self, doubts: Sequence[tuple[PageText, Doubt]], path: Path, *, repair: bool
    ) -> Iterator[tuple[int, RecognisedPage]]:
        """Hand the pages in, a few at a time, and give each as it is done."""
        waiting = iter(doubts)
        running: dict[Future[RecognisedPage], int] = {}
        try:
            while True:
                while len(running) < self._ahead and (following := next(waiting, None)) is not None:
                    running[self._submit(*following, path, repair=repair)] = following[0].number
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    number = running.pop(future)
                    if self._stopped.is_set() or future.cancelled():
                        raise StoppedError
                    yield number, future.result()
        finally:
            for future in running:
                future.cancel()
            wait(running)  # the file is being read until then

    def _submit(self, page: PageText, doubt: Doubt, path: Path, *, repair: bool) -> Future[RecognisedPage]:
        try:
            return self._threads.submit(self._recognise, page, doubt, path, repair=repair)
        except RuntimeError as error:  # the threads were shut down
            raise StoppedError from error

    def _recognise(self, page: PageText, doubt: Doubt, path: Path, *, repair: bool) -> RecognisedPage:
        layer = Choice(page.text, recognised=False)
        if self._options is None or self._stopped.is_set():
            raise StoppedError
        try:
            with self._sandbox.borrow() as place:
                ocr = self._on(place, path, page.number, self._options, repair=repair)
        except SandboxError as error:
            return RecognisedPage(doubt, layer, error=error.reason)
        choice = choose(page, doubt, ocr, self._leesbaarheid)
        return RecognisedPage(doubt, choice, ocr)

    def _on(self, place: Place, path: Path, number: int, options: OcrOptions, *, repair: bool) -> OcrPage:
        """Recognise a page where `stop` can end it."""
        with self._lock:
            if self._stopped.is_set():
                raise StoppedError
            self._at_work.add(place)
        try:
            return recognise_page(place, path, number, options=options, repair=repair)
        finally:
            with self._lock:
                self._at_work.discard(place)
