"""The language that visitors search in: what each form means, and that nothing they type breaks it."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from woo.domain.errors import InvalidValue
from woo.index.parse import MAX_CHARACTERS, MAX_DEPTH, parse
from woo.index.query import And, DateRange, Fuzzy, Not, Or, Phrase, Prefix, Word

a, b, c = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", None),
        ("   ", None),
        ("…", None),
        ("stikstof", Word("stikstof")),
        ("a b", And((a, b))),
        ("a AND b", And((a, b))),
        ("a EN b", And((a, b))),
        ("a OR b", Or((a, b))),
        ("a OF b", Or((a, b))),
        ("a or b", And((a, Word("or"), b))),
        ("a b OR c", Or((And((a, b)), c))),
        ("a (b OR c)", And((a, Or((b, c))))),
        ("a -b", And((a, Not(b)))),
        ("a NOT b", And((a, Not(b)))),
        ("a NIET b", And((a, Not(b)))),
        ("-a", Not(a)),
        ("NOT NOT a", Not(a)),
        ("-(-a)", a),
        ("-(a b)", Not(And((a, b)))),
        ('-"a b"', Not(Phrase("a b"))),
        ("a - b", And((a, b))),
        ('"a b"', Phrase("a b")),
        ("“a b”", Phrase("a b")),
        ('"a b"~5', Phrase("a b", 5)),
        ('"a b"~', Phrase("a b")),
        ("woo*", Prefix("woo")),
        ("woo*,", Prefix("woo")),
        ("stikstf~", Fuzzy("stikstf")),
        ("stikstf~2", Fuzzy("stikstf")),
        ("titel:besluit", Word("besluit", "titel")),
        ("Titel:besluit", Word("besluit", "titel")),
        ('publisher:"Gemeente Utrecht"', Phrase("Gemeente Utrecht", None, "publisher")),
        ("titel:(a OR b)", Or((Word("a", "titel"), Word("b", "titel")))),
        ("titel:(a soort:b)", And((Word("a", "titel"), Word("b", "soort")))),
        ("soort:brie*", Prefix("brie", "soort")),
        ("grond:5.1.2.e", Word("5.1.2.e", "grond")),
        ("woo-verzoek,", Word("woo-verzoek")),
        ("10:30", Word("10:30")),
        ("(a)", a),
        ("()", None),
        ("(a", a),
        ("a)b", And((a, b))),
        ('"a b', And((a, b))),
        ('titel:"a', And((Word("titel"), a))),
        ("titel:", Word("titel")),
        ("OR", Word("of")),
        ("a OR", And((a, Word("of")))),
        ("a OR OR b", Or((And((a, Word("of"))), b))),
        ("NOT", Word("niet")),
        ("-", None),
    ],
)
def test_each_form_of_the_language_means_one_tree(text, node):
    assert parse(text).node == node


@pytest.mark.parametrize(
    ("text", "van", "tot"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-03-05", date(2023, 3, 5), date(2023, 3, 5)),
        ("5-3-2023", date(2023, 3, 5), date(2023, 3, 5)),
        ("2023-01..2023-06", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-01..", date(2023, 1, 1), None),
        ("..2023", None, date(2023, 12, 31)),
        (">=2023-03", date(2023, 3, 1), None),
        (">2023-03", date(2023, 4, 1), None),
        ("<=2023-03", None, date(2023, 3, 31)),
        ("<2023-03", None, date(2023, 2, 28)),
    ],
)
def test_dates_mean_whole_years_months_and_days(text, van, tot):
    assert parse(f"datum:{text}").node == DateRange(van, tot)


@pytest.mark.parametrize(
    "text",
    ["gisteren", "2023-13", "2023-06..2023-01", "..", ">", "9999-99", "0000", ">9999-12-31", "<0001-01-01"],
)
def test_what_is_not_a_date_is_searched_as_words_with_a_hint(text):
    parsed = parse(f"datum:{text}")
    assert not isinstance(parsed.node, DateRange)
    assert parsed.hints


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("stikstof “open norm” -landbouw", 'stikstof "open norm" NIET landbouw'),
        ("a AND (b OR c)", "a (b OF c)"),
        ("datum:2023-01..2023-06", "datum:2023-01-01..2023-06-30"),
        ("datum:2023-03-05", "datum:2023-03-05"),
        ('titel:(a "b c"~3 d* e~)', 'titel:a titel:"b c"~3 titel:d* titel:e~'),
    ],
)
def test_the_answer_says_how_the_question_was_understood(text, understood):
    assert parse(text).opgevat_als == understood


@pytest.mark.parametrize("text", ['"a', "(a", "a)", 'a "…"', "datum:x"])
def test_what_was_passed_over_is_said_in_a_hint(text):
    assert parse(text).hints


@pytest.mark.parametrize("text", ["x" * (MAX_CHARACTERS + 1), "a " * 201, "(" * 51 + "a", "-(" * 51 + "a"])
def test_a_question_without_measure_is_refused(text):
    with pytest.raises(InvalidValue) as refused:
        parse(text)
    assert len(str(refused.value)) < 300


def test_the_limits_themselves_are_accepted():
    assert parse("a " * 200).node is not None
    assert parse("(" * MAX_DEPTH + "a").node == a


_PIECES = 'a Brief é OR AND NOT NIET ( ) " “ - * ~ ~3 : , .. titel: datum: soort: datum:2023 2023-01 >= + ’ 5.1.2e'.split()
_typed = st.lists(st.sampled_from([*_PIECES, " ", "\u0301", "\x00"]), max_size=30).map("".join)


@given(st.one_of(st.text(max_size=80), _typed))
@example("datum:titel:x")
@example("datum:0~0")
@example(",titel:x")
@example("x~5~5*,")
@example("DATUM:0\u0300")
@example("हिन्दी titel:हिन्दी* datum:हिन्दी")
def test_any_text_is_understood_and_its_normal_form_means_the_same(text):
    parsed = parse(text)
    again = parse(parsed.opgevat_als)
    assert (again.node, again.opgevat_als) == (parsed.node, parsed.opgevat_als)
