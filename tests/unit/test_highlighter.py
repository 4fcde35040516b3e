"""Marks and fragments: what made a text a hit is what is marked."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from woo.analysis import DutchAnalysis, Highlighter, Sequence, Wanted
from woo.analysis.distance import within_edits

ANALYSIS = DutchAnalysis.load(Path(__file__).parents[2] / "config/zoeken")
HIGHLIGHTER = Highlighter(ANALYSIS)

WORDS = [
    "besluit",
    "besluiten",
    "gemeenteraad",
    "raad",
    "Woo-verzoek",
    "5.1.2e",
    "ver-\nzoek",
    "de",
    "van",
    "12-03-2023",
]
GLUE = [" ", "  ", "\n", "\r\n\r\n", ". ", ", ", "\x00", "\ud800", "\u00ad", "-", ""]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GLUE)), max_size=60).map(
    lambda pairs: "".join(word + glue for word, glue in pairs)
)
WANTED = st.builds(
    Wanted,
    exact=st.frozensets(st.sampled_from(["de", "besluiten", "5.1.2.e"])),
    stam=st.frozensets(st.sampled_from(["besluit", "verzoek", "gemeenteraad"])),
    delen=st.frozensets(st.sampled_from(["raad", "maart"])),
    prefixes=st.sampled_from([(), ("gem",)]),
    similar=st.sampled_from([(), (("raat", 1),)]),
    sequences=st.lists(
        st.builds(
            Sequence,
            field=st.sampled_from(["exact", "stam"]),
            tokens=st.lists(st.sampled_from(["de", "raad", "besluit", "van"]), min_size=1, max_size=3).map(
                tuple
            ),
            slop=st.integers(0, 4),
            ordered=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
)


def marked(text: str, wanted: Wanted, following: str = "") -> list[str]:
    return [text[start:end] for start, end in HIGHLIGHTER.marks(text, wanted, following=following)]


@settings(deadline=None, max_examples=300)
@given(st.one_of(TEXTS, st.text(max_size=80)), WANTED, st.sampled_from(["", "raad besluit", "zoek"]))
def test_marks_are_sorted_apart_and_inside_the_text(text, wanted, following):
    end = 0
    for start, stop in HIGHLIGHTER.marks(text, wanted, following=following):
        assert end <= start < stop <= len(text)
        end = stop


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.integers(20, 120), st.integers(1, 4))
@example("besluit ver-\nzoek\u00adgemeenteraad ", 20, 1)
def test_what_a_fragment_marks_is_found_again_in_what_it_shows(text, length, count):
    wanted = Wanted(stam=frozenset({"besluit", "verzoek", "5.1.2.e"}), delen=frozenset({"raad"}))
    marks = HIGHLIGHTER.marks(text, wanted)
    fragments = HIGHLIGHTER.fragments(text, marks, length=length, count=count)
    assert len(fragments) <= count
    assert not marks or any(fragment.marks for fragment in fragments)
    for fragment in fragments:
        end = 0
        for start, stop in fragment.marks:
            assert end <= start < stop <= len(fragment.text)
            if stop - start < 150:  # a longer word may have been cut
                assert marked(fragment.text[start:stop], wanted) == [fragment.text[start:stop]]
            end = stop


@settings(deadline=None, max_examples=300)
@given(st.one_of(TEXTS, st.text(st.characters(), max_size=300)), st.data())
def test_a_fragment_is_one_line_that_can_be_encoded(text, data):
    places = st.integers(0, len(text))
    marks = [data.draw(st.tuples(places, places).map(sorted).map(tuple)) for _ in range(3)]
    apart, end = [], 0
    for start, stop in sorted(marks):
        if end <= start < stop:
            apart.append((start, stop))
            end = stop
    for fragment in HIGHLIGHTER.fragments(text, apart, length=40):
        fragment.text.encode("utf-8")
        assert not set(fragment.text) & set("\n\r\t\x00\u00a0")
        assert "  " not in fragment.text
        assert all(0 <= start < stop <= len(fragment.text) for start, stop in fragment.marks)


def test_words_are_marked_by_each_stream():
    text = "De besluiten van de gemeenteraad over pfas-lozing."
    assert marked(text, Wanted(stam=frozenset({"besluit"}))) == ["besluiten"]
    assert marked(text, Wanted(exact=frozenset({"besluit"}))) == []
    assert marked(text, Wanted(exact=frozenset({"de"}))) == ["De", "de"]
    assert marked(text, Wanted(delen=frozenset({"raad"}))) == ["gemeenteraad"]
    assert marked(text, Wanted(prefixes=("loz",))) == ["lozing"]
    assert marked(text, Wanted(similar=(("lozign", 1),))) == ["lozing"]


def test_a_smaller_compound_marks_the_longer_one():
    assert marked("De gemeenteraadsverkiezingen.", Wanted(delen=frozenset({"gemeenteraad"}))) == [
        "gemeenteraadsverkiezingen"
    ]


def test_a_sequence_marks_its_words_only_where_all_of_it_stands():
    text = "de raad besloot; de gemeente raad; raad van de gemeente"
    assert HIGHLIGHTER.marks(text, Wanted(sequences=(Sequence("stam", ("gemeente", "raad")),))) == (
        (20, 28),
        (29, 33),
    )


@pytest.mark.parametrize(("slop", "count"), [(0, 0), (1, 0), (2, 2), (3, 2)])
def test_slop_counts_the_other_words_between_in_total(slop, count):
    sequence = Sequence("exact", ("besluit", "gemeente"), slop=slop)
    assert len(marked("besluit van de gemeente", Wanted(sequences=(sequence,)))) == count


def test_an_unordered_sequence_is_found_backwards_and_an_ordered_one_is_not():
    text = "raad van de gemeente"
    tokens = ("gemeente", "raad")
    assert marked(text, Wanted(sequences=(Sequence("stam", tokens, slop=2, ordered=False),))) == [
        "raad",
        "gemeente",
    ]
    assert marked(text, Wanted(sequences=(Sequence("stam", tokens, slop=2),))) == []
    assert marked(text, Wanted(sequences=(Sequence("stam", tokens, slop=1, ordered=False),))) == []


def test_a_word_wanted_twice_in_a_sequence_must_stand_twice():
    wanted = Wanted(sequences=(Sequence("exact", ("de", "de"), slop=1, ordered=False),))
    assert marked("de raad", wanted) == []
    assert marked("de raad de", wanted) == ["de", "de"]


@pytest.mark.parametrize(("field", "slop"), [("delen", 0), ("stam", -1)])
def test_a_sequence_that_cannot_be_is_refused(field, slop):
    with pytest.raises(ValueError, match="field of"):
        Sequence(field, ("raad",), slop=slop)


def test_a_sequence_over_the_end_of_the_page_is_marked_on_this_page():
    wanted = Wanted(sequences=(Sequence("stam", ("gemeente", "raad")),))
    assert marked("besluit van de gemeente", wanted) == []
    assert marked("besluit van de gemeente", wanted, following="raad van 3 maart") == ["gemeente"]


def test_a_word_broken_over_the_end_of_the_page_is_marked_up_to_the_end():
    assert marked("dit is een ver-", Wanted(stam=frozenset({"verzoek"})), following="zoek om stukken") == [
        "ver-"
    ]


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from("abc"), max_size=12),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=3),
    st.integers(0, 3),
    st.booleans(),
)
def test_a_sequence_marks_something_just_where_the_definition_holds(words, tokens, slop, ordered):
    stands = any(
        (list(pick) == tokens if ordered else sorted(pick) == sorted(tokens))
        for width in range(len(tokens), len(tokens) + slop + 1)
        for start in range(len(words) - width + 1)
        for pick in combinations(words[start : start + width], len(tokens))
    )
    wanted = Wanted(sequences=(Sequence("exact", tuple(tokens), slop=slop, ordered=ordered),))
    assert bool(marked(" ".join(words), wanted)) == stands


def test_nothing_is_marked_in_the_following_page():
    assert marked("besluit", Wanted(stam=frozenset({"raad"})), following="raad") == []


def test_a_short_text_is_one_whole_fragment():
    text = "Het  besluit\nis genomen."
    marks = HIGHLIGHTER.marks(text, Wanted(stam=frozenset({"besluit"})))
    (fragment,) = HIGHLIGHTER.fragments(text, marks)
    assert (fragment.text, fragment.marks) == ("Het besluit is genomen.", ((4, 11),))


def test_a_fragment_shows_a_broken_word_whole():
    text = "Dit is een ver-\nzoek om stukken."
    (fragment,) = HIGHLIGHTER.fragments(text, HIGHLIGHTER.marks(text, Wanted(stam=frozenset({"verzoek"}))))
    assert (fragment.text, fragment.marks) == ("Dit is een verzoek om stukken.", ((11, 18),))


def test_the_fragment_with_the_most_different_words_is_chosen():
    filling = " woord" * 100
    text = f"besluit besluit besluit{filling} besluit gemeente raad{filling} besluit"
    wanted = Wanted(stam=frozenset({"besluit", "gemeente", "raad"}))
    (fragment,) = HIGHLIGHTER.fragments(text, HIGHLIGHTER.marks(text, wanted), length=80, count=1)
    assert [fragment.text[a:b] for a, b in fragment.marks] == ["besluit", "gemeente", "raad"]
    assert fragment.text.startswith("…")
    assert fragment.text.endswith("…")


def test_fragments_stand_in_reading_order_and_do_not_overlap():
    filling = " woord" * 100
    text = f"een besluit{filling} de gemeente en de raad{filling} slot"
    wanted = Wanted(stam=frozenset({"besluit", "gemeente", "raad"}))
    fragments = HIGHLIGHTER.fragments(text, HIGHLIGHTER.marks(text, wanted), length=60)
    assert [[part.text[a:b] for a, b in part.marks] for part in fragments] == [
        ["besluit"],
        ["gemeente", "raad"],
    ]
    assert all(len(part.text) <= 64 for part in fragments)


def test_a_fragment_starts_at_a_sentence_where_one_is_near():
    text = f"{'Eerder ' * 40}gebeurde dit. Daarna kwam het besluit van de raad. {'Later ' * 40}"
    (fragment,) = HIGHLIGHTER.fragments(
        text, HIGHLIGHTER.marks(text, Wanted(stam=frozenset({"besluit"}))), length=80, count=1
    )
    assert fragment.text.startswith("… Daarna kwam het besluit van de raad. Later")
    assert fragment.text.endswith("Later …")


def test_without_marks_the_start_of_the_text_is_shown():
    (fragment,) = HIGHLIGHTER.fragments("\n\n  Het begin. " + "woord " * 100, (), length=60)
    assert fragment.text.startswith("Het begin. woord")
    assert fragment.marks == ()
    assert HIGHLIGHTER.fragments(" \n ", ()) == ()


def test_a_marked_word_longer_than_a_fragment_is_cut():
    text = "a" * 100_000
    (fragment,) = HIGHLIGHTER.fragments(text, ((0, len(text)),), length=40)
    assert fragment.text == "a" * 200 + "…"
    assert fragment.marks == ((0, 200),)


@pytest.mark.parametrize(("length", "count"), [(19, 1), (40, 0)])
def test_a_fragment_that_cannot_be_is_refused(length, count):
    with pytest.raises(ValueError, match="length of 20 or more"):
        HIGHLIGHTER.fragments("tekst", (), length=length, count=count)


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("raad", "raad", 0),
        ("raad", "raat", 1),
        ("raad", "rad", 1),
        ("lozing", "lozign", 1),
        ("ca", "abc", 3),
        ("", "ab", 2),
        ("besluit", "beslissing", 5),
        ("abcd", "badc", 2),
    ],
)
def test_edits_are_counted_with_a_swap_as_one(one, other, edits):
    assert within_edits(one, other, edits)
    assert within_edits(other, one, edits)
    assert edits == 0 or not within_edits(one, other, edits - 1)


def slow_distance(one: str, other: str) -> int:
    if not one or not other:
        return len(one) + len(other)
    best = min(
        slow_distance(one[1:], other) + 1,
        slow_distance(one, other[1:]) + 1,
        slow_distance(one[1:], other[1:]) + (one[0] != other[0]),
    )
    if len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0]:
        best = min(best, slow_distance(one[2:], other[2:]) + 1)
    return best


@settings(deadline=None, max_examples=200)
@given(st.text("abc", max_size=5), st.text("abc", max_size=5), st.integers(0, 3))
def test_edits_are_counted_as_by_the_definition(one, other, most):
    assert within_edits(one, other, most) == (slow_distance(one, other) <= most)
