"""Files fetched at the desk: every version, always as a download, and noted where the public does not get the same."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.api.desk import REDEN, DeskOfTest, bestand, open_desk, pdf
from woo.domain.actor import Rol
from woo.domain.document import Leesstatus, Lezing
from woo.domain.events import Actie


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def read(desk: DeskOfTest, id: str) -> None:
    """As the worker leaves it when it has read the file."""
    with desk.platform.registry.transaction() as tx:
        tx.save_document(replace(tx.document(id), lezing=Lezing(Leesstatus.GELEZEN, paginas=1)))


def readings(desk: DeskOfTest, id: str) -> int:
    return sum(event.actie is Actie.CONCEPT_GELEZEN for event in desk.events(id))


def test_every_version_is_fetched_as_it_was_received(desk: DeskOfTest) -> None:
    id = desk.document(desk.publicatie(), "een")
    replaced = desk.by(Rol.BEHEERDER).put(f"/documenten/{id}/bestand", files=bestand(inhoud=pdf("twee")))
    assert replaced.status_code == 200, replaced.text
    api = desk.by(Rol.LEZER)
    assert api.get(f"/documenten/{id}/bestand").content == pdf("twee")
    assert [api.get(f"/documenten/{id}/versies/{n}/bestand").content for n in (1, 2)] == [
        pdf("een"),
        pdf("twee"),
    ]
    missing = api.get(f"/documenten/{id}/versies/3/bestand")
    assert (missing.status_code, missing.json()["title"]) == (404, "Dit bestand is er niet (meer)")
    assert readings(desk, id) == 1


def test_a_file_never_opens_in_the_browser(desk: DeskOfTest) -> None:
    files = {"bestand": ("pagina “a”.html", b"<!DOCTYPE html><script>alert(1)</script>", "text/html")}
    path = f"/publicaties/{desk.publicatie()}/documenten"
    added = desk.by(Rol.BEHEERDER).post(path, data={"officieleTitel": "Pagina"}, files=files)
    for address in ("/v1/documenten/{}/bestand", "/documenten/{}/versies/1/bestand"):
        client = desk.by(Rol.LEZER)
        client.base_url = "http://balie"  # type: ignore[assignment]
        answer = client.get(address.format(added.json()["id"]))
        assert answer.status_code == 200
        told = answer.headers["content-disposition"]
        assert told.startswith('attachment; filename="pagina _a_.html"')
        assert "pagina%20%E2%80%9Ca%E2%80%9D.html" in told
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_what_everyone_gets_is_not_noted_and_what_they_do_not_is(desk: DeskOfTest) -> None:
    id = desk.document(desk.publicatie(), "een")
    desk.by(Rol.BEHEERDER).put(f"/documenten/{id}/bestand", files=bestand(inhoud=pdf("twee")))
    read(desk, id)
    with desk.platform.registry.read() as reading:
        publicatie = reading.document(id).publicatie_id
    assert desk.by(Rol.BEHEERDER).post(f"/publicaties/{publicatie}/publiceer").status_code == 200
    desk.clock.forward(minutes=16)
    before = readings(desk, id)
    assert desk.by(Rol.LEZER).get(f"/documenten/{id}/bestand").status_code == 200
    assert readings(desk, id) == before
    assert desk.by(Rol.LEZER).get(f"/documenten/{id}/versies/1/bestand").status_code == 200
    assert readings(desk, id) == before + 1
    desk.clock.forward(minutes=16)
    withdrawn = desk.by(Rol.BEHEERDER).post(f"/documenten/{id}/intrekken", json={"reden": REDEN})
    assert withdrawn.status_code == 200
    assert desk.by(Rol.LEZER).get(f"/documenten/{id}/bestand").status_code == 200
    assert readings(desk, id) == before + 2


def test_a_file_that_was_destroyed_is_gone_at_the_desk_too(desk: DeskOfTest) -> None:
    id = desk.document(desk.publicatie())
    with desk.platform.registry.read() as reading:
        [version] = reading.versions(id)
    desk.platform.archive.remove(version.bestand.digest)
    assert desk.by(Rol.BEHEERDER).get(f"/documenten/{id}/bestand").status_code == 404
