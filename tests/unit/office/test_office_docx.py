"""Word documents: what stands in which place is found, and what a reader does not see is said."""

import io
import zipfile

import docx as python_docx
import pytest
from docx.enum.text import WD_BREAK

from tests.corpus import office
from tests.unit.office.conftest import Read, broken_copies, is_told
from woo.sandbox import FileRefused
from woo.sandbox.refusals import REASONS


def _written(document: "python_docx.document.Document") -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_every_place_of_a_word_document_is_found(read: Read) -> None:
    document = python_docx.Document()
    document.core_properties.title = "Besluit Zwanenburg"
    document.core_properties.author = "Gemeente Voorbeeldstad"
    document.core_properties.keywords = "woo, besluit"
    document.sections[0].header.paragraphs[0].text = "KOPTEKST"
    document.sections[0].footer.paragraphs[0].text = "VOETTEKST"
    run = document.add_paragraph("LOPENDE TEKST").runs[0]
    document.add_comment(run, text="OPMERKING", author="A. Voorbeeld")
    table = document.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), "abcd", strict=True):
        cell.text = f"cel {text}"
    reading = read(_written(document), "docx")
    assert [(page.label, page.text) for page in reading.pages] == [
        ("Deel 1", "LOPENDE TEKST\ncel a\tcel b\ncel c\tcel d"),
        ("Kop- en voetteksten", "KOPTEKST\nVOETTEKST"),
        ("Opmerkingen", "A. Voorbeeld: OPMERKING"),
    ]
    about = reading.metadata
    assert (about.title, about.author, about.keywords) == (
        "Besluit Zwanenburg",
        "Gemeente Voorbeeldstad",
        "woo, besluit",
    )
    assert about.creation_date is not None
    assert reading.warnings == (REASONS["comments"],)
    assert reading.method == "docx-1"
    assert {page.source for page in reading.pages} == {"docx"}


_NOTE = '<w:{0} w:id="2"><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:{0}>'
_LINE = '<w:{0} w:type="separator" w:id="0"><w:p><w:r><w:t>STREEP</w:t></w:r></w:p></w:{0}>'


def test_notes_are_parts_of_their_own_without_the_line_above_them(read: Read) -> None:
    content = office.docx(
        office.paragraph("tekst"),
        footnotes=_LINE.format("footnote") + _NOTE.format("footnote", "VOETNOOT"),
        endnotes=_NOTE.format("endnote", "EINDNOOT"),
    )
    pages = read(content, "docx").pages
    assert [(p.label, p.text) for p in pages[1:]] == [("Voetnoten", "VOETNOOT"), ("Eindnoten", "EINDNOOT")]


def test_a_text_box_comes_once_and_after_its_paragraph(read: Read) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>KADER</w:t></w:r></w:p></w:txbxContent>"
    content = office.docx(
        "<w:p><w:r><w:t>voor </w:t></w:r><w:r><mc:AlternateContent xmlns:mc='urn:x'>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>en na</w:t></w:r></w:p>"
    )
    assert read(content, "docx").pages[0].text == "voor en na\nKADER"


def test_a_table_in_a_table_stays_in_its_cell(read: Read) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{office.paragraph('x')}</w:tc><w:tc>{office.paragraph('y')}</w:tc></w:tr></w:tbl>"
    cells = f"<w:tc>{office.paragraph('links')}{inner}</w:tc><w:tc>{office.paragraph('rechts')}</w:tc>"
    content = office.docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>{office.paragraph('na')}")
    assert read(content, "docx").pages[0].text == "links x\ty\trechts\nna"


def test_what_was_deleted_is_left_out_and_said(read: Read) -> None:
    content = office.docx(
        "<w:p><w:del><w:r><w:delText>WEG</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>VERPLAATST</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>ERBIJ</w:t></w:r></w:ins></w:p>"
    )
    reading = read(content, "docx")
    assert reading.pages[0].text == "ERBIJ"
    assert reading.warnings == (REASONS["tracked_changes"],)


@pytest.mark.parametrize(("value", "warned"), [("", True), ('w:val="0"', False)])
def test_hidden_text_is_found_and_said(read: Read, value: str, warned: bool) -> None:
    content = office.docx(f"<w:p><w:r><w:rPr><w:vanish {value}/></w:rPr><w:t>VERBORGEN</w:t></w:r></w:p>")
    reading = read(content, "docx")
    assert reading.pages[0].text == "VERBORGEN"
    assert bool(reading.warnings) == warned


def test_codes_of_fields_are_no_text_and_signs_are(read: Read) -> None:
    content = office.docx(
        "<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:r><w:t>een</w:t><w:tab/><w:t>twee</w:t>"
        "<w:br/><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t></w:r></w:p>"
    )
    assert read(content, "docx").pages[0].text == "een\ttwee\ne-mail"


def test_pages_are_those_of_word_where_it_says_so(read: Read) -> None:
    mark = "<w:lastRenderedPageBreak/>"
    content = office.docx(
        office.paragraph("een")
        + f"<w:p><w:r><w:t>nog een</w:t>{mark}<w:t>twee</w:t></w:r></w:p>"
        + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        + f"<w:p><w:r>{mark}<w:t>drie</w:t></w:r></w:p>"
    )
    pages = read(content, "docx").pages
    assert [(page.number, page.label, page.text) for page in pages] == [
        (1, None, "een\nnog een"),
        (2, None, "twee"),
        (3, None, "drie"),
    ]


