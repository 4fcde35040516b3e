import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from woo.domain.errors import InvalidValue, Unavailable, WooError
from woo.settings import Settings, SettingsError, config_folder, load_or_create_key, load_settings
from woo.settings.model import SECTIONS
from woo.settings.reference import settings_page


def _problems(environ: dict[str, str], cwd: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ, cwd=cwd)
    return [str(problem) for problem in caught.value.problems]


def _config(tmp_path: Path, text: str) -> dict[str, str]:
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    return {"WOO_CONFIG": "mine.yaml"}


def test_every_setting_is_in_the_model_and_in_the_default_file_with_the_same_sentence() -> None:
    written: dict[str, str] = {}
    section = comment = ""
    for line in (config_folder() / "default.yaml").read_text("utf-8").splitlines():
        if line.startswith("  # "):
            comment = line.removeprefix("  # ")
        elif found := re.match(r"(\w+):$", line):
            section = found[1]
        elif found := re.match(r"  (\w+):", line):
            written[f"{section}.{found[1]}"] = comment
            comment = ""
    in_model = {
        f"{name}.{key}": field.description
        for name, model in SECTIONS.items()
        for key, field in model.model_fields.items()
    }
    assert written == in_model
    assert list(written) == list(in_model)


def test_the_model_holds_no_default_of_its_own() -> None:
    fields = [field for model in (*SECTIONS.values(), Settings) for field in model.model_fields.values()]
    assert all(field.is_required() for field in fields)


def test_the_page_in_docs_is_the_one_made_from_the_settings(root: Path) -> None:
    assert (root / "docs" / "settings.md").read_text("utf-8") == settings_page(), (
        "run python -m woo.settings.reference"
    )


def test_without_any_source_but_the_default_file_everything_lives_under_var(tmp_path: Path) -> None:
    settings = load_settings({}, cwd=tmp_path)
    home = tmp_path / "var"
    assert settings.home == home
    assert settings.registry.url == f"sqlite:///{home}/registry.sqlite3"
    assert settings.index.folder == home / "index"
    assert settings.storage.archive == str(home / "archive")
    assert settings.audit.key_file == home / "sleutels" / "log.key"
    assert settings.site.theme == config_folder() / "themes" / "neutraal.css"
    assert (
        settings.site.contact,
        settings.toegankelijkheid.onderzocht,
        settings.waardelijsten.aanvulling,
    ) == (
        None,
        None,
        None,
    )
    assert settings.serve.desk_host == "127.0.0.1"
    assert settings.limits.file_bytes == 2**30
    assert settings.worker.processes >= 1


def test_a_variable_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    environ = _config(tmp_path, "site:\n  naam: Gemeente Dorpstad\n  ondertitel: Uit het bestand\n")
    settings = load_settings({**environ, "WOO_SITE__NAAM": "Gemeente Stadsdorp"}, cwd=tmp_path)
    assert (settings.site.naam, settings.site.ondertitel) == ("Gemeente Stadsdorp", "Uit het bestand")
    assert settings.serve.public_port == 8000


def test_woo_home_counts_from_the_working_directory_and_goes_into_values(tmp_path: Path) -> None:
    settings = load_settings(
        {"WOO_HOME": "../elders", "WOO_STORAGE__PUBLIC": "{WOO_HOME}/open"}, cwd=tmp_path
    )
    assert settings.home == tmp_path.parent / "elders"
    assert settings.storage.public == str(tmp_path.parent / "elders" / "open")


def test_relative_paths_count_from_the_working_directory(tmp_path: Path) -> None:
    (tmp_path / "stijl.css").write_text(":root {}")
    settings = load_settings({"WOO_SITE__THEME": "stijl.css", "WOO_STORAGE__ARCHIVE": "a/../b"}, cwd=tmp_path)
    assert settings.site.theme == tmp_path / "stijl.css"
    assert settings.storage.archive == str(tmp_path / "b")


