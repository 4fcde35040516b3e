"""The sandbox: a pool of confined child processes that read files, one poison file never costing its neighbours."""

import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from woo.domain.errors import InvalidValue
from woo.sandbox.frames import Frame
from woo.sandbox.limits import Limits
from woo.sandbox.place import Bounds, Place, Reply
from woo.sandbox.process import Child

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Sandbox:
    """A pool of persistent child processes; safe to call from several threads, each call has a child to itself.

    Children start when first needed, are replaced when they were killed or crashed, and recycled after many calls
    or when their memory has grown. They die with this process, however it ends.
    """

    def __init__(self, limits: Limits, *, processes: int = 1, code: Sequence[Path] = ()) -> None:
        """Prepare the pool.

        Args:
            limits: What a call may cost.
            processes: How many children work side by side; as many as there are cores is right.
            code: Further folders that tasks are imported from, beside the packages of this project.
        """
        if processes < 1:
            raise InvalidValue("processes", processes, "a sandbox needs at least one child")
        self.limits = limits
        self._code = tuple(code)
        # Children die with the thread that started them, so that thread must live as long as the sandbox.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="sandbox")
        self._places = tuple(Place(limits, self._start) for _ in range(processes))
        self._free: queue.LifoQueue[Place] = queue.LifoQueue()
        for place in self._places:
            self._free.put(place)
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
        """Let a child do a task, waiting for one that is free.

        Args:
            task: `module:function` of a `woo.sandbox.task.Task`.
            files: Files that the parent opens and hands over; the child cannot open any itself.
            params: What JSON can carry.
            bounds: Narrower bounds than those of the sandbox.
            receive: Takes each part as it comes (then the reply holds none), so that what came before an error is kept.

        Raises:
            TimeLimit, MemoryLimit, OutputLimit, ChildCrashed: The call cost its limit or its child.
            FileRefused: The task says no, or a path is not an ordinary file (`not_a_file`).
            FileNotFoundError, PermissionError: A file cannot be opened here.
            Unavailable: No child can be started.
        """
        with self.borrow() as place:
            return place.call(task, files=files, params=params, bounds=bounds, receive=receive)

    @contextmanager
    def borrow(self) -> Iterator[Place]:
        """Wait for a free place and keep it, for several calls about one file: its time begins when it is its turn."""
        place = self._free.get()
        try:
            yield place
        finally:
            self._free.put(place)

    def close(self) -> None:
        """Kill and reap every child, also those at work; calls under way end with ChildCrashed. May be repeated."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        for place in self._places:
            place.interrupt()
        taken = [self._free.get() for _ in self._places]
        for place in taken:
            place.clear()
            self._free.put(place)
        self._starter.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> Child:
        return self._starter.submit(Child, memory_bytes=self.limits.memory_bytes, code=self._code).result()
