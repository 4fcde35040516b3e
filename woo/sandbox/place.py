"""One place in the pool: does tasks one after the other, in a child that it starts, replaces and recycles."""

import os
import stat
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from woo.domain.errors import InvalidValue
from woo.sandbox.errors import ChildCrashed, FileRefused, MemoryLimit
from woo.sandbox.frames import MAX_FILES, Frame
from woo.sandbox.limits import Limits
from woo.sandbox.process import Child, Watch

_CALLS_PER_CHILD = 500
_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Bounds:
    """Other bounds for one call than the sandbox's own; its seconds are never more.

    Attributes:
        seconds: Wall-clock time of the call.
        patience: Longest silence between two parts of the answer.
    """

    seconds: float | None = None
    patience: float | None = None
    output_bytes: int | None = None
    """Most bytes of the answer; may be more than the sandbox's own where the caller holds none of them."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The parts of an answer, in order. They come from a process that read a hostile file: check before use."""

    parts: tuple[Frame, ...]


class Place:
    """A child, or the room for one. For one thread at a time, except `interrupt` and `end_call`."""

    def __init__(self, limits: Limits, start: Callable[[], Child]) -> None:
        self.limits = limits
        self._start = start
        self._child: Child | None = None
        self._lock = threading.Lock()
        self._closed = False

    def call(
        self,
        task: str,
        *,
        files: Sequence[Path] = (),
        params: Mapping[str, object] = _NOTHING,
        bounds: Bounds | None = None,
        receive: Callable[[Frame], None] | None = None,
    ) -> Reply:
        """Let the child do a task; see `Sandbox.call`."""
        parts: list[Frame] = []
        with ExitStack() as stack:
            opened = [_open(path, stack) for path in files]
            if len(opened) > MAX_FILES:
                raise InvalidValue("files", len(opened), f"a task takes at most {MAX_FILES} files")
            healthy = False
            try:
                child = self._ready_child()
                child.ask({"task": task, "params": dict(params)}, opened)
                end = child.answer(self._watch(bounds or Bounds()), receive or parts.append)
                healthy = end.get("kind") in ("end", "refused", "failed") and not self._is_worn(child)
            finally:
                if not healthy:
                    self.clear()
        self._check_end(end)
        return Reply(tuple(parts))

    def stream(
        self, task: str, *, files: Sequence[Path], params: Mapping[str, object] = _NOTHING, bounds: Bounds
    ) -> Iterator[Frame]:
        """Let the child do a task and give each part as it comes, at the pace at which they are taken.

        The time that the caller spends between two parts does not count. A caller that stops early ends the child.
        Raises as `call` does.
        """
        with ExitStack() as stack:
            opened = [_open(path, stack) for path in files]
            healthy = False
            try:
                child = self._ready_child()
                child.ask({"task": task, "params": dict(params)}, opened)
                end = yield from child.parts(self._watch(bounds))
                healthy = end.get("kind") in ("end", "refused", "failed") and not self._is_worn(child)
            finally:
                if not healthy:
                    self.clear()
        self._check_end(end)

    def clear(self) -> None:
        """Kill and reap the child, if there is one."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.kill()

    def end_call(self) -> None:
        """Kill the child at its work: the call under way ends with ChildCrashed, the next one gets a new child."""
        with self._lock:
            if self._child is not None:
                self._child.interrupt()

    def interrupt(self) -> None:
        """Kill the child at its work and start no other: the call under way ends with ChildCrashed."""
        with self._lock:
            self._closed = True
            if self._child is not None:
                self._child.interrupt()

    def _ready_child(self) -> Child:
        if self._child is not None and not self._child.is_alive():  # died while idle: no file is to blame
            self.clear()
        with self._lock:
            if self._closed:
                raise RuntimeError("The sandbox is closed.")
            if self._child is not None:
                return self._child
            child = self._child = self._start()
        child.wait_until_ready()
        return child

    def _watch(self, bounds: Bounds) -> Watch:
        seconds = self.limits.seconds if bounds.seconds is None else min(bounds.seconds, self.limits.seconds)
        output = self.limits.output_bytes if bounds.output_bytes is None else bounds.output_bytes
        return Watch(time.monotonic() + seconds, seconds, output, output, bounds.patience)

    def _is_worn(self, child: Child) -> bool:
        return child.calls >= _CALLS_PER_CHILD or child.memory() > self.limits.memory_bytes // 2

    def _check_end(self, end: Mapping[str, object]) -> None:
        match end:
            case {"kind": "end"}:
                return
            case {"kind": "memory"}:
                raise MemoryLimit(self.limits.memory_bytes)
            case {"kind": "refused", "code": str(code)} if code.isidentifier():
                raise FileRefused(code[:40], f"The reader refuses this file: {code[:40]}.")
            case {"kind": "failed", "error": str(name)} if name.isidentifier():
                raise ChildCrashed(f"its task failed with {name[:80]}")
            case _:
                raise ChildCrashed("its process sent something that is not an answer")


def _open(path: Path, stack: ExitStack) -> int:
    """Open an ordinary file for reading, without being held up by a pipe or a device."""
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    stack.callback(os.close, number)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        raise FileRefused("not_a_file", "This is not an ordinary file.")
    return number
