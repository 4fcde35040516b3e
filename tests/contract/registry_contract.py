"""What every test of the registry stands on: a fresh registry per test on each kind of database, and its objects."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

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

    @pytest.fixture(params=["sqlite"])
    def url(self, request: pytest.FixtureRequest, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path}/registry.sqlite3"

    @pytest.fixture
    def registry(self, url: str) -> Iterator[Registry]:
        with Registry.create(url, key=KEY) as registry:
            yield registry


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
