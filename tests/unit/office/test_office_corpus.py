"""Real files of the corpus: every one is read or refused with a sentence, none makes a reader fail."""

from pathlib import Path

import pytest

from woo.sandbox import FileRefused, Sandbox
from woo.sandbox.readers import READERS, read_file
from woo.sandbox.sniff import sniff

_OFFICE = {naam for naam, reader in READERS.items() if ".office." in reader.task}
_FOLDERS = ("office-mail", "text-nl")
_LEAST = 400
"""Files of the kinds read here that the corpus holds at least."""


@pytest.mark.needs("shared")
def test_every_real_file_is_read_or_locked(shared: Path, sandbox: Sandbox, tmp_path: Path) -> None:
    refused: dict[str, str] = {}
    read = 0
    for folder in _FOLDERS:
        for path in sorted((shared / "corpus" / folder).rglob("*")):
            sniffed = sniff(path, name=path.name) if path.is_file() else None
            if sniffed is None or sniffed.formaat is None or sniffed.formaat.naam not in _OFFICE:
                continue
            try:
                reading = read_file(sandbox, path, sniffed.mime, rendition=tmp_path / "weergave.pdf")
            except FileRefused as error:
                refused[path.name] = error.code
                continue
            read += 1
            assert reading.cut is None
            assert [page.number for page in reading.pages] == list(range(1, len(reading.pages) + 1))
    assert set(refused.values()) == {"password_needed"}
    assert read >= _LEAST
