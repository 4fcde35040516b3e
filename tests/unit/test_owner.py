"""From the name of a process others can tell that it died, and never that of another machine."""

import os
import subprocess
import sys

import pytest

from ingest.owner import is_dead, own_name


def test_this_process_is_alive_by_its_own_name() -> None:
    assert not is_dead(own_name())
    assert own_name() == own_name()


def test_a_process_that_ended_is_dead_also_before_its_parent_has_noticed() -> None:
    code = "from ingest.owner import own_name; print(own_name(), flush=True); input()"
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    name = child.stdout.readline().strip()
    assert not is_dead(name)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert is_dead(name)
    child.wait()
    assert is_dead(name)
    child.stdin.close()
    child.stdout.close()


def test_a_number_that_went_to_another_process_is_a_dead_owner() -> None:
    host, number, start = own_name().rsplit(":", 2)
    assert is_dead(f"{host}:{number}:{int(start) - 1}")


def test_nothing_is_known_of_a_process_elsewhere() -> None:
    _, number, start = own_name().rsplit(":", 2)
    assert not is_dead(f"een-andere-machine:{number}:{start}")
    assert not is_dead("een-andere-machine:999999999:1")


@pytest.mark.parametrize("name", ["", "x", "a:b", "a:b:c", ":::"])
def test_a_name_that_is_no_name_is_not_called_dead(name: str) -> None:
    assert not is_dead(name)
