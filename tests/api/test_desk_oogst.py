"""Harvesting at the desk: what the API and the pages tell of sources and runs, asking for a run, releasing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from publisher.balie.oogstwoorden import SOORTEN
from tests.api.desk import DeskOfTest, open_desk
from woo.domain.actor import Rol
from woo.domain.events import Actie
from woo.domain.oogst import Oogstfase, Oogstitem, Oogstrun, Oogstuitkomst, Verschil, Voortgang
from woo.oogst import Bronsoort


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    folder = tmp_path / "sources"
    folder.mkdir()
    source = (
        "kind: diwoo\naddress: https://open.zuiderveld.example\npublisher: gm0153\nschedule: '0 3 * * *'\n"
    )
    (folder / "zuiderveld.yaml").write_text(source, "utf-8")
    with open_desk(tmp_path, environ={"WOO_OOGST__SOURCES": str(folder)}) as opened:
        now = opened.clock()
        run = Oogstrun(
            "run-1",
            "zuiderveld",
            now,
            fase=Oogstfase.KLAAR,
            geeindigd_op=now,
            uitkomst=Oogstuitkomst.VOLLEDIG,
            ontdekt=150,
            verzoeken=4,
            tellingen={"new": 149, "failed": 1},
            waarschuwingen=tuple(
                (soort, "https://open.zuiderveld.example/1.xml", 3)
                for soort in ("sitemap:datum", "missing:title", "list:no_items", "detail:charset")
            ),
        )
        items = [
            Oogstitem(
                "zuiderveld",
                f"https://open.zuiderveld.example/{number:03d}.pdf",
                number,
                f"document:{number}",
                "vorm",
                {"titel": f"Besluit <{number}>"},
                gezien_run="run-1",
                verschil=Verschil.MISLUKT if number == 7 else Verschil.NIEUW,
                reden="html: the site gives a web page" if number == 7 else None,
            )
            for number in range(150)
        ]
        with opened.platform.registry.transaction() as tx:
            tx.oogst.save_run(run)
            tx.oogst.save_items(items)
        yield opened


def test_a_source_with_its_last_run_and_its_next(desk: DeskOfTest) -> None:
    (bron,) = desk.by(Rol.LEZER).get("/oogst").json()["resultaten"]
    assert (bron["naam"], bron["beleid"], bron["laatste"]["uitkomst"]) == ("zuiderveld", "review", "volledig")
    assert bron["volgende"] == "2026-03-03T02:00:00Z"
    blad = desk.by(Rol.LEZER).get("/oogst/zuiderveld").json()
    assert [run["id"] for run in blad["runs"]] == ["run-1"]
    assert desk.by(Rol.LEZER).get("/oogst/elders").status_code == 404


def test_the_documents_of_a_run_page_by_page_and_by_what_happened(desk: DeskOfTest) -> None:
    client = desk.by(Rol.LEZER)
    first = client.get("/oogst/runs/run-1").json()
    assert (len(first["resultaten"]), first["run"]["waarschuwingen"][0]["aantal"]) == (100, 3)
    rest = client.get("/oogst/runs/run-1", params={"na": first["volgende"]}).json()
    assert (len(rest["resultaten"]), rest["volgende"]) == (50, None)
    (failed,) = client.get("/oogst/runs/run-1", params={"verschil": "failed"}).json()["resultaten"]
    assert failed["reden"].startswith("html:")
    assert client.get("/oogst/runs/run-1", params={"verschil": "anders"}).status_code == 400


def test_asking_for_a_run_is_kept_until_it_begins_and_stands_in_the_log(desk: DeskOfTest) -> None:
    asked = desk.by(Rol.REDACTEUR).post("/oogst/zuiderveld/vragen").json()
    assert asked["bron"]["gevraagdOp"] == "2026-03-02T09:00:00Z"
    assert Actie.OOGST_ASKED in desk.actions("zuiderveld")


def test_the_pages_say_it_in_plain_dutch_and_escape_what_the_source_says(desk: DeskOfTest) -> None:
    client = desk.by(Rol.BEHEERDER)
    client.base_url = "http://balie"  # type: ignore[assignment]
    assert "zuiderveld" in client.get("/oogst").text
    bron = client.get("/oogst/zuiderveld").text
    assert "Oogst nu" in bron
    assert "de sitemaps voor de landelijke oogst (DiWoo)" in bron
    run = client.get("/oogst/runs/run-1", params={"verschil": "failed"}).text
    assert "de site geeft een webpagina in plaats van het bestand" in run
    assert "een datum is anders geschreven dan de standaard vraagt" in run
    assert "dit ontbreekt bij een stuk: titel" in run
    assert "op een pagina van een lijst staat niets: misschien is de site veranderd" in run
    assert "een pagina van een stuk zegt een andere tekenset dan zij heeft" in run
    assert "Besluit &lt;7&gt;" in run
    assert "Besluit <7>" not in run


def test_an_archive_and_what_came_out_of_it(desk: DeskOfTest) -> None:
    zip = "https://open.zuiderveld.example/alle.zip"
    whole = Oogstitem("zuiderveld", zip, 200, "document:zip", "vorm", {"titel": "Alle stukken"}, leden=2)
    named = {"titel": "brief <1>", "pad": f"{zip}!/map/brief <1>.txt", "lid": True}
    brief = Oogstitem("zuiderveld", f"{zip}!/map/brief%20%3C1%3E.txt", 200, whole.groep, "vorm", named)
    dicht = replace(
        brief, sleutel=f"{zip}!/dicht.pdf", gegevens={"titel": "dicht"}, reden="encrypted: It is locked."
    )
    rest = replace(whole, reden="members that could not be unpacked; each says why")
    seen = {"gezien_run": "run-1", "verschil": Verschil.GEWIJZIGD}
    with desk.platform.registry.transaction() as tx:
        tx.oogst.save_items([replace(each, **seen) for each in (rest,)])
        tx.oogst.save_items([replace(each, archief=zip, **seen) for each in (brief, dicht)])
    client = desk.by(Rol.LEZER)
    told = client.get("/oogst/runs/run-1", params={"verschil": "changed"}).json()["resultaten"]
    assert [(each["archief"], each["stukken"]) for each in told] == [(None, 2), (zip, None), (zip, None)]
    client.base_url = "http://balie"  # type: ignore[assignment]
    page = client.get("/oogst/runs/run-1", params={"verschil": "changed"}).text
    for words in (
        "gewijzigd; uitgepakt: 2 stukken",
        "niet alles kon worden uitgepakt; bij elk stuk staat waarom",
        "alle.zip!/map/brief &lt;1&gt;.txt",
        "er zit een wachtwoord op",
    ):
        assert words in page


def test_of_a_feed_is_told_when_all_of_it_was_read(desk: DeskOfTest, tmp_path: Path) -> None:
    source = "kind: woo\naddress: https://open.utrecht.example\npublisher: gm0344\n"
    (tmp_path / "sources" / "utrecht.yaml").write_text(source, "utf-8")
    with desk.platform.registry.transaction() as tx:
        tx.oogst.see("utrecht", desk.clock())
        tx.oogst.note_voortgang("utrecht", Voortgang("ed-7", "https://open.utrecht.example", desk.clock()))
    client = desk.by(Rol.BEHEERDER)
    bronnen = {each["naam"]: each["heelOp"] for each in client.get("/oogst").json()["resultaten"]}
    assert bronnen == {"utrecht": "2026-03-02T09:00:00Z", "zuiderveld": None}
    client.base_url = "http://balie"  # type: ignore[assignment]
    page = client.get("/oogst/utrecht").text
    assert "de lijst van wijzigingen van een andere installatie van dit platform" in page
    assert "daarna alleen wat wijzigde" in page
    assert "daarna alleen wat wijzigde" not in client.get("/oogst/zuiderveld").text


def test_files_of_sources_that_are_wrong_are_told(desk: DeskOfTest, tmp_path: Path) -> None:
    (tmp_path / "sources" / "fout.yaml").write_text("kind: diwoo\nadres: x\n", "utf-8")
    answer = desk.by(Rol.LEZER).get("/oogst")
    assert answer.status_code == 503


def test_a_source_of_every_kind_has_its_words(desk: DeskOfTest, tmp_path: Path) -> None:
    rules = "{items: li, fields: {title: a, files: a}}"
    content = f"kind: site\naddress: https://www.zuiderveld.example\npublisher: gm0153\nrules: {rules}\n"
    (tmp_path / "sources" / "gewoon.yaml").write_text(content, "utf-8")
    client = desk.by(Rol.LEZER)
    assert client.get("/oogst/gewoon").json()["bron"]["soort"] == "site"
    client.base_url = "http://balie"  # type: ignore[assignment]
    assert (
        "de pagina’s van een gewone website, met regels die zeggen wat waar staat"
        in client.get("/oogst/gewoon").text
    )
    assert set(SOORTEN) >= set(Bronsoort)
