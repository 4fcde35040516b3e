"""The pages of publishing: what is wrong is seen, a plan is made in Dutch time, what was typed stays."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.desk import DeskOfTest, open_desk
from woo.domain.actor import Rol
from woo.domain.planning import Planstaat, Publicatieplan

CONVENANTEN = "c_8fc2335c"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


class Browser:
    """Someone who uses the pages."""

    def __init__(self, desk: DeskOfTest, rol: Rol = Rol.PUBLICEERDER) -> None:
        self._client = desk.by(rol)
        self._client.base_url = "http://balie"

    def get(self, path: str) -> httpx.Response:
        return self._client.get(path)

    def post(self, path: str, follow: bool = False, **velden: object) -> httpx.Response:
        as_browsers_do = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._client.post(path, data=velden, headers=as_browsers_do, follow_redirects=follow)


def test_the_page_shows_everything_that_is_wrong_and_offers_no_button_then(desk: DeskOfTest) -> None:
    id = desk.publicatie(informatiecategorieen=[CONVENANTEN], publisher=None)
    page = Browser(desk).get(f"/publicaties/{id}/publiceren").text
    for text in (
        "Er is nog geen organisatie ingevuld.",
        "Het veld &#39;Partijen&#39; is nog leeg.",
        f"/publicaties/{id}/gegevens",
    ):
        assert text in page
    assert "Publiceer nu" not in page
    sent = Browser(desk).post(f"/publicaties/{id}/publiceren")
    assert sent.status_code == 409
    assert "Er is nog geen organisatie ingevuld." in sent.text


def test_publishing_now_sends_on_and_says_so(desk: DeskOfTest) -> None:
    id, browser = desk.publicatie(), Browser(desk)
    assert "Publiceer nu" in browser.get(f"/publicaties/{id}/publiceren").text
    done = browser.post(f"/publicaties/{id}/publiceren", follow=True)
    assert (done.status_code, done.url.path) == (200, f"/publicaties/{id}")
    assert "De publicatie is openbaar." in done.text


def test_a_plan_is_made_in_dutch_time_and_shown_where_people_look(desk: DeskOfTest) -> None:
    id, browser = desk.publicatie(), Browser(desk)
    planned = browser.post(
        f"/publicaties/{id}/plannen",
        follow=True,
        publiceerOp="2026-07-01T09:30",
        embargo="ja",
        notitie="Na de raad",
    )
    assert "Wordt openbaar op <strong>1 juli 2026, 9.30 uur</strong>" in planned.text
    with desk.platform.registry.read() as reading:
        plan = reading.publiceren.plan(id)
    assert plan is not None
    assert (plan.op.isoformat(), plan.embargo) == ("2026-07-01T07:30:00+00:00", True)
    assert "1 juli 2026, 9.30 uur" in browser.get("/").text
    again = browser.get(f"/publicaties/{id}/publiceren").text
    assert 'value="2026-07-01T09:30"' in again
    assert "embargo tot 01-07-2026 09:30 uur" in again
    assert "geannuleerd" in browser.post(f"/publicaties/{id}/plan-annuleren", follow=True).text
    assert "1 juli 2026" not in browser.get("/").text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2026-03-29T02:30", "Dat uur bestaat niet op die dag"),
        ("2026-10-25T02:30", "komt die dag twee keer voor"),
        ("2026-03-01T09:00", "Dat moment is al voorbij"),
        ("volgende week", "kan niet"),
    ],
)
def test_a_moment_that_cannot_be_is_told_beside_its_field_and_the_note_stays(
    desk: DeskOfTest, typed: str, says: str
) -> None:
    page = Browser(desk).post(
        f"/publicaties/{desk.publicatie()}/plannen", publiceerOp=typed, notitie="Na de raad"
    )
    assert page.status_code == 400
    assert says in page.text
    assert 'id="fout-publiceerOp"' in page.text
    assert "Na de raad</textarea>" in page.text


def test_the_fields_of_the_category_are_filled_on_a_page(desk: DeskOfTest) -> None:
    id, browser = desk.publicatie(informatiecategorieen=[CONVENANTEN]), Browser(desk)
    wrong = browser.post(f"/publicaties/{id}/gegevens", partijen="gemeente Voorbeeld", ondertekendOp="ooit")
    assert wrong.status_code == 400
    assert 'value="gemeente Voorbeeld"' in wrong.text
    done = browser.post(
        f"/publicaties/{id}/gegevens", follow=True, partijen="gemeente Voorbeeld", ondertekendOp="2026-02-28"
    )
    assert "De gegevens zijn bewaard." in done.text
    with desk.platform.registry.read() as reading:
        assert reading.publiceren.velden(id) == {
            "ondertekend_op": "2026-02-28",
            "partijen": "gemeente Voorbeeld",
        }


def test_a_mededeling_is_made_and_undone_on_a_page(desk: DeskOfTest) -> None:
    id, browser = desk.publicatie(), Browser(desk)
    nothing = browser.post(f"/publicaties/{id}/mededeling", toelichting="Het rapport is geheim.")
    assert nothing.status_code == 400
    assert "Het rapport is geheim.</textarea>" in nothing.text
    browser.post(
        f"/publicaties/{id}/mededeling", toelichting="Het rapport is geheim.", gronden=["5.1.1.c", "5.1.2.e"]
    )
    with desk.platform.registry.read() as reading:
        made = reading.publiceren.mededeling(id)
    assert made is not None
    assert made.gronden == ("5.1.1.c", "5.1.2.e")
    browser.post(f"/publicaties/{id}/mededeling-weg")
    with desk.platform.registry.read() as reading:
        assert reading.publiceren.mededeling(id) is None


def test_a_document_is_made_to_wait_and_let_go_on_a_page(desk: DeskOfTest) -> None:
    id = desk.document(desk.publicatie())
    browser = Browser(desk)
    assert "Later openbaar maken" in browser.get(f"/documenten/{id}").text
    assert browser.post(f"/documenten/{id}/opschorting", tot="2026-03-01").status_code == 400
    assert browser.post(f"/documenten/{id}/opschorting", tot="2026-03-16").status_code == 303
    assert 'value="2026-03-16"' in browser.get(f"/documenten/{id}/opschorting").text
    assert browser.post(f"/documenten/{id}/vrijgeven").status_code == 303


def test_a_batch_is_chosen_and_its_report_names_what_went_and_what_not(desk: DeskOfTest) -> None:
    good, bad = (
        desk.publicatie(officieleTitel="Goed concept"),
        desk.publicatie(officieleTitel="Slecht concept", publisher=None),
    )
    browser = Browser(desk)
    assert "Goed concept" in browser.get("/publicaties-reeks").text
    assert "Kies minstens één publicatie." in browser.post("/publicaties-reeks").text
    report = browser.post("/publicaties-reeks", ids=[good, bad]).text
    assert "1 publicatie is openbaar" in report
    assert "Er is nog geen organisatie ingevuld." in report


def test_a_link_is_shown_once_and_ended_on_a_page(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    document, browser = desk.document(id), Browser(desk)
    made = browser.post(f"/publicaties/{id}/inzage", naam="Verzoeker A", dagen="7", documenten=[document])
    assert made.status_code == 201
    assert "http://127.0.0.1:8001/inzage/" in made.text
    listed = browser.get(f"/publicaties/{id}/inzage").text
    assert "Verzoeker A" in listed
    assert "/inzage/" + "A" not in listed
    with desk.platform.registry.read() as reading:
        [link] = reading.publiceren.inzages(id)
    browser.post(f"/publicaties/{id}/inzage/{link.id}/intrekken")
    assert "ingetrokken" in browser.get(f"/publicaties/{id}/inzage").text
    too_long = browser.post(f"/publicaties/{id}/inzage", naam="Verzoeker B", dagen="31")
    assert (too_long.status_code, 'value="Verzoeker B"' in too_long.text) == (400, True)


def test_a_failed_plan_stands_on_vandaag_with_what_to_do(desk: DeskOfTest) -> None:
    id = desk.publicatie(officieleTitel="Besluit over de wei")
    with desk.platform.registry.transaction() as tx:
        plan = Publicatieplan(id, desk.clock(), desk.clock()).mislukt(desk.clock(), ("geen_publisher",))
        tx.publiceren.save_plan(plan)
    page = Browser(desk).get("/").text
    assert "niet gelukt" in page
    assert f'href="/publicaties/{id}/publiceren">Besluit over de wei' in page
    assert Planstaat.MISLUKT.value in Browser(desk).get(f"/publicaties/{id}").text


@pytest.mark.parametrize("path", ["publiceren", "gegevens", "mededeling"])
def test_a_reader_sees_the_pages_and_changes_nothing(desk: DeskOfTest, path: str) -> None:
    id, reader = desk.publicatie(), Browser(desk, Rol.LEZER)
    assert reader.get(f"/publicaties/{id}/{path}").status_code == 200
    assert reader.post(f"/publicaties/{id}/publiceren").status_code == 403
