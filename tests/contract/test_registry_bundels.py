"""The registry gives many publicaties with their documents in a few questions, on every database."""

import pytest

from tests.contract.registry_contract import OnEveryDatabase, document, fill, publicatie
from tests.contract.test_registry_dossier import full_besluit, full_verzoek
from woo.domain.document import Relatie, Relatiesoort
from woo.registry import Bundel, Registry


def _short(bundels: list[Bundel]) -> dict[str, tuple[bool, list[str]]]:
    return {
        each.id: (each.publicatie is not None, [document.id for document in each.documenten])
        for each in bundels
    }


class TestBundels(OnEveryDatabase):
    def test_each_comes_once_with_its_documents_in_the_order_of_their_numbers(
        self, registry: Registry
    ) -> None:
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie())
            tx.save_publicatie(publicatie("p2"))
            tx.save_publicatie(publicatie("p3"))
            for id, number, of in (("d9", 1, "p1"), ("d1", 2, "p1"), ("d5", 1, "p3")):
                tx.save_document(document(id, number, publicatie_id=of))
            saved = tx.document("d9")
        with registry.read() as reading:
            (found,) = reading.bundels.of(["p3", "p2", "weg", "p1", "p3"])
            assert list(reading.bundels.of([])) == []
        assert _short(found) == {
            "p1": (True, ["d9", "d1"]),
            "p2": (True, []),
            "p3": (True, ["d5"]),
            "weg": (False, []),
        }
        assert found[0].publicatie == publicatie()
        assert found[0].documenten[0] == saved

    def test_they_come_some_at_a_time(self, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
        """Other questions may be asked in between."""
        monkeypatch.setattr("woo.registry.bundels._MOST", 2)
        monkeypatch.setattr("woo.registry.bundels._BATCH", 3)
        with registry.transaction() as tx:
            for number in range(1, 8):
                tx.save_publicatie(publicatie(f"p{number}"))
                tx.save_document(document(f"d{number}", publicatie_id=f"p{number}"))
        with registry.read() as reading:
            found = []
            for some in reading.bundels.of([f"p{number}" for number in range(1, 8)]):
                assert [reading.publicatie(each.id) for each in some] == [each.publicatie for each in some]
                found.append([each.id for each in some])
        assert found == [["p1", "p2"], ["p3"], ["p4", "p5"], ["p6"], ["p7"]]

    def test_relations_that_go_out_and_decisions_that_are_shown(self, registry: Registry) -> None:
        fill(registry, documents=3)
        with registry.transaction() as tx:
            for van, soort, naar in (
                ("d1", Relatiesoort.HEEFT_BIJLAGE, "d3"),
                ("d1", Relatiesoort.HEEFT_BIJLAGE, "d2"),
                ("d1", Relatiesoort.REACTIE_OP, "d2"),
                ("d2", Relatiesoort.LIJKT_OP, "d3"),
            ):
                tx.save_relatie(Relatie(van, soort, naar))
            tx.save_publicatie(publicatie("p2"))
            tx.dossier.save_verzoek(full_verzoek())
            first, later = full_besluit(), full_besluit("b2", 2, publicatie_id="p2")
            tx.dossier.save_besluit(first)
            tx.dossier.save_besluit(later)
        with registry.read() as reading:
            of = reading.bundels
            relaties = of.relaties(["d1", "d2", "d3"], [Relatiesoort.HEEFT_BIJLAGE, Relatiesoort.REACTIE_OP])
            besluiten = of.besluiten(["p2", "p1", "weg"])
        assert {van: [(each.soort, each.naar) for each in found] for van, found in relaties.items()} == {
            "d1": [
                (Relatiesoort.HEEFT_BIJLAGE, "d2"),
                (Relatiesoort.HEEFT_BIJLAGE, "d3"),
                (Relatiesoort.REACTIE_OP, "d2"),
            ]
        }
        assert besluiten == {"p1": [first], "p2": [later]}
