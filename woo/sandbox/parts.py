"""Read a file that is no PDF: take the parts that the child sends, believing nothing of them, and keep what came."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from woo.sandbox.errors import ChildCrashed, FileRefused, OutputLimit, SandboxError
from woo.sandbox.frames import Frame
from woo.sandbox.metadata import FIELDS, file_metadata, parse_date
from woo.sandbox.page_text import clean
from woo.sandbox.pdf_attempt import decode_page
from woo.sandbox.place import Bounds, Place
from woo.sandbox.reading import FileReading, Message, PageText, boxes_fit
from woo.sandbox.refusals import REASONS, refused

_MOST_LABEL = 300
_MOST_VALUE = 4_000
_MOST_REFERENCES = 200
_MOST_WARNINGS = 50
_PATIENCE = 0.5
"""Share of the time limit that one part may take."""


def read_parts(
    place: Place, path: Path, *, task: str, source: str, version: str, rendition: Path, deadline: float
) -> FileReading:
    """Let a task read a file.

    What came before a limit was passed, or before the task found a part of the file that it refuses, is kept: the
    reading then says where it was cut off.

    Raises:
        FileRefused: The task says no to the file, and nothing came before.
        TimeLimit, MemoryLimit, OutputLimit, ChildCrashed: Nothing came before the limit.
    """
    cut: str | None = None
    bounds = Bounds(
        seconds=max(deadline - time.monotonic(), 0.001), patience=place.limits.seconds * _PATIENCE
    )
    with rendition.open("wb") as written:
        taken = _Taken(source, place.limits.pages, place.limits.output_bytes, written)
        try:
            place.call(
                task,
                files=[path],
                params={"pages": place.limits.pages, "kind": source},
                bounds=bounds,
                receive=taken.take,
            )
        except SandboxError as error:
            told = refused(error.code) if isinstance(error, FileRefused) else error
            if not any(page.text for page in taken.pages):
                raise told from error
            cut = f"it was read as far as part {len(taken.pages)}: {told.reason}"
    return FileReading(
        tuple(taken.pages),
        file_metadata(taken.values, source=source),
        version,
        tuple(taken.warnings),
        cut=cut,
        message=taken.message,
        rendition=cut is None and taken.has_rendition,
    )


@dataclass(slots=True)
class _Taken:
    """What has come of a file so far."""

    source: str
    most_pages: int
    most_bytes: int
    rendition: BinaryIO
    pages: list[PageText] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    message: Message | None = None
    has_rendition: bool = False
    text_bytes: int = 0

    def take(self, frame: Frame) -> None:
        """Take a part; raises ChildCrashed for what was not asked for, OutputLimit for too much of it."""
        match frame.header:
            case {"page": int() as number, "error": str() as code}:
                self._add(
                    number, "", error=REASONS.get(code, REASONS["text_unreadable"]), header=frame.header
                )
            case {"page": int() as number}:
                self._add(number, decode_page(frame.body), error=None, header=frame.header)
            case {"words": int() as number}:
                self._add_words(number, frame.body)
            case {"rendition": True}:
                self.has_rendition = True
                self.rendition.write(frame.body)
            case {"metadata": dict() as values}:
                self.values |= _texts(values, FIELDS)
            case {"mail": dict() as values}:
                self.message = _message(values)
            case {"warning": str() as code}:
                self._warn(code)
            case _:
                raise ChildCrashed("its process sent something that is not a part")

    def _add(self, number: int, text: str, *, error: str | None, header: Mapping[str, object]) -> None:
        self.text_bytes += len(text)
        if self.text_bytes > self.most_bytes:
            raise OutputLimit(self.most_bytes)
        if number != len(self.pages) + 1 or number > self.most_pages:
            raise ChildCrashed("its process sent a part that was not asked for")
        label = header.get("label")
        shown = text if text.strip() else ""
        self.pages.append(
            PageText(
                number,
                shown,
                self.source if shown else "geen",
                error,
                header.get("image") is True,
                clean(label)[:_MOST_LABEL] if isinstance(label, str) and label.strip() else None,
            )
        )

    def _add_words(self, number: int, body: bytes) -> None:
        if number != len(self.pages):
            raise ChildCrashed("its process sent words of another page")
        page = self.pages[-1]
        if not boxes_fit(body, len(page.text)):
            raise ChildCrashed("its process sent a word outside its page")
        self.pages[-1] = PageText(
            page.number, page.text, page.source, page.error, page.has_image, page.label, body
        )

    def _warn(self, code: str) -> None:
        sentence = REASONS.get(code)
        if sentence is not None and sentence not in self.warnings and len(self.warnings) < _MOST_WARNINGS:
            self.warnings.append(sentence)


def _texts(values: dict[object, object], names: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        value = values.get(name)
        if isinstance(value, str) and value.strip():
            found[name] = clean(value)[:_MOST_VALUE]
    return found


def _message(values: dict[object, object]) -> Message:
    texts = _texts(values, ("message_id", "in_reply_to", "subject", "from", "to", "cc", "date"))
    listed = values.get("references")
    references = listed if isinstance(listed, list) else []
    sent: datetime | None = parse_date(texts.get("date", ""))
    return Message(
        message_id=texts.get("message_id"),
        in_reply_to=texts.get("in_reply_to"),
        references=tuple(
            clean(r)[:_MOST_VALUE] for r in references[-_MOST_REFERENCES:] if isinstance(r, str)
        ),
        subject=texts.get("subject"),
        sender=texts.get("from"),
        to=texts.get("to"),
        cc=texts.get("cc"),
        sent_at=sent,
    )
