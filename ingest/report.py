"""What became of every item of a run: its one state, and the accounting that adds up to what was discovered."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ingest.kinds import KindCount, counted, kind_of
from woo.domain.document import Leesstatus
from woo.domain.errors import Unavailable
from woo.domain.publicatie import Publicatiestatus
from woo.registry import Outcome

STATES = (
    "indexed",
    "ready",
    "unpacked",
    "partial",
    "duplicate",
    "no_text",
    "quarantined",
    "skipped",
    "withdrawn",
)
WAITING = "waiting"
REFUSED = frozenset({"partial", "quarantined", "skipped"})
"""States that make the command end with exit code 1: something in the input was refused or failed."""


def state_of(outcome: Outcome) -> tuple[str, str | None]:
    """The one state of an item and its reason; WAITING while its document is not read or not yet shown.

    A document of a published publicatie counts as read only once the public side shows it, in its present version.
    """
    if outcome.staat is not None:
        return outcome.staat, outcome.reden
    if outcome.ingetrokken or outcome.publicatiestatus is Publicatiestatus.INGETROKKEN:
        return "withdrawn", "it was withdrawn"
    status = outcome.leesstatus
    if status is None or status is Leesstatus.WACHT:
        if outcome.rust_fout is not None:
            return "quarantined", f"not_read: {outcome.rust_fout} (woo retry)"
        return WAITING, None
    if status is Leesstatus.QUARANTAINE:
        return "quarantined", outcome.leesreden
    if status is Leesstatus.OVERGESLAGEN:
        return "skipped", outcome.leesreden
    public = outcome.publicatiestatus is Publicatiestatus.GEPUBLICEERD
    if public and (outcome.wacht or not outcome.getoond):
        if outcome.rust_fout is not None:
            return "quarantined", f"read, but it could not be shown: {outcome.rust_fout} (woo retry)"
        return WAITING, None
    if status is Leesstatus.DEELS:
        return "partial", outcome.leesreden
    if status is Leesstatus.GEEN_TEKST:
        return "no_text", outcome.leesreden
    return ("indexed" if public else "ready"), outcome.reden


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a run, as `--report` writes it.

    `notes` tell what the metadata sheet left open, `problems` which of its rows could not be used.
    """

    items: tuple[dict[str, Any], ...]
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    kinds: Mapping[str, KindCount] = field(default_factory=dict)

    @property
    def states(self) -> dict[str, int]:
        counts = dict.fromkeys(STATES, 0)
        for item in self.items:
            counts[item["state"]] += 1
        return counts

    @property
    def refused(self) -> bool:
        return bool(self.problems) or any(item["state"] in REFUSED for item in self.items)

    def as_json(self) -> dict[str, Any]:
        told = [*self.problems, *self.notes]
        kinds = {kind: asdict(count) for kind, count in self.kinds.items()}
        return {
            "discovered": len(self.items),
            "states": self.states,
            "kinds": kinds,
            **({"metadata": told} if told else {}),
            "items": list(self.items),
        }


def build_report(outcomes: Iterable[Outcome]) -> Report:
    """Build the report; raises ValueError for an item that has no final state, since that may not happen."""
    items = []
    listed = list(outcomes)
    for outcome in listed:
        state, reason = state_of(outcome)
        if state not in STATES:
            raise ValueError(f"item {outcome.pad!r} has no final state")
        items.append(
            {
                "path": outcome.pad,
                "sha256": outcome.sha256,
                "state": state,
                "reason": reason,
                "document": outcome.document_id,
                "pages": outcome.paginas,
                "text_source": outcome.tekstbron,
                "seconds": outcome.seconden,
                "kind": kind_of(outcome),
            }
        )
    return Report(tuple(items), kinds=counted(listed))


def accounting(report: Report) -> str:
    """The accounting as lines for people."""
    lines = [f"{count:>8}  {state}" for state, count in report.states.items() if count]
    return "\n".join([*report.notes, *report.problems, *lines, f"{len(report.items):>8}  discovered"])


def kinds_table(report: Report) -> str:
    """What was done of each kind of file, as lines for people; empty when nothing was discovered."""
    if not report.kinds:
        return ""
    lines = [f"{'documents':>10}{'pages':>10}{'seconds':>10}{'items':>10}  kind"]
    lines += [
        f"{count.documents:>10}{count.pages:>10}{count.seconds:>10.1f}{count.items:>10}  {kind}"
        for kind, count in report.kinds.items()
    ]
    return "\n".join(lines)


def write_report(path: Path, report: Report) -> None:
    """Write the report whole or not at all; raises Unavailable when the place cannot be written."""
    write_json(path, report.as_json())


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a report of any run, as `write_report`."""
    temporary = path.with_name(path.name + ".tmp")
    try:
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        temporary.write_text(text, "utf-8", errors="backslashreplace")
        temporary.replace(path)
    except OSError as error:
        raise Unavailable(f"report {path}", error.strerror or str(error)) from error
