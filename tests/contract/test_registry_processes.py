"""The registry under several processes and threads, and after a process was killed."""

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.contract import registry_children as children
from tests.contract.registry_contract import (
    KEY,
    NOW,
    OnEveryDatabase,
    claim,
    document,
    event,
    fill,
    publicatie,
    wens,
)
from woo.registry import Registry
from woo.registry.database import Database

WAIT = 60


@contextmanager
def child(
    do: Callable[[Any, Connection], None], subject: Any, *, method: str = "spawn"
) -> Iterator[tuple[multiprocessing.process.BaseProcess, Connection]]:
    """A real process that does this; killed at the end when it still lives."""
    context = multiprocessing.get_context(method)
    ours, theirs = context.Pipe()
    process = context.Process(target=do, args=(subject, theirs))  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        ours.close()
        process.join(1)
        process.kill()
        process.join(WAIT)
        process.close()


def answer(pipe: Connection) -> Any:
    assert pipe.poll(WAIT), "the child process did not answer"
    return pipe.recv()


class TestCreating(OnEveryDatabase):
    postgresql = "empty_postgresql"

    def test_processes_that_create_it_together_all_find_it_whole(self, url: str) -> None:
        with ExitStack() as stack:
            pipes = [stack.enter_context(child(children.create, url))[1] for _ in range(3)]
            for pipe in pipes:
                pipe.send("go")
            assert [answer(pipe) for pipe in pipes] == [0, 0, 0]


class TestProcesses(OnEveryDatabase):
    def test_opened_twice_in_one_process_it_stays_whole_when_another_process_comes_and_goes(
        self, registry: Registry, url: str
    ) -> None:
        with Registry.create(url, key=KEY) as again:
            for number, each in enumerate((registry, again, registry, again)):
                with each.transaction() as tx:
                    tx.save_publicatie(publicatie(f"p{number}"))
                with child(children.create, url) as (process, pipe):
                    pipe.send("go")
                    assert answer(pipe) == number + 1
                    process.join(WAIT)

    def test_no_job_is_given_to_two_processes_and_none_is_left(self, registry: Registry, url: str) -> None:
        wanted = {f"d{number}" for number in range(300)}
        with registry.transaction() as tx:
            tx.want_many([wens(id) for id in wanted], NOW)
        with ExitStack() as stack:
            pipes = [stack.enter_context(child(children.work, url))[1] for _ in range(2)]
            for pipe in pipes:
                pipe.send("go")
            done = [answer(pipe) for pipe in pipes]
        assert sorted(done[0] + done[1]) == sorted(wanted)
        assert registry.jobs.waiting() == 0

    def test_processes_that_number_and_seal_together_do_not_collide(
        self, registry: Registry, url: str
    ) -> None:
        fill(registry, documents=0)
        with ExitStack() as stack:
            pipes = [stack.enter_context(child(children.number, url))[1] for _ in range(2)]
            for name, pipe in zip("ab", pipes, strict=True):
                pipe.send(name)
            assert [answer(pipe) for pipe in pipes] == ["done", "done"]
        with registry.read() as reading:
            assert sorted(found.volgnummer for found in reading.documents("p1")) == list(range(1, 41))
            assert all(line.zegel for line in reading.events())
        assert registry.log.verify(KEY) == []

    def test_a_process_killed_in_the_middle_of_a_transaction_leaves_nothing_of_it(
        self, registry: Registry, url: str, tmp_path: Path
    ) -> None:
        fill(registry)
        with child(children.hang_in_a_transaction, url) as (process, pipe):
            assert answer(pipe) == "in the middle"
            if url.startswith("sqlite"):
                wal = tmp_path / "registry.sqlite3-wal"
                assert wal.stat().st_size > 1_000_000, "the transaction was to have reached the disk"
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
            process.join(WAIT)
        with registry.transaction() as tx:
            assert [found.id for found in tx.publicaties()] == ["p1"]
            assert tx.pages("half") == ()
            tx.save_publicatie(publicatie("p2"))
        assert registry.jobs.waiting() == 0
        registry.close()
        if url.startswith("sqlite"):
            assert _check(tmp_path / "registry.sqlite3") == [("ok",)]
        with Registry.open(url) as again, again.read() as reading:
            assert [found.id for found in reading.publicaties()] == ["p1", "p2"]

    def test_a_forked_process_takes_a_connection_of_its_own(self, url: str) -> None:
        Registry.create(url).close()
        database = Database.connect(url)
        with database.read() as connection:
            mine = connection.connection.driver_connection
        with database.read() as connection:
            assert connection.connection.driver_connection is mine, "the pool was to keep it"
        with child(children.compare_connections, (database, mine), method="fork") as (_, pipe):
            assert answer(pipe) is False
        database.close()


class TestThreads(OnEveryDatabase):
    def test_every_wish_of_many_threads_is_counted(self, registry: Registry) -> None:
        def wish(_: int) -> None:
            registry.jobs.want(wens(), now=NOW)

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(wish, range(80)))
        [job] = claim(registry)
        assert job.wanted == 80

    def test_wishes_during_claim_and_done_all_lead_to_a_later_run(self, registry: Registry) -> None:
        runs: list[int] = []
        wishes = range(60)

        def work(_: int) -> None:
            for job in claim(registry, "w"):
                registry.jobs.done([job], now=NOW)
                runs.append(job.wanted)

        with ThreadPoolExecutor(4) as pool:
            wished = pool.map(lambda _: registry.jobs.want(wens(), now=NOW), wishes)
            list(pool.map(work, wishes))
            list(wished)
        while registry.jobs.waiting():
            work(0)
        assert sum(runs) == len(wishes)

    def test_a_snapshot_does_not_see_what_is_committed_meanwhile(self, registry: Registry) -> None:
        fill(registry)
        with registry.read() as reading:
            before = reading.counts()
            with ThreadPoolExecutor(1) as pool:
                pool.submit(fill_more, registry).result()
            assert reading.counts() == before
            assert len(reading.documents()) == 1
        with registry.read() as reading:
            assert len(reading.documents()) == 2
            assert len(reading.events()) == 1


def fill_more(registry: Registry) -> None:
    with registry.transaction() as tx:
        tx.save_document(document("d2", 2))
        tx.record(event(object_id="d2"))


def _check(path: Path) -> list[tuple[str]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute("PRAGMA integrity_check").fetchall()
    finally:
        connection.close()
