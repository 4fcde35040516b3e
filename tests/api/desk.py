"""A desk for tests: a real platform in a folder, and a client for each role with a real key."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from publisher.app import create_app
from publisher.backoff import BackOff
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.actor import Actor, Rol
from woo.domain.events import Actie
from woo.registry import LoggedEvent
from woo.settings import Settings, config_folder, load_settings
from woo.usecases.platform import Platform, open_platform

with warnings.catch_warnings():
    # The client works with httpx; starlette announces that it will want a successor of it.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

NOW = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
WOO_VERZOEKEN = "c_3baef532"
GEMEENTE = "gm0153"
BEHEER = Actor("test", Rol.BEHEERDER, "test")
LIGHT = {"WOO_AANMELDEN__HASH_MB": "8", "WOO_AANMELDEN__HASH_RONDES": "1"}
"""Hashing of passwords that costs tests no time."""
REDEN = "Er staat een naam in die er niet in mag."


def pdf(inhoud: str = "een") -> bytes:
    """Bytes that begin as a PDF does; different for another `inhoud`."""
    return b"%PDF-1.7\n% " + inhoud.encode() + b"\n%%EOF\n"


def bestand(naam: str = "besluit.pdf", inhoud: bytes | None = None) -> dict[str, tuple[str, bytes, str]]:
    return {"bestand": (naam, pdf() if inhoud is None else inhoud, "application/pdf")}


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class DeskOfTest:
    """The platform, the application on it, and its keys."""

    platform: Platform
    settings: Settings
    app: FastAPI
    clock: Clock
    portal: BlockingPortal | None = None
    """The event loop that answers all its clients; without one each request would start and end a loop of its own."""
    secrets: dict[Rol, str] = field(default_factory=dict)

    def secret(self, rol: Rol) -> str:
        """The secret of a key with this role, made when it is first asked for."""
        if rol not in self.secrets:
            keys = self.platform.registry.keys
            ends = self.clock() + timedelta(days=30)
            self.secrets[rol] = keys.create(
                f"sleutel van {rol.value}", rol, now=self.clock(), vervalt_op=ends
            )[1]
        return self.secrets[rol]

    def client(self, authorization: str | None, *, address: str = "127.0.0.1") -> TestClient:
        headers = {} if authorization is None else {"Authorization": authorization}
        made = TestClient(self.app, base_url="http://balie/v1", headers=headers, client=(address, 50_000))
        made.portal = self.portal
        return made

    def by(self, rol: Rol) -> TestClient:
        return self.client(f"Bearer {self.secret(rol)}")

    def publicatie(self, **velden: Any) -> str:
        """The id of a new publicatie."""
        body = {
            "officieleTitel": "Besluit op een verzoek",
            "informatiecategorieen": [WOO_VERZOEKEN],
            "publisher": GEMEENTE,
        }
        made = self.by(Rol.BEHEERDER).post("/publicaties", json={**body, **velden})
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    def document(self, publicatie_id: str, inhoud: str = "een") -> str:
        """The id of a new document."""
        added = self.by(Rol.BEHEERDER).post(
            f"/publicaties/{publicatie_id}/documenten",
            data={"officieleTitel": "Besluit"},
            files=bestand(inhoud=pdf(inhoud)),
        )
        assert added.status_code == 201, added.text
        return str(added.json()["id"])

    def published(self) -> str:
        """The id of a published publicatie."""
        id = self.publicatie()
        assert self.by(Rol.BEHEERDER).post(f"/publicaties/{id}/publiceer").status_code == 200
        return id

    def events(self, object_id: str | None = None) -> list[LoggedEvent]:
        with self.platform.registry.read() as reading:
            return reading.events(object_id=object_id)

    def actions(self, object_id: str) -> list[Actie]:
        """What was done to it; that somebody looked, or was refused, is left out."""
        acties = (event.actie for event in self.events(object_id))
        return [actie for actie in acties if actie not in (Actie.CONCEPT_GELEZEN, Actie.HANDELING_GEWEIGERD)]


@cache
def _lijsten_of(aanvulling: Path | None) -> Waardelijsten:
    """The value lists, which nobody changes, read once for all tests: their YAML is most of the work."""
    return Waardelijsten.load(config_folder() / "waardelijsten", aanvulling=aanvulling)


@contextmanager
def open_desk(
    folder: Path, *, environ: Mapping[str, str] | None = None, backoff: BackOff | None = None
) -> Iterator[DeskOfTest]:
    """Open a platform in this folder and the desk on it; ids count up, the clock stands still."""
    settings = load_settings({"WOO_HOME": str(folder / "var"), **LIGHT, **(environ or {})}, cwd=folder)
    numbers, clock = count(1), Clock()
    lijsten = _lijsten_of(settings.waardelijsten.aanvulling)
    platform = replace(
        open_platform(settings), lijsten=lijsten, now=clock, new_id=lambda: str(UUID(int=next(numbers)))
    )
    app = create_app(platform, settings, backoff=backoff)
    try:
        with start_blocking_portal() as portal:
            yield DeskOfTest(platform, settings, app, clock, portal)
    finally:
        app.state.etalage.close()
        platform.close()