def test_an_unknown_key_is_refused_with_file_key_and_the_nearest_right_name(tmp_path: Path) -> None:
    environ = _config(tmp_path, "site:\n  naan: x\nlimiets:\n  pages: 3\n")
    assert _problems(environ, tmp_path) == [
        f"{tmp_path}/mine.yaml: site.naan: unknown key; did you mean site.naam?",
        f"{tmp_path}/mine.yaml: limiets: unknown section; did you mean limits?",
    ]


def test_a_key_in_the_wrong_section_is_refused_with_its_right_place(tmp_path: Path) -> None:
    assert (
        "did you mean limits.zip_depth?"
        in _problems(_config(tmp_path, "worker: {zip_depth: 2}"), tmp_path)[0]
    )


def test_a_key_that_is_like_no_other_is_refused_with_the_keys_of_its_section(tmp_path: Path) -> None:
    assert (
        "known are logging.level, logging.format"
        in _problems(_config(tmp_path, "logging: {xyz: 2}"), tmp_path)[0]
    )


@pytest.mark.parametrize(
    ("variable", "meant"),
    [("WOO_SITE_URL", "WOO_SITE__URL"), ("WOO_HOMEE", "WOO_HOME"), ("WOO_LIMITS__PAGE", "WOO_LIMITS__PAGES")],
)
def test_an_unknown_variable_is_refused_with_the_nearest_right_name(
    tmp_path: Path, variable: str, meant: str
) -> None:
    assert _problems({variable: "1"}, tmp_path) == [
        f"variable {variable}: unknown setting; did you mean {meant}?"
    ]


def test_variables_of_others_and_those_of_the_tests_are_left_alone(tmp_path: Path) -> None:
    environ = {
        "PATH": "/bin",
        "WOO_REQUIRE_ALL": "1",
        "WOO_PROVE": "1",
        "WOO_TEST_ENGINE": "x",
        "WOO_CONFIG": "",
        "WOO_HOME": "",
    }
    assert load_settings(environ, cwd=tmp_path) == load_settings({}, cwd=tmp_path)


