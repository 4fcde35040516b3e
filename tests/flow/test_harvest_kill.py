"""kill -9 at any moment of a harvest: run it again, and the end is that of a harvest which nobody disturbed."""

import json
import random
import time
from pathlib import Path

import pytest

from tests.flow.installation import Installation
from tests.flow.killing import kill_at
from tests.flow.oogsten import BRON, installatie, oogst
from tests.servers.openoverheid import Akte, Loket, Openoverheid
from tests.servers.uitgever import Site, Uitgever
from woo.domain.oogst import Oogstuitkomst
from woo.domain.publicatie import Publicatiestatus

_FILES = 120
_CHANGED = range(0, 20)
_GONE = range(20, 50)
_ADDED = 40
_IN_HAND = 60
"""Most files that a killed run had fetched and not handed over: a batch, and what was on its way."""


def naam(number: int) -> str:
    return f"stuk-{number:06d}.txt"


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_a_killed_harvest_ends_as_an_undisturbed_one(tmp_path: Path, seed: int, proving: bool) -> None:
    dice = random.Random(seed)
    kills = 15 if proving else 1
    with Uitgever() as site, installatie(tmp_path, site) as inst:
        site.vul(_FILES)
        _killed(inst, site, kills, dice)
        _ended(inst, tmp_path)
        assert site.bestanden_gevraagd() <= _FILES + _IN_HAND * kills
        for number in _CHANGED:
            stuk = site.stukken[naam(number)]
            stuk.inhoud, stuk.lastmod = f"Nieuw {number}".encode(), "2026-06-01T00:00:00Z"
        for number in _GONE:
            del site.stukken[naam(number)]
        _killed(inst, site, kills, dice)
        report = _ended(inst, tmp_path)
        assert report["changes"]["failed"] == 0
        assert report["discovered"] == sum(report["states"].values())
        _as_undisturbed(inst, site)


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_a_killed_harvest_of_an_api_ends_as_an_undisturbed_one(
    tmp_path: Path, seed: int, proving: bool
) -> None:
    dice = random.Random(seed)
    with Openoverheid() as loket, installatie(tmp_path, loket, kind="openoverheid") as inst:
        loket.zet(*(Akte(f"kk-{n:03d}", f"Stuk {n}".encode()) for n in range(_FILES)))
        oogst(inst)
        for number in _CHANGED:
            akte = loket.akten[f"kk-{number:03d}"]
            akte.inhoud, akte.gewijzigd = f"Nieuw {number}".encode(), "2026-05-01T00:00:00.000Z"
        for number in _GONE:
            del loket.akten[f"kk-{number:03d}"]
        loket.zet(*(Akte(f"nn-{n:03d}", f"Erbij {n}".encode()) for n in range(_ADDED)))
        _killed(inst, loket, 5 if proving else 1, dice)
        ended = oogst(inst)
        assert (ended.uitkomst, ended.reden) == (Oogstuitkomst.VOLLEDIG, None)
        with inst.platform.registry.read() as reading:
            items = reading.oogst.listed(BRON, limit=1000)
            here = {each.sleutel: reading.document(str(each.document_id)) for each in items}
            runs = reading.oogst.runs(BRON)
        assert (len(here), len({each.id for each in here.values()})) == (_FILES + _ADDED,) * 2
        assert [run.id for run in runs if run.geeindigd_op is None] == []
        for number in range(_FILES):
            document = here[loket.url(f"kk-{number:03d}")]
            assert (document.intrekking is not None) == (number in _GONE), number
            assert document.versie == (2 if number in _CHANGED else 1), number
        assert all(here[loket.url(f"nn-{n:03d}")].intrekking is None for n in range(_ADDED))


def _killed(inst: Installation, site: Site | Loket, kills: int, dice: random.Random) -> None:
    """Start and kill a harvest so many times, each at another moment after it began to ask."""
    for _ in range(kills):
        asked = sum(site.gevraagd.values())
        process = inst.start("harvest", BRON, "--no-wait")
        until = time.monotonic() + 60
        while sum(site.gevraagd.values()) == asked and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        kill_at(process, dice.uniform(0.0, 1.5))


def _ended(inst: Installation, folder: Path) -> dict:
    ended = inst.command("harvest", BRON, "--report", str(folder / "verslag.json"), timeout=300)
    assert ended.returncode == 0, ended.stdout.decode() + ended.stderr.decode()
    report: dict = json.loads((folder / "verslag.json").read_text("utf-8"))
    assert report["outcome"] == "volledig"
    return report


def _as_undisturbed(inst: Installation, site: Site) -> None:
    """Every document of the site is here once, in its version; what is gone there is withdrawn, and nothing else."""
    with inst.platform.registry.read() as reading:
        documents = {d.bestand.naam: d for d in reading.documents() if d.bestand is not None}
        publicaties = reading.publicaties()
        runs = reading.oogst.runs(BRON)
        counts = reading.counts()
    assert len(documents) == len(publicaties) == _FILES
    assert [run.id for run in runs if run.geeindigd_op is None] == []
    for number in range(_FILES):
        document = documents[naam(number)]
        assert (document.intrekking is not None) == (number in _GONE), number
        assert document.versie == (2 if number in _CHANGED else 1), number
    assert sum(p.status is Publicatiestatus.INGETROKKEN for p in publicaties) == len(_GONE)
    assert not any(counts.jobs_waiting.values())
    assert inst.public().get("/v1/documenten").json()["totaal"] == _FILES - len(_GONE)
    assert inst.command("verify").returncode == 0
