"""The text of a page: cleaned, and every word traced back to where it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo.sandbox.page_text import clean, pieces

HYPHEN = "\ufffe"


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("een\r\ntwee\rdrie\nvier", "een\ntwee\ndrie\nvier"),
        ("een\x0ctwee\x0bdrie\u2028vier\u2029vijf\x85zes", "een\ntwee\ndrie\nvier\nvijf\nzes"),
        ("a\x00b\x01c\x7fd\x9fe\ufefff\uffffg", "abcdefg"),
        ("a\ud800b\udfffc", "abc"),
        ("open\u00adbaar", "openbaar"),
        ("glyph\ufffe zonder", "glyph zonder"),
        ("tab\tblijft, é € 😀 ook", "tab\tblijft, é € 😀 ook"),
        ("\r\n\r\n", "\n\n"),
        ("", ""),
    ],
)
def test_line_ends_become_one_kind_and_what_is_no_text_goes(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("voor", "geschreven", "voorgeschreven"),
        ("EU", "lidstaat", "EU-lidstaat"),
        ("Noord", "Holland", "Noord-Holland"),
        ("Woo", "verzoek", "Woo-verzoek"),
        ("de Wob", "besluit", "de Wob-besluit"),
        ("Veewoo", "den", "Veewooden"),
        ("2023", "114", "2023-114"),
        ("", "geschreven", "-geschreven"),
        ("voor", "", "voor-"),
    ],
)
def test_a_word_broken_at_a_line_end_is_joined_again(before: str, after: str, joined: str) -> None:
    assert clean(before + HYPHEN + after, hyphens={len(before)}) == joined


def test_a_word_over_two_lines_is_two_pieces_without_a_gap() -> None:
    raw = f"een\r\nvoor{HYPHEN}geschreven Woo{HYPHEN}verzoek"
    at = [position for position, char in enumerate(raw) if char == HYPHEN]
    text = clean(raw, hyphens=at)
    found = [(text[piece.start : piece.end], piece.start, piece.end) for piece in pieces(raw, hyphens=at)]
    assert text == "een\nvoorgeschreven Woo-verzoek"
    assert found == [
        ("een", 0, 3),
        ("voor", 4, 8),
        ("geschreven", 8, 18),
        ("Woo-", 19, 23),
        ("verzoek", 23, 30),
    ]


PAGES = st.text(alphabet=st.sampled_from("abZ1 \t\r\n\x00\x0c\u00ad\ufffe\ud83d\ude00😀é-"), max_size=60)


@given(PAGES, st.sets(st.integers(0, 59)))
def test_clean_text_is_clean_and_stays_so(raw: str, marked: set[int]) -> None:
    hyphens = {at for at in marked if at < len(raw) and raw[at] == HYPHEN}
    text = clean(raw, hyphens=hyphens)
    assert clean(text) == text
    assert text.encode("utf-8").decode("utf-8") == text
    assert not set(text) & set("\r\x00\x0c\u00ad\ufffe")


@given(PAGES, st.sets(st.integers(0, 59)))
def test_pieces_cover_every_word_of_the_clean_text_and_lead_back_to_its_letters(
    raw: str, marked: set[int]
) -> None:
    hyphens = {at for at in marked if at < len(raw) and raw[at] == HYPHEN}
    text = clean(raw, hyphens=hyphens)
    found = list(pieces(raw, hyphens=hyphens))
    assert "".join(text[piece.start : piece.end] for piece in found) == "".join(text.split())
    for piece in found:
        letters = "".join("-" if origin in hyphens else raw[origin] for origin in piece.origins)
        assert letters == text[piece.start : piece.end]