@pytest.mark.parametrize(
    ("variable", "value", "accepted"),
    [
        ("WOO_REGISTRY__URL", "mysql://h/d", "sqlite:///PATH"),
        ("WOO_REGISTRY__URL", "postgresql://h/d", "postgresql+psycopg://USER@HOST:PORT/DATABASE"),
        ("WOO_REGISTRY__URL", "postgresql+psycopg://h", "postgresql+psycopg://USER@HOST:PORT/DATABASE"),
        ("WOO_REGISTRY__PASSWORD_FILE", "weg.txt", "a file that exists"),
        ("WOO_REGISTRY__CONNECTIONS", "0", "greater than or equal to 1"),
        ("WOO_INDEX__URL", "tantivy://index", "tantivy:///PATH"),
        ("WOO_INDEX__URL", "elasticsearch://", "elasticsearch://HOST"),
        ("WOO_INDEX__URL", "elasticsearch://h:0", "elasticsearch://HOST"),
        ("WOO_INDEX__URL", "elasticsearch://h:x", "elasticsearch://HOST"),
        ("WOO_INDEX__URL", "elasticsearch://h/A", "small letters"),
        ("WOO_INDEX__URL", "elasticsearch://h/a/b", "small letters"),
        ("WOO_INDEX__URL", "elasticsearch://h?x=1", "elasticsearch://HOST"),
        ("WOO_INDEX__URL", "https://h:9200", "elasticsearchs:"),
        ("WOO_INDEX__CA_FILE", "weg.pem", "a file that exists"),
        ("WOO_INDEX__TIMEOUT_SECONDS", "0", "greater than 0"),
        ("WOO_INDEX__BULK_BYTES", "200 MB", "less than or equal to"),
        ("WOO_STORAGE__ARCHIVE", "ftp://emmer/map", "file:///path, or s3://bucket/prefix"),
        ("WOO_STORAGE__ARCHIVE", "s3://", "s3://bucket/prefix"),
        ("WOO_STORAGE__ARCHIVE", "s3://Emmer", "s3://bucket/prefix"),
        ("WOO_STORAGE__ARCHIVE", "s3://emmer/a/../b", "s3://bucket/prefix"),
        ("WOO_STORAGE__PUBLIC", "", "a folder"),
        ("WOO_STORAGE__S3_ENDPOINT", "s3.voorbeeld.nl", "https://"),
        ("WOO_STORAGE__S3_CA_FILE", "weg.pem", "a file that exists"),
        ("WOO_SITE__URL", "voorbeeld.nl", "https://"),
        ("WOO_SITE__URL", "https://voorbeeld.nl/?a=b", "without"),
        ("WOO_SITE__URL", "https://voorbeeld.nl:poort", "https://"),
        ("WOO_SITE__NAAM", "  ", "not empty"),
        ("WOO_SITE__NAAM", "een\ntwee", "one line"),
        ("WOO_SITE__CONTACT", "woo", "e-mail address"),
        ("WOO_SITE__THEME", "weg.css", "a file that exists"),
        ("WOO_LIMITS__FILE_BYTES", "veel", "1 GiB"),
        ("WOO_LIMITS__FILE_BYTES", "0", "greater than or equal to 1"),
        ("WOO_WORKER__BACKOFF_SECONDS", "inf", "finite"),
        ("WOO_WORKER__PROCESSES", "alle", "auto"),
        ("WOO_WORKER__COMMIT_SECONDS", "1.5", "less than or equal to 1"),
        ("WOO_SERVE__PUBLIC_PORT", "99999", "65535"),
        ("WOO_LOGGING__FORMAT", "xml", "'text' or 'json'"),
    ],
)
def test_a_value_that_is_not_accepted_is_refused_with_key_value_and_what_is(
    tmp_path: Path, variable: str, value: str, accepted: str
) -> None:
    [problem] = _problems({variable: value}, tmp_path)
    assert problem.startswith(
        f"variable {variable}: {variable[4:].lower().replace('__', '.')}: {value!r} was refused: "
    )
    assert accepted in problem.partition("was refused")[2]


def test_a_refused_value_of_a_file_names_the_file(tmp_path: Path) -> None:
    [problem] = _problems(_config(tmp_path, "limits: {pages: yes}"), tmp_path)
    assert problem == f"{tmp_path}/mine.yaml: limits.pages: True was refused: a number is accepted here"


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    environ = _config(tmp_path, "site: {nam: x}\nlimits: {pages: -1}\nserve: 5\n")
    error = _problems({**environ, "WOO_X": "1", "WOO_LOGGING__LEVEL": "veel"}, tmp_path)
    assert len(error) == 5
    with pytest.raises(WooError, match="refused"):
        load_settings(environ, cwd=tmp_path)


def test_two_sites_on_one_port_are_refused(tmp_path: Path) -> None:
    [problem] = _problems({"WOO_SERVE__DESK_PORT": "8000"}, tmp_path)
    assert "WOO_SERVE__DESK_PORT" in problem
    assert "same host and port" in problem


def test_a_writer_with_too_little_memory_for_its_threads_is_refused(tmp_path: Path) -> None:
    assert (
        "15 for each"
        in _problems({"WOO_INDEX__WRITER_THREADS": "8", "WOO_INDEX__WRITER_MEMORY_MB": "100"}, tmp_path)[0]
    )


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://woo:geheim@host/d",
        "postgresql://woo:p@s/gehe:im@host/d",
        "postgresql+psycopg://woo@host/d?sslmode=require&password=geheim",
    ],
)
def test_a_password_in_a_refused_address_is_not_repeated(tmp_path: Path, address: str) -> None:
    [problem] = _problems({"WOO_REGISTRY__URL": address}, tmp_path)
    assert "gehe" not in problem


def test_settings_that_are_printed_do_not_tell_the_password_of_the_database(tmp_path: Path) -> None:
    environ = {"WOO_REGISTRY__URL": "postgresql+psycopg://woo:geheim@host:5432/d?sslmode=require"}
    settings = load_settings(environ, cwd=tmp_path)
    assert settings.registry.url == environ["WOO_REGISTRY__URL"]
    assert "geheim" not in f"{settings!r} {settings}"


