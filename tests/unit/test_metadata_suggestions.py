"""What is suggested from the text of a document, by field: right where it answers, and silent where it is not plain."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.metadata.dates import first_date
from ingest.metadata.zoeken import ZEKER_GENOEG, Zoeker
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.document import Voorstel
from woo.settings import config_folder

VANDAAG = date(2026, 3, 2)
LIJSTEN = Waardelijsten.load(config_folder() / "waardelijsten")
ZOEKER = Zoeker(LIJSTEN)

BESLUIT = """Gemeente Enschede
Retouradres: Postbus 99, 7500 AA Enschede
Datum 12 maart 2021
Ons kenmerk Z/21/004512
Uw kenmerk 2020-77
Onderwerp Besluit op uw Woo-verzoek over de windturbines in de Oosterpolder

Geachte heer of mevrouw,
In uw brief van 4 januari 2021, ontvangen op 6 januari 2021, heeft u met een beroep op de Wet open overheid (Woo)
verzocht om openbaarmaking van documenten. Op 20 januari 2021 is de termijn verdaagd tot 3 februari 2021.
Wij besluiten de documenten deels openbaar te maken. Op grond van artikel 5.1, tweede lid, aanhef en onder e, van de Woo
maken wij namen niet openbaar. Ook artikel 5.2, eerste lid, van de Woo is van toepassing, en artikel 4:8 van de Awb.
"""


def found(
    pages: str | Sequence[str], veld: str, *, naam: str = "scan.pdf", is_tabel: bool = False
) -> list[Voorstel]:
    texts = [pages] if isinstance(pages, str) else pages
    return [
        v for v in ZOEKER.suggestions(texts, naam=naam, vandaag=VANDAAG, is_tabel=is_tabel) if v.veld == veld
    ]


def values(pages: str | Sequence[str], veld: str, **more: bool) -> list[str]:
    return [v.waarde for v in found(pages, veld, **more)]  # type: ignore[arg-type]


def sure(pages: str | Sequence[str], veld: str) -> list[str]:
    """What would fill the field."""
    return [v.waarde for v in found(pages, veld) if v.zekerheid >= ZEKER_GENOEG]


def soort(naam: str) -> str:
    return next(each.code for each in LIJSTEN.documentsoorten if each.naam == naam)


def test_a_decision_gives_its_fields_with_page_and_source() -> None:
    [datum] = found(BESLUIT, "creatiedatum")
    assert (datum.waarde, datum.bron, datum.pagina) == ("2021-03-12", "tekst:datumregel", 1)
    assert datum.zekerheid >= ZEKER_GENOEG
    assert values(BESLUIT, "verzoekdatum") == ["2021-01-04"]
    assert values(BESLUIT, "kenmerk") == ["Z/21/004512"]
    assert values(BESLUIT, "officiele_titel") == [
        "Besluit op uw Woo-verzoek over de windturbines in de Oosterpolder"
    ]
    assert values(BESLUIT, "documentsoort") == [soort("beslissing op Wob-/Woo-verzoek")]
    assert values(BESLUIT, "bestuursorgaan") == ["gm0153"]
    assert values(BESLUIT, "taal") == ["nl"]
    assert values(BESLUIT, "grond") == ["5.1.2.e", "5.2.1"]
    assert values(BESLUIT, "wet") == ["Woo artikel 5.1", "Woo artikel 5.2", "Awb artikel 4:8"]
    assert values(BESLUIT, "splitsing") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 maart 2021", date(2021, 3, 12)),
        ("1 MEI 2020", date(2020, 5, 1)),
        ("3 sept. 2019", date(2019, 9, 3)),
        ("2 4 FEB. 2021", date(2021, 2, 24)),
        ("12-03-2021", date(2021, 3, 12)),
        ("12.03.2021", date(2021, 3, 12)),
        ("12/03/2021", date(2021, 3, 12)),
        ("2021-03-12", date(2021, 3, 12)),
        ("12 rnaart 2021", date(2021, 3, 12)),
        ("9 decernber 2020", date(2020, 12, 9)),
        ("1 apri1 2020", date(2020, 4, 1)),
        ("31 februari 2021", None),
        ("30-02-2021", None),
        ("12-13-2021", None),
        ("1.12.03.2021", None),
        ("12 personen 2021", None),
        ("0612-03-2021", None),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, day: date | None) -> None:
    datum = first_date(text)
    assert (None if datum is None else datum.dag) == day


def test_a_misread_or_slashed_date_is_less_sure() -> None:
    certain, misread, slashed = map(first_date, ("12 maart 2021", "12 rnaart 2021", "03/04/2021"))
    assert certain is not None
    assert misread is not None
    assert slashed is not None
    assert certain.zekerheid > misread.zekerheid > slashed.zekerheid


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Datum\n12 maart 2021\nBetreft Besluit", ["2021-03-12"]),
        ("Datum: verzonden op 2 april 2021 per e-mail", ["2021-04-02"]),
        ("Enschede, 12 maart 2021\nGeachte heer,", ["2021-03-12"]),
        ("VERZONDEN 1 2 MRT 2021\nGeachte", ["2021-03-12"]),
        ("Dagtekening: 12-03-2021", ["2021-03-12"]),
        ("Uw brief van 4 januari 2021\nGeachte heer,", []),
        ("Datum ontvangst 4 januari 2021", []),
        ("Datum verzoek 4 januari 2021", []),
        ("De wet van 31 oktober 1991, houdende regels", []),
        ("Datum 12 maart 2031\nGeachte heer,", []),
        ("Op 12 maart 2021 heeft u verzocht.", []),
        (
            "Datum van de hoorzitting is nog niet bekend.\n4 januari 2021 is een feestdag in het hele land, zei hij.",
            [],
        ),
    ],
)
def test_the_date_is_the_one_that_the_document_gives_itself(text: str, days: list[str]) -> None:
    assert sure(text, "creatiedatum") == days


def test_two_dates_that_are_equally_sure_fill_nothing() -> None:
    text = "Datum 12 maart 2021\nGeachte heer,\nDatum 14 maart 2021\n"
    assert set(values(text, "creatiedatum")) == {"2021-03-12", "2021-03-14"}
    assert sure(text, "creatiedatum") == []


def test_a_date_in_the_head_of_later_pages_does_for_a_first_page_that_is_a_picture() -> None:
    pages = [
        "",
        "Datum\n12 maart 2021\nPagina 2 van 3\nDe rest van de brief.",
        "Datum\n12 maart 2021\nPagina 3 van 3",
    ]
    [datum] = found(pages, "creatiedatum")
    assert (datum.waarde, datum.pagina) == ("2021-03-12", 2)
    assert datum.zekerheid >= ZEKER_GENOEG


def test_a_list_of_documents_and_a_sheet_have_no_date_title_or_kind_of_their_own() -> None:
    inventaris = "Inventarislijst\nNr. Datum Document Beoordeling\n1\nDatum\n12 maart 2021\nKenmerk ABC-123"
    for fields in ("creatiedatum", "kenmerk", "officiele_titel", "documentsoort"):
        assert values(inventaris, fields) == []
    assert values("Datum\n12 maart 2021\n", "creatiedatum", is_tabel=True) == []
    assert values("Datum\n12 maart 2021\n", "creatiedatum") == ["2021-03-12"]


@pytest.mark.parametrize(
    ("naam", "days"),
    [
        ("2021-06-10 Verslag.pdf", ["2021-06-10"]),
        ("20201203_besluit.pdf", ["2020-12-03"]),
        ("20201303_besluit.pdf", []),
        ("besluit 2021-06-10.pdf", []),
        ("2031-06-10 plan.pdf", []),
        ("2021061012345.pdf", []),
    ],
)
def test_the_name_of_the_file_gives_a_date_that_is_never_sure(naam: str, days: list[str]) -> None:
    voorstellen = found("", "creatiedatum", naam=naam)
    assert [v.waarde for v in voorstellen] == days
    assert all(v.zekerheid < ZEKER_GENOEG and v.bron == "bestandsnaam" for v in voorstellen)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("In uw e-mailbericht van 4 januari 2021 heeft u verzocht om informatie.", ["2021-01-04"]),
        (
            "Bij brief van 4 januari 2021, ontvangen op 5 januari 2021, heb ik van u een Wob-verzoek",
            ["2021-01-04"],
        ),
        ("Betreft: Besluit op uw Woo-verzoek d.d. 4 januari 2021", ["2021-01-04"]),
        ("Op 4 januari 2021 heeft u een verzoek op grond van de Woo ingediend.", ["2021-01-04"]),
        (
            "Bij brief van 4 januari 2021 heeft u beroep ingesteld omdat op uw Wob-verzoek niet is beslist.",
            [],
        ),
        ("Op 4 januari 2021 is de beslistermijn verdaagd.", []),
        ("Datum 4 januari 2021\nGeachte heer,", []),
    ],
)
def test_the_date_of_the_request_is_that_of_the_letter_that_asks(text: str, days: list[str]) -> None:
    assert sure(text, "verzoekdatum") == days


@pytest.mark.parametrize(
    ("text", "kenmerken"),
    [
        ("Ons kenmerk\n2021-0000153234\nUw brief (kenmerk)\n5 november 2020", ["2021-0000153234"]),
        ("Onze referentie: WOB/2021/113", ["WOB/2021/113"]),
        ("Zaaknummer 1234567", ["1234567"]),
        ("Ons kenrmerk Z-20-42738", ["Z-20-42738"]),
        ("Uw kenmerk 2020-77", []),
        ("Uw\nkenmerk 2020-77", []),
        ("Ons kenmerk\n12 maart 2021", []),
        ("Ons kenmerk\nBehandeld door", []),
        ("Ons kenmerk\n7500 AA Enschede", []),
        ("Kenmerk van deze aanpak in 2020 was dat iedereen meedeed", []),
    ],
)
def test_the_reference_is_the_own_one(text: str, kenmerken: list[str]) -> None:
    assert values(text, "kenmerk") == kenmerken


@pytest.mark.parametrize(
    ("text", "titels"),
    [
        (
            "Betreft: Aanpak van de\nmarktplaats in de binnenstad\nGeachte heer,",
            ["Aanpak van de marktplaats in de binnenstad"],
        ),
        ("Onderwerp Sluiting zwembad 7500 AA Enschede\nGeachte", ["Sluiting zwembad"]),
        ("Onderwerp\nSluiting zwembad\nDatum 3 mei 2021", ["Sluiting zwembad"]),
        ("regels die van toepassing zijn\nbetreffende de zaak van vorig jaar", []),
    ],
)
def test_the_title_stands_behind_the_subject(text: str, titels: list[str]) -> None:
    assert sure(text, "officiele_titel") == titels


def test_a_subject_that_says_nothing_does_not_take_the_place_of_the_name() -> None:
    text = "Betreft Besluit op uw Wob-verzoek van 3 mei 2021\nGeachte heer,"
    assert values(text, "officiele_titel") == ["Besluit op uw Wob-verzoek van 3 mei 2021"]
    assert sure(text, "officiele_titel") == []


@pytest.mark.parametrize(
    ("text", "naam"),
    [
        ("Besluitenlijst van het college\nVergadering van 3 mei", "besluitenlijst"),
        ("Agenda raadsvergadering\n1. Opening", "agenda"),
        ("Verslag van de vergadering van de commissie\nAanwezig", "vergaderverslag"),
        ("Convenant gezond water\nPartijen", "convenant"),
        ("Jaarverslag 2020\nVoorwoord", "jaarverslag"),
        ("Postadres 7500 AA\nOns kenmerk 12-34\nGeachte heer,\nDank voor uw komst.\nHoogachtend,", "brief"),
        (
            "Geachte heer,\nHierbij verzoek ik u op grond van de Wet open overheid om alle stukken over het zwembad.",
            "Wob-/Woo-verzoek",
        ),
    ],
)
def test_the_kind_is_told_by_heading_or_words(text: str, naam: str) -> None:
    assert values(text, "documentsoort") == [soort(naam)]


@pytest.mark.parametrize(
    "text",
    [
        "Een gewone tekst over de agenda van morgen.",
        "Notitie over de Woo\nHet besluit is nog niet genomen.",
        BESLUIT.replace("Onderwerp Besluit", "Onderwerp Verdaging besluit").replace("Ons kenmerk", "Nummer"),
    ],
)
def test_no_kind_is_given_where_it_is_not_plain(text: str) -> None:
    assert soort("beslissing op Wob-/Woo-verzoek") not in values(text, "documentsoort")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("artikel 5.1, tweede lid, aanhef en onder b en e, van de Woo", ["5.1.2.b", "5.1.2.e"]),
        ("art. 5.1 lid 1 sub c Woo", ["5.1.1.c"]),
        ("tweede lid, onder e, van artikel 5.1 van de Woo", ["5.1.2.e"]),
        ("5.1.2e 5.1.2.i", ["5.1.2.e", "5.1.2.i"]),
        ("5.2.1", ["5.2.1"]),
        ("Wob: artikel 10, tweede lid, onder g", ["10.2.g"]),
        ("Wob 10.2.e en 11.1", ["10.2.e", "11.1"]),
        ("artikel 10, tweede lid, onder g, van de Verordening", []),
        ("versie 10.2.e van het programma", []),
        ("hoofdstuk 5.1.2.3 en 15.1.2e", []),
        ("artikel 5.1, negende lid", []),
        ("artikel 5.1, tweede lid, onder z, van de Woo", []),
    ],
)
def test_grounds_come_in_the_form_of_the_lists(text: str, codes: list[str]) -> None:
    assert values(text, "grond") == codes


def test_articles_belong_to_the_law_that_is_named_with_them() -> None:
    text = "Ingevolge artikel 3, vijfde lid, van de Wob en de artikelen 10 en 11 van de Wob. Artikel 6 geldt. Dat zegt de Awb."
    assert values(text, "wet") == ["Wob artikel 3", "Wob artikel 10", "Wob artikel 11"]


def test_an_annex_that_quotes_a_law_gives_its_articles() -> None:
    annex = (
        "Bijlage 1 - Relevante artikelen uit de Wob\nArtikel 1\nIn deze wet wordt verstaan onder milieu-informatie:\n"
        "hetgeen daaronder wordt verstaan in artikel 19.1a van de\nWet milieubeheer.\nArtikel 3\n1. Een ieder kan\n"
    )
    quoted = [v.waarde for v in found(annex, "wet") if v.bron == "tekst:bijlage"]
    assert quoted == ["Wob artikel 1", "Wob artikel 3"]
    other = annex + "Algemene wet bestuursrecht\nArtikel 4:8\n1. Voordat een bestuursorgaan\n"
    assert "Awb artikel 4:8" in values(other, "wet")


@pytest.mark.parametrize(
    ("text", "taal"),
    [
        (
            "De gemeente heeft het besluit genomen om de weg aan te leggen en dat is niet eenvoudig voor de bewoners. ",
            "nl",
        ),
        (
            "The committee has decided that the road will be built and this is not easy for the people who live there. ",
            "en",
        ),
        (
            "Die Gemeinde hat entschieden, dass die Straße gebaut wird und das ist nicht einfach für die Bewohner mit ",
            "de",
        ),
        (
            "La commune a décidé que la route est construite dans le village et ce ne sont pas les habitants qui le font ",
            "fr",
        ),
        (
            "De gemeente hat it beslút nommen om de dyk oan te lizzen en dat is net maklik foar de bewenners yn it doarp ",
            "fy",
        ),
    ],
)
def test_the_language_is_told_by_its_small_words(text: str, taal: str) -> None:
    assert values(text * 4, "taal") == [taal]


@pytest.mark.parametrize("text", ["Kort bericht.", "12 34 56 " * 50, "alfa beta gamma delta " * 30])
def test_no_language_is_given_for_too_little_or_for_no_sentences(text: str) -> None:
    assert values(text, "taal") == []


def test_only_a_name_on_the_list_is_an_organisation_and_only_in_a_head_is_it_sure() -> None:
    assert values("Gemeente Nergenshuizen\nDatum", "bestuursorgaan") == []
    assert sure("Ministerie van Buitenlandse Zaken\nGeachte", "bestuursorgaan") == ["mnre1013"]
    assert sure("dat wij hierover spraken met de gemeente Enschede, en dat was goed.", "bestuursorgaan") == []


def test_pages_where_another_document_seems_to_begin_are_named() -> None:
    pages = [
        "Brief\nPagina 1 van 2",
        "Vervolg\nPagina 2 van 2",
        "Van: A\nVerzonden: maandag 3 mei 2021\nAan: B\nOnderwerp: overleg",
        "Verslag\nPagina 1 van 2",
        "Retouradres Postbus 1\nDatum 3 mei 2021\nGeachte heer,",
        "gewone tekst",
    ]
    found_ = found(pages, "splitsing")
    assert [(v.waarde, v.pagina, v.bron) for v in found_] == [
        ("3", 3, "tekst:berichtkop"),
        ("4", 4, "tekst:paginanummer"),
        ("5", 5, "tekst:briefhoofd"),
    ]


def test_a_cover_without_a_number_is_of_the_same_document() -> None:
    assert values(["Omslag", "Inhoud\nPagina 1 van 2", "Slot\nPagina 2 van 2"], "splitsing") == []
    assert values(["Omslag", "a", "b", "Verslag\nPagina 1 van 9"], "splitsing") == ["4"]


def test_what_stands_on_a_recognised_page_is_as_much_less_sure() -> None:
    [read] = found("Datum 12 maart 2021", "creatiedatum")
    suggestions = ZOEKER.suggestions(["Datum 12 maart 2021"], naam="a.pdf", vandaag=VANDAAG, herkend={1: 0.5})
    [recognised] = [v for v in suggestions if v.veld == "creatiedatum"]
    assert recognised.waarde == read.waarde
    assert recognised.zekerheid == pytest.approx(read.zekerheid / 2, abs=0.01)


def test_subjects_are_words_of_the_text_and_never_sure() -> None:
    text = "De windturbines draaien. " * 5 + "Het verzoek is besloten. " * 9
    voorstellen = found(text, "onderwerp")
    assert [v.waarde for v in voorstellen] == ["windturbines", "draaien"]
    assert all(v.zekerheid < ZEKER_GENOEG for v in voorstellen)


_SCRAPS = st.sampled_from(
    [
        "Datum ",
        "12 maart 2021",
        "artikel 5.1",
        ", tweede lid",
        " onder e",
        "Wob",
        "Woo ",
        "\n",
        "Betreft ",
        "Geachte ",
        "Ons kenmerk ",
        "Pagina 1 van 2",
        "İ",
        "\u2028",
    ]
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.one_of(_SCRAPS, st.text(max_size=20)), max_size=30).map("".join), max_size=4),
    st.text(max_size=20),
)
def test_whatever_the_text_every_suggestion_is_whole(pages: list[str], naam: str) -> None:
    for voorstel in ZOEKER.suggestions(pages, naam=naam, vandaag=VANDAAG):
        assert voorstel.waarde.strip()
        assert 0 < voorstel.zekerheid < 1
        assert voorstel.pagina is None or 1 <= voorstel.pagina <= len(pages)
        if voorstel.veld in ("creatiedatum", "verzoekdatum"):
            assert date.fromisoformat(voorstel.waarde) <= VANDAAG


@pytest.mark.parametrize(
    "text",
    [
        "art. 1, 1, " * 4000,
        "\n" * 60_000,
        "tweede lid, onder a, b van art " * 2000,
        "in uw brief van 1 mei 2020 " + "heeft " * 9000,
    ],
)
def test_a_text_that_is_made_to_be_slow_comes_to_an_end(text: str) -> None:
    ZOEKER.suggestions([text] * 20, naam="a.pdf", vandaag=VANDAAG)
