"""Keeps what a site answered, for the history and the archive of the web: written in batches with other changes."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from ingest.sources.berichten import Opgehaald
from woo.oogst import Bron
from woo.usecases.platform import Platform


class Antwoorden:
    """Answers of one run that wait to be written."""

    def __init__(self, platform: Platform, bron: Bron, run_id: str) -> None:
        self._platform = platform
        self._bron = bron
        self._run_id = run_id
        self._rows: list[dict[str, Any]] = []

    @property
    def waiting(self) -> bool:
        return bool(self._rows)

    def add(self, got: Opgehaald, *, sha256: str | None = None, bare: bool = False) -> None:
        """Take one answer; `sha256` is the digest of its body in the archive, where that is kept.

        `bare` leaves out what headers and a redirect may tell of a file that was destroyed.
        """
        if bare:
            got = replace(got, url=got.waarvoor, koppen=[], gevraagd=[])
        self._rows.append(
            {
                "run_id": self._run_id,
                "bron": self._bron.naam,
                "url": got.url,
                "waarvoor": got.waarvoor,
                "methode": got.methode,
                "op": datetime.fromisoformat(got.op),
                "status": got.status,
                "koppen": [list(each) for each in got.koppen],
                "gevraagd": [list(each) for each in got.gevraagd],
                "ip": got.ip,
                "fout": got.fout,
                "sha256": sha256,
                "grootte": got.grootte,
            }
        )

    def rows(self) -> list[dict[str, Any]]:
        return list(self._rows)

    def clear(self) -> None:
        self._rows = []