def test_a_secret_is_nowhere_repeated(tmp_path: Path) -> None:
    keys = {"WOO_STORAGE__S3_ACCESS_KEY": "sleutel", "WOO_STORAGE__S3_SECRET_KEY": "geheim"}
    settings = load_settings(keys, cwd=tmp_path)
    assert settings.storage.s3_secret_key.get_secret_value() == "geheim"
    assert "geheim" not in f"{settings!r} {settings} {settings.model_dump_json()}"
    problems = _problems({**keys, "WOO_STORAGE__S3_SECRET_KEY": "geheim\nregel"}, tmp_path)
    assert "without spaces" in problems[0]
    assert "geheim" not in "".join(problems)


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"WOO_STORAGE__S3_ACCESS_KEY": "sleutel"}, "s3_access_key and s3_secret_key go together"),
        (
            {"WOO_STORAGE__S3_PUBLIC_SECRET_KEY": "x"},
            "s3_public_access_key and s3_public_secret_key go together",
        ),
        ({"WOO_STORAGE__S3_ENDPOINT": "http://s3.voorbeeld.nl"}, "s3_allow_http"),
        (
            {"WOO_STORAGE__ARCHIVE": "s3://emmer", "WOO_STORAGE__PUBLIC": "s3://emmer/openbaar"},
            "a prefix of their own",
        ),
        (
            {"WOO_STORAGE__PUBLIC": "s3://emmer/a", "WOO_STORAGE__INBOX": "s3://emmer/a"},
            "a prefix of their own",
        ),
    ],
)
def test_settings_of_the_s3_store_that_do_not_go_together_are_refused(
    tmp_path: Path, environ: dict[str, str], said: str
) -> None:
    [problem] = _problems(environ, tmp_path)
    assert said in problem


def test_archive_and_public_store_may_be_beside_each_other_in_one_bucket(tmp_path: Path) -> None:
    environ = {"WOO_STORAGE__ARCHIVE": "s3://emmer/a", "WOO_STORAGE__PUBLIC": "s3://emmer/ab"}
    assert load_settings(environ, cwd=tmp_path).storage.public == "s3://emmer/ab"


def test_only_woo_home_is_filled_in(tmp_path: Path) -> None:
    assert "only {WOO_HOME}" in _problems({"WOO_STORAGE__ARCHIVE": "{WOO_DATA}/a"}, tmp_path)[0]


def test_a_home_that_cannot_stand_in_an_address_is_refused(tmp_path: Path) -> None:
    assert "variable WOO_HOME" in _problems({"WOO_HOME": "wat?"}, tmp_path)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site: [", "not YAML"),
        ("- a\n", "sections with keys"),
        ("site:\n  naam: a\nsite:\n  naam: b\n", "'site' is there twice"),
        ("site: !!python/object/apply:os.getcwd []\n", "not YAML"),
    ],
)
def test_a_file_that_is_no_settings_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    [problem] = _problems(_config(tmp_path, text), tmp_path)
    assert problem.startswith(f"{tmp_path}/mine.yaml: ")
    assert said in problem


def test_a_settings_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert _problems({"WOO_CONFIG": "weg.yaml"}, tmp_path) == [
        f"{tmp_path}/weg.yaml: the file cannot be read: No such file or directory"
    ]


def test_an_empty_file_and_an_empty_section_change_nothing(tmp_path: Path) -> None:
    for text in ("", "site:\n"):
        assert load_settings(_config(tmp_path, text), cwd=tmp_path) == load_settings({}, cwd=tmp_path)


def test_settings_cannot_be_changed_after_reading(tmp_path: Path) -> None:
    settings = load_settings({}, cwd=tmp_path)
    with pytest.raises(ValidationError, match="frozen"):
        settings.site.naam = "anders"  # type: ignore[misc]


