"""Tokens, streams and codes of the Dutch analysis."""

import shutil
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from woo.analysis import DutchAnalysis
from woo.analysis.folding import fold
from woo.domain.errors import InvalidValue

LISTS = Path(__file__).parents[2] / "config/zoeken"
ANALYSIS = DutchAnalysis.load(LISTS)

PIECES = st.sampled_from(
    [
        *(
            "5.1.2e",
            "5.1 lid 2 onder e",
            "Woo-2023/114",
            "1.234,56",
            "12-03-2023",
            "1234 AB",
            "ver-\nzoek",
            "foto’s",
        ),
        *(
            "gemeenteraadsverkiezingen",
            "e-mail",
            "ECLI:NL:RVS:2022:285",
            "NL91 ABNA 0417 1643 00",
            "Woo-\nverzoek",
        ),
        *(
            "stikstof",
            "café",
            "35 112, nr. 9",
            "(10)(2e)",
            "m²",
            "-",
            ".",
            " ",
            "\n",
            "\r\n",
            "'",
            "\u00ad",
            "\ufffe",
        ),
        *(
            "\u0301",
            "\ud800",
            "\x00",
            "\u202e",
            "ابجد",
            "שלום",
            "漢字",
            "ﬃ",
            "½",
            "İ",
            "ǅ",
            "a",
            "5",
            "1",
            "lid",
            "e",
        ),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(st.characters(), max_size=120))


def exact(text: str) -> list[str]:
    return [token.exact for token in ANALYSIS.tokens(text)]


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_streams_are_the_tokens_joined(text):
    tokens, streams = ANALYSIS.tokens(text), ANALYSIS.streams(text)
    assert streams.exact.split() == [token.exact for token in tokens]
    assert streams.stam.split() == [token.stam for token in tokens]
    assert streams.delen.split() == [part for token in tokens for part in (*token.delen, *token.groepen)]


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_tokens_stand_in_order_inside_the_text_and_are_never_empty_or_long(text):
    end = 0
    for token in ANALYSIS.tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert 0 < len(token.exact) <= 128
        assert token.stam
        assert len(token.delen) != 1
        assert not any(sign.isspace() for sign in token.exact + token.stam)
        end = token.end


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyzéèëïöüçñåøœßABC", min_size=2, max_size=20), max_size=10))
def test_a_plain_word_folds_to_its_token(words):
    text = " ".join(words)
    assert [fold(text[token.start : token.end]) for token in ANALYSIS.tokens(text)] == exact(text)


@settings(deadline=None, max_examples=200)
@given(TEXTS, st.integers(0, 12))
def test_the_first_words_are_the_start_of_the_text_with_so_many_tokens(text, count):
    start = ANALYSIS.first_words(text, count)
    tokens = ANALYSIS.tokens(text)[:count]
    assert text.startswith(start)
    assert len(start) == (tokens[-1].end if tokens else 0)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("5.1.2e, 5.1.2.E 5.1.2 e.", ["5.1.2.e"] * 3),
        ("artikel 5.1, tweede lid, aanhef en onder e, van", ["artikel", "5.1.2.e", "van"]),
        ("5.1.2 e-mail", ["5.1.2", "email"]),
        ("artikel 10, tweede lid, onder g", ["artikel", "10.2.g"]),
        ("het derde lid", ["het", "derde", "lid"]),
        ("Woo-2023/114 WOO 2023-114", ["woo-2023-114", "woo-2023-114"]),
        ("Z/23/123456 Z23-123456", ["z-23-123456", "z-23-123456"]),
        ("2023.0114", ["2023-0114"]),
        ("(ECLI:NL:RVS:2022:285).", ["ecli:nl:rvs:2022:285"]),
        ("1-2-2023, 2023-02-01 en 31-31-2023", ["2023-02-01", "2023-02-01", "en", "31-31-2023"]),
        ("€ 1.234,56 of 1234,56 of 1.000,00", ["1234,56", "of", "1234,56", "of", "1000"]),
        ("1,2,3", ["1", "2", "3"]),
        ("1234 AB, 2023 de, 2024 IN, 1000 KM", ["1234ab", "2023", "de", "2024", "in", "1000", "km"]),
        ("NL91 ABNA 0417 1643 00", ["nl91abna0417164300"]),
        ("35 112, nr. 9 en 35 112", ["35112", "nr", "9", "en", "35", "112"]),
        ("jan@minvws.nl protocol_v2.docx", ["jan", "minvws", "nl", "protocol", "v2", "docx"]),
        ("ver-\nzoek ver-\r\n  zoek ver\u00ad\nzoek", ["verzoek"] * 3),
        ("Woo-\nverzoek GGD-\narts jeugd-\nen", ["woo", "verzoek", "ggd", "arts", "jeugd", "en"]),
        ("9ver-\nzoeklid", ["9verzoeklid"]),
        ("Noord-\nHolland", ["noord", "holland"]),
        ("foto’s 's-Gravenhage zzp'er d’Hondt", ["fotos", "s", "gravenhage", "zzper", "d", "hondt"]),
        ("CAFÉ cafe\u0301 ﬁnanciën Straße œuvre", ["cafe", "cafe", "financien", "strasse", "oeuvre"]),
        ("besluit¹ m²", ["besluit", "m2"]),
        ("covid-19", ["covid", "19"]),
    ],
)
def test_a_text_is_cut_into_these_tokens(text, tokens):
    assert exact(text) == tokens


