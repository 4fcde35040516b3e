"""The small programs of the containers, as processes.

Elasticsearch with security is not to be had without its image, so `SecurityStandIn` speaks the three requests of its API
(create-api-key, invalidate-api-key, authenticate) as documented, over real HTTP, and refuses everything else.
"""

import base64
import json
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "wachtwoord-van-elastic"


class SecurityStandIn(ThreadingHTTPServer):
    """Holds keys by name, and whom it was asked for what."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.keys: dict[str, str] = {}
        self.roles: dict[str, Any] = {}
        self.made = 0
        self.failing = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: SecurityStandIn

    def log_message(self, *args: Any) -> None:
        pass

    def _send(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _elastic(self) -> bool:
        expected = "Basic " + base64.b64encode(f"elastic:{PASSWORD}".encode()).decode()
        return self.headers["Authorization"] == expected

    def _body(self) -> Any:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def do_GET(self) -> None:
        if self.server.failing:
            self._send(503, {})
        elif self.path != "/_security/_authenticate":
            self._send(404 if self.path != "/gezond" else 200, {})
        else:
            key = self.headers["Authorization"].removeprefix("ApiKey ")
            self._send(200 if key in self.server.keys.values() else 401, {})

    def do_POST(self) -> None:
        assert self.path == "/_security/api_key"
        body = self._body()
        if not self._elastic():
            self._send(401, {})
            return
        self.server.made += 1
        encoded = base64.b64encode(f"id{self.server.made}:geheim".encode()).decode()
        self.server.keys[body["name"]] = encoded
        self.server.roles[body["name"]] = body["role_descriptors"][body["name"]]
        self._send(200, {"id": f"id{self.server.made}", "encoded": encoded})

    def do_DELETE(self) -> None:
        assert self.path == "/_security/api_key"
        name = self._body()["name"]
        known = self._elastic() and self.server.keys.pop(name, None) is not None
        self._send((200 if known else 404) if self._elastic() else 401, {})


@contextmanager
def served() -> Iterator[SecurityStandIn]:
    with SecurityStandIn() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def elasticsearch() -> Iterator[SecurityStandIn]:
    with served() as server:
        yield server


def _run(root: Path, script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, root / "docker" / script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def _keys(
    root: Path, folder: Path, url: str, *, password: str = PASSWORD
) -> subprocess.CompletedProcess[str]:
    (folder / "password").write_text(f"{password}\n")
    given = {"url": url, "password-file": folder / "password", "pattern": "woo-*"}
    files = {"write": folder / "write_key", "read": folder / "read_key"}
    return _run(root, "index_keys.py", *(f"--{name}={value}" for name, value in (given | files).items()))


def test_two_keys_are_made_one_that_writes_and_one_that_only_reads(
    root: Path, tmp_path: Path, elasticsearch: SecurityStandIn
) -> None:
    done = _keys(root, tmp_path, elasticsearch.url)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "write_key").read_text() == elasticsearch.keys["woo-write"]
    assert (tmp_path / "read_key").read_text() == elasticsearch.keys["woo-read"]
    assert [role["indices"] for role in elasticsearch.roles.values()] == [
        [{"names": ["woo-*"], "privileges": ["all"]}],
        [{"names": ["woo-*"], "privileges": ["read", "view_index_metadata", "monitor"]}],
    ]
    assert {tuple(role["cluster"]) for role in elasticsearch.roles.values()} == {("monitor",)}
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("write_key", "read_key")} == {0o400}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["password", "read_key", "write_key"]


def test_a_key_that_works_stays_and_one_that_does_not_is_made_anew(
    root: Path, tmp_path: Path, elasticsearch: SecurityStandIn
) -> None:
    _keys(root, tmp_path, elasticsearch.url)
    before = (tmp_path / "write_key").read_text()
    del elasticsearch.keys["woo-read"]
    done = _keys(root, tmp_path, elasticsearch.url)
    assert done.returncode == 0, done.stderr
    assert elasticsearch.made == 3
    assert (tmp_path / "write_key").read_text() == before
    assert (tmp_path / "read_key").read_text() == elasticsearch.keys["woo-read"]


def test_a_wrong_password_or_an_absent_elasticsearch_is_said_without_any_secret(
    root: Path, tmp_path: Path, elasticsearch: SecurityStandIn
) -> None:
    wrong = _keys(root, tmp_path, elasticsearch.url, password="verkeerd-woord")
    assert wrong.returncode == 1
    assert "refuses the password of the user elastic" in wrong.stderr
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    absent = _keys(root, tmp_path, f"http://127.0.0.1:{port}")
    assert absent.returncode == 1
    assert f"127.0.0.1:{port} does not answer" in absent.stderr
    for done in (wrong, absent):
        assert "Traceback" not in done.stderr
        assert "verkeerd-woord" not in done.stderr + done.stdout
        assert PASSWORD not in done.stderr + done.stdout
    assert not (tmp_path / "write_key").exists()


def test_a_key_is_not_thrown_away_while_elasticsearch_is_not_well(
    root: Path, tmp_path: Path, elasticsearch: SecurityStandIn
) -> None:
    _keys(root, tmp_path, elasticsearch.url)
    elasticsearch.failing = True
    done = _keys(root, tmp_path, elasticsearch.url)
    assert done.returncode == 1
    assert "answers 503" in done.stderr
    assert elasticsearch.made == 2


def test_a_service_that_answers_is_healthy_and_any_other_is_not(
    root: Path, elasticsearch: SecurityStandIn
) -> None:
    port = elasticsearch.server_address[1]
    for address in (f"http://127.0.0.1:{port}/gezond", f"tcp://127.0.0.1:{port}"):
        assert _run(root, "healthy.py", address).returncode == 0, address
    ill = _run(root, "healthy.py", f"http://127.0.0.1:{port}/ziek")
    assert (ill.returncode, ill.stderr) == (1, f"http://127.0.0.1:{port}/ziek answers 404\n")
    with socket.create_server(("127.0.0.1", 0)) as unused:
        free = unused.getsockname()[1]
    for scheme in ("http", "tcp"):
        gone = _run(root, "healthy.py", f"{scheme}://127.0.0.1:{free}")
        assert gone.returncode == 1
        assert "does not answer" in gone.stderr
    assert "accepted is" in _run(root, "healthy.py", "8000").stderr


def test_secrets_are_made_once_each_of_its_own_in_a_closed_folder(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    script = root / "docker" / "make-secrets.sh"
    subprocess.run([script, folder], check=True, capture_output=True, timeout=60)
    made = {path.name: path.read_text() for path in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o444}
    assert {len(text) for text in made.values()} == {40}
    assert len(set(made.values())) == len(made) == 5
    (folder / "elastic_password").unlink()
    done = subprocess.run([script, folder], check=True, capture_output=True, text=True, timeout=60)
    assert done.stderr == f"made {folder}/elastic_password\n"
    again = {path.name: path.read_text() for path in folder.iterdir()}
    assert {name for name in made if made[name] != again[name]} == {"elastic_password"}
    assert os.access(script, os.X_OK)
