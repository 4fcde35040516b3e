import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from woo.diwoo.gronden import WOB_GRONDEN, WOO_GRONDEN
from woo.diwoo.waardelijsten import (
    OnbekendeWaarde,
    Waarde,
    Waardelijst,
    Waardelijsten,
    WaardelijstFout,
    normaliseer_grond,
)

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "config" / "waardelijsten"


@pytest.fixture(scope="module")
def lijsten() -> Waardelijsten:
    return Waardelijsten.load(FOLDER)


@pytest.mark.parametrize(
    ("naam", "aantal"),
    [
        ("informatiecategorieen", 18),
        ("documentsoorten", 91),
        ("formaten", 19),
        ("talen", 27),
        ("handelingen", 3),
        ("documentrelaties", 4),
        ("redenen_intrekking", 2),
        ("themas", 92),
        ("weigeringsgronden", 25),
        ("wob_gronden", 14),
        ("organisaties", 1398),
    ],
)
def test_every_list_has_the_number_of_values_of_its_source(lijsten, naam, aantal):
    lijst = lijsten.lijst(naam)
    assert (lijst.naam, len(lijst), len(list(lijst))) == (naam, aantal, aantal)
    assert lijst.versie
    for waarde in lijst:
        assert waarde.code in lijst
        assert lijst.get(waarde.uri) is waarde
        assert waarde.naam.strip() == waarde.naam != ""


def test_the_names_are_exactly_the_files_of_the_folder(lijsten):
    assert sorted(lijsten.namen()) == sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize(
    ("naam", "code", "uri", "label"),
    [
        (
            "organisaties",
            "gm0153",
            "https://identifier.overheid.nl/tooi/id/gemeente/gm0153",
            "gemeente Enschede",
        ),
        (
            "informatiecategorieen",
            "c_3baef532",
            "https://identifier.overheid.nl/tooi/def/thes/kern/c_3baef532",
            "Woo-verzoeken en -besluiten",
        ),
        ("formaten", "PDF", "http://publications.europa.eu/resource/authority/file-type/PDF", "PDF"),
        ("talen", "NLD", "http://publications.europa.eu/resource/authority/language/NLD", "Nederlands"),
        (
            "handelingen",
            "c_641ecd76",
            "https://identifier.overheid.nl/tooi/def/thes/kern/c_641ecd76",
            "vaststelling",
        ),
        (
            "documentrelaties",
            "c_05f4a5f3",
            "https://identifier.overheid.nl/tooi/def/thes/kern/c_05f4a5f3",
            "heeft bijlage",
        ),
    ],
)
def test_a_value_is_found_by_code_and_by_uri(lijsten, naam, code, uri, label):
    waarde = lijsten.lijst(naam).get(code)
    assert (waarde.uri, waarde.naam) == (uri, label)
    assert lijsten.lijst(naam).get(uri) == waarde


def test_categories_carry_number_article_and_municipal_duty(lijsten):
    categorieen = list(lijsten.informatiecategorieen)
    assert [c.extra["nr"] for c in categorieen] == [f"{n:03}" for n in range(1, 19)]
    assert sum(c.extra["plicht_gemeente"] is True for c in categorieen) == 15
    woo = lijsten.informatiecategorieen.get("c_3baef532")
    assert (woo.extra["artikel"], woo.extra["verplicht_vanaf"]) == ("3.3 lid 2 i", None)


def test_a_duty_begins_on_a_known_date_or_on_none(lijsten):
    dated = {
        c.extra["nr"]: c.extra["verplicht_vanaf"]
        for c in lijsten.informatiecategorieen
        if c.extra["verplicht_vanaf"]
    }
    assert dated == {"004": date(2024, 11, 1), "005": date(2024, 11, 1)}


def test_formats_carry_mime_types_and_extensions(lijsten):
    docx = lijsten.formaten.get("DOCX").extra
    assert docx["mime"] == ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
    assert docx["extensies"] == ("docx",)
    extensions = Counter(e for f in lijsten.formaten for e in f.extra["extensies"])
    assert max(extensions.values()) == 1
    assert {"eml", "msg", "jpg", "xml"}.isdisjoint(extensions)


def test_languages_carry_iso_codes(lijsten):
    assert dict(lijsten.talen.get("NLD").extra) == {"iso_639_1": "nl", "iso_639_3": "nld", "bcp47": "nl"}
    assert dict(lijsten.talen.get("PAP-AW").extra) == {
        "iso_639_1": None,
        "iso_639_3": "pap",
        "bcp47": "pap-AW",
    }


