"""The relation set: which query words find which text, by a matcher that knows nothing but the streams."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from woo.analysis import DutchAnalysis, Token

ROOT = Path(__file__).parents[2]
RELATIES = yaml.safe_load((ROOT / "tests/corpus/relaties.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def analysis() -> DutchAnalysis:
    return DutchAnalysis.load(ROOT / "config/zoeken")


def finds(analysis: DutchAnalysis, zoek: str, tekst: str) -> bool:
    streams = analysis.streams(tekst)
    stam, delen = streams.stam.split(), set(streams.delen.split())

    def found(word: Token) -> bool:
        parts, size = list(word.delen), len(word.delen)
        beside = size > 1 and any(stam[at : at + size] == parts for at in range(len(stam) - size + 1))
        return word.stam in stam or word.stam in delen or beside

    words = analysis.tokens(zoek)
    return bool(words) and all(found(word) for word in words)


@pytest.mark.parametrize("pair", RELATIES["match"], ids=lambda pair: f"{pair['zoek']} - {pair['tekst']}")
def test_the_query_finds_the_text(analysis, pair):
    assert finds(analysis, pair["zoek"], pair["tekst"])


@pytest.mark.parametrize("pair", RELATIES["geen_match"], ids=lambda pair: f"{pair['zoek']} - {pair['tekst']}")
def test_the_query_does_not_find_the_text(analysis, pair):
    assert not finds(analysis, pair["zoek"], pair["tekst"])


def test_the_set_is_large_and_says_nothing_twice():
    pairs = [(pair["zoek"], pair["tekst"]) for part in ("match", "geen_match") for pair in RELATIES[part]]
    assert len(pairs) >= 220
    assert [pair for pair, times in Counter(pairs).items() if times > 1] == []
    assert all(set(pair) == {"zoek", "tekst", "soort"} for part in RELATIES.values() for pair in part)
