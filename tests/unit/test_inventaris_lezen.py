"""A sheet becomes rows, or says of every cell that cannot be taken over which, why and what to do."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo.diwoo.gronden import WOB_GRONDEN, WOO_GRONDEN
from woo.diwoo.waarden import WaardelijstFout
from woo.domain.errors import InvalidValue
from woo.domain.inventaris import Beoordeling, Bijzonderheid, Inventarisregel
from woo.inventaris.datums import Volgorde
from woo.inventaris.fouten import Ernst
from woo.inventaris.lezen import Inventaris, Leeswijze, read_inventaris
from woo.inventaris.woordenlijst import Woordenlijst, folded
from woo.sandbox.table import Cell, Row, Sheet, Table

CONFIG = Path(__file__).resolve().parents[2] / "config" / "inventaris.yaml"
VANDAAG = date(2026, 3, 2)
KOP = ["Nr.", "Naam document", "Datum", "Beoordeling", "Weigeringsgrond"]
MINVWS = [
    "ID", "Matter", "Family", "Email Thread ID", "Document", "File Type", "Datum", "Beoordeling", "Opgeschort",
    "Beoordelingsgrond", "Toelichting", "Publieke Link", "Gerelateerd ID", "Zaaknummer",
]  # fmt: skip


@pytest.fixture(scope="module")
def woorden() -> Woordenlijst:
    return Woordenlijst.load(CONFIG)


def sheet(*rows: list[Cell], name: str = "Blad1", visible: bool = True) -> Sheet:
    return Sheet(name, visible, tuple(Row(n, tuple(cells)) for n, cells in enumerate(rows, 1) if any(cells)))


class Reader:
    def __init__(self, woorden: Woordenlijst) -> None:
        self._woorden = woorden

    def table(self, table: Table, **wijze: Any) -> Inventaris:
        codes = (*WOO_GRONDEN, *WOB_GRONDEN)
        return read_inventaris(table, self._woorden, codes, wijze=Leeswijze(**wijze), vandaag=VANDAAG)

    def __call__(self, *rows: list[Cell], **wijze: Any) -> Inventaris:
        return self.table(Table((sheet(*rows),)), **wijze)

    def one(self, *rows: list[Cell], **wijze: Any) -> Inventarisregel:
        found = self(*rows, **wijze)
        assert found.fouten == ()
        [regel] = found.regels
        return regel

    def refused(self, *rows: list[Cell], **wijze: Any) -> list[str]:
        found = self(*rows, **wijze)
        return [str(each) for each in found.fouten]


@pytest.fixture(scope="module")
def read(woorden: Woordenlijst) -> Reader:
    return Reader(woorden)


def test_a_row_says_what_its_cells_say(read: Reader) -> None:
    row: list[Cell] = [1.0, "  Brief\tover de rondweg ", date(2020, 3, 4), "Deels openbaar", "5.1.2e; 10.2.g"]
    assert read.one(KOP, row) == Inventarisregel(
        publicatie_id="",
        volgorde=1,
        nummer="1",
        documentnaam="Brief over de rondweg",
        beoordeling=Beoordeling.DEELS_OPENBAAR,
        gronden=("5.1.2.e", "10.2.g"),
        datum=date(2020, 3, 4),
    )


def test_every_column_of_the_convention_of_minvws_is_taken_over(read: Reader) -> None:
    row: list[Cell] = [
        2203.0, "qa", 1000.0, 232004.0, "RE: rondweg", "Email", "6/2/2025 12:00 PM UTC", "Reeds openbaar", "ja",
        "dubbel", "zie 2210", "https://voorbeeld.nl/1|https://voorbeeld.nl/2", 2210.0, "2019-01;2019-03",
    ]  # fmt: skip
    regel = read.one(MINVWS, row, datums=Volgorde.MAAND_DAG)
    assert regel == Inventarisregel(
        publicatie_id="",
        volgorde=1,
        nummer="2203",
        documentnaam="RE: rondweg",
        beoordeling=Beoordeling.REEDS_OPENBAAR,
        bijzonderheden=(Bijzonderheid.DUBBEL,),
        datum=date(2025, 6, 2),
        soort="Email",
        toelichting="zie 2210",
        opgeschort=True,
        links=("https://voorbeeld.nl/1", "https://voorbeeld.nl/2"),
        gerelateerd=("2210",),
        zaaknummers=("2019-01", "2019-03"),
        familie="1000",
        draad="232004",
        overig={"Matter": "qa"},
    )


@pytest.mark.parametrize(
    ("text", "beoordeling"),
    [
        ("Openbaar", Beoordeling.OPENBAAR),
        ("volledig  OPENBAAR", Beoordeling.OPENBAAR),
        ("Gedeeltelijk openbaar", Beoordeling.DEELS_OPENBAAR),
        ("deels-openbaar", Beoordeling.DEELS_OPENBAAR),
        ("Deels", Beoordeling.DEELS_OPENBAAR),
        ("Niet openbaar.", Beoordeling.NIET_OPENBAAR),
        ("geweigerd", Beoordeling.NIET_OPENBAAR),
        ("Reeds openbaar", Beoordeling.REEDS_OPENBAAR),
    ],
)
def test_known_spellings_of_judgements(read: Reader, text: str, beoordeling: Beoordeling) -> None:
    assert read.one(KOP, ["1", "Brief", None, text, "5.1.2e"]).beoordeling is beoordeling


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            ["1", "Brief", None, "Bijna openbaar"],
            "rij 2, kolom Beoordeling: “Bijna openbaar” is geen bekende",
        ),
        (
            ["1", "Brief", None, "?"],
            "kolom Beoordeling: “?” is geen bekende beoordeling; schrijf openbaar, deels",
        ),
        (["1", "Brief"], "rij 2, kolom Beoordeling: ontbreekt; schrijf openbaar"),
        (
            [None, "Brief", None, "openbaar"],
            "rij 2, kolom Nr.: ontbreekt; geef elk document een eigen nummer",
        ),
        (["1", None, None, "openbaar"], "rij 2, kolom Naam document: ontbreekt"),
        (
            ["1", "Brief", "03/26/2020", "openbaar"],
            "rij 2, kolom Datum: “03/26/2020” bestaat niet als dag-maand",
        ),
        (["1", "Brief", "4/3/2020", "openbaar"], "kan twee datums zijn (4-3 of 3-4)"),
        (["1", "Brief", 44197.0, "openbaar"], "kolom Datum: “44197” is een getal en geen datum"),
        (["1", "Brief", date(2026, 3, 3), "openbaar"], "“2026-03-03” ligt in de toekomst"),
        (["1", "Brief", None, "niet openbaar", "5.1.2z"], "kolom Weigeringsgrond: “5.1.2z” is geen grond"),
        (["Map 3"], "rij 2: “Map 3” staat alleen in zijn rij"),
        (["1" * 201, "Brief", None, "openbaar"], "is langer dan 200 tekens"),
    ],
)
def test_a_cell_that_cannot_be_taken_over_is_told(read: Reader, row: list[Cell], told: str) -> None:
    found = read.refused(KOP, row)
    assert any(told in line for line in found), found


def test_all_that_is_wrong_with_a_row_is_told_at_once_and_the_others_are_read(read: Reader) -> None:
    found = read(KOP, ["1", None, "1/2/2020", "misschien", "9.9"], ["2", "Brief", None, "openbaar"])
    assert [(each.rij, each.kolom) for each in found.fouten] == [
        (2, "Naam document"),
        (2, "Beoordeling"),
        (2, "Weigeringsgrond"),
        (2, "Datum"),
    ]
    assert [regel.nummer for regel in found.regels] == ["2"]
    assert found.rijen == 2


def test_a_number_stands_once_capitals_and_small_letters_alike(read: Reader) -> None:
    found = read.refused(KOP, ["abc", "Brief", None, "openbaar"], ["ABC", "Nota", None, "openbaar"])
    assert found == ["rij 3, kolom Nr.: “ABC” staat ook in rij 2; geef elk document een eigen nummer"]


def test_what_counts_as_empty_or_as_no_date_is_none(read: Reader) -> None:
    regel = read.one(
        [*KOP, "Thread ID", "Opgeschort"], ["1", "Brief", "z.d.", "openbaar", "n.v.t.", "-1", "–"]
    )
    assert (regel.datum, regel.gronden, regel.draad, regel.opgeschort) == (None, (), None, False)


@pytest.mark.parametrize(
    ("kop", "cell", "told"),
    [
        ("Opgeschort", "misschien", "is geen ja of nee"),
        ("Publieke link", "http://een adres met spaties", "is geen webadres"),
        ("Publieke link", "ftp://voorbeeld.nl", "is geen webadres"),
    ],
)
def test_other_columns_are_checked_too(read: Reader, kop: str, cell: str, told: str) -> None:
    [found] = read.refused([*KOP, kop], ["1", "Brief", None, "openbaar", None, cell])
    assert told in found
    assert f"kolom {kop}" in found


def test_every_other_column_is_kept_also_one_without_heading(read: Reader) -> None:
    found = read([*KOP, "Tijd", "Tijd"], ["1", "Brief", None, "openbaar", None, "12:00", "13:00", "nog iets"])
    assert found.regels[0].overig == {"Tijd": "12:00", "Tijd (7)": "13:00", "kolom 8": "nog iets"}
    assert "Bewaard zonder betekenis, en nooit getoond: de kolommen Tijd, Tijd." in found.opmerkingen


def test_judgements_and_grounds_may_be_ticked_in_columns_of_their_own(read: Reader) -> None:
    kop: list[Cell] = ["Nr", "Document", "Geheel", "Deels", "Niet", "10.2.e", 11.1]
    regel = read.one(kop, ["1", "Brief", None, "x", None, "X", "ja"])
    assert (regel.beoordeling, regel.gronden) == (Beoordeling.DEELS_OPENBAAR, ("10.2.e", "11.1"))
    [none] = read.refused(kop, ["1", "Brief", None, None, None, "x"])
    assert "kruis precies één van deze kolommen aan" in none
    [two] = read.refused(kop, ["1", "Brief", "x", "x"])
    assert "kolom Geheel, Deels, Niet: “Geheel, Deels” kruis precies" in two
    [odd] = read.refused(kop, ["1", "Brief", None, "grotendeels"])
    assert "kolom Deels: “grotendeels” is geen ja of nee" in odd


def test_what_is_seldom_right_is_worth_a_look_and_stops_nothing(read: Reader) -> None:
    found = read(KOP, ["1", "Brief", None, "niet openbaar"], ["2", "Nota", None, "openbaar", "5.1.2e"])
    assert [each.ernst for each in found.meldingen] == [Ernst.LET_OP, Ernst.LET_OP]
    assert found.fouten == ()
    assert len(found.regels) == 2
    dubbel = read(KOP, ["1", "Brief", None, "niet openbaar", "dubbel"])
    assert dubbel.meldingen == ()


def test_headings_may_stand_lower_and_what_is_above_is_told(read: Reader) -> None:
    found = read(["Inventarislijst rondweg"], [None], KOP, ["1", "Brief", None, "openbaar"])
    assert [regel.volgorde for regel in found.regels] == [1]
    assert any("De koppen staan in rij 3" in line for line in found.opmerkingen)


def test_dates_with_the_month_first_are_counted_with_the_way_out(read: Reader) -> None:
    found = read(KOP, ["1", "Brief", "2/19/2021", "openbaar"], ["2", "Nota", "2/3/2021", "openbaar"])
    assert any(
        line.startswith("1 datum kan alleen") and "--datums maand-dag" in line for line in found.opmerkingen
    )


def test_an_id_is_no_number_beside_a_document_number(read: Reader) -> None:
    regel = read.one(
        ["Document ID", "Documentnummer", "Bestandsnaam", "Beoordeling"],
        ["5", "WOO-1-5", "a.pdf", "openbaar"],
    )
    assert (regel.nummer, regel.overig) == ("WOO-1-5", {"Document ID": "5"})


def test_two_columns_of_one_meaning_are_refused_and_a_person_can_choose(read: Reader) -> None:
    rows: list[list[Cell]] = [
        ["Nr.", "Volgnummer", "Document", "Beoordeling"],
        ["1", "A", "Brief", "openbaar"],
    ]
    with pytest.raises(InvalidValue, match=r"both mean nummer.*--kolom nummer=KOP"):
        read(*rows)
    regel = read.one(*rows, kolommen=("nummer=volgnummer",))
    assert (regel.nummer, regel.overig) == ("A", {"Nr.": "1"})


def test_a_person_can_name_a_column_that_is_not_known(read: Reader) -> None:
    rows: list[list[Cell]] = [["Nr.", "Wat", "Beoordeling"], ["1", "Brief", "openbaar"]]
    with pytest.raises(InvalidValue, match="no row has headings for documentnaam"):
        read(*rows)
    assert read.one(*rows, kolommen=("documentnaam=Wat",)).documentnaam == "Brief"
    with pytest.raises(InvalidValue, match="there is no such heading"):
        read(*rows, kolommen=("documentnaam=Wat", "datum=Wanneer"))
    for wrong in ("Wat", "naam=Wat", "datum="):
        with pytest.raises(InvalidValue, match="VELD=KOP"):
            read(*rows, kolommen=(wrong,))


def test_the_sheet_with_the_headings_is_read_and_the_others_are_told(read: Reader) -> None:
    inventory = sheet(KOP, ["1", "Brief", None, "openbaar"], name="Lijst", visible=False)
    legend = sheet(["5.1.2.e", "persoonlijke levenssfeer"], name="Legenda")
    found = read.table(Table((legend, inventory, sheet(name="Leeg"))))
    assert found.opmerkingen == (
        "Gelezen is het blad 'Lijst'; niet gelezen: Legenda.",
        "Het blad 'Lijst' is verborgen.",
    )


def test_of_two_inventories_in_a_file_one_must_be_named(read: Reader) -> None:
    one = sheet(KOP, ["1", "Brief", None, "openbaar"], name="Deel 1")
    two = sheet(KOP, ["2", "Nota", None, "openbaar"], name="Deel 2")
    with pytest.raises(InvalidValue, match=r"name one with --blad\. Accepted: Deel 1, Deel 2"):
        read.table(Table((one, two)))
    assert read.table(Table((one, two)), blad="deel 2").regels[0].nummer == "2"
    with pytest.raises(InvalidValue, match="no filled sheet of this name"):
        read.table(Table((one, two)), blad="Deel 3")


@pytest.mark.parametrize("rows", [[], [KOP], [["Nr.", "Beoordeling"], ["1", "openbaar"]]])
def test_a_file_without_an_inventory_is_refused(read: Reader, rows: list[list[Cell]]) -> None:
    with pytest.raises(InvalidValue):
        read(*rows)


def test_a_guessed_character_set_is_told(read: Reader) -> None:
    table = Table(
        (sheet(KOP, ["1", "Brief", None, "openbaar"]),), charset="cp1252", delimiter=";", guessed=True
    )
    assert any("gelezen als cp1252" in line for line in read.table(table).opmerkingen)


_WORDS = [
    "1",
    "a",
    "openbaar",
    "niet openbaar",
    "5.1.2e; 9.9",
    "3/4/2020",
    "-",
    "?",
    "\x00\ud800",
    " \u200b ",
    "x" * 300,
]
_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.sampled_from(_WORDS),
    st.text(max_size=20),
)


@given(st.lists(st.lists(_CELLS, min_size=1, max_size=8), min_size=1, max_size=6))
def test_whatever_stands_in_a_sheet_each_row_is_read_or_told(read: Reader, rows: list[list[Cell]]) -> None:
    table = Table(
        (Sheet("Lijst", True, (Row(1, tuple(KOP)), *(Row(n, tuple(row)) for n, row in enumerate(rows, 2)))),)
    )
    try:
        found = read.table(table)
    except InvalidValue:
        return
    wrong = {each.rij for each in found.fouten}
    assert len(found.regels) + len(wrong) == found.rijen
    for regel in found.regels:
        regel.nummer.encode()
        assert "\x00" not in f"{regel}"


def test_spellings_are_compared_without_case_accents_and_punctuation() -> None:
    assert folded(" Wob-Beoordeling: ") == "wobbeoordeling"
    assert folded("reële naam") == "reelenaam"
    assert (folded("-1"), folded("1"), folded("–"), folded("?")) == ("-1", "1", "–", "?")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("ja: [ja", "nja: [ja", "missing: ja"),
        ("leeg: [", "extra: [a]\nleeg: [", "unknown key 'extra'"),
        ("  niet_openbaar: [niet, niet openbaar]", "  nooit: [niet]", "unknown name 'nooit'"),
        ("nee: [nee", "nee: [no", "nee must be a list of texts"),
        (
            "reeds_openbaar: [reeds openbaar, al openbaar",
            "reeds_openbaar: [openbaar, al openbaar",
            "two meanings",
        ),
    ],
)
def test_a_mistake_in_the_file_of_spellings_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    text = CONFIG.read_text("utf-8")
    assert old in text
    changed = tmp_path / "inventaris.yaml"
    changed.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(WaardelijstFout, match=f"inventaris.yaml, line .*{why}"):
        Woordenlijst.load(changed)
