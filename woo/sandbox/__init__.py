"""Child processes with limits in which files of strangers are read, and the PDF reader that runs in them."""

from woo.sandbox.errors import (
    ChildCrashed,
    FileRefused,
    MemoryLimit,
    OutputLimit,
    SandboxError,
    TimeLimit,
)
from woo.sandbox.limits import Limits
from woo.sandbox.pdf import TURNS, page_words, read_pdf, render_page
from woo.sandbox.place import Bounds, Reply
from woo.sandbox.pool import Sandbox
from woo.sandbox.reading import EXTRACTOR_VERSION, FileMetadata, FileReading, Message, PageText, WordBox

__all__ = [
    "EXTRACTOR_VERSION",
    "TURNS",
    "Bounds",
    "ChildCrashed",
    "FileMetadata",
    "FileReading",
    "FileRefused",
    "Limits",
    "MemoryLimit",
    "Message",
    "OutputLimit",
    "PageText",
    "Reply",
    "Sandbox",
    "SandboxError",
    "TimeLimit",
    "WordBox",
    "page_words",
    "read_pdf",
    "render_page",
]
