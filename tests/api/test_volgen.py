"""The pages with which someone follows a search: what they say, what they leave in the inbox, and what they refuse."""

from pathlib import Path
from typing import Any

import pytest

from search_api.portal import volgen_page
from tests.api.site import PublicSite, make_settings
from woo.analysis import DutchAnalysis
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.errors import Unavailable
from woo.index.query import Soort
from woo.index.vraag import vraag_of
from woo.sandbox import Sandbox

SLEUTEL = "ab" * 36
GIVEN = {
    "vraag": "zoek=stikstof&publisher=gm0153",
    "email": "lezer@voorbeeld.example",
    "frequentie": "dagelijks",
}


@pytest.fixture
def site(tmp_path: Path, analysis: DutchAnalysis, lijsten: Waardelijsten, sandbox: Sandbox) -> PublicSite:
    mail = {"WOO_MAIL__HOST": "mail.zuiderveld.example", "WOO_MAIL__SENDER": "woo@zuiderveld.example"}
    return PublicSite(tmp_path, make_settings(tmp_path, **mail), analysis, lijsten, sandbox)


def left(site: PublicSite) -> list[tuple[str, Any]]:
    return [(entry.soort, dict(entry.inhoud)) for entry in site.inbox.entries()]


def test_the_search_page_leads_to_the_form_with_its_question(site: PublicSite) -> None:
    page = site.visitor.get("/?zoek=stikstof&publisher=gm0153&sorteer=titel&vanaf=21").text
    assert '"/volgen?zoek=stikstof&amp;publisher=gm0153"' in page
    form = site.visitor.get("/volgen?zoek=stikstof&publisher=gm0153").text
    assert "<strong>stikstof</strong>" in form
    assert "Organisatie: gemeente Enschede" in form
    assert 'value="zoek=stikstof&amp;publisher=gm0153"' in form
    assert 'href="/feed.atom?zoek=stikstof&amp;publisher=gm0153"' in form


def test_a_sign_up_is_left_in_the_inbox_and_nothing_else_happens(site: PublicSite) -> None:
    answer = site.visitor.post("/volgen", GIVEN)
    assert answer.status_code == 200
    assert "kijk in uw e-mail" in answer.text
    [(soort, told)] = left(site)
    assert soort == "volgen"
    assert (told["adres"], told["frequentie"]) == ("lezer@voorbeeld.example", "dagelijks")
    vraag = vraag_of(told["vraag"])
    assert vraag.zoek == "stikstof"
    assert vraag.filters.waarden == {"publisher": ("gm0153",)}
    assert vraag.adres == GIVEN["vraag"]
    assert site.visitor.post("/volgen", GIVEN).text == answer.text  # the same, whoever follows already


@pytest.mark.parametrize(
    "email", ["", "lezer", "lezer@", "a b@voorbeeld.example", "x@y.z\r\nBcc: a@b.nl", "lezér@b.nl"]
)
def test_what_is_no_address_is_told_next_to_the_field_and_what_was_typed_is_kept(
    site: PublicSite, email: str
) -> None:
    answer = site.visitor.post("/volgen", {**GIVEN, "email": email, "frequentie": "wekelijks"})
    assert answer.status_code == 400
    assert 'id="email-fout"' in answer.text
    assert 'value="wekelijks" checked' in answer.text
    assert left(site) == []


def test_an_unknown_frequency_is_told(site: PublicSite) -> None:
    answer = site.visitor.post("/volgen", {**GIVEN, "frequentie": "elk-uur"})
    assert answer.status_code == 400
    assert "Kies hoe vaak" in answer.text
    assert left(site) == []


@pytest.mark.parametrize("vraag", ["publisher=gm9999", "zoek=ab*", "creatiedatumVan=gisteren"])
def test_what_cannot_be_searched_cannot_be_followed(site: PublicSite, vraag: str) -> None:
    assert site.visitor.get(f"/volgen?{vraag}").status_code == 400
    assert site.visitor.post("/volgen", {**GIVEN, "vraag": vraag}).status_code == 400
    assert left(site) == []


