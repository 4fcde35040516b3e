"""The score of a text tells written language from the garbage of a bad text layer, and leaves other languages in peace."""

import random
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.bench.brieven import letters
from woo.analysis.leesbaarheid import GROUPS, Leesbaarheid
from woo.domain.errors import InvalidValue
from woo.settings import config_folder

LEESBAARHEID = Leesbaarheid.load(config_folder() / "zoeken")
DUTCH = [brief.tekst for brief in letters(6, seed=3)]
OTHERS = {
    "english": "All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience.",
    "german": "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt.",
    "french": "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison.",
    "italian": "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione.",
    "frisian": "Alle minsken wurde frij en gelyk yn weardigens en rjochten berne. Hja hawwe ferstân en gewisse meikrigen.",
}


def garbled(text: str) -> str:
    other = list(string.ascii_lowercase)
    random.Random(5).shuffle(other)
    return text.lower().translate(str.maketrans(string.ascii_lowercase, "".join(other)))


def shifted(text: str) -> str:
    """As a font without a table of letters comes out: every code some places on."""
    return "".join(sign if sign.isspace() else chr(max(33, ord(sign) - 29)) for sign in text)


def misread(text: str, share: float) -> str:
    dice = random.Random(9)
    return "".join(
        dice.choice("acehilmnrtu1|!") if sign.isalpha() and dice.random() < share else sign for sign in text
    )


def score(text: str) -> float:
    found = LEESBAARHEID.score(text)
    assert found is not None
    return found


@pytest.mark.parametrize("text", DUTCH)
def test_dutch_letters_score_high_and_their_garbage_low(text: str) -> None:
    assert score(text) > 0.9
    assert LEESBAARHEID.is_plain(text)
    for garbage in (garbled(text), shifted(text)):
        assert score(garbage) < 0.15
        assert not LEESBAARHEID.is_plain(garbage)


def test_the_more_letters_are_misread_the_lower_the_score() -> None:
    text = " ".join(DUTCH)[:3000]
    scores = [score(misread(text, share)) for share in (0, 0.03, 0.1, 0.2, 0.4)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] - scores[2] > 0.1


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_other_languages_are_not_taken_for_garbage(text: str) -> None:
    assert score(text) > 0.7


def test_a_table_of_numbers_says_nothing_about_its_letters() -> None:
    table = "\n".join(f"{year} {year * 37 % 999:,}.00 € {year * 7 % 100} %" for year in range(1990, 2024))
    assert LEESBAARHEID.score(table) is None
    assert score(f"{DUTCH[0][:300]}\n{table}") > 0.9


@pytest.mark.parametrize("text", ["", "  \n", "123", "Bijlage 3", "?" * 500])
def test_too_few_letters_have_no_score(text: str) -> None:
    assert LEESBAARHEID.score(text) is None
    assert not LEESBAARHEID.is_plain(text)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_a_score_from_0_to_1_or_none(text: str) -> None:
    found = LEESBAARHEID.score(text)
    assert found is None or 0 <= found <= 1
    assert LEESBAARHEID.is_plain(text) in (True, False)


@pytest.mark.parametrize("line", ["10 de_ het", "x de_", "5 de", "5 ettes"])
def test_a_line_that_is_not_a_weight_and_groups_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / GROUPS).write_text(f"# uitleg\n9 _de de_\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidValue, match="line 3"):
        Leesbaarheid.load(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match=GROUPS):
        Leesbaarheid.load(tmp_path)
