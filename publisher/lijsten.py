"""Takes in the list of an inventory: scanned, read in a limited child process, and put into the archive once it could be read."""

import shutil
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO

from publisher.bestandssoorten import FIELD
from publisher.desk import Desk
from publisher.problems import refused_input
from woo.domain.document import Bestand
from woo.inventaris.bestand import read_bestand, uitleg_van
from woo.inventaris.datums import Volgorde
from woo.inventaris.lezen import Leeswijze
from woo.sandbox import Limits, Sandbox, SandboxError
from woo.usecases.inventarisvoorstel import Lijst
from woo.usecases.scannen import require_clean

MOST_BYTES = 128 * 2**20
"""Of one list."""

_MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
}
_at_once = threading.BoundedSemaphore(2)


def limit_of(desk: Desk) -> int:
    """The bytes that a list may have."""
    return min(MOST_BYTES, desk.settings.limits.file_bytes)


def wijze_of(blad: str | None, datums: Volgorde | None, kolommen: list[str]) -> Leeswijze:
    """What a person says of a list, as the reader takes it."""
    return Leeswijze(blad=blad or None, datums=datums, kolommen=tuple(kolommen))


def read_lijst(desk: Desk, file: BinaryIO, naam: str, wijze: Leeswijze) -> Lijst:
    """Scan a list, read it, and put it into the archive (blocks: it reads and copies).

    Raises:
        Infected, Unavailable: there is a virus in it, or the scanner cannot say.
        ProblemError: 400 when it cannot be read as a table, with the reason.
        Lijstfout: there is no inventory in it, or not one alone.
    """
    require_clean(desk.platform, file, actor=desk.actor)
    limits = desk.settings.limits
    bounds = Limits(
        seconds=limits.seconds,
        memory_bytes=limits.memory_mb * 1024**2,
        output_bytes=limits.output_mb * 1024**2,
    )
    vandaag = desk.platform.now().date()
    with tempfile.TemporaryDirectory(prefix="woo-lijst-") as folder:
        path = Path(folder) / "lijst"
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        try:
            with _at_once, Sandbox(bounds) as sandbox:
                inhoud = read_bestand(
                    sandbox, desk.platform.lijsten, path, wijze=wijze, vandaag=vandaag, naam=naam
                )
        except SandboxError as error:
            raise refused_input("body", FIELD, "onleesbaar-bestand", uitleg_van(error)) from error
    file.seek(0)
    stored = desk.platform.archive.put_stream(file, limit=limit_of(desk))
    media = _MEDIA.get(naam.rpartition(".")[2].casefold(), "application/octet-stream")
    return Lijst(Bestand(stored.digest, naam, media, stored.grootte), wijze, inhoud)
