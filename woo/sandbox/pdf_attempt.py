"""One way to read the pages of a PDF, carried on past the pages that crash it or hold it up."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from woo.sandbox.errors import ChildCrashed, FileRefused, MemoryLimit, OutputLimit, SandboxError, TimeLimit
from woo.sandbox.frames import Frame
from woo.sandbox.limits import Limits
from woo.sandbox.page_text import clean
from woo.sandbox.place import Bounds, Place
from woo.sandbox.reading import PDFMINER, REPAIRED, PageText
from woo.sandbox.refusals import REASONS, refused

_MOST_STRIKES = 5
"""How many pages may cost a child before the whole file is given up."""

_PATIENCE = 0.25
"""Share of the time limit that one page may take."""


@dataclass(slots=True)
class Attempt:
    """What one method has given of a file so far."""

    method: str
    limits: Limits
    pages: dict[int, PageText] = field(default_factory=dict)
    docinfo: dict[str, str] = field(default_factory=dict)
    count: int | None = None
    is_cut: bool = False
    """Whether the list of pages is damaged, so that there may be more than were found."""
    limits_hit: list[SandboxError] = field(default_factory=list)
    output_bytes: int = 0
    cut: str | None = None
    """Where and why reading stopped before the last page."""

    @property
    def failed(self) -> list[int]:
        """The numbers of the pages that could not be read."""
        return [number for number, page in self.pages.items() if page.error is not None]

    @property
    def was_slow(self) -> bool:
        """Whether a limit of time or output was passed, so that slower methods need not try."""
        return any(isinstance(error, TimeLimit | OutputLimit) for error in self.limits_hit)

    def take(self, frame: Frame) -> None:
        """Take a part of the child's answer, believing nothing of it.

        Raises:
            ChildCrashed: It is not what was asked for.
            OutputLimit: All pages together hold more than one answer may.
        """
        self.output_bytes += len(frame.body)
        if self.output_bytes > self.limits.output_bytes:
            raise OutputLimit(self.limits.output_bytes)
        match frame.header:
            case {"pages": int() as count, "docinfo": dict() as docinfo} if 0 < count <= self.limits.pages:
                self.count, self.is_cut = count, frame.header.get("cut") is True
                self.docinfo |= {str(key): text for key, text in docinfo.items() if isinstance(text, str)}
            case {"page": int() as number, "error": str() as code}:
                self._add(number, "", error=REASONS.get(code, REASONS["text_unreadable"]))
            case {"page": int() as number, "image": bool()}:
                self._add(number, decode_page(frame.body), header=frame.header)
            case _:
                raise ChildCrashed("its process sent something that is not a page")

    def give_up_page(self, error: SandboxError) -> bool:
        """Put the page at which the child ended aside; False when the file itself is at fault."""
        self.limits_hit.append(error)
        following = self.following()
        if self.count is None or following > self.count or len(self.limits_hit) > _MOST_STRIKES:
            return False
        self._add(following, "", error=error.reason)
        return True

    def give_up_rest(self, error: SandboxError) -> bool:
        """Put all pages that have not come aside; False when none was read before."""
        if self.count is None or len(self.failed) == len(self.pages):
            return False
        self.limits_hit.append(error)
        self.cut = f"it was read as far as page {self.following() - 1}: {error.reason}"
        for number in range(self.following(), self.count + 1):
            self._add(number, "", error=error.reason)
        return True

    def following(self) -> int:
        """Give the number of the first page that has not come yet."""
        return max(self.pages, default=0) + 1

    def _add(
        self,
        number: int,
        text: str,
        *,
        error: str | None = None,
        header: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        if self.count is None or not 1 <= number <= self.count or number in self.pages:
            raise ChildCrashed("its process sent a page that was not asked for")
        shown = text if text.strip() else ""
        source = ("pdfminer" if self.method == PDFMINER else "pdf") if shown else "geen"
        share, lost = header.get("share"), header.get("lost")
        self.pages[number] = PageText(
            number,
            shown,
            source,
            error,
            header.get("image") is True,
            image_share=float(share) if isinstance(share, int | float) and 0 <= share <= 1 else 0.0,
            is_drawn=header.get("drawn") is True,
            lost=lost if isinstance(lost, int) and lost > 0 else 0,
        )


def attempt(place: Place, path: Path, *, method: str, deadline: float) -> Attempt:
    """Read all pages with one method; the pages that came before the limit of time or output are kept.

    Raises:
        FileRefused: This method cannot read the file.
        SandboxError: A limit was passed before or outside the pages, or at too many of them.
    """
    task = "woo.sandbox.pdfminer_text:read" if method == PDFMINER else "woo.sandbox.pdfium_text:read"
    made = Attempt(method, place.limits)
    while True:
        params: dict[str, object] = {
            "first": made.following(),
            "pages": place.limits.pages,
            "repair": method == REPAIRED,
        }
        try:
            _call(place, task, path, params=params, into=made, deadline=deadline)
        except (TimeLimit, MemoryLimit, OutputLimit, ChildCrashed) as error:
            is_over = isinstance(error, OutputLimit) or time.monotonic() >= deadline
            if is_over and made.give_up_rest(error):
                return made
            if is_over or not made.give_up_page(error):
                raise
            if made.count is not None and made.following() > made.count:
                return made  # it was the last page
        else:
            _check_complete(made)
            return made


def _call(
    place: Place, task: str, path: Path, *, params: dict[str, object], into: Attempt, deadline: float
) -> None:
    seconds = max(deadline - time.monotonic(), 0.001)
    bounds = Bounds(seconds=seconds, patience=place.limits.seconds * _PATIENCE)
    try:
        place.call(task, files=[path], params=params, bounds=bounds, receive=into.take)
    except FileRefused as error:
        raise refused(error.code) from error
    except TimeLimit as error:
        if time.monotonic() >= deadline:
            raise TimeLimit(place.limits.seconds) from error
        raise


def _check_complete(made: Attempt) -> None:
    if made.count is None or sorted(made.pages) != list(range(1, made.count + 1)):
        raise ChildCrashed("its process left pages out")


def decode_page(body: bytes) -> str:
    """Decode the text of a page that a child sent.

    Raises:
        ChildCrashed: It is not clean text, which our own code would have sent.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ChildCrashed("its process sent text that is not UTF-8") from error
    if clean(text) != text:
        raise ChildCrashed("its process sent text that is not clean")
    return text
