"""Why a call into the sandbox gave no answer: one error per limit, one for a crash, one for a refusal.

SandboxError
├── TimeLimit       the child took too long and was killed
├── MemoryLimit     the child needed more memory than it may use
├── OutputLimit     the child sent more than a caller wants to hold
├── ChildCrashed    the child died, or answered what it may not answer
└── FileRefused     the reader looked at the file and says no
"""

from woo.domain.errors import WooError


class SandboxError(WooError):
    """A call into the sandbox failed; `code` is for programs, `reason` one sentence without file content."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class TimeLimit(SandboxError):
    """The child did not finish in time and was killed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            "time_limit", f"The reader was stopped because it took longer than {seconds:.3g} seconds."
        )
        self.seconds = seconds


class MemoryLimit(SandboxError):
    """The child could not get the memory it asked for."""

    def __init__(self, memory_bytes: int) -> None:
        mib = memory_bytes // 2**20
        super().__init__(
            "memory_limit", f"The reader gave up: it needs more than the {mib} MiB of memory it may use."
        )
        self.memory_bytes = memory_bytes


class OutputLimit(SandboxError):
    """The child sent more bytes than the caller allows."""

    def __init__(self, output_bytes: int) -> None:
        super().__init__(
            "output_limit", f"The reader was stopped: its output is larger than {output_bytes} bytes."
        )
        self.output_bytes = output_bytes


class ChildCrashed(SandboxError):
    """The child died or broke the protocol; `signal` names what killed it, if a signal did."""

    def __init__(self, what: str, *, signal: str | None = None) -> None:
        super().__init__("child_crashed", f"The reader crashed on this file: {what}.")
        self.signal = signal


class FileRefused(SandboxError):
    """The reader cannot or will not read this file; `code` says why."""
