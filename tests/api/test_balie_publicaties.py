"""Pages of publicaties: found by words and filters, made, seen, changed without overwriting another's work."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.api.desk import GEMEENTE, WOO_VERZOEKEN, DeskOfTest, open_desk
from woo.domain.actor import Actor, Rol
from woo.domain.errors import InvalidValue, NotAllowed, NotFound, Refused
from woo.domain.events import Actie
from woo.domain.publicatie import Publicatiestatus
from woo.registry import LoggedEvent, finding
from woo.registry.finding import Zoekvraag
from woo.usecases import inzage
from woo.usecases.publicatie_gegevens import Gegevens, rewrite_publicatie

OTHER = "gm0363"
ONLY_OTHER = Actor("ander", Rol.PUBLICEERDER, "test", per_organisatie={OTHER: Rol.PUBLICEERDER})
READER = Actor(
    "lezer",
    Rol.REDACTEUR,
    "test",
    per_organisatie={GEMEENTE: Rol.LEZER, OTHER: Rol.REDACTEUR},
)
EVERYWHERE = Actor("r", Rol.REDACTEUR, "test")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def browser(desk: DeskOfTest, rol: Rol = Rol.REDACTEUR) -> Any:
    client = desk.by(rol)
    client.base_url = "http://balie"
    client.follow_redirects = False
    return client


def found(desk: DeskOfTest, **vraag: Any) -> list[str]:
    with desk.platform.registry.read() as reading:
        rows = finding.latest(reading.connection, Zoekvraag(**vraag))
        assert finding.count(reading.connection, Zoekvraag(**vraag)) == len(rows)
        by_id = finding.publicaties(reading.connection, Zoekvraag(**vraag))
    assert {row.id for row in by_id} == {row.id for row in rows}
    return [row.officiele_titel for row in rows]


def data(**velden: Any) -> dict[str, Any]:
    return {
        "officieleTitel": "Rondweg",
        "informatiecategorieen": WOO_VERZOEKEN,
        "publisher": GEMEENTE,
    } | velden


def test_publicaties_are_found_by_words_and_filters(desk: DeskOfTest) -> None:
    first = desk.publicatie(officieleTitel="Rondweg Oost", kenmerk="Z_2023%4")
    desk.document(first)
    desk.clock.forward(days=1)
    desk.publicatie(officieleTitel="Begroting", publisher=OTHER)
    desk.clock.forward(days=1)
    desk.published()
    assert found(desk) == ["Besluit op een verzoek", "Begroting", "Rondweg Oost"]
    assert found(desk, tekst="ROND oost") == ["Rondweg Oost"]
    assert found(desk, tekst="rond west") == []
    assert found(desk, tekst="besluit.pdf") == ["Rondweg Oost"]
    assert found(desk, tekst="z_2023%") == ["Rondweg Oost"]
    assert found(desk, tekst="z%4") == []
    assert found(desk, organisatie=OTHER) == ["Begroting"]
    assert found(desk, tekst=first) == ["Rondweg Oost"]
    assert found(desk, jaar=2025) == []
    assert found(desk, categorie=WOO_VERZOEKEN, jaar=2026, status=Publicatiestatus.CONCEPT) == [
        "Begroting",
        "Rondweg Oost",
    ]
    assert found(desk, categorie="c_3baef53") == []
    assert found(desk, organisaties=frozenset({OTHER})) == ["Begroting"]


def test_a_list_goes_on_where_it_stopped(desk: DeskOfTest) -> None:
    for number in range(30):
        desk.publicatie(officieleTitel=f"Nummer {number:02}")
    first = browser(desk).get("/publicaties?zoek=nummer&status=&jaar=")
    assert first.status_code == 200
    tree = html.fromstring(first.text)
    (further,) = tree.cssselect('a[rel="next"]')
    second = html.fromstring(browser(desk).get(further.get("href")).text)
    titles = [a.text_content() for page in (tree, second) for a in page.cssselect("td:first-child a")]
    assert sorted(titles) == [f"Nummer {number:02}" for number in range(30)]
    assert browser(desk).get("/publicaties?na=onzin").status_code == 400
    api = desk.by(Rol.LEZER).get("/publicaties", params={"zoek": "nummer 07"}).json()
    assert [each["officieleTitel"] for each in api["resultaten"]] == ["Nummer 07"]


def test_what_is_of_another_organisation_is_neither_listed_nor_shown(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    assert inzage.latest_publicaties(desk.platform, ONLY_OTHER, Zoekvraag()) == ([], 0)
    gegevens = Gegevens("x", (WOO_VERZOEKEN,), GEMEENTE)
    with pytest.raises(NotFound):
        rewrite_publicatie(desk.platform, ONLY_OTHER, id, gegevens)
    with pytest.raises(NotAllowed):
        rewrite_publicatie(desk.platform, READER, id, gegevens)
    own = desk.publicatie(publisher=OTHER)
    with pytest.raises(NotAllowed, match=GEMEENTE):
        rewrite_publicatie(desk.platform, ONLY_OTHER, own, gegevens)


def test_a_concept_is_made_and_shown(desk: DeskOfTest) -> None:
    client = browser(desk)
    made = client.post("/publicaties/nieuw", data=data(officieleTitel="<b>Rondweg</b>"))
    assert made.status_code == 303
    page = client.get(made.headers["location"])
    assert "&lt;b&gt;Rondweg&lt;/b&gt;" in page.text
    assert "Het concept is gemaakt" in page.text
    assert "/wijzig" in page.text
    assert "/wijzig" not in browser(desk, Rol.LEZER).get(made.headers["location"]).text
    assert browser(desk, Rol.LEZER).get("/publicaties/nieuw").status_code == 403


def test_what_is_wrong_with_a_new_one_is_told_at_once(desk: DeskOfTest) -> None:
    page = browser(desk).post(
        "/publicaties/nieuw", data={"publisher": GEMEENTE, "kenmerk": "k" * 251, "omschrijving": "blijft"}
    )
    assert page.status_code == 400
    tree = html.fromstring(page.text)
    assert {e.get("id") for e in tree.cssselect(".field-error")} == {
        "fout-officieleTitel",
        "fout-informatiecategorieen",
        "fout-kenmerk",
    }
    assert "blijft" in tree.get_element_by_id("omschrijving").text
    assert tree.cssselect("#publisher option[selected]")[0].get("value") == GEMEENTE


def changes(desk: DeskOfTest, id: str) -> list[LoggedEvent]:
    """The lines of the log that say that the publicatie was changed; that it was read stands there too."""
    return [line for line in desk.events(id) if line.actie is Actie.PUBLICATIE_CHANGED]


def test_a_change_is_saved_and_an_empty_field_is_emptied(desk: DeskOfTest) -> None:
    id = desk.publicatie(kenmerk="oud", omschrijving="oud")
    desk.clock.forward(minutes=1)
    saved = browser(desk).post(f"/publicaties/{id}/wijzig", data=data(kenmerk="nieuw", omschrijving=""))
    assert saved.status_code == 303
    told = desk.by(Rol.LEZER).get(f"/publicaties/{id}").json()["publicatie"]
    assert (told["kenmerk"], told["omschrijving"]) == ("nieuw", None)
    (change,) = changes(desk, id)
    assert change.details["velden"] == "kenmerk,officiele_titel,omschrijving"
    again = desk.by(Rol.REDACTEUR).put(
        f"/publicaties/{id}", json=data(kenmerk="nieuw", informatiecategorieen=[WOO_VERZOEKEN])
    )
    assert again.status_code == 200
    assert changes(desk, id) == [change]


def test_two_people_at_once_see_both_versions_and_overwrite_nothing(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    client = browser(desk)
    seen = html.fromstring(client.get(f"/publicaties/{id}/wijzig").text)
    state = seen.cssselect('[name="gewijzigdOp"]')[0].get("value")
    desk.clock.forward(minutes=1)
    assert (
        client.post(
            f"/publicaties/{id}/wijzig", data=data(officieleTitel="Eerste", gewijzigdOp=state)
        ).status_code
        == 303
    )
    late = client.post(f"/publicaties/{id}/wijzig", data=data(officieleTitel="Tweede", gewijzigdOp=state))
    assert late.status_code == 409
    tree = html.fromstring(late.text)
    assert [cell.text_content() for cell in tree.cssselect('[role="alert"] td')] == ["Eerste", "Tweede"]
    api = desk.by(Rol.REDACTEUR).put(
        f"/publicaties/{id}", json=data(informatiecategorieen=[WOO_VERZOEKEN], gewijzigdOp=state)
    )
    assert api.status_code == 409
    fresh = tree.cssselect('[name="gewijzigdOp"]')[0].get("value")
    assert (
        client.post(
            f"/publicaties/{id}/wijzig", data=data(officieleTitel="Tweede", gewijzigdOp=fresh)
        ).status_code
        == 303
    )


def test_what_cannot_be_changed_says_why(desk: DeskOfTest) -> None:
    public = desk.published()
    with pytest.raises(InvalidValue, match="publisher"):
        rewrite_publicatie(desk.platform, EVERYWHERE, public, Gegevens("x", (WOO_VERZOEKEN,)))
    with pytest.raises(InvalidValue):
        rewrite_publicatie(desk.platform, EVERYWHERE, public, Gegevens("x", ("onzin",), GEMEENTE))
    desk.by(Rol.PUBLICEERDER).post(f"/publicaties/{public}/intrekken", json={"reden": "fout"})
    with pytest.raises(Refused, match="withdrawn"):
        rewrite_publicatie(desk.platform, EVERYWHERE, public, Gegevens("x", (WOO_VERZOEKEN,), GEMEENTE))
    page = browser(desk).post(f"/publicaties/{public}/wijzig", data=data())
    assert (page.status_code, "ingetrokken" in page.text) == (409, True)
    assert browser(desk).get("/publicaties/weg").status_code == 404
