"""What is sent to the desk as JSON or in the address: every fault named at once, in Dutch, always as 400."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from publisher.middleware import SMALL_BODY
from tests.api.desk import WOO_VERZOEKEN, DeskOfTest, open_desk
from woo.domain.actor import Rol

GOED = {"officieleTitel": "Besluit", "informatiecategorieen": [WOO_VERZOEKEN], "publisher": "gm0153"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def faults(response: Any) -> dict[str, str]:
    assert response.status_code == 400, response.text
    assert response.headers["content-type"] == "application/problem+json"
    return {fault["location"]: fault["detail"] for fault in response.json()["errors"]}


@pytest.mark.parametrize(
    ("velden", "location", "words"),
    [
        ({"oficieleTitel": "x"}, "oficieleTitel", "Bedoelt u 'officieleTitel'?"),
        ({"officiele_titel": "x"}, "officiele_titel", "Bedoelt u 'officieleTitel'?"),
        ({"status": "gepubliceerd"}, "status", "Het veld 'status' bestaat niet."),
        ({"officieleTitel": ""}, "officieleTitel", "mag niet leeg zijn"),
        ({"officieleTitel": " \u00a0\n"}, "officieleTitel", "mag niet leeg zijn"),
        ({"officieleTitel": None}, "officieleTitel", "moet tekst zijn"),
        ({"officieleTitel": 5}, "officieleTitel", "moet tekst zijn"),
        ({"officieleTitel": "x" * 1_001}, "officieleTitel", "hoogstens 1000 tekens"),
        ({"officieleTitel": "a\nb"}, "officieleTitel", "U+000A"),
        ({"officieleTitel": "a\u0000b"}, "officieleTitel", "U+0000"),
        ({"officieleTitel": "a\u202eb"}, "officieleTitel", "U+202E"),
        ({"omschrijving": "a\u0007b"}, "omschrijving", "U+0007"),
        ({"omschrijving": "x" * 10_001}, "omschrijving", "hoogstens 10000 tekens"),
        ({"informatiecategorieen": []}, "informatiecategorieen", "Noem er minstens 1"),
        ({"informatiecategorieen": WOO_VERZOEKEN}, "informatiecategorieen", "moet een lijst zijn"),
        ({"informatiecategorieen": ["c_3baef53"]}, "informatiecategorieen", "Bedoelt u c_3baef532"),
        ({"informatiecategorieen": ["x"] * 21}, "informatiecategorieen", "hoogstens 20"),
        ({"publisher": "gm153"}, "publisher", "Bedoelt u gm"),
        ({"kenmerk": {"x": 1}}, "kenmerk", "moet tekst zijn"),
    ],
)
def test_a_field_that_is_not_accepted_is_named_with_what_to_do(
    desk: DeskOfTest, velden: dict[str, Any], location: str, words: str
) -> None:
    response = desk.by(Rol.REDACTEUR).post("/publicaties", json={**GOED, **velden})
    assert words in faults(response)[location]
    assert desk.by(Rol.LEZER).get("/publicaties").json()["resultaten"] == []


def test_everything_that_is_wrong_is_named_at_once(desk: DeskOfTest) -> None:
    response = desk.by(Rol.REDACTEUR).post("/publicaties", json={"publisher": 1, "titel": "x"})
    assert set(faults(response)) == {"officieleTitel", "informatiecategorieen", "publisher", "titel"}


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'"tekst"', "application/json"),
        (b"null", "application/json"),
        (b'{"officieleTitel": "\xff"}', "application/json"),
        (b'{"officieleTitel": "\\ud800", "informatiecategorieen": ["c_3baef532"]}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (json.dumps(GOED).encode(), "text/plain"),
        (json.dumps(GOED).encode(), ""),
        (b"a=b", "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_is_no_json_object_is_refused_and_never_an_error_of_ours(
    desk: DeskOfTest, body: bytes, media: str
) -> None:
    response = desk.by(Rol.REDACTEUR).post("/publicaties", content=body, headers={"Content-Type": media})
    assert faults(response)


def test_more_than_the_limit_of_data_is_refused_with_the_limit(desk: DeskOfTest) -> None:
    response = desk.by(Rol.REDACTEUR).post("/publicaties", json={**GOED, "omschrijving": "x" * SMALL_BODY})
    assert response.status_code == 413
    assert response.json()["grens"] == SMALL_BODY


def test_a_form_may_not_be_sent_where_a_few_fields_are_asked(desk: DeskOfTest) -> None:
    files = {"bestand": ("x.pdf", b"x" * (SMALL_BODY + 1), "application/pdf")}
    assert desk.by(Rol.REDACTEUR).post("/publicaties", files=files).status_code == 413


@pytest.mark.parametrize(
    ("query", "location", "words"),
    [
        ("aantaal=5", "aantaal", "Bedoelt u 'aantal'?"),
        ("aantal=5&aantal=6", "aantal", "mag maar één keer"),
        ("aantal=0", "aantal", "minstens 1"),
        ("aantal=101", "aantal", "hoogstens 100"),
        ("aantal=veel", "aantal", "heel getal"),
        ("aantal=1.5", "aantal", "heel getal"),
        ("aantal=", "aantal", "heel getal"),
        ("zoekt=x", "zoekt", "Bedoelt u 'zoek'?"),
        ("jaar=1", "jaar", "minstens 1900"),
        ("status=weg", "status", "Kies uit"),
        ("%00=x", "\x00", "bestaat niet"),
    ],
)
def test_a_parameter_that_is_not_accepted_is_named(
    desk: DeskOfTest, query: str, location: str, words: str
) -> None:
    assert words in faults(desk.by(Rol.LEZER).get(f"/publicaties?{query}"))[location]


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_a_route_without_parameters_takes_none(desk: DeskOfTest, method: str) -> None:
    id = desk.document(desk.publicatie())
    response = desk.by(Rol.REDACTEUR).request(method, f"/documenten/{id}?dry_run=1", json={"kenmerk": "x"})
    assert "Hier horen geen parameters." in faults(response)["dry_run"]
    assert desk.by(Rol.LEZER).get(f"/documenten/{id}").json()["kenmerk"] is None


@pytest.mark.parametrize("kind", ["publicaties", "documenten"])
def test_a_change_of_nothing_is_refused(desk: DeskOfTest, kind: str) -> None:
    publicatie = desk.publicatie()
    id = publicatie if kind == "publicaties" else desk.document(publicatie)
    response = desk.by(Rol.REDACTEUR).patch(f"/{kind}/{id}", json={})
    assert "Noem minstens één veld." in response.json()["detail"]
    assert response.status_code == 400


@pytest.mark.parametrize(
    "dag", ["2024-02-30", "29-02-2024", "2024-02-29T00:00:00Z", 0, 1.5e9, "", "20240229", True]
)
def test_only_a_day_that_exists_is_a_date(desk: DeskOfTest, dag: Any) -> None:
    id = desk.document(desk.publicatie())
    response = desk.by(Rol.REDACTEUR).patch(f"/documenten/{id}", json={"creatiedatum": dag})
    assert "geschreven als 2026-03-02" in faults(response)["creatiedatum"]


@pytest.mark.parametrize("reden", ["", "  ", None, 5, "x" * 2_001, "a\u0000"])
@pytest.mark.parametrize("kind", ["publicaties", "documenten"])
def test_nothing_is_withdrawn_without_a_reason_that_can_be_read(
    desk: DeskOfTest, kind: str, reden: Any
) -> None:
    publicatie = desk.published()
    id = publicatie if kind == "publicaties" else desk.document(publicatie)
    response = desk.by(Rol.PUBLICEERDER).post(f"/{kind}/{id}/intrekken", json={"reden": reden})
    assert "reden" in faults(response)
    assert desk.platform.public.withdrawn() == {}


@pytest.mark.parametrize(
    ("velden", "location"),
    [
        ({"rol": "baas"}, "rol"),
        ({"dagen": 0}, "dagen"),
        ({"dagen": 1_097}, "dagen"),
        ({"dagen": "30"}, "dagen"),
        ({"dagen": True}, "dagen"),
        ({"dagen": None}, "dagen"),
        ({"naam": " "}, "naam"),
        ({"naam": "x" * 101}, "naam"),
    ],
)
def test_a_key_needs_a_name_a_role_and_an_end(
    desk: DeskOfTest, velden: dict[str, Any], location: str
) -> None:
    good = {"naam": "zaaksysteem", "rol": "lezer", "dagen": 30}
    client = desk.by(Rol.BEHEERDER)
    assert location in faults(client.post("/sleutels", json={**good, **velden}))
    del good[location]
    missing = faults(client.post("/sleutels", json=good))
    if location == "rol":
        assert missing[""].startswith("Noem 'rol'")
    else:
        assert "ontbreekt" in missing[location]


@pytest.mark.parametrize(
    "path", ["/publicaties/", "/status/", "/", "", "/Publicaties", "/../v1/status/", "//status"]
)
def test_an_address_that_is_not_exactly_right_is_not_found_and_leads_nowhere(
    desk: DeskOfTest, path: str
) -> None:
    response = desk.by(Rol.LEZER).get(path, follow_redirects=False)
    assert response.status_code == 404


def test_a_method_that_is_not_offered_is_refused_with_those_that_are(desk: DeskOfTest) -> None:
    response = desk.by(Rol.BEHEERDER).delete("/status")
    assert (response.status_code, response.headers["allow"]) == (405, "GET")
    assert "Gebruik: GET." in response.json()["detail"]


def test_the_description_is_dutch_and_promises_no_status_that_does_not_come(desk: DeskOfTest) -> None:
    described = desk.by(Rol.LEZER).get("/openapi.json").json()
    assert described["servers"] == [{"url": "/v1"}]
    assert described["security"] == [{"sleutel": []}, {"aanmelding": []}]
    for path, item in described["paths"].items():
        for operation in item.values():
            assert "422" not in operation["responses"], path
            assert {"400", "401", "403", "503"} <= set(operation["responses"])
            assert operation["summary"]
    body = described["paths"]["/publicaties/{id}/documenten"]["post"]["requestBody"]["content"]
    assert body["multipart/form-data"]["schema"]["required"] == ["officieleTitel", "bestand"]
    assert "ValidationError" not in json.dumps(described)


def test_every_reference_in_the_description_leads_somewhere(desk: DeskOfTest) -> None:
    described = desk.by(Rol.LEZER).get("/openapi.json").json()
    shapes = described["components"]["schemas"]
    for reference in _references(described):
        assert reference.removeprefix("#/components/schemas/") in shapes
    assert [
        name for name in shapes if "__" in name
    ] == []  # two shapes of one name, told apart by their modules
    assert not {"prefixItems", "propertyNames"} & set(
        _words(described)
    )  # words that OpenAPI 3.0 does not have


def _words(node: Any) -> Iterator[str]:
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _words(value)
    if isinstance(node, dict):
        yield from node


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)
