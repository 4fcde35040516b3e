"""Two installations of the platform harvest each other's public site, and what one withdraws the other withdraws too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errands import run_batch
from ingest.register import Opdracht
from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, WOO_VERZOEK, Installation
from tests.flow.oogsten import elkaars_buren, oogst
from woo.domain.oogst import Oogstuitkomst
from woo.usecases.intrekking import withdraw_document

ENSCHEDE, UTRECHT = "gm0153", "gm0344"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Installation, Installation]]:
    with elkaars_buren(tmp_path) as ((enschede, _), (utrecht, _)):
        yield enschede, utrecht


def test_withdrawals_follow_within_one_run(two: tuple[Installation, Installation], tmp_path: Path) -> None:
    enschede, utrecht = two
    for inst, publisher, naam in ((enschede, ENSCHEDE, "kwartel"), (utrecht, UTRECHT, "reiger")):
        folder = tmp_path / naam
        folder.mkdir()
        for number in range(3):
            write_pdf(folder / f"{naam}-{number}.pdf", [f"Besluit {number} over de {naam}"])
        run_batch(inst.settings, Opdracht(publisher, WOO_VERZOEK, True), [folder])
        inst.work()
    for inst, woord in ((utrecht, "kwartel"), (enschede, "reiger")):
        run = oogst(inst, "buren")
        assert run.uitkomst is Oogstuitkomst.VOLLEDIG, run
        assert run.tellingen["new"] == 3
        inst.work()
        assert inst.public().zoek(woord)["totaal"] == 3

    with enschede.platform.registry.read() as reading:
        own = [d for d in reading.documents() if "kwartel" in str(d.bestand and d.bestand.naam)]
    withdraw_document(enschede.platform, TESTER, own[0].id, reden="Er stond een naam in.")
    enschede.work()
    run = oogst(utrecht, "buren")
    assert run.tellingen["gone"] == 1
    utrecht.work()
    assert utrecht.public().zoek("kwartel")["totaal"] == 2
    with utrecht.platform.registry.read() as reading:
        gone = [document for document in reading.documents() if document.intrekking is not None]
    assert len(gone) == 1
    assert utrecht.public().get(f"/v1/documenten/{gone[0].id}").status_code == 410
