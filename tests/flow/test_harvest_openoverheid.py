"""Harvesting the API of open.overheid.nl (a server on loopback in its shape): new, changed, gone, and faults of the API."""

from pathlib import Path

import pytest

from tests.flow.installation import Installation
from tests.flow.oogsten import BRON, installatie, oogst, verslag
from tests.servers.openoverheid import API, Akte, Loket, Openoverheid
from woo.domain.oogst import Oogstitem, Oogstuitkomst

UTRECHT = {"publisher": "gemeente Utrecht", "code": "gemeente/gm0344"}


@pytest.fixture
def loket():
    with Openoverheid() as loket:
        yield loket


def bij(tmp_path: Path, loket: Loket, **changes: object) -> Installation:
    return installatie(tmp_path, loket, kind="openoverheid", **changes)


def item(inst: Installation, loket: Loket, id: str) -> Oogstitem:
    with inst.platform.registry.read() as reading:
        found = reading.oogst.item(BRON, loket.url(id))
    assert found is not None, id
    return found


def document(inst: Installation, loket: Loket, id: str):
    with inst.platform.registry.read() as reading:
        return reading.document_with_publicatie(str(item(inst, loket, id).document_id))


def test_what_the_api_has_of_a_publisher_is_taken_over_with_its_files_and_parts(
    tmp_path: Path, loket: Loket
) -> None:
    loket.zet(
        Akte("aa-1", b"Het besluit over de kade.", meer={"kaart.txt": b"De kaart van de kade."}),
        Akte("aa-2", b"De bijlage bij de kade.", titel="Bijlage", deel_van="aa-1", naam="bijlage.txt"),
        Akte("bb-1", b"Van een ander.", **UTRECHT),
    )
    with bij(tmp_path, loket) as inst:
        run = oogst(inst)
        made = verslag(inst, run)
        assert (run.uitkomst, run.tellingen) == (Oogstuitkomst.VOLLEDIG, {"new": 3})
        assert made.report.states["indexed"] == 3
        besluit, publicatie = document(inst, loket, "aa-1")
        assert (publicatie.publisher, publicatie.informatiecategorieen) == ("gm0153", ("c_3baef532",))
        assert (besluit.officiele_titel, besluit.bestand.naam) == ("Besluit over de Kade", "besluit.txt")
        assert (besluit.omschrijving, besluit.taal, besluit.kenmerk) == ("Over de kade.", "NLD", None)
        for id in ("aa-2", "aa-1/kaart.txt"):
            assert document(inst, loket, id)[1].id == publicatie.id
        with inst.platform.registry.read() as reading:
            assert len(reading.relaties(besluit.id)) == 2
        assert inst.public().zoek("kade")["totaal"] == 3
    assert loket.keren("/zoek/bb-1") == 0


def test_what_did_not_change_costs_only_pages_of_results(tmp_path: Path, loket: Loket) -> None:
    loket.zet(*(Akte(f"cc-{n:03d}", f"Stuk {n}".encode()) for n in range(60)))
    with bij(tmp_path, loket) as inst:
        oogst(inst)
        loket.gevraagd.clear()
        run = oogst(inst)
        assert (run.uitkomst, run.tellingen) == (Oogstuitkomst.VOLLEDIG, {"unchanged": 60})
        assert (loket.keren("/zoek?"), loket.gevraagd.total()) == (2, 2)

        later = "2026-05-01T00:00:00.000Z"
        loket.akten["cc-001"].titel = "Betere titel"
        loket.akten["cc-002"].inhoud = b"Ander stuk"
        for id in ("cc-001", "cc-002", "cc-003"):
            loket.akten[id].gewijzigd = later
        loket.gevraagd.clear()
        run = oogst(inst)
        assert run.tellingen == {"changed": 3, "unchanged": 57}
        assert (loket.keren("/zoek/"), loket.keren("/documenten/")) == (3, 1)
        assert document(inst, loket, "cc-001")[0].officiele_titel == "Betere titel"
        assert [document(inst, loket, f"cc-00{n}")[0].versie for n in (1, 2, 3)] == [1, 2, 1]


def test_gone_is_withdrawn_and_head_is_not_believed(tmp_path: Path, loket: Loket) -> None:
    loket.zet(*(Akte(id, f"Stuk {id}".encode()) for id in ("dd-1", "dd-2", "dd-3", "dd-4")))
    with bij(tmp_path, loket) as inst:
        oogst(inst)
        del loket.akten["dd-1"]
        kept = loket.akten.pop("dd-2")
        loket.bladen["/documenten/dd-2"] = (
            200,
            kept.inhoud,
        )  # its file is still there, though nothing names it
        assert oogst(inst).tellingen == {"gone": 1, "unchanged": 3}
        assert document(inst, loket, "dd-1")[0].intrekking is not None
        assert document(inst, loket, "dd-2")[0].intrekking is None


def test_an_api_that_was_not_seen_whole_withdraws_nothing(tmp_path: Path, loket: Loket) -> None:
    loket.zet(*(Akte(f"ee-{n}", f"Stuk {n}".encode()) for n in range(4)))
    with bij(tmp_path, loket) as inst:
        oogst(inst)
        del loket.akten["ee-0"]
        loket.akten["ee-1"].gewijzigd = "2026-05-01T00:00:00.000Z"
        faults = {
            "detail:json": {"/zoek/ee-1": (200, b"<html>")},
            "detail_missing": {"/zoek/ee-1": (403, b"{}")},
            "search:json": {"/zoek": (200, b"[")},
            "search:shape": {"/zoek": (200, b'{"resultaten": 3}')},
            "search_missing": {"/zoek": (400, b"{}")},
        }
        for kind, bladen in faults.items():
            loket.bladen = bladen
            run = oogst(inst)
            assert run.uitkomst is Oogstuitkomst.ONVOLLEDIG, kind
            assert kind in {each for each, _, _ in run.waarschuwingen}
            assert "gone" not in run.tellingen
        loket.bladen = {}
        loket.verzwijgt = 1
        assert "search tells of 3 documents and gives 2" in str(oogst(inst).reden)
        loket.verzwijgt = 0
        assert oogst(inst).tellingen["gone"] == 1


def test_an_api_that_does_not_heed_the_publisher_is_not_walked(tmp_path: Path, loket: Loket) -> None:
    loket.zet(*(Akte(f"ff-{n:03d}", b"Van een ander", **UTRECHT) for n in range(60)))
    loket.negeert_filters = True
    with bij(tmp_path, loket) as inst:
        run = oogst(inst)
        assert (run.uitkomst, run.ontdekt) == (Oogstuitkomst.ONVOLLEDIG, 0)
        assert [each for each, _, _ in run.waarschuwingen] == ["filter_ignored"]
        assert loket.gevraagd.total() == 1


def test_filters_say_what_is_asked(tmp_path: Path, loket: Loket) -> None:
    filters = {
        "categories": ["c_3baef532"],
        "since": "2026-01-01",
        "until": "2026-12-31",
        "text": "de kade & meer",
    }
    loket.zet(Akte("gg-1", b"Over de kade"))
    with bij(tmp_path, loket, filters=filters) as inst:
        assert oogst(inst).tellingen == {"new": 1}
    (asked,) = [path for path in loket.gevraagd if path.startswith(f"{API}/zoek?")]
    assert "publicatiedatumVan=01-01-2026&publicatiedatumTot=31-12-2026" in asked
    assert "zoektekst=de%2520kade%2520%2526%2520meer" in asked
    assert "organisatie=gemeente%2520Enschede" in asked
