"""Rows find their document or say that they do not; the difference tells all that would change and what forbids it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from woo.domain.document import Bestand, Document, Documentrol
from woo.domain.inventaris import Beoordeling, Bijzonderheid, Inventarisregel
from woo.domain.publicatie import Intrekking, Publicatie, Publicatiestatus
from woo.domain.regelsleutels import loose_key
from woo.inventaris.koppelen import find_documents, number_key, sleutels_of, without_extension
from woo.inventaris.vergelijken import VELDEN, Verschil, compare
from woo.inventaris.verslag import tell_difference

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NIET = Beoordeling.NIET_OPENBAAR


def publicatie(status: Publicatiestatus = Publicatiestatus.CONCEPT) -> Publicatie:
    first = None if status is Publicatiestatus.CONCEPT else NOW
    return Publicatie(
        "p1", "gm0153", "Rondweg", ("c_3baef532",), NOW, NOW, status=status, eerste_publicatie=first
    )


def document(id: str, naam: str, **changes: Any) -> Document:
    fields: dict[str, Any] = {
        "volgnummer": 1,
        "officiele_titel": f"titel {id}",
        "aangemaakt_op": NOW,
        "gewijzigd_op": NOW,
        "bestand": Bestand("0" * 64, naam, "application/pdf", 1),
    }
    return Document(id, "p1", **(fields | changes))


def regel(nummer: str, naam: str = "x", volgorde: int = 1, **changes: Any) -> Inventarisregel:
    return Inventarisregel(
        "", volgorde, nummer, naam, changes.pop("beoordeling", Beoordeling.OPENBAAR), **changes
    )


_NAMES = st.builds(
    "".join,
    st.lists(
        st.sampled_from(
            [
                "1",
                "12",
                "0",
                "brief",
                "Brief",
                " ",
                "  ",
                ".",
                ".pdf",
                ".PDF",
                ".b",
                " - ",
                "_",
                ". ",
                "é",
                "e\u0301",
            ]
        ),
        min_size=1,
        max_size=5,
    ),
).filter(lambda name: name.strip())


@example(nummer="9", naam="brief .pdf", bestand="x.pdf", titel="brief", kenmerk=None)
@example(nummer="9", naam="a", bestand="a.b.pdf", titel="a.b", kenmerk=None)
@given(nummer=_NAMES, naam=_NAMES, bestand=_NAMES, titel=_NAMES, kenmerk=st.none() | _NAMES)
def test_a_row_that_finds_a_document_is_kept_under_one_of_its_keys(
    nummer: str, naam: str, bestand: str, titel: str, kenmerk: str | None
) -> None:
    """What the registry looks up for a document to be added leaves out no row that may refuse it."""
    row, of = regel(nummer, naam), document("d", bestand, officiele_titel=titel, kenmerk=kenmerk)
    if find_documents([row], [of])[row.sleutel].ids:
        keys = sleutels_of(of)
        assert number_key(row.nummer) in keys.nummers or loose_key(row.documentnaam) in keys.namen


def withdrawn(document: Document) -> Document:
    return replace(document, intrekking=Intrekking(NOW, "vergissing"))


@pytest.mark.parametrize(
    ("nummer", "naam", "bestand"),
    [
        ("12", "x", "12.pdf"),
        ("12", "x", "0012.PDF"),
        ("012", "x", "12.pdf"),
        ("A-7", "x", "a-7.docx"),
        ("12", "x", "12_brief.pdf"),
        ("12", "x", "12 - brief.pdf"),
        ("12", "x", "12. brief.pdf"),
        ("12", "x", "12) brief.pdf"),
        ("9", "Brief van de wethouder.pdf", "brief van de  Wethouder.pdf"),
        ("9", "Brief van de wethouder.docx", "Brief van de wethouder.pdf"),
        ("9", "Brief van de wethouder", "Brief van de wethouder.pdf"),
        ("9", "456-verslag.docx.docx", "456-verslag.docx.docx"),
        ("9", "titel d1", "iets.pdf"),
    ],
)
def test_a_row_finds_its_document_by_number_or_by_name(nummer: str, naam: str, bestand: str) -> None:
    row = regel(nummer, naam)
    others = [document("d8", "8.pdf"), document("d7", "iets anders.pdf")]
    found = find_documents([row], [document("d1", bestand), *others])
    assert found[row.sleutel].gevonden == "d1"


@pytest.mark.parametrize(
    "bestand",
    ["123.pdf", "2021-03-01 brief.pdf", "1 maart notitie.pdf", "2021_03_01.pdf", "brief 12.pdf", "12a.pdf"],
)
@pytest.mark.parametrize("nummer", ["12", "1", "2021"])
def test_a_number_that_only_looks_like_it_finds_nothing(nummer: str, bestand: str) -> None:
    assert find_documents([regel(nummer)], [document("d1", bestand)])[nummer].ids == ()


def test_the_kenmerk_of_a_document_is_its_number() -> None:
    found = find_documents([regel("Woo-7")], [document("d1", "iets.pdf", kenmerk="WOO-7")])
    assert found["woo-7"].gevonden == "d1"


def test_number_and_name_must_agree() -> None:
    documents = [document("d1", "1.pdf"), document("d2", "brief.pdf")]
    found = find_documents([regel("1", "brief.pdf")], documents)["1"]
    assert (found.gevonden, found.ids) == (None, ("d1", "d2"))
    same = [document("d1", "1_brief.pdf", officiele_titel="Brief"), document("d2", "1_nota.pdf")]
    assert find_documents([regel("1", "Brief")], same)["1"].gevonden == "d1"


def test_two_documents_that_fit_are_never_chosen_between() -> None:
    documents = [document("d1", "mail.eml"), document("d2", "mail.pdf")]
    found = find_documents([regel("1", "mail")], documents)["1"]
    assert (found.gevonden, found.ids) == (None, ("d1", "d2"))


def test_a_document_that_more_rows_find_by_name_belongs_to_none_of_them() -> None:
    rows = [regel("1", "mail"), regel("2", "mail"), regel("3", "nota")]
    found = find_documents(rows, [document("d1", "mail.pdf"), document("d2", "nota.pdf")])
    assert [found[each.sleutel].gevonden for each in rows] == [None, None, "d2"]
    assert found["1"].ids == ("d1",)


def test_the_row_that_finds_it_by_number_goes_before_those_by_name() -> None:
    rows = [regel("1", "2.pdf"), regel("2", "andere naam")]
    found = find_documents(rows, [document("d2", "2.pdf")])
    assert (found["1"].gevonden, found["2"].gevonden) == (None, "d2")
    alike = [regel("1"), regel("01")]
    found = find_documents(alike, [document("d1", "1.pdf")])
    assert (found["1"].gevonden, found["01"].gevonden) == (None, None)


def test_a_withdrawn_document_is_found_only_where_no_other_fits() -> None:
    gone = withdrawn(document("d1", "1.pdf"))
    assert find_documents([regel("1")], [gone, document("d2", "1.docx")])["1"].gevonden == "d2"
    assert find_documents([regel("1")], [gone])["1"].gevonden == "d1"


def test_keys() -> None:
    assert (number_key("0012"), number_key("000"), number_key("0A1")) == ("12", "0", "0a1")
    assert without_extension("a.b.PDF") == "a.b"
    assert without_extension("nr. 5") == "nr. 5"
    assert without_extension(".pdf") == ".pdf"


def difference(
    lijst: list[Inventarisregel],
    huidig: list[Inventarisregel] | None = None,
    documenten: list[Document] | None = None,
    status: Publicatiestatus = Publicatiestatus.CONCEPT,
) -> Verschil:
    return compare(lijst, publicatie(status), huidig=huidig or [], documenten=documenten or [])


def test_new_rows_get_their_publicatie_and_document() -> None:
    found = difference(
        [regel("1"), regel("2", volgorde=2)], documenten=[document("d1", "1.pdf"), document("d9", "9.pdf")]
    )
    assert [(each.publicatie_id, each.document_id) for each in found.nieuw] == [("p1", "d1"), ("p1", None)]
    assert found.regels == found.nieuw
    assert (found.zonder_document, found.zonder_regel) == (("2",), ("d9",))
    beside = [replace(document(rol.value, "x.pdf"), rol=rol) for rol in Documentrol]
    assert difference([regel("1")], documenten=beside).zonder_regel == ()
    assert not found.is_leeg


def test_what_was_imported_differs_in_nothing() -> None:
    documenten = [document("d1", "1.pdf")]
    rows = [regel("1", gronden=("5.1.2.e",), overig={"Tijd": "1"}), regel("2", volgorde=2)]
    first = difference(rows, documenten=documenten)
    again = difference(rows, list(first.regels), documenten)
    assert again.is_leeg
    assert again.gelijk == 2


OTHER: dict[str, Any] = {
    "nummer": "a",
    "documentnaam": "anders",
    "beoordeling": NIET,
    "gronden": ("5.1.2.e",),
    "bijzonderheden": (Bijzonderheid.DUBBEL,),
    "datum": date(2020, 1, 1),
    "soort": "brief",
    "toelichting": "tekst",
    "opgeschort": True,
    "links": ("https://voorbeeld.nl",),
    "gerelateerd": ("2",),
    "zaaknummers": ("3",),
    "familie": "4",
    "draad": "5",
    "overig": {"Tijd": "12:00"},
    "document_id": "d1",
    "wetten": ("artikel 67 AWR",),
}


@pytest.mark.parametrize("veld", VELDEN)
def test_every_field_that_changes_is_told(veld: str) -> None:
    old = replace(regel("A"), publicatie_id="p1")
    documenten = [document("d1", "a.pdf")] if veld == "document_id" else []
    new = regel("A") if veld == "document_id" else replace(regel("A"), **{veld: OTHER[veld]})
    [changed] = difference([new], [old], documenten).gewijzigd
    assert changed.velden == (veld,)
    assert getattr(changed.nieuw, veld) == OTHER[veld]


def test_rows_that_went_and_rows_that_moved() -> None:
    old = [replace(regel(n, volgorde=place), publicatie_id="p1") for place, n in enumerate("123", 1)]
    found = difference([regel("3"), regel("2", volgorde=2)], old)
    assert [each.nummer for each in found.verdwenen] == ["1"]
    assert (found.verplaatst, found.gelijk, found.gewijzigd) == (1, 2, ())
    only_moved = difference([regel("2"), regel("1", volgorde=2)], old[:2])
    assert not only_moved.is_leeg


def test_a_row_keeps_the_document_that_it_was_given() -> None:
    given = replace(regel("1"), publicatie_id="p1", document_id="d2")
    documenten = [document("d1", "1.pdf"), document("d2", "iets.pdf")]
    assert difference([regel("1")], [given], documenten).is_leeg
    assert difference([regel("1")], [given], documenten[1:]).is_leeg
    renamed = difference([regel("1", "andere naam")], [given], documenten)
    assert renamed.regels[0].document_id == "d1"
    gone = difference([regel("1")], [given], [documenten[0], withdrawn(documenten[1])])
    assert gone.regels[0].document_id == "d1"


@pytest.mark.parametrize("changes", [{"beoordeling": NIET}, {"opgeschort": True}])
def test_a_refused_row_whose_document_is_public_blocks(changes: dict[str, Any]) -> None:
    rows, documenten = [regel("1", **changes)], [document("d1", "1.pdf")]
    public = difference(rows, documenten=documenten, status=Publicatiestatus.GEPUBLICEERD)
    assert (public.geblokkeerd, public.straks) == ((("1", "d1"),), ())
    concept = difference(rows, documenten=documenten)
    assert (concept.geblokkeerd, concept.straks) == ((), (("1", "d1"),))
    gone = difference(rows, documenten=[withdrawn(documenten[0])], status=Publicatiestatus.GEPUBLICEERD)
    assert gone.geblokkeerd == ()
    fine = difference([regel("1")], documenten=documenten, status=Publicatiestatus.GEPUBLICEERD)
    assert fine.geblokkeerd == ()


def test_numbers_without_a_document_are_told_many_on_a_line() -> None:
    rows = [regel(str(n), volgorde=n) for n in range(1, 18)]
    told = list(tell_difference(difference(rows), {}))
    at = told.index("Geen document gevonden (op nummer, kenmerk, bestandsnaam of titel)")
    assert told[at + 1 : at + 3] == ["  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15", "  16, 17"]


def test_the_table_tells_everything_by_name() -> None:
    documenten = [document("d1", "1.pdf"), document("d2", "2.pdf"), document("d9", "los.pdf")]
    old = [
        replace(regel("2"), publicatie_id="p1", document_id="d2", overig={"Afzender": "iemand"}),
        replace(regel("8", "weg stuk", volgorde=2), publicatie_id="p1"),
    ]
    new = [
        regel("1", "nieuw stuk", beoordeling=NIET, gronden=("5.1.2.e",), datum=date(2020, 1, 2)),
        regel("2", volgorde=2, beoordeling=Beoordeling.DEELS_OPENBAAR, overig={"Afzender": "een ander"}),
        regel("3", "titel d9", volgorde=3),
        regel("4", "titel d9", volgorde=4),
    ]
    found = difference(new, old, documenten, Publicatiestatus.GEPUBLICEERD)
    told = "\n".join(tell_difference(found, {each.id: each.officiele_titel for each in documenten}))
    for line in (
        "       3  nieuw\n       1  gewijzigd\n       1  verdwenen\n",
        "1       niet openbaar  5.1.2.e  2020-01-02  nieuw stuk    titel d1",
        "2: beoordeling openbaar → deels openbaar; andere kolommen",
        "8       openbaar     –        –      weg stuk      –",
        "3: d9 “titel d9”",
        "Documenten zonder rij\n  d9 “titel d9”",
        "1: document d1 “titel d1”   woo withdraw d1 --reason",
    ):
        assert line in told, told
    assert "iemand" not in told
    assert "een ander" not in told
