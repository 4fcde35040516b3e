"""Cells with grounds: taken apart, each a code of its list, and what is none refused."""

from pathlib import Path

import pytest

from woo.diwoo.gronden import WOB_GRONDEN, WOO_GRONDEN
from woo.domain.inventaris import Bijzonderheid
from woo.inventaris.fouten import Celfout
from woo.inventaris.gronden import Grondenlezer
from woo.inventaris.woordenlijst import Woordenlijst

DUBBEL, BUITEN = Bijzonderheid.DUBBEL, Bijzonderheid.BUITEN_VERZOEK


@pytest.fixture(scope="module")
def lezer() -> Grondenlezer:
    root = Path(__file__).resolve().parents[2]
    return Grondenlezer(Woordenlijst.load(root / "config" / "inventaris.yaml"), (*WOO_GRONDEN, *WOB_GRONDEN))


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("5.1.2e", ["5.1.2.e"]),
        ("5.1.2e; 5.1 lid 2 sub i", ["5.1.2.e", "5.1.2.i"]),
        ("5.1.2.e;5.1.2.e", ["5.1.2.e"]),
        ("art. 10.2.g Wob", ["10.2.g"]),
        ("10.2.e, 10.2.g", ["10.2.e", "10.2.g"]),
        ("10.2.e / 11.1", ["10.2.e", "11.1"]),
        ("5.1.2.e en 5.1.2.i", ["5.1.2.e", "5.1.2.i"]),
        ("5.1.2.e + 5.1.2.i & 5.1.5", ["5.1.2.e", "5.1.2.i", "5.1.5"]),
        ("5.1, lid 2, sub e", ["5.1.2.e"]),
        ("5.1, lid 2, sub e, 5.1, lid 2, sub i", ["5.1.2.e", "5.1.2.i"]),
        ("artikel 5.1, tweede lid, aanhef en onder e, Woo", ["5.1.2.e"]),
        ("5.1.1e\n5.2.1", ["5.1.1.e", "5.2.1"]),
        ("5.1.2.i | 10.2.e", ["5.1.2.i", "10.2.e"]),
    ],
)
def test_grounds_are_split_and_brought_to_their_code(
    lezer: Grondenlezer, cell: str, codes: list[str]
) -> None:
    assert lezer.read(cell) == (tuple(codes), ())


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("dubbel", ((), (DUBBEL,))),
        ("Dubbel; 5.1.2.e", (("5.1.2.e",), (DUBBEL,))),
        ("buiten reikwijdte verzoek", ((), (BUITEN,))),
    ],
)
def test_what_is_no_ground_is_told_apart(lezer: Grondenlezer, cell: str, found: object) -> None:
    assert lezer.read(cell) == found


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("5.1.2.z", "is geen grond van de Woo of de Wob (bedoelt u"),
        ("5.1.2.e; 9.9", "“9.9” is geen grond"),
        ("5.1.2.e, f en i", "“f” is geen grond"),
        ("5.1.2.e Wob", "is geen grond"),
        ("10.2.e Woo", "is geen grond"),
        ("privacy", "is geen grond"),
        (",".join(["5.1.2.e"] * 41), "meer dan 40 delen"),
    ],
)
def test_what_is_not_known_is_refused_by_name(lezer: Grondenlezer, cell: str, why: str) -> None:
    with pytest.raises(Celfout) as refused:
        lezer.read(cell)
    assert why in str(refused.value)


def test_a_heading_may_name_a_ground(lezer: Grondenlezer) -> None:
    assert lezer.kolom("10.2e") == "10.2.e"
    assert lezer.kolom("dubbel") is None
    assert lezer.kolom("Nr.") is None
