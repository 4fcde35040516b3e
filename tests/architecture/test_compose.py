"""docker-compose.yml keeps its promises: valid, hardened, without secrets, and the public side apart from the registry.

compose-spec.json is the schema of the Compose Specification (compose-go 2.9.1, Apache License 2.0).
"""

import json
import os
import re
import shutil
import subprocess
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer.main

from tests.architecture import compose_file
from tests.architecture.compose_file import environment, is_one_shot, is_ours, mounts
from woo.cli import build_app
from woo.cli.serve import SERVICES
from woo.settings import load_settings

Services = dict[str, dict[str, Any]]
_SECRET_NAME = re.compile(r"PASSWORD|SECRET|TOKEN|API_KEY")


@pytest.fixture(scope="module")
def compose(root: Path) -> dict[str, Any]:
    return compose_file.load(root)


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> Services:
    found: Services = compose["services"]
    return found


@pytest.fixture(scope="module")
def secrets(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compose") / "secrets"
    subprocess.run([root / "docker" / "make-secrets.sh", folder], check=True, capture_output=True, timeout=60)
    return folder


def _neighbours(services: Services, name: str) -> set[str]:
    networks = set(services[name].get("networks", ()))
    return {other for other, s in services.items() if networks & set(s.get("networks", ()))} - {name}


def test_the_file_follows_the_compose_specification(root: Path, compose: dict[str, Any]) -> None:
    schema = json.loads((root / "tests" / "architecture" / "compose-spec.json").read_text("utf-8"))
    errors = [
        f"{error.json_path}: {error.message}"
        for error in jsonschema.Draft7Validator(schema).iter_errors(compose)
    ]
    assert errors == []


@pytest.mark.parametrize("profiles", [(), ("proxy",), ("s3",), ("proxy", "s3")])
def test_docker_compose_itself_takes_the_file(root: Path, profiles: tuple[str, ...]) -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        pytest.skip("the Docker client with its part `compose` is not installed")
    chosen = [word for profile in profiles for word in ("--profile", profile)]
    done = subprocess.run(
        [docker, "compose", "--env-file", os.devnull, *chosen, "config", "--quiet"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_service_that_stays_says_how_it_is_and_starts_again(services: Services) -> None:
    staying = {name: service for name, service in services.items() if not is_one_shot(service)}
    assert set(staying) == set("postgresql elasticsearch worker search_api publisher proxy minio".split())
    for name, service in staying.items():
        assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL"), name
        assert service["restart"] == "unless-stopped", name


def test_who_needs_another_waits_until_it_is_well_or_done(services: Services) -> None:
    for name, service in services.items():
        for other, needed in service.get("depends_on", {}).items():
            done = "service_completed_successfully" if is_one_shot(services[other]) else "service_healthy"
            assert needed["condition"] == done, f"{name} needs {other}"
            assert services[other].get("profiles", []) in ([], service.get("profiles")) or (
                needed["required"] is False
            ), f"{name} needs {other}, which may not be there"


def test_what_ends_by_itself_is_waited_for_or_up_with_wait_would_call_it_a_failure(
    services: Services,
) -> None:
    awaited = {
        other
        for service in services.values()
        for other, needed in service.get("depends_on", {}).items()
        if needed["condition"] == "service_completed_successfully"
    }
    assert awaited == {name for name, service in services.items() if is_one_shot(service)}


def test_no_service_is_root_or_can_become_it_or_writes_outside_its_volumes(services: Services) -> None:
    for name, service in services.items():
        uid, gid = service["user"].split(":")
        assert int(uid) > 0, name
        assert int(gid) >= 0, name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert "cap_add" not in service, name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service, name
        assert any(mount.startswith("/tmp:") for mount in service["tmpfs"]), name


def test_every_image_has_its_version_and_ours_is_built_from_the_one_dockerfile(
    root: Path, services: Services
) -> None:
    for name, service in services.items():
        repository, _, version = service["image"].rpartition(":")
        assert re.search(r"\d+\.\d+|\d{4}-\d{2}-\d{2}", version), name
        if is_ours(service):
            assert service["build"]["context"] == "."
            assert (root / "Dockerfile").is_file()
        else:
            assert "." in repository.split("/")[0], f"{name}: an image is named with its registry"


def test_every_volume_has_a_name_and_from_the_checkout_only_configuration_is_read(
    root: Path, compose: dict[str, Any], services: Services
) -> None:
    used = set()
    for name, service in services.items():
        for where, (what, writable) in mounts(service).items():
            if what.startswith("."):
                assert (root / what).exists(), name
                assert not writable, f"{name}: {what} on {where}"
            else:
                used.add(what)
    assert used == set(compose["volumes"])


def test_no_secret_stands_in_the_file_or_in_an_environment(
    root: Path, compose: dict[str, Any], services: Services, secrets: Path
) -> None:
    for name, secret in compose["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}
    for name, service in services.items():
        for variable, value in environment(service).items():
            assert not re.search(r"://[^/]*:[^/]*@", value), f"{name}: {variable}"
            if not _SECRET_NAME.search(variable):
                continue
            assert variable.endswith("_FILE"), f"{name}: {variable}"
            assert value.startswith(("/run/secrets/", "/keys/")), f"{name}: {variable}"
    made = {path.name for path in secrets.iterdir()}
    assert made == {name for name in compose["secrets"] if not name.startswith("tls_")}
    assert "secrets/" in (root / ".gitignore").read_text().splitlines()
    assert "secrets" not in (root / ".dockerignore").read_text().replace("no secrets", "")


def test_every_service_has_just_the_secrets_that_it_names(root: Path, services: Services) -> None:
    for name, service in services.items():
        text = json.dumps({key: service.get(key) for key in ("environment", "command", "healthcheck")})
        if name == "proxy":
            text = (root / "docker" / "proxy" / "nginx.conf").read_text()
        if name == "minio-buckets":
            continue  # its script names them
        assert set(service.get("secrets", ())) == set(re.findall(r"/run/secrets/(\w+)", text)), name


def test_the_public_site_cannot_reach_the_registry(services: Services) -> None:
    assert _neighbours(services, "search_api") == {"elasticsearch", "index-keys", "worker", "proxy", "minio"}
    assert _neighbours(services, "postgresql") == {"migrate", "worker", "publisher"}
    public = services["search_api"]
    assert not [name for name in environment(public) if re.search("REGISTRY|AUDIT|ARCHIVE", name)]
    assert public["secrets"] == ["s3_public_secret_key"]
    assert environment(public)["WOO_STORAGE__S3_PUBLIC_SECRET_KEY_FILE"].endswith("s3_public_secret_key")


def test_the_public_site_reads_and_adds_to_its_inbox_and_has_no_key_that_writes(services: Services) -> None:
    assert mounts(services["search_api"]) == {
        "/data/public": ("public", False),
        "/data/inbox": ("inbox", True),
        "/keys/read": ("index-key-read", False),
    }
    writers = {
        n for n, s in services.items() if "index-key-write" in {what for what, _ in mounts(s).values()}
    }
    assert writers == {"index-keys", "worker"}


def test_the_key_of_the_public_site_in_minio_reads_the_public_bucket_and_adds_to_the_inbox(
    root: Path,
) -> None:
    policy = json.loads((root / "docker" / "minio" / "woo-publiek.json").read_text("utf-8"))
    allowed = {
        (action, place) for s in policy["Statement"] for action in s["Action"] for place in s["Resource"]
    }
    assert allowed == {
        ("s3:GetBucketLocation", "arn:aws:s3:::woo-publiek"),
        ("s3:ListBucket", "arn:aws:s3:::woo-publiek"),
        ("s3:GetObject", "arn:aws:s3:::woo-publiek/*"),
        ("s3:PutObject", "arn:aws:s3:::woo-postvak/*"),
    }


def test_only_the_networks_with_a_published_port_lead_out_of_the_machine(
    compose: dict[str, Any], services: Services
) -> None:
    outside = {name for name, network in compose["networks"].items() if not network.get("internal")}
    assert outside == {"site", "desk"}
    for name in outside:
        options = compose["networks"][name]["driver_opts"]
        assert options == {"com.docker.network.bridge.enable_ip_masquerade": "false"}
    assert {n for n, s in services.items() if outside & set(s.get("networks", ()))} == {
        "search_api",
        "publisher",
        "proxy",
    }


def test_the_desk_and_the_bare_site_listen_on_this_machine_alone(services: Services) -> None:
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert set(ports) == {"search_api", "publisher", "proxy"}
    assert ports["search_api"] == ["127.0.0.1:8000:8000"]
    assert ports["publisher"] == ["127.0.0.1:8001:8001"]


def test_every_service_of_ours_starts_with_settings_that_are_known_and_accepted(
    services: Services, secrets: Path, tmp_path: Path
) -> None:
    (tmp_path / "api_key").write_text("c2xldXRlbDpnZWhlaW0=")
    for name, service in services.items():
        if not is_ours(service):
            continue
        given = {"WOO_HOME": "/data", "WOO_SERVE__PUBLIC_HOST": "0.0.0.0"} | environment(service)  # noqa: S104
        environ = {
            variable: re.sub(r"^/keys/\w+", str(tmp_path), value.replace("/run/secrets", str(secrets)))
            for variable, value in given.items()
        }
        settings = load_settings(environ, cwd=Path("/data"))
        if name == "publisher":
            assert settings.serve.desk_host == "0.0.0.0"  # noqa: S104 - inside its container
        if name == "search_api":
            assert settings.registry.url == "sqlite:////data/registry.sqlite3", "the default, of nobody"


def test_every_command_of_ours_is_one_that_exists(root: Path, services: Services) -> None:
    known = set(typer.main.get_command(build_app()).commands)  # type: ignore[attr-defined]
    names = {point.name for point in entry_points(group=SERVICES)}
    for name, service in services.items():
        if is_ours(service) and "entrypoint" not in service:
            command, *rest = service["command"]
            assert command in known, name
            assert rest == [] or (command == "service" and rest[0] in names), name
        for word in ("healthcheck", "entrypoint"):
            found = re.search(r"/opt/woo/libexec/(\w+\.py)", json.dumps(service.get(word)))
            assert found is None or (root / "docker" / found[1]).is_file(), name
    assert services["worker"]["healthcheck"]["test"] == ["CMD", "woo", "doctor"]


def test_every_choice_in_the_example_is_one_that_the_file_takes(root: Path) -> None:
    example = (root / ".env.example").read_text("utf-8")
    offered = set(re.findall(r"^#?([A-Z0-9_]+)=", example, re.MULTILINE)) - {"COMPOSE_PROFILES"}
    assert offered <= compose_file.variables(root)
    assert not [name for name in compose_file.variables(root) if name.startswith("WOO_") and "__" in name]


def test_the_builder_is_sent_exactly_what_the_dockerfile_copies(root: Path) -> None:
    dockerfile = (root / "Dockerfile").read_text("utf-8")
    copied = {
        word
        for words in re.findall(r"^COPY (?!--from)(.+)$", dockerfile, re.MULTILINE)
        for word in words.split()[:-1]
    }
    ignored = (root / ".dockerignore").read_text("utf-8").splitlines()
    assert {line.removeprefix("!") for line in ignored if line.startswith("!")} == copied
    assert "*" in ignored
    assert all((root / name).exists() for name in copied)


def test_the_image_is_not_root_and_says_how_it_is(root: Path) -> None:
    dockerfile = (root / "Dockerfile").read_text("utf-8")
    assert re.search(r"^USER 10001:10001$", dockerfile, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", dockerfile, re.MULTILINE)
    assert re.search(r"^STOPSIGNAL SIGTERM$", dockerfile, re.MULTILINE)
    assert re.search(r"^ARG BASE=\S+:\d+\.\d+\.\d+-", dockerfile, re.MULTILINE)
    assert "--require-hashes --only-binary :all:" in dockerfile
