"""The figures of openness count what is public, follow a withdrawal, and tell nothing of concepts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.figures import Figures
from tests.flow.installation import ENSCHEDE, TESTER, WOO_VERZOEK, Installation
from woo.domain.besluit import Uitkomst
from woo.domain.errors import Unavailable
from woo.domain.oogst import Oogstfase, Oogstitem, Oogstrun, Oogstuitkomst
from woo.domain.verzoek import Opschorting, Opschortingsgrond
from woo.usecases.intrekking import withdraw
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish
from woo.usecases.verzoek import NieuwBesluit, register_besluit, register_verzoek, suspend


def decide(
    installation: Installation, kenmerk: str, ontvangen: date, besloten: date, *, public: bool = True
) -> str:
    """A request with a decision in a publicatie of its own; returns the id of the request."""
    platform = installation.platform
    nieuw = NieuwePublicatie(
        publisher=ENSCHEDE, officiele_titel=f"Besluit {kenmerk}", informatiecategorieen=(WOO_VERZOEK,)
    )
    publicatie = create_publicatie(platform, TESTER, nieuw)
    verzoek = register_verzoek(
        platform,
        TESTER,
        kenmerk=kenmerk,
        onderwerp="Kwartelwei",
        ontvangen_op=ontvangen,
        organisatie="gm0153",
    )
    besluit = NieuwBesluit(kenmerk, besloten, Uitkomst.DEELS_OPENBAAR, publicatie_id=publicatie.id)
    register_besluit(platform, TESTER, verzoek.id, besluit)
    if public:
        publish(platform, TESTER, publicatie.id)
    return verzoek.id


def figures_of(installation: Installation) -> dict[str, Any]:
    answer = installation.public().get("/v1/statistieken")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_figures_count_what_is_public(installation: Installation, dossier: Path) -> None:
    installation.ingest(dossier)
    decide(installation, "A", date(2024, 1, 1), date(2024, 1, 20))
    late = decide(installation, "B", date(2024, 1, 1), date(2024, 3, 1))
    decide(installation, "C", date(2024, 1, 1), date(2024, 1, 20), public=False)
    wait = Opschorting(date(2024, 1, 10), date(2024, 2, 20), Opschortingsgrond.ZIENSWIJZE)
    suspend(installation.platform, TESTER, late, wait)
    installation.work()
    figures = figures_of(installation)
    assert (figures["aantalPublicaties"], figures["documenten"], figures["paginas"]) == (3, 2, 3)
    assert [one["aantal"] for one in figures["maanden"]] == [3]
    assert figures["publicaties"][0]["informatiecategorie"]["code"] == WOO_VERZOEK
    verzoeken = figures["verzoeken"]
    assert verzoeken["aantal"] == verzoeken["uitkomsten"]["deelsOpenbaar"] == 2
    assert (verzoeken["metOpschorting"]["opTijd"], verzoeken["metOpschorting"]["teLaat"]) == (2, 0)
    assert (verzoeken["zonderOpschorting"]["opTijd"], verzoeken["zonderOpschorting"]["teLaat"]) == (1, 1)
    one = installation.public().get(f"/v1/statistieken?publisher={ENSCHEDE}").json()
    assert one["publisher"]["code"] == ENSCHEDE
    assert one["verzoeken"] == verzoeken


def test_a_withdrawal_is_no_longer_counted(installation: Installation, dossier: Path) -> None:
    installation.ingest(dossier)
    with installation.platform.registry.read() as reading:
        [publicatie] = reading.publicaties()
    assert figures_of(installation)["documenten"] == 2
    withdraw(installation.platform, TESTER, publicatie.id, reden="Privacy.")
    installation.work()
    figures = figures_of(installation)
    assert (figures["aantalPublicaties"], figures["documenten"], figures["organisaties"]) == (0, 0, [])


def test_before_the_first_counting_the_answer_is_that_it_is_not_there_yet(installation: Installation) -> None:
    assert installation.public().get("/v1/statistieken").status_code == 503
    assert installation.public().get("/statistieken").status_code == 503


def test_counting_waits_a_while_and_is_tried_again_after_a_failure(
    installation: Installation, monkeypatch: Any
) -> None:
    at = 100.0
    kept: list[str] = []
    refuse = True

    def show_site(naam: str, inhoud: object) -> None:
        if refuse:
            raise Unavailable("the public store", "no")
        kept.append(naam)

    monkeypatch.setattr(installation.platform.public, "show_site", show_site)
    figures = Figures(installation.platform, monotonic=lambda: at)
    figures.update()
    refuse = False
    figures.update()
    assert kept == []
    at += 30
    figures.update()
    figures.update(now=True)
    assert kept == ["statistieken", "organisaties"]
    figures.note_change()
    figures.update()
    assert kept == ["statistieken", "organisaties"]
    figures.update(now=True)
    assert kept == ["statistieken", "organisaties"] * 2


def harvested(installation: Installation) -> None:
    """Some of what is public came from a source that was seen whole once, and not whole the next day."""
    platform, op = installation.platform, datetime(2026, 3, 2, 10, tzinfo=UTC)
    ends = ((Oogstuitkomst.VOLLEDIG, op), (Oogstuitkomst.ONVOLLEDIG, op + timedelta(days=1)))
    with platform.registry.transaction() as tx:
        [document, *_] = [
            each for one in tx.publicaties() for each in tx.documents(one.id) if one.eerste_publicatie
        ]
        for uitkomst, moment in ends:
            run = Oogstrun(f"run-{uitkomst.value}", "proef", moment)
            tx.oogst.save_run(replace(run, fase=Oogstfase.KLAAR, geeindigd_op=moment, uitkomst=uitkomst))
        item = Oogstitem("proef", "https://open.voorbeeld.nl/1.pdf", 0, "document:1", "vorm", {})
        tx.oogst.save_items([replace(item, document_id=document.id)])


def test_each_organisation_is_told_with_what_is_public_of_it(
    installation: Installation, dossier: Path
) -> None:
    installation.ingest(dossier)
    decide(installation, "A", date(2024, 1, 1), date(2024, 1, 20))
    decide(installation, "C", date(2024, 1, 1), date(2024, 1, 20), public=False)
    installation.work()
    public = installation.public()
    found = public.get(f"/v1/organisaties/{ENSCHEDE}").json()["cijfers"]
    assert (found["aantalPublicaties"], found["documenten"], found["paginas"]) == (2, 2, 3)
    assert (found["opTijd"], found["beslist"], found["leesbareTekst"]) == (1.0, 1, 1.0)
    assert {each["veld"]: each["gevuld"] for each in found["velden"]}["omschrijving"] == 0
    assert found["laatsteOogst"] is None
    harvested(installation)
    installation.work()
    found = installation.public().get(f"/v1/organisaties/{ENSCHEDE}").json()["cijfers"]
    assert found["laatsteOogst"] == "2026-03-02T10:00:00Z"
    [row] = public.get("/v1/hoe-open").json()["resultaten"]
    assert (row["organisatie"]["code"], row["plaats"], row["publicaties"]) == (ENSCHEDE, 1, 2)
    with installation.platform.registry.read() as reading:
        public_ones = [each for each in reading.publicaties() if each.eerste_publicatie]
    for publicatie in public_ones:
        withdraw(installation.platform, TESTER, publicatie.id, reden="Privacy.")
    installation.work()
    assert installation.public().get("/v1/hoe-open").json()["resultaten"] == []
