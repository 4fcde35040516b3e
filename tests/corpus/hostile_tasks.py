"""What a parser that an attacker has taken over may try from inside the child; each is a sandbox task."""

import ctypes
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from woo.sandbox.frames import PREFIX
from woo.sandbox.task import Answer, Refusal, Request


def echo(request: Request) -> Iterator[Answer]:
    """Behave well: give back what came."""
    yield dict(request.params), b"".join(file.read() for file in request.files)


def who(request: Request) -> Iterator[Answer]:
    yield (
        {"pid": os.getpid(), "environment": dict(os.environ)},
        b"",
    )


def sleep(request: Request) -> Iterator[Answer]:
    """Send one part, then nothing."""
    yield {"pid": os.getpid()}, b"first"
    time.sleep(600)


def trickle(request: Request) -> Iterator[Answer]:
    """Send a little, for ever."""
    while True:
        yield {}, b"."
        time.sleep(0.01)


def allocate(request: Request) -> Iterator[Answer]:
    yield {"got": len(bytearray(request.number("bytes")))}, b""


def crash(request: Request) -> Iterator[Answer]:
    ctypes.string_at(0)
    yield {}, b""


def kill_itself(request: Request) -> Iterator[Answer]:
    os.kill(os.getpid(), request.number("signal"))
    yield {}, b""


def leave(request: Request) -> Iterator[Answer]:
    os._exit(request.number("status"))
    yield {}, b""


def die_afterwards(request: Request) -> Iterator[Answer]:
    """Answer well, and be gone when the next question comes."""
    yield {}, b""
    signal.setitimer(signal.ITIMER_REAL, 0.05)


def stumble(request: Request) -> Iterator[Answer]:
    raise LookupError("geheime inhoud")
    yield {}, b""


def refuse(request: Request) -> Iterator[Answer]:
    raise Refusal(str(request.params["code"]))
    yield {}, b""


def flood(request: Request) -> Iterator[Answer]:
    while True:
        yield {}, b"x" * 65_536


def announce(request: Request) -> Iterator[Answer]:
    """Announce a frame of four gigabytes."""
    os.write(0, PREFIX.pack(2, 2**32 - 1) + b"{}")
    time.sleep(600)
    yield {}, b""


def babble(request: Request) -> Iterator[Answer]:
    """Send bytes that the caller chose instead of a frame."""
    os.write(0, bytes.fromhex(str(request.params["hex"])))
    time.sleep(600)
    yield {}, b""


def leave_offspring(request: Request) -> Iterator[Answer]:
    """Start a process of its own, where the system allows it, and hang."""
    try:
        born = os.fork()
    except OSError:
        born = -1
    if born:
        yield {"born": born}, b""
    time.sleep(600)


def look_around(request: Request) -> Iterator[Answer]:
    """Try everything that a reader does not need, and tell what worked."""
    target = Path(str(request.params["folder"]))
    attempts = {
        "read a file": lambda: (target / "secret").read_bytes(),
        "list a folder": lambda: list(target.iterdir()),
        "write a file": lambda: (target / "new").write_bytes(b"x"),
        "read passwd": lambda: Path("/etc/passwd").read_bytes(),
        "read its parent's memory": lambda: Path(f"/proc/{os.getppid()}/mem").open("rb").close(),
        "connect": lambda: socket.create_connection(("127.0.0.1", request.number("port")), 1).close(),
        "signal its parent": lambda: os.kill(os.getppid(), 0),
        "run a program": lambda: _run("/bin/true"),
    }
    yield {name: _outcome(attempt) for name, attempt in attempts.items()}, b""


def _run(program: str) -> None:
    if os.posix_spawn(program, [program], {}) <= 0:
        raise OSError


def _outcome(attempt: object) -> str:
    try:
        attempt()  # type: ignore[operator]
    except OSError as error:
        return type(error).__name__
    return "worked"


_kept: list[bytearray] = []


def grow(request: Request) -> Iterator[Answer]:
    """Keep memory after the answer, as a leak does."""
    _kept.append(bytearray(request.number("bytes")))
    yield {}, b""
