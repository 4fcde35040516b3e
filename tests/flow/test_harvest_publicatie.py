"""What a source changes of the publicatie itself is followed here, and never over what somebody here changed by hand."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, Installation
from tests.flow.oogsten import BRON, bron_van, elkaars_buren, installatie, item, oogst
from tests.servers.uitgever import Site, Stuk, Uitgever
from woo.domain.events import Actie
from woo.domain.publicatie import Publicatie
from woo.oogst import load_bronnen
from woo.usecases.intrekking import withdraw_publicatie
from woo.usecases.oogst import geef_vrij
from woo.usecases.oogst_noteren import WACHT
from woo.usecases.oogsten import Vondst, neem_over
from woo.usecases.publicatie import change_publicatie
from woo.usecases.publicatie_gegevens import Gegevens, rewrite_publicatie

ENSCHEDE = "gm0153"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Installation, Installation]]:
    with elkaars_buren(tmp_path, kind="woo", assertions={"documents_min": 0}) as ((one, _), (other, _)):
        yield one, other


@pytest.fixture
def site() -> Iterator[Site]:
    with Uitgever() as site:
        yield site


def _only(inst: Installation) -> Publicatie:
    with inst.platform.registry.read() as reading:
        [found] = reading.publicaties()
        return found


def _lines(inst: Installation, id: str) -> list[Any]:
    with inst.platform.registry.read() as reading:
        return list(reading.events(object_id=id))


def test_what_another_installation_changes_of_a_publicatie_is_changed_here(
    two: tuple[Installation, Installation], tmp_path: Path
) -> None:
    there, here = two
    folder = tmp_path / "dossier"
    folder.mkdir()
    for naam in ("kwartel", "reiger", "specht"):
        write_pdf(folder / f"{naam}.pdf", [f"Besluit over de {naam}"])
    there.ingest(folder)
    there.work()
    assert oogst(here, "buren").tellingen == {"new": 3}
    here.work()
    own, ours = _only(there), _only(here)

    change_publicatie(here.platform, TESTER, ours.id, omschrijving="Onze woorden")
    said = Gegevens(
        "Kap van de kwartelbomen", ("c_3baef532", "c_99a836c7"), ENSCHEDE, None, "Hun woorden", "K-7"
    )
    rewrite_publicatie(there.platform, TESTER, own.id, replace(said, themas=("c_849842ac",)))
    there.work()
    before = len(_lines(here, ours.id))
    assert oogst(here, "buren").tellingen == {"changed": 3}
    changed = _only(here)
    assert (changed.officiele_titel, changed.omschrijving, changed.kenmerk) == (
        "Kap van de kwartelbomen",
        "Onze woorden",
        "K-7",
    )
    assert (changed.informatiecategorieen, changed.themas) == (("c_3baef532", "c_99a836c7"), ("c_849842ac",))
    [line] = _lines(here, ours.id)[before:]  # one, though three documents told of it
    assert (line.actie, line.details["bron"]) == (Actie.PUBLICATIE_CHANGED, "oogst:buren")
    here.work()
    told = here.public().get(f"/v1/publicaties/{ours.id}").json()
    assert told["officieleTitel"] == "Kap van de kwartelbomen"
    assert len(told["informatiecategorieen"]) == 2

    assert oogst(here, "buren").tellingen == {}
    assert (len(_lines(here, ours.id)), _only(here).gewijzigd_op) == (before + 1, changed.gewijzigd_op)

    with here.platform.registry.read() as reading:
        [one, *_] = reading.oogst.listed("buren")
    publicatie = {**one.gegevens["publicatie"], "titel": "Heel anders"}
    other = replace(one, gegevens={**one.gegevens, "publicatie": publicatie}, vorm="anders")
    neem_over(
        here.platform, TESTER, bron_van(here, "buren"), [Vondst(replace(other, groep="publicatie:x"), None)]
    )
    assert _only(here) == changed  # it went to another publicatie there
    withdraw_publicatie(here.platform, TESTER, ours.id, reden="Een fout.")
    neem_over(here.platform, TESTER, bron_van(here, "buren"), [Vondst(other, None)])
    assert _only(here).officiele_titel == changed.officiele_titel


def test_a_publicatie_follows_the_document_that_it_was_named_after(tmp_path: Path, site: Site) -> None:
    whole = Stuk("besluit.txt", b"Besluit", titel="Besluit", kenmerk="Z-1")
    part = Stuk("bijlage.txt", b"Bijlage", titel="Bijlage", kenmerk="Z-1", deel_van="besluit.txt")
    site.zet(whole, part)
    with installatie(tmp_path, site) as inst:
        oogst(inst)
        assert _only(inst).officiele_titel == "Besluit"
        site.zet(replace(whole, titel="Besluit over de brug"), replace(part, titel="Kaart"))
        assert oogst(inst).tellingen == {"changed": 2}
        assert _only(inst).officiele_titel == "Besluit over de brug"

        nieuw = Stuk("nieuw.txt", b"Nieuw stuk", titel="Nieuw", kenmerk="Z-1")
        site.stukken = {"nieuw.txt": nieuw, **site.stukken}  # the site names the newest first
        oogst(inst)
        site.zet(replace(nieuw, titel="Nieuwer"))
        assert oogst(inst).tellingen["changed"] == 1
        assert _only(inst).officiele_titel == "Besluit over de brug"
        lines = len(_lines(inst, _only(inst).id))
        assert oogst(inst).tellingen == {"unchanged": 3}
        assert len(_lines(inst, _only(inst).id)) == lines

        del site.stukken["besluit.txt"]  # what it was named after is gone: the first that is left tells of it
        oogst(inst)
        site.zet(replace(nieuw, titel="Nieuwste"))
        oogst(inst)
        assert _only(inst).officiele_titel == "Nieuwste"


def test_where_changes_wait_those_of_a_publicatie_wait_too(tmp_path: Path, site: Site) -> None:
    stuk = Stuk("a.txt", b"Stuk a", titel="Besluit a")
    site.zet(stuk)
    with installatie(tmp_path, site, policy="review") as inst:
        oogst(inst)
        bronnen = load_bronnen(inst.settings, inst.platform.lijsten)
        site.zet(replace(stuk, titel="Besluit b"))
        oogst(inst)
        assert _only(inst).officiele_titel == "Besluit b"  # a concept: nothing public changes
        assert geef_vrij(inst.platform, TESTER, bronnen, bron_van(inst).naam)[0] == 1
        document = str(item(inst, site, "a.txt").document_id)
        with inst.platform.registry.transaction() as tx:  # somebody here named the document itself
            tx.save_document(replace(tx.document(document), herkomst={"officiele_titel": "balie"}))
        site.zet(replace(stuk, titel="Besluit c"))
        oogst(inst)
        assert (_only(inst).officiele_titel, item(inst, site, "a.txt").reden) == ("Besluit b", WACHT)
        geef_vrij(inst.platform, TESTER, bronnen, BRON)
        oogst(inst)
        assert (_only(inst).officiele_titel, item(inst, site, "a.txt").reden) == ("Besluit c", None)
