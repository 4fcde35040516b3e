"""Which version of a reader is older: by its numbers, part by part."""

import pytest

from woo.domain.errors import InvalidValue
from woo.domain.formaat import FORMATEN
from woo.sandbox.versions import is_older, parts_of, versions_now


@pytest.mark.parametrize(
    ("read_by", "than", "older"),
    [
        ("pdf-1", "pdf-2", True),
        ("pdf-2", "pdf-2", False),
        ("pdf-3", "pdf-2", False),
        ("pdf-9", "pdf-10", True),
        ("pdf-1", "pdf-1+ocr-1", True),
        ("pdf-1+ocr-1", "pdf-1", False),
        ("pdf-1+ocr-1", "pdf-1+ocr-2", True),
        ("pdf-2+ocr-1", "pdf-1+ocr-2", True),
        ("pdf-1+ocr-1", "ocr-2", True),
        ("pdf-1+ocr-2", "ocr-2", False),
        ("pdf-1", "ocr-2", False),
        (None, "pdf-1", True),
        ("iets van vroeger", "pdf-1", True),
    ],
)
def test_older_is_a_lower_number_of_a_part_or_a_part_that_was_not_there(
    read_by: str | None, than: str, older: bool
) -> None:
    assert is_older(read_by, than) is older


@pytest.mark.parametrize("wrong", ["", "pdf", "pdf-", "2", "pdf-1+", "pdf 1", "PDF-1", "pdf-1\n", "a-1" * 60])
def test_what_is_no_version_is_refused_with_an_example(wrong: str) -> None:
    with pytest.raises(InvalidValue, match="pdf-1"):
        is_older("pdf-1", wrong)


def test_every_reader_has_a_version_that_can_be_compared() -> None:
    now = versions_now()
    assert set(now) == {formaat.naam for formaat in FORMATEN if formaat.soort != "archief"}
    assert all(parts_of(version) for version in now.values())
