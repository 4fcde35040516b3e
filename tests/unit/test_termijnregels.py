"""The file of rules is read strictly: what is unknown, missing or contradicts itself is refused with its place."""

from pathlib import Path

import pytest

from woo.diwoo.termijnen import load_regels
from woo.diwoo.termijnreferentie import page
from woo.diwoo.waarden import WaardelijstFout

REGEL = {
    "code": "a",
    "naam": "A",
    "artikel": "artikel 1",
    "bron": "https://voorbeeld.example",
    "soort": "plicht",
    "weken": "2",
    "vanaf": "ontvangst",
    "wat": "iets doen",
    "geldt_vanaf": "2022-05-01",
}


def written(path: Path, *regels: dict[str, str]) -> Path:
    lines = ["regels:"]
    for regel in regels:
        lines += [f"{'- ' if n == 0 else '  '}{key}: {value}" for n, (key, value) in enumerate(regel.items())]
    path.write_text("\n".join(lines))
    return path


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in REGEL.items() if key != name}


def test_a_whole_rule_is_read(tmp_path: Path) -> None:
    [regel] = load_regels(written(tmp_path / "a.yaml", REGEL))
    assert (regel.code, regel.dagen, regel.dag_erna, regel.termijnenwet) == ("a", 14, True, True)


@pytest.mark.parametrize(
    ("regel", "why"),
    [
        (without("artikel"), "missing: artikel"),
        (REGEL | {"lengte": "3"}, "line 11: unknown key 'lengte'"),
        (REGEL | {"dagen": "3"}, "weken or dagen, not both"),
        (REGEL | {"weken": "0"}, "above 0"),
        (REGEL | {"weken": "true"}, "above 0"),
        (REGEL | {"soort": "misschien"}, "accepted are plicht, kans, ander, wacht"),
        (REGEL | {"vanaf": "volle_maan"}, "accepted are ontvangst"),
        (REGEL | {"klaar_door": "afgedaan"}, "a list of str"),
        (REGEL | {"opschorting": "soms"}, "true or false"),
        (REGEL | {"geldt_vanaf": "vroeger"}, "must be a date"),
        (REGEL | {"geldt_tot": "2020-01-01"}, "before geldt_vanaf"),
        (REGEL | {"soort": "ander"}, "say of whom"),
        (REGEL | {"verlengt": "[b]"}, "a term that is not there"),
        (REGEL | {"naam": "''"}, "must be text"),
    ],
)
def test_a_rule_that_is_wrong_is_refused(tmp_path: Path, regel: dict[str, str], why: str) -> None:
    with pytest.raises(WaardelijstFout, match=why):
        load_regels(written(tmp_path / "a.yaml", regel))


def test_two_rules_of_one_code_may_follow_each_other_but_not_overlap(tmp_path: Path) -> None:
    early = REGEL | {"geldt_vanaf": "2009-10-01", "geldt_tot": "2022-04-30"}
    assert len(load_regels(written(tmp_path / "a.yaml", REGEL, early)).regels) == 2
    with pytest.raises(WaardelijstFout, match="at the same time"):
        load_regels(written(tmp_path / "b.yaml", REGEL, early | {"geldt_tot": "2022-05-01"}))


def test_a_file_without_rules_is_refused(tmp_path: Path) -> None:
    for text in ("", "regels: []", "regels: [3]", "termijnen: []"):
        path = tmp_path / "leeg.yaml"
        path.write_text(text)
        load_regels.cache_clear()
        with pytest.raises(WaardelijstFout):
            load_regels(path)


def test_the_page_of_the_rules_is_that_of_the_files(root: Path) -> None:
    written = (root / "docs" / "termijnen.md").read_text("utf-8")
    assert written == page(), "make it again: python -m woo.diwoo.termijnreferentie > docs/termijnen.md"
