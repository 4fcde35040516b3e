"""Cells with grounds: taken apart, each a code of its list, and what is none refused."""

from pathlib import Path

import pytest

from woo.diwoo.gronden import WOB_GRONDEN, WOO_GRONDEN
from woo.domain.inventaris import Bijzonderheid
from woo.inventaris.fouten import Celfout
from woo.inventaris.gronden import Grondenlezer
from woo.inventaris.woordenlijst import Woordenlijst

DUBBEL, BUITEN = Bijzonderheid.DUBBEL, Bijzonderheid.BUITEN_VERZOEK
ALLEEN = Bijzonderheid.ALLEEN_AAN_VERZOEKER


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
    assert lezer.read(cell) == (tuple(codes), (), ())


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("dubbel", ((), (DUBBEL,), ())),
        ("Dubbel; 5.1.2.e", (("5.1.2.e",), (DUBBEL,), ())),
        ("buiten reikwijdte verzoek", ((), (BUITEN,), ())),
        ("Alleen aan verzoeker", ((), (ALLEEN,), ())),
        ("art. 5.5 Woo", ((), (ALLEEN,), ())),
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


@pytest.mark.parametrize(
    ("cell", "codes", "wetten"),
    [
        ("8.8 AWR 67", ["8.8"], ["artikel 67 Algemene wet inzake rijksbelastingen"]),
        ("art. 8.8 Woo jo. art. 67 AWR", ["8.8"], ["artikel 67 Algemene wet inzake rijksbelastingen"]),
        ("8.8 (artikel 2.57 van de Aanbestedingswet 2012)", ["8.8"], ["artikel 2.57 Aanbestedingswet 2012"]),
        ("8.8 Archiefwet art. 15, eerste lid; 5.1.2.e", ["8.8", "5.1.2.e"], ["artikel 15 eerste lid Archiefwet 1995"]),
        ("5.1.2.e, 8.8 AWR 67", ["5.1.2.e", "8.8"], ["artikel 67 Algemene wet inzake rijksbelastingen"]),
        ("artikel 87 Gemeentewet", ["geheimhouding"], ["artikel 87 Gemeentewet"]),
        ("geheimhouding", ["geheimhouding"], []),
        ("8.8", ["8.8"], []),
    ],
)  # fmt: skip
def test_a_ground_that_refers_to_another_law_keeps_law_and_article(
    lezer: Grondenlezer, cell: str, codes: list[str], wetten: list[str]
) -> None:
    assert lezer.read(cell) == (tuple(codes), (), tuple(wetten))


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("8.8 AWR", "noemt een wet zonder artikel"),
        ("8.8 Wet op de fantasie 3", "een wet of een artikel dat niet bekend is"),
        ("8.8 AWR zevenenzestig", "een wet of een artikel dat niet bekend is"),
        ("67 AWR", "is geen grond"),
    ],
)
def test_a_law_or_article_that_is_not_known_is_refused(lezer: Grondenlezer, cell: str, why: str) -> None:
    with pytest.raises(Celfout) as refused:
        lezer.read(cell)
    assert why in str(refused.value)


def test_a_heading_may_name_a_ground(lezer: Grondenlezer) -> None:
    assert lezer.kolom("10.2e") == "10.2.e"
    assert lezer.kolom("dubbel") is None
    assert lezer.kolom("Nr.") is None
