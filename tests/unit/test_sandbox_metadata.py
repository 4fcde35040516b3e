"""What a PDF says about itself, with its sources."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.corpus import hostile
from woo.sandbox import FileMetadata, Limits, Sandbox, read_pdf
from woo.sandbox.metadata import parse_date

XMP = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Producer="Maker" xmp:CreateDate="2024-02-29T12:00:00+01:00">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Besluit op Woo-verzoek</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Gemeente</rdf:li><rdf:li>Voorbeeld</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>nl-NL</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=30)) as made:
        yield made


def metadata(sandbox: Sandbox, tmp_path: Path, content: bytes) -> FileMetadata:
    path = tmp_path / "file.pdf"
    path.write_bytes(content)
    return read_pdf(sandbox, path).metadata


def test_document_information_and_catalog_are_read(sandbox: Sandbox, tmp_path: Path) -> None:
    info = b"/Title(Microsoft Word - brief.doc)/Author(\xfe\xff\x00J\x00\xe9)/CreationDate(D:20240131120000+01'00')"
    found = metadata(sandbox, tmp_path, hostile.described(info=info, language=b"nl-NL"))
    assert found == FileMetadata(
        title="Microsoft Word - brief.doc",
        author="Jé",
        creation_date=datetime(2024, 1, 31, 11, tzinfo=UTC),
        language="nl-NL",
        sources={"title": "docinfo", "author": "docinfo", "creation_date": "docinfo", "language": "catalog"},
    )


def test_xmp_speaks_where_document_information_is_silent(sandbox: Sandbox, tmp_path: Path) -> None:
    found = metadata(sandbox, tmp_path, hostile.described(info=b"/Title(Brief)", xmp=XMP))
    assert (found.title, found.sources["title"]) == ("Brief", "docinfo")
    assert (found.author, found.sources["author"]) == ("Gemeente, Voorbeeld", "xmp")
    assert (found.language, found.sources["language"]) == ("nl-NL", "xmp")
    assert (found.producer, found.sources["producer"]) == ("Maker", "xmp")
    assert found.creation_date == datetime(2024, 2, 29, 11, tzinfo=UTC)


def test_a_file_that_says_nothing_has_no_metadata(sandbox: Sandbox, tmp_path: Path) -> None:
    assert metadata(sandbox, tmp_path, hostile.letter("tekst")) == FileMetadata()


@pytest.mark.parametrize(
    "xmp",
    [
        b"geen xml",
        b"\x00" * 100,
        b"<a>" * 100_000,
        b'<!DOCTYPE x [<!ENTITY a "'
        + b"a" * 1000
        + b'"><!ENTITY b "'
        + b"&a;" * 1000
        + b'">]><x>'
        + b"&b;" * 1000,
    ],
)
def test_xmp_that_is_no_xmp_leaves_the_pages_readable(sandbox: Sandbox, tmp_path: Path, xmp: bytes) -> None:
    found = metadata(sandbox, tmp_path, hostile.described(info=b"/Title(Brief)", xmp=xmp))
    assert found.title == "Brief"


def test_a_title_as_long_as_a_book_is_no_title(sandbox: Sandbox, tmp_path: Path) -> None:
    found = metadata(sandbox, tmp_path, hostile.described(info=b"/Title(" + b"x" * 10_000 + b")/Author(A)"))
    assert (found.title, found.author) == (None, "A")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("D:20240131120000+01'00'", datetime(2024, 1, 31, 11, tzinfo=UTC)),
        ("D:20240131120000-0530", datetime(2024, 1, 31, 17, 30, tzinfo=UTC)),
        ("D:20240131120000Z", datetime(2024, 1, 31, 12, tzinfo=UTC)),
        ("D:202401311200", datetime(2024, 1, 31, 12, tzinfo=UTC)),
        ("20240131", datetime(2024, 1, 31, tzinfo=UTC)),
        ("2024-01-31", datetime(2024, 1, 31, tzinfo=UTC)),
        ("2024-01-31T12:00:00.123+01:00", datetime(2024, 1, 31, 11, tzinfo=UTC)),
        ("2024-01-31T12:00Z", datetime(2024, 1, 31, 12, tzinfo=UTC)),
        ("2024-01", None),
        ("2024", None),
        ("D:20240231120000", None),
        ("D:00000000000000", None),
        ("D:00010101000000+14'00'", None),
        ("D:20240131120000+99'99'", None),
        ("31 januari 2024", None),
        ("", None),
    ],
)
def test_dates_are_read_as_pdf_and_xmp_write_them(text: str, moment: datetime | None) -> None:
    assert parse_date(text) == moment
