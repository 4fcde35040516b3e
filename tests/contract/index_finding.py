"""Which entries and pages every index has to find, and in what order of relevance."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from tests.contract.index_entries import ask, document, fill, found, publicatie
from woo.domain.errors import InvalidValue
from woo.index.parse import parse
from woo.index.query import Prefix, Soort

RELATIES = Path(__file__).resolve().parent.parent / "corpus" / "relaties.yaml"

WORDS = [
    # what is asked, and what a text has that is found by it
    ("stikstof", "De stikstof daalt."),
    ("Stikstof", "STIKSTOF"),
    ("registratie", "de stikstofregistratie"),
    ("stikstofregistratie", "registratie? Nee: stikstof registratie"),
    ("woo-verzoek", "een Woo verzoek"),
    ("5.1.2.e", "gelakt op 5.1.2e"),
    ("grond:5.1.2e", "gelakt op 5.1.2.e"),
    ("cafe", "het café"),
    ('"de open norm"', "Dit is de open norm."),
    ('"open norm"', "De open Norm"),
    ('"norm open"~0', "de open norm"),
    ('"open norm"~1', "open en norm"),
    ('"norm open"~1', "open en norm"),
    ('"de norm open"~1', "open is de norm"),
    ('"de de"~2', "de norm van de raad"),
    ("stikst*", "stikstof"),
    ("5.1*", "5.1.2e"),
    ("stiktsof~", "stikstof"),
    ("rad~", "raad"),
    ("nrom~", "norm"),
    ("raad OR landbouw", "de landbouw"),
    ("raad landbouw", "landbouw, zei de raad"),
    ("raad -landbouw", "de raad"),
    ("raad NOT (landbouw natuur)", "de raad over landbouw"),
    ("(raad OR landbouw) natuur", "landbouw en natuur"),
    ("raad OR -natuur", "landbouw"),
    ("-landbouw", "de raad"),
    ("titel:nota", "iets"),
    ("publisher:utrecht", "iets"),
    ("publisher:gm0344", "iets"),
    ('publisher:"gemeente utrecht"', "iets"),
    ("soort:brief", "iets"),
    ("datum:2023-03", "iets"),
    ("datum:>=2023-03-05", "iets"),
    ("datum:..2023-03-05", "iets"),
    ("", "iets"),
    ("…", "iets"),
]

NOT_WORDS = [
    ("stikstof", "De stik stof"),
    ("gemeenteraad", "de raad van de gemeente"),
    ('"open norm"', "open en norm"),
    ('"open norm"', "norm open"),
    ('"open normen"', "open norm"),
    ('"open norm"~1', "open of toch norm"),
    ('"de norm open"~0', "open is de norm"),
    ('"de de"~9', "de norm"),
    ("raad landbouw", "de raad"),
    ("raad -landbouw", "de raad over landbouw"),
    ("raad NOT (landbouw natuur)", "de raad over landbouw en natuur"),
    ("-raad", "de raad"),
    ("stikst*", "de stik"),
    ("rad~", "raadde"),
    ("nmro~", "norm"),
    ("titel:raad", "de raad"),
    ("publisher:raad", "de raad"),
    ("soort:raad", "de raad"),
    ("datum:2023-04", "iets"),
    ("datum:<2023-03-05", "iets"),
    ('"raad nota"', "de raad"),
]

BESLUIT = "c_4f50ca9c"
"""*Beslissing op Wob-/Woo-verzoek* on the list of document kinds."""


class FindingContract:
    """Subclasses give an empty index as the fixture `index`."""

    @pytest.mark.parametrize(("zoek", "tekst"), WORDS)
    def test_a_question_finds_the_text_that_has_it(self, index, zoek, tekst):
        fill(index, document("d", "Nota", tekst, documentsoort_naam="brief", creatiedatum=date(2023, 3, 5)))
        assert found(index, zoek) == {"d"}

    @pytest.mark.parametrize(("zoek", "tekst"), NOT_WORDS)
    def test_a_question_does_not_find_the_text_that_lacks_it(self, index, zoek, tekst):
        fill(index, document("d", "Nota", tekst, documentsoort_naam="brief", creatiedatum=date(2023, 3, 5)))
        assert found(index, zoek) == set()

    def test_every_pair_of_the_relation_set_holds(self, index):
        relations = yaml.safe_load(RELATIES.read_text(encoding="utf-8"))
        pairs = [(pair, holds) for holds in ("match", "geen_match") for pair in relations[holds]]
        fill(index, *(document(f"r{n}", "Stuk", pair["tekst"]) for n, (pair, _) in enumerate(pairs)))
        wrong = [
            (holds, pair["zoek"], pair["tekst"])
            for n, (pair, holds) in enumerate(pairs)
            if (f"r{n}" in found(index, pair["zoek"])) != (holds == "match")
        ]
        assert len(pairs) > 300
        assert wrong == []

    def test_words_are_found_in_title_kenmerk_and_omschrijving_of_both_kinds(self, index):
        words = {"kenmerk": "Woo-2023/114", "omschrijving": "over natuur"}
        fill(index, document("d", "Besluit stikstof", **words), publicatie("p", "Besluit stikstof", **words))
        for zoek in ("stikstof", "woo-2023-114", "natuur", "besluit 114 natuur", "titel:besluit"):
            assert found(index, zoek) == {"d"}, zoek
            assert found(index, zoek, soort=Soort.PUBLICATIE) == {"p"}, zoek

    def test_no_phrase_runs_from_the_title_into_the_text(self, index):
        fill(index, document("d", "open", "norm"))
        assert found(index, "open norm") == {"d"}
        assert found(index, '"open norm"') == set()

    def test_a_sentence_that_runs_over_a_page_is_found_on_the_page_it_begins_on(self, index):
        fill(index, document("d", "Nota", "dit is de open", "", "norm van de raad"))
        hit = ask(index, '"open norm"').hits[0]
        assert [(page.nummer, page.vervolg) for page in hit.paginas] == [(1, "norm van de raad")]
        assert ask(index, '"norm open"~2').hits[0].aantal_paginas == 1

    def test_a_word_at_the_start_of_the_next_page_is_no_hit_on_this_one(self, index):
        fill(index, document("d", "Nota", "dit is de", "open norm van de raad"))
        for zoek in ("norm", '"open norm"', '"norm open"~2', "nor*", "nrom~", "-iets norm"):
            assert index.pages_with_hits("d", parse(zoek).node) == (2,), zoek

    def test_parts_on_different_pages_are_each_shown_and_the_page_with_most_comes_first(self, index):
        fill(index, document("d", "Nota", "raad", "landbouw", "niets", "raad en landbouw"))
        hit = ask(index, "raad landbouw", paginas=3).hits[0]
        assert hit.paginas[0].nummer == 4
        assert {page.nummer for page in hit.paginas} == {1, 2, 4}
        assert hit.aantal_paginas == 3
        assert index.pages_with_hits("d", parse("raad landbouw -niets").node) == (1, 2, 4)

    def test_a_long_page_with_both_parts_comes_before_a_short_one_full_of_one_part(self, index):
        both = " ".join(["iets"] * 400 + ["raad", "landbouw"])
        fill(index, document("d", "Nota", "landbouw landbouw", "iets", both, "niets", "landbouw"))
        assert ask(index, "raad landbouw").hits[0].paginas[0].nummer == 3

    def test_no_more_pages_are_returned_than_asked_and_all_are_counted(self, index):
        fill(index, document("d", "Nota", *["raad"] * 9))
        hit = ask(index, "raad", paginas=2).hits[0]
        assert (len(hit.paginas), hit.aantal_paginas) == (2, 9)
        assert ask(index, "raad", paginas=0).hits[0].paginas == ()
        assert ask(index, "titel:nota").hits[0].aantal_paginas == 0

    def test_pages_of_another_document_are_never_hits(self, index):
        fill(index, document("d", "Nota", "raad"), document("e", "Nota", "raad", "raad"))
        assert {hit.id: hit.aantal_paginas for hit in ask(index, "raad").hits} == {"d": 1, "e": 2}
        assert index.pages_with_hits("onbekend", parse("raad").node) == ()

    def test_a_prefix_stands_for_any_number_of_words(self, index):
        fill(index, *(document(f"d{n}", "Nota", f"stik{n:04}x") for n in range(300)))
        assert ask(index, "stik*").totaal == 300

    def test_a_typing_error_stands_for_any_number_of_words(self, index):
        letters = "bcdfghjklmnpqrst"
        fill(index, *(document(f"d{a}{b}", "Nota", f"stikst{a}{b}") for a in letters for b in letters))
        assert ask(index, "stikstww~").totaal == len(letters) ** 2

    @pytest.mark.parametrize("zoek", ["ab*", "raad a*", '"a b"~101', '"a b c d"~99', '"a b c d e f g h"~1'])
    def test_what_cannot_be_asked_is_refused_with_the_reason(self, index, zoek):
        with pytest.raises(InvalidValue):
            ask(index, zoek)

    def test_what_cannot_be_asked_is_refused_for_pages_too(self, index):
        with pytest.raises(InvalidValue):
            index.pages_with_hits("d", Prefix("ab"))

    def test_the_hit_carries_the_kaart_as_it_was_given(self, index):
        kaart = {"a": [1, None, {"b": "é"}], "c": True}
        fill(index, document("d", kaart=kaart, publicatie_id="p9"))
        hit = ask(index).hits[0]
        assert (hit.id, hit.publicatie_id, hit.kaart) == ("d", "p9", kaart)

    def test_a_whole_title_comes_first_then_titles_then_texts_whatever_their_age(self, index):
        old, new = datetime(2001, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
        long = "Brief van de minister aan de Kamer over het besluit en de gevolgen daarvan voor de stikstof"
        fill(
            index,
            *(document(f"titel{n}", long, "niets " * 500, publicatiedatum=old) for n in range(2)),
            *(document(f"vulling{n}", "Nota", "niets") for n in range(40)),
            document("geheel", "Besluit stikstof", "niets", publicatiedatum=old),
            *(
                document(f"tekst{n}", "Nota", "besluit stikstof " * n, publicatiedatum=new)
                for n in range(1, 4)
            ),
        )
        order = [hit.id.rstrip("0123456789") for hit in ask(index, "besluit stikstof", aantal=100).hits]
        assert order == ["geheel", *["titel"] * 2, *["tekst"] * 3]

    def test_a_whole_kenmerk_comes_first(self, index):
        fill(index, document("a", "Nota", "Woo-2023/114 " * 9), document("b", "Nota", kenmerk="Woo-2023/114"))
        assert ask(index, "woo-2023-114").hits[0].id == "b"

    def test_both_kenmerken_are_whole_and_of_a_publicatie_the_decision_comes_first(self, index):
        of_publicatie = {"publicatie_kenmerk": "Woo-2023/114"}
        fill(
            index,
            document("bijlage", "Bijlage", "Woo-2023/114 " * 9, kenmerk="B-1", **of_publicatie),
            document("besluit", "Brief", "x", kenmerk="B-2", documentsoort=BESLUIT, **of_publicatie),
            document("genoemd", "Nota", "Woo-2023/114 " * 99),
        )
        assert [hit.id for hit in ask(index, "woo-2023-114").hits] == ["besluit", "bijlage", "genoemd"]
        assert [hit.id for hit in ask(index, "B-1").hits] == ["bijlage"]

    def test_a_decision_comes_before_what_was_added_to_it(self, index):
        fill(
            index,
            document("bijlage", "Inventaris theater", "bij het besluit " + "theater " * 50),
            document("besluit", "Nieuwbouw theater", "dit besluit " + "niets " * 50, documentsoort=BESLUIT),
            document("vermeld", "Nota", "theater " * 50),
            *(document(f"vulling{n}", "Nota", "niets") for n in range(20)),
        )
        assert [hit.id for hit in ask(index, "theater").hits] == ["besluit", "bijlage", "vermeld"]
        assert ask(index, "besluit theater").hits[0].id == "besluit"
        assert ask(index, "inventaris theater").hits[0].id == "bijlage"

    def test_a_decision_is_called_besluit_as_a_kind_whatever_its_name(self, index):
        fill(index, document("a", documentsoort=BESLUIT, documentsoort_naam="beslissing op Wob-/Woo-verzoek"))
        assert found(index, "soort:besluit") == {"a"}

    def test_a_page_that_holds_all_words_comes_before_words_on_different_pages(self, index):
        fill(
            index,
            document("verspreid", "Nota", "stikstof", "vergunning", "stikstof", "vergunning"),
            document("samen", "Nota", "niets " * 60, "over stikstof en de vergunning " + "niets " * 60),
            *(document(f"vulling{n}", "Nota", "niets") for n in range(20)),
        )
        for zoek in (
            "stikstof vergunning",
            '"stikstof" vergunning',
            "stikstof verg*",
            "stikstof (vergunning OR x)",
        ):
            assert [hit.id for hit in ask(index, zoek).hits] == ["samen", "verspreid"], zoek
        assert [hit.id for hit in ask(index, "stikstof vergunning -natuur").hits] == ["samen", "verspreid"]

    def test_words_as_they_were_typed_come_before_the_same_words_in_another_order(self, index):
        fill(
            index,
            document("los", "Nota", "zaken van een algemene aard en zaken van het ministerie " * 3),
            document("zin", "Nota", "het ministerie van algemene zaken schrijft daarover een brief " * 3),
            *(document(f"vulling{n}", "Nota", "niets") for n in range(20)),
        )
        assert ask(index, "ministerie van algemene zaken").hits[0].id == "zin"
