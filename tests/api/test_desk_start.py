"""Where the desk listens, and that it starts, answers and ends as a process of its own."""

import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from publisher.main import listen_address, run
from tests.api.desk import open_desk
from woo.domain.actor import Rol
from woo.domain.errors import Refused, Unavailable
from woo.settings import load_settings

START = """
import sys
from pathlib import Path
from publisher.main import run
from woo.logs import configure_logs
from woo.settings import load_settings
settings = load_settings(cwd=Path(sys.argv[1]))
configure_logs(settings.logging)
run(settings)
"""


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_the_desk_listens_to_this_machine_without_a_word(host: str, caplog: pytest.LogCaptureFixture) -> None:
    assert listen_address(host) in {host, "127.0.0.1"}
    assert caplog.records == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])  # noqa: S104
def test_an_address_that_others_reach_is_taken_when_written_out_and_warned_of(
    host: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="publisher.main"):
        assert listen_address(host) == host
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "desk_open_to_others" in record.getMessage()


@pytest.mark.parametrize("host", ["balie.example.org", "localhost.example.org", "0", "127.1", "*"])
def test_a_name_that_may_come_to_mean_another_machine_is_refused(host: str) -> None:
    with pytest.raises(Refused, match="write the IP address"):
        listen_address(host)


def test_the_default_address_is_this_machine_alone(tmp_path: Path) -> None:
    assert load_settings({}, cwd=tmp_path).serve.desk_host == "127.0.0.1"


def test_an_address_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = load_settings(
            {"WOO_HOME": str(tmp_path / "var"), "WOO_SERVE__DESK_PORT": str(port)}, cwd=tmp_path
        )
        with pytest.raises(Unavailable, match=f"127.0.0.1 port {port}"):
            run(settings)


@contextmanager
def starting(tmp_path: Path, root: Path, **given: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = os.environ | {"WOO_HOME": str(tmp_path / "var"), "WOO_SERVE__DESK_PORT": str(port)} | given
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(tmp_path)], cwd=root, env=environ, stderr=subprocess.PIPE
    )
    try:
        yield f"http://127.0.0.1:{port}/v1", process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def started(tmp_path: Path, root: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with starting(tmp_path, root) as desk:
        yield desk


def test_the_desk_starts_answers_and_ends_on_a_signal(
    tmp_path: Path, started: tuple[str, subprocess.Popen[bytes]]
) -> None:
    address, process = started
    with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
        assert client.get(f"{address}/status").status_code == 401
        with open_desk(tmp_path) as desk:
            desk.clock.now = desk.clock.now.max.replace(year=2999, tzinfo=desk.clock.now.tzinfo)
            secret = desk.secret(Rol.LEZER)
        spoofed = {"Authorization": f"Bearer {secret}", "X-Forwarded-For": "203.0.113.9"}
        response = client.get(f"{address}/status", headers=spoofed)
        assert response.status_code == 200
        assert "server" not in response.headers
        assert client.get(f"{address}/status", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 401
    with open_desk(tmp_path) as desk:
        assert {event.herkomst for event in desk.events()} == {"api 127.0.0.1"}
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=20)
    assert process.returncode in {0, -signal.SIGTERM}
    assert secret.encode() not in errors
    assert b"login_refused" in errors


def test_behind_a_proxy_of_the_settings_the_log_tells_from_where_somebody_came(
    tmp_path: Path, root: Path
) -> None:
    with (
        starting(tmp_path, root, WOO_SERVE__TRUSTED_PROXIES="127.0.0.0/8") as (address, _),
        httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client,
    ):
        # What a visitor says for himself stands before what the proxy adds.
        forged = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}
        assert client.get(f"{address}/status", headers=forged).status_code == 401
        assert client.get(f"{address}/status").status_code == 401
    with open_desk(tmp_path) as desk:
        assert [event.herkomst for event in desk.events()] == ["api 203.0.113.9", "api 127.0.0.1"]
