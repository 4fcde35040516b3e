"""Word 97 to 2003: the piece table, the parts of the text, marks of deletion; and what is older or locked."""

import pytest

from tests.corpus import office
from tests.unit.office.conftest import Read, broken_copies, is_told
from woo.sandbox import FileRefused
from woo.sandbox.refusals import REASONS


def test_pieces_of_one_and_two_bytes_are_put_together(read: Read) -> None:
    content = office.doc([("Besluit van ", True), ("Łódź – €", False), (" aan patiënt\r", True)])
    (page,) = read(content, "doc").pages
    assert (page.text, page.source) == ("Besluit van Łódź – € aan patiënt", "doc")


def test_every_part_of_the_text_has_its_name(read: Read) -> None:
    texts = ["LOPEND\r", "NOOT\r", "KOP\r", "OPMERKING\r", "EIND\r", "KADER\r"]
    running, note, margin, comment, end, box = map(len, texts)
    content = office.doc([("".join(texts), True)], counts=(running, note, margin, 0, comment, end, box, 0))
    reading = read(content, "doc")
    assert [(page.label, page.text) for page in reading.pages] == [
        ("Deel 1", "LOPEND"),
        ("Voetnoten", "NOOT"),
        ("Kop- en voetteksten", "KOP"),
        ("Opmerkingen", "OPMERKING"),
        ("Eindnoten", "EIND"),
        ("Tekstvakken", "KADER"),
    ]
    assert reading.warnings == (REASONS["comments"],)


def test_tables_fields_breaks_and_signs(read: Read) -> None:
    text = "a\x07b\x07\x07c\x07d\x07\x07zie \x13 HYPERLINK x \x14de site\x15 e\x1email\x01\r\x0cnieuw\r"
    pages = read(office.doc([(text, True)]), "doc").pages
    assert [page.text for page in pages] == ["a\tb\nc\td\nzie de site e-mail", "nieuw"]


@pytest.mark.parametrize("narrow", [True, False])
def test_what_was_deleted_is_left_out_and_said(read: Read, narrow: bool) -> None:
    reading = read(office.doc([("dit blijft WEG staan\r", narrow)], deleted="WEG "), "doc")
    assert reading.pages[0].text == "dit blijft staan"
    assert reading.warnings == (REASONS["tracked_changes"],)


def test_hidden_text_is_found_and_said(read: Read) -> None:
    reading = read(office.doc([("zichtbaar en GEHEIM\r", True)], deleted="GEHEIM", mark=0x083C), "doc")
    assert reading.pages[0].text == "zichtbaar en GEHEIM"
    assert reading.warnings == (REASONS["hidden_text"],)


def test_the_summary_gives_the_metadata(read: Read) -> None:
    moment = 133537950000000000
    about = office.summary({2: "Besluit – bijlage", 4: "Gemeente Voorbeeldstad", 12: moment, 13: 1})
    found = read(office.doc([("x\r", True)], about=about), "doc").metadata
    assert (found.title, found.author) == ("Besluit – bijlage", "Gemeente Voorbeeldstad")
    assert found.creation_date is not None
    assert found.creation_date.isoformat() == "2024-03-01T19:30:00+00:00"
    assert found.modification_date is None


@pytest.mark.parametrize("about", [office.summary({2: "T"}, count=2**32 - 1), b"\xff" * 99, b"kort"])
def test_a_summary_that_lies_costs_nothing(read: Read, about: bytes) -> None:
    assert read(office.doc([("tekst\r", True)], about=about), "doc").pages[0].text == "tekst"


def test_the_table_may_be_the_other_one(read: Read) -> None:
    assert read(office.doc([("nul\r", True)], flags=0), "doc").pages[0].text == "nul"


def test_word_95_is_read_where_its_text_stands_in_one_place(read: Read) -> None:
    text = b"Brief uit 1996 met \x80\r"
    document = bytearray(2048)
    document[:4] = b"\xdc\xa5\x65\x00"
    document[0x18:0x20] = (1024).to_bytes(4, "little") + (1024 + len(text)).to_bytes(4, "little")
    document[1024 : 1024 + len(text)] = text
    assert read(office.ole({"WordDocument": bytes(document)}), "doc").pages[0].text == "Brief uit 1996 met €"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (office.doc([("x\r", True)], flags=1 << 9 | 1 << 8), "password_needed"),
        (office.doc([("x\r", True)], version=0x65), "word_too_old"),
        (office.ole({"Iets": b"anders"}), "not_a_doc"),
        (office.ole({"WordDocument": b"\0" * 4096}), "damaged_file"),
        (office.doc([("x\r", True)], flags=0)[:700], "damaged_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged_file"),
        (office.ole({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x02"}), "damaged_file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(read: Read, content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read(content, "doc")
    assert caught.value.code == code


@pytest.mark.parametrize("seed", range(4))
def test_no_damage_makes_the_reader_fail(read: Read, seed: int) -> None:
    text = [("Besluit op uw verzoek\r" * 40, True), ("tweede stuk\r" * 40, False)]
    content = office.doc(text, deleted="tweede")
    for broken in broken_copies(content, seed=seed, count=25):
        assert is_told(read, broken, "doc")
