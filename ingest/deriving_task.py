"""Derive from the text of a document what it looks like and what it says of itself. Runs in the child only."""

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from ingest.metadata.zoeken import Zoeker
from woo.analysis.shingles import fingerprint_of
from woo.diwoo.waardelijsten import Waarde, Waardelijsten
from woo.sandbox.task import Answer, Request


def derive(request: Request) -> Iterator[Answer]:
    """Yield the fingerprint (empty where there is too little text), then the suggestions as JSON, both in the body.

    The file holds `{"paginas", "naam", "vandaag", "is_tabel", "herkend"}`; parameters: `waardelijsten` (their folder) and
    `eigen` (own values of the installation, by list).
    """
    asked = json.loads(request.files[0].read())
    pages: list[str] = asked["paginas"]
    yield {"derived": "fingerprint"}, fingerprint_of(pages) or b""
    zoeker = _zoeker(str(request.params["waardelijsten"]), json.dumps(request.params["eigen"]))
    found = zoeker.suggestions(
        pages,
        naam=asked["naam"],
        vandaag=date.fromisoformat(asked["vandaag"]),
        is_tabel=asked["is_tabel"],
        herkend={int(number): sure for number, sure in asked["herkend"].items()},
    )
    rows = [[v.veld, v.waarde, v.zekerheid, v.bron, v.pagina] for v in found]
    yield {"derived": "voorstellen"}, json.dumps(rows).encode("ascii")


@lru_cache(maxsize=1)
def _zoeker(folder: str, eigen: str) -> Zoeker:
    """One for the life of the child: reading the lists takes longer than a document."""
    own = {naam: [Waarde(*waarde) for waarde in waarden] for naam, waarden in json.loads(eigen).items()}
    return Zoeker(Waardelijsten(Path(folder), own))
