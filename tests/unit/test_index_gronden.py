"""Grounds named in a text: those of the law, however they are written, and not the numbers of paragraphs."""

import pytest

from tests.api.site import load_analysis
from woo.index.gronden import mentioned

ANALYSIS = load_analysis()


def named(*pages: str) -> tuple[str, ...]:
    return mentioned(ANALYSIS.streams(page).exact for page in pages)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("5.1.2e", ("5.1.2.e",)),
        ("(5.1.2 e)", ("5.1.2.e",)),
        ("art. 5.1 lid 2 sub e Woo", ("5.1.2.e",)),
        ("artikel 5.1, tweede lid, aanhef en onder e, van de Woo", ("5.1.2.e",)),
        ("artikel 10 lid 2 onder e Wob", ("10.2.e",)),
        ("artikel 10, tweede lid, onder g, van de Wet openbaarheid van bestuur", ("10.2.g",)),
        ("artikel 5.2, eerste lid, van de Wet open overheid", ("5.2.1",)),
        ("artikel 5.1, vijfde lid, Woo", ("5.1.5",)),
        ("artikel 11, eerste lid, van de Wob", ("11.1",)),
        ("artikel 5.4 van de Woo", ("5.4",)),
    ],
)
def test_a_ground_is_read_in_every_spelling(text: str, codes: tuple[str, ...]) -> None:
    assert named(f"Weggelakt op grond van {text}.") == codes


@pytest.mark.parametrize(
    "text",
    [
        "artikel 5.1, tweede lid, onder a, van de Omgevingswet",
        "Zie paragraaf 5.2.1 van het rapport.",
        "artikel 5.2, eerste lid, van de Omgevingswet en artikel 3.3 van de Woo",
        "artikel 8.8 van de verordening",
        "artikel 5.1.2.z",
        "hoofdstuk 11.1",
        "",
    ],
)
def test_what_only_looks_like_a_ground_is_none(text: str) -> None:
    assert named(text) == ()


def test_each_ground_is_told_once_in_the_order_of_the_law() -> None:
    assert named("5.1.2i en 5.1.2e", "10.2.g", "5.1.2e") == ("5.1.2.e", "5.1.2.i", "10.2.g")