def test_the_config_folder_is_found_from_any_working_directory(root: Path, tmp_path: Path) -> None:
    code = "from woo.settings import config_folder; print(config_folder())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert Path(done.stdout.strip()) == root / "config"


def test_in_an_installed_wheel_the_config_folder_is_the_one_inside_the_package(
    root: Path, tmp_path: Path
) -> None:
    installed = tmp_path / "site-packages"
    package = installed / "woo"
    for part in ("domain", "settings"):
        (package / part).mkdir(parents=True)
        for file in (root / "woo" / part).glob("*.py"):
            (package / part / file.name).write_text(file.read_text("utf-8"), "utf-8")
    (package / "__init__.py").write_text("")
    for folder in (package / "config", installed / "config"):  # the second belongs to somebody else
        folder.mkdir()
        (folder / "default.yaml").write_text((root / "config" / "default.yaml").read_text("utf-8"), "utf-8")
        shutil.copytree(root / "config" / "themes", folder / "themes")
    code = "from pathlib import Path; from woo.settings import *; print(config_folder(), load_settings({}, cwd=Path.cwd()).home)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.split() == [str(package / "config"), str(tmp_path / "var")]


def test_a_default_that_is_missing_is_named(root: Path) -> None:
    content = yaml.safe_load((root / "config" / "default.yaml").read_text("utf-8"))
    del content["site"]["naam"]
    with pytest.raises(ValidationError, match=r"site\.naam"):
        Settings.model_validate({"home": "/", **content})


def test_the_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "sleutels" / "log.key"
    key = load_or_create_key(path)
    assert len(key) == 32
    assert load_or_create_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert list(path.parent.iterdir()) == [path]
    assert load_or_create_key(tmp_path / "ander.key") != key


def test_processes_that_start_together_get_the_same_key(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "log.key"
    code = f"import sys; from pathlib import Path; from woo.settings import load_or_create_key; sys.stdin.read(1); print(load_or_create_key(Path({str(path)!r})).hex())"
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("x")
        child.stdin.flush()
    keys = {child.communicate(timeout=60)[0] for child in children}
    assert keys == {path.read_text()}


@pytest.mark.parametrize("content", ["", "geen sleutel", "00" * 31, "00" * 33])
def test_a_damaged_key_file_is_refused_and_never_replaced(tmp_path: Path, content: str) -> None:
    path = tmp_path / "log.key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(InvalidValue, match="64 hexadecimal digits"):
        load_or_create_key(path)
    assert path.read_text() == content


@pytest.mark.parametrize("mode", [0o604, 0o620, 0o666])
def test_a_key_file_that_others_can_use_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "log.key"
    load_or_create_key(path)
    path.chmod(mode)
    with pytest.raises(InvalidValue, match="chmod 600"):
        load_or_create_key(path)


def test_a_key_file_where_none_can_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(Unavailable, match="key file"):
        load_or_create_key(tmp_path / "bestand" / "log.key")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("WOO_INDEX__API_KEY", "een geheim"),
        ("WOO_INDEX__API_KEY", "geheim{WOO_X}"),
        ("WOO_INDEX__API_KEY", "geheim\n"),
        ("WOO_INDEX__URL", "elasticsearch://woo:geheim@zoek:9200"),
    ],
)
def test_a_refused_secret_is_not_shown(tmp_path: Path, variable: str, value: str) -> None:
    [problem] = _problems({variable: value}, tmp_path)
    assert problem.startswith(f"variable {variable}: index.")
    assert "geheim" not in problem


@pytest.mark.parametrize(
    "url",
    [
        "elasticsearch://zoek",
        "elasticsearch://zoek:9200/",
        "elasticsearchs://zoek.intern:443/woo-1",
        "elasticsearch://[::1]:9200/a_b",
    ],
)
def test_an_address_of_elasticsearch_is_accepted(tmp_path: Path, url: str) -> None:
    assert load_settings({"WOO_INDEX__URL": url}, cwd=tmp_path).index.url == url.rstrip("/")
