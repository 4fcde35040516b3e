"""Presentations: a part for every slide with what hangs on it, in pptx, odp and ppt."""

import io
import struct

import pptx as python_pptx
import pytest
from odf.draw import Frame, Page, TextBox
from odf.opendocument import OpenDocumentPresentation
from odf.presentation import Notes
from odf.style import DrawingPageProperties, MasterPage, PageLayout, Style
from odf.text import P
from pptx.util import Cm

from tests.corpus import office
from tests.unit.office.conftest import Read, broken_copies, is_told
from woo.sandbox import FileRefused
from woo.sandbox.refusals import REASONS


def _pptx() -> bytes:
    deck = python_pptx.Presentation()
    deck.core_properties.title = "Plannen"
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "TITEL"
    first.placeholders[1].text = "punt een\npunt twee"
    first.notes_slide.notes_text_frame.text = "NOTITIE"
    second = deck.slides.add_slide(deck.slide_layouts[6])
    table = second.shapes.add_table(1, 2, Cm(1), Cm(1), Cm(9), Cm(2)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "links", "rechts"
    group = second.shapes.add_group_shape()
    group.shapes.add_textbox(Cm(1), Cm(4), Cm(4), Cm(1)).text_frame.text = "IN GROEP"
    second.element.set("show", "0")
    deck.slides.add_slide(deck.slide_layouts[6])
    deck.slide_layouts[6].shapes.element.append(
        _shape(second.shapes.add_textbox(Cm(1), Cm(6), Cm(4), Cm(1)), "VERTROUWELIJK")
    )
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def _shape(shape: object, text: str) -> object:
    """Take a text box off its slide, so that it can be put on a layout."""
    shape.text_frame.text = text
    element = shape._element
    element.getparent().remove(element)
    return element


def test_every_slide_of_a_pptx_is_a_part(read: Read) -> None:
    reading = read(_pptx(), "pptx")
    assert [(page.label, page.text) for page in reading.pages] == [
        ("Dia 1", "TITEL\npunt een\npunt twee\nNotities: NOTITIE"),
        ("Dia 2 (verborgen)", "links\trechts\nIN GROEP"),
        ("Dia 3", ""),
        ("Vaste tekst op de dia's", "VERTROUWELIJK"),
    ]
    assert reading.metadata.title == "Plannen"
    assert reading.warnings == (REASONS["hidden_slides"],)


def test_a_slide_that_is_too_long_goes_on_under_its_own_name(read: Read) -> None:
    pages = read(office.ppt([office.words("woord " * 1_500), office.words("kort")], {}), "ppt").pages
    assert [page.label for page in pages] == ["Dia 1", "Dia 1 (vervolg)", "Dia 2"]


def test_a_slide_that_is_missing_keeps_its_number_and_is_said(read: Read) -> None:
    content = office.changed(_pptx(), "ppt/slides/slide1.xml", b"geen xml")
    reading = read(content, "pptx")
    assert [page.label for page in reading.pages[:2]] == ["Dia 1", "Dia 2 (verborgen)"]
    assert REASONS["part_damaged"] in reading.warnings


def test_comments_on_a_slide_are_found_and_said(read: Read) -> None:
    content = _pptx()
    relations = office.part_of(content, "ppt/slides/_rels/slide3.xml.rels").decode()
    added = '<Relationship Id="rIdC" Type="http://x/relationships/comments" Target="../comments/c1.xml"/>'
    content = office.changed(
        content,
        "ppt/slides/_rels/slide3.xml.rels",
        relations.replace("</Relationships>", f"{added}</Relationships>").encode(),
    )
    content = office.changed(
        content,
        "ppt/comments/c1.xml",
        b"<p:cmLst xmlns:p='urn:p'><p:cm><p:text>LET OP</p:text></p:cm></p:cmLst>",
    )
    reading = read(content, "pptx")
    assert reading.pages[2].text == "Opmerking: LET OP"
    assert REASONS["comments"] in reading.warnings


def _odp() -> bytes:
    deck = OpenDocumentPresentation()
    layout = PageLayout(name="L")
    deck.automaticstyles.addElement(layout)
    hidden = Style(name="dp", family="drawing-page")
    hidden.addElement(DrawingPageProperties(visibility="hidden"))
    deck.automaticstyles.addElement(hidden)
    master = MasterPage(name="M", pagelayoutname=layout)
    deck.masterstyles.addElement(master)
    master.addElement(_box("OP ELKE DIA"))
    for text, style in (("EERSTE", None), ("TWEEDE", hidden)):
        page = Page(masterpagename=master, **({"stylename": style} if style else {}))
        page.addElement(_box(text))
        notes = Notes()
        notes.addElement(_box(f"bij {text}"))
        page.addElement(notes)
        deck.presentation.addElement(page)
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def _box(text: str) -> Frame:
    frame, box = Frame(width="5cm", height="2cm"), TextBox()
    box.addElement(P(text=text))
    frame.addElement(box)
    return frame


def test_every_slide_of_an_odp_is_a_part(read: Read) -> None:
    reading = read(_odp(), "odp")
    assert [(page.label, page.text) for page in reading.pages] == [
        ("Dia 1", "EERSTE\nNotities: bij EERSTE"),
        ("Dia 2 (verborgen)", "TWEEDE\nNotities: bij TWEEDE"),
        ("Vaste tekst op de dia's", "OP ELKE DIA"),
    ]
    assert reading.warnings == (REASONS["hidden_slides"],)


def test_every_slide_of_a_ppt_is_a_part_and_old_forms_of_it_are_not(read: Read) -> None:
    show = office.record(1017, struct.pack("<IIBBH4x", 0, 0, 0, 0, 1 << 2))
    said = office.record(4026, "A. Voorbeeld".encode("utf-16-le")) + office.record(
        4026, "LET OP".encode("utf-16-le"), instance=1
    )
    comment = office.record(12000, said, container=True)
    blob = office.record(5000, office.record(5003, comment), container=True)
    content = office.ppt(
        [
            office.words("EERSTE\rregel"),
            show + office.words("Łódź"),
            office.record(4008, b"DERDE \xeb") + blob,
        ],
        {0: "bij de eerste"},
        dead=office.record(1006, office.words("OUDE VORM"), container=True),
    )
    reading = read(content, "ppt")
    assert [(page.label, page.text) for page in reading.pages] == [
        ("Dia 1", "EERSTE\nregel\nNotities: bij de eerste"),
        ("Dia 2 (verborgen)", "Łódź"),
        ("Dia 3", "DERDE ë\nOpmerking: A. Voorbeeld: LET OP"),
    ]
    assert reading.warnings == (REASONS["comments"], REASONS["hidden_slides"])


def test_a_ppt_without_its_list_of_places_is_read_in_the_order_of_the_file(read: Read) -> None:
    content = office.ppt([office.words("EERSTE"), office.words("TWEEDE")], {}, dead=b"")
    broken = content.replace(struct.pack("<HHI", 0, 4085, 28), bytes(8))
    assert broken != content
    text = "\n".join(page.text for page in read(broken, "ppt").pages)
    assert "EERSTE" in text
    assert "TWEEDE" in text


@pytest.mark.parametrize(
    ("naam", "content", "code"),
    [
        ("ppt", office.ppt([], {}, locked=True), "password_needed"),
        ("ppt", office.ole({"Iets": b"anders"}), "not_a_ppt"),
        ("ppt", office.ole({"PowerPoint Document": bytes(4096)}), "damaged_file"),
        ("pptx", office.zipped({"ppt/ander.xml": "<x/>"}), "not_a_pptx"),
        ("pptx", office.ole({"EncryptedPackage": b""}), "password_needed"),
        ("odp", office.zipped({"meta.xml": "<x/>"}), "not_an_opendocument"),
        (
            "odp",
            office.zipped({"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": b"\x07"}),
            "password_needed",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    read: Read, naam: str, content: bytes, code: str
) -> None:
    with pytest.raises(FileRefused) as caught:
        read(content, naam)
    assert caught.value.code == code


@pytest.mark.parametrize("naam", ["pptx", "odp", "ppt"])
def test_no_damage_makes_a_reader_fail(read: Read, naam: str) -> None:
    made = {"pptx": _pptx, "odp": _odp, "ppt": lambda: office.ppt([office.words("dia")] * 9, {1: "noot"})}
    for broken in broken_copies(made[naam](), seed=3, count=40):
        assert is_told(read, broken, naam)
