"""What one call into the sandbox may cost."""

from dataclasses import dataclass

from woo.domain.errors import InvalidValue

_LEAST_MEMORY = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one call; a child that passes one is killed.

    Attributes:
        seconds: Wall-clock time of one call, counted from the moment a child is free for it.
        memory_bytes: Address space of the child (RLIMIT_AS), with the interpreter and its libraries (about 100 MiB).
        pages: Most pages of one document.
        output_bytes: Most bytes that one answer may hold.
    """

    seconds: float = 120.0
    memory_bytes: int = 2 * 1024**3
    pages: int = 20_000
    output_bytes: int = 256 * 1024**2

    def __post_init__(self) -> None:
        for name in ("seconds", "memory_bytes", "pages", "output_bytes"):
            if getattr(self, name) <= 0:
                raise InvalidValue(name, getattr(self, name), "a limit must be more than zero")
        if self.memory_bytes < _LEAST_MEMORY:
            why = f"a child needs at least {_LEAST_MEMORY} bytes for itself"
            raise InvalidValue("memory_bytes", self.memory_bytes, why)
