"""Every hit of a search is exported, however many there are: in constant memory, and gone on with after a kill."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.api.site import load_analysis
from tests.flow.installation import Installation
from woo.index.open import open_house
from woo.index.port import DocumentEntry, PageEntry
from woo.storage.open import open_public_store

GROWTH = 64 * 2**20
"""Bytes of memory that may be added between the first rows and the last."""

_BEGAN = datetime(2023, 1, 1, tzinfo=UTC)
_WAARDE = {"code": "gm0153", "uri": "https://example.org/gm0153", "naam": "gemeente Enschede"}


def entry(number: int) -> DocumentEntry:
    id = f"00000000-0000-4000-8000-{number:012}"
    moment = _BEGAN + timedelta(minutes=number)
    kaart: dict[str, Any] = {
        "id": id,
        "officieleTitel": f"Nota {number} over kwartelwei",
        "omschrijving": None,
        "kenmerk": None,
        "publisher": _WAARDE,
        "informatiecategorieen": [_WAARDE],
        "documentsoort": None,
        "publicatie": {"id": "p", "titel": "Verzoek", "kenmerk": None},
        "creatiedatum": None,
        "publicatiedatum": moment.isoformat(),
        "gewijzigdOp": moment.isoformat(),
        "formaat": None,
        "taal": None,
        "paginas": 1,
        "onleesbarePaginas": 0,
        "bestand": None,
    }
    return DocumentEntry(
        id=id,
        publicatie_id="p",
        volgnummer=number,
        officiele_titel=kaart["officieleTitel"],
        publisher="gm0153",
        publisher_naam="gemeente Enschede",
        informatiecategorieen=("c_3baef532",),
        publicatiedatum=moment,
        kaart=kaart,
        pages=(PageEntry(1, "Over kwartelwei."),),
    )


@pytest.fixture
def count(proving: bool) -> int:
    return 250_000 if proving else 3_000


@pytest.fixture
def installation(tmp_path: Path, count: int) -> Installation:
    """An installation whose index holds that many documents; nothing but its public side is used."""
    installation = Installation(tmp_path)
    settings = installation.settings
    open_public_store(settings.storage.public, settings.storage)
    house = open_house(settings.index, load_analysis())
    built = house.build()
    for at in range(0, count, 10_000):
        built.index.upsert(entry(number) for number in range(at, min(count, at + 10_000)))
        built.index.commit()
    house.make_live(built)
    built.index.close()
    return installation


def peak(pid: int) -> int:
    """Bytes that a process used at most so far; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def watched(process: "subprocess.Popen[bytes]", path: Path) -> Iterator[tuple[int, int]]:
    """The size of what was written and the most memory so far, as long as the process lives."""
    while process.poll() is None:
        yield path.stat().st_size if path.exists() else 0, peak(process.pid)
        time.sleep(0.05)


@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_every_hit_is_exported_in_constant_memory_and_after_a_kill(
    installation: Installation, tmp_path: Path, count: int
) -> None:
    path = tmp_path / "alles.jsonl"
    started = time.monotonic()
    words = ("export", "jsonl", "kwartelwei", "-o", str(path))
    process = installation.start(*words)
    for size, _ in watched(process, path):
        if size > count * 100:
            os.kill(process.pid, signal.SIGKILL)
            break
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    rows = path.read_bytes().count(b"\n")
    assert 0 < rows < count

    process = installation.start(*words, "--resume")
    seen = [(size, most) for size, most in watched(process, path) if size and most]
    _, said = process.communicate()
    assert process.returncode == 0, said.decode()
    begun = next(most for size, most in seen if size > count * 100)
    grown = seen[-1][1] - begun
    print(
        f"{rows} rows before the kill; {time.monotonic() - started:.0f} s together; peak memory {seen[-1][1] / 2**20:.0f} MiB, grown by {grown / 2**20:.0f} MiB"
    )
    assert grown < GROWTH

    ids, last = [], None
    with path.open(encoding="utf-8") as file:
        for line in file:
            last = json.loads(line)
            ids.append(last["id"])
    assert ids == [f"00000000-0000-4000-8000-{number:012}" for number in reversed(range(count))]
    assert last is not None
    assert last["cursor"] is None
