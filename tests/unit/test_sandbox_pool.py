"""The pool of child processes: every limit costs its own call, and nothing is left behind."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from woo.domain.errors import InvalidValue, Unavailable
from woo.sandbox import (
    Bounds,
    ChildCrashed,
    FileRefused,
    Limits,
    MemoryLimit,
    OutputLimit,
    Sandbox,
    SandboxError,
    TimeLimit,
)
from woo.sandbox.process import Child

TASKS = Path(__file__).resolve().parents[1] / "corpus"
LIMITS = Limits(seconds=20, memory_bytes=512 * 2**20, output_bytes=4 * 2**20)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS, code=[TASKS]) as made:
        yield made


def pid_of_child(sandbox: Sandbox) -> int:
    pid = sandbox.call("hostile_tasks:who").parts[0].header["pid"]
    assert isinstance(pid, int)
    return pid


def open_files() -> list[str]:
    return sorted(path.name for path in Path("/proc/self/fd").iterdir())


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def eventually(claim: Callable[[], bool]) -> bool:
    return any(claim() or time.sleep(0.02) for _ in range(500))


def works(sandbox: Sandbox) -> bool:
    return sandbox.call("hostile_tasks:echo", params={"a": 1}).parts[0].header == {"a": 1}


def test_a_call_brings_back_values_and_bytes_of_every_file(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x00\xffa")
    (tmp_path / "b").write_bytes(b"b" * 300_000)
    reply = sandbox.call(
        "hostile_tasks:echo", files=[tmp_path / "a", tmp_path / "b"], params={"é": [1, None]}
    )
    assert [part.header for part in reply.parts] == [{"é": [1, None]}]
    assert reply.parts[0].body == b"\x00\xffa" + b"b" * 300_000


def test_a_child_serves_many_calls(sandbox: Sandbox) -> None:
    assert len({pid_of_child(sandbox) for _ in range(5)}) == 1


def test_the_child_gets_none_of_our_environment() -> None:
    os.environ["WOO_TEST_SECRET"] = "geheim"
    try:
        with Sandbox(LIMITS, code=[TASKS]) as sandbox:
            environment = sandbox.call("hostile_tasks:who").parts[0].header["environment"]
    finally:
        del os.environ["WOO_TEST_SECRET"]
    assert isinstance(environment, dict)
    assert set(environment) <= {"LC_ALL", "MALLOC_ARENA_MAX", "OMP_THREAD_LIMIT", "LD_LIBRARY_PATH"}


def test_a_child_that_takes_too_long_is_killed_and_replaced(sandbox: Sandbox) -> None:
    before = pid_of_child(sandbox)
    with pytest.raises(TimeLimit) as caught:
        sandbox.call("hostile_tasks:sleep", bounds=Bounds(seconds=0.2))
    assert (caught.value.code, caught.value.reason) == (
        "time_limit",
        "The reader was stopped because it took longer than 0.2 seconds.",
    )
    assert not is_running(before)
    assert works(sandbox)


def test_a_child_that_keeps_sending_a_little_is_stopped_all_the_same(sandbox: Sandbox) -> None:
    with pytest.raises(TimeLimit):
        sandbox.call("hostile_tasks:trickle", bounds=Bounds(seconds=0.3))


def test_silence_can_be_limited_more_narrowly_than_the_whole_call(sandbox: Sandbox) -> None:
    received = []
    with pytest.raises(TimeLimit) as caught:
        sandbox.call("hostile_tasks:sleep", bounds=Bounds(patience=1.0), receive=received.append)
    assert caught.value.seconds == 1.0
    assert [part.body for part in received] == [b"first"]


@pytest.mark.parametrize("count", [2**30, 2**45])
def test_a_child_that_wants_too_much_memory_is_refused_it(sandbox: Sandbox, count: int) -> None:
    with pytest.raises(MemoryLimit) as caught:
        sandbox.call("hostile_tasks:allocate", params={"bytes": count})
    assert caught.value.reason == "The reader gave up: it needs more than the 512 MiB of memory it may use."
    assert works(sandbox)


def test_abort_is_what_parsers_do_without_memory(sandbox: Sandbox) -> None:
    with pytest.raises(MemoryLimit):
        sandbox.call("hostile_tasks:kill_itself", params={"signal": int(signal.SIGABRT)})


def test_a_child_whose_memory_has_grown_is_recycled() -> None:
    with Sandbox(Limits(memory_bytes=100 * 2**20), code=[TASKS]) as sandbox:
        first = pid_of_child(sandbox)
        assert pid_of_child(sandbox) == first
        sandbox.call("hostile_tasks:grow", params={"bytes": 60 * 2**20})
        assert pid_of_child(sandbox) != first


def test_a_child_is_recycled_after_many_calls(sandbox: Sandbox) -> None:
    first = pid_of_child(sandbox)
    assert all(works(sandbox) for _ in range(500))
    assert pid_of_child(sandbox) != first


def test_a_crash_names_its_signal_and_costs_one_call(sandbox: Sandbox) -> None:
    with pytest.raises(ChildCrashed) as caught:
        sandbox.call("hostile_tasks:crash")
    assert caught.value.signal == "SIGSEGV"
    assert caught.value.reason == "The reader crashed on this file: its process was ended by SIGSEGV."
    assert works(sandbox)


def test_a_child_that_leaves_has_crashed(sandbox: Sandbox) -> None:
    with pytest.raises(ChildCrashed, match="ended with status 3"):
        sandbox.call("hostile_tasks:leave", params={"status": 3})
    assert works(sandbox)


def test_a_child_that_died_while_idle_is_replaced_and_no_file_is_blamed(sandbox: Sandbox) -> None:
    pid = pid_of_child(sandbox)
    sandbox.call("hostile_tasks:die_afterwards")
    assert eventually(lambda: not is_running(pid))
    assert works(sandbox)


def test_a_task_that_stumbles_tells_the_kind_of_error_and_no_content(sandbox: Sandbox) -> None:
    before = pid_of_child(sandbox)
    with pytest.raises(ChildCrashed) as caught:
        sandbox.call("hostile_tasks:stumble")
    assert caught.value.reason == "The reader crashed on this file: its task failed with LookupError."
    assert pid_of_child(sandbox) == before


@pytest.mark.parametrize(
    ("sent", "received"),
    [("too_odd", "too_odd"), ("Inhoud van\nhet bestand", "refused"), ("a" * 50, "refused")],
)
def test_a_refusal_carries_a_code_and_nothing_else(sandbox: Sandbox, sent: str, received: str) -> None:
    with pytest.raises(FileRefused) as caught:
        sandbox.call("hostile_tasks:refuse", params={"code": sent})
    assert caught.value.code == received


def test_a_flood_of_output_is_stopped(sandbox: Sandbox) -> None:
    with pytest.raises(OutputLimit) as caught:
        sandbox.call("hostile_tasks:flood")
    assert caught.value.reason == "The reader was stopped: its output is larger than 4194304 bytes."
    assert works(sandbox)


def test_a_size_that_a_child_announces_is_not_believed(sandbox: Sandbox) -> None:
    with pytest.raises(OutputLimit):
        sandbox.call("hostile_tasks:announce")


@pytest.mark.parametrize(
    "babble",
    [
        b"\x00\x00\x00\x02\x00\x00\x00\x00[]",
        b"\x00\x00\x00\x02\x00\x00\x00\x00{]",
        b"\xff\xff\xff\xff\x00\x00\x00\x00",
        b"\x00\x00\x00\x02\x00\x00\x00\x00{}",
        b"\x00\x00\x00\x0f\x00\x00\x00\x00" + b'{"kind":"part"}',
        b"\x00\x00\x00\x18\x00\x00\x00\x00" + b'{"kind":"part","part":7}',
        b"\x00\x00\x00\x22\x00\x00\x00\x00" + b'{"kind":"failed","error":"met\\nrest"}'[:34],
        b"\x00\x04\x00\x00\x00\x00\x00\x00" + b"[" * 2**18,
    ],
)
def test_what_is_not_an_answer_is_a_crash(sandbox: Sandbox, babble: bytes) -> None:
    with pytest.raises(ChildCrashed, match="not an answer"):
        sandbox.call("hostile_tasks:babble", params={"hex": babble.hex()})
    assert works(sandbox)


def test_offspring_of_a_child_dies_with_it(sandbox: Sandbox) -> None:
    born: list[object] = []
    with pytest.raises(TimeLimit):
        sandbox.call(
            "hostile_tasks:leave_offspring",
            bounds=Bounds(seconds=2.0),
            receive=lambda part: born.append(part.header["born"]),
        )
    (pid,) = born
    assert isinstance(pid, int)
    assert pid == -1 or eventually(lambda: not is_running(pid))


def test_threads_share_the_children_and_a_poison_file_does_not_reach_its_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"inhoud")
    poison = ["hostile_tasks:crash", "hostile_tasks:flood", "hostile_tasks:stumble"]

    def good(number: int) -> object:
        return sandbox.call("hostile_tasks:echo", files=[path], params={"n": number}).parts[0]

    def bad(task: str) -> str:
        with pytest.raises(SandboxError) as caught:
            sandbox.call(task)
        return caught.value.code

    with Sandbox(LIMITS, processes=2, code=[TASKS]) as sandbox, ThreadPoolExecutor(6) as pool:
        answers = [pool.submit(good, number) for number in range(40)]
        codes = [pool.submit(bad, task) for task in poison * 2]
        assert [answer.result().header["n"] for answer in answers] == list(range(40))  # type: ignore[attr-defined]
        assert {code.result() for code in codes} == {"child_crashed", "output_limit"}


def test_a_child_outlives_the_thread_that_first_needed_it(sandbox: Sandbox) -> None:
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(pid_of_child(sandbox)))
    thread.start()
    thread.join()
    assert pid_of_child(sandbox) == found[0]


def test_closing_leaves_no_process_no_zombie_and_no_open_file() -> None:
    gc.collect()
    before = open_files()
    with Sandbox(LIMITS, processes=2, code=[TASKS]) as sandbox:
        pids = {pid_of_child(sandbox)}
        for task in ("hostile_tasks:crash", "hostile_tasks:flood", "hostile_tasks:leave"):
            with pytest.raises(SandboxError):
                sandbox.call(task, params={"status": 0})
            pids.add(pid_of_child(sandbox))
        with pytest.raises(FileNotFoundError):
            sandbox.call("hostile_tasks:echo", files=[Path(__file__), Path("/nergens")])
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    assert open_files() == before


def test_closing_ends_the_calls_that_are_under_way() -> None:
    sandbox = Sandbox(LIMITS, code=[TASKS])
    started = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(sandbox.call, "hostile_tasks:sleep", receive=lambda _part: started.set())
        assert started.wait(20)
        waiting = pool.submit(sandbox.call, "hostile_tasks:echo")
        sandbox.close()
        sandbox.close()
        with pytest.raises(ChildCrashed):
            running.result()
        with pytest.raises(RuntimeError, match="closed"):
            waiting.result()


def test_children_die_with_a_parent_that_is_killed() -> None:
    program = (
        "from woo.sandbox import Sandbox, Limits; import sys; from pathlib import Path\n"
        "sandbox = Sandbox(Limits(), code=[Path(sys.argv[1])])\n"
        "sandbox.call('hostile_tasks:sleep', receive=lambda p: print(p.header['pid'], flush=True))\n"
    )
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", program, str(TASKS)], stdout=subprocess.PIPE, text=True, cwd=root
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_running(child)
        parent.kill()
    assert eventually(lambda: not is_running(child))


def test_a_child_that_dies_before_it_is_ready_is_not_blamed_on_a_file() -> None:
    child = Child(memory_bytes=LIMITS.memory_bytes, code=[])
    child.interrupt()
    with pytest.raises(Unavailable, match="did not start"):
        child.wait_until_ready()
    assert not Path(f"/proc/{child.pid}").exists()


def test_only_ordinary_files_are_read(sandbox: Sandbox, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/zero")):
        with pytest.raises(FileRefused) as caught:
            sandbox.call("hostile_tasks:echo", files=[path])
        assert caught.value.code == "not_a_file"


@pytest.mark.parametrize(
    ("name", "value"),
    [("seconds", 0), ("memory_bytes", 0), ("memory_bytes", 2**20), ("pages", 0), ("output_bytes", -1)],
)
def test_a_limit_that_nothing_can_keep_is_refused(name: str, value: int) -> None:
    with pytest.raises(InvalidValue, match=name):
        Limits(**{name: value})


def test_a_sandbox_without_children_is_refused() -> None:
    with pytest.raises(InvalidValue, match="processes"):
        Sandbox(LIMITS, processes=0)


def test_the_time_of_who_takes_the_parts_of_a_stream_does_not_count(sandbox: Sandbox) -> None:
    with sandbox.borrow() as place:
        place.call("hostile_tasks:echo", params={"a": 1})  # the child is there: starting it counts
        for part in place.stream("hostile_tasks:echo", files=[], params={"a": 1}, bounds=Bounds(seconds=2)):
            assert part.header == {"a": 1}
            time.sleep(2.2)
