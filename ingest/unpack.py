"""Take the members out of a container within what one archive may cost, nested ones counted too."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ingest.discover import label_of
from woo.sandbox import Sandbox
from woo.sandbox.members import TASKS, MemberLimits, Rest
from woo.sandbox.members import Member as Taken
from woo.sandbox.members import members as taken_members
from woo.settings import LimitSettings


@dataclass(frozen=True, slots=True)
class Member:
    """One member: key part, label and file name, and a temporary file (gone after the iteration's step) or a problem."""

    sleutel: str
    pad: str
    naam: str
    path: Path | None
    problem: str | None = None


@dataclass(slots=True)
class Budget:
    """What one archive and everything nested in it may still cost."""

    members: int
    size: int

    @classmethod
    def from_limits(cls, limits: LimitSettings) -> "Budget":
        return cls(limits.zip_members, limits.zip_bytes)


def members(
    sandbox: Sandbox, path: Path, soort: str, limits: LimitSettings, budget: Budget, *, naam: str = ""
) -> Iterator[Member | Rest]:
    """Yield every member in the order of the container; `soort` is its kind (`zip`, `eml`), `naam` its file name.

    A member over a limit is yielded with the problem, and the rest go on; members beyond the most are told as a number.
    Raises SandboxError when the container cannot be opened, or read to its end.
    """
    bounds = MemberLimits(
        members=max(budget.members, 0),
        size=max(budget.size, 0),
        ratio=int(limits.zip_ratio),
        file_bytes=limits.file_bytes,
    )
    seen: dict[str, int] = {}
    for taken in taken_members(sandbox, path, task=TASKS[soort], limits=bounds, naam=naam):
        if isinstance(taken, Rest):
            yield taken
            continue
        count = seen[taken.naam] = seen.get(taken.naam, 0) + 1
        yield _member(taken, f"#{count}" if count > 1 else "", budget)


def _member(taken: Taken, again: str, budget: Budget) -> Member:
    problem, path = taken.problem, taken.path
    if budget.members <= 0:
        problem = "too_many_members: the archive has more members than it may (limits.zip_members)"
    budget.members -= 1
    size = 0 if path is None else path.stat().st_size
    budget.size -= size
    if problem is None and budget.size < 0:
        problem = "too_large: the archive unpacks to more than allowed (limits.zip_bytes)"
    return Member(
        quote(taken.naam.encode("utf-8", "surrogatepass"), safe="/ ()[],;&+@='~") + again,
        label_of(taken.naam) + again,
        _file_name(taken.naam),
        None if problem else path,
        problem,
    )


def _file_name(name: str) -> str:
    """The last part of a member's name, whichever way its folders are written."""
    return label_of(name.replace("\\", "/").rstrip("/").rpartition("/")[2]) or "zonder naam"
