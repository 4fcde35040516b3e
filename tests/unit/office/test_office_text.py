"""Plain text, tables in text files, web pages and rtf: character sets that are told, not told and lied about."""

import pytest

from tests.corpus import office
from tests.unit.office.conftest import Read, broken_copies, is_told
from woo.sandbox import FileRefused
from woo.sandbox.refusals import REASONS

_DUTCH = "Het college verleent subsidie van € 5.000 aan de patiënt in één keer, coördinatie: café België.\n"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_a_text_is_read_in_any_character_set(read: Read, charset: str) -> None:
    (page,) = read((_DUTCH * 3).encode(charset), "txt").pages
    assert page.text == (_DUTCH * 3).strip()


@pytest.mark.parametrize("charset", ["cp850", "mac_roman"])
def test_older_character_sets_are_guessed_and_that_is_said(read: Read, charset: str) -> None:
    text = _DUTCH.replace("€", "EUR") * 5
    reading = read(text.encode(charset), "txt")
    assert reading.pages[0].text == text.strip()
    assert reading.warnings == (REASONS["charset_guessed"],)


def test_one_wrong_byte_does_not_spoil_a_text(read: Read) -> None:
    content = (_DUTCH * 40).encode() + b"en \xff dan\n"
    reading = read(content, "txt")
    assert reading.pages[0].text.startswith(_DUTCH)
    assert "en \ufffd dan" in reading.pages[-1].text
    assert reading.warnings == (REASONS["charset_errors"],)


def test_zeros_in_a_text_are_left_out(read: Read) -> None:
    assert read(b"voor\0 en na\n" + b"gewone tekst\n" * 10, "txt").pages[0].text.startswith("voor en na\n")


def test_form_feeds_are_pages_and_empty_ones_count(read: Read) -> None:
    pages = read(b"een\n\fnog twee\n\n\f\fvier", "txt").pages
    assert [(page.label, page.text) for page in pages] == [
        (None, "een"),
        (None, "nog twee"),
        ("Pagina 4", "vier"),
    ]


def test_a_long_text_is_cut_between_paragraphs_and_nothing_is_lost(read: Read) -> None:
    text = "\n\n".join(f"Alinea {number}. " + "woord " * 150 for number in range(40))
    pages = read(text.encode(), "md").pages
    assert len(pages) > 5
    assert all(len(page.text) <= 6_000 and page.text.startswith("Alinea") for page in pages)
    assert " ".join(page.text for page in pages).split() == text.split()
    assert [page.label for page in pages[:2]] == ["Deel 1", "Deel 2"]


def test_a_text_without_spaces_or_lines_is_cut_too(read: Read) -> None:
    pages = read(b"x" * 15_000, "txt").pages
    assert [len(page.text) for page in pages] == [6_000, 6_000, 3_000]


