"""The page for many searches at once: a list pasted or uploaded, a row per search, and the same as a table to download."""

import csv
import io

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from search_api import batch
from tests.api.site import PublicSite

LONG = "w" * 2001
LIST = f"nota\n<b>stikstof</b>\n{LONG}\nniets\n"


@pytest.fixture
def filled(site: PublicSite) -> PublicSite:
    publicatie = site.add_publicatie("Verzoek")
    for number in range(3):
        site.add_document(publicatie, f"Nota {number}")
    return site


def rows(text: str) -> list[list[str]]:
    page = LexborHTMLParser(text)
    return [[" ".join(cell.text().split()) for cell in row.css("td")] for row in page.css("tbody tr")]


def test_a_pasted_list_gets_a_row_per_search_with_its_count_and_a_link(filled: PublicSite):
    answer = filled.visitor.post("/zoekreeks", {"vragen": LIST})
    assert answer.status_code == 200
    found = rows(answer.text)
    assert [row[0] for row in found] == ["1", "2", "3", "4"]
    assert found[0][1:] == ["nota", "3"]
    assert found[1][1].startswith("<b>stikstof</b>")
    assert "niet gelukt" in found[2][1]
    assert found[3][1:] == ["niets", "0"]
    assert 'href="https://open.zuiderveld.example/?zoek=nota"' in answer.text
    assert "4 zoekvragen, waarvan 1 niet gelukt" in answer.text
    [kept] = LexborHTMLParser(answer.text).css("textarea")
    assert kept.text().split() == LIST.split()


def test_a_list_may_be_a_file_with_filters_in_columns(filled: PublicSite):
    content = b"\xef\xbb\xbfzoek;publisher\nnota;gm0153\nnota;nergens\n"
    request = httpx.Request(
        "POST", "/zoekreeks", data={"vragen": ""}, files={"bestand": ("lijst.csv", content)}
    )
    found = rows(filled.visitor.send(request).text)
    assert found[0][1:] == ["nota publisher=gm0153", "3"]
    assert "waardelijst organisaties" in found[1][1]


def test_the_outcome_can_be_taken_as_csv(filled: PublicSite):
    answer = filled.visitor.post("/zoekreeks", {"vragen": f"{LIST}=1+1", "als": "csv"})
    assert 'filename="zoekreeks-5.csv"' in answer.headers["content-disposition"]
    read = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row["aantal"] for row in read] == ["3", "0", "", "0", "0"]
    assert read[0]["url"] == "https://open.zuiderveld.example/?zoek=nota"
    assert read[2]["opmerking"]
    assert read[4]["zoekvraag"] == "'=1+1"


@pytest.mark.parametrize(("vragen", "told"), [("", "leeg"), ("x\n" * (batch.MOST + 1), "1001 zoekvragen")])
def test_what_is_no_list_is_said_on_the_page(site: PublicSite, vragen: str, told: str):
    answer = site.visitor.post("/zoekreeks", {"vragen": vragen})
    assert answer.status_code == 400
    assert told in answer.text
    assert 'role="alert"' in answer.text


def test_without_a_list_the_page_asks_for_one(site: PublicSite):
    assert "Een zoekvraag per regel" in site.visitor.get("/zoekreeks").text


def test_what_was_withdrawn_is_not_counted(filled: PublicSite):
    filled.withdraw(next(iter(filled.shown.values()))[0])
    assert rows(filled.client().post("/zoekreeks", {"vragen": "nota"}).text)[0][2] == "2"
