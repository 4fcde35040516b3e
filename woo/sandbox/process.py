"""The parent's hold on one child: start it, ask it, watch its time and its output, kill it, reap it."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from woo.domain.errors import Unavailable
from woo.sandbox.errors import ChildCrashed, MemoryLimit, OutputLimit, TimeLimit
from woo.sandbox.frames import CHUNK, EXIT_MEMORY, MAX_HEADER, PREFIX, BrokenFrame, Frame, pack, parse_header

_START_SECONDS = 60.0
_BOOTSTRAP = (
    "import sys, json; s = json.loads(sys.argv[1]); sys.path[:0] = [p for p in s['path'] if p not in sys.path];"
    "from woo.sandbox.child import main; main(sys.argv[1:])"
)
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Watch:
    """How long and how much one answer may still be."""

    deadline: float
    seconds: float
    output_left: int
    output_bytes: int
    patience: float | None = None
    """Longest silence between two parts."""

    def wait(self) -> tuple[float, float]:
        """Tell how long to wait for the next part, and the limit that this wait belongs to."""
        left = self.deadline - time.monotonic()
        if self.patience is not None and self.patience < left:
            return self.patience, self.patience
        return left, self.seconds

    def spend(self, count: int) -> None:
        """Count bytes that the child announces.

        Raises:
            OutputLimit: They are more than the answer may still hold.
        """
        self.output_left -= count
        if self.output_left < 0:
            raise OutputLimit(self.output_bytes)


class Child:
    """One confined process. Not for two threads at once, except `kill`."""

    def __init__(self, *, memory_bytes: int, code: Sequence[Path]) -> None:
        """Start the process; the thread that does so must outlive it (PR_SET_PDEATHSIG looks at the thread).

        Raises:
            Unavailable: The operating system refuses a new process.
        """
        self.calls = 0
        self._memory_bytes = memory_bytes
        self._buffer = bytearray()
        self._lock = threading.Lock()
        self._status: int | None = None
        self._channel, theirs = socket.socketpair()
        try:
            self._process: subprocess.Popen[bytes] = subprocess.Popen(
                [sys.executable, "-I", "-B", "-c", _BOOTSTRAP, _settings(memory_bytes, code)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd="/",
                start_new_session=True,
            )
        except OSError as error:
            self._channel.close()
            raise Unavailable(
                "The sandbox", f"a child process cannot be started ({error.strerror})"
            ) from error
        finally:
            theirs.close()

    @property
    def pid(self) -> int:
        """The process id, which is also the process group."""
        return self._process.pid

    def wait_until_ready(self) -> None:
        """Wait for the child to have confined itself.

        Raises:
            Unavailable: It did not get that far, which says nothing about any file.
        """
        watch = Watch(time.monotonic() + _START_SECONDS, _START_SECONDS, MAX_HEADER, MAX_HEADER)
        try:
            frame = self._receive(watch)
        except (ChildCrashed, MemoryLimit, TimeLimit, OutputLimit, BrokenFrame) as error:
            self.kill()
            why = f"a child process did not start within {self._memory_bytes // 2**20} MiB of memory"
            raise Unavailable("The sandbox", why) from error
        if frame.header.get("kind") != "ready":
            self.kill()
            raise Unavailable("The sandbox", "a child process did not say that it is ready")

    def ask(self, request: Mapping[str, object], files: Sequence[int]) -> None:
        """Hand over a request and the open files that it is about.

        Raises:
            ChildCrashed: The child is no longer there.
        """
        self.calls += 1
        self._channel.settimeout(_START_SECONDS)
        try:
            message = pack(request)
            sent = socket.send_fds(self._channel, [message], list(files))
            self._channel.sendall(message[sent:])
        except OSError as error:
            raise self._death() from error

    def answer(self, watch: Watch, receive: Callable[[Frame], None]) -> Mapping[str, object]:
        """Pass each part of the answer on as it comes; return the header of the frame that ends it.

        Raises:
            TimeLimit, OutputLimit, MemoryLimit, ChildCrashed: The child must not be used again.
        """
        parts = self._parts(watch, patient=False)
        while True:
            try:
                part = next(parts)
            except StopIteration as end:
                header: Mapping[str, object] = end.value
                return header
            receive(part)

    def parts(self, watch: Watch) -> Generator[Frame, None, Mapping[str, object]]:
        """As `answer`, but give each part to the one who asks; the time that he takes for it does not count."""
        return self._parts(watch, patient=True)

    def _parts(self, watch: Watch, *, patient: bool) -> Generator[Frame, None, Mapping[str, object]]:
        while True:
            try:
                frame = self._receive(watch)
                if frame.header.get("kind") != "part":
                    return frame.header
                part = frame.header.get("part")
                if not isinstance(part, dict):
                    raise BrokenFrame("a part without a header")
            except BrokenFrame as error:
                raise ChildCrashed("its process sent something that is not an answer") from error
            began = time.monotonic()
            yield Frame(part, frame.body)
            if patient:
                watch.deadline += time.monotonic() - began

    def is_alive(self) -> bool:
        """Tell whether the process still runs."""
        return self._process.poll() is None

    def memory(self) -> int:
        """Measure the address space of the child in bytes; 0 where the system does not tell."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[0]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def kill(self) -> int:
        """Kill the child and all that it started, reap it, and return its exit status; may be repeated."""
        with self._lock:
            if self._status is None:
                self.interrupt()
                self._status = self._process.wait()
                self._channel.close()
            return self._status

    def interrupt(self) -> None:
        """Kill the process without reaping it, so that the thread that waits for its answer wakes up."""
        if self._process.returncode is None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                self._process.kill()  # its own session does not exist yet

    def _receive(self, watch: Watch) -> Frame:
        wait, limit = watch.wait()
        until = time.monotonic() + wait
        header_length, body_length = PREFIX.unpack(self._exactly(PREFIX.size, until, limit))
        if header_length > MAX_HEADER:
            raise BrokenFrame("the header is too large")
        watch.spend(header_length + body_length)
        header = parse_header(self._exactly(header_length, until, limit))
        return Frame(header, self._exactly(body_length, until, limit))

    def _exactly(self, count: int, until: float, limit: float) -> bytes:
        while len(self._buffer) < count:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeLimit(limit)
            self._channel.settimeout(left)
            try:
                chunk = self._channel.recv(CHUNK)
            except TimeoutError as error:
                raise TimeLimit(limit) from error
            except OSError as error:
                raise self._death() from error
            if not chunk:
                raise self._death()
            self._buffer += chunk
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _death(self) -> ChildCrashed | MemoryLimit:
        """Tell what the child died of: parsers call abort() when an allocation fails."""
        try:
            status = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return ChildCrashed("its process closed the connection")
        if status in (-signal.SIGABRT, EXIT_MEMORY):
            return MemoryLimit(self._memory_bytes)
        if status < 0:
            name = _signal_name(-status)
            return ChildCrashed(f"its process was ended by {name}", signal=name)
        return ChildCrashed(f"its process ended with status {status}")


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _settings(memory_bytes: int, code: Sequence[Path]) -> str:
    """Write what the child must know before it can import anything of ours."""
    installed = _ROOT.is_relative_to(Path(sys.prefix).resolve())
    packages = [] if installed else sorted(path.parent for path in _ROOT.glob("*/__init__.py"))
    folders = [folder.resolve() for folder in code]
    return json.dumps(
        {
            "path": [str(_ROOT), *map(str, folders)],
            "packages": [*map(str, packages), *map(str, folders)],
            "memory_bytes": memory_bytes,
            "parent": os.getpid(),
        }
    )


def _environment() -> dict[str, str]:
    """Give the child what it needs to start, and nothing of ours: no secrets travel in it."""
    needed = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "OMP_THREAD_LIMIT": "1"}
    if "LD_LIBRARY_PATH" in os.environ:
        needed["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    return needed
