"""What a parser that an attacker has taken over can still reach from inside the child: nothing of ours."""

import ctypes
import os
import socket
from pathlib import Path

import pytest

from woo.sandbox import Limits, Sandbox

TASKS = Path(__file__).resolve().parents[1] / "corpus"


def landlock_version() -> int:
    return int(ctypes.CDLL(None).syscall(444, None, 0, 1))


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("private")
    (folder / "secret").write_text("geheim")
    with socket.create_server(("127.0.0.1", 0)) as server, Sandbox(Limits(), code=[TASKS]) as sandbox:
        params = {"folder": str(folder), "port": server.getsockname()[1]}
        return dict(sandbox.call("hostile_tasks:look_around", params=params).parts[0].header)


def test_it_cannot_write_a_file_or_run_a_program(outcomes: dict[str, object]) -> None:
    assert outcomes["write a file"] != "worked"
    if landlock_version() > 0 or os.geteuid() != 0:
        assert outcomes["run a program"] != "worked"


@pytest.mark.skipif(landlock_version() < 1, reason="this kernel has no Landlock")
@pytest.mark.parametrize("attempt", ["read a file", "list a folder", "read passwd"])
def test_it_cannot_open_a_file_that_it_was_not_handed(outcomes: dict[str, object], attempt: str) -> None:
    assert outcomes[attempt] == "PermissionError"


@pytest.mark.skipif(landlock_version() < 4, reason="this kernel's Landlock does not know the network")
def test_it_cannot_reach_the_network(outcomes: dict[str, object]) -> None:
    assert outcomes["connect"] == "PermissionError"


@pytest.mark.skipif(landlock_version() < 6, reason="this kernel's Landlock does not know signals")
def test_it_cannot_touch_its_parent(outcomes: dict[str, object]) -> None:
    assert outcomes["signal its parent"] == "PermissionError"
    assert outcomes["read its parent's memory"] == "PermissionError"
