from pathlib import Path

import pytest

from woo.cli.serve import service_children
from woo.settings import SettingsError, load_settings
from woo.settings.model import SECTIONS

SECRET = "zeer-geheim-woord"


def _problems(environ: dict[str, str], cwd: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ, cwd=cwd)
    return [str(problem) for problem in caught.value.problems]


def test_a_variable_with_file_behind_it_names_the_file_that_holds_the_value(tmp_path: Path) -> None:
    (tmp_path / "naam").write_text("\n  Gemeente Dorpstad \r\n", "utf-8")
    settings = load_settings({"WOO_SITE__NAAM_FILE": str(tmp_path / "naam")}, cwd=Path("/"))
    assert settings.site.naam == "Gemeente Dorpstad"


def test_the_name_of_the_file_counts_from_the_working_directory(tmp_path: Path) -> None:
    (tmp_path / "poort").write_text("8123")
    assert load_settings({"WOO_SERVE__PUBLIC_PORT_FILE": "poort"}, cwd=tmp_path).serve.public_port == 8123


def test_the_value_of_a_file_wins_over_a_settings_file_and_knows_woo_home(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("registry: {url: 'sqlite:////elders.sqlite3'}\n", "utf-8")
    (tmp_path / "adres").write_text("sqlite:///{WOO_HOME}/hier.sqlite3\n", "utf-8")
    environ = {"WOO_CONFIG": "mine.yaml", "WOO_REGISTRY__URL_FILE": "adres", "WOO_HOME": "/srv/woo"}
    assert load_settings(environ, cwd=tmp_path).registry.url == "sqlite:////srv/woo/hier.sqlite3"


def test_a_setting_whose_own_name_ends_in_file_keeps_its_meaning(tmp_path: Path) -> None:
    (tmp_path / "weg").write_text("sleutels/ander.key")
    assert "key_file" in SECTIONS["audit"].model_fields
    by_value = load_settings({"WOO_AUDIT__KEY_FILE": "log.key"}, cwd=tmp_path)
    by_file = load_settings({"WOO_AUDIT__KEY_FILE_FILE": "weg"}, cwd=tmp_path)
    assert by_value.audit.key_file == tmp_path / "log.key"
    assert by_file.audit.key_file == tmp_path / "sleutels" / "ander.key"


def test_the_value_and_the_file_together_are_refused_and_both_named(tmp_path: Path) -> None:
    (tmp_path / "naam").write_text("a")
    for environ in (
        {"WOO_SITE__NAAM": "b", "WOO_SITE__NAAM_FILE": "naam"},
        {"WOO_SITE__NAAM_FILE": "naam", "WOO_SITE__NAAM": "b"},
    ):
        assert _problems(environ, tmp_path) == [
            "variable WOO_SITE__NAAM_FILE: site.naam: WOO_SITE__NAAM is set too; keep one of the two"
        ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("weg", "the file {cwd}/weg cannot be read: No such file or directory"),
        ("map", "the file {cwd}/map cannot be read: Is a directory"),
        ("leeg", "the file {cwd}/leeg is empty"),
        ("groot", "the file {cwd}/groot is no value of a setting: it is larger than 64 KiB"),
        ("bytes", "the file {cwd}/bytes is no text in UTF-8"),
        ("", "it names no file"),
    ],
)
def test_a_file_without_a_value_is_refused_with_variable_key_file_and_reason(
    tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "map").mkdir()
    (tmp_path / "leeg").write_text(" \n")
    (tmp_path / "groot").write_bytes(b"x" * (64 * 1024 + 1))
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    assert _problems({"WOO_REGISTRY__URL_FILE": name}, tmp_path) == [
        f"variable WOO_REGISTRY__URL_FILE: registry.url: {said.format(cwd=tmp_path)}"
    ]


@pytest.mark.parametrize(
    ("variable", "content"),
    [
        ("WOO_REGISTRY__URL_FILE", f"mysql://woo:{SECRET}@host/d"),
        ("WOO_REGISTRY__URL_FILE", SECRET),
        ("WOO_LOGGING__LEVEL_FILE", SECRET),
        ("WOO_LIMITS__PAGES_FILE", SECRET),
        ("WOO_LIMITS__FILE_BYTES_FILE", SECRET),
        ("WOO_STORAGE__ARCHIVE_FILE", f"{{WOO_DATA}}/{SECRET}"),
        ("WOO_SITE__NAAM_FILE", f"{SECRET}\n{SECRET}"),
    ],
)
def test_what_a_file_holds_is_in_no_message_when_it_is_refused(
    tmp_path: Path, variable: str, content: str
) -> None:
    (tmp_path / "geheim").write_text(content)
    [problem] = _problems({variable: "geheim"}, tmp_path)
    assert problem.startswith(f"variable {variable}: ")
    assert "what is in the file was refused: " in problem
    assert SECRET not in problem


def test_an_unknown_name_with_file_behind_it_is_refused_with_the_nearest_right_name(tmp_path: Path) -> None:
    assert _problems({"WOO_SITE__URLL_FILE": "naam"}, tmp_path)[0].endswith("did you mean WOO_SITE__URL?")


def test_the_services_of_serve_start_with_settings_that_came_from_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("poort", "8123"), ("adres", "https://open.example.nl")):
        (tmp_path / name).write_text(value)
    monkeypatch.setenv("WOO_SERVE__PUBLIC_PORT_FILE", str(tmp_path / "poort"))
    monkeypatch.setenv("WOO_SITE__URL_FILE", str(tmp_path / "adres"))
    settings = load_settings(cwd=tmp_path)
    for child in service_children(settings, worker=True):
        assert load_settings(child.environment, cwd=tmp_path) == settings
