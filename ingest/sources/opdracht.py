"""What a child process is asked to do: discover what a source offers, or fetch files; handed over as one JSON file."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Taak:
    """One file to fetch: its key, its address, and what an earlier answer said (ETag, Last-Modified) for asking again."""

    sleutel: str
    url: str
    etag: str | None = None
    gewijzigd: str | None = None
    methode: str = "GET"


@dataclass(frozen=True, slots=True)
class Crawlopdracht:
    """`wat` is `ontdek` or `haal`; `taken` names the file with tasks (JSON lines) of `haal`; limits as those of a source.

    `eigen` is what only this kind of source has; `bekend` names the file with what is known of its documents already (JSON lines
    of `sleutel` and `gegevens`, as they were told). `voorbeelden` is of how many items to tell what was found on their pages.
    """

    wat: Literal["ontdek", "haal"]
    soort: str
    adres: str
    hosts: list[str]
    agent: str
    spool: str
    allow_private: bool
    concurrency: int
    delay: float
    timeout: float
    retries: int
    retry_after: float
    redirects: int
    file_bytes: int
    sitemap_bytes: int
    sitemaps: int
    documents: int
    seconds: float
    taken: str | None = None
    bekend: str | None = None
    eigen: dict[str, Any] = field(default_factory=dict)
    voorbeelden: int = 0

    def schrijf(self, pad: Path) -> None:
        pad.write_text(json.dumps(asdict(self)), "utf-8")

    @classmethod
    def lees(cls, pad: Path) -> "Crawlopdracht":
        return cls(**json.loads(pad.read_text("utf-8")))


def schrijf_taken(pad: Path, taken: list[Taak]) -> None:
    """Write tasks, one a line."""
    pad.write_text("".join(json.dumps(asdict(each)) + "\n" for each in taken), "utf-8")
