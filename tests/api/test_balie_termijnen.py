"""The pages of what is due: Vandaag, all terms, those of one request, the own calendar, what stayed behind, figures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import html

from tests.api.desk import BEHEER, GEMEENTE, DeskOfTest, open_desk
from woo.domain.actor import Actor, Rol
from woo.domain.document import Leesstatus, Lezing
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.domain.verzoek import Opschorting, Opschortingsgrond
from woo.domain.volgen import Meldingsoort
from woo.registry import Item
from woo.usecases import aandacht, verloop
from woo.usecases.verzoek import register_verzoek, suspend
from woo.volgers import Melding, open_volgers


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


def browser(desk: DeskOfTest, rol: Rol = Rol.REDACTEUR) -> Any:
    client = desk.by(rol)
    client.base_url = "http://balie"
    client.follow_redirects = False
    return client


def press(client: Any, address: str) -> Any:
    """Send a form that has a button and nothing else, as a browser does."""
    return client.post(address, headers={"Content-Type": "application/x-www-form-urlencoded"})


def verzoek(desk: DeskOfTest, ontvangen: date, naam: str) -> str:
    made = register_verzoek(
        desk.platform,
        BEHEER,
        kenmerk=naam,
        onderwerp="De rondweg",
        ontvangen_op=ontvangen,
        organisatie=GEMEENTE,
    )
    return made.id


def text(page: Any, css: str) -> list[str]:
    assert page.status_code == 200, page.text
    return [" ".join(found.text_content().split()) for found in html.fromstring(page.text).cssselect(css)]


def test_today_names_what_is_late_due_soon_and_standing_still(desk: DeskOfTest) -> None:
    assert "Er is geen termijn te laat" in browser(desk).get("/").text
    late = verzoek(desk, date(2026, 1, 5), "W-laat <b>")
    verzoek(desk, date(2026, 2, 2), "W-vandaag")
    verzoek(desk, date(2026, 2, 9), "W-week")
    still = verzoek(desk, date(2026, 2, 16), "W-stil")
    suspend(desk.platform, BEHEER, still, Opschorting(date(2026, 2, 20), None, Opschortingsgrond.OVERMACHT))
    page = browser(desk).get("/")
    heads = text(page, "h3")
    assert [head.split(" (")[0] for head in heads] == ["Te laat", "Vandaag", "Binnen 7 dagen", "Staat stil"]
    lines = text(page, ".clock-line")
    assert lines[0] == "W-laat <b>: Beslissen op het verzoek 28 dagen te laat"
    assert (
        next(a.get("href") for a in html.fromstring(page.text).cssselect(".clock-line a"))
        == f"/verzoeken/{late}"
    )
    assert "W-laat &lt;b&gt;" in page.text
    listed = browser(desk, Rol.LEZER).get("/termijnen?voor=2026-03-02")
    assert [line.partition(":")[0] for line in text(listed, ".clock-line")][:2] == ["W-laat <b>", "W-vandaag"]
    assert "W-week" not in listed.text
    assert browser(desk).get("/termijnen?voor=morgen").status_code == 400


def test_the_terms_of_a_request_with_what_is_noted_for_them(desk: DeskOfTest) -> None:
    id = verzoek(desk, date(2026, 1, 12), "W-feiten")
    address = f"/verzoeken/{id}/termijnen"
    page = browser(desk).get(address)
    assert any("Beslissen op het verzoek" in line for line in text(page, ".clock-line"))
    assert any("precisering" in cell for cell in text(page, "th[scope=row]"))
    assert "geen juridisch advies" in page.text
    options = [o.get("value") for o in html.fromstring(page.text).cssselect("select#feit option")]
    assert f"rechterlijke_termijn|{id}" in options
    wrong = browser(desk).post(address, data={"feit": f"rechterlijke_termijn|{id}", "op": "2026-03-01"})
    assert wrong.status_code == 400
    assert 'value="2026-03-01"' in wrong.text
    foreign = browser(desk).post(address, data={"feit": "ander_orgaan|elders", "op": "2026-03-01"})
    assert foreign.status_code == 400
    data = {"feit": f"rechterlijke_termijn|{id}", "op": "2026-03-01", "tot": "2026-05-01"}
    assert browser(desk).post(address, data=data).status_code == 303
    again = browser(desk).get(address)
    assert "vrijdag 1 mei 2026" in again.text
    [strike] = html.fromstring(again.text).cssselect('form[action$="/schrappen"]')
    assert press(browser(desk, Rol.LEZER), strike.get("action")).status_code == 403
    assert press(browser(desk), strike.get("action")).status_code == 303
    assert "vrijdag 1 mei 2026" not in browser(desk).get(address).text
    assert "Noteer iets" not in browser(desk, Rol.LEZER).get(address).text
    assert browser(desk).get("/verzoeken/nergens/termijnen").status_code == 404


def test_the_address_of_a_calendar_is_shown_once(desk: DeskOfTest) -> None:
    client = browser(desk, Rol.BEHEERDER)
    assert client.post("/agenda", data={"naam": " "}).status_code == 400
    made = client.post("/agenda", data={"naam": "Outlook"})
    [address] = text(made, ".panel code")
    assert address.startswith("http://balie/v1/agenda.ics?sleutel=")
    assert "set-cookie" not in made.headers
    assert desk.client(None).get(address).status_code == 200
    assert address not in client.get("/agenda").text
    [revoke] = html.fromstring(client.get("/agenda").text).cssselect('form[action$="/intrekken"]')
    assert press(client, revoke.get("action")).status_code == 303
    assert desk.client(None).get(address).status_code == 404


def test_what_became_of_what_was_taken_in_is_accounted_for(desk: DeskOfTest) -> None:
    publicatie = desk.publicatie()
    broken = desk.document(publicatie)
    now = desk.clock()
    with desk.platform.registry.transaction() as tx:
        tx.save_document(
            replace(tx.document(broken), lezing=Lezing(Leesstatus.QUARANTAINE, reden="het <kost> te veel"))
        )
        tx.save_items(
            [
                Item(
                    "a",
                    "map/plan.exe",
                    now,
                    publicatie,
                    None,
                    staat="skipped",
                    reden="dit soort lezen wij niet",
                ),
                Item("b", "map/besluit.pdf", now, publicatie, broken),
            ]
        )
        tx.want(Jobwens(Jobsoort.SYNC_PUBLICATIE, publicatie, Prioriteit.NORMAAL), now=now)
    jobs = desk.platform.registry.jobs
    for _ in range(20):
        for job in jobs.claim(
            "w", now=desk.clock(), soorten=[Jobsoort.SYNC_PUBLICATIE], limit=9, lease=desk.clock.now - now
        ):
            jobs.fail(job, error="de index is weg", now=desk.clock())
        desk.clock.forward(hours=2)
    page = browser(desk).get("/")
    assert "1 bestand is bij het inlezen geweigerd of overgeslagen" in page.text
    work = browser(desk, Rol.LEZER).get("/inlezen")
    assert "map/plan.exe" in work.text
    assert "2 dingen zijn blijven liggen" in work.text
    [row] = [row for row in text(work, "tbody tr") if "1 overgeslagen" in row]
    assert "1 niet te lezen" in row
    told = desk.by(Rol.LEZER).get("/inlezen").json()
    [mine] = [row for row in told["verantwoording"] if row["publicatieId"] == publicatie]
    assert (mine["gevonden"], mine["staten"]) == (2, {"quarantined": 1, "skipped": 1})
    assert {"de index is weg", "het <kost> te veel"} <= {row["reden"] for row in told["mislukt"]}
    assert [row["pad"] for row in told["geweigerd"]] == ["map/plan.exe"]
    other = Actor("an", Rol.LEZER, "test", {"gm0344": Rol.LEZER})
    assert not aandacht.intake(desk.platform, other)
    assert not aandacht.stalled(desk.platform, other).geweigerd
    assert not aandacht.stalled(desk.platform, other).opnieuw


def test_a_report_of_a_visitor_is_dealt_with_on_today(desk: DeskOfTest) -> None:
    document = desk.document(desk.publicatie(), "melding")
    with open_volgers(desk.settings) as opslag:
        opslag.meldingen.add(
            Melding("m-1", desk.clock(), Meldingsoort.PRIVACY, document, 3, 1, "Er staat <een> naam", None)
        )
    page = browser(desk).get("/")
    assert "Er staat &lt;een&gt; naam" in page.text
    assert "Er staat" not in browser(desk, Rol.LEZER).get("/").text
    assert press(browser(desk), "/meldingen/m-1/afgehandeld").status_code == 303
    assert "Er staat" not in browser(desk).get("/").text


def test_the_figures_are_a_page_and_a_sheet(desk: DeskOfTest) -> None:
    id = verzoek(desk, date(2025, 3, 3), "W-cijfers")
    verloop.take_back(desk.platform, BEHEER, id, op=date(2025, 3, 20))
    page = browser(desk, Rol.LEZER).get("/statistieken")
    assert any(head.startswith("2025: ") for head in text(page, "h2"))
    assert "17,0" in page.text
    sheet = browser(desk, Rol.LEZER).get("/statistieken.csv?jaar=2025")
    assert sheet.headers["content-disposition"].startswith("attachment")
    assert len(sheet.content.splitlines()) == 2