def test_a_text_with_more_parts_than_allowed_is_kept_as_far_as_they_go(read: Read) -> None:
    reading = read(b"x" * 6_000 * 2_001, "txt")
    assert len(reading.pages) == 2_000
    assert reading.cut == f"it was read as far as part 2000: {REASONS['too_many_parts']}"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_of_a_table_is_found_out(read: Read, delimiter: str) -> None:
    rows = [
        ["Naam", "Bedrag", "Toelichting"],
        ["Zaal, groot", "1.200,50", 'zei "ja"; en\nging'],
        ["", "3", ""],
    ]
    quoted = (delimiter.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    (page,) = read("\r\n".join(quoted).encode("cp1252"), "csv").pages
    assert page.label == "Rijen 1-3"
    assert page.text == 'Naam\tBedrag\tToelichting\nZaal, groot\t1.200,50\tzei "ja"; en ging\n\t3'


def test_amounts_with_a_comma_are_no_columns(read: Read) -> None:
    (page,) = read("post;bedrag\nzaal;1,50\nkoffie;2,75\n".encode("utf-16"), "csv").pages
    assert page.text == "post\tbedrag\nzaal\t1,50\nkoffie\t2,75"


def test_excel_may_say_what_the_delimiter_is(read: Read) -> None:
    assert read(b"sep=|\na|b,c\nd|e,f\n", "csv").pages[0].text == "a\tb,c\nd\te,f"


def test_rows_of_a_table_are_put_in_parts_by_their_numbers(read: Read) -> None:
    pages = read(b"".join(b"rij %d;x\n" % number for number in range(1, 451)), "csv").pages
    assert [page.label for page in pages] == ["Rijen 1-200", "Rijen 201-400", "Rijen 401-450"]


def test_a_quote_that_is_never_closed_loses_no_row(read: Read) -> None:
    rows = "".join(f"rij {number};tekst van deze rij\n" for number in range(9_000))
    reading = read(f'kop;waarde\n"open;x\n{rows}'.encode(), "csv")
    text = "\n".join(page.text for page in reading.pages)
    assert reading.warnings == (REASONS["broken_quotes"],)
    assert all(f"rij {number}\ttekst" in text for number in (0, 4_000, 8_999))


_PAGE = """<!doctype html><html lang="nl"><head><title>Besluit  Zwanenburg</title>
<meta name="author" content="Gemeente Voorbeeldstad"><style>STIJL</style></head><body>
<script>SCRIPT</script><noscript>ZONDER</noscript><!-- OPMERKING -->
<h1>Kop</h1><p>Lopende <b>te</b>kst met <a href="x">een
 link</a>.</p><ul><li>punt een<li>punt twee</ul>
<table><tr><th>Naam<th>Bedrag</tr><tr><td>Zaal</td><td>€ 5</td></tr></table>
<pre>regel een
  regel twee</pre>één<br>twee<svg><text>TEKENING</text></svg></body></html>"""


def test_a_web_page_gives_what_stands_on_it(read: Read) -> None:
    reading = read(_PAGE.encode(), "html")
    assert reading.pages[0].text.split("\n") == [
        "Kop",
        "Lopende tekst met een link.",
        "punt een",
        "punt twee",
        "Naam\tBedrag",
        "Zaal\t€ 5",
        "regel een",
        "  regel twee",
        "één",
        "twee",
    ]
    about = reading.metadata
    assert (about.title, about.author, about.language) == (
        "Besluit Zwanenburg",
        "Gemeente Voorbeeldstad",
        "nl",
    )


@pytest.mark.parametrize(
    ("told", "written"),
    [("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("iso-8859-1", "cp1252"), ("windows-1251", "cp1251")],
)
def test_a_web_page_that_lies_about_its_character_set_is_read(read: Read, told: str, written: str) -> None:
    text = "проверка" if written == "cp1251" else "patiënt één – café"
    content = f'<html><head><meta charset="{told}"></head><body><p>{text}</p></body></html>'
    assert read(content.encode(written), "html").pages[0].text == text


def test_a_title_without_end_is_cut(read: Read) -> None:
    reading = read(f"<html><head><title>{'t' * 2_000_000}</title></head><body>x".encode(), "html")
    assert reading.metadata.title == "t" * 4_000


def test_a_deep_web_page_is_read(read: Read) -> None:
    content = b"<html><body>" + b"<div>" * 10_000 + b"onderin"
    assert read(content, "html").pages[0].text == "onderin"


_RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}"
    r"{\info{\title Besluit Zwanenburg}{\author Gemeente Voorbeeldstad}{\creatim\yr2024\mo3\dy1\hr9\min30}}"
    r"{\header\pard KOPTEKST\par}{\footer\pard VOETTEKST\par}"
    r"\pard Lopende tekst voor de pati\'ebnt{\footnote\pard VOETNOOT} \u8364?5 "
    r"{\field{\*\fldinst{HYPERLINK x}}{\fldrslt de site}}\par "
    r"{\deleted WEG}{\*\annotation\pard OPMERKING}"
    r"\trowd\cellx1\cellx2 a\cell b\cell\row\pard{\shp{\*\shpinst{\shptxt\pard KADER\par}}}"
    r"{\pict\pngblip 89504e47}\page nieuwe pagina \u-10179?\u-8704?\par}"
)


def test_every_place_of_an_rtf_is_found(read: Read) -> None:
    reading = read(_RTF.encode("ascii"), "rtf")
    assert [(page.label, page.text.strip()) for page in reading.pages] == [
        ("Deel 1", "Lopende tekst voor de patiënt €5 de site\na\tb"),
        ("Deel 2", "nieuwe pagina 😀"),
        ("Kop- en voetteksten", "KOPTEKST\nVOETTEKST"),
        ("Voet- en eindnoten", "VOETNOOT"),
        ("Tekstvakken", "KADER"),
        ("Opmerkingen", "OPMERKING"),
    ]
    about = reading.metadata
    assert (about.title, about.author) == ("Besluit Zwanenburg", "Gemeente Voorbeeldstad")
    assert about.creation_date is not None
    assert about.creation_date.isoformat() == "2024-03-01T09:30:00+00:00"
    assert reading.warnings == (REASONS["comments"], REASONS["tracked_changes"])


def test_an_rtf_that_breaks_off_keeps_what_came_before(read: Read) -> None:
    cut = _RTF[: _RTF.index("VOETNOOT") + 4]
    text = "\n".join(page.text for page in read(cut.encode(), "rtf").pages)
    assert "Lopende tekst" in text
    assert "VOET" in text


def test_what_is_no_rtf_is_refused(read: Read) -> None:
    with pytest.raises(FileRefused) as caught:
        read(b"geen rtf", "rtf")
    assert caught.value.code == "not_an_rtf"


def test_binary_data_in_an_rtf_is_passed_over(read: Read) -> None:
    content = rb"{\rtf1\ansi voor {\pict\bin6 }}{{}\x00} na\par}".replace(rb"\x00", b"\0")
    assert read(content, "rtf").pages[0].text.split() == ["voor", "na"]


@pytest.mark.parametrize("naam", ["txt", "csv", "html", "rtf"])
def test_no_damage_makes_a_reader_fail(read: Read, naam: str) -> None:
    made = {"txt": _DUTCH * 9, "csv": 'a;"b"\n' * 50, "html": _PAGE, "rtf": _RTF}[naam].encode()
    for broken in broken_copies(made, seed=11, count=40):
        assert is_told(read, broken, naam)


def test_an_odt_has_its_places_too(read: Read) -> None:
    names = (
        'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:table="urn:b" xmlns:draw="urn:d" xmlns:dc="urn:dc"'
        ' xmlns:style="urn:s" xmlns:svg="urn:oasis:svg-compatible:1.0"'
    )
    body = (
        "<text:tracked-changes><text:p>WEG</text:p></text:tracked-changes>"
        "<text:h>Kop</text:h><text:p>Lopende<text:s text:c='2'/>tekst <text:span>voor\n de</text:span> patiënt"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>VOETNOOT</text:p>"
        "</text:note-body></text:note>"
        "<office:annotation><dc:creator>A. Voorbeeld</dc:creator><text:p>OPMERKING</text:p></office:annotation>"
        " en<text:tab/>na<draw:frame><svg:title>naam</svg:title><draw:text-box><text:p>KADER</text:p>"
        "</draw:text-box></draw:frame></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p><text:soft-page-break/>Op twee</text:p>"
    )
    footer = "<style:master-page><style:footer><text:p>VOETTEKST</text:p></style:footer></style:master-page>"
    content = office.zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:d {names}><office:body><office:text>{body}</office:text></office:body></office:d>",
            "styles.xml": f"<office:d {names}>{footer}</office:d>",
            "meta.xml": f"<office:d {names}><dc:title>Besluit</dc:title><office:keyword>a</office:keyword>"
            "<office:keyword>b</office:keyword></office:d>",
        }
    )
    reading = read(content, "odt")
    assert [(page.label, page.text) for page in reading.pages] == [
        (None, "Kop\nLopende  tekst voor de patiënt en\tna\nKADER\na\tb"),
        (None, "Op twee"),
        ("Kop- en voetteksten", "VOETTEKST"),
        ("Voet- en eindnoten", "1 VOETNOOT"),
        ("Opmerkingen", "A. Voorbeeld: OPMERKING"),
    ]
    assert (reading.metadata.title, reading.metadata.keywords) == ("Besluit", "a, b")
    assert reading.warnings == (REASONS["comments"], REASONS["tracked_changes"])
