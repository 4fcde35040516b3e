"""Harvesting a plain website by rules over a real server: new, unchanged, changed, gone, and a site that breaks or moves."""

from pathlib import Path
from typing import Any

from tests.flow.installation import Installation
from tests.flow.oogsten import BRON, installatie, oogst, proef, verslag
from tests.servers.website import REGELS, Webserver, Website, Zaak
from woo.domain.oogst import Oogstuitkomst

LATER = "2026-05-01"


def bij(tmp_path: Path, site: Website, **changes: Any) -> Installation:
    usual = {
        "kind": "site",
        "address": f"{site.adres}/lijst",
        "category": "c_3baef532",
        "rules": REGELS,
        "limits": {"retries": 0, "concurrency": 8, "timeout": 10, "file_bytes": 1_000_000},
    }
    return installatie(tmp_path, site, **{**usual, **changes})


def document(inst: Installation, url: str) -> Any:
    with inst.platform.registry.read() as reading:
        item = reading.oogst.item(BRON, url)
        assert item is not None
        return reading.document_with_publicatie(str(item.document_id))


def withdrawn(inst: Installation) -> set[str]:
    with inst.platform.registry.read() as reading:
        return {
            each.officiele_titel
            for each in reading.documents()
            if each.intrekking is not None and each.officiele_titel is not None
        }


def _proeft(inst: Installation, site: Website) -> None:
    """A dry run shows what the rules find, and writes nothing."""
    found = proef(inst).gevonden
    shown = [(each.wat, each.url) for each in found.gelezen]
    assert shown.count(("list", f"{site.adres}/lijst")) == 1
    assert [url for wat, url in shown if wat == "item"] == [f"{site.adres}/zaak/z{n}" for n in range(5)]
    assert [url for wat, url in shown if wat == "failed"] == [f"{site.adres}/zaak/z6"]
    assert (found.aantal, found.mislukt) == (7, 1)
    with inst.platform.registry.read() as reading:
        assert reading.oogst.listed(BRON) == []


def test_a_site_is_followed_by_its_rules(tmp_path: Path) -> None:
    with Webserver() as site, bij(tmp_path, site) as inst:
        site.zet(*(Zaak(f"z{n}", titel=f"Zaak {n}") for n in range(7)))
        site.zaken["z1"].bestanden["kaart.txt"] = b"De kaart van de kade."
        site.bladen["/zaak/z2"] = (
            200,
            {"Content-Type": "application/pdf; charset=utf-8"},
            site.pagina(Zaak("z2", titel="Café", bestanden=site.zaken["z2"].bestanden)).encode("cp1252"),
        )
        site.bladen["/zaak/z6"] = (302, {"Location": "http://169.254.169.254/"}, b"")
        _proeft(inst, site)
        run = oogst(inst)
        assert (run.uitkomst, run.tellingen) == (Oogstuitkomst.VOLLEDIG, {"new": 7, "failed": 1})
        warned = {kind for kind, _, _ in run.waarschuwingen}
        assert {"detail:charset", "no_answer:address_not_allowed"} <= warned
        made = verslag(inst, run)
        assert made.report.states["indexed"] == 7
        (failed,) = (each for each in made.report.items if each["change"] == "failed")
        assert (failed["path"], failed["state"]) == (f"{site.adres}/zaak/z6", "quarantined")
        assert failed["reason"].startswith("address_not_allowed")

        besluit, publicatie = document(inst, site.url("z1"))
        assert (besluit.officiele_titel, str(besluit.creatiedatum)) == ("Zaak 1", "2025-03-03")
        assert (besluit.omschrijving, publicatie.themas) == ("Over de kade.\nEn meer.", ("c_849842ac",))
        assert document(inst, site.url("z1", "kaart.txt"))[1].id == publicatie.id
        assert document(inst, site.url("z2"))[0].officiele_titel == "Café"
        assert inst.public().zoek("kaart")["totaal"] == 1

        kept = site.zaken.pop("z4")
        assert proef(inst).afwezig == 1
        site.zet(kept)
        site.bladen = {}
        site.gevraagd.clear()
        run = oogst(inst)
        assert (run.uitkomst, run.tellingen) == (Oogstuitkomst.VOLLEDIG, {"unchanged": 7, "new": 1})
        assert (site.keren("/zaak/"), site.keren("/stukken/"), site.keren("/lijst")) == (1, 1, 3)

        site.zaken["z0"].titel, site.zaken["z0"].gewijzigd = "Zaak nul", LATER
        site.zaken["z3"].bestanden, site.zaken["z3"].gewijzigd = {"nieuw.txt": b"Een ander besluit."}, LATER
        del site.zaken["z4"]
        run = oogst(inst)
        assert (run.uitkomst, run.tellingen) == (
            Oogstuitkomst.VOLLEDIG,
            {"changed": 1, "unchanged": 5, "new": 1, "gone": 2},
        )
        assert document(inst, site.url("z0"))[0].officiele_titel == "Zaak nul"
        assert withdrawn(inst) == {"Zaak 3", "Zaak 4"}
        old, new = (document(inst, site.url("z3", naam))[1].id for naam in ("besluit.txt", "nieuw.txt"))
        assert old == new  # the page is the publicatie, whatever its file is called


def test_a_site_that_breaks_or_moves_withdraws_nothing(tmp_path: Path) -> None:
    with Webserver() as site, bij(tmp_path, site) as inst:
        site.zet(*(Zaak(f"z{n}", titel=f"Zaak {n}") for n in range(7)))
        oogst(inst)
        del site.zaken["z5"], site.zaken["z6"]
        moved = b"<html><body><div class='resultaat'>Alles is verhuisd</div></body></html>"
        for warning, bladen in {
            "list_missing": {"/lijst?pagina=2": (500, {}, b"")},
            "list:no_html": {"/lijst?pagina=2": (200, {"Content-Type": "text/html"}, b"%PDF-1.7")},
            "list:no_items": {"/lijst": (200, {}, moved)},
            "pages_repeat": {"/lijst?pagina=2": (200, {}, site.lijst(1, volgende="?pagina=9").encode())},
        }.items():
            site.bladen = dict(bladen)
            run = oogst(inst)
            assert run.uitkomst is Oogstuitkomst.ONVOLLEDIG, warning
            assert warning in {kind for kind, _, _ in run.waarschuwingen}
        site.bladen = {}
        site.kop = "h2"
        for zaak in site.zaken.values():
            zaak.gewijzigd = LATER
        run = oogst(inst)
        assert (run.uitkomst, run.tellingen) == (Oogstuitkomst.ONVOLLEDIG, {"unchanged": 5, "failed": 5})
        assert withdrawn(inst) == set()
        site.kop = "h1"
        assert oogst(inst).tellingen["gone"] == 2
