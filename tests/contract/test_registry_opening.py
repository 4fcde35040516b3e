"""Opening the registry: what works, and what people read when it does not."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.contract.registry_contract import KEY, OnEveryDatabase, Raw, publicatie
from woo.domain.errors import InvalidValue, Refused, Unavailable
from woo.registry import Limits, Registry, Retry
from woo.registry.database import Database


@contextmanager
def opened(url: str) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


class TestOpening(OnEveryDatabase):
    postgresql = "empty_postgresql"

    def test_creating_twice_keeps_what_is_there(self, url: str) -> None:
        with Registry.create(url) as registry, registry.transaction() as tx:
            tx.save_publicatie(publicatie())
        with Registry.create(url) as registry, registry.read() as reading:
            assert reading.publicatie("p1") == publicatie()

    def test_an_unmigrated_database_is_refused_with_what_to_do(self, url: str, tmp_path: Path) -> None:
        (tmp_path / "registry.sqlite3").touch()  # a database of a server is there already
        with pytest.raises(Refused, match=r"holds no tables yet.*Registry\.create"):
            Registry.open(url)
        Registry.migrate(url)
        Registry.open(url).close()

    def test_a_newer_database_is_refused_and_not_touched(self, url: str, raw: Raw) -> None:
        Registry.create(url).close()
        raw.run("UPDATE alembic_version SET version_num = '9999'")
        for opening in (Registry.open, Registry.create, Registry.migrate):
            with pytest.raises(Refused, match="'9999' is newer than this program knows"):
                opening(url)
        assert raw.ask("SELECT version_num FROM alembic_version") == [("9999",)]

    def test_a_migration_that_fails_halfway_leaves_nothing_behind(
        self, url: str, raw: Raw, tmp_path: Path
    ) -> None:
        (tmp_path / "registry.sqlite3").touch()
        raw.run("CREATE TABLE toegangssleutel (id text)")  # in the way of the last table
        with pytest.raises(Unavailable, match=r"toegangssleutel\W+already exists"):
            Registry.migrate(url)
        assert raw.tables() == {"toegangssleutel"}

    def test_a_closed_registry_may_be_closed_again(self, url: str) -> None:
        registry = Registry.create(url)
        registry.close()
        registry.close()

    def test_a_setting_for_retries_reaches_the_queue(self, url: str) -> None:
        with Registry.create(url, key=KEY, retry=Retry(attempts=1)) as registry:
            assert registry.jobs.resting() == []


class TestOpeningSqlite:
    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path}/registry.sqlite3"

    def test_a_file_that_is_not_there_is_named(self, url: str, tmp_path: Path) -> None:
        for opening in (Registry.open, Registry.migrate):
            with pytest.raises(Unavailable, match=str(tmp_path / "registry.sqlite3")):
                opening(url)
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_that_cannot_be_made_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(Unavailable, match=r"file/registry.sqlite3 cannot be made"):
            Registry.create(f"sqlite:///{tmp_path}/file/registry.sqlite3")

    def test_missing_folders_are_made_and_the_address_is_decoded(self, tmp_path: Path) -> None:
        Registry.create(f"sqlite:///{tmp_path}/a/b%20c/registry.sqlite3").close()
        assert (tmp_path / "a" / "b c" / "registry.sqlite3").stat().st_size > 0

    def test_a_file_that_is_no_database_is_refused(self, url: str, tmp_path: Path) -> None:
        (tmp_path / "registry.sqlite3").write_bytes(b"no database at all " * 100)
        with pytest.raises(Unavailable, match="not a database"):
            Registry.open(url)

    @pytest.mark.parametrize(
        "wrong", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"]
    )
    def test_a_registry_in_memory_is_refused(self, wrong: str) -> None:
        with pytest.raises(InvalidValue, match=r"WOO_REGISTRY__URL.*path to a file"):
            Registry.create(wrong)

    @pytest.mark.parametrize("kind", ["mysql", "postgresql", "postgresql+asyncpg"])
    def test_another_kind_of_database_is_refused_without_repeating_its_password(self, kind: str) -> None:
        with pytest.raises(InvalidValue, match="SQLite or PostgreSQL") as caught:
            Registry.open(f"{kind}://woo:hush@db/woo")
        assert "hush" not in str(caught.value)

    def test_what_is_no_address_is_refused(self) -> None:
        with pytest.raises(InvalidValue, match="not an address"):
            Registry.open("registry.sqlite3")

    def test_others_on_the_machine_cannot_read_it(self, url: str, tmp_path: Path) -> None:
        with Registry.create(url) as registry, registry.transaction() as tx:
            tx.save_publicatie(publicatie())
            assert {path.name: path.stat().st_mode & 0o007 for path in tmp_path.iterdir()} == {
                "registry.sqlite3": 0,
                "registry.sqlite3-wal": 0,
                "registry.sqlite3-shm": 0,
            }

    def test_a_commit_is_on_disk_before_it_returns_and_references_hold(self, url: str) -> None:
        Registry.create(url).close()
        database = Database.connect(url)
        with database.write() as connection:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PROMISES}
        database.close()
        assert found == PROMISES

    def test_a_restored_copy_in_another_mode_is_put_in_wal_mode_again(self, url: str) -> None:
        Registry.create(url).close()
        with opened(url) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        Registry.open(url).close()
        with opened(url) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)

    def test_a_database_that_stays_locked_is_unavailable_for_writing_and_open_for_reading(
        self, url: str
    ) -> None:
        Registry.create(url).close()
        registry = Registry(Database.connect(url, limits=Limits(lock_seconds=0.05)), key=None, retry=Retry())
        with opened(url) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Unavailable, match="locked"), registry.transaction() as tx:
                tx.save_publicatie(publicatie())
            with registry.read() as reading:
                assert reading.publicaties() == []
            other.execute("ROLLBACK")
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie())
        registry.close()


PROMISES = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
