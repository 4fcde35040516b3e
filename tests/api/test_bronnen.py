"""Checks of publishers at the desk and on the public site: asked for, done by the worker, public only when somebody says so."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from ingest.bronnen.bord import Bord
from ingest.bronnen.wachtrij import LEASE, Wachtrij
from search_api.bron_schemas import Bronverslagen
from tests.api.bronverslag import GOED_VERSLAG, VERSLAG
from tests.api.desk import DeskOfTest, open_desk
from tests.api.site import PublicSite
from woo.domain.actor import Actor, Rol
from woo.domain.errors import InvalidValue, NotFound, Refused
from woo.domain.events import Actie
from woo.storage.port import BRONNEN
from woo.usecases.broncontrole import MOST_WAITING, read_check, read_checks, request_check, show_check

B = Actor("b", Rol.BEHEERDER, "test")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def queue(desk: DeskOfTest, check: Any) -> Wachtrij:
    return Wachtrij(desk.platform, desk.settings, check=check)


def test_what_is_asked_for_is_done_in_its_order_and_kept(desk: DeskOfTest) -> None:
    first = request_check(desk.platform, B, "open.voorbeeld.nl/pagina")
    desk.clock.forward(minutes=1)
    second = request_check(desk.platform, B, "https://twee.voorbeeld.nl")
    assert request_check(desk.platform, B, "https://open.voorbeeld.nl").id == first.id
    asked: list[str] = []

    def check(adres: str) -> dict[str, Any]:
        asked.append(adres)
        return VERSLAG

    wachtrij = queue(desk, check)
    assert [wachtrij.turn() for _ in range(3)] == [True, True, False]
    assert asked == ["https://open.voorbeeld.nl", "https://twee.voorbeeld.nl"]
    assert read_check(desk.platform, B, first.id).verslag == VERSLAG
    assert [each.id for each in read_checks(desk.platform, B)] == [second.id, first.id]
    assert [each.actie for each in desk.events()].count(Actie.BRONCONTROLE_ASKED) == 2


def test_what_fails_is_tried_three_times_and_what_was_stopped_begins_again(desk: DeskOfTest) -> None:
    id = request_check(desk.platform, B, "open.voorbeeld.nl").id

    def fail(_: str) -> dict[str, Any]:
        raise RuntimeError("stuk")

    stopped = queue(desk, lambda _: VERSLAG)
    stopped.stop.set()
    assert stopped.turn()
    assert read_check(desk.platform, B, id).klaar_op is None
    wachtrij = queue(desk, fail)
    assert [wachtrij.turn() for _ in range(4)] == [True, True, True, False]
    found = read_check(desk.platform, B, id)
    assert (found.verslag, found.fout, found.pogingen) == (None, "RuntimeError", 3)
    with pytest.raises(Refused, match="no report"):
        show_check(desk.platform, B, id, openbaar=True)


def test_one_process_at_a_time_asks_other_sites(desk: DeskOfTest) -> None:
    request_check(desk.platform, B, "open.voorbeeld.nl")
    leases, now = desk.platform.registry.leases, desk.platform.now()
    wachtrij = queue(desk, lambda _: VERSLAG)
    leases.acquire(LEASE, houder="elders:1:1", now=now, duration=wachtrij._lease)
    assert not wachtrij.turn()
    leases.release(LEASE, houder="elders:1:1")
    assert wachtrij.turn()


def test_no_more_wait_than_can_be_done_and_no_address_is_no_check(desk: DeskOfTest) -> None:
    for number in range(MOST_WAITING):
        request_check(desk.platform, B, f"w{number}.voorbeeld.nl")
    with pytest.raises(Refused, match="waiting already"):
        request_check(desk.platform, B, "nog.voorbeeld.nl")
    with pytest.raises(InvalidValue, match=r"open\.voorbeeld\.nl"):
        request_check(desk.platform, B, "geen adres")
    with pytest.raises(NotFound):
        read_check(desk.platform, B, "bestaat-niet")


def test_a_report_is_public_when_somebody_says_so_one_of_each_site(desk: DeskOfTest) -> None:
    ids = []
    for _ in range(2):
        ids.append(request_check(desk.platform, B, "open.voorbeeld.nl").id)
        assert queue(desk, lambda _: VERSLAG).turn()
        desk.clock.forward(minutes=1)
    at = 0.0
    bord = Bord(desk.platform, monotonic=lambda: at)

    def shown() -> list[Any]:
        nonlocal at
        at += 2
        bord.update()
        found = desk.platform.public.site(BRONNEN)
        assert found is not None
        return list(found["verslagen"])

    assert shown() == []
    show_check(desk.platform, B, ids[0], openbaar=True)
    assert shown() == [VERSLAG]
    show_check(desk.platform, B, ids[1], openbaar=True)
    assert shown() == [VERSLAG]
    assert read_check(desk.platform, B, ids[0]).openbaar_op is None
    show_check(desk.platform, B, ids[1], openbaar=False)
    assert shown() == []
    assert desk.actions(ids[1])[-2:] == [Actie.BRONCONTROLE_PUBLISHED, Actie.BRONCONTROLE_HIDDEN]


def test_the_pages_of_the_desk_ask_read_and_publish(desk: DeskOfTest) -> None:
    client = desk.by(Rol.BEHEERDER)
    client.base_url = "http://balie"
    client.follow_redirects = False
    headers = {"origin": "http://balie", "sec-fetch-site": "same-origin"}
    wrong = client.post("/bronnen", data={"adres": "geen adres"}, headers=headers)
    assert wrong.status_code == 400
    sent = client.post("/bronnen", data={"adres": "open.voorbeeld.nl"}, headers=headers)
    assert sent.status_code == 303, sent.text[:300]
    path = sent.headers["location"]
    assert "wordt nagekeken" in client.get(path).text
    assert queue(desk, lambda _: VERSLAG).turn()
    page = html.fromstring(client.get(path).text)
    told = " ".join(page.text_content().split())
    assert "(1.240 keer)" in told
    assert told.index("Hierdoor wordt er niets opgehaald") < told.index("Hierdoor mist de landelijke index")
    assert client.post(f"{path}/openbaarheid", data={"openbaar": "true"}, headers=headers).status_code == 303
    assert "openbaar sinds" in client.get(path).text
    assert "open.voorbeeld.nl" in client.get("/bronnen").text
    assert "/bronnen" in client.get("/beheer").text


def test_the_public_page_shows_the_public_reports_and_fetches_nothing(site: PublicSite) -> None:
    assert site.visitor.get("/v1/bronnen").status_code == 503
    site.store.show_site(BRONNEN, {"bijgewerktOp": "2024-04-01T08:00:00Z", "verslagen": []})
    assert "nog geen verslag" in site.visitor.get("/bronnen").text
    reports = {"bijgewerktOp": "2024-04-01T08:00:00Z", "verslagen": [VERSLAG, GOED_VERSLAG]}
    site.store.show_site(BRONNEN, reports)
    body = site.visitor.get("/v1/bronnen").json()
    Bronverslagen.model_validate(body)
    assert [each["oordeel"] for each in body["resultaten"]] == ["niets", "goed"]
    page = html.fromstring(site.visitor.get("/bronnen?adres=https://open.voorbeeld.nl").text)
    assert [each.text for each in page.cssselect("h2")] == [VERSLAG["adres"], GOED_VERSLAG["adres"]]
    assert len(page.cssselect("details")) == 1
    assert site.visitor.get("/v1/bronnen?adres=x").status_code == 400