def test_filters_of_every_kind_are_kept_and_asked_of_the_index_again(site: PublicSite) -> None:
    vraag = (
        "jaar=2023&jaar=2024&creatiedatumVan=2023-01-01&publicatiedatumTot=2024-05-01&moeilijkLeesbaar=true"
    )
    assert site.visitor.post("/volgen", {**GIVEN, "vraag": vraag}).status_code == 200
    kept = vraag_of(left(site)[0][1]["vraag"])
    query = kept.query(Soort.DOCUMENT, site.analysis)
    assert query is not None
    assert query.filters.waarden == {"jaar": ("2023", "2024")}
    assert query.filters.onleesbaar
    assert kept.query(Soort.PUBLICATIE, site.analysis) is None  # publicaties have no such filters
    page = site.visitor.get(f"/volgen?{vraag}").text
    assert "Datum document: vanaf 1 januari 2023" in page
    assert "Gepubliceerd: tot en met 1 mei 2024" in page


@pytest.mark.parametrize("wat", ["bevestig", "stop"])
def test_opening_a_link_changes_nothing_and_its_button_leaves_the_key(site: PublicSite, wat: str) -> None:
    path = f"/volgen/{wat}?sleutel={SLEUTEL}"
    page = site.visitor.get(path)
    assert page.status_code == 200
    assert f'action="{path}"' in page.text
    assert "noindex" in page.text
    assert left(site) == []
    # a form of a button alone has nothing in it
    done = site.visitor.post(path, b"", content_type="application/x-www-form-urlencoded")
    assert "binnen een minuut" in done.text
    assert left(site) == [(f"volgen-{wat}", {"sleutel": SLEUTEL})]


@pytest.mark.parametrize("sleutel", ["", "ab", "z" * 72, f"{SLEUTEL}00", "<script>"])
def test_a_link_that_was_cut_off_says_so(site: PublicSite, sleutel: str) -> None:
    for answer in (
        site.visitor.get(f"/volgen/stop?sleutel={sleutel}"),
        site.visitor.post(f"/volgen/stop?sleutel={sleutel}", {"x": "1"}),
    ):
        assert answer.status_code == 400
        assert "niet volledig" in answer.text
        assert "<script>" not in answer.text
    assert left(site) == []


class FullInbox:
    def add(self, soort: str, inhoud: object) -> str:
        raise Unavailable("inbox", "the disk is full")


def test_when_the_inbox_cannot_be_reached_it_is_said_and_what_was_typed_is_kept(site: PublicSite) -> None:
    visitor = site.client(inbox=FullInbox())
    answer = visitor.post("/volgen", GIVEN)
    assert answer.status_code == 503
    assert "Er is niets veranderd" in answer.text
    assert 'value="lezer@voorbeeld.example"' in answer.text
    assert visitor.post(f"/volgen/stop?sleutel={SLEUTEL}", {"x": "1"}).status_code == 503


def test_without_a_mail_server_the_page_offers_the_feed_alone(
    tmp_path: Path, analysis: DutchAnalysis, lijsten: Waardelijsten, sandbox: Sandbox
) -> None:
    site = PublicSite(tmp_path, make_settings(tmp_path), analysis, lijsten, sandbox)
    page = site.visitor.get("/volgen?zoek=stikstof").text
    assert "verstuurt geen e-mail" in page
    assert "<form" not in page
    assert "/feed.atom?zoek=stikstof" in page
    assert site.visitor.post("/volgen", GIVEN).status_code == 409
    assert left(site) == []


def test_a_question_that_is_too_long_to_keep_is_refused_in_words(
    site: PublicSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(volgen_page, "_MAX_ADRES_VRAAG", 20)
    answer = site.visitor.post("/volgen", GIVEN)
    assert answer.status_code == 400
    assert "minder filters" in answer.text