def test_a_broken_word_is_one_token_that_spans_both_lines():
    (token,) = ANALYSIS.tokens("ver-\nzoek")
    assert (token.start, token.end, token.stam) == (0, 9, "verzoek")


def test_a_compound_has_its_parts_in_order_and_the_smaller_compounds_inside():
    (token,) = ANALYSIS.tokens("Gemeenteraadsverkiezingen")
    assert token.stam == "gemeenteraadsverkiezing"
    assert token.delen == ("gemeente", "raad", "verkiezing")
    assert token.groepen == ("gemeenteraad", "raadsverkiezing")


def test_a_smaller_compound_is_written_as_that_compound_by_itself():
    (whole,) = ANALYSIS.tokens("gemeenteraadsverkiezingen")
    (alone,) = ANALYSIS.tokens("gemeenteraden")
    assert alone.stam in whole.groepen


def test_a_date_has_its_words_as_parts():
    (token,) = ANALYSIS.tokens("12-03-2023")
    assert token.delen == ("12", "maart", "2023")


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "-",
        ".",
        "1.",
        "5.",
        "5.1 ",
        "1,",
        "a-",
        "a'",
        "(10)",
        "\u00ad",
        "a\u00ad\n",
        "1 lid ",
        "ab-\n",
        "wo 2",
        "\u0301",
    ],
)
def test_a_megabyte_of_the_same_signs_is_read(piece):
    text = piece * (1_000_000 // len(piece))
    streams = ANALYSIS.streams(text)
    assert all(len(token) <= 128 for token in streams.exact.split())
    assert len(streams.exact.split()) == len(streams.stam.split())


def test_the_memory_of_words_is_bounded():
    analysis = DutchAnalysis.load(LISTS)
    for start in range(0, 100_000, 1_000):
        analysis.streams(" ".join(f"woord{number}" for number in range(start, start + 1_000)))
    assert len(analysis._words) <= 30_000
    assert analysis.streams("besluiten woord5").stam == "besluit woord5"


def test_threads_share_one_analysis():
    analysis = DutchAnalysis.load(LISTS)
    words = [
        f"{first}{second}en" for first in "besluit advies gemeente toezicht".split() for second in "abcdefgh"
    ]
    expected = [ANALYSIS.streams(word) for word in words]
    found: list[bool] = []
    threads = [
        threading.Thread(target=lambda: found.append([analysis.streams(word) for word in words] == expected))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 8


def test_the_version_changes_with_a_word_list_and_not_with_line_endings(tmp_path):
    folder = tmp_path / "zoeken"
    shutil.copytree(LISTS, folder)
    families = folder / "families.txt"
    families.write_bytes(families.read_bytes().replace(b"\n", b"\r\n"))
    assert DutchAnalysis.load(folder).version == ANALYSIS.version
    families.write_text(families.read_text() + "\nboterham boterhammen\n")
    assert DutchAnalysis.load(folder).version != ANALYSIS.version


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        ("families.txt", "brief brievenbus", "stands in the family of 'brief' too"),
        ("families.txt", "café", "lower case letters without accents"),
        ("samenstellingen.txt", "[onbekend]\nwoord", "no part of this name"),
        ("samenstellingen.txt", "[vast]\nfiets fiets", "two parts or more"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place(tmp_path, name, line, message):
    folder = tmp_path / "zoeken"
    shutil.copytree(LISTS, folder)
    full = (folder / name).read_text() + "\n" + line + "\n"
    (folder / name).write_text(full)
    with pytest.raises(InvalidValue, match=message) as refusal:
        DutchAnalysis.load(folder)
    assert f"{name} line {len(full.splitlines())}" in str(refusal.value)


def test_a_missing_list_is_named(tmp_path):
    with pytest.raises(InvalidValue, match=r"families\.txt.*no such file"):
        DutchAnalysis.load(tmp_path)