def test_a_page_that_is_too_long_is_cut_and_the_next_keeps_its_number(read: Read) -> None:
    long = "".join(office.paragraph("woord " * 100) for _ in range(15))
    content = office.docx(long + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>op twee</w:t></w:r></w:p>")
    labels = [page.label for page in read(content, "docx").pages]
    assert labels == [None, "Pagina 1 (vervolg)", "Pagina 2"]


def test_breaks_of_the_writer_begin_a_part_and_long_text_is_cut_between_words(read: Read) -> None:
    document = python_docx.Document()
    document.add_paragraph("eerste").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("woord " * 2_500)
    pages = read(_written(document), "docx").pages
    assert [page.label for page in pages] == ["Deel 1", "Deel 2", "Deel 3", "Deel 4"]
    assert all(len(page.text) <= 6_000 for page in pages)
    assert sum(page.text.split().count("woord") for page in pages) == 2_500


def test_a_document_of_images_alone_says_so(read: Read) -> None:
    picture = "<w:p><w:r><w:drawing><a:blip xmlns:a='urn:a'/></w:drawing></w:r></w:p>"
    (page,) = read(office.docx(picture), "docx").pages
    assert (page.text, page.has_image, page.source) == ("", True, "geen")
    (page,) = read(office.docx(picture + office.paragraph("met tekst")), "docx").pages
    assert (page.text, page.has_image) == ("met tekst", False)


def test_an_empty_document_is_one_empty_part(read: Read) -> None:
    (page,) = read(office.docx(""), "docx").pages
    assert (page.text, page.source) == ("", "geen")


def test_the_namespaces_of_strict_files_are_read_too(read: Read) -> None:
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    assert read(office.docx(office.paragraph("strikt"), namespace=strict), "docx").pages[0].text == "strikt"


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_xml_in_another_character_set_is_read(read: Read, encoding: str) -> None:
    content = office.docx(office.paragraph("patiënt"))
    xml = office.part_of(content, "word/document.xml").decode()
    other = f'<?xml version="1.0" encoding="{encoding}"?>{xml}'.encode(encoding)
    assert read(office.changed(content, "word/document.xml", other), "docx").pages[0].text == "patiënt"


def test_of_two_parts_with_one_name_the_last_is_read_and_that_is_said(read: Read) -> None:
    first, last = office.docx(office.paragraph("EERSTE")), office.docx(office.paragraph("LAATSTE"))
    written = io.BytesIO(first)
    with zipfile.ZipFile(written, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", office.part_of(last, "word/document.xml"))
    reading = read(written.getvalue(), "docx")
    assert reading.pages[0].text == "LAATSTE"
    assert reading.warnings == (REASONS["double_names"],)


def test_the_main_part_may_have_another_name(read: Read) -> None:
    content = office.docx("")
    relations = office.part_of(content, "_rels/.rels").replace(
        b"word/document.xml", b"/word/ander%20deel.xml"
    )
    xml = office.part_of(office.docx(office.paragraph("gevonden")), "word/document.xml")
    content = office.changed(office.changed(content, "_rels/.rels", relations), "word/ander deel.xml", xml)
    assert read(content, "docx").pages[0].text == "gevonden"


def test_an_embedded_file_is_said(read: Read) -> None:
    assert read(office.docx(office.paragraph("x"), package="<w:p/>"), "docx").warnings == (
        REASONS["embedded_files"],
    )


def test_xml_that_breaks_off_keeps_what_came_before(read: Read) -> None:
    content = office.docx(office.paragraph("EERSTE") + office.paragraph("TWEEDE"))
    xml = office.part_of(content, "word/document.xml")
    broken = xml[: xml.index(b"TWEEDE") + 3]
    reading = read(office.changed(content, "word/document.xml", broken), "docx")
    assert "EERSTE" in reading.pages[0].text
    assert reading.warnings == (REASONS["part_damaged"],)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (office.zipped({"word/ander.xml": "<x/>"}), "not_a_docx"),
        (office.docx("").replace(b"PK\x05\x06", b"PK\x05\x07"), "damaged_file"),
        (office.docx("x" * 5_000)[:600], "damaged_file"),
        (office.zipped({"word/document.xml": b"\x00\x01"}), "damaged_file"),
        (office.ole({"EncryptedPackage": b"x"}), "password_needed"),
        (
            office.changed(
                office.docx(""),
                "word/document.xml",
                b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
            ),
            "xml_entities",
        ),
        (
            office.changed(
                office.docx(""),
                "word/document.xml",
                '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'.encode("utf-16"),
            ),
            "xml_entities",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(read: Read, content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read(content, "docx")
    assert caught.value.code == code
    assert caught.value.reason == REASONS[code]


def test_a_bomb_is_not_unpacked(read: Read) -> None:
    bomb = office.changed(office.docx(""), "word/document.xml", b"<x>" + b" " * (20 * 2**20) + b"</x>")
    with pytest.raises(FileRefused) as caught:
        read(bomb, "docx")
    assert caught.value.code == "part_ratio"


def test_deep_nesting_costs_nothing(read: Read) -> None:
    content = office.docx("<w:sdt>" * 200 + office.paragraph("diep") + "</w:sdt>" * 200)
    assert read(content, "docx").pages[0].text == "diep"
    hopeless = office.docx("<w:sdt>" * 50_000 + office.paragraph("te diep") + "</w:sdt>" * 50_000)
    reading = read(hopeless, "docx")
    assert reading.warnings == (REASONS["part_damaged"],)


def test_no_damage_makes_the_reader_fail(read: Read) -> None:
    content = office.docx(office.paragraph("tekst") * 50, comments=_NOTE.format("comment", "OPMERKING"))
    xml = office.part_of(content, "word/document.xml")
    for broken in broken_copies(content, seed=5, count=40):
        assert is_told(read, broken, "docx")
    for broken in broken_copies(xml, seed=6, count=40):
        assert is_told(read, office.changed(content, "word/document.xml", broken), "docx")
