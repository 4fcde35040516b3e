"""What the desk asks and changes of publicaties and documents: the same on both kinds of database."""

from dataclasses import replace

import pytest

from tests.contract.registry_contract import NOW, OnEveryDatabase, digest, document, fill, publicatie
from woo.domain.document import Bestand, Relatie, Relatiesoort
from woo.domain.errors import Refused
from woo.domain.publicatie import Publicatiestatus
from woo.registry import Registry, finding
from woo.registry.finding import Plaats, Zoekvraag

REACTIE = Relatiesoort.REACTIE_OP


class TestFinding(OnEveryDatabase):
    def test_words_filters_and_order_are_the_same_everywhere(self, registry: Registry) -> None:
        rows = [
            publicatie("p1", officiele_titel="Rondweg Oost", kenmerk="Z_1%"),
            publicatie("p2", officiele_titel="Begroting", publisher="gm0363"),
            publicatie("p3", officiele_titel="Café", publisher=None, informatiecategorieen=("c_ander",)),
        ]
        with registry.transaction() as tx:
            for number, row in enumerate(rows):
                tx.save_publicatie(replace(row, gewijzigd_op=NOW.replace(minute=number)))
            file = Bestand(digest(1), "brief_1.pdf", "application/pdf", 1)
            tx.save_document(document("d1", publicatie_id="p2", bestand=file))

        def found(**vraag: object) -> list[str]:
            asked = Zoekvraag(**vraag)  # type: ignore[arg-type]
            ids = [each.id for each in finding.latest(reading.connection, asked)]
            assert finding.count(reading.connection, asked) == len(ids)
            assert sorted(ids) == [each.id for each in finding.publicaties(reading.connection, asked)]
            return ids

        with registry.read() as reading:
            assert found() == ["p3", "p2", "p1"]
            assert found(tekst="oost ROND") == ["p1"]
            assert found(tekst="z_1%") == ["p1"]
            assert found(tekst="Z%1") == []
            assert found(tekst="brief_1.PDF") == ["p2"]
            assert found(tekst="Café") == ["p3"]
            assert found(organisaties=frozenset({"gm0363"})) == ["p2"]
            assert found(organisaties=frozenset()) == []
            assert found(categorie="c_ander") == ["p3"]
            assert found(status=Publicatiestatus.GEPUBLICEERD) == []
            assert found(jaar=NOW.year) == ["p3", "p2", "p1"]
            assert found(jaar=NOW.year - 1) == []
            first = finding.latest(reading.connection, Zoekvraag(), limit=1)[0]
            after = Plaats(first.gewijzigd_op, first.id)
            rest = finding.latest(reading.connection, Zoekvraag(), after=after)
            assert [each.id for each in rest] == ["p2", "p1"]

    def test_documents_are_renumbered_and_stay_unique(self, registry: Registry) -> None:
        fill(registry, documents=3)
        with registry.transaction() as tx:
            tx.renumber("p1", {"d1": 3, "d2": 1, "d3": 2})
        with registry.read() as reading:
            assert finding.numbers(reading.connection, "p1") == {"d2": 1, "d3": 2, "d1": 3}
            ordered = finding.documents_in_order(reading.connection, "p1", after=1)
            assert [each.id for each in ordered] == ["d3", "d1"]
        with pytest.raises(Refused), registry.transaction() as tx:
            tx.renumber("p1", {"d1": 1})

    def test_a_relation_of_a_person_stays_theirs(self, registry: Registry) -> None:
        fill(registry, documents=3)
        with registry.transaction() as tx:
            tx.save_relatie(Relatie("d1", REACTIE, "d2", met_de_hand=True))
            tx.save_relatie(Relatie("d1", REACTIE, "d2"))
            tx.save_relatie(Relatie("d1", REACTIE, "d3"))
        with registry.transaction() as tx:
            assert tx.drop_relaties("d1", REACTIE) == ("d3",)
            assert tx.relaties("d1") == (Relatie("d1", REACTIE, "d2", met_de_hand=True),)
            assert tx.drop_relatie(Relatie("d1", REACTIE, "d2"))
            assert not tx.drop_relatie(Relatie("d1", REACTIE, "d2"))

    def test_a_version_keeps_the_reason_that_it_came_with(self, registry: Registry) -> None:
        fill(registry)
        with registry.transaction() as tx:
            new = tx.document("d1").replaced(Bestand(digest(77), "b.pdf", "application/pdf", 2), NOW)
            tx.save_document(new, reden="Pagina 3 ontbrak.")
            tx.save_document(new)
            assert [each.reden for each in tx.versions("d1")] == [None, "Pagina 3 ontbrak."]
