"""What the parts of the store of followers need of its database."""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy.engine import Connection


class Transacties(Protocol):
    """Short transactions; both raise Unavailable when the database cannot be reached."""

    def write(self) -> AbstractContextManager[Connection]:
        """All of it, durable, or nothing."""
        ...

    def read(self) -> AbstractContextManager[Connection]:
        """One snapshot."""
        ...
