"""The registry keeps withdrawals, proposals, leak sheets, terms and counts, and refuses what cannot be true; on each database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.contract.registry_contract import MINUTE, NOW, OnEveryDatabase, document, fill
from woo.domain.actor import Actor, Rol
from woo.domain.bewaring import Bewaartermijn
from woo.domain.datalek import Lekblad
from woo.domain.document import Pagina
from woo.domain.errors import NotFound, Refused
from woo.domain.ingreep import Aanleiding, Ingreep, Ingreepsoort, Ingreepstatus, Lot, Persoon
from woo.registry import Intrekkingsregel, Registry

EEN, TWEE = (Actor(naam, Rol.PUBLICEERDER, "t", account=naam) for naam in ("een", "twee"))


def regel(minutes: int = 0, id: str = "d1") -> Intrekkingsregel:
    return Intrekkingsregel("document", id, "p1", NOW + minutes * MINUTE, "privacy", "Zin.", "Intern.")


def ingreep(id: str = "i1") -> Ingreep:
    return Ingreep(
        id,
        Ingreepsoort.VERNIETIGING,
        "document",
        "d1",
        "Lek.",
        NOW,
        Persoon.of(EEN),
        NOW + timedelta(days=1),
        organisatie="gm0153",
        aanleiding=Aanleiding.DATALEK,
        andere={"d2": (Lot.BEWAREN, "Daar mag het.")},
        gegevens={"documenten": [{"id": "d1"}]},
    )


class TestIntrekkingen(OnEveryDatabase):
    def test_withdrawals_come_back_the_last_first_and_go_on(self, registry: Registry) -> None:
        rows = [regel(minutes) for minutes in range(3)]
        rows[1] = replace(rows[1], hersteld_op=NOW + timedelta(hours=1))
        rows[2] = replace(rows[2], vernietigd_op=NOW + timedelta(hours=2))
        with registry.transaction() as tx:
            for row in rows:
                tx.intrekkingen.save_regel(row)
            assert tx.intrekkingen.regels() == rows[::-1]
            assert tx.intrekkingen.regels(after=(rows[2].op, "d1")) == rows[1::-1]
            assert [r.stand for r in tx.intrekkingen.of_object("d1")] == [
                "ingetrokken",
                "hersteld",
                "vernietigd",
            ]
            for welke, row in zip(("ingetrokken", "hersteld", "vernietigd"), rows, strict=True):
                assert tx.intrekkingen.regels(welke=welke) == [row]  # type: ignore[arg-type]
            assert tx.intrekkingen.was_restored("d1", "p9")
            assert not tx.intrekkingen.was_restored("d2", "p9")
            assert tx.intrekkingen.restored_at("d1", rows[1].op)

    def test_a_withdrawal_is_undone_once_and_only_the_one_that_is_meant(self, registry: Registry) -> None:
        fill(registry)
        one = document()
        withdrawn = one.withdrawn(NOW, reden="Weg.")
        with registry.transaction() as tx:
            tx.save_document(withdrawn)
            tx.intrekkingen.save_regel(regel())
        with pytest.raises(Refused), registry.transaction() as tx:
            tx.intrekkingen.undo("document", one.id, op=NOW + MINUTE, now=NOW)
        with registry.transaction() as tx:
            tx.intrekkingen.undo("document", one.id, op=NOW, now=NOW + MINUTE)
        with registry.read() as reading:
            assert reading.document(one.id) == replace(one, gewijzigd_op=NOW + MINUTE)

    def test_a_proposal_comes_back_as_it_was_and_two_people_are_asked_of_the_database_too(
        self, registry: Registry
    ) -> None:
        one = ingreep()
        done = replace(one.approved(TWEE, NOW), zegels=("z1", "z2"), te_wissen=("a" * 64,))
        with registry.transaction() as tx:
            tx.intrekkingen.save_ingreep(one)
            assert tx.intrekkingen.ingreep("i1") == one
            assert tx.intrekkingen.ingrepen(organisaties=["gm0001"]) == []
            tx.intrekkingen.save_ingreep(done)
            tx.intrekkingen.save_zegels(["z2", "z3"], op=NOW)
            tx.intrekkingen.save_verklaring("i1", b"%PDF", NOW)
        with registry.read() as reading:
            assert reading.intrekkingen.ingreep("i1") == done
            assert reading.intrekkingen.unfinished() == [done]
            assert reading.intrekkingen.knows_destroyed(["z1", "z3", "z9"]) == {"z1", "z3"}
            assert reading.intrekkingen.verklaring("i1") == b"%PDF"
            with pytest.raises(NotFound):
                reading.intrekkingen.ingreep("i9")
        alone = replace(
            ingreep("i2"), status=Ingreepstatus.GOEDGEKEURD, beslist_op=NOW, beslist_door=Persoon.of(EEN)
        )
        with pytest.raises(Refused), registry.transaction() as tx:
            tx.intrekkingen.save_ingreep(alone)

    def test_sheets_terms_and_counts(self, registry: Registry) -> None:
        fill(registry)
        blad = Lekblad("document", "d1", NOW, NOW, NOW, {"weergaven": 3}, melden=False, besluit_reden="r")
        termijn = Bewaartermijn("p1", afwijkend=True, jaren=5, reden="Kort.", gewijzigd_op=NOW)
        with registry.transaction() as tx:
            tx.intrekkingen.save_lekblad(blad)
            assert tx.intrekkingen.bewaartermijn("p1") == Bewaartermijn("p1")
            tx.intrekkingen.save_bewaartermijn(termijn)
            tx.intrekkingen.count(NOW.date(), [("d1", 2, 1), ("d2", 5, 0)])
            tx.intrekkingen.count(NOW.date(), [("d1", 1, 0)])
        with registry.read() as reading:
            assert reading.intrekkingen.lekblad("d1", NOW) == blad
            assert reading.intrekkingen.lekbladen() == [blad]
            assert reading.intrekkingen.bewaartermijn("p1") == termijn
            geteld = reading.intrekkingen.geteld(["d1", "d2"])
            assert (geteld.weergaven, geteld.downloads, geteld.vanaf) == (8, 1, NOW.date())
            assert reading.intrekkingen.geteld(["d9"]).weergaven == 0

    def test_erasing_leaves_the_document_without_anything_it_said(self, registry: Registry) -> None:
        fill(registry)
        one = document()
        assert one.bestand is not None
        with registry.transaction() as tx:
            tx.save_pages(one.id, [Pagina(1, "geheim", "pdf")])
            assert tx.intrekkingen.digests_of(one.id) == (one.bestand.digest,)
            assert tx.intrekkingen.holders([one.bestand.digest]) == [one.id]
            tx.save_document(one.withdrawn(NOW, reden="Weg."))
            tx.erase("document", one.id, NOW)
        assert registry.scrub()
        with registry.read() as reading:
            left = reading.document(one.id)
            assert (left.bestand, left.kenmerk, left.officiele_titel) == (None, None, "Vernietigd document")
            assert left.intrekking is not None
            assert reading.pages(one.id) == ()
            assert reading.versions(one.id) == ()
            assert reading.intrekkingen.holders([one.bestand.digest]) == []
