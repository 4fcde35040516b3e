"""The API description: complete, true to the real answers, and to the NL API Design Rules."""

import json
import re
from typing import Any

import pytest

from search_api import dossier_schemas, schemas
from tests.api.site import PublicSite
from woo.domain.document import Relatie, Relatiesoort


@pytest.fixture
def description(site: PublicSite) -> dict[str, Any]:
    return json.loads(site.visitor.get("/v1/openapi.json").content)


def test_it_names_version_server_and_contact(description: dict[str, Any]):
    assert description["openapi"] == "3.0.3"
    assert re.fullmatch(r"\d+\.\d+\.\d+", description["info"]["version"])
    assert description["servers"] == [{"url": "https://open.zuiderveld.example/v1"}]
    assert set(description["info"]["contact"]) == {"name", "url", "email"}


def test_every_route_of_the_api_stands_in_it_once(site: PublicSite, description: dict[str, Any]):
    routes = {
        re.sub(r":\w+}", "}", route.path).removeprefix("/v1")
        for route in site.app().routes
        if route.path.startswith("/v1")
    }
    assert set(description["paths"]) == routes
    names = [
        operation["operationId"] for item in description["paths"].values() for operation in item.values()
    ]
    assert len(names) == len(set(names))


def test_answers_carry_the_version_header_and_errors_are_problems(description: dict[str, Any]):
    for item in description["paths"].values():
        for operation in item.values():
            assert {"200", "400", "404", "503"} <= set(operation["responses"])
            assert "422" not in operation["responses"]
            for status, answer in operation["responses"].items():
                assert "API-Version" in answer["headers"]
                if status >= "400":
                    assert set(answer["content"]) == {"application/problem+json"}


def test_names_follow_the_design_rules(description: dict[str, Any]):
    for path, item in description["paths"].items():
        assert re.fullmatch(
            r"(/(_?[a-z0-9-]+|\{[^}]+\}|openapi\.json|inventaris\.(csv|xlsx|pdf)|hoe-open\.csv))+", path
        )
        for operation in item.values():
            for parameter in operation["parameters"]:
                if parameter["in"] == "query":
                    assert re.fullmatch(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*", parameter["name"])
    for schema in description["components"]["schemas"].values():
        for name in schema.get("properties", {}):
            assert re.fullmatch(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*", name), name


def test_every_reference_leads_somewhere(description: dict[str, Any]):
    for name in re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(description)):
        assert name in description["components"]["schemas"]


def test_limits_are_told(description: dict[str, Any]):
    parameters = {p["name"]: p["schema"] for p in description["paths"]["/documenten"]["get"]["parameters"]}
    assert (parameters["aantal"]["minimum"], parameters["aantal"]["maximum"]) == (1, 100)
    assert parameters["zoek"]["maxLength"] == 2000
    assert parameters["sorteer"]["enum"][0] == "relevantie"


def test_real_answers_have_the_shapes_described(site: PublicSite):
    publicatie = site.add_publicatie("Verzoek over stikstof", omschrijving="Tekst", kenmerk="1")
    document = site.add_document(
        publicatie, "Besluit over stikstof", ["Blad\nDe stikstof."], documentsoort=None
    )
    other = site.add_document(publicatie, "Zonder bestand", creatiedatum=None)
    site.relate(document, Relatie(document.id, Relatiesoort.LIJKT_OP, other.id, 0.9))
    gone = site.add_document(publicatie, "Weg", ["Blad\nweg"])
    site.withdraw(gone)
    client = site.visitor
    shapes = {
        "/v1/documenten?zoek=stikstof&facetten=true": schemas.Zoekresultaat,
        "/v1/documenten": schemas.Zoekresultaat,
        f"/v1/documenten/{document.id}": schemas.Document,
        f"/v1/documenten/{document.id}/paginas/1?woorden=true": schemas.Pagina,
        "/v1/publicaties": schemas.Publicatieresultaat,
        f"/v1/publicaties/{publicatie.id}": dossier_schemas.PublicatieMetDossier,
        "/v1/waardelijsten/talen": schemas.Waardelijst,
        f"/v1/documenten/{gone.id}": schemas.Probleem,
        "/v1/documenten?x=1&aantal=0": schemas.Probleem,
    }
    for path, shape in shapes.items():
        shape.model_validate_json(client.get(path).content, strict=False)
    assert client.get(f"/v1/documenten/{document.id}").json()["relaties"][0]["document"]["id"] == other.id


def test_what_may_be_absent_is_said_in_the_words_of_openapi_3_0(description: dict[str, Any]):
    assert '"null"' not in json.dumps(description)
    assert '"examples"' not in json.dumps(description)
    document = description["components"]["schemas"]["Document"]["properties"]
    assert (document["omschrijving"]["type"], document["omschrijving"]["nullable"]) == ("string", True)
    assert document["bestand"]["allOf"] == [{"$ref": "#/components/schemas/Bestand"}]
