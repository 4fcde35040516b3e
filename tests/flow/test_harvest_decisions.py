"""What was decided here stands, whatever a source offers: four eyes, and what was destroyed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.flow.installation import Installation
from tests.flow.oogsten import BRON, installatie, item, oogst, verslag
from tests.flow.test_vernietigen import EEN, MARKER, TWEE, traces
from tests.servers.uitgever import Site, Stuk, Uitgever
from woo.domain.document import Document
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.oogst import load_bronnen
from woo.usecases.ingreep import approve, propose_destruction
from woo.usecases.intrekking import withdraw_publicatie
from woo.usecases.oogst import geef_vrij
from woo.usecases.oogst_noteren import VERNIETIGD, WACHT

_LATER = "2026-06-01T00:00:00Z"


@pytest.fixture
def site() -> Iterator[Site]:
    with Uitgever() as site:
        yield site


def _document(inst: Installation, site: Site, naam: str) -> tuple[Document, Publicatie]:
    with inst.platform.registry.read() as reading:
        return reading.document_with_publicatie(str(item(inst, site, naam).document_id))


def test_where_four_eyes_are_wanted_a_source_publishes_nothing_by_itself(tmp_path: Path, site: Site) -> None:
    site.zet(Stuk("a.txt", b"Stuk a"))
    inst = installatie(tmp_path, site, policy="public")
    inst = Installation(inst.home, **inst.environ, WOO_RECHTEN__VIER_OGEN="gm0153")
    with inst:
        assert oogst(inst).tellingen == {"new": 1}
        assert _document(inst, site, "a.txt")[1].status is Publicatiestatus.CONCEPT
        bronnen = load_bronnen(inst.settings, inst.platform.lijsten)
        assert geef_vrij(inst.platform, EEN, bronnen, BRON)[:2] == (1, 0)

        site.zet(Stuk("a.txt", b"Anders", lastmod=_LATER), Stuk("b.txt", b"Bijlage", deel_van="a.txt"))
        assert oogst(inst).tellingen == {"new": 1, "changed": 1}
        assert (item(inst, site, "a.txt").reden, item(inst, site, "b.txt").reden) == (WACHT, WACHT)
        assert _document(inst, site, "a.txt")[0].versie == 1

        del site.stukken["a.txt"]  # withdrawing is never held up
        oogst(inst)
        assert _document(inst, site, "a.txt")[0].intrekking is not None


def test_of_what_was_destroyed_nothing_is_kept_again(tmp_path: Path, site: Site) -> None:
    lek = Stuk("lek.txt", f"Tekst van {MARKER}".encode(), titel=f"Brief van {MARKER}", kenmerk="Z-1")
    site.zet(lek, Stuk("ander.txt", b"Ander stuk"))
    named = {"Content-Disposition": f'attachment; filename="{MARKER}.txt"'}
    for naam in ("lek.txt", "nogmaals.txt"):
        site.bladen[f"/bestanden/{naam}"] = (200, named, lek.inhoud)
    with installatie(tmp_path, site) as inst:
        verslag(inst, oogst(inst))
        _destroy(inst, _document(inst, site, "lek.txt")[1])
        elsewhere = replace(lek, naam="nogmaals.txt")
        site.zet(replace(lek, lastmod=_LATER), elsewhere)  # it is offered still
        site.gevraagd.clear()
        for _ in range(2):
            assert verslag(inst, oogst(inst)).report.states["withdrawn"] == 2
        assert (site.gevraagd["/bestanden/lek.txt"], site.gevraagd["/bestanden/nogmaals.txt"]) == (0, 1)
        found = item(inst, site, "nogmaals.txt")
        assert (found.document_id, found.gegevens, found.reden) == (None, {}, VERNIETIGD)
        inst.platform.registry.scrub()
        home = inst.home
    assert traces(home, MARKER) == []


def _destroy(inst: Installation, publicatie: Publicatie) -> None:
    withdraw_publicatie(inst.platform, EEN, publicatie.id, code="privacy")
    inst.work()
    reden = "Er staat een nummer in."
    one = propose_destruction(inst.platform, EEN, "publicatie", publicatie.id, reden=reden)
    approve(inst.platform, TWEE, one.id)
    inst.work()
