"""What is known of a source already, as its spider may ask for it: by the id of a document there, kept on the disk."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ingest.sources.berichten import SourceItem
from ingest.sources.openoverheid_document import AANTAL, ID, MERK, MUTATIE


class Bekend:
    """The documents of the last run; of each only its place in the file is in memory."""

    def __init__(self, pad: str | None) -> None:
        self._places: dict[str, list[int]] = {}
        self._file: BinaryIO | None = None
        if pad is not None:
            self._file = Path(pad).open("rb")  # noqa: SIM115 - open as long as the spider runs
            self._index(self._file)

    def _index(self, file: BinaryIO) -> None:
        place = 0
        for line in file:
            id = json.loads(line)["gegevens"].get(ID)
            if id is not None:
                self._places.setdefault(id, []).append(place)
            place += len(line)

    def van(self, id: str) -> list[SourceItem]:
        """Every file of this document, as it was told before."""
        return list(self._read(id))

    def ongewijzigd(self, id: str, mutatie: str | None) -> list[SourceItem]:
        """The same where it did not change since (`mutatie` is when it changed last); nothing where a file is not known yet."""
        known = [each for each in self.van(id) if mutatie and each.gegevens.get(MUTATIE) == mutatie]
        return known if all(each.gegevens.get(AANTAL, len(known)) == len(known) for each in known) else []

    def _read(self, id: str) -> Iterator[SourceItem]:
        if self._file is None:
            return
        for place in self._places.get(id, ()):
            self._file.seek(place)
            known = json.loads(self._file.readline())
            yield SourceItem(known["sleutel"], known["gegevens"].get(MERK), known["gegevens"])

    def sluit(self) -> None:
        if self._file is not None:
            self._file.close()
