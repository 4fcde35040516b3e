"""Every judgement and ground has an explanation, and a file that leaves one out is refused with its place."""

from pathlib import Path

import pytest
import yaml

from woo.diwoo.uitleg import Uitlegboek
from woo.diwoo.waardelijsten import Waardelijsten, WaardelijstFout
from woo.settings import config_folder

PATH = config_folder() / "uitleg.yaml"


@pytest.fixture(scope="module")
def lijsten() -> Waardelijsten:
    return Waardelijsten.load(config_folder() / "waardelijsten")


def test_every_ground_is_explained_in_sentences_with_its_article(lijsten):
    book = Uitlegboek.load(PATH, lijsten)
    for waarde in (*lijsten.weigeringsgronden, *lijsten.wob_gronden):
        uitleg = book.grond(waarde.code)
        assert uitleg.naam, waarde.code
        assert uitleg.uitleg.endswith("."), waarde.code
        assert uitleg.bron == waarde.uri
        for sentence in uitleg.uitleg.split(". "):
            assert len(sentence.split()) <= 22, (waarde.code, sentence)
    assert book.grond("5.1.2.e").artikel == "artikel 5.1, lid 2, onder e, Woo"
    assert book.grond("10.2.e").uitleg == book.grond("5.1.2.e").uitleg
    assert "Wob" in (book.grond("10.2.e").artikel or "")


def test_everything_is_explained_in_english_as_well_and_what_is_not_stays_dutch(lijsten, tmp_path: Path):
    book = Uitlegboek.load(PATH, lijsten)
    english = book.told_in("en")
    for of in ("beoordelingen", "bijzonderheden"):
        dutch, told = getattr(book, of), getattr(english, of)
        assert all(each.taal == "en" and each.uitleg != dutch[code].uitleg for code, each in told.items())
    assert english.opgeschort.naam == "Not public yet"
    for code, told in english.gronden.items():
        if book.grond(code).uitleg:
            assert told.taal == "en", code
            assert told.uitleg != book.grond(code).uitleg, code
    assert english.grond("10.2.e").naam == "Privacy"
    assert english.grond("5.1.2.e").artikel == book.grond("5.1.2.e").artikel
    assert book.told_in("nl").grond("5.4") == book.grond("5.4") == book.told_in("de").grond("5.4")
    content = yaml.safe_load(PATH.read_text("utf-8"))
    del content["gronden"]["5.4"]["en"]
    path = tmp_path / "uitleg.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    untold = Uitlegboek.load(path, lijsten).told_in("en").grond("5.4")
    assert (untold.naam, untold.taal) == ("Vorming van een kabinet", "nl")


def test_a_code_that_no_list_knows_is_told_by_itself(lijsten):
    assert Uitlegboek.load(PATH, lijsten).grond("9.9.z").naam == "9.9.z"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda content: content["gronden"].pop("5.1.2.e"), "no explanation of: 5.1.2.e"),
        (lambda content: content["gronden"].update({"7.7": {"kort": "x", "uitleg": "y"}}), "no '7.7'"),
        (lambda content: content["beoordelingen"].pop("openbaar"), "no explanation of: openbaar"),
        (lambda content: content["gronden"].update({"5.4": {"kort": "", "uitleg": "y"}}), "kort and uitleg"),
        (lambda content: content["gronden"].update({"5.4": "tekst"}), "kort and uitleg"),
        (lambda content: content["gronden"]["5.4"].update({"en": {"kort": "x"}}), "kort and uitleg"),
        (
            lambda content: content["gronden"]["5.4"].update({"de": {"kort": "x", "uitleg": "y"}}),
            "kort and uitleg",
        ),
        (lambda content: content.update({"gronden": []}), "must hold codes"),
        (lambda content: content.pop("opgeschort"), "must hold the keys"),
    ],
)
def test_a_book_with_something_missing_is_refused(lijsten, tmp_path: Path, change, why):
    content = yaml.safe_load(PATH.read_text("utf-8"))
    change(content)
    path = tmp_path / "uitleg.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    with pytest.raises(WaardelijstFout, match=why):
        Uitlegboek.load(path, lijsten)
