"""What a question asks of an entry, of a page, and what it marks."""

from datetime import date

import pytest

from woo.analysis import DutchAnalysis, Sequence, Wanted
from woo.domain.errors import InvalidValue
from woo.index.compiler import compile_query, order_of, text_leaves, wanted, whole_title, with_codes
from woo.index.match import EVERYTHING, All, Any, DateBetween, Near, Not, Similar, StartsWith, Term, Words
from woo.index.pages import NEXT, border_stream, page_parts
from woo.index.parse import parse
from woo.index.query import And, SearchQuery, Sortering, Word


@pytest.fixture(scope="module")
def analysis(root) -> DutchAnalysis:
    return DutchAnalysis.load(root / "config" / "zoeken")


def word(place, stam, exact):
    return Any((Term(f"{place}_stam", stam), Term(f"{place}_exact", exact), Term(f"{place}_delen", stam)))


@pytest.mark.parametrize(
    ("zoek", "match"),
    [
        ("", EVERYTHING),
        ("raad", word("tekst", "raad", "raad")),
        ("brieven", word("tekst", "brief", "brieven")),
        ("titel:raad", word("titel", "raad", "raad")),
        ("publisher:raad", word("publisher", "raad", "raad")),
        ("soort:brief", word("soort", "brief", "brief")),
        (
            "grond:5.1.2e",
            Any(
                (
                    Term("tekst_exact", "5.1.2.e"),
                    Term("grond_exact", "5.1.2.e"),
                    Term("grond_delen", "5.1.2.e"),
                )
            ),
        ),
        ('"open norm"', Words("tekst_exact", ("open", "norm"))),
        ('"norm"', Term("tekst_exact", "norm")),
        ('"open norm"~3', Near("tekst_exact", ("open", "norm"), 3)),
        ("stik*", StartsWith("tekst_exact", "stik")),
        ("raadd~", Similar("tekst_exact", "raadd", 1)),
        ("raaddd~", Similar("tekst_exact", "raaddd", 2)),
        ("a~", Term("tekst_exact", "a")),
        ("datum:2023-03-05", DateBetween(date(2023, 3, 5), date(2023, 3, 5))),
        ("-raad", Not(word("tekst", "raad", "raad"))),
        ("raad -stik*", All((word("tekst", "raad", "raad"), Not(StartsWith("tekst_exact", "stik"))))),
        ("raad OR stik*", Any((word("tekst", "raad", "raad"), StartsWith("tekst_exact", "stik")))),
    ],
)
def test_a_question_asks_for_tokens_of_fields(analysis, zoek, match):
    assert compile_query(parse(zoek).node, analysis) == match


def test_a_compound_is_also_found_by_its_parts_next_to_each_other(analysis):
    match = compile_query(Word("gemeenteraad"), analysis)
    parts = tuple(analysis.tokens(part)[0].stam for part in ("gemeente", "raad"))
    assert Words("tekst_stam", parts) in match.parts


def test_a_word_with_a_hyphen_stands_apart_or_closed_up(analysis):
    match = compile_query(Word("woo-verzoek"), analysis)
    assert match == Any((Words("tekst_stam", ("woo", "verzoek")), match.parts[1]))
    assert Term("tekst_stam", "wooverzoek") in match.parts[1].parts


@pytest.mark.parametrize(
    ("zoek", "words"),
    [
        ("5.1.2 e", ["5.1.2 e"]),
        ("raad 5.1 lid 2 onder e landbouw", ["raad", "5.1 lid 2 onder e", "landbouw"]),
        ("raad landbouw", ["raad", "landbouw"]),
        ("titel:5.1.2 e", ["5.1.2", "e"]),
    ],
)
def test_words_that_are_one_code_are_one_word(analysis, zoek, words):
    whole = with_codes(parse(zoek).node, analysis)
    assert [part.tekst for part in (whole.delen if isinstance(whole, And) else (whole,))] == words


@pytest.mark.parametrize("zoek", ["ab*", '"a b c"~40', '"a b c d"~9', '"a b"~101', '"' + "a " * 300 + '"~1'])
def test_what_no_engine_can_be_asked_is_refused(analysis, zoek):
    with pytest.raises(InvalidValue):
        compile_query(parse(zoek).node, analysis)


def test_what_is_marked_is_what_is_asked_positively_of_the_text(analysis):
    node = parse('raad "open norm" "a b"~2 stik* fuut~ -geheim titel:nota grond:5.1.2e (x OR -y)').node
    marks = wanted(node, analysis)
    assert marks.stam == marks.delen == {"raad", "x"}
    assert marks.exact == {"raad", "5.1.2.e", "x"}
    assert (marks.prefixes, marks.similar) == (("stik",), (("fuut", 1),))
    assert set(marks.sequences) == {
        Sequence("exact", ("open", "norm")),
        Sequence("exact", ("a", "b"), 2, ordered=False),
    }
    assert wanted(None, analysis) == Wanted()


def test_a_page_is_asked_for_each_different_part_and_what_runs_over_its_edge(analysis):
    parts = page_parts(parse('"open norm" "open norm" -raad "a b"~1 titel:nota').node, analysis)
    assert parts == (
        Any((Words("pagina_exact", ("open", "norm")), Words("grens_exact", ("open", f"{NEXT}norm")))),
        Any(
            (
                Near("pagina_exact", ("a", "b"), 1),
                Near("grens_exact", ("a", f"{NEXT}b"), 1),
                Near("grens_exact", ("b", f"{NEXT}a"), 1),
            )
        ),
    )


def test_the_border_of_a_page_is_its_last_words_and_the_next_ones(analysis):
    tokens = " ".join(str(n) for n in range(20))
    assert border_stream(tokens, "a b") == " ".join([*(str(n) for n in range(8, 20)), f"{NEXT}a", f"{NEXT}b"])
    assert border_stream("a", tokens).split() == ["a", *(f"{NEXT}{n}" for n in range(12))]
    assert border_stream("", tokens) == border_stream(tokens, "") == ""


@pytest.mark.parametrize(
    ("zoek", "title"),
    [
        ("Besluit stikstof", "besluit stikstof"),
        ('"Besluit stikstof"', "besluit stikstof"),
        ("titel:besluit", "besluit"),
        ("besluit -stikstof", None),
        ("besluit OR stikstof", None),
        ('"besluit stikstof"~2', None),
        ("soort:besluit", None),
        ("", None),
    ],
)
def test_only_plain_words_can_be_a_whole_title(analysis, zoek, title):
    assert whole_title(parse(zoek).node, analysis) == title


def test_without_words_relevance_is_newest_first(analysis):
    def order(zoek, sortering=Sortering.RELEVANTIE):
        return order_of(SearchQuery(zoek=parse(zoek).node, sortering=sortering))

    assert order("raad") is Sortering.RELEVANTIE
    assert order("") is order("-raad") is order("datum:2023") is Sortering.PUBLICATIEDATUM_AF
    assert order("", Sortering.TITEL) is Sortering.TITEL
    assert text_leaves(parse("titel:raad").node, analysis) == []
