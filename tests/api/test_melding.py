"""A visitor tells that something is wrong with a document: what was filled in reaches the inbox, or stays in the form."""

from collections.abc import Mapping
from typing import Any

import pytest
from lxml import html

from tests.api.site import PublicSite
from woo.domain.document import Document
from woo.domain.errors import Unavailable

FILLED = {"soort": "privacy", "tekst": "Op de tweede regel staat een adres.", "pagina": "2", "email": "lezer@voorbeeld.example", "versie": "1"}  # fmt: skip


@pytest.fixture
def document(site: PublicSite) -> Document:
    return site.add_document(site.add_publicatie("Een publicatie"), "Brief & bijlage", ["Een\na", "Twee\nb"])


def text_of(body: str, query: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in html.fromstring(body).cssselect(query)]


def test_the_form_knows_the_document_and_the_page(site: PublicSite, document: Document):
    answer = site.visitor.get(f"/documenten/{document.id}/melding?pagina=2")
    assert answer.status_code == 200
    form = html.fromstring(answer.text).cssselect("main form")[0]
    assert (form.get("method"), form.get("action")) == ("post", f"/documenten/{document.id}/melding")
    assert form.cssselect("input[name=pagina]")[0].get("value") == "2"
    assert [radio.get("value") for radio in form.cssselect("input[name=soort]")] == [
        "privacy",
        "leesbaarheid",
        "onjuist",
        "anders",
    ]
    assert "binnen een seconde niet meer te zien" in answer.text
    beyond = site.visitor.get(f"/documenten/{document.id}/melding?pagina=9")
    assert html.fromstring(beyond.text).cssselect("input[name=pagina]")[0].get("value") == ""


def test_what_was_filled_in_reaches_the_inbox_and_the_visitor_is_thanked(
    site: PublicSite, document: Document
):
    answer = site.visitor.post(f"/documenten/{document.id}/melding", FILLED)
    assert answer.status_code == 200
    assert text_of(answer.text, "h1") == ["Uw melding is verstuurd"]
    (entry,) = site.inbox.entries()
    assert entry.soort == "melding"
    assert entry.inhoud == {
        "document": document.id,
        "publicatie": document.publicatie_id,
        "versie": 1,
        "pagina": 2,
        "soort": "privacy",
        "tekst": "Op de tweede regel staat een adres.",
        "email": "lezer@voorbeeld.example",
    }


def test_page_and_address_may_be_left_out_and_a_version_is_not_made_up(site: PublicSite, document: Document):
    sent = {"soort": "anders", "tekst": "  a\x00b\r\nc  ", "versie": "99"}
    assert site.visitor.post(f"/documenten/{document.id}/melding", sent).status_code == 200
    (entry,) = site.inbox.entries()
    told: Mapping[str, Any] = entry.inhoud
    assert (told["pagina"], told["email"], told["versie"]) == (None, None, 1)
    assert told["tekst"] == "a b\nc"


@pytest.mark.parametrize(
    ("veld", "waarde", "fout"),
    [
        ("soort", "", "Kies wat er aan de hand is."),
        ("soort", "boos", "Kies wat er aan de hand is."),
        ("tekst", "  \r\n ", "Schrijf op wat er niet goed is"),
        ("tekst", "a" * 2001, "2001 tekens lang"),
        ("pagina", "3", "pagina 1 tot en met 2"),
        ("pagina", "x", "pagina 1 tot en met 2"),
        ("email", "geen adres", "geen e-mailadres"),
        ("email", "a@b.nl, c@d.nl", "geen e-mailadres"),
        ("email", "a" * 250 + "@b.nl", "geen e-mailadres"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_rest_is_kept(
    site: PublicSite, document: Document, veld: str, waarde: str, fout: str
):
    answer = site.visitor.post(f"/documenten/{document.id}/melding", {**FILLED, veld: waarde})
    assert answer.status_code == 400
    assert list(site.inbox.entries()) == []
    shown = html.fromstring(answer.text)
    assert fout in text_of(answer.text, f"#fout-{veld}")[0]
    assert fout in text_of(answer.text, "[role=alert]")[0]
    described = shown.cssselect("fieldset, #tekst, #pagina, #email")
    assert [one for one in described if f"fout-{veld}" in one.get("aria-describedby", "").split()]
    if veld != "tekst":
        assert shown.cssselect("#tekst")[0].text_content().strip() == FILLED["tekst"]
    if veld != "soort":
        assert shown.cssselect("input[name=soort][checked]")[0].get("value") == "privacy"


def test_what_was_typed_comes_back_as_text(site: PublicSite, document: Document):
    nasty = '</textarea><script>alert(1)</script>"onclick="'
    sent = {"soort": "", "tekst": nasty, "email": nasty, "pagina": nasty}
    body = site.visitor.post(f"/documenten/{document.id}/melding", sent).text
    assert "<script>alert" not in body
    assert html.fromstring(body).cssselect("#tekst")[0].text_content().strip() == nasty


def test_when_the_inbox_cannot_be_reached_nothing_is_lost(site: PublicSite, document: Document):
    class Full:
        def add(self, soort: str, inhoud: Mapping[str, Any]) -> str:
            raise Unavailable("inbox", "the disk is full")

    answer = site.client(inbox=Full()).post(f"/documenten/{document.id}/melding", FILLED)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "Uw melding is niet aangekomen" in answer.text
    assert "woo@zuiderveld.example" in text_of(answer.text, "[role=alert]")[0]
    assert FILLED["tekst"] in answer.text


def test_of_what_is_withdrawn_or_not_there_nothing_can_be_reported(site: PublicSite, document: Document):
    unknown = "/documenten/00000000-0000-4000-8000-00000000ffff/melding"
    assert site.visitor.post(unknown, FILLED).status_code == 404
    site.withdraw(document)
    client = site.client()
    assert client.get(f"/documenten/{document.id}/melding").status_code == 410
    assert client.post(f"/documenten/{document.id}/melding", FILLED).status_code == 410
    assert list(site.inbox.entries()) == []
