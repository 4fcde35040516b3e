"""The list of all inventories: the same on both kinds of database."""

from dataclasses import replace

from tests.contract.registry_contract import NOW, OnEveryDatabase, document, publicatie
from tests.contract.test_registry_voorstellen import DAY, voorstel
from woo.domain.actor import Actor, Rol
from woo.domain.document import Documentrol
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.inventaris import Beoordeling, Inventarisregel
from woo.domain.publicatie import Intrekking
from woo.registry import Registry
from woo.registry.finding import Plaats
from woo.registry.inventarissen import Inventarisstand, standen

ACTOR = Actor("test", Rol.BEHEERDER, "test")


def numbers(stand: Inventarisstand) -> tuple[int, ...]:
    return stand.regels, stand.zonder_document, stand.zonder_regel, stand.voorstellen, stand.foutrijen


class TestInventarissen(OnEveryDatabase):
    def test_each_tells_what_is_left_over_and_what_waits_and_only_of_the_organisations_asked_for(
        self, registry: Registry
    ) -> None:
        rows = [publicatie("p1"), publicatie("p2", publisher="gm0363"), publicatie("p3")]
        with registry.transaction() as tx:
            for number, row in enumerate(rows):
                tx.save_publicatie(replace(row, gewijzigd_op=NOW.replace(minute=number)))
            gone = Intrekking(NOW, "weg")
            tx.save_document(document("d1", publicatie_id="p1"))
            tx.save_document(document("d2", publicatie_id="p1", volgnummer=2))
            tx.save_document(document("d3", publicatie_id="p1", volgnummer=3, intrekking=gone))
            for number, rol in enumerate(Documentrol, 4):
                tx.save_document(document(f"d{number}", publicatie_id="p1", volgnummer=number, rol=rol))
            regels = [
                Inventarisregel("p1", 1, "1", "Brief", Beoordeling.OPENBAAR, document_id="d1"),
                Inventarisregel("p1", 2, "2", "Nota", Beoordeling.DEELS_OPENBAAR, gronden=("5.1.2.e",)),
                Inventarisregel("p1", 3, "3", "Mail", Beoordeling.NIET_OPENBAAR, gronden=("5.2.1",)),
            ]
            tx.dossier.save_regels("p1", regels)
            tx.dossier.save_regels("p2", [Inventarisregel("p2", 1, "1", "Brief", Beoordeling.OPENBAAR)])
            tx.voorstellen.save(voorstel("i1"))
            tx.voorstellen.save(voorstel("i2", vervalt_op=NOW))
            tx.voorstellen.save(voorstel("i3", overgenomen_op=NOW))
            tx.voorstellen.save(voorstel("i4", publicatie_id="p3"))
            for moment in (NOW, NOW + DAY):
                tx.record(Gebeurtenis(Actie.INVENTARIS_IMPORTED, "publicatie", "p1", ACTOR, moment))
        with registry.read() as reading:
            found = standen(reading.connection, organisaties=None, now=NOW)
            assert [each.publicatie.id for each in found] == ["p3", "p2", "p1"]
            assert [numbers(each) for each in found] == [(0, 0, 0, 1, 1), (1, 1, 0, 0, 0), (3, 1, 1, 1, 1)]
            assert [each.overgenomen_op for each in found] == [None, None, NOW + DAY]
            own = standen(reading.connection, organisaties={"gm0363"}, now=NOW)
            assert [each.publicatie.id for each in own] == ["p2"]
            assert standen(reading.connection, organisaties=frozenset(), now=NOW) == []
            after = Plaats(found[1].publicatie.gewijzigd_op, "p2")
            rest = standen(reading.connection, organisaties=None, now=NOW, after=after, limit=1)
            assert [each.publicatie.id for each in rest] == ["p1"]
