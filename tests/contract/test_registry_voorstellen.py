"""The registry keeps inventories that wait to be confirmed as they were given, on every database, until they go."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from tests.contract.registry_contract import NOW, OnEveryDatabase, fill
from woo.domain.errors import NotFound, Refused
from woo.domain.inventaris import Beoordeling, Bijzonderheid, Inventarisregel
from woo.domain.inventarisvoorstel import Bevindingen, Celmelding, Inventarisvoorstel, Rijsoort, Voorstelrij
from woo.registry import Regelkeuze, Registry

DAY = timedelta(days=1)


def regel(nummer: str = "A-1", volgorde: int = 1) -> Inventarisregel:
    return Inventarisregel(
        "p1",
        volgorde,
        nummer,
        "Brief — rondweg",
        Beoordeling.DEELS_OPENBAAR,
        ("5.1.2.e", "8.8"),
        (Bijzonderheid.ALLEEN_AAN_VERZOEKER,),
        date(2024, 2, 29),
        links=("https://voorbeeld.nl",),
        overig=MappingProxyType({"Tijd": "12:00"}),
        document_id="d1",
        wetten=("artikel 67 AWR",),
    )


def voorstel(id: str = "i1", **changes: object) -> Inventarisvoorstel:
    made = Inventarisvoorstel(
        id=id,
        publicatie_id="p1",
        sha256="0" * 64,
        bestandsnaam="lijst.xlsx",
        grootte=5_000_000_000,
        gemaakt_door="j.jansen",
        gemaakt_op=NOW,
        vervalt_op=NOW + 14 * DAY,
        stand="ab" * 32,
        rijen=2,
        tellingen={Rijsoort.FOUT: 1, Rijsoort.GEWIJZIGD: 1},
        wijze={"blad": None, "datums": "dag-maand", "kolommen": ["nummer=Nr"]},
        opmerkingen=("De koppen staan in rij 3.",),
        bevindingen=Bevindingen(2, (("1", "d1"),), (("2", "d2"),), (("3", ("d1", "d2")),), 4, 5),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


RIJEN = (
    Voorstelrij(1, Rijsoort.GEWIJZIGD, 2, 1, "A-1", regel(), regel("a-1"), ("nummer",), (Celmelding(False, "Grond", "8.8", "let op"),)),
    Voorstelrij(2, Rijsoort.FOUT, 3, 2, None, meldingen=(Celmelding(True, "Nr.", "", "ontbreekt"),)),
)  # fmt: skip


class TestVoorstellen(OnEveryDatabase):
    def test_a_proposal_and_its_rows_come_back_as_they_were_saved(self, registry: Registry) -> None:
        fill(registry)
        with registry.transaction() as tx:
            tx.voorstellen.save(voorstel())
            tx.voorstellen.add_rijen("i1", RIJEN)
        with registry.read() as reading:
            assert reading.voorstellen.voorstel("i1") == voorstel()
            assert reading.voorstellen.voorstellen("p1") == [voorstel()]
            assert tuple(reading.voorstellen.rijen("i1")) == RIJEN
            assert reading.voorstellen.rijen("i1", soorten=[Rijsoort.FOUT]) == [RIJEN[1]]
            assert reading.voorstellen.rijen("i1", let_op=True) == [RIJEN[0]]
            assert reading.voorstellen.rijen("i1", after=1, limit=1) == [RIJEN[1]]
            assert reading.voorstellen.foutrijen("i1") == [3]
        applied = voorstel(overgenomen_op=NOW + DAY)
        with registry.transaction() as tx:
            tx.voorstellen.save(applied)
        with registry.read() as reading:
            assert reading.voorstellen.voorstel("i1") == applied

    def test_those_whose_end_has_come_are_found_and_go_with_their_rows(self, registry: Registry) -> None:
        fill(registry)
        with registry.transaction() as tx:
            for id, days in (("i1", 1), ("i2", 3)):
                tx.voorstellen.save(voorstel(id, vervalt_op=NOW + days * DAY))
                tx.voorstellen.add_rijen(id, RIJEN)
        with registry.transaction() as tx:
            assert tx.voorstellen.vervallen(NOW) == []
            assert tx.voorstellen.vervallen(NOW + 2 * DAY) == ["i1"]
            tx.voorstellen.drop(["i1"])
        with registry.read() as reading:
            with pytest.raises(NotFound):
                reading.voorstellen.voorstel("i1")
            assert reading.voorstellen.rijen("i1") == []
            assert len(reading.voorstellen.rijen("i2")) == 2

    def test_a_proposal_of_nothing_and_a_place_twice_are_refused(self, registry: Registry) -> None:
        fill(registry)
        with pytest.raises(Refused), registry.transaction() as tx:
            tx.voorstellen.save(voorstel(publicatie_id="weg"))
        with registry.transaction() as tx:
            tx.voorstellen.save(voorstel())
            tx.voorstellen.add_rijen("i1", RIJEN)
        with pytest.raises(Refused), registry.transaction() as tx:
            tx.voorstellen.add_rijen("i1", RIJEN[:1])

    def test_one_row_of_an_inventory_is_saved_found_and_taken_away(self, registry: Registry) -> None:
        fill(registry)
        plain = Inventarisregel("p1", 2, "10%_x", "Nota", Beoordeling.OPENBAAR)
        with registry.transaction() as tx:
            tx.dossier.save_regels("p1", [regel(), plain])
            tx.dossier.save_regel(replace(plain, documentnaam="Nota B"))
        with registry.read() as reading:
            assert reading.dossier.has_refused("p1")  # what goes to the requester alone may not be public
            assert reading.dossier.regels("p1") == (regel(), replace(plain, documentnaam="Nota B"))
            chosen = reading.dossier.chosen_regels
            assert [each.nummer for each in chosen("p1", Regelkeuze("NOTA"), limit=9)] == ["10%_x"]
            assert [each.nummer for each in chosen("p1", Regelkeuze("%"), limit=9)] == ["10%_x"]
            assert [each.nummer for each in chosen("p1", Regelkeuze(), after=1, limit=9)] == ["10%_x"]
            assert reading.dossier.count_regels("p1", Regelkeuze(zonder_document=True)) == 1
            assert reading.dossier.count_regels("p1", Regelkeuze(beoordeling=Beoordeling.OPENBAAR)) == 1
            assert reading.dossier.count_regels("p1") == 2
        with registry.transaction() as tx:
            tx.dossier.drop_regel("p1", "a-1")
        with registry.read() as reading:
            assert reading.dossier.sleutels("p1") == ["10%_x"]
            assert not reading.dossier.has_refused("p1")
