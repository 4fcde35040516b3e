"""Value lists are renewed from what the standard gives out: differences first, nothing lost, nothing guessed."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.conftest import ROOT, SHARED
from woo.cli import build_app
from woo.diwoo.lijstbestand import read_lijst
from woo.diwoo.lijstbron import NAMEN, read_bron
from woo.diwoo.lijstvernieuwing import Vernieuwing, compare
from woo.diwoo.waarden import WaardelijstFout
from woo.settings import load_settings
from woo.usecases.platform import open_platform

_LISTS = ROOT / "config" / "waardelijsten"
_TODAY = date(2026, 11, 26)
_KERN = "https://identifier.overheid.nl/tooi/def/thes/kern"
_NOW = [
    (f"{_KERN}/c_e1ec050e", "ondertekening"),
    (f"{_KERN}/c_dfcee535", "ontvangst"),
    (f"{_KERN}/c_641ecd76", "vaststelling"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / "waardelijsten"
    shutil.copytree(_LISTS, copied)
    return copied


def _json(tmp_path: Path, items: list[tuple[str, str]], versie: int = 3, **changes: Any) -> Path:
    fields: dict[str, Any] = {
        "simpleType": "soorthandelinglijst",
        "set_uri": f"https://identifier.overheid.nl/tooi/set/ccw_plooi_documenthandelingen/{versie}",
        "beschrijving": ["publicatiedatum: 2026-10-01"],
        "items": [{"uri": uri, "label": label} for uri, label in items],
    }
    path = tmp_path / "lijst.json"
    path.write_text(json.dumps(fields | changes), "utf-8")
    return path


def _compare(folder: Path, file: Path) -> list[Vernieuwing]:
    return compare(folder, read_bron(file), bestand=file, vandaag=_TODAY)


def _apply(folder: Path, found: list[Vernieuwing]) -> None:
    for each in found:
        (folder / f"{each.lijst}.yaml").write_text(each.inhoud, "utf-8")


def test_what_is_new_changed_and_expired_is_told_and_kept(tmp_path: Path, folder: Path) -> None:
    file = _json(
        tmp_path,
        [_NOW[0], (_NOW[1][0], "ontvangst door bestuursorgaan"), (f"{_KERN}/c_12345678", "verzending")],
    )
    (found,) = _compare(folder, file)
    assert (found.lijst, found.van, found.naar) == ("handelingen", "2", "3")
    assert found.nieuw == (("c_12345678", "verzending"),)
    assert found.gewijzigd == (("c_dfcee535", "ontvangst", "ontvangst door bestuursorgaan"),)
    assert found.vervallen == (("c_641ecd76", "vaststelling"),)
    _apply(folder, [found])
    lijst = read_lijst(folder / "handelingen.yaml")
    assert lijst.versie == "3"
    assert lijst.get("c_641ecd76").extra["vervallen"] == date(2026, 10, 1)
    assert lijst.get("c_dfcee535").naam == "ontvangst door bestuursorgaan"
    assert "vervallen" not in lijst.get("c_12345678").extra
    assert (folder / "handelingen.yaml").read_text("utf-8").startswith("# Waardelijst van DiWoo")
    assert _compare(folder, file) == []


def test_an_expired_code_may_come_back(tmp_path: Path, folder: Path) -> None:
    _apply(folder, _compare(folder, _json(tmp_path, _NOW[:2])))
    (found,) = _compare(folder, _json(tmp_path, _NOW, versie=4))
    assert (found.terug, found.nieuw) == ((("c_641ecd76", "vaststelling"),), ())
    _apply(folder, [found])
    assert "vervallen" not in read_lijst(folder / "handelingen.yaml").get("c_641ecd76").extra


def test_a_new_version_with_the_same_values_is_a_difference_too(tmp_path: Path, folder: Path) -> None:
    (found,) = _compare(folder, _json(tmp_path, _NOW))
    assert (found.verschilt, found.naar) == (False, "3")
    assert _compare(folder, _json(tmp_path, _NOW, versie=2)) == []


def test_a_list_of_one_kind_of_organisation_leaves_the_others_alone(tmp_path: Path, folder: Path) -> None:
    provincies = [w for w in read_lijst(folder / "organisaties.yaml") if w.extra.get("soort") == "provincie"]
    rows = [f'{w.uri},"{w.naam}",' for w in provincies[1:]]
    rows.append("https://identifier.overheid.nl/tooi/id/provincie/pv99,provincie Zuiderveld,")
    file = tmp_path / "provincielijst.csv"
    file.write_text("uri,label,toelichting\n" + "\n".join(rows) + "\n", "utf-8")
    (found,) = _compare(folder, file)
    assert found.nieuw == (("pv99", "provincie Zuiderveld"),)
    assert found.vervallen == ((provincies[0].code, provincies[0].naam),)
    before = {w.code: w for w in read_lijst(folder / "organisaties.yaml")}
    _apply(folder, [found])
    after = {w.code: w for w in read_lijst(folder / "organisaties.yaml")}
    assert after.pop("pv99").extra["soort"] == "provincie"
    assert after.pop(provincies[0].code).extra["vervallen"] == _TODAY
    before.pop(provincies[0].code)
    assert {code: dict(w.extra) for code, w in after.items()} == {
        code: {k: v for k, v in w.extra.items() if v is not None} for code, w in before.items()
    }


@pytest.mark.parametrize("naam", sorted({naam for naam, _ in NAMEN.values()}))
def test_what_is_written_is_read_as_it_was(folder: Path, naam: str) -> None:
    """Every list of ours, with one value expired, comes back with all its own fields."""
    before = read_lijst(folder / f"{naam}.yaml")
    types = [type_ for type_, (own, _) in NAMEN.items() if own == naam]
    first = next(iter(before))
    kind = {soort: type_ for type_, (own, soort) in NAMEN.items() if own == naam}
    type_ = kind.get(str(first.extra.get("soort"))) or types[0]
    soort = NAMEN[type_][1]
    rows = [w for w in before if w is not first and (soort is None or w.extra.get("soort") == soort)]
    file = folder.parent / f"{type_}.csv"
    quoted = (f'{w.uri},"{w.naam.replace(chr(34), chr(34) * 2)}",' for w in rows)
    file.write_text("uri,label,toelichting\n" + "\n".join(quoted) + "\n", "utf-8")
    (found,) = _compare(folder, file)
    assert [code for code, _ in found.vervallen] == [first.code]
    assert (found.nieuw, found.gewijzigd) == ((), ())
    _apply(folder, [found])
    after = read_lijst(folder / f"{naam}.yaml")
    assert [(w.code, w.uri, w.naam) for w in after] == [(w.code, w.uri, w.naam) for w in before]
    for old, new in zip(before, after, strict=True):
        filled = {key: value for key, value in new.extra.items() if key != "vervallen" and value is not None}
        assert filled == {key: value for key, value in old.extra.items() if value is not None}


@pytest.mark.needs("shared")
def test_the_lists_of_the_standard_are_ours() -> None:
    """The XSD, and each of its lists as JSON and CSV, change nothing: our lists are those."""
    standard = SHARED / "standards" / "diwoo"
    xsd = read_bron(standard / "xsd" / "diwoo" / "diwoo-metadata-lijsten.xsd")
    assert {each.type for each in xsd} == set(NAMEN)
    assert [each for each in compare(_LISTS, xsd, bestand=Path("x"), vandaag=_TODAY) if each.verschilt] == []
    for type_ in NAMEN:
        for kind in ("json", "csv"):
            found = _compare(_LISTS, standard / "lists" / f"{type_}.{kind}")
            assert [each for each in found if each.verschilt] == []


@pytest.mark.parametrize(
    ("naam", "content", "why"),
    [
        ("lijst.txt", "iets", "must be the lists XSD"),
        ("lijst.json", "{", "no valid JSON"),
        ("lijst.json", "[]", "must hold simpleType"),
        (
            "lijst.json",
            '{"simpleType": "iets", "items": [{"uri": "https://a", "label": "a"}]}',
            "none of the lists",
        ),
        ("lijst.json", '{"simpleType": "themalijst", "items": []}', "is empty"),
        ("lijst.json", '{"simpleType": "themalijst", "items": [{"uri": "a b", "label": "a"}]}', "has no URI"),
        (
            "lijst.json",
            '{"simpleType": "themalijst", "items": [{"uri": "https://a", "label": " "}]}',
            "has no name",
        ),
        ("themalijst.csv", "uri,label\nhttps://a,b\nhttps://a,c\n", "twice"),
        ("themalijst.csv", "code,naam\n", "columns uri and label"),
        ("lijst.xsd", "<a>", "no well-formed XML"),
        ("lijst.xsd", "<a/>", "none of the lists of DiWoo"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(tmp_path: Path, naam: str, content: str, why: str) -> None:
    file = tmp_path / naam
    file.write_text(content, "utf-8")
    with pytest.raises(WaardelijstFout, match=why):
        read_bron(file)
    with pytest.raises(WaardelijstFout, match="cannot be read"):
        read_bron(tmp_path / "weg.json")


def test_a_new_value_that_needs_more_than_the_standard_tells_is_not_guessed(
    tmp_path: Path, folder: Path
) -> None:
    talen = [(w.uri, w.naam) for w in read_lijst(folder / "talen.yaml")]
    new = ("http://publications.europa.eu/resource/authority/language/ISL", "IJslands")
    file = _json(tmp_path, [*talen, new], simpleType="taallijst")
    with pytest.raises(WaardelijstFout, match="also needs iso_639_1, iso_639_3, bcp47"):
        _compare(folder, file)


def test_the_command_shows_asks_and_writes_with_a_line_in_the_log(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("woo.usecases.platform.config_folder", lambda: folder.parent)
    shutil.copy(ROOT / "config" / "feestdagen.yaml", folder.parent / "feestdagen.yaml")
    monkeypatch.setenv("WOO_HOME", str(tmp_path / "home"))
    file = _json(tmp_path, _NOW[:2])
    before = (folder / "handelingen.yaml").read_text("utf-8")

    def run(*words: str) -> Any:
        return CliRunner().invoke(build_app(), ["waardelijsten", "update", str(file), *words])

    shown = run("--dry-run")
    assert (shown.exit_code, "c_641ecd76 (vaststelling)" in shown.output) == (0, True)
    assert run().exit_code == 2  # nobody to ask
    assert (folder / "handelingen.yaml").read_text("utf-8") == before
    done = run("--yes")
    assert done.exit_code == 0
    assert "Written: handelingen" in done.output
    assert read_lijst(folder / "handelingen.yaml").get("c_641ecd76").extra["vervallen"] == date(2026, 10, 1)
    assert "nothing to do" in run("--yes").output
    with open_platform(load_settings({"WOO_HOME": str(tmp_path / "home")}, cwd=tmp_path)) as platform:
        with platform.registry.read() as reading:
            (line,) = reading.events(object_id="handelingen")
        assert (line.actie, line.details["vervallen"]) == ("waardelijst_changed", 1)
    file.write_text("{", "utf-8")
    assert run("--yes").exit_code == 1
