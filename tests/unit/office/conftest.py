"""Reading a made file through the real sandbox."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from woo.domain.formaat import BY_EXTENSIE
from woo.sandbox import FileRefused, Limits, Sandbox
from woo.sandbox.readers import read_file
from woo.sandbox.reading import FileReading
from woo.sandbox.refusals import REASONS

Read = Callable[[bytes, str], FileReading]
SMALL = Limits(seconds=30, memory_bytes=512 * 2**20, pages=2_000, output_bytes=32 * 2**20)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(SMALL) as made:
        yield made


@pytest.fixture
def read(sandbox: Sandbox, tmp_path: Path) -> Read:
    """Read the bytes of a file of a kind (`docx`)."""

    def reading(content: bytes, naam: str) -> FileReading:
        path = tmp_path / f"bestand.{naam}"
        path.write_bytes(content)
        mime = BY_EXTENSIE[f".{naam}"].mime
        return read_file(sandbox, path, mime, rendition=tmp_path / "weergave.pdf")

    return reading


def broken_copies(content: bytes, *, seed: int, count: int) -> Iterator[bytes]:
    """Give copies of a file with some bytes changed, and now and then cut off."""
    chance = random.Random(seed)
    for _ in range(count):
        broken = bytearray(content)
        for _ in range(chance.choice((1, 5, 50))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        if chance.random() < 0.2:
            broken = broken[: chance.randrange(1, len(broken))]
        yield bytes(broken)


def is_told(read: Read, content: bytes, naam: str) -> bool:
    """Whether a file is read or refused with a sentence; any other end raises."""
    try:
        read(content, naam)
    except FileRefused as refused:
        return refused.reason == REASONS.get(refused.code)
    return True
