"""The registry keeps the last change of each document by its number, on every database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.contract.registry_contract import NOW, OnEveryDatabase, document, fill, publicatie
from woo.domain.document import Relatie, Relatiesoort
from woo.domain.wijziging import Wijziging, Wijzigingstatus, deel_van
from woo.registry import Registry, Wijzigingdeel


def wijziging(document: str, nummer: int, status: Wijzigingstatus = Wijzigingstatus.OPENBAAR) -> Wijziging:
    return Wijziging(document, "p1", nummer, NOW + timedelta(seconds=nummer), status, document * 2)


class TestWijzigingen(OnEveryDatabase):
    def test_the_last_change_of_a_document_takes_the_place_of_the_one_before(
        self, registry: Registry
    ) -> None:
        with registry.transaction() as tx:
            assert tx.wijzigingen.hoogste() == 0
            tx.wijzigingen.save([wijziging("d1", 1), wijziging("d2", 2), wijziging("d3", 1001)])
            tx.wijzigingen.save([wijziging("d1", 1002, Wijzigingstatus.INGETROKKEN)])
        with registry.read() as reading:
            assert reading.wijzigingen.hoogste() == 1002
            assert [each.document_id for each in reading.wijzigingen.of_deel(1)] == ["d2"]
            assert [each.nummer for each in reading.wijzigingen.of_deel(2)] == [1001, 1002]
            found = reading.wijzigingen.van(["d1", "d9"])
            assert found == {"d1": wijziging("d1", 1002, Wijzigingstatus.INGETROKKEN)}
        with registry.transaction() as tx:
            tx.wijzigingen.forget(["d1", "d2"])  # d1 was withdrawn: that stays told
            assert tx.wijzigingen.van(["d1", "d2"]) == {
                **found,
                "d2": replace(wijziging("d2", 2), vingerafdruk=""),
            }

    def test_a_number_is_given_once(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.wijzigingen.save([wijziging("d1", 1)])
        with pytest.raises(Exception, match=r"(?i)unique"), registry.transaction() as tx:
            tx.wijzigingen.save([wijziging("d2", 1)])

    def test_a_file_is_dirty_until_it_was_written_and_goes_when_it_is_empty(self, registry: Registry) -> None:
        assert [deel_van(each) for each in (1, 1000, 1001)] == [1, 1, 2]
        with registry.transaction() as tx:
            tx.wijzigingen.save([wijziging("d1", 1), wijziging("d2", 1001)])
            tx.wijzigingen.touch({1, 2})
            assert tx.wijzigingen.delen() == [
                Wijzigingdeel(1, 1, vuil=True, laatst=NOW + timedelta(seconds=1)),
                Wijzigingdeel(2, 1, vuil=True, laatst=NOW + timedelta(seconds=1001)),
            ]
            first, second = tx.wijzigingen.delen()
            tx.wijzigingen.note_written([replace(first, vuil=False), replace(second, aantal=0)])
            assert tx.wijzigingen.delen() == [replace(first, vuil=False)]
            assert tx.wijzigingen.delen(vuil=True) == []

    def test_what_a_document_is_attached_to_is_told_where_the_public_sees_it(
        self, registry: Registry
    ) -> None:
        fill(registry, documents=4)
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie("p2"))
            tx.save_document(document("x1", 9, publicatie_id="p2"))
            for van in ("d1", "d2", "d3", "x1"):
                tx.save_relatie(Relatie(van, Relatiesoort.HEEFT_BIJLAGE, "d4"))
            tx.save_relatie(Relatie("d1", Relatiesoort.REACTIE_OP, "d4"))
            for id in ("d1", "d3", "x1"):
                tx.mark_shown("document", id, paginas=1, vingerafdruk=f"v-{id}", op=NOW)
            assert tx.wijzigingen.getoond("document", ["d1", "d2"]) == {"d1": "v-d1"}
            assert tx.wijzigingen.getoond("publicatie", ["d1"]) == {}
            assert tx.wijzigingen.gehelen({"d1": "p1", "d4": "p1"}) == {"d4": ["d1", "d3"]}

    def test_an_edition_follows_another_and_owes_every_file(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            assert tx.wijzigingen.editie() is None
            tx.wijzigingen.save([wijziging("d1", 2500)])
            tx.wijzigingen.begin("een", NOW)
            assert tx.wijzigingen.van(["d1"])["d1"].vingerafdruk == ""  # what is shown is not known: a backup
            tx.wijzigingen.save([wijziging("d1", 2500)])
            tx.wijzigingen.begin("twee", NOW)
            assert tx.wijzigingen.van(["d1"])["d1"] == wijziging("d1", 2500)
        with registry.read() as reading:
            assert reading.wijzigingen.editie() == "twee"
            assert [each.deel for each in reading.wijzigingen.delen(vuil=True)] == [1, 2, 3]
