"""Fingerprints of texts: nearly the same text, nearly the same numbers; nothing else makes them look alike."""

import random
from statistics import mean

import pytest

from woo.analysis.shingles import BANDS, bands_of, fingerprint_of, likeness

SYLLABLES = ("ba", "de", "gu", "ko", "li", "mo", "na", "pe", "ru", "so", "ti", "vu")


def words(count: int, rng: random.Random) -> list[str]:
    return ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 5))) for _ in range(count)]


def changed(text: list[str], places: int, rng: random.Random) -> list[str]:
    other = list(text)
    for place in rng.sample(range(len(text)), places):
        other[place] = f"anders{rng.randrange(10**9)}"
    return other


def shared(one: list[str], other: list[str]) -> float:
    """The share of runs of five words that both have, counted."""
    ours, theirs = ({tuple(text[at : at + 5]) for at in range(len(text) - 4)} for text in (one, other))
    return len(ours & theirs) / len(ours | theirs)


def made(text: list[str]) -> bytes:
    found = fingerprint_of([" ".join(text)])
    assert found is not None
    return found


@pytest.mark.parametrize("length", [41, 120, 900, 6000])
def test_the_likeness_is_the_share_of_runs_of_words_that_both_texts_have(length: int) -> None:
    rng = random.Random(length)
    errors = []
    for places in (0, 1, 2, length // 60, length // 25):
        for _ in range(6):
            one = words(length, rng)
            other = changed(one, places, rng)
            errors.append(likeness(made(one), made(other)) - shared(one, other))
    assert abs(mean(errors)) < 0.03
    assert max(map(abs, errors)) < 0.15


def test_what_is_alike_shares_a_band_and_what_is_not_is_no_candidate() -> None:
    rng = random.Random(5)
    for _ in range(40):
        one = words(400, rng)
        near, far = changed(one, 7, rng), words(400, rng)
        ours = set(enumerate(bands_of(made(one))))
        assert shared(one, near) > 0.8
        assert ours & set(enumerate(bands_of(made(near))))
        assert not ours & set(enumerate(bands_of(made(far))))
        assert likeness(made(one), made(far)) < 0.05


def test_case_accents_punctuation_and_page_breaks_make_no_difference() -> None:
    text = "De coördinator schreef: «één besluit», en stuurde het 3 keer op." * 2
    long = " ".join([text, *words(60, random.Random(1))])
    plain = long.upper().replace("Ö", "O").replace("É", "E").replace(",", "")
    cut = long.index("stuurde")
    assert fingerprint_of([long]) == fingerprint_of([plain]) == fingerprint_of([long[:cut], "", long[cut:]])


def test_too_little_text_has_no_fingerprint() -> None:
    rng = random.Random(2)
    assert fingerprint_of([]) is None
    assert fingerprint_of(["Zie bijlage."]) is None
    assert fingerprint_of([" ".join(words(39, rng))]) is None
    assert fingerprint_of([" ".join(words(40, rng))]) is not None
    assert fingerprint_of(["ja en nee en ja " * 500]) is None  # many words, hardly any text


def test_the_same_text_has_the_same_numbers_in_every_version_of_the_platform() -> None:
    text = [f"woord{number} van de tekst" for number in range(50)]
    found = made(text)
    assert len(found) == 512
    assert found.hex()[:32] == "8f9d01c9cddfa677df6e99cd05df7442"
    assert bands_of(found)[0] == -8707175634020226646
    assert len(bands_of(found)) == BANDS
    assert all(-(2**63) <= band < 2**63 for band in bands_of(found))


def test_broken_characters_and_any_script_are_text_too() -> None:
    odd = [f"漢字{number} \ud800 ßß{number}" for number in range(60)]
    assert likeness(made(odd), made(odd)) == 1.0


def test_something_else_than_a_fingerprint_is_refused() -> None:
    with pytest.raises(ValueError, match="512 bytes"):
        likeness(b"", made(words(50, random.Random(3))))
