"""One installation follows the feed of changes of another: new, changed, withdrawn, restored, and one request when nothing did."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.errands import run_batch
from ingest.oogst.lopen import Proef
from ingest.register import Opdracht
from ingest.wijzigingen import Wijzigingen
from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, WOO_VERZOEK, Installation
from tests.flow.oogsten import Poort, elkaars_buren, oogst, proef
from woo.domain.document import Bestand, Document, Relatie, Relatiesoort
from woo.domain.oogst import Oogstrun, Oogstuitkomst, Verschil
from woo.usecases.document import change_document, replace_bestand
from woo.usecases.herstel import restore_within
from woo.usecases.intrekking import withdraw
from woo.usecases.publicatie import publish

ENSCHEDE = "gm0153"
FEED = "/v1/wijzigingen"


@dataclass
class Buren:
    """Enschede, that publishes, and what is asked of it; Utrecht, that follows."""

    enschede: Installation
    poort: Poort
    utrecht: Installation

    def volg(self) -> Oogstrun:
        self.poort.gevraagd.clear()
        return oogst(self.utrecht, "buren")

    def volg_en_sterf(self) -> None:
        """A run that is killed when the first thing that it was told was done."""

        def dies() -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            oogst(self.utrecht, "buren", progress=dies)

    def proef(self) -> Proef:
        """What a run would do."""
        return proef(self.utrecht, "buren")

    def bestanden(self) -> list[str]:
        """The files that the last run asked for."""
        return [path for path in self.poort.gevraagd if "/bestand/" in path]


@pytest.fixture
def buren(tmp_path: Path) -> Iterator[Buren]:
    toetsen = {"gone_percent": 60, "documents_min": 0}
    with elkaars_buren(tmp_path, kind="woo", assertions=toetsen) as ((enschede, poort), (utrecht, _)):
        yield Buren(enschede, poort, utrecht)


def _here(inst: Installation) -> dict[str, Document]:
    """What is here, by the word in the name of its file."""
    with inst.platform.registry.read() as reading:
        return {Path(each.bestand.naam).stem: each for each in reading.documents() if each.bestand}


def _publish(inst: Installation, folder: Path, *woorden: str) -> dict[str, Document]:
    """Publish a dossier of documents about these words; the last is attached to the first."""
    folder.mkdir()
    for woord in woorden:
        write_pdf(folder / f"{woord}.pdf", [f"Besluit over de {woord}"])
    run_batch(inst.settings, Opdracht(ENSCHEDE, WOO_VERZOEK, False), [folder])
    made = _here(inst)
    with inst.platform.registry.transaction() as tx:
        whole, part = made[woorden[0]], made[woorden[-1]]
        tx.save_relatie(Relatie(whole.id, Relatiesoort.HEEFT_BIJLAGE, part.id))
    publish(inst.platform, TESTER, whole.publicatie_id)
    inst.work()
    return made


def _replace(inst: Installation, id: str, folder: Path) -> str:
    path = write_pdf(folder / "anders.pdf", ["Een andere tekst."])
    stored = inst.platform.archive.put(path)
    bestand = Bestand(stored.digest, path.name, "application/pdf", stored.grootte)
    replace_bestand(inst.platform, TESTER, id, bestand)
    return stored.digest


def test_one_follows_the_other(buren: Buren, tmp_path: Path) -> None:
    enschede, utrecht = buren.enschede, buren.utrecht
    own = _publish(enschede, tmp_path / "dossier", "kwartel", "reiger", "specht")
    run = buren.volg()
    assert (run.uitkomst, run.tellingen) == (Oogstuitkomst.VOLLEDIG, {"new": 3})
    here = _here(utrecht)
    with enschede.platform.registry.read() as theirs, utrecht.platform.registry.read() as ours:
        there = theirs.publicatie(own["kwartel"].publicatie_id)
        publicatie = ours.publicatie(here["kwartel"].publicatie_id)
        assert (publicatie.officiele_titel, publicatie.kenmerk) == (there.officiele_titel, there.kenmerk)
        attached = Relatie(here["kwartel"].id, Relatiesoort.HEEFT_BIJLAGE, here["specht"].id)
        assert list(ours.relaties(here["specht"].id)) == [attached]
    for woord, document in here.items():
        assert document.publicatie_id == publicatie.id
        assert document.bestand == own[woord].bestand
        assert (document.officiele_titel, document.taal) == (own[woord].officiele_titel, own[woord].taal)

    run = buren.volg()
    assert (run.uitkomst, run.tellingen, run.verzoeken) == (Oogstuitkomst.VOLLEDIG, {}, 2)
    assert buren.poort.gevraagd == {"/robots.txt": 1, FEED: 1}

    change_document(enschede.platform, TESTER, own["kwartel"].id, {"officiele_titel": "Andere titel"})
    digest = _replace(enschede, own["reiger"].id, tmp_path)
    withdraw(enschede.platform, TESTER, own["specht"].id, reden="Er stond een naam in.")
    enschede.work()
    path = f"/v1/documenten/{own['reiger'].id}/bestand/document.pdf"
    would = buren.proef()
    assert (would.gevonden.verschillen, would.gevonden.weg, would.afwezig, would.reden) == (
        {Verschil.GEWIJZIGD: 2},
        1,
        0,
        None,
    )
    buren.poort.anders[path] = (200, b"%PDF-1.7 iets anders dan de feed zegt")
    buren.volg_en_sterf()
    assert buren.volg().tellingen == {"changed": 1, "failed": 1, "gone": 1}
    assert buren.bestanden() == [path]
    assert FEED not in buren.poort.gevraagd  # it was told once, and that was kept
    with utrecht.platform.registry.read() as reading:
        kwartel, reiger, specht = (
            reading.document(here[woord].id) for woord in ("kwartel", "reiger", "specht")
        )
    assert (kwartel.officiele_titel, reiger.versie) == ("Andere titel", 1)
    assert specht.intrekking is not None
    assert specht.intrekking.reden.endswith("heeft het ingetrokken. Zij schrijft: Er stond een naam in.")

    buren.poort.anders.clear()
    with enschede.platform.registry.transaction() as tx:
        restore_within(tx, enschede.platform, TESTER, "document", specht_there := own["specht"].id)
    enschede.work()
    assert buren.volg().tellingen == {
        "changed": 2
    }  # what failed is tried again, though the feed does not name it
    assert sorted(buren.bestanden()) == sorted([path, f"/v1/documenten/{specht_there}/bestand/document.pdf"])
    with utrecht.platform.registry.read() as reading:
        reiger, specht = (reading.document(here[woord].id) for woord in ("reiger", "specht"))
    assert reiger.bestand is not None
    assert (reiger.bestand.digest, reiger.versie) == (digest, 2)
    assert specht.intrekking is None

    with enschede.platform.registry.transaction() as tx:  # as after a restore of a backup
        tx.connection.exec_driver_sql("DELETE FROM wijzigingeditie")
    Wijzigingen(enschede.platform).begin()
    run = buren.volg()
    assert (run.uitkomst, run.tellingen) == (Oogstuitkomst.VOLLEDIG, {"unchanged": 3})
    assert [kind for kind, _, _ in run.waarschuwingen] == ["feed_begun_anew"]
    assert buren.bestanden() == []

    withdraw(enschede.platform, TESTER, own["kwartel"].publicatie_id, reden="Een fout.")
    enschede.work()
    run = buren.volg()
    assert (run.uitkomst, "gone" in run.tellingen) == (Oogstuitkomst.GEWEIGERD, False)  # gone_percent is 60
    assert all(each.intrekking is None for each in _here(utrecht).values())
    source = utrecht.home / "sources" / "buren.yaml"
    source.write_text(source.read_text("utf-8").replace("gone_percent: 60", "gone_percent: 100"), "utf-8")
    assert buren.volg().tellingen == {"gone": 3}
    with utrecht.platform.registry.read() as reading:
        assert reading.publicatie(publicatie.id).intrekking is not None
