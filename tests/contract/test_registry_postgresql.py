"""What only a server can do to the registry: go away, break a session, hold a row, be too old, sort in another order."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from psycopg import sql
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from tests.contract.registry_contract import KEY, NOW, claim, document, event, fill, publicatie, wens
from tests.engines.postgresql_server import Server, break_sessions, connect
from woo.domain.document import Bestand
from woo.domain.errors import InvalidValue, Refused, Unavailable
from woo.domain.events import Jobsoort
from woo.registry import Item, Limits, Reading, Registry, Transaction
from woo.registry.database import Database
from woo.registry.kinds import Again
from woo.registry.postgresql import require_fit

pytestmark = pytest.mark.needs("postgresql")
PATIENT = 60


@pytest.fixture
def registry(postgresql: URL) -> Iterator[Registry]:
    with Registry.open(postgresql, key=KEY) as registry:
        yield registry


def write_over_a_break(registry: Registry, url: URL) -> None:
    with registry.transaction() as tx:
        tx.save_document(document("d2", 2))
        assert break_sessions(url) >= 1
        tx.save_document(document("d3", 3))


def swallow_a_break(reading: Reading, url: URL) -> None:
    assert not reading.lost
    assert break_sessions(url) >= 1
    with suppress(SQLAlchemyError):
        reading.documents()
    assert reading.lost


class TestAddress:
    def test_a_wrong_password_is_told_and_not_repeated(self, postgresql: URL) -> None:
        with pytest.raises(Unavailable, match="password authentication failed") as caught:
            Registry.open(postgresql.set(password="hush-hush"))
        assert "hush-hush" not in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_a_database_that_is_not_there_is_named(self, postgresql: URL) -> None:
        with pytest.raises(Unavailable, match='"nergens" does not exist'):
            Registry.create(postgresql.set(database="nergens"))

    def test_an_address_without_a_database_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match="names no database") as caught:
            Registry.open("postgresql+psycopg://woo:hush-hush@127.0.0.1")
        assert "hush-hush" not in str(caught.value)

    def test_a_server_that_does_not_answer_is_told(self, postgresql: URL) -> None:
        with pytest.raises(Unavailable, match="refused"):
            Registry.open(postgresql.set(port=1))

    @pytest.mark.parametrize("version", [90_624, 140_022])
    def test_a_server_that_is_too_old_is_refused(self, version: int) -> None:
        with pytest.raises(
            Refused, match=r"PostgreSQL (9|14)\.\d+: the registry needs PostgreSQL 15 or newer"
        ):
            require_fit(version, "UTF8")

    def test_the_version_of_the_real_server_is_what_is_looked_at(
        self, postgresql: URL, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("woo.registry.postgresql.OLDEST", 99)
        with pytest.raises(Refused, match="needs PostgreSQL 99 or newer"):
            Registry.open(postgresql)

    def test_a_database_that_cannot_hold_every_letter_is_refused(self, empty_postgresql: URL) -> None:
        name = f"{empty_postgresql.database}_latin"
        with connect(empty_postgresql) as connection:
            made = sql.SQL(
                "CREATE DATABASE {} ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"
            )
            connection.execute(made.format(sql.Identifier(name)))
            try:
                with pytest.raises(Refused, match="its encoding is LATIN1"):
                    Registry.create(empty_postgresql.set(database=name))
            finally:
                connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))

    def test_what_it_is_called_has_version_and_place_and_no_password(
        self, registry: Registry, postgresql: URL
    ) -> None:
        called = registry.database()
        assert called.startswith("PostgreSQL 1")
        assert f"/{postgresql.database}" in called
        assert str(postgresql.password) not in called
        assert "%" not in called.partition("@")[0], "not in its written form either"


class TestBrokenSessions:
    def test_a_session_broken_in_the_middle_is_told_and_the_next_transaction_connects_again(
        self, registry: Registry, postgresql: URL
    ) -> None:
        fill(registry)
        with pytest.raises(Unavailable, match="the connection was lost"):
            write_over_a_break(registry, postgresql)
        with registry.transaction() as tx:
            assert [found.id for found in tx.documents()] == ["d1"]

    def test_a_session_that_broke_under_somebody_who_swallowed_the_error_is_told_at_the_end(
        self, registry: Registry, postgresql: URL
    ) -> None:
        fill(registry)
        for transaction in (registry.read, registry.transaction):
            with pytest.raises(Again, match="the connection was lost"), transaction() as reading:
                swallow_a_break(reading, postgresql)
        with registry.read() as reading:
            assert [found.id for found in reading.documents()] == ["d1"]

    def test_a_session_broken_between_transactions_is_not_noticed(
        self, registry: Registry, postgresql: URL
    ) -> None:
        fill(registry)
        assert break_sessions(postgresql) >= 1
        with registry.read() as reading:
            assert len(reading.documents()) == 1

    def test_work_that_can_be_repeated_is_repeated(self, registry: Registry, postgresql: URL) -> None:
        tries: list[int] = []

        def work(tx: Transaction) -> None:
            tx.save_publicatie(publicatie())
            tries.append(len(tries))
            if len(tries) < 3:
                break_sessions(postgresql)
            tx.record(event(object_id="d1"))

        registry.run(work)
        assert tries == [0, 1, 2]
        with registry.read() as reading:
            assert len(reading.events()) == 1

    def test_a_server_that_was_restarted_is_used_again(self, own_postgresql: Server) -> None:
        url = own_postgresql.url("postgres")
        with Registry.create(url, key=KEY, limits=Limits(connect_seconds=2)) as registry:
            fill(registry)
            registry.jobs.want(wens(), now=NOW)
            own_postgresql.stop()
            for _ in range(2):
                with pytest.raises(Unavailable), registry.read() as reading:
                    reading.documents()
                with pytest.raises(Unavailable):
                    claim(registry)
            own_postgresql.start()
            with registry.read() as reading:
                assert len(reading.documents()) == 1
            assert len(claim(registry)) == 1


class TestWaiting:
    def test_a_row_that_stays_held_is_told_after_the_set_time(self, postgresql: URL) -> None:
        with Registry.open(postgresql, key=KEY, limits=Limits(lock_seconds=0.2)) as registry:
            fill(registry)
            with connect(postgresql) as other, other.transaction():
                other.execute("SELECT * FROM document FOR UPDATE")
                with (
                    pytest.raises(Unavailable, match="held what this one needs"),
                    registry.transaction() as tx,
                ):
                    tx.document("d1")
                with registry.read() as reading:
                    assert reading.document("d1").id == "d1"

    def test_a_question_that_takes_too_long_is_stopped(self, postgresql: URL) -> None:
        database = Database.connect(postgresql, limits=Limits(statement_seconds=0.2))
        with pytest.raises(Unavailable, match="statement timeout"), database.read() as connection:
            connection.exec_driver_sql("SELECT pg_sleep(60)")
        database.close()

    def test_writers_of_different_things_do_not_wait_for_each_other(
        self, registry: Registry, postgresql: URL
    ) -> None:
        fill(registry, documents=2)
        with registry.transaction() as tx:
            tx.document("d1")
            with ThreadPoolExecutor(1) as pool:
                pool.submit(save_d2, registry).result(PATIENT)
            tx.save_document(document("d1", 1, officiele_titel="Ook"))

    def test_two_transactions_that_wait_for_each_other_end_and_can_be_repeated(
        self, registry: Registry
    ) -> None:
        fill(registry, documents=2)
        both = threading.Barrier(2)
        tries: list[str] = []

        def cross(first: str, second: str) -> None:
            def work(tx: Transaction) -> None:
                tx.document(first)
                tries.append(first)
                if len(tries) <= 2:
                    both.wait(PATIENT)
                tx.document(second)

            registry.run(work)

        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(cross, "d1", "d2"), pool.submit(cross, "d2", "d1")]:
                done.result(PATIENT)
        assert len(tries) == 3

    def test_without_repeating_the_one_that_gave_way_is_told_to_try_again(self, registry: Registry) -> None:
        fill(registry, documents=2)
        both = threading.Barrier(2)

        def cross(first: str, second: str) -> str:
            try:
                with registry.transaction() as tx:
                    tx.document(first)
                    both.wait(PATIENT)
                    tx.document(second)
            except Again as error:
                return str(error)
            return ""

        with ThreadPoolExecutor(2) as pool:
            answers = sorted(pool.map(cross, ["d1", "d2"], ["d2", "d1"]))
        assert answers[0] == ""
        assert "two changes waited for each other" in answers[1]


def save_d2(registry: Registry) -> None:
    with registry.transaction() as tx:
        tx.save_document(document("d2", 2, officiele_titel="Anders"))


class TestSideBySide:
    def test_the_same_file_found_by_two_at_once_becomes_one_document(self, registry: Registry) -> None:
        both = threading.Barrier(2)

        def register(name: str) -> str:
            both.wait(PATIENT)
            with registry.transaction() as tx:
                known = tx.item("map/een.pdf")
                if known is not None:
                    return str(known.document_id)
                if tx.publicatie_by_bron("map") is None:
                    tx.save_publicatie(publicatie(f"p-{name}", bron="map"))
                found = tx.publicatie_by_bron("map")
                assert found is not None
                bestand = Bestand("e" * 64, "een.pdf", "application/pdf", 1)
                number = tx.next_volgnummer(found.id)
                tx.save_document(document(f"d-{name}", number, publicatie_id=found.id, bestand=bestand))
                tx.save_item(Item("map/een.pdf", "map/een.pdf", NOW, document_id=f"d-{name}"))
                time.sleep(0.2)
            return f"d-{name}"

        with ThreadPoolExecutor(2) as pool:
            ids = list(pool.map(register, "ab"))
        with registry.read() as reading:
            assert [found.id for found in reading.documents()] == [ids[0]]
        assert ids[0] == ids[1]

    def test_a_claim_passes_over_what_another_is_claiming(self, registry: Registry, postgresql: URL) -> None:
        with registry.transaction() as tx:
            tx.want_many([wens(f"d{number}") for number in range(4)], NOW)
        with connect(postgresql) as other, other.transaction():
            other.execute("SELECT * FROM job ORDER BY id LIMIT 2 FOR UPDATE")
            assert [job.object_id for job in claim(registry)] == ["d2", "d3"]

    def test_a_line_that_is_committed_after_a_later_one_was_sealed_is_sealed_too(
        self, registry: Registry
    ) -> None:
        with registry.transaction() as tx:
            tx.record(event(object_id="first"))  # who is new to the log is written down once, and waited for
        registry.log.seal(KEY)
        begun, sealed = threading.Event(), threading.Event()

        def late() -> None:
            with registry.transaction() as tx:
                tx.record(event(object_id="late"))
                begun.set()
                assert sealed.wait(PATIENT)

        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(late)
            assert begun.wait(PATIENT)
            with registry.transaction() as tx:
                tx.record(event(object_id="early"))
            assert registry.log.seal(KEY) == 1
            exported = registry.log.head()
            sealed.set()
            done.result(PATIENT)
        assert registry.log.seal(KEY) == 1
        with registry.read() as reading:
            lines = {line.object_id: line for line in reading.events()}
        assert lines["late"].volgnummer < lines["early"].volgnummer
        assert lines["late"].zegel is not None
        assert registry.log.verify(KEY) == []
        assert registry.log.verify(KEY, head=exported) == []
        assert registry.log.head() == (lines["late"].volgnummer, lines["late"].zegel)

    def test_sealers_at_once_make_one_chain_without_holes(self, registry: Registry, postgresql: URL) -> None:
        def write_and_seal(name: str) -> None:
            for number in range(15):
                with registry.transaction() as tx:
                    tx.record(event(object_id=f"{name}{number}"))
                registry.log.seal(KEY, limit=3)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write_and_seal, "abcd"))
        while registry.log.seal(KEY):
            pass
        with connect(postgresql) as connection:
            places = connection.execute("SELECT positie FROM logregel ORDER BY positie").fetchall()
        assert [place for (place,) in places] == list(range(1, 61))
        assert registry.log.verify(KEY) == []

    def test_the_log_cannot_be_emptied_at_once(self, registry: Registry, postgresql: URL) -> None:
        with registry.transaction() as tx:
            tx.record(event())
        with connect(postgresql) as connection, pytest.raises(Exception, match="append only"):
            connection.execute("TRUNCATE logregel")


class TestPromises:
    def test_a_refusal_tells_the_rule_and_not_the_values_of_the_row(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie("p1", bron="map"))
        with pytest.raises(Refused, match="uq_publicatie_bron") as caught, registry.transaction() as tx:
            tx.save_publicatie(publicatie("p2", bron="map", officiele_titel="Over mevrouw Voorbeeld"))
        assert "Voorbeeld" not in str(caught.value)
        with pytest.raises(Refused) as caught, registry.transaction() as tx:
            tx.save_document(document("d1", 0, publicatie_id="p1", officiele_titel="Mevrouw Voorbeeld"))
        assert "Voorbeeld" not in str(caught.value)

    @pytest.mark.parametrize(("durable", "level"), [(True, "on"), (False, "off")])
    def test_a_commit_waits_for_the_disk_unless_nothing_outlives_it(
        self, postgresql: URL, *, durable: bool, level: str
    ) -> None:
        with connect(postgresql) as connection:
            role = sql.Identifier(str(postgresql.username))
            name = sql.Identifier(str(postgresql.database))
            set_ = sql.SQL("ALTER ROLE {} IN DATABASE {} SET synchronous_commit = off")
            connection.execute(set_.format(role, name))
        database = Database.connect(postgresql)
        for _ in range(2):  # the second time on a session that was used before
            with database.write(durable=durable) as write:
                assert write.exec_driver_sql("SHOW synchronous_commit").scalar() == level
            with database.write() as write:
                assert write.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
        database.close()

    def test_reading_cannot_write(self, registry: Registry, postgresql: URL) -> None:
        database = Database.connect(postgresql)
        with pytest.raises(Unavailable, match="read-only"), database.read() as connection:
            connection.exec_driver_sql("DELETE FROM job")
        with database.write() as connection:
            connection.exec_driver_sql("DELETE FROM job")
        database.close()

    def test_no_more_connections_are_opened_than_the_limit(self, postgresql: URL) -> None:
        limits = Limits(connections=2, lock_seconds=0.2)
        with (
            Registry.open(postgresql, key=KEY, limits=limits) as registry,
            registry.read(),
            registry.read(),
            pytest.raises(Unavailable, match="all its connections are in use"),
            registry.read(),
        ):
            pass

    def test_a_list_goes_on_where_it_stopped_whatever_the_order_of_the_server(
        self, registry: Registry, postgresql: URL
    ) -> None:
        ids = ["Z", "a", "A-1", "é", "A1", "a_", "z", "Ab", "B"]
        with registry.transaction() as tx:
            for id in ids:
                tx.save_publicatie(publicatie(id))
            tx.save_items([Item(f"k/{id}", id, NOW) for id in ids])
        with registry.read() as reading:
            seen: list[str] = []
            while page := reading.publicaties(after=seen[-1] if seen else None, limit=2):
                seen += [found.id for found in page]
            assert seen == sorted(ids)
            assert [item.pad for item in reading.items_below("k/A")] == ["A-1", "A1", "Ab"]

    def test_a_worker_that_died_on_another_machine_gives_its_jobs_back_after_the_lease(
        self, registry: Registry
    ) -> None:
        registry.jobs.want(wens(), now=NOW)
        lease = timedelta(seconds=30)
        [taken] = registry.jobs.claim("elders:1:1#a", now=NOW, soorten=list(Jobsoort), limit=1, lease=lease)
        assert claim(registry, now=NOW + lease - timedelta(seconds=1)) == []
        [mine] = claim(registry, now=NOW + lease)
        assert mine.object_id == taken.object_id
        assert registry.jobs.done([taken], now=NOW + lease) == [taken]
