"""The figures of openness over HTTP: as JSON, as a page, and refused in words."""

import copy
from typing import Any

import pytest

from search_api.statistiek_schemas import Statistieken
from tests.api.site import ENSCHEDE, WOO_VERZOEK, PublicSite
from woo.storage.port import STATISTIEKEN

TELLING = {"opTijd": 3, "teLaat": 1, "onbekend": 0, "dagenMediaan": 28.5, "dagenGemiddeld": 31.2}
FIGURES: dict[str, Any] = {
    "aantalPublicaties": 1234,
    "maanden": [{"maand": "2024-03", "aantal": 1234}],
    "publicaties": [{"maand": "2024-03", "informatiecategorie": WOO_VERZOEK, "aantal": 1234}],
    "documenten": 5000,
    "paginas": 60000,
    "moeilijkLeesbarePaginas": 12,
    "verzoeken": {
        "aantal": 4,
        "uitkomsten": {
            "openbaar": 1,
            "deelsOpenbaar": 2,
            "nietOpenbaar": 1,
            "reedsOpenbaar": 0,
            "geenDocumenten": 0,
        },
        "metOpschorting": TELLING,
        "zonderOpschorting": {**TELLING, "opTijd": 1, "teLaat": 3},
    },
}


def counted(site: PublicSite, *codes: str) -> None:
    found = {"bijgewerktOp": "2024-04-01T08:00:00Z", "alles": FIGURES}
    site.store.show_site(
        STATISTIEKEN, {**found, "organisaties": {code: copy.deepcopy(FIGURES) for code in codes}}
    )


def test_the_answer_is_as_it_is_described(site: PublicSite):
    counted(site, ENSCHEDE)
    body = site.visitor.get("/v1/statistieken").json()
    Statistieken.model_validate(body)
    assert body["publisher"] is None
    assert body["publicaties"][0]["informatiecategorie"]["naam"]


def test_one_organisation_can_be_asked_for(site: PublicSite):
    counted(site, ENSCHEDE)
    body = site.visitor.get(f"/v1/statistieken?publisher={ENSCHEDE}").json()
    assert body["publisher"]["code"] == ENSCHEDE


@pytest.mark.parametrize(
    ("query", "status"), [("publisher=gm9999x", 400), ("publisher=gm0363", 404), ("jaar=2024", 400)]
)
def test_what_cannot_be_answered_is_refused_in_words(site: PublicSite, query: str, status: int):
    counted(site, ENSCHEDE)
    answer = site.visitor.get(f"/v1/statistieken?{query}")
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_the_page_says_in_tables_what_the_charts_draw(site: PublicSite):
    counted(site, ENSCHEDE, "gm0363")
    html = site.visitor.get("/statistieken").text
    assert "<strong>1.234</strong> publicaties" in html
    assert "waarvan 12 niet goed leesbaar" in html
    assert html.count("<table>") == 4
    assert "<svg" in html
    assert "Deels openbaar" in html
    assert 'option value="gm0363"' in html
    assert "28 dagen" in html


def test_nothing_counted_yet_is_said_and_is_no_zero(site: PublicSite):
    assert site.visitor.get("/v1/statistieken").status_code == 503
