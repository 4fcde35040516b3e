"""A workbook opens in another program, and holds text as text."""

import zipfile

import openpyxl

from woo.exports.xlsx_rows import MOST_CHARACTERS, xlsx_rows


def opened(rows, header=("Nr.", "Naam")):
    with xlsx_rows("Inventaris", header, rows, widths=[5, 40]) as file:
        return openpyxl.load_workbook(file).worksheets[0]


def test_every_row_is_there_and_text_is_no_formula_or_link():
    sheet = opened([["=1+1", "https://voorbeeld.example"], ["0012", None], [3, "{=x}"]])
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [["Nr.", "Naam"], ["=1+1", "https://voorbeeld.example"], ["0012", None], [3, "{=x}"]]
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s", "s", "n"]
    assert sheet["B2"].hyperlink is None
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B4"


def test_long_text_is_cut_where_it_shows_and_what_xml_forbids_is_replaced():
    sheet = opened([["x" * 40_000, "a\x00b\x1fc\ud800d"]])
    assert len(sheet["A2"].value) == MOST_CHARACTERS
    assert sheet["A2"].value.endswith("…")
    assert sheet["B2"].value == "a\ufffdb\ufffdc\ufffdd"


def test_a_list_without_rows_is_a_workbook_too():
    assert opened([]).max_row == 1


def test_the_file_is_a_sound_archive():
    with xlsx_rows("Inventaris", ("a",), ([str(n)] for n in range(2000)), widths=[3]) as file:
        assert zipfile.ZipFile(file).testzip() is None
