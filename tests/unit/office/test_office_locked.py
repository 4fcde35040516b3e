"""A locked Office file shows nothing but that: it goes to the reader that its name promises, which says so."""

from pathlib import Path

import pytest

from tests.corpus import office
from tests.unit.office.conftest import Read
from woo.domain.formaat import BY_MIME
from woo.sandbox import FileRefused
from woo.sandbox.sniff import sniff


@pytest.mark.parametrize(
    ("name", "naam"),
    [("a.docx", "docx"), ("a.xlsm", "xlsx"), ("a.pptx", "pptx"), ("a", "docx"), ("a.pdf", "docx")],
)
def test_a_locked_file_is_refused_by_the_reader_of_its_kind(
    tmp_path: Path, read: Read, name: str, naam: str
) -> None:
    content = office.ole({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})
    (tmp_path / name).write_bytes(content)
    sniffed = sniff(tmp_path / name, name=name)
    assert BY_MIME[sniffed.mime].naam == naam
    assert (sniffed.mismatch is not None) == name.endswith(".pdf")
    with pytest.raises(FileRefused) as caught:
        read(content, naam)
    assert caught.value.code == "password_needed"