def test_organisations_carry_kind_and_the_end_of_those_that_ended(lijsten):
    soorten = Counter(str(o.extra["soort"]) for o in lijsten.organisaties)
    assert soorten == {
        "gemeente": 605, "provincie": 12, "ministerie": 19, "waterschap": 32, "openbaar_lichaam": 3,
        "overheidsorganisatie": 193, "samenwerkingsorganisatie": 375, "zelfstandig_bestuursorgaan": 159,
    }  # fmt: skip
    assert lijsten.organisaties.get("gm0009").extra["einddatum"] == date(2018, 12, 31)
    assert "einddatum" not in lijsten.organisaties.get("gm0153").extra
    assert sum("einddatum" in o.extra for o in lijsten.organisaties if o.extra["soort"] == "gemeente") == 263


def test_the_power_to_disclose_is_no_refusal_ground(lijsten):
    gronden = lijsten.weigeringsgronden
    assert gronden.get("5.2.2").extra["soort"] == "bevoegdheid"
    assert gronden.get("8.8").extra["vereist"] == ("wet", "artikel")
    assert gronden.get("5.1.1.a").extra["soort"] == "absoluut"


def test_wob_grounds_and_woo_grounds_point_at_each_other(lijsten):
    woo, wob = lijsten.weigeringsgronden, lijsten.wob_gronden
    assert wob.get("10.2.g").extra["woo"] == ("5.1.5", "5.1.2.i")
    pairs = {(oud.code, nieuw) for oud in wob for nieuw in oud.extra["woo"]}
    assert pairs == {(oud, nieuw.code) for nieuw in woo for oud in nieuw.extra.get("wob", ())}
    assert all(nieuw in woo for _, nieuw in pairs)


def test_the_known_grounds_are_those_of_the_lists(lijsten):
    assert tuple(g.code for g in lijsten.weigeringsgronden) == WOO_GRONDEN
    assert tuple(g.code for g in lijsten.wob_gronden) == WOB_GRONDEN


def test_an_unknown_value_names_list_value_and_the_nearest_right_ones(lijsten):
    with pytest.raises(OnbekendeWaarde, match="gm0153x") as caught:
        lijsten.organisaties.get("gm0153x")
    assert (caught.value.lijst, caught.value.waarde) == ("organisaties", "gm0153x")
    assert "gm0153" in caught.value.suggesties
    assert "gemeente Enschede" in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_a_name_or_uri_that_is_nearly_right_is_led_to_its_code(lijsten):
    with pytest.raises(OnbekendeWaarde) as by_name:
        lijsten.organisaties.get("Gemeente Enschedé")
    assert by_name.value.suggesties[0] == "gm0153"
    with pytest.raises(OnbekendeWaarde) as by_uri:
        lijsten.organisaties.get("http://identifier.overheid.nl/tooi/id/gemeente/gm0153/")
    assert by_uri.value.suggesties[0] == "gm0153"
    assert "gemeente Enschede" not in lijsten.organisaties


def test_an_unknown_list_is_refused_with_the_nearest_name(lijsten):
    with pytest.raises(OnbekendeWaarde) as caught:
        lijsten.lijst("documentsoort")
    assert caught.value.suggesties[0] == "documentsoorten"


def test_searching_ignores_case_and_accents_and_puts_beginnings_first(lijsten):
    assert [w.code for w in lijsten.themas.zoek("OVERHEIDSFINANCIEN")] == ["c_391585db"]
    assert next(w.naam for w in lijsten.documentsoorten.zoek("Advies")) == "advies"
    assert [w.code for w in lijsten.informatiecategorieen.zoek("agenda's")] == ["c_3a248e3a"]
    assert {w.code for w in lijsten.organisaties.zoek("enschede gemeente")} == {"gm0153"}
    assert lijsten.themas.zoek("  ") == ()


def test_values_cannot_be_changed(lijsten):
    waarde = lijsten.formaten.get("PDF")
    with pytest.raises(AttributeError):
        waarde.naam = "anders"
    with pytest.raises(TypeError):
        waarde.extra["mime"] = ()
    assert waarde in {waarde}


