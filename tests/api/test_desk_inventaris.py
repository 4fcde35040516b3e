"""Inventories by the API of the desk: compared, taken over as they were seen, edited row by row, linked to documents."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.desk import DeskOfTest, bestand, open_desk, pdf
from tests.api.lijsten import goed, lijst, workbook
from woo.domain.actor import Rol
from woo.domain.events import Actie

FOUT = ["7", "Nota", "26-3-2020", "misschien", None]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path_factory.mktemp("balie")) as opened:
        yield opened


@pytest.fixture
def id(desk: DeskOfTest) -> str:
    return desk.publicatie()


def propose(desk: DeskOfTest, id: str, *rows: list[Any], status: int = 201, **velden: str) -> Any:
    sent = desk.by(Rol.REDACTEUR).post(
        f"/publicaties/{id}/inventaris/voorstellen", files=lijst(*rows), data=velden
    )
    assert sent.status_code == status, sent.text
    return sent.json()


def overnemen(
    desk: DeskOfTest, voorstel: Any, *, status: int = 200, rol: Rol = Rol.REDACTEUR, **body: Any
) -> Any:
    path = f"/publicaties/{voorstel['publicatie']}/inventaris/voorstellen/{voorstel['id']}/overnemen"
    done = desk.by(rol).post(path, json=body)
    assert done.status_code == status, done.text
    return done.json()


def take(desk: DeskOfTest, id: str, *rows: list[Any]) -> None:
    overnemen(desk, propose(desk, id, *rows))


def regels(desk: DeskOfTest, id: str, **vraag: Any) -> list[Any]:
    found = desk.by(Rol.LEZER).get(f"/publicaties/{id}/inventaris", params=vraag)
    assert found.status_code == 200, found.text
    return list(found.json()["resultaten"])


def document(desk: DeskOfTest, id: str, naam: str) -> str:
    added = desk.by(Rol.BEHEERDER).post(
        f"/publicaties/{id}/documenten",
        data={"officieleTitel": naam.removesuffix(".pdf")},
        files=bestand(naam, pdf(naam)),
    )
    assert added.status_code == 201, added.text
    return str(added.json()["id"])


def test_a_list_is_compared_confirmed_and_taken_over(desk: DeskOfTest, id: str) -> None:
    one = document(desk, id, "1.pdf")
    voorstel = propose(desk, id, goed(1), goed(2, "niet openbaar", "5.1.2e; 8.8 AWR 67"))
    assert voorstel["tellingen"] == {"fout": 0, "nieuw": 2, "gewijzigd": 0, "verdwenen": 0, "gelijk": 0}
    assert (voorstel["open"], voorstel["zonderDocument"], voorstel["bestandsnaam"]) == (True, 1, "lijst.xlsx")
    assert regels(desk, id) == []  # nothing changes before it is confirmed
    taken = overnemen(desk, voorstel)
    assert (taken["open"], taken["overgenomenOp"] is not None) == (False, True)
    kept = regels(desk, id)
    assert [(row["nummer"], row["document"]) for row in kept] == [("1", one), ("2", None)]
    assert kept[1]["gronden"] == ["5.1.2.e", "8.8"]
    assert kept[1]["wetten"] == ["artikel 67 Algemene wet inzake rijksbelastingen"]
    again = overnemen(desk, voorstel, status=409)
    assert "al overgenomen" in again["detail"]


def test_the_difference_is_told_row_by_row(desk: DeskOfTest, id: str) -> None:
    take(desk, id, goed(1), goed(2), goed(3))
    voorstel = propose(desk, id, goed(1), goed(3, "deels openbaar", "5.1.2e"), goed(4), FOUT)
    assert voorstel["tellingen"] == {"fout": 1, "nieuw": 1, "gewijzigd": 1, "verdwenen": 1, "gelijk": 1}
    path = f"/publicaties/{id}/inventaris/voorstellen/{voorstel['id']}/rijen"
    rows = desk.by(Rol.LEZER).get(path, params={"aantal": 100}).json()["resultaten"]
    told = {row["nummer"]: row for row in rows}
    assert told["3"]["velden"] == ["beoordeling", "gronden"]
    assert (told["3"]["oud"]["beoordeling"], told["3"]["nieuw"]["beoordeling"]) == (
        "openbaar",
        "deels_openbaar",
    )
    assert (told["2"]["soort"], told["2"]["rij"]) == ("verdwenen", None)
    [fault] = told["7"]["meldingen"]
    assert (told["7"]["rij"], fault["kolom"], fault["waarde"]) == (5, "Beoordeling", "misschien")
    assert "schrijf openbaar, deels openbaar" in fault["uitleg"]
    only = desk.by(Rol.LEZER).get(path, params={"soort": "fout", "aantal": 1}).json()
    assert [row["nummer"] for row in only["resultaten"]] == ["7"]
    first = desk.by(Rol.LEZER).get(path, params={"aantal": 2}).json()
    rest = desk.by(Rol.LEZER).get(path, params={"aantal": 100, "na": first["volgende"]}).json()
    assert [row["nummer"] for row in (*first["resultaten"], *rest["resultaten"])] == ["1", "3", "4", "7", "2"]


def test_wrong_rows_are_left_out_only_by_name_and_the_log_tells_which(desk: DeskOfTest, id: str) -> None:
    take(desk, id, goed(1), goed(7))
    rows = [goed(n) for n in range(1, 7)]
    wrong = [["7", "Nota", "31-2-2020", "openbaar", "9.9"], [None, "Memo", None, "openbaar", None]]
    voorstel = propose(desk, id, *rows, *wrong)
    assert voorstel["foutrijen"] == [8, 9]
    for overslaan in ([], [8], [8, 9, 2]):
        refused = overnemen(desk, voorstel, overslaan=overslaan, status=409)
        assert "rijen" in refused["detail"]
    assert len(regels(desk, id)) == 2
    overnemen(desk, voorstel, overslaan=[9, 8])
    kept = regels(desk, id, aantal=100)
    assert [row["nummer"] for row in kept] == ["1", "2", "3", "4", "5", "6", "7"]
    assert kept[-1]["documentnaam"] == "Brief 7 over kwartelwei"  # a wrong row takes nothing away
    [line] = [event for event in desk.events(id) if event.details.get("overgeslagen")]
    assert (line.actie, line.details["overgeslagen"]) == (Actie.INVENTARIS_IMPORTED, 2)
    assert line.details["overgeslagen_rijen"] == "8-9"


def test_what_changed_since_is_not_overwritten(desk: DeskOfTest, id: str) -> None:
    take(desk, id, goed(1))
    voorstel = propose(desk, id, goed(1, "niet openbaar", "5.1.2e"))
    regel = regels(desk, id)[0]
    path = f"/publicaties/{id}/inventaris/regels/{regel['id']}"
    assert desk.by(Rol.REDACTEUR).patch(path, json={"soort": "brief"}).status_code == 200
    refused = overnemen(desk, voorstel, status=409)
    assert "Vergelijk de lijst opnieuw" in refused["detail"]
    document(desk, id, "1.pdf")
    assert overnemen(desk, voorstel, status=409)["oorzaak"].endswith("look again.")


def test_a_proposal_ends(desk: DeskOfTest, id: str) -> None:
    voorstel = propose(desk, id, goed(1))
    before = desk.clock.now
    try:
        desk.clock.forward(days=15)
        assert "verlopen" in overnemen(desk, voorstel, status=409)["detail"]
        propose(desk, id, goed(2))  # those that ended go
        path = f"/publicaties/{id}/inventaris/voorstellen/{voorstel['id']}"
        assert desk.by(Rol.LEZER).get(path).status_code == 404
    finally:
        desk.clock.now = before


def test_a_proposal_can_be_thrown_away_and_belongs_to_its_publicatie(desk: DeskOfTest, id: str) -> None:
    voorstel = propose(desk, id, goed(1))
    other = desk.publicatie()
    client = desk.by(Rol.REDACTEUR)
    path = f"/inventaris/voorstellen/{voorstel['id']}"
    assert client.post(f"/publicaties/{other}{path}/overnemen", json={}).status_code == 404
    assert desk.by(Rol.LEZER).delete(f"/publicaties/{id}{path}").status_code == 403
    assert client.delete(f"/publicaties/{id}{path}").status_code == 204
    assert client.get(f"/publicaties/{id}{path}").status_code == 404
    assert desk.actions(id)[-2:] == [Actie.INVENTARIS_PROPOSED, Actie.INVENTARIS_DISCARDED]


@pytest.mark.parametrize(
    ("naam", "inhoud", "veld", "told"),
    [
        ("lijst.xlsx", b"", "bestand", "Het bestand is leeg"),
        ("lijst.xlsx", b"%PDF-1.7\n", "bestand", "geen rekenblad"),
        ("lijst.csv", b"Nr.;Titel\n1;Brief\n", "kolommen", "Geen enkele rij heeft koppen voor beoordeling"),
        ("lijst.csv", b'Nr.;Titel;Beoordeling\n1;"Brief;openbaar\n', "bestand", "aanhalingsteken"),
        ("lijst.xlsx", workbook(), "bestand", "Onder de koppen staat niets"),
    ],
)
def test_what_is_no_inventory_is_refused_with_the_way_out(
    desk: DeskOfTest, id: str, naam: str, inhoud: bytes, veld: str, told: str
) -> None:
    files = {"bestand": (naam, inhoud, "text/plain")}
    sent = desk.by(Rol.REDACTEUR).post(f"/publicaties/{id}/inventaris/voorstellen", files=files)
    assert sent.status_code == 400, sent.text
    [fault] = sent.json()["errors"]
    assert (fault["location"], told in fault["detail"]) == (veld, True), fault


def test_a_row_is_made_changed_moved_and_removed(desk: DeskOfTest, id: str) -> None:
    client = desk.by(Rol.REDACTEUR)
    base = f"/publicaties/{id}/inventaris/regels"
    take(desk, id, goed(1), goed(2))
    made = client.post(base, json={
        "nummer": "3", "documentnaam": "Memo", "beoordeling": "deels_openbaar",
        "gronden": ["5.1.2e en 5.1.5"], "bijzonderheden": ["dubbel"], "links": ["https://voorbeeld.nl/1"],
    })  # fmt: skip
    assert made.status_code == 201, made.text
    regel = made.json()["regel"]
    assert (regel["volgorde"], regel["gronden"]) == (3, ["5.1.2.e", "5.1.5"])
    assert "zelfde passage" in made.json()["letOp"][0]  # the rules hold per passage: they only warn

    changed = client.patch(f"{base}/{regel['id']}", json={"opgeschort": True, "versie": regel["versie"]})
    assert changed.json()["regel"]["opgeschort"] is True
    late = client.patch(f"{base}/{regel['id']}", json={"soort": "memo", "versie": regel["versie"]})
    assert (late.status_code, "Iemand anders" in late.json()["detail"]) == (409, True)
    taken = client.patch(f"{base}/{regel['id']}", json={"nummer": "1"})
    assert (taken.status_code, "dit nummer al" in taken.json()["detail"]) == (409, True)

    moved = client.post(f"{base}/{regel['id']}/verplaatsen", json={"naar": 1})
    assert moved.json()["volgorde"] == 1
    assert [row["nummer"] for row in regels(desk, id)] == ["3", "1", "2"]
    renamed = client.patch(f"{base}/{regel['id']}", json={"nummer": "3a"}).json()["regel"]
    assert renamed["id"] != regel["id"]
    past = client.get(f"{base}/{renamed['id']}/geschiedenis").json()["resultaten"]
    assert [each["actie"].removeprefix("inventarisregel_") for each in past] == [
        "changed", "moved", "changed", "added",
    ]  # fmt: skip
    assert past[0]["details"]["nummer_was"] == "3"
    assert client.delete(f"{base}/{renamed['id']}").status_code == 204
    assert [row["nummer"] for row in regels(desk, id)] == ["1", "2"]
    assert client.get(f"{base}/{renamed['id']}").status_code == 404


def test_everything_that_is_wrong_with_a_row_is_told_at_once(desk: DeskOfTest, id: str) -> None:
    body = {
        "gronden": ["9.9"],
        "bijzonderheden": ["drievoud"],
        "links": ["geen adres"],
        "datum": "2030-01-01",
    }
    made = desk.by(Rol.REDACTEUR).post(f"/publicaties/{id}/inventaris/regels", json=body)
    assert made.status_code == 400
    told = {fault["location"]: fault["detail"] for fault in made.json()["errors"]}
    assert set(told) == {"nummer", "documentnaam", "beoordeling", *body}
    assert "“9.9”" in told["gronden"]


def test_rows_and_documents_that_are_left_over_are_linked_by_hand(desk: DeskOfTest, id: str) -> None:
    client = desk.by(Rol.REDACTEUR)
    take(desk, id, goed(1), goed(2), goed(3))
    one, other = document(desk, id, "1.pdf"), document(desk, id, "bijlage.pdf")
    for naam, rol in (("brief.pdf", "besluitbrief"), ("lijst.pdf", "inventaris")):
        beside = document(desk, id, naam)
        assert client.patch(f"/documenten/{beside}", json={"rol": rol}).status_code == 200
    left = client.get(f"/publicaties/{id}/inventaris/koppelingen").json()
    assert (left["gekoppeld"], left["zonderRegel"]) == (0, [one, other])
    assert [each["mogelijk"] for each in left["zonderDocument"]] == [[one], [], []]
    assert client.post(f"/publicaties/{id}/inventaris/koppelingen").json() == {"gekoppeld": 1}
    rows = {row["nummer"]: row for row in regels(desk, id)}
    assert rows["1"]["document"] == one
    path = f"/publicaties/{id}/inventaris/regels/{rows['2']['id']}/document"
    assert client.put(path, json={"document": other}).json()["document"] == other
    assert client.put(path, json={"document": "weg"}).status_code == 404
    assert [row["nummer"] for row in regels(desk, id, zonderDocument="true")] == ["3"]
    assert client.put(path, json={"document": None}).json()["document"] is None
    foreign = desk.document(desk.publicatie())
    assert client.put(path, json={"document": foreign}).status_code == 404


def test_a_row_cannot_say_of_a_public_document_that_it_is_not(desk: DeskOfTest) -> None:
    id = desk.published()
    one = document(desk, id, "1.pdf")
    boss = desk.by(Rol.PUBLICEERDER)
    overnemen(desk, propose(desk, id, goed(1)), rol=Rol.PUBLICEERDER)
    [regel] = regels(desk, id)
    assert regel["document"] == one
    path = f"/publicaties/{id}/inventaris/regels/{regel['id']}"
    for change in (
        {"opgeschort": True},
        {"beoordeling": "niet_openbaar"},
        {"bijzonderheden": ["alleen_aan_verzoeker"]},
    ):
        refused = boss.patch(path, json=change)
        assert (refused.status_code, "Trek die eerst in" in refused.json()["detail"]) == (409, True)
    voorstel = propose(desk, id, goed(1, "niet openbaar", "5.1.2e"))
    assert voorstel["geblokkeerd"] == [{"nummer": "1", "documenten": [one]}]
    assert "openbaar" in overnemen(desk, voorstel, rol=Rol.PUBLICEERDER, status=409)["detail"]


def test_who_may_not_publish_does_not_change_what_is_public(desk: DeskOfTest) -> None:
    id = desk.published()
    voorstel = propose(desk, id, goed(1))
    assert overnemen(desk, voorstel, status=403)["nodig"] == "publiceerder"
    body = {"nummer": "1", "documentnaam": "Memo", "beoordeling": "openbaar"}
    made = desk.by(Rol.REDACTEUR).post(f"/publicaties/{id}/inventaris/regels", json=body)
    assert made.status_code == 403
    assert desk.by(Rol.LEZER).post(f"/publicaties/{id}/inventaris/koppelingen").status_code == 403


def test_a_list_whose_content_is_not_what_its_name_says_is_read_and_told(desk: DeskOfTest, id: str) -> None:
    text = "Nr.\tNaam document\tBeoordeling\n1\tCafé\tgeheel openbaar\n".encode("cp1252")
    files = {"bestand": ("lijst.xlsx", text, "x/y")}
    sent = desk.by(Rol.REDACTEUR).post(f"/publicaties/{id}/inventaris/voorstellen", files=files)
    assert sent.status_code == 201, sent.text
    told = " ".join(sent.json()["opmerkingen"])
    assert "eindigt op .xlsx, maar de inhoud is csv" in told
    assert "gelezen als cp1252" in told
    assert desk.platform.archive.has(sent.json()["sha256"])


def test_the_wrong_sheet_is_chosen_by_name(desk: DeskOfTest, id: str, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Deel 1"
    for sheet in (book.active, book.create_sheet("Deel 2")):
        sheet.append(["Nr.", "Titel", "Beoordeling"])
        sheet.append([sheet.title, "Brief", "openbaar"])
    book.save(tmp_path / "twee.xlsx")
    files = {"bestand": ("twee.xlsx", (tmp_path / "twee.xlsx").read_bytes(), "x/y")}
    client = desk.by(Rol.REDACTEUR)
    asked = client.post(f"/publicaties/{id}/inventaris/voorstellen", files=files)
    [fault] = asked.json()["errors"]
    assert (fault["location"], "Deel 1, Deel 2" in fault["detail"]) == ("blad", True)
    sent = client.post(f"/publicaties/{id}/inventaris/voorstellen", files=files, data={"blad": "Deel 2"})
    assert "niet gelezen: Deel 1" in sent.json()["opmerkingen"][0]
