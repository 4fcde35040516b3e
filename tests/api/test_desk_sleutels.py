"""API keys, made and revoked at the desk or on the command line: shown once, listed without their secret, logged."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from publisher.commands import add_commands
from tests.api.desk import BEHEER, DeskOfTest, open_desk
from woo.domain.actor import Actor, Rol
from woo.domain.events import Actie
from woo.settings import load_settings


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def woo(folder: Path, *arguments: str, registry: str | None = None) -> Result:
    """Run `woo` with these arguments on the installation in this folder."""
    environ = {"WOO_HOME": str(folder / "var")} | ({"WOO_REGISTRY__URL": registry} if registry else {})
    app = typer.Typer()
    app.callback()(lambda: None)
    add_commands(app, lambda: load_settings(environ, cwd=folder))
    return CliRunner().invoke(app, arguments)


def test_a_new_key_works_with_its_role_and_its_secret_is_never_shown_again(desk: DeskOfTest) -> None:
    beheer = desk.by(Rol.BEHEERDER)
    made = beheer.post("/sleutels", json={"naam": "zaaksysteem", "rol": "redacteur", "dagen": 30})
    assert made.status_code == 201
    geheim = made.json()["geheim"]
    assert geheim.startswith("woo_")
    assert made.json()["vervaltOp"] == "2026-04-01T09:00:00Z"
    client = desk.client(f"Bearer {geheim}")
    assert client.get("/status").status_code == 200
    assert client.get("/sleutels").status_code == 403
    assert geheim not in beheer.get("/sleutels").text
    assert geheim not in beheer.get("/logboek").text


def test_the_secret_is_nowhere_on_the_disk(desk: DeskOfTest, tmp_path: Path) -> None:
    geheim = (
        desk.by(Rol.BEHEERDER)
        .post("/sleutels", json={"naam": "x", "rol": "lezer", "dagen": 1})
        .json()["geheim"]
    )
    desk.client(f"Bearer {geheim}").get("/status")
    files = [file for file in (tmp_path / "var").rglob("*") if file.is_file()]
    assert len(files) > 1
    assert not any(geheim.encode() in file.read_bytes() for file in files)


def test_making_and_revoking_a_key_is_written_down_without_its_name(desk: DeskOfTest) -> None:
    beheer = desk.by(Rol.BEHEERDER)
    id = beheer.post("/sleutels", json={"naam": "zaaksysteem", "rol": "lezer", "dagen": 1}).json()["id"]
    for _ in range(2):
        assert beheer.post(f"/sleutels/{id}/intrekken").json()["geldig"] is False
    created, revoked = desk.events(id)
    assert (created.actie, revoked.actie) == (Actie.KEY_CREATED, Actie.KEY_REVOKED)
    assert created.details == {"rol": "lezer", "vervalt_op": "2026-03-03T09:00:00Z"}
    assert created.actor == "sleutel van beheerder"


def test_keys_are_listed_in_pages_with_whether_they_still_work(desk: DeskOfTest) -> None:
    beheer = desk.by(Rol.BEHEERDER)
    for dagen in (1, 20, 40):
        desk.clock.forward(seconds=1)
        beheer.post("/sleutels", json={"naam": f"{dagen}", "rol": "lezer", "dagen": dagen})
    desk.clock.forward(days=10)
    found, na = [], None
    while True:
        page = beheer.get("/sleutels", params={"aantal": 3} | ({"na": na} if na else {})).json()
        found += [(key["naam"], key["geldig"]) for key in page["resultaten"]]
        na = page["volgende"]
        if na is None:
            break
    assert found == [("sleutel van beheerder", True), ("1", False), ("20", True), ("40", True)]


def test_a_key_that_does_not_exist_cannot_be_revoked(desk: DeskOfTest) -> None:
    response = desk.by(Rol.BEHEERDER).post("/sleutels/bestaat-niet/intrekken")
    assert (response.status_code, response.json()["title"]) == (404, "Deze sleutel bestaat niet")


def test_the_command_prints_the_secret_alone_on_stdout(tmp_path: Path) -> None:
    made = woo(tmp_path, "key", "create", "--naam", "zaaksysteem", "--rol", "redacteur", "--dagen", "30")
    assert made.exit_code == 0
    assert made.stdout.count("\n") == 1
    secret = made.stdout.strip()
    assert secret.startswith("woo_")
    assert secret not in made.stderr
    with open_desk(tmp_path) as desk:
        desk.clock.now = desk.platform.registry.keys.list()[0].aangemaakt_op
        assert desk.client(f"Bearer {secret}").get("/status").status_code == 200
        (event,) = desk.events()
    assert event.actie is Actie.KEY_CREATED
    assert str(event.herkomst).startswith("command line on ")


def test_the_command_lists_keys_as_json_and_as_lines(tmp_path: Path) -> None:
    woo(tmp_path, "key", "create", "--naam", "zaaksysteem", "--rol", "lezer", "--dagen", "30")
    (key,) = json.loads(woo(tmp_path, "key", "list", "--json").stdout)
    assert (key["naam"], key["rol"], key["staat"], key["ingetrokken_op"]) == (
        "zaaksysteem",
        "lezer",
        "valid",
        None,
    )
    (line,) = woo(tmp_path, "key", "list").stdout.splitlines()
    assert line.startswith(key["id"])
    assert line.endswith("zaaksysteem")


def test_the_command_revokes_a_key(tmp_path: Path) -> None:
    woo(tmp_path, "key", "create", "--naam", "zaaksysteem", "--rol", "lezer", "--dagen", "30")
    (key,) = json.loads(woo(tmp_path, "key", "list", "--json").stdout)
    revoked = woo(tmp_path, "key", "revoke", key["id"])
    assert (revoked.exit_code, revoked.stdout) == (0, "")
    (key,) = json.loads(woo(tmp_path, "key", "list", "--json").stdout)
    assert key["staat"] == "revoked"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("key", "revoke", "bestaat-niet"), 1),
        (("key", "create", "--naam", " ", "--rol", "lezer", "--dagen", "1"), 1),
        (("key", "create", "--naam", "x", "--rol", "baas", "--dagen", "1"), 2),
        (("key", "create", "--naam", "x", "--rol", "lezer", "--dagen", "0"), 2),
        (("key", "create", "--naam", "x", "--rol", "lezer", "--dagen", "1097"), 2),
        (("key", "create", "--naam", "x", "--rol", "lezer"), 2),
        (("key", "weg"), 2),
    ],
)
def test_a_refused_command_prints_no_secret_and_ends_with_its_code(
    tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    result = woo(tmp_path, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr
    assert json.loads(woo(tmp_path, "key", "list", "--json").stdout) == []


def test_a_registry_that_cannot_be_reached_ends_with_code_three(tmp_path: Path) -> None:
    (tmp_path / "geen-map").write_text("")
    result = woo(tmp_path, "key", "list", registry=f"sqlite:///{tmp_path}/geen-map/registry.sqlite3")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "The registry is not available" in result.stderr


def test_a_registry_that_fails_while_serving_is_told_as_503_and_opens_nothing(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        client = desk.by(Rol.BEHEERDER)
        desk.platform.close()
        with sqlite3.connect(tmp_path / "var" / "registry.sqlite3") as raw:
            raw.execute("ALTER TABLE toegangssleutel RENAME TO weg")
        raw.close()
        response = client.get("/status")
        assert response.status_code == 503
        assert response.headers["retry-after"]


def test_only_who_administers_may_make_list_or_revoke_keys(desk: DeskOfTest) -> None:
    from publisher.keys import create_key, list_keys, revoke_key
    from woo.domain.errors import NotAllowed

    key, _ = create_key(desk.platform, BEHEER, "x", rol=Rol.LEZER, dagen=1)
    other = Actor("x", Rol.PUBLICEERDER, "test")
    for attempt in (
        lambda: create_key(desk.platform, other, "x", rol=Rol.LEZER, dagen=1),
        lambda: list_keys(desk.platform, other),
        lambda: revoke_key(desk.platform, other, key.id),
    ):
        with pytest.raises(NotAllowed):
            attempt()