SPELLINGS = {
    "5.1.2.e": [
        "5.1.2e", "5.1.2.e", "5.1.2.E", " 5.1.2 e ", "5.1 lid 2 e", "art. 5.1 lid 2 sub e", "artikel 5.1, lid 2, onder e",
        "artikel 5.1, tweede lid, aanhef en onder e, Woo", "artikel 5.1, tweede lid, onderdeel e, van de Wet open overheid",
        "Woo art. 5.1, 2e lid, onder e", "art 5.1.2e Woo", "tweede lid, onder e, van artikel 5.1 van de Woo", "5.1.2 sub e",
        "Artikel 5.1, tweede lid, onder e.", "5.1, tweede lid, letter e",
    ],
    "5.1.1.c": ["5.1.1c", "artikel 5.1, eerste lid, aanhef en onder c, Woo"],
    "5.1.5": ["art. 5.1 lid 5", "artikel 5.1, vijfde lid, Woo", "5.1.5"],
    "5.2.1": ["5.2.1", "5.2 lid 1", "artikel 5.2, eerste lid, van de Woo"],
    "5.4": ["artikel 5.4 Woo"],
    "5.4a.1": ["5.4a lid 1", "5.4a.1", "artikel 5.4a, eerste lid"],
    "8.8": ["artikel 8.8 Woo", "8.8"],
    "geheimhouding": ["Geheimhouding", "geheimhouding Gemeentewet", "artikel 87 Gemeentewet"],
    "10.2.e": ["10.2e", "10.2.e Wob", "artikel 10, tweede lid, aanhef en onder e, Wob", "art. 10 lid 2 sub e van de Wet openbaarheid van bestuur"],
    "11.1": ["11.1", "artikel 11, eerste lid, van de Wob"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "tekst"), [(code, tekst) for code, texts in SPELLINGS.items() for tekst in texts]
)
def test_every_spelling_of_a_ground_becomes_the_form_of_the_list(code, tekst):
    assert normaliseer_grond(tekst) == code


@pytest.mark.parametrize("code", [*WOO_GRONDEN, *WOB_GRONDEN])
def test_the_form_of_the_list_is_its_own_normal_form(code):
    assert normaliseer_grond(code) == code


@pytest.mark.parametrize(
    "tekst",
    [
        "", "dubbel", "5.1", "5.1.2", "5.1.2.j", "5.1.3", "5.1.2.e en 5.1.2.i", "5.1.2.e; 5.2.1", "512e", "5.1.2.e Wob",
        "10.2.e Woo", "artikel 5.1 en artikel 5.2", "persoonlijke levenssfeer", "gemeentewet artikel 12", "15.1.2.e",
        "artikel 10 tweede lid onder e van de Wet open overheid",
    ],
)  # fmt: skip
def test_what_is_no_single_known_ground_is_refused(tekst):
    with pytest.raises(OnbekendeWaarde) as caught:
        normaliseer_grond(tekst)
    assert caught.value.waarde == tekst


def test_a_refused_ground_comes_with_the_nearest_ones():
    with pytest.raises(OnbekendeWaarde) as caught:
        normaliseer_grond("5.1.2.j")
    assert set(caught.value.suggesties) <= set(WOO_GRONDEN)
    assert caught.value.suggesties


def copied(tmp_path: Path, **changed: str) -> Path:
    folder = tmp_path / "waardelijsten"
    folder.mkdir()
    for path in FOLDER.glob("*.yaml"):
        (folder / path.name).write_text(
            changed.get(path.stem, path.read_text(encoding="utf-8")), encoding="utf-8"
        )
    return folder


