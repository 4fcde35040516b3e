"""What every test of the registry stands on: a fresh registry per test on each kind of database, and its objects."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL

from tests.engines.postgresql import KINDS
from woo.domain.actor import Actor, Rol
from woo.domain.document import Bestand, Document
from woo.domain.events import Actie, Gebeurtenis, Jobsoort, Jobwens, Prioriteit
from woo.domain.publicatie import Publicatie
from woo.registry import Job, Registry

KEY = b"a key of the log for the tests only, 32+"
NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ACTOR = Actor("j.jansen", Rol.PUBLICEERDER, "192.0.2.7")


class OnEveryDatabase:
    """The contract: subclasses run on every kind of database that a registry can live in."""

    postgresql = "postgresql"
    """The fixture that gives a database of a server."""

    @pytest.fixture(params=KINDS)
    def url(self, request: pytest.FixtureRequest, tmp_path: Path) -> str:
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path}/registry.sqlite3"
        address: URL = request.getfixturevalue(self.postgresql)
        return address.render_as_string(hide_password=False)

    @pytest.fixture
    def raw(self, url: str) -> "Raw":
        return Raw(url)

    @pytest.fixture
    def registry(self, url: str) -> Iterator[Registry]:
        with Registry.create(url, key=KEY) as registry:
            yield registry


class Raw:
    """The database behind the registry's back, as somebody with the disk or the right password has it."""

    def __init__(self, url: str) -> None:
        self.is_server = url.startswith("postgresql")
        self._engine = sa.create_engine(url, poolclass=sa.NullPool)

    def run(self, *statements: str) -> None:
        """Each statement in one transaction; a change must change something."""
        with self._engine.begin() as connection:
            for statement in statements:
                changed = connection.exec_driver_sql(statement).rowcount
                assert changed != 0, statement

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        with self._engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(question)]

    def tables(self) -> set[str]:
        return set(sa.inspect(self._engine).get_table_names())

    def without_guards(self, *statements: str) -> None:
        """Change the log, once what guards it is taken away."""
        guards = ("logregel_delete", "logregel_change", "logregel_reseal")
        on = " ON logregel" if self.is_server else ""
        self.run(*(f"DROP TRIGGER IF EXISTS {guard}{on}" for guard in guards), *statements)


def digest(number: int) -> str:
    return f"{number:064x}"


def publicatie(id: str = "p1", **changes: Any) -> Publicatie:
    fields: dict[str, Any] = {
        "id": id,
        "publisher": "gm0153",
        "officiele_titel": "Besluit op het verzoek over de rondweg",
        "informatiecategorieen": ("c_3baef532", "c_99a836c7"),
        "aangemaakt_op": NOW,
        "gewijzigd_op": NOW,
    }
    return Publicatie(**(fields | changes))


def document(id: str = "d1", volgnummer: int = 1, **changes: Any) -> Document:
    fields: dict[str, Any] = {
        "id": id,
        "publicatie_id": "p1",
        "volgnummer": volgnummer,
        "officiele_titel": f"Bijlage {volgnummer}",
        "aangemaakt_op": NOW,
        "gewijzigd_op": NOW,
        "bestand": Bestand(digest(volgnummer), f"bijlage-{volgnummer}.pdf", "application/pdf", 1234),
    }
    return Document(**(fields | changes))


def event(actie: Actie = Actie.DOCUMENT_ADDED, object_id: str = "d1", **changes: Any) -> Gebeurtenis:
    fields: dict[str, Any] = {"object_soort": "document", "actor": ACTOR, "tijd": NOW}
    return Gebeurtenis(actie=actie, object_id=object_id, **(fields | changes))


def wens(
    object_id: str = "d1", soort: Jobsoort = Jobsoort.EXTRACT, prioriteit: Prioriteit = Prioriteit.NORMAAL
) -> Jobwens:
    return Jobwens(soort, object_id, prioriteit)


def claim(registry: Registry, owner: str = "w1", *, now: datetime = NOW, limit: int = 10) -> list[Job]:
    return registry.jobs.claim(owner, now=now, soorten=list(Jobsoort), limit=limit, lease=MINUTE)


def fill(registry: Registry, documents: int = 1) -> None:
    """One publicatie `p1` with documents `d1`, `d2`, …."""
    with registry.transaction() as tx:
        tx.save_publicatie(publicatie())
        for number in range(1, documents + 1):
            tx.save_document(document(f"d{number}", number))
