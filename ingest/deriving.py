"""What a document's text gives beside itself, worked out in a limited process: rules on strangers' text may take for ever."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.document import Bestand, Pagina, Voorstel
from woo.domain.formaat import BY_MIME, Soort
from woo.sandbox import Bounds, ChildCrashed, Sandbox, SandboxError
from woo.sandbox.page_text import clean

_TASK = "ingest.deriving_task:derive"
_SECONDS = 30.0
_MOST_SUGGESTIONS = 2_000
_MOST_VALUE = 1_000
_LISTS = ("documentsoorten", "organisaties")


@dataclass(frozen=True, slots=True)
class Derived:
    """What the text looks like (None where there is too little of it), suggestions for metadata, and why there are none."""

    fingerprint: bytes | None = None
    voorstellen: tuple[Voorstel, ...] = ()
    problem: str | None = None


class Deriver:
    """Derives with the value lists of one installation; the sandbox must be able to read their folder."""

    def __init__(self, sandbox: Sandbox, lijsten: Waardelijsten) -> None:
        self._sandbox = sandbox
        eigen = {naam: [[w.code, w.uri, w.naam] for w in lijsten.eigen(naam)] for naam in _LISTS}
        self._params = {"waardelijsten": str(lijsten.folder), "eigen": eigen}

    def derive(self, pages: Sequence[Pagina], bestand: Bestand, *, vandaag: date) -> Derived:
        """Derive from these pages; a process that passes a limit gives nothing, with the reason.

        Raises:
            Unavailable: No process can be started.
        """
        if not any(page.tekst for page in pages):
            return Derived()
        asked = {
            "paginas": [page.tekst for page in pages],
            "naam": bestand.naam,
            "vandaag": vandaag.isoformat(),
            "is_tabel": BY_MIME[bestand.mime].soort is Soort.BLAD,
            "herkend": {page.nummer: page.zekerheid for page in pages if page.zekerheid is not None},
        }
        with TemporaryDirectory(prefix="woo-tekst-") as folder:
            path = Path(folder) / "tekst.json"
            path.write_text(json.dumps(asked), encoding="ascii")
            try:
                return self._derived(path, pages=len(pages))
            except SandboxError as error:
                return Derived(problem=f"Nothing was derived from the text: {error.reason}")

    def _derived(self, path: Path, *, pages: int) -> Derived:
        parts = self._sandbox.call(
            _TASK, files=[path], params=self._params, bounds=Bounds(seconds=_SECONDS)
        ).parts
        if [part.header.get("derived") for part in parts] != ["fingerprint", "voorstellen"]:
            raise ChildCrashed("its process sent something that was not asked for")
        try:
            rows = json.loads(parts[1].body)
            found = tuple(_voorstel(row, pages) for row in rows[:_MOST_SUGGESTIONS])
        except (ValueError, TypeError) as error:
            raise ChildCrashed("its process sent something that is not a suggestion") from error
        return Derived(parts[0].body or None, found)


def _voorstel(row: object, pages: int) -> Voorstel:
    """A suggestion, believing nothing of it; raises ValueError or TypeError."""
    match row:
        case [str() as veld, str() as waarde, float() | int() as zekerheid, str() as bron, pagina]:
            pass
        case _:
            raise ValueError("not a suggestion")
    if (
        not 0 <= zekerheid <= 1
        or len(waarde) > _MOST_VALUE
        or clean(veld + waarde + bron) != veld + waarde + bron
    ):
        raise ValueError("a suggestion out of bounds")
    if pagina is not None and not (isinstance(pagina, int) and 1 <= pagina <= pages):
        raise ValueError("a suggestion on a page that is not there")
    return Voorstel(veld, waarde, float(zekerheid), bron, pagina)
