"""Words in the text of concepts: found at the own organisations alone, never of what is public, and noted as read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.tekst_schemas import around
from tests.api.desk import REDEN, DeskOfTest, open_desk
from woo.domain.actor import Rol
from woo.domain.document import Pagina
from woo.domain.events import Actie


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def with_text(desk: DeskOfTest, *paginas: str, publicatie: str | None = None, **velden: str) -> str:
    id = desk.document(publicatie or desk.publicatie(**velden), inhoud=paginas[0])
    with desk.platform.registry.transaction() as tx:
        tx.save_pages(id, [Pagina(number, tekst, "pdf") for number, tekst in enumerate(paginas, 1)])
    return id


def found(desk: DeskOfTest, zoek: str, client: object = None) -> list[tuple[str, int, int]]:
    answer = (client or desk.by(Rol.LEZER)).get("/teksten", params={"zoek": zoek})  # type: ignore[attr-defined]
    assert answer.status_code == 200, answer.text
    return [(each["document"], each["pagina"], each["paginas"]) for each in answer.json()["resultaten"]]


def test_every_word_stands_on_one_page_of_a_concept(desk: DeskOfTest) -> None:
    id = with_text(desk, "Over de haven.", "De rondweg langs de haven.", "De rondweg en de haven.")
    assert found(desk, "RONDWEG haven") == [(id, 2, 2)]
    assert found(desk, "rondweg molen") == []
    assert found(desk, "ha%en") == []
    answer = desk.by(Rol.LEZER).get("/teksten", params={"zoek": "rondweg"}).json()
    [first] = answer["resultaten"]
    assert (first["voor"], first["woord"], first["na"]) == ("De ", "rondweg", " langs de haven.")
    assert (answer["gezocht"], answer["alles"], answer["meer"]) == (1, True, False)
    lines = [line for line in desk.events(id) if line.actie is Actie.CONCEPT_GELEZEN]
    assert len(lines) == 1  # once in a quarter of an hour


def test_what_is_public_withdrawn_or_of_another_organisation_is_not_found(desk: DeskOfTest) -> None:
    public = desk.published()
    with_text(desk, "Een kwartelwei.", publicatie=public)
    gone = with_text(desk, "Een tweede kwartelwei.")
    assert (
        desk.by(Rol.BEHEERDER).post(f"/documenten/{gone}/intrekken", json={"reden": REDEN}).status_code == 200
    )
    elsewhere = with_text(desk, "Een derde kwartelwei.", publisher="gm0363")
    assert [id for id, *_ in found(desk, "kwartelwei")] == [elsewhere]
    only = {"naam": "x", "dagen": 1, "organisaties": {"gm0153": "lezer"}}
    secret = desk.by(Rol.BEHEERDER).post("/sleutels", json=only).json()["geheim"]
    assert found(desk, "kwartelwei", desk.client(f"Bearer {secret}")) == []


def test_more_than_is_shown_or_looked_at_is_said(desk: DeskOfTest, monkeypatch: pytest.MonkeyPatch) -> None:
    publicatie = desk.publicatie()
    ids = [with_text(desk, f"Kwartelwei {number}.", publicatie=publicatie) for number in range(3)]
    monkeypatch.setattr("woo.usecases.tekstzoeken.MOST", 1)
    answer = desk.by(Rol.LEZER).get("/teksten", params={"zoek": "kwartelwei"}).json()
    assert (len(answer["resultaten"]), answer["meer"]) == (1, True)
    monkeypatch.setattr("woo.registry.teksten.MOST_DOCUMENTS", 2)
    answer = desk.by(Rol.LEZER).get("/teksten", params={"zoek": "kwartelwei"}).json()
    assert (answer["gezocht"], answer["alles"]) == (2, False)
    assert len(ids) == 3


def test_a_word_that_is_too_short_is_refused_and_the_page_says_what_it_found(desk: DeskOfTest) -> None:
    with_text(desk, "De <b>rondweg</b> langs de haven.")
    refused = desk.by(Rol.LEZER).get("/teksten", params={"zoek": "de"})
    assert refused.status_code == 400
    assert "drie tekens" in refused.json()["errors"][0]["detail"]
    client = desk.by(Rol.LEZER)
    client.base_url = "http://balie"  # type: ignore[assignment]
    page = client.get("/publicaties-teksten", params={"zoek": "rondweg"})
    assert page.status_code == 200
    assert "De &lt;b&gt;<mark>rondweg</mark>&lt;/b&gt; langs" in page.text
    assert "alle 1 document" in page.text
    short = client.get("/publicaties-teksten", params={"zoek": "de"})
    assert short.status_code == 400
    assert "drie tekens" in short.text


def test_a_piece_of_text_is_cut_on_both_sides_and_on_one_line() -> None:
    voor, woord, na = around("x " * 200 + "Hier\nRondweg\n\nverder " + "y " * 200, "rondweg")
    assert voor.startswith("…")
    assert (voor[-5:], woord, na[:8]) == ("Hier ", "Rondweg", " verder ")
    assert na.endswith("…")
