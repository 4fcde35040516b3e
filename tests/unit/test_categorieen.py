"""What belongs to each category is said for every one, and a file that is wrong is refused with its place."""

from pathlib import Path

import pytest
import yaml

from woo.diwoo.categorieen import Categorieen, Categorieveld, Veldsoort
from woo.diwoo.waardelijsten import Waardelijsten, WaardelijstFout
from woo.domain.errors import InvalidValue
from woo.settings import config_folder
from woo.usecases.controle.blik import looks_like_file_name

PATH = config_folder() / "categorieen.yaml"


@pytest.fixture(scope="module")
def lijsten() -> Waardelijsten:
    return Waardelijsten.load(config_folder() / "waardelijsten")


def test_every_category_of_the_list_has_its_article_and_says_what_each_field_is(
    lijsten: Waardelijsten,
) -> None:
    for waarde in lijsten.informatiecategorieen:
        categorie = lijsten.categorieen.categorie(waarde.code)
        assert categorie is not None
        assert categorie.artikel == str(waarde.extra["artikel"]).removeprefix("art. ").removeprefix(
            "artikel "
        )
        for veld in categorie.velden:
            assert veld.uitleg.endswith("."), veld
            assert len(veld.uitleg.split()) <= 22, veld


def test_a_field_that_two_categories_ask_for_is_there_once_and_must_be_filled_if_one_says_so(
    lijsten: Waardelijsten,
) -> None:
    besluiten, beschikkingen = "c_aab6bfc7", "c_46a81018"
    for codes in ((besluiten, beschikkingen), (beschikkingen, besluiten)):
        [datum] = [veld for veld in lijsten.categorieen.velden(codes) if veld.naam == "besluitdatum"]
        assert datum.vereist
    assert lijsten.categorieen.velden(["onbekend"]) == ()
    assert lijsten.categorieen.met_besluit(["c_3baef532"])
    assert not lijsten.categorieen.met_besluit([besluiten])


@pytest.mark.parametrize(
    ("soort", "good", "bad"),
    [
        (Veldsoort.DATUM, " 2024-02-29 ", ("2023-02-29", "29-02-2024", "20240229", "ooit")),
        (Veldsoort.JAAR, "2026", ("26", "1899", "2026-01-01")),
        (Veldsoort.TEKST, "gemeente Voorbeeld", ("x" * 1001,)),
    ],
)
def test_a_value_is_checked_and_never_guessed(soort: Veldsoort, good: str, bad: tuple[str, ...]) -> None:
    veld = Categorieveld("veld", "Veld", soort, vereist=True, uitleg="Een veld.")
    assert veld.checked(good) == good.strip()
    for value in bad:
        with pytest.raises(InvalidValue):
            veld.checked(value)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda rows: rows.pop(), "missing"),
        (lambda rows: rows.append(rows[0]), "twice"),
        (lambda rows: rows[0].update(code="c_onbekend"), "not in the list"),
        (lambda rows: rows[0].update(kleur="rood"), "must have"),
        (lambda rows: rows[0]["velden"][0].update(soort="kleur"), "soort must be"),
        (lambda rows: rows[0]["velden"][0].update(vereist="ja"), "true or false"),
        (lambda rows: rows[0]["velden"][0].update(naam="Met Spaties"), "small letters"),
        (lambda rows: rows[13].update(dossier="verzoek"), "besluit"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(
    tmp_path: Path, lijsten: Waardelijsten, change, why
) -> None:  # type: ignore[no-untyped-def]
    content = yaml.safe_load(PATH.read_text("utf-8"))
    change(content["categorieen"])
    path = tmp_path / "categorieen.yaml"
    path.write_text(yaml.safe_dump(content), "utf-8")
    with pytest.raises(WaardelijstFout, match=why):
        Categorieen.load(path, [waarde.code for waarde in lijsten.informatiecategorieen])


@pytest.mark.parametrize(
    "titel", ["besluit.pdf", "Besluit rondweg.DOCX", "besluit_2023-114", "scan-0012", " IMG_2041.JPG "]
)
def test_a_file_name_is_known_as_one(titel: str) -> None:
    assert looks_like_file_name(titel)


@pytest.mark.parametrize(
    "titel", ["Besluit over de rondweg", "Jaarverslag 2025", "Woo-besluit", "Nota ruimte."]
)
def test_a_title_is_not_taken_for_a_file_name(titel: str) -> None:
    assert not looks_like_file_name(titel)
