"""Around a harvest: the WARC file, the schedule of the worker, releasing at the desk, two runs by command."""

import hashlib
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from ingest.harvest import export_warc
from ingest.oogst.rooster import Rooster, start_harvest
from tests.flow.installation import TESTER
from tests.flow.killing import kill_at
from tests.flow.oogsten import BRON, installatie, oogst, schrijf_bron
from tests.servers.uitgever import Stuk, Uitgever
from woo.domain.oogst import Oogstrun, Oogstuitkomst
from woo.domain.publicatie import Publicatiestatus
from woo.oogst import load_bronnen
from woo.usecases.oogst import geef_vrij, vraag_run


def test_the_warc_file_holds_what_was_fetched_and_quarantine_waits_for_release(tmp_path: Path) -> None:
    with Uitgever() as site, installatie(tmp_path, site, policy="quarantine") as inst:
        site.zet(Stuk("a.txt", b"Besluit over de haven"), Stuk("weg.txt", b"x", fout="404"))
        oogst(inst)
        inst.work()
        count = export_warc(inst.settings, BRON, tmp_path / "enschede.warc.gz")
        with (tmp_path / "enschede.warc.gz").open("rb") as file:
            found = {
                (record.rec_type, record.rec_headers["WARC-Target-URI"]): (
                    record.http_headers.get_statuscode() if record.rec_type == "response" else None,
                    record.content_stream().read(),
                    record.rec_headers["WARC-Payload-Digest"],
                )
                for record in ArchiveIterator(file)
                if record.rec_type in ("request", "response")
            }
        assert count == 5  # robots.txt, an index, a sitemap, two files
        status, body, digest = found["response", site.url("a.txt")]
        assert (status, body) == ("200", b"Besluit over de haven")
        assert digest == "sha256:" + hashlib.sha256(body).hexdigest()
        assert found["response", site.url("weg.txt")][0] == "404"
        assert ("request", site.url("a.txt")) in found

        assert inst.public().get("/v1/documenten").json()["totaal"] == 0
        bronnen = load_bronnen(inst.settings, inst.platform.lijsten)
        assert geef_vrij(inst.platform, TESTER, bronnen, BRON) == (1, 0, 0)
        inst.work()
        assert inst.public().get("/v1/documenten").json()["totaal"] == 1
        with inst.platform.registry.read() as reading:
            assert [p.status for p in reading.publicaties()] == [Publicatiestatus.GEPUBLICEERD]


class _Process:
    """Stands for a run that goes on until it is told to have ended."""

    ended = False

    def poll(self) -> int | None:
        return 0 if self.ended else None


@pytest.fixture
def started() -> list[str]:
    return []


def test_a_run_is_started_when_it_is_due_asked_for_or_was_stopped(tmp_path: Path, started: list[str]) -> None:
    with Uitgever() as site, installatie(tmp_path, site, schedule="0 3 * * *") as inst:
        schrijf_bron(tmp_path / "sources", site, "stil")
        schrijf_bron(tmp_path / "sources", site, "uit", active=False, schedule="* * * * *")
        clock = [inst.platform.now()]
        platform = _with_clock(inst.platform, clock)
        process = _Process()

        def start(naam: str):
            started.append(naam)
            return process

        rooster = Rooster(platform, inst.settings, start=start)  # type: ignore[arg-type]
        assert rooster.turn() == []
        clock[0] += timedelta(days=1)
        assert rooster.turn() == [BRON]
        assert rooster.turn() == []  # it runs
        process.ended = True
        with platform.registry.transaction() as tx:  # it began, and was killed
            tx.oogst.save_run(Oogstrun("r1", BRON, clock[0]))
        assert rooster.turn() == [BRON]
        with platform.registry.transaction() as tx:
            tx.oogst.save_run(_ended(Oogstrun("r1", BRON, clock[0])))
        assert rooster.turn() == []
        vraag_run(platform, TESTER, load_bronnen(inst.settings, platform.lijsten), "stil")
        assert rooster.turn() == ["stil"]
        assert started == [BRON, BRON, "stil"]


def test_two_workers_start_a_real_run_once_and_go_on_with_one_that_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Uitgever() as site, installatie(tmp_path, site, schedule="0 3 1 1 *") as inst:
        site.vul(60)
        for naam, value in inst.environ.items():
            monkeypatch.setenv(naam, value)
        clock = [inst.platform.now()]
        platform = _with_clock(inst.platform, clock)
        started: list[subprocess.Popen[bytes]] = []

        def start(naam: str) -> "subprocess.Popen[bytes]":
            started.append(start_harvest(naam))
            return started[-1]

        een, twee = (Rooster(platform, inst.settings, start=start) for _ in range(2))
        assert (een.turn(), twee.turn()) == ([], [])
        clock[0] += timedelta(days=400)
        assert (een.turn(), twee.turn()) == ([BRON], [])
        clock[0] = inst.platform.now()
        while site.bestanden_gevraagd() < 10:
            time.sleep(0.01)
        kill_at(started[0], 0)
        with inst.platform.registry.read() as reading:
            run = reading.oogst.open_run(BRON)
        assert run is not None

        assert (een.turn(), twee.turn()) == ([BRON], [])
        assert started[1].wait(60) == 0
        with inst.platform.registry.read() as reading:
            (ended,) = reading.oogst.runs(BRON)
        assert (ended.id, ended.uitkomst) == (run.id, Oogstuitkomst.VOLLEDIG)
        assert ended.tellingen == {"new": 60}
        assert (twee.turn(), een.turn(), len(started)) == ([], [], 2)


def _with_clock(platform, clock):
    from dataclasses import replace

    return replace(platform, now=lambda: clock[0])


def _ended(run: Oogstrun) -> Oogstrun:
    from dataclasses import replace

    from woo.domain.oogst import Oogstfase, Oogstuitkomst

    return replace(run, fase=Oogstfase.KLAAR, geeindigd_op=run.begonnen_op, uitkomst=Oogstuitkomst.VOLLEDIG)
