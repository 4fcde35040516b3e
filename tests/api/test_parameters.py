"""What is asked wrongly is told in words, all of it at once, as 400 and never as 422."""

import pytest

from tests.api.site import PublicSite


def faults(site: PublicSite, path: str) -> dict[str, dict]:
    answer = site.visitor.get(path)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["instance"]) == (400, path.partition("?")[0])
    return {fault["location"]: fault for fault in body["errors"]}


def test_an_unknown_parameter_is_refused_with_the_nearest_right_one(site: PublicSite):
    fault = faults(site, "/v1/documenten?informatiecategorien=c_3baef532")["informatiecategorien"]
    assert fault["code"] == "onbekende-parameter"
    assert "'informatiecategorie'" in fault["detail"]


@pytest.mark.parametrize("naam", ["onderwerp", "kleur"])
def test_parameters_that_do_not_exist_yet_are_unknown(site: PublicSite, naam: str):
    assert faults(site, f"/v1/documenten?{naam}=x")[naam]["code"] == "onbekende-parameter"


def test_everything_wrong_is_named_at_once(site: PublicSite):
    found = faults(
        site,
        "/v1/documenten?aantal=0&sorteer=mooi&creatiedatumVan=2023-02-30&publisher=gm9999&jaar=23&facetten=ja",
    )
    assert set(found) == {"aantal", "sorteer", "creatiedatumVan", "publisher", "jaar", "facetten"}
    assert all(fault["in"] == "query" and fault["detail"].endswith(".") for fault in found.values())


@pytest.mark.parametrize(
    "aantal", ["0", "101", "-1", "1.5", "veel", "²", "１", "1e2", "99999999999999999999"]
)
def test_a_number_of_results_outside_the_limits_is_refused(site: PublicSite, aantal: str):
    assert "1 tot en met 100" in faults(site, f"/v1/documenten?aantal={aantal}")["aantal"]["detail"]


@pytest.mark.parametrize(
    "given", ["2023-13-01", "01-02-2023", "2023-1-1", "gisteren", "2023-02-29", "20230101"]
)
def test_a_date_that_is_none_is_refused_with_an_example(site: PublicSite, given: str):
    assert (
        "2023-04-01"
        in faults(site, f"/v1/documenten?publicatiedatumTot={given}")["publicatiedatumTot"]["detail"]
    )


def test_a_period_that_runs_backwards_is_refused(site: PublicSite):
    found = faults(site, "/v1/documenten?creatiedatumVan=2023-05-01&creatiedatumTot=2023-04-01")
    assert found["creatiedatumVan"]["code"] == "omgekeerd"


def test_a_value_that_is_on_no_list_is_refused_with_a_near_one(site: PublicSite):
    fault = faults(site, "/v1/documenten?informatiecategorie=adviesen")["informatiecategorie"]
    assert "c_99a836c7 (adviezen)" in fault["detail"]
    assert "/v1/waardelijsten/informatiecategorieen" in fault["detail"]


def test_a_single_parameter_given_twice_is_refused(site: PublicSite):
    assert faults(site, "/v1/documenten?zoek=a&zoek=b")["zoek"]["code"] == "dubbel"


def test_a_cursor_of_another_question_is_refused_with_a_way_out(site: PublicSite):
    publicatie = site.add_publicatie("Een")
    for number in range(3):
        site.add_document(publicatie, f"Document {number}")
    cursor = site.visitor.get("/v1/documenten?aantal=1&sorteer=titel").json()["volgende"]
    assert (
        "'volgende'"
        in faults(site, f"/v1/documenten?sorteer=-titel&na={cursor}".replace("-titel", "creatiedatum"))["na"][
            "detail"
        ]
    )
    assert faults(site, "/v1/documenten?na=niets")["na"]["code"] == "onbekende-cursor"


def test_a_query_of_two_thousand_characters_is_answered_and_one_more_is_refused(site: PublicSite):
    assert site.visitor.get(f"/v1/documenten?zoek={'a' * 2000}").status_code == 200
    assert "2000" in faults(site, f"/v1/documenten?zoek={'a' * 2001}")["zoek"]["detail"]


def test_a_prefix_of_two_letters_is_searched_as_a_word_and_said_so(site: PublicSite):
    body = site.visitor.get("/v1/documenten?zoek=st*").json()
    assert body["opgevatAls"] == "st"
    assert "3 letters" in body["hints"][0]["tekst"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/publicaties?documentsoort=x",
        "/v1/waardelijsten/talen?zoek=nl",
        "/v1/documenten/00000000-0000-4000-8000-000000000001?x=1",
    ],
)
def test_every_resource_of_the_api_knows_its_own_parameters(site: PublicSite, path: str):
    assert faults(site, path)


def test_a_page_for_people_passes_over_what_others_hang_on_its_address(site: PublicSite):
    assert site.visitor.get("/?utm_source=krant&fbclid=abc").status_code == 200


def test_a_page_for_people_says_in_words_what_is_wrong_and_keeps_the_words_typed(site: PublicSite):
    answer = site.visitor.get("/?zoek=geluid&jaar=20&creatiedatumVan=morgen")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert "&#39;morgen&#39; is geen datum" in answer.text
    assert 'value="geluid"' in answer.text
