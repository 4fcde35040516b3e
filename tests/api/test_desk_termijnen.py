"""The desk's API of legal terms: what runs, of whom, the facts noted for it, calendars, figures for the annual account."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.api.desk import BEHEER, GEMEENTE, DeskOfTest, open_desk
from woo.domain.account import Account, Roltoekenning
from woo.domain.actor import Actor, Rol
from woo.domain.besluit import Uitkomst
from woo.domain.betrokkenen import Reactie
from woo.domain.errors import NotFound
from woo.domain.events import Actie
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.domain.termijnregel import Feitsoort
from woo.domain.verzoek import Opschorting, Opschortingsgrond
from woo.usecases import agenda, betrokkenen, procedure, termijnen, verloop
from woo.usecases.termijnen import open_termijnen, termijnen_van
from woo.usecases.verzoek import NieuwBesluit, register_besluit, register_verzoek, suspend

ANDERE = "gm0344"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    """For tests that look at what they made alone, and leave the clock where it is."""
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[DeskOfTest]:
    """A desk of its own."""
    with open_desk(tmp_path) as opened:
        yield opened


ZUIDERVELD = Actor("an", Rol.REDACTEUR, "test", {GEMEENTE: Rol.REDACTEUR}, "account-1")


def verzoek(
    desk: DeskOfTest, ontvangen: date = date(2026, 2, 9), organisatie: str = GEMEENTE, naam: str = "W-1"
) -> str:
    made = register_verzoek(
        desk.platform,
        BEHEER,
        kenmerk=naam,
        onderwerp="De rondweg",
        ontvangen_op=ontvangen,
        organisatie=organisatie,
    )
    return made.id


def besluit(desk: DeskOfTest, verzoek_id: str, dag: date = date(2026, 2, 20), **velden: Any) -> str:
    nieuw = NieuwBesluit("B-1", dag, velden.pop("uitkomst", Uitkomst.DEELS_OPENBAAR), **velden)
    return register_besluit(desk.platform, BEHEER, verzoek_id, nieuw).id


def by_code(desk: DeskOfTest, id: str) -> dict[str, Any]:
    answer = desk.by(Rol.LEZER).get(f"/verzoeken/{id}/termijnen")
    assert answer.status_code == 200, answer.text
    return {row["code"]: row for row in answer.json()["resultaten"]}


def test_the_terms_of_a_request_are_told_in_plain_words(desk: DeskOfTest) -> None:
    found = by_code(desk, verzoek(desk))
    term = found["beslistermijn"]
    assert term["uitersteDatum"] == "2026-03-09"
    assert (
        term["zin"] == "U moet uiterlijk maandag 9 maart 2026 beslissen op het verzoek. Dat is over 7 dagen."
    )
    assert (term["artikel"], term["dagenOver"], term["stand"]) == ("artikel 4.4, eerste lid, Woo", 7, "loopt")
    assert found["misbruik"]["stand"] == "vervallen"
    assert desk.by(Rol.LEZER).get("/verzoeken/nergens/termijnen").status_code == 404


def test_a_suspension_is_counted_both_ways_and_its_end_is_a_task(desk: DeskOfTest) -> None:
    id = verzoek(desk)
    stil = Opschorting(date(2026, 2, 16), date(2026, 2, 27), Opschortingsgrond.ZIENSWIJZE)
    suspend(desk.platform, BEHEER, id, stil)
    found = by_code(desk, id)
    term = found["beslistermijn"]
    assert (term["uitersteDatum"], term["uitersteDatumZonderOpschorting"]) == ("2026-03-23", "2026-03-09")
    assert found["nieuwe_datum"]["streef"] is True
    told = desk.by(Rol.REDACTEUR).post(
        f"/verzoeken/{id}/termijnfeiten",
        json={"soort": "nieuwe_datum_gemeld", "over": f"{id}#2026-02-16", "op": "2026-03-02"},
    )
    assert told.status_code == 201, told.text
    assert by_code(desk, id)["nieuwe_datum"]["stand"] == "gedaan"
    suspend(desk.platform, BEHEER, id, replace(stil, van=date(2026, 3, 2), tot=None))
    assert by_code(desk, id)["beslistermijn"]["stand"] == "stil"


def test_everything_that_befalls_a_request_has_its_clock(desk: DeskOfTest) -> None:
    id = verzoek(desk, date(2026, 1, 5))
    verloop.ask_precision(desk.platform, BEHEER, id, op=date(2026, 1, 8))
    verloop.note_late(desk.platform, BEHEER, id, op=date(2026, 2, 10))
    betrokkenen.add_belanghebbende(
        desk.platform,
        BEHEER,
        id,
        {"naam": "Jansen bv", "gevraagd_op": date(2026, 2, 20), "reageren_voor": date(2026, 3, 6)},
    )
    found = by_code(desk, id)
    assert found["beslistermijn"]["teLaat"] == 28
    assert found["precisering"]["stand"] == "gedaan"
    assert found["ingebrekestelling"]["uitersteDatum"] == "2026-02-24"
    assert found["zienswijze"]["uitersteDatum"] == "2026-03-06"
    assert "Jansen" not in str(found)
    besluit_id = besluit(desk, id, date(2026, 3, 1))
    made = procedure.register_procedure(
        desk.platform, BEHEER, besluit_id, soort=Proceduresoort.BEZWAAR, datum=date(2026, 3, 2)
    )
    post = desk.by(Rol.REDACTEUR).post
    assert (
        post(
            f"/verzoeken/{id}/termijnfeiten", json={"soort": "commissie", "over": made.id, "op": "2026-03-02"}
        ).status_code
        == 201
    )
    assert (
        post(
            f"/verzoeken/{id}/termijnfeiten",
            json={"soort": "uitgesteld", "over": besluit_id, "op": "2026-03-01"},
        ).status_code
        == 201
    )
    found = by_code(desk, id)
    assert found["beslistermijn"]["gedaanOp"] == "2026-03-01"
    assert found["zienswijze"]["stand"] == "vervallen"
    assert found["bezwaar_maken"]["uitersteDatum"] == "2026-04-13"
    assert found["bezwaar_beslissen_commissie"]["uitersteDatum"] == "2026-07-06"
    assert found["uitgestelde_verstrekking"]["zin"] == (
        "U mag vanaf dinsdag 17 maart 2026 de stukken verstrekken en openbaar maken. Eerder mag het niet."
    )


def test_an_answer_of_a_third_party_ends_the_waiting(desk: DeskOfTest) -> None:
    id = verzoek(desk)
    asked = {"naam": "Jansen bv", "gevraagd_op": date(2026, 2, 20), "reageren_voor": date(2026, 3, 6)}
    answered = {"reactie": Reactie.GEEN_BEZWAAR, "gereageerd_op": date(2026, 2, 27)}
    betrokkenen.add_belanghebbende(desk.platform, BEHEER, id, {**asked, **answered})
    assert by_code(desk, id)["zienswijze"]["gedaanOp"] == "2026-02-27"


@pytest.mark.parametrize("end", ["take back", "partial"])
def test_a_request_ends_in_more_ways_than_by_one_decision(desk: DeskOfTest, end: str) -> None:
    id = verzoek(desk)
    if end == "take back":
        verloop.take_back(desk.platform, BEHEER, id, op=date(2026, 2, 20))
    else:
        besluit(desk, id, deelbesluit=1)
        assert by_code(desk, id)["beslistermijn"]["stand"] == "loopt"
        nieuw = NieuwBesluit("B-2", date(2026, 2, 20), Uitkomst.OPENBAAR, deelbesluit=2, laatste=True)
        register_besluit(desk.platform, BEHEER, id, nieuw)
    assert by_code(desk, id)["beslistermijn"]["gedaanOp"] == "2026-02-20"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"soort": "ontvangst", "over": "ID", "op": "2026-03-01"}, 400),
        ({"soort": "rechterlijke_termijn", "over": "ID", "op": "2026-03-01"}, 400),
        ({"soort": "ander_orgaan", "over": "ID", "op": "2026-03-01", "tot": "2026-03-05"}, 400),
        ({"soort": "rechterlijke_termijn", "over": "ID", "op": "2026-03-01", "tot": "2026-02-01"}, 400),
        ({"soort": "ander_orgaan", "over": "ID", "op": "2026-03-03"}, 400),
        ({"soort": "nieuwe_datum_gemeld", "over": "ID#2026-01-01", "op": "2026-03-01"}, 400),
        ({"soort": "ander_orgaan", "over": "nergens", "op": "2026-03-01"}, 404),
        ({"soort": "commissie", "over": "ID", "op": "2026-03-01"}, 404),
        ({"soort": "volle_maan", "over": "ID", "op": "2026-03-01"}, 400),
    ],
)
def test_a_fact_that_cannot_be_is_refused(desk: DeskOfTest, body: dict[str, str], status: int) -> None:
    id = verzoek(desk)
    sent = {name: value.replace("ID", id) for name, value in body.items()}
    assert desk.by(Rol.REDACTEUR).post(f"/verzoeken/{id}/termijnfeiten", json=sent).status_code == status
    assert desk.by(Rol.LEZER).get(f"/verzoeken/{id}/termijnfeiten").json() == {"resultaten": []}


def test_a_fact_is_noted_once_and_can_be_struck_out(desk: DeskOfTest) -> None:
    id = verzoek(desk)
    address = f"/verzoeken/{id}/termijnfeiten"
    body = {"soort": "rechterlijke_termijn", "op": "2026-03-01", "tot": "2026-05-01"}
    assert desk.by(Rol.LEZER).post(address, json=body).status_code == 403
    made = desk.by(Rol.REDACTEUR).post(address, json=body)
    assert made.json()["naam"] == "De rechter bepaalde de laatste dag om te beslissen"
    assert desk.by(Rol.REDACTEUR).post(address, json=body).status_code == 409
    assert by_code(desk, id)["rechterlijke_termijn"]["uitersteDatum"] == "2026-05-01"
    feit = made.json()["id"]
    assert desk.by(Rol.REDACTEUR).post(f"/termijnfeiten/{feit}/schrappen").status_code == 200
    assert desk.by(Rol.REDACTEUR).post(f"/termijnfeiten/{feit}/schrappen").status_code == 404
    assert "rechterlijke_termijn" not in by_code(desk, id)
    assert {Actie.TERMIJNFEIT_NOTED, Actie.TERMIJNFEIT_REMOVED} <= set(desk.actions(id))


def test_the_running_terms_go_by_their_end_and_in_pages(fresh: DeskOfTest) -> None:
    late, soon = verzoek(fresh, date(2026, 1, 5), naam="W-1"), verzoek(fresh, date(2026, 2, 9), naam="W-2")
    client = fresh.by(Rol.LEZER)
    rows = client.get("/termijnen").json()["resultaten"]
    ends = [row["uitersteDatum"] for row in rows]
    assert ends == sorted(ends)
    due = client.get("/termijnen", params={"voor": "2026-03-09"}).json()["resultaten"]
    assert [(row["verzoek"], row["code"]) for row in due] == [
        (late, "beslistermijn"),
        (soon, "beslistermijn"),
    ]
    first = client.get("/termijnen", params={"aantal": 1}).json()
    second = client.get("/termijnen", params={"aantal": 1, "na": first["volgende"]}).json()
    assert [row["kenmerk"] for row in (*first["resultaten"], *second["resultaten"])] == ["W-1", "W-2"]
    assert client.get("/termijnen", params={"organisatie": ANDERE}).json()["resultaten"] == []
    assert client.get("/termijnen", params={"voor": "9 maart"}).status_code == 400


def test_nobody_sees_the_terms_of_another_organisation(fresh: DeskOfTest) -> None:
    own, other = verzoek(fresh), verzoek(fresh, organisatie=ANDERE, naam="W-2")
    found = open_termijnen(fresh.platform, ZUIDERVELD)
    assert {one.verzoek.id for one in found if one.verzoek} == {own}
    with pytest.raises(NotFound):
        termijnen_van(fresh.platform, ZUIDERVELD, other)
    with pytest.raises(NotFound):
        termijnen.note_feit(
            fresh.platform,
            ZUIDERVELD,
            soort=Feitsoort.ANDER_ORGAAN,
            over=other,
            op=date(2026, 3, 1),
        )


def test_publishing_of_ones_own_accord_has_a_term_where_the_duty_began(fresh: DeskOfTest) -> None:
    begun = fresh.publicatie(informatiecategorieen=["c_40a05794"])  # since 1 November 2024
    unknown = fresh.publicatie(informatiecategorieen=["c_139c6280"])
    for id in (begun, unknown):
        body = {"soort": "vaststelling", "over": id, "op": "2026-02-23"}
        assert fresh.by(Rol.REDACTEUR).post(f"/publicaties/{id}/termijnfeiten", json=body).status_code == 201
    [row] = fresh.by(Rol.LEZER).get("/termijnen").json()["resultaten"]
    assert (row["publicatie"], row["uitersteDatum"]) == (begun, "2026-03-09")
    assert fresh.by(Rol.BEHEERDER).post(f"/publicaties/{begun}/publiceer").status_code == 200
    assert fresh.by(Rol.LEZER).get("/termijnen").json()["resultaten"] == []


def feed(desk: DeskOfTest, adres: str) -> Any:
    return desk.client(None).get(adres.removeprefix("http://balie/v1"))


def made_agenda(desk: DeskOfTest, **velden: Any) -> dict[str, Any]:
    made = desk.by(Rol.BEHEERDER).post("/agendas", json={"naam": "Mijn agenda", **velden})
    assert made.status_code == 201, made.text
    return dict(made.json())


def test_the_calendar_is_valid_and_holds_no_people(desk: DeskOfTest) -> None:
    id = verzoek(desk, naam="W-1; met, tekens")
    betrokkenen.add_belanghebbende(
        desk.platform,
        BEHEER,
        id,
        {"naam": "Jansen bv", "gevraagd_op": date(2026, 2, 20), "reageren_voor": date(2026, 3, 6)},
    )
    answer = feed(desk, made_agenda(desk)["adres"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"
    assert b"Jansen" not in answer.content
    lines = answer.content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    calendar = Calendar.from_ical(answer.content)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    term = events[f"beslistermijn.{id}@balie"]
    assert (term.decoded("dtstart"), term.decoded("dtend")) == (date(2026, 3, 9), date(2026, 3, 10))
    assert str(term["summary"]) == "W-1; met, tekens: Beslissen op het verzoek"
    assert str(term["url"]) == f"http://balie/verzoeken/{id}"
    assert term.decoded("dtstamp") == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert len(term.walk("VALARM")) == 3
    assert "over 7 dagen" not in str(term["description"])  # it would be another text each day
    assert f"misbruik.{id}@balie" not in events


def test_an_event_keeps_its_name_and_goes_up_with_each_change(fresh: DeskOfTest) -> None:
    id, adres = verzoek(fresh), made_agenda(fresh)["adres"]

    def term() -> Any:
        calendar = Calendar.from_ical(feed(fresh, adres).content)
        return next(
            each for each in calendar.walk("VEVENT") if str(each["uid"]) == f"beslistermijn.{id}@balie"
        )

    before, again = term(), term()
    assert before.decoded("sequence") == again.decoded("sequence")
    fresh.clock.forward(hours=1)
    stil = Opschorting(date(2026, 2, 16), date(2026, 2, 27), Opschortingsgrond.ZIENSWIJZE)
    suspend(fresh.platform, BEHEER, id, stil)
    after = term()
    assert after.decoded("sequence") > before.decoded("sequence")
    assert after.decoded("last-modified") > before.decoded("last-modified")
    assert after.decoded("dtstart") == date(2026, 3, 23)


def test_a_calendar_opens_by_its_secret_alone_and_is_revoked(fresh: DeskOfTest) -> None:
    verzoek(fresh)
    made = made_agenda(fresh, dagen=30)
    assert feed(fresh, "/agenda.ics?sleutel=onbekend").status_code == 404
    assert feed(fresh, "/agenda.ics").status_code == 404
    assert feed(fresh, made["adres"] + "&sleutel=x").status_code == 404
    listed = fresh.by(Rol.BEHEERDER).get("/agendas")
    secret = made["adres"].partition("sleutel=")[2]
    assert secret not in listed.text
    assert fresh.by(Rol.LEZER).get("/agendas").json() == {"resultaten": []}
    assert fresh.by(Rol.LEZER).post(f"/agendas/{made['id']}/intrekken").status_code == 403
    assert fresh.by(Rol.BEHEERDER).post(f"/agendas/{made['id']}/intrekken").json()["geldig"] is False
    assert feed(fresh, made["adres"]).status_code == 404
    expiring = made_agenda(fresh, dagen=30)["adres"]
    assert feed(fresh, expiring).status_code == 200
    fresh.clock.forward(days=31)
    assert feed(fresh, expiring).status_code == 404
    lines = str([event.details for event in fresh.events()])
    assert secret not in lines


def test_a_calendar_shows_what_its_owner_may_read_today(fresh: DeskOfTest) -> None:
    own, other = verzoek(fresh), verzoek(fresh, organisatie=ANDERE, naam="W-2")
    one = made_agenda(fresh, organisaties=[ANDERE])["adres"]
    text = feed(fresh, one).text
    assert f"{other}@" in text.replace("\r\n ", "")
    assert f"{own}@" not in text.replace("\r\n ", "")
    refused = fresh.by(Rol.BEHEERDER).post("/agendas", json={"naam": "x", "organisaties": ["gm9999"]})
    assert refused.status_code == 400
    _, secret = agenda.create_agendasleutel(fresh.platform, replace(ZUIDERVELD, account=None), "kantoor")
    found = agenda.agenda(fresh.platform, secret)
    assert found is not None
    assert {point.lopend.verzoek.id for point in found[1] if point.lopend.verzoek} == {own}
    _, gone = agenda.create_agendasleutel(fresh.platform, ZUIDERVELD, "van een account dat er niet is")
    assert agenda.agenda(fresh.platform, gone) is None


def test_the_calendar_of_a_closed_account_is_closed(desk: DeskOfTest) -> None:
    id = verzoek(desk, naam="W-account")
    now = desk.clock()
    rollen = (Roltoekenning(Rol.LEZER, GEMEENTE),)
    account = Account("a-1", "An", "an@zuiderveld.example", rollen, now, now)
    with desk.platform.registry.transaction() as tx:
        tx.accounts.save(account)
    _, secret = agenda.create_agendasleutel(desk.platform, account.actor("test"), "mijn")
    found = agenda.agenda(desk.platform, secret)
    assert found is not None
    assert id in {point.lopend.verzoek.id for point in found[1] if point.lopend.verzoek}
    moved = replace(account, rollen=(Roltoekenning(Rol.LEZER, ANDERE),))
    with desk.platform.registry.transaction() as tx:
        tx.accounts.save(moved)
    found = agenda.agenda(desk.platform, secret)
    assert found is not None
    assert found[1] == []  # what it was made for, and what its owner may read today
    with desk.platform.registry.transaction() as tx:
        tx.accounts.save(replace(account, gesloten_op=now))
    assert agenda.agenda(desk.platform, secret) is None


def test_the_figures_of_a_year_go_both_ways_and_per_organisation(fresh: DeskOfTest) -> None:
    first, second = verzoek(fresh, date(2026, 1, 5)), verzoek(fresh, date(2026, 1, 5), naam="W-2")
    verzoek(fresh, date(2025, 12, 1), organisatie=ANDERE, naam="W-3")
    stil = Opschorting(date(2026, 1, 12), date(2026, 1, 21), Opschortingsgrond.ZIENSWIJZE)
    suspend(fresh.platform, BEHEER, first, stil)
    b = besluit(fresh, first, date(2026, 2, 9))
    verloop.take_back(fresh.platform, BEHEER, second, op=date(2026, 1, 15))
    p = procedure.register_procedure(
        fresh.platform, BEHEER, b, soort=Proceduresoort.BEZWAAR, datum=date(2026, 2, 20)
    )
    procedure.decide_procedure(
        fresh.platform, BEHEER, p.id, uitkomst=Procedureuitkomst.ONGEGROND, op=date(2026, 3, 1)
    )
    rows = fresh.by(Rol.LEZER).get("/statistieken").json()["resultaten"]
    assert [(row["jaar"], row["organisatie"]["code"]) for row in rows] == [(2026, GEMEENTE), (2025, ANDERE)]
    year = rows[0]
    assert (year["ontvangen"], year["afgehandeld"], year["nogOpen"], year["bezwaren"]) == (2, 2, 0, 1)
    assert (year["uitkomsten"]["deels_openbaar"], year["uitkomsten"]["ingetrokken"]) == (1, 1)
    assert year["metOpschorting"] == {
        "opTijd": 2,
        "teLaat": 0,
        "onbekend": 0,
        "gemiddeld": 17.5,
        "mediaan": 17.5,
    }
    assert year["zonderOpschorting"] == {
        "opTijd": 1,
        "teLaat": 1,
        "onbekend": 0,
        "gemiddeld": 22.5,
        "mediaan": 22.5,
    }
    assert rows[1]["nogOpen"] == 1
    chosen = fresh.by(Rol.LEZER).get("/statistieken", params={"jaar": 2025, "organisatie": ANDERE})
    assert len(chosen.json()["resultaten"]) == 1
    sheet = fresh.by(Rol.LEZER).get("/statistieken.csv")
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].split(";")[:4] == ["2026", GEMEENTE, lines[1].split(";")[2], "2"]
    assert "17,5" in lines[1]
