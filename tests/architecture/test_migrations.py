"""The migrations and the tables say the same, from an empty database on."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import URL

from tests.engines.postgresql import KINDS, Databases
from woo.domain.regelsleutels import loose_key, number_key
from woo.registry import Registry, schema
from woo.registry.tables import metadata

VERSIONS = sorted((schema.MIGRATIONS / "versions").glob("*.py"))


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/registry.sqlite3"
    address: URL = request.getfixturevalue("empty_postgresql")
    return address.render_as_string(hide_password=False)


@pytest.fixture
def migrated(url: str) -> Iterator[sa.Connection]:
    Registry.create(url).close()
    yield from _connected(url)


@pytest.fixture
def declared(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[sa.Connection]:
    """A database made from the tables, not from the migrations."""
    if url.startswith("sqlite"):
        yield from _created(f"sqlite:///{tmp_path}/declared.sqlite3")
        return
    databases: Databases = request.getfixturevalue("postgresql_databases")
    address = databases.create()
    yield from _created(address)
    databases.drop(address)


def _created(url: str | URL) -> Iterator[sa.Connection]:
    for connection in _connected(url):
        metadata.create_all(connection)
        yield connection


def _connected(url: str | URL) -> Iterator[sa.Connection]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _tables(connection: sa.Connection) -> dict[str, dict[str, Any]]:
    """Everything the database itself says of its tables, but the order of it."""
    inspector = sa.inspect(connection)
    found: dict[str, dict[str, Any]] = {}
    for table in set(inspector.get_table_names()) - {"alembic_version"}:
        found[table] = {
            "columns": [_column(c) for c in inspector.get_columns(table)],
            "primary key": inspector.get_pk_constraint(table),
            "checks": sorted((c["name"], c["sqltext"]) for c in inspector.get_check_constraints(table)),
            "unique": sorted(map(str, inspector.get_unique_constraints(table))),
            "foreign keys": sorted(map(str, inspector.get_foreign_keys(table))),
            "indexes": sorted(map(_index, inspector.get_indexes(table))),
        }
    return found


def _column(column: Any) -> tuple[object, ...]:
    collation = getattr(column["type"], "collation", None) or column.get("collation")
    return (column["name"], str(column["type"]), column["nullable"], collation, column.get("default"))


def _index(index: Any) -> str:
    options = index.get("dialect_options", {})
    where = str(options.get("sqlite_where", options.get("postgresql_where")))
    return f"{index['name']} {index['column_names']} unique={index['unique']} where={where}"


def test_there_is_one_head() -> None:
    scripts = ScriptDirectory.from_config(schema.config())
    assert scripts.get_heads() == [schema.head()]
    walked = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(walked)) == schema.revisions()
    assert len(list(scripts.walk_revisions())) == len(VERSIONS)


def test_alembic_finds_no_difference_between_tables_and_migrated_database(migrated: sa.Connection) -> None:
    context = MigrationContext.configure(migrated, opts={"compare_type": True})
    assert compare_metadata(context, metadata) == []


def test_the_database_itself_says_the_same_of_both_with_every_rule(
    migrated: sa.Connection, declared: sa.Connection
) -> None:
    assert _tables(migrated) == _tables(declared)
    assert _tables(migrated)["publicatie"]["checks"] != []


def test_ids_of_jobs_and_lines_are_never_given_out_twice(migrated: sa.Connection) -> None:
    if migrated.dialect.name == "sqlite":
        ddl = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
    else:
        ddl = (
            "SELECT table_name FROM information_schema.columns WHERE starts_with(column_default, 'nextval(')"
        )
    assert set(migrated.exec_driver_sql(ddl).scalars()) == {"job", "logregel", "oogstantwoord"}


@pytest.mark.needs("postgresql")
def test_every_text_is_ordered_by_code_point_on_postgresql(empty_postgresql: URL) -> None:
    Registry.create(empty_postgresql).close()
    question = """SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"""
    for connection in _connected(empty_postgresql):
        assert connection.exec_driver_sql(question).all() == []


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_stands_alone_and_says_why(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert not [module for module in imported if (module or "").startswith("woo")]


def test_rows_of_inventories_that_were_there_get_their_keys(url: str) -> None:
    publicatie = {
        "id": "p1",
        "publisher": "gm0153",
        "officiele_titel": "Rondweg",
        "informatiecategorieen": "[]",
        "aangemaakt_op": "2026-01-01 00:00:00.000000",
        "gewijzigd_op": "2026-01-01 00:00:00.000000",
        "status": "concept",
    }
    regel = {
        "publicatie_id": "p1",
        "sleutel": "0012",
        "volgorde": 1,
        "nummer": "0012",
        "documentnaam": "Brief  Over.PDF",
        "beoordeling": "openbaar",
        "opgeschort": False,
        **dict.fromkeys(("gronden", "bijzonderheden", "links", "gerelateerd", "zaaknummers"), "[]"),
        "overig": "{}",
    }
    settings = schema.config()
    for connection in _connected(url):
        with connection.begin():
            settings.attributes["connection"] = connection
            command.upgrade(settings, "0003")
            for table, values in (("publicatie", publicatie), ("inventarisregel", regel)):
                columns = ", ".join(values)
                places = ", ".join(f":{name}" for name in values)
                connection.execute(sa.text(f"INSERT INTO {table} ({columns}) VALUES ({places})"), values)  # noqa: S608
            command.upgrade(settings, "head")
            [kept] = connection.execute(sa.text("SELECT nummersleutel, naamsleutel FROM inventarisregel"))
    assert tuple(kept) == (number_key("0012"), loose_key("Brief  Over.PDF")) == ("12", "brief over")
