"""Every hit of a search is exported, however many there are: in constant memory, and gone on with after a kill."""

import json
import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.api.site import load_analysis
from tests.flow.installation import Installation
from woo.index.open import open_house
from woo.index.port import DocumentEntry, PageEntry
from woo.storage.open import open_public_store

MOST = 256 * 2**20
"""Bytes of memory that the command may use, itself and the index that it reads, however many documents there are."""

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


@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_every_hit_is_exported_in_constant_memory_and_after_a_kill(
    installation: Installation, tmp_path: Path, count: int
) -> None:
    path, started = tmp_path / "alles.jsonl", time.monotonic()
    words = ("export", "jsonl", "kwartelwei")
    process = installation.start(*words)  # it cannot run ahead: the pipe holds no more than 64 kB
    assert process.stdout is not None
    path.write_bytes(process.stdout.read(count * 100))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    rows = path.read_bytes().count(b"\n")
    assert 0 < rows < count

    process = installation.start(*words, "-o", str(path), "--resume")
    most = 0
    while process.poll() is None:
        most = max(most, peak(process.pid))
        time.sleep(0.02)
    _, said = process.communicate()
    assert process.returncode == 0, said.decode()
    print(f"{rows} rows before the kill, {most / 2**20:.0f} MiB, {time.monotonic() - started:.0f} s together")
    assert 0 < most < MOST

    ids, last = [], None
    with path.open(encoding="utf-8") as file:
        for line in file:
            last = json.loads(line)
            ids.append(last["id"])
    assert ids == [f"00000000-0000-4000-8000-{number:012}" for number in reversed(range(count))]
    assert last is not None
    assert last["cursor"] is None
