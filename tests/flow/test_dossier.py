"""A dossier from the command line to the public page: request, decisions, cases, versions, withdrawal."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.api.pdfs import write_pdf
from tests.flow.installation import ENSCHEDE, TESTER, WOO_VERZOEK, Installation
from woo.cli import build_app
from woo.domain.actor import Actor, Rol
from woo.domain.besluit import Uitkomst
from woo.domain.document import Bestand
from woo.domain.errors import InvalidValue, NotAllowed, Refused
from woo.domain.inventaris import Beoordeling, Inventarisregel
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.domain.publicatie import Publicatie
from woo.inventaris.lezen import Inventaris
from woo.usecases.document import NieuwDocument, add_document, replace_bestand
from woo.usecases.intrekking import withdraw
from woo.usecases.inventaris import import_inventaris, propose_inventaris
from woo.usecases.procedure import decide_procedure, register_procedure
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish
from woo.usecases.verzoek import NieuwBesluit, register_besluit, register_verzoek, show_besluit_in


def bestand(installation: Installation, tmp_path: Path, naam: str, text: str) -> Bestand:
    path = write_pdf(tmp_path / naam, [text])
    stored = installation.platform.archive.put(path)
    return Bestand(stored.digest, naam, "application/pdf", stored.grootte)


def concept(installation: Installation, titel: str) -> Publicatie:
    nieuw = NieuwePublicatie(ENSCHEDE, titel, (WOO_VERZOEK,), kenmerk="2024-0114")
    return create_publicatie(installation.platform, TESTER, nieuw)


def told(installation: Installation, id: str) -> dict[str, Any]:
    installation.work()
    answer = installation.public().client.get(f"/v1/publicaties/{id}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def kinds(body: dict[str, Any]) -> list[str]:
    return [each["soort"] for each in body["geschiedenis"]]


def test_from_the_commands_to_the_page(installation: Installation) -> None:
    publicatie = concept(installation, "Besluit rondweg")

    def run(*words: str) -> str:
        ended = CliRunner().invoke(build_app(), words, env=installation.environ)
        assert ended.exit_code == 0, ended.output
        return ended.stdout

    new = ("--kenmerk", "Woo-1", "--onderwerp", "De rondweg", "--organisatie", ENSCHEDE)
    run("verzoek", "add", *new, "--ontvangen", "2024-01-08", "--periode-van", "2020-01-01")
    run("verzoek", "put-off", "Woo-1", "--op", "2024-01-29")
    run("verzoek", "suspend", "Woo-1", "--van", "2024-02-05", "--grond", "zienswijze")
    assert "uiterste datum: 2024-03-04" in run("verzoek", "resume", "Woo-1", "--op", "2024-02-19")
    besluit = run(
        "besluit",
        "add",
        "--verzoek",
        "Woo-1",
        "--kenmerk",
        "B-1",
        "--datum",
        "2024-03-14",
        "--uitkomst",
        "deels_openbaar",
    ).split()[0]
    run("besluit", "show-in", besluit, publicatie.id)
    case = run(
        "procedure", "add", "--besluit", besluit, "--soort", "beroep", "--datum", "2024-04-20"
    ).split()[0]
    run(
        "procedure",
        "decide",
        case,
        "--uitkomst",
        "gegrond",
        "--op",
        "2024-09-01",
        "--ecli",
        "ecli:nl:rbove:2024:1",
    )
    run("contact", "--publisher", ENSCHEDE, "--email", "woo@dorp.example")
    assert f"{case} beroep van 2024-04-20, gegrond op 2024-09-01 (ECLI:NL:RBOVE:2024:1)" in run(
        "verzoek", "show", "Woo-1"
    )
    publish(installation.platform, TESTER, publicatie.id)
    body = told(installation, publicatie.id)
    [verzoek] = body["verzoeken"]
    assert verzoek["besluiten"][0]["termijn"]["metOpschorting"] == {
        "uitersteDatum": "2024-03-04",
        "dagen": 52,
        "over": 10,
    }
    assert verzoek["besluiten"][0]["procedures"][0]["url"].endswith("ECLI:NL:RBOVE:2024:1")
    assert body["contact"] == {"naam": "De Woo-contactpersoon", "email": "woo@dorp.example", "telefoon": None}
    assert kinds(body) == ["gepubliceerd"]
    run("contact", "--publicatie", publicatie.id, "--naam", "Team Ruimte", "--telefoon", "053 123 45 67")
    assert told(installation, publicatie.id)["contact"]["naam"] == "Team Ruimte"
    run("contact", "--publicatie", publicatie.id, "--remove")
    assert told(installation, publicatie.id)["contact"]["email"] == "woo@dorp.example"
    for words, code in (
        (("verzoek", "put-off", "Woo-1", "--op", "2024-01-30"), 1),
        (("verzoek", "show", "Woo-9"), 1),
        (("procedure", "decide", case, "--uitkomst", "ongegrond", "--op", "2024-09-01"), 1),
        (("contact", "--email", "a@b.example"), 2),
        (("besluit", "add", "--verzoek", "Woo-1"), 2),
    ):
        ended = CliRunner().invoke(build_app(), words, env=installation.environ)
        assert ended.exit_code == code, ended.output
        assert "Traceback" not in ended.output


def test_versions_history_and_tombstones_follow_what_happens(
    installation: Installation, tmp_path: Path
) -> None:
    platform = installation.platform
    publicatie = concept(installation, "Besluit rondweg")
    eerst = bestand(installation, tmp_path, "brief.pdf", "Brief over kwartelwei, eerste versie.")
    brief = add_document(platform, TESTER, publicatie.id, NieuwDocument("Geheime titel", eerst, kenmerk="1"))
    replace_bestand(
        platform, TESTER, brief.id, bestand(installation, tmp_path, "brief2.pdf", "Nooit openbaar.")
    )
    installation.work()
    publish(platform, TESTER, publicatie.id)
    assert kinds(told(installation, publicatie.id)) == ["gepubliceerd"]
    advies = bestand(installation, tmp_path, "advies.pdf", "Advies over zilverreiger.")
    later = add_document(platform, TESTER, publicatie.id, NieuwDocument("Advies", advies))
    replace_bestand(
        platform, TESTER, brief.id, bestand(installation, tmp_path, "brief3.pdf", "Derde versie.")
    )
    before = installation.public().client.get(f"/v1/publicaties/{publicatie.id}").json()
    assert kinds(before) == ["gepubliceerd"]  # what was not read yet is not told
    body = told(installation, publicatie.id)
    assert kinds(body) == ["document_vervangen", "document_toegevoegd", "gepubliceerd"]
    assert body["geschiedenis"][1]["document"] == later.id
    visitor = installation.public().client
    versies = visitor.get(f"/v1/documenten/{brief.id}/versies").json()["versies"]
    assert [(each["versie"], each["huidig"], each["vervangenDoor"]) for each in versies] == [
        (2, False, 3),
        (3, True, None),
    ]
    assert versies[0]["sha256"] != versies[1]["sha256"]
    assert eerst.digest not in visitor.get(f"/v1/documenten/{brief.id}/versies").text
    assert "Derde versie" not in visitor.get(f"/documenten/{brief.id}/versies/2").text
    assert visitor.get(f"/documenten/{brief.id}/versies/1").status_code == 404
    assert visitor.get(f"/documenten/{brief.id}/versies/3").headers["location"] == f"/documenten/{brief.id}"

    regels = tuple(
        Inventarisregel(
            "",
            n,
            str(n),
            naam,
            Beoordeling.DEELS_OPENBAAR,
            overig={"Afzender": "Piet Pietersen"},
            toelichting="van Piet",
        )
        for n, naam in enumerate(("Geheime titel", "Nota"), 1)
    )
    lijst = Inventaris(regels, (), (), 2)
    voorstel = propose_inventaris(platform, TESTER, publicatie.id, lijst)
    import_inventaris(platform, TESTER, lijst, voorstel, sha256="0" * 64)
    body = told(installation, publicatie.id)
    assert body["geschiedenis"][0]["titel"] == "Inventaris bijgewerkt: 2 nieuw"
    rows = (
        installation.public().client.get(f"/v1/publicaties/{publicatie.id}/inventaris").json()["resultaten"]
    )
    assert [(row["naam"], row["document"]) for row in rows] == [("Geheime titel", brief.id), ("Nota", None)]

    withdraw(platform, TESTER, brief.id, reden="Er stonden namen in.")
    at_once = installation.public().client.get(f"/v1/publicaties/{publicatie.id}/inventaris").text
    assert "Geheime titel" not in at_once  # before any worker did anything
    body = told(installation, publicatie.id)
    assert kinds(body) == ["document_ingetrokken", "inventaris", "document_toegevoegd", "gepubliceerd"]
    assert [each["id"] for each in body["ingetrokkenDocumenten"]] == [brief.id]
    for path in ("", "/inventaris", "/inventaris.csv"):
        assert (
            "Geheime titel"
            not in installation.public().client.get(f"/v1/publicaties/{publicatie.id}{path}").text
        )
    kept = "".join(
        path.read_text() for path in (installation.home / "public" / "publicaties").rglob("*.json")
    )
    for secret in ("Geheime titel", "Piet", "tester"):
        assert secret not in kept


@pytest.mark.embedded
def test_what_waits_as_a_concept_is_not_told_and_a_partial_decision_is_once_it_is_public(
    installation: Installation,
) -> None:
    platform = installation.platform
    first, second = concept(installation, "Deel een"), concept(installation, "Deel twee")
    verzoek = register_verzoek(
        platform,
        TESTER,
        kenmerk="Woo-1",
        onderwerp="De rondweg",
        ontvangen_op=date(2024, 1, 8),
        organisatie="gm0153",
    )
    for number, publicatie in ((1, first), (2, second)):
        nieuw = NieuwBesluit(
            f"B-{number}", date(2024, 2, number), Uitkomst.DEELS_OPENBAAR, number, publicatie.id
        )
        register_besluit(platform, TESTER, verzoek.id, nieuw)
    publish(platform, TESTER, first.id)
    body = told(installation, first.id)
    assert [each["kenmerk"] for each in body["verzoeken"][0]["besluiten"]] == ["B-1"]
    assert kinds(body) == ["gepubliceerd"]
    publish(platform, TESTER, second.id)
    body = told(installation, first.id)
    assert [each["kenmerk"] for each in body["verzoeken"][0]["besluiten"]] == ["B-1", "B-2"]
    assert body["verzoeken"][0]["besluiten"][1]["publicatie"]["id"] == second.id
    assert [each["titel"] for each in body["geschiedenis"]] == ["Deelbesluit 2 (B-2)", "Gepubliceerd"]
    withdraw(platform, TESTER, second.id, reden="Verkeerde stukken.")
    gone = installation.public().client.get(f"/v1/publicaties/{first.id}").json()
    assert gone["verzoeken"][0]["besluiten"][1]["publicatie"] is None
    assert "Deel twee" not in str(gone)


@pytest.mark.embedded
def test_what_cannot_be_registered_is_refused(installation: Installation) -> None:
    platform = installation.platform
    publicatie = concept(installation, "Besluit")
    verzoek = register_verzoek(
        platform,
        TESTER,
        kenmerk="Woo-1",
        onderwerp="De rondweg",
        ontvangen_op=date(2024, 1, 8),
        organisatie="gm0153",
    )
    besluit = register_besluit(
        platform, TESTER, verzoek.id, NieuwBesluit("B-1", date(2024, 2, 1), Uitkomst.OPENBAAR)
    )
    show_besluit_in(platform, TESTER, besluit.id, publicatie.id)
    with pytest.raises(Refused, match="shows it already"):
        show_besluit_in(platform, TESTER, besluit.id, concept(installation, "Ander").id)
    beroep = {"soort": Proceduresoort.BEROEP}
    with pytest.raises(InvalidValue, match="taken later"):
        register_procedure(platform, TESTER, besluit.id, datum=date(2024, 1, 31), **beroep)
    tomorrow = platform.now().date() + timedelta(days=1)
    with pytest.raises(InvalidValue, match="in the future"):
        register_procedure(platform, TESTER, besluit.id, datum=tomorrow, **beroep)
    procedure = register_procedure(platform, TESTER, besluit.id, datum=date(2024, 2, 2), **beroep)
    with pytest.raises(InvalidValue, match="in the future"):
        decide_procedure(platform, TESTER, procedure.id, uitkomst=Procedureuitkomst.GEGROND, op=tomorrow)
    publish(platform, TESTER, publicatie.id)
    redacteur = Actor("r", Rol.REDACTEUR, "tests")
    with pytest.raises(NotAllowed):
        register_procedure(platform, redacteur, besluit.id, datum=date(2024, 2, 2), **beroep)
    with platform.registry.read() as reading:
        assert [each.id for each in reading.dossier.procedures([besluit.id])] == [procedure.id]