HEADER = 'lijst: handelingen\nversie: "1"\nbron: "https://voorbeeld.example/"\ndatum: 2026-01-01\nwaarden:\n'
GOOD = "- {code: a, uri: https://voorbeeld.example/a, naam: aa}\n"


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (HEADER + "- {code: a, uri: [\n", 7, "no valid YAML"),
        (HEADER + GOOD + "- {code: b, naam: bb}\n", 7, "uri must be text"),
        (
            HEADER + GOOD + "- {code: 12, uri: https://voorbeeld.example/b, naam: bb}\n",
            7,
            "code must be text",
        ),
        (HEADER + GOOD + "- {code: b, uri: voorbeeld, naam: bb}\n", 7, "must begin with http"),
        (
            HEADER + GOOD + "- {code: a, uri: https://voorbeeld.example/b, naam: bb}\n",
            7,
            "'a' stands in the list twice",
        ),
        (HEADER + GOOD + "- los\n", 7, "must have code, uri and naam"),
        (HEADER.replace("lijst: handelingen", "lijst: anders") + GOOD, 1, "expected 'handelingen'"),
        (HEADER.replace('"1"', "1") + GOOD, 2, "versie must be text"),
        (HEADER.replace("2026-01-01", "gisteren") + GOOD, 4, "datum must be a date"),
        (HEADER.replace("waarden:", "kleur: rood\nwaarden:") + GOOD, 5, "unknown key 'kleur'"),
        (
            HEADER.replace("waarden:", "kolommen: [code, uri]\nwaarden:") + "- [a, b, c]\n",
            7,
            "at most 2 values",
        ),
        (HEADER, 5, "at least one value"),
        ("lijst: handelingen\n", 1, "missing: versie, bron, datum, waarden"),
        ("- a\n", 1, "must hold keys and values"),
    ],
)
def test_a_malformed_list_is_refused_with_file_and_line(tmp_path, content, line, why):
    lijsten = Waardelijsten.load(copied(tmp_path, handelingen=content))
    with pytest.raises(WaardelijstFout, match=re.escape(why)) as caught:
        _ = lijsten.handelingen
    assert (caught.value.path.name, caught.value.line) == ("handelingen.yaml", line)
    assert f"handelingen.yaml, line {line}:" in str(caught.value)


def test_a_folder_without_all_lists_is_refused_with_their_names(tmp_path):
    folder = copied(tmp_path)
    (folder / "themas.yaml").unlink()
    (folder / "talen.yaml").unlink()
    with pytest.raises(WaardelijstFout, match="talen, themas"):
        Waardelijsten.load(folder)


def test_a_broken_list_does_not_hinder_the_others(tmp_path):
    lijsten = Waardelijsten.load(copied(tmp_path, themas="{"))
    assert len(lijsten.formaten) == 19
    with pytest.raises(WaardelijstFout):
        lijsten.lijst("themas")


def write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_own_values_are_added_and_marked(tmp_path):
    own = write(
        tmp_path / "eigen.yaml",
        "lijsten:\n  organisaties:\n    - {code: gm9999, uri: 'https://z.example/gm9999', naam: Zuiderveld, soort: gemeente}\n",
    )
    lijsten = Waardelijsten.load(FOLDER, aanvulling=own)
    assert len(lijsten.organisaties) == 1399
    waarde = lijsten.organisaties.get("gm9999")
    assert (waarde.naam, waarde.extra["eigen"]) == ("Zuiderveld", True)
    assert "eigen" not in lijsten.organisaties.get("gm0153").extra


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (
            "lijsten:\n  organisaties:\n    - {code: gm0153, uri: 'https://z.example/1', naam: Nep}\n",
            3,
            "'gm0153' is an official value",
        ),
        (
            "lijsten:\n  talen:\n    - {code: XXX, uri: 'http://publications.europa.eu/resource/authority/language/NLD', naam: Nep}\n",
            3,
            "is an official value",
        ),
        ("lijsten:\n  organisatie: []\n", 2, "no value list 'organisatie'"),
        ("lijsten:\n  talen: nee\n", 2, "must hold values"),
        ("lijsten:\n  talen:\n    - {code: XXX, naam: Nep}\n", 3, "uri must be text"),
        ("organisaties: []\n", 1, "must hold the key 'lijsten'"),
        ("lijsten: {talen: [}\n", 1, "no valid YAML"),
    ],
)
def test_own_values_that_do_not_fit_are_refused_with_file_and_line(tmp_path, content, line, why):
    own = write(tmp_path / "eigen.yaml", content)
    with pytest.raises(WaardelijstFout, match=re.escape(why)) as caught:
        Waardelijsten.load(FOLDER, aanvulling=own)
    assert (caught.value.path, caught.value.line) == (own, line)


def test_own_values_whose_file_is_absent_are_refused(tmp_path):
    with pytest.raises(WaardelijstFout, match=r"weg\.yaml: cannot be read"):
        Waardelijsten.load(FOLDER, aanvulling=tmp_path / "weg.yaml")


def test_a_list_refuses_the_same_code_twice():
    with pytest.raises(ValueError, match="stands twice"):
        Waardelijst("proef", "1", [Waarde("a", "https://a", "a"), Waarde("a", "https://b", "b")])
