"""The search service in a process of its own, for the benchmarks that ask it over HTTP."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx

from woo.domain.errors import Unavailable


def free_port() -> int:
    """A port of this machine that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def command(environ: Mapping[str, str], *words: str) -> Iterator[int]:
    """A command of this installation in a process of its own, until the block ends; gives its id."""
    process = subprocess.Popen([sys.executable, "-m", "woo", *words], env={**os.environ, **environ})
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def service(environ: Mapping[str, str], address: str, *, seconds: float = 60.0) -> Iterator[None]:
    """Serve the installation that `environ` names at `address`, until the block ends.

    Raises Unavailable when it does not answer within `seconds`.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "woo", "service", "search_api"], env={**os.environ, **environ}
    )
    try:
        deadline = time.monotonic() + seconds
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                raise Unavailable("the search service", "it did not start")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/gezondheid/live", timeout=1).is_success
    except httpx.TransportError:
        return False
