"""Requests that were there before the desk kept them get the organisation of the publicatie of their decision."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command

from woo.registry import schema


def test_old_requests_are_of_the_organisation_that_shows_their_decision(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/registry.sqlite3")
    settings = schema.config()
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0005")
        _insert(
            connection,
            "publicatie",
            id="p1",
            publisher="gm0153",
            officiele_titel="Rondweg",
            informatiecategorieen="[]",
            aangemaakt_op="2026-01-01 00:00:00.000000",
            gewijzigd_op="2026-01-01 00:00:00.000000",
            status="concept",
        )
        for id in ("v1", "v2"):
            _insert(
                connection,
                "wooverzoek",
                id=id,
                kenmerk=id,
                onderwerp="Rondweg",
                ontvangen_op="2024-01-08",
                verdaging_dagen=0,
                opschortingen="[]",
            )
        _insert(
            connection,
            "woobesluit",
            id="b1",
            verzoek_id="v1",
            kenmerk="B-1",
            datum="2024-02-01",
            uitkomst="openbaar",
            publicatie_id="p1",
        )
        command.upgrade(settings, "head")
        kept = connection.execute(
            sa.text("SELECT id, organisatie, preciseringen FROM wooverzoek ORDER BY id")
        ).all()
        besluit = connection.execute(sa.text("SELECT laatste, gronden FROM woobesluit")).all()
    engine.dispose()
    assert kept == [("v1", "gm0153", "[]"), ("v2", None, "[]")]
    assert besluit == [(0, "[]")]


def _insert(connection: sa.Connection, table: str, **values: object) -> None:
    places = ", ".join(f":{name}" for name in values)
    connection.execute(sa.text(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})"), values)  # noqa: S608
