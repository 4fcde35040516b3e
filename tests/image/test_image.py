"""The image of the Dockerfile: what is in it, and every service started in it as docker-compose.yml would start it.

Once on SQLite and tantivy, once on PostgreSQL and Elasticsearch; the mounts, the environment, the user and the commands are
those of the compose file.
"""

import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.api.pdfs import write_pdf
from tests.architecture import compose_file
from tests.image import containers
from tests.image.conftest import free_port
from tests.image.containers import Container, Running

pytestmark = [pytest.mark.prove, pytest.mark.needs("buildah"), pytest.mark.timeout(1800)]
_OWNER = 10001
_SERVERS = pytest.param(
    "servers", marks=[pytest.mark.needs("postgresql"), pytest.mark.needs("elasticsearch")]
)


@dataclass(slots=True)
class Platform:
    """The services, each in a container of its own, with the addresses that they answer on."""

    site: str
    desk: str
    worker: Container
    publisher: Container
    search_api: Container
    running: dict[str, Running]


@pytest.fixture
def container(image: str, tmp_path: Path) -> Iterator[Container]:
    with Container(tmp_path, image) as made:
        yield made


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    os.chown(path, _OWNER, _OWNER)
    path.chmod(0o750)
    return path


def _mounts(
    work: Path, service: dict[str, object], extra: dict[str, tuple[str, bool]]
) -> dict[str, tuple[Path, bool]]:
    """The volumes of a service as folders under `work`; /data itself cannot be written, as on a read-only root."""
    shelf = work / f"data-{len(list(work.iterdir()))}"
    shelf.mkdir()
    found = {"/data": (shelf, False), "/run/secrets": (work / "secrets", False)}
    for where, (what, writable) in (compose_file.mounts(service) | extra).items():
        if where.startswith("/data/"):
            (shelf / where.removeprefix("/data/")).mkdir()
        found[where] = (_folder(work / "volumes" / what), writable)
    return found


class Embedded:
    """No engines: the addresses of the compose file are left out, and the defaults under /data take their place."""

    def environment(self, given: dict[str, str]) -> dict[str, str]:
        engines = ("WOO_REGISTRY__", "WOO_INDEX__", "WOO_STORAGE__")
        kept = {name: value for name, value in given.items() if not name.startswith(engines)}
        if "WOO_REGISTRY__URL" in given:
            kept["WOO_REGISTRY__URL_FILE"] = "/run/secrets/registry_url"
        return kept

    def volumes(self, name: str) -> dict[str, tuple[str, bool]]:
        index = {"/data/index": ("index", True)}  # also for the site: a reader of tantivy locks a file there
        register = {"/data/register": ("register", True)}
        return {"worker": index | register, "publisher": register, "search_api": index}[name]

    def write_secrets(self, work: Path) -> None:
        (work / "secrets" / "registry_url").write_text("sqlite:////data/register/registry.sqlite3\n")


class Servers:
    """A real PostgreSQL and a real Elasticsearch: only their addresses differ from the compose file."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        databases = request.getfixturevalue("postgresql_databases")
        self._database = databases.create()
        request.addfinalizer(lambda: databases.drop(self._database))
        self._index = f"{request.getfixturevalue('elasticsearch_url')}/image-{secrets.token_hex(4)}"

    def environment(self, given: dict[str, str]) -> dict[str, str]:
        plain = self._database.set(password=None).render_as_string()
        addresses = {"WOO_REGISTRY__URL": plain, "WOO_INDEX__URL": self._index}
        return given | {name: value for name, value in addresses.items() if name in given}

    def volumes(self, name: str) -> dict[str, tuple[str, bool]]:
        return {}

    def write_secrets(self, work: Path) -> None:
        password = work / "secrets" / "postgresql_password"
        password.chmod(0o644)
        password.write_text(f"{self._database.password}\n")
        for volume in ("index-key-write", "index-key-read"):
            (_folder(work / "volumes" / volume) / "api_key").write_text("c2xldXRlbDpnZWhlaW0=")


@pytest.fixture(scope="module", params=["embedded", _SERVERS])
def platform(
    request: pytest.FixtureRequest, image: str, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    engines = Embedded() if request.param == "embedded" else Servers(request)
    work = tmp_path_factory.mktemp("platform")
    services = compose_file.load(root)["services"]
    containers.ran(root / "docker" / "make-secrets.sh", work / "secrets")
    (work / "secrets").chmod(0o755)  # a bind of the whole folder; Docker binds each file
    engines.write_secrets(work)
    ports = {"WOO_SERVE__PUBLIC_PORT": str(free_port()), "WOO_SERVE__DESK_PORT": str(free_port())}
    with ExitStack() as stack:
        made: dict[str, Container] = {}
        running: dict[str, Running] = {}
        for name in ("worker", "publisher", "search_api"):
            environment = engines.environment(compose_file.environment(services[name])) | ports
            mounts = _mounts(work, services[name], engines.volumes(name))
            made[name] = stack.enter_context(Container(work, image, mounts=mounts, environment=environment))
        made["worker"].output("woo", *services["migrate"]["command"])
        for name, inside in made.items():
            running[name] = Running(inside, "woo", *services[name]["command"])
            stack.callback(running[name].end)
        site = f"http://127.0.0.1:{ports['WOO_SERVE__PUBLIC_PORT']}"
        desk = f"http://127.0.0.1:{ports['WOO_SERVE__DESK_PORT']}"
        yield Platform(site, desk, **made, running=running)


def _answer(platform: Platform, path: str, *, status: int = 200, seconds: float = 120) -> httpx.Response:
    """What the public site answers, once it answers with this status."""
    deadline = time.monotonic() + seconds
    seen = "nothing"
    while time.monotonic() < deadline:
        try:
            answer = httpx.get(f"{platform.site}{path}", timeout=30)
            if answer.status_code == status:
                return answer
            seen = f"{answer.status_code} {answer.text[:500]}"
        except httpx.TransportError as error:
            seen = str(error)
        time.sleep(0.2)
    logs = "\n".join(f"{name}: {one.said()[-2000:]}" for name, one in platform.running.items())
    raise AssertionError(f"{path} did not answer {status} but {seen}\n{logs}")


def test_the_image_holds_the_program_and_nothing_that_builds_or_tests_it(container: Container) -> None:
    gone = ("gcc", "cc", "make", "git", "pip", "pip3", "hatchling", "curl", "wget")
    seen = container.output("sh", "-c", f"for name in {' '.join(gone)}; do command -v $name || true; done")
    assert seen == ""
    sources = container.output(
        "python3", "-c", "import woo, ingest, search_api, publisher; print(woo.__file__)"
    )
    assert sources.startswith("/opt/woo/lib/python3")
    looking = "find / -xdev '(' -name test_compose.py -o -name .env -o -name .git ')' 2>/dev/null || true"
    assert container.output("sh", "-c", looking) == ""
    assert "nld" in container.output("tesseract", "--list-langs").split()


def test_the_user_of_the_image_can_write_its_data_and_temporary_files_only(container: Container) -> None:
    places = container.output(
        "sh", "-c", "find / -xdev -type d -writable ! -path '/proc/*' 2>/dev/null || true"
    ).split()
    roots = {"/".join(place.split("/")[:2]) for place in places} - {containers.SAID}
    assert roots <= {"/data", "/keys", "/tmp", "/var", "/run", "/dev"}
    assert {place for place in places if place.startswith(("/var", "/run"))} <= {"/var/tmp", "/run/lock"}
    assert container.output("find", "/opt", "/usr", "/bin", "-xdev", "-type", "f", "-perm", "/6000") == ""


def test_the_image_says_user_command_stop_signal_health_and_licence(image: str) -> None:
    told = json.loads(containers.ran("buildah", "inspect", "--type", "image", image))["Docker"]["config"]
    assert told["User"] == "10001:10001"
    assert (told["Entrypoint"], told["Cmd"]) == (["woo"], ["serve"])
    assert told["StopSignal"] == "SIGTERM"
    assert told["Healthcheck"]["Test"][-1].endswith("/gezondheid/live")
    assert told["Labels"]["org.opencontainers.image.licenses"] == "EUPL-1.2"


def test_nothing_is_missing_in_the_image_but_the_browser_of_the_tests(platform: Platform) -> None:
    found = json.loads(platform.worker.output("woo", "doctor", "--json"))
    assert [finding["part"] for finding in found if finding["level"] == "broken"] == []
    assert "tesseract" not in [finding["part"] for finding in found if finding["level"] == "missing"]


def test_every_service_runs_as_an_ordinary_user_without_any_right(platform: Platform) -> None:
    for name, running in platform.running.items():
        status = running.status()
        assert status["Uid"].split() == ["10001"] * 4, name
        assert status["CapEff"].strip("0") == "", name
        assert status["NoNewPrivs"] == "1", name


def test_a_document_taken_in_is_read_found_shown_and_withdrawn(platform: Platform, tmp_path: Path) -> None:
    folder = tmp_path / "invoer"
    folder.mkdir()
    write_pdf(
        folder / "besluit.pdf", ["Besluit\nOver de havenkraan aan de Zeilmakerskade.", "Bijlage\nTwee."]
    )
    worker = platform.worker
    taking = Container(
        worker.work,
        worker.image,
        mounts={**worker.mounts, "/invoer": (folder, False)},
        environment=worker.environment,
    )
    with taking:
        words = (
            "woo",
            "ingest",
            "/invoer",
            "--publisher",
            "gm0153",
            "--publish",
            "--report",
            "/tmp/report.json",
        )
        taking.output(*words)
        report = json.loads(taking.output("cat", "/tmp/report.json"))
    assert report["states"]["indexed"] == 1
    [item] = report["items"]
    assert item["pages"] == 2
    _answer(platform, "/gezondheid/gereed")
    found = _answer(platform, "/v1/documenten?zoek=havenkraan").json()
    assert [result["id"] for result in found["resultaten"]] == [item["document"]]
    picture = _answer(platform, f"/v1/documenten/{item['document']}/paginas/1/afbeelding")
    assert picture.headers["content-type"].startswith("image/")
    assert _answer(platform, "/?zoek=havenkraan").text.count("havenkraan") > 1
    platform.worker.output("woo", "withdraw", item["document"], "--reason", "Per ongeluk geplaatst.")
    assert _answer(platform, f"/v1/documenten/{item['document']}", status=410, seconds=10)


def test_the_desk_answers_with_a_key_and_to_nobody_else(platform: Platform) -> None:
    key = platform.publisher.output(
        "woo", "key", "create", "--naam", "proef", "--rol", "lezer", "--dagen", "1"
    ).strip()
    assert httpx.get(f"{platform.desk}/v1/publicaties", timeout=30).status_code == 401
    answer = httpx.get(
        f"{platform.desk}/v1/publicaties", headers={"Authorization": f"Bearer {key}"}, timeout=30
    )
    assert answer.status_code == 200, answer.text


def test_the_health_checks_of_the_compose_file_tell_well_from_ill(platform: Platform, root: Path) -> None:
    services = compose_file.load(root)["services"]
    for name, inside in (("search_api", platform.search_api), ("publisher", platform.publisher)):
        port = platform.site if name == "search_api" else platform.desk
        words = [
            word.replace("127.0.0.1:8000", port.removeprefix("http://")).replace(
                "127.0.0.1:8001", port.removeprefix("http://")
            )
            for word in services[name]["healthcheck"]["test"][1:]
        ]
        assert inside.run(*words).returncode == 0, name
        words[-1] = words[-1].replace(port.rpartition(":")[2], str(free_port()))
        assert inside.run(*words).returncode == 1, name


def test_the_public_site_cannot_write_what_it_shows_or_see_the_registry(platform: Platform) -> None:
    inside = platform.search_api
    for place in ("/data/public/x", "/data/x"):
        assert "Read-only file system" in inside.run("touch", place).stderr
    assert set(inside.output("ls", "/data").split()) <= {"inbox", "index", "public"}
    assert "REGISTRY" not in inside.output("env")


def test_a_service_ends_soon_after_it_is_told_to(image: str, tmp_path: Path) -> None:
    ports = {"WOO_SERVE__PUBLIC_PORT": str(free_port()), "WOO_SERVE__DESK_PORT": str(free_port())}
    data = _folder(tmp_path / "data")
    with Container(tmp_path, image, mounts={"/data": (data, True)}, environment=ports) as container:
        together = Running(container, "woo", "serve")
        platform = Platform(
            f"http://127.0.0.1:{ports['WOO_SERVE__PUBLIC_PORT']}",
            "",
            container,
            container,
            container,
            {"serve": together},
        )
        _answer(platform, "/gezondheid/gereed")
        together.end()
        assert not together.alive()
