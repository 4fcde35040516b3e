"""The registry keeps requests, decisions and inventories as they were given, and refuses what cannot be true."""

import dataclasses
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.contract.registry_contract import MINUTE, NOW, OnEveryDatabase, Raw, event, fill
from woo.domain.besluit import Herziening, Uitkomst, Woobesluit
from woo.domain.contactpersoon import Contactpersoon
from woo.domain.errors import NotFound, Refused
from woo.domain.events import Actie
from woo.domain.inventaris import Beoordeling, Bijzonderheid, Inventarisregel
from woo.domain.procedure import Procedure, Proceduresoort, Procedureuitkomst
from woo.domain.regelsleutels import Sleutels
from woo.domain.verloop import Doorzending, Periode, Precisering
from woo.domain.verzoek import Opschorting, Opschortingsgrond, Wooverzoek
from woo.registry import Registry

DAY = date(2024, 1, 8)


def full_verzoek() -> Wooverzoek:
    return Wooverzoek(
        id="v1",
        kenmerk="Woo-2024/8",
        onderwerp="De rondweg — alles",
        ontvangen_op=DAY,
        verdaagd_op=date(2024, 1, 20),
        verdaging_dagen=7,
        opschortingen=(
            Opschorting(date(2024, 1, 10), date(2024, 1, 12), Opschortingsgrond.PRECISERING),
            Opschorting(date(2024, 2, 1), None, Opschortingsgrond.ZIENSWIJZE),
        ),
        organisatie="gm0153",
        periode=Periode(date(2020, 1, 1), None),
        preciseringen=(
            Precisering(date(2024, 1, 9), date(2024, 1, 11)),
            Precisering(date(2024, 1, 20), None),
        ),
        doorzendingen=(
            Doorzending("gm1735", date(2024, 1, 9), "de brieven van de buurgemeente"),
            Doorzending("Waterschap De Wiel", date(2024, 1, 10)),
        ),
        ingebrekestellingen=(date(2024, 3, 1), date(2024, 3, 9)),
        ingetrokken_op=date(2024, 3, 10),
        gewijzigd_op=NOW,
    )


def full_besluit(id: str = "b1", deelbesluit: int | None = 1, **changes: Any) -> Woobesluit:
    fields: dict[str, Any] = {
        "verzoek_id": "v1",
        "kenmerk": "B-1",
        "datum": date(2024, 2, 29),
        "uitkomst": Uitkomst.DEELS_OPENBAAR,
        "publicatie_id": "p1",
        "laatste": True,
        "gronden": ("5.1.2.e",),
        "ondertekenaar": "de burgemeester",
        "gewijzigd_op": NOW,
    }
    return Woobesluit(id=id, deelbesluit=deelbesluit, **(fields | changes))


def revised_besluit(id: str) -> Woobesluit:
    return full_besluit(
        id,
        datum=date(2024, 6, 1),
        uitkomst=Uitkomst.GEEN_WOO_VERZOEK,
        aangemerkt_als="een verzoek om eigen gegevens",
        herziet="b1",
        herziening=Herziening.BEZWAAR,
    )


def full_regel(**changes: Any) -> Inventarisregel:
    fields: dict[str, Any] = {
        "publicatie_id": "p1",
        "volgorde": 2,
        "nummer": "A-1",
        "documentnaam": "Brief over de rondweg",
        "beoordeling": Beoordeling.NIET_OPENBAAR,
        "gronden": ("5.1.2.e", "10.2.g"),
        "bijzonderheden": (Bijzonderheid.DUBBEL,),
        "datum": date(2023, 2, 28),
        "soort": "brief",
        "toelichting": "zie 2",
        "opgeschort": True,
        "links": ("https://voorbeeld.nl/1",),
        "gerelateerd": ("2",),
        "zaaknummers": ("11-111",),
        "familie": "5033",
        "draad": "7",
        "overig": {"Tijd": "12:00", "Matter": "09"},
        "document_id": "d1",
        "wetten": ("artikel 67 AWR",),
    }
    return Inventarisregel(**(fields | changes))


def plain_regel(nummer: str, volgorde: int, **changes: Any) -> Inventarisregel:
    return Inventarisregel("p1", volgorde, nummer, f"stuk {nummer}", Beoordeling.OPENBAAR, **changes)


class TestDossier(OnEveryDatabase):
    def test_a_request_comes_back_as_it_was_saved_and_changes(self, registry: Registry) -> None:
        plain = Wooverzoek("v2", "Woo-2024/8", "De rondweg", date(2023, 12, 31))
        with registry.transaction() as tx:
            tx.dossier.save_verzoek(dataclasses.replace(full_verzoek(), onderwerp="iets anders"))
            tx.dossier.save_verzoek(full_verzoek())
            tx.dossier.save_verzoek(plain)
        with registry.read() as reading:
            assert reading.dossier.verzoek("v1") == full_verzoek()
            assert reading.dossier.verzoeken() == [plain, full_verzoek()]
            assert reading.dossier.verzoeken(kenmerk="Woo-2024/9") == []
            with pytest.raises(NotFound, match="wooverzoek"):
                reading.dossier.verzoek("v9")

    def test_decisions_come_back_in_order(self, registry: Registry) -> None:
        fill(registry)
        second = full_besluit("b2", 2, publicatie_id=None)
        with registry.transaction() as tx:
            tx.dossier.save_verzoek(full_verzoek())
            tx.dossier.save_besluit(second)
            tx.dossier.save_besluit(full_besluit(uitkomst=Uitkomst.GEEN_DOCUMENTEN))
            tx.dossier.save_besluit(full_besluit())
        with registry.read() as reading:
            assert reading.dossier.besluit("b1") == full_besluit()
            assert reading.dossier.besluiten("v1") == [full_besluit(), second]
            assert reading.dossier.besluiten(publicatie_id="p1") == [full_besluit()]
            with pytest.raises(NotFound, match="woobesluit"):
                reading.dossier.besluit("b9")

    @pytest.mark.parametrize(
        "other",
        [
            full_besluit("b2", 1),
            full_besluit("b2", 2, verzoek_id="v9"),
            full_besluit("b2", 2, publicatie_id="p9"),
        ],
        ids=["the same number", "no such request", "no such publicatie"],
    )
    def test_a_decision_that_cannot_be_is_refused(self, registry: Registry, other: Woobesluit) -> None:
        fill(registry)
        with registry.transaction() as tx:
            tx.dossier.save_verzoek(full_verzoek())
            tx.dossier.save_besluit(full_besluit())
        with pytest.raises(Refused, match="woobesluit b2"), registry.transaction() as tx:
            tx.dossier.save_besluit(other)

    def test_a_revised_decision_takes_the_place_of_one_and_one_only(self, registry: Registry) -> None:
        fill(registry)
        revised = revised_besluit("b2")
        with registry.transaction() as tx:
            tx.dossier.save_verzoek(full_verzoek())
            tx.dossier.save_besluit(full_besluit())
            tx.dossier.save_besluit(revised)
        with registry.read() as reading:
            assert reading.dossier.besluiten("v1") == [full_besluit(), revised]
        with pytest.raises(Refused, match="woobesluit b3"), registry.transaction() as tx:
            tx.dossier.save_besluit(replace(revised, id="b3"))

    def test_a_request_has_one_decision_on_the_whole_of_it(self, registry: Registry) -> None:
        fill(registry)
        with registry.transaction() as tx:
            tx.dossier.save_verzoek(full_verzoek())
            tx.dossier.save_besluit(full_besluit("b1", None, laatste=False))
        with pytest.raises(Refused), registry.transaction() as tx:
            tx.dossier.save_besluit(full_besluit("b2", None, laatste=False))

    def test_procedures_come_back_in_the_order_of_their_days(self, registry: Registry) -> None:
        fill(registry)
        ended = Procedure(
            "q1",
            "b1",
            Proceduresoort.BEROEP,
            date(2024, 5, 1),
            Procedureuitkomst.ONGEGROND,
            date(2024, 9, 1),
            "ECLI:NL:RBOVE:2024:4321",
        )
        pending = Procedure("q2", "b1", Proceduresoort.BEZWAAR, date(2024, 4, 1))
        with registry.transaction() as tx:
            tx.dossier.save_verzoek(full_verzoek())
            tx.dossier.save_besluit(full_besluit())
            tx.dossier.save_procedure(replace(ended, uitkomst=None, beslist_op=None, ecli=None))
            tx.dossier.save_procedure(ended)
            tx.dossier.save_procedure(pending)
        with registry.read() as reading:
            assert reading.dossier.procedures(["b1", "b2"]) == [pending, ended]
            assert reading.dossier.procedures([]) == []
            assert reading.dossier.procedure("q1") == ended
            with pytest.raises(NotFound, match="procedure"):
                reading.dossier.procedure("q9")
        with pytest.raises(Refused, match="procedure q3"), registry.transaction() as tx:
            tx.dossier.save_procedure(replace(pending, id="q3", besluit_id="b9"))

    def test_a_contact_is_that_of_an_organisation_or_a_publicatie(self, registry: Registry) -> None:
        fill(registry)
        desk = Contactpersoon("De Woo-contactpersoon", "woo@dorp.example")
        own = Contactpersoon("Team Ruimte", telefoon="053 123 45 67")
        with registry.transaction() as tx:
            tx.dossier.save_contactpersoon("organisatie", "gm0153", own)
            tx.dossier.save_contactpersoon("organisatie", "gm0153", desk)
            tx.dossier.save_contactpersoon("publicatie", "p1", own)
        with registry.read() as reading:
            assert reading.dossier.contactpersoon("organisatie", "gm0153") == desk
            assert reading.dossier.contactpersoon("publicatie", "p1") == own
            assert reading.dossier.contactpersoon("publicatie", "gm0153") is None
        with registry.transaction() as tx:
            tx.dossier.save_contactpersoon("publicatie", "p1", None)
        with registry.read() as reading:
            assert reading.dossier.contactpersoon("publicatie", "p1") is None

    def test_what_happened_is_told_of_all_that_belongs_to_a_publicatie(self, registry: Registry) -> None:
        fill(registry, documents=2)
        lines = [
            (Actie.PUBLICATIE_PUBLISHED, "p1"),
            (Actie.DOCUMENT_ADDED, "d1"),
            (Actie.TEXT_EXTRACTED, "d1"),
            (Actie.DOCUMENT_WITHDRAWN, "d2"),
            (Actie.DOCUMENT_ADDED, "d9"),
            (Actie.VERZOEK_CHANGED, "v1"),
            (Actie.BESLUIT_REGISTERED, "b1"),
            (Actie.BESLUIT_REGISTERED, "b2"),
            (Actie.PROCEDURE_REGISTERED, "q1"),
        ]
        with registry.transaction() as tx:
            tx.dossier.save_verzoek(full_verzoek())
            tx.dossier.save_besluit(full_besluit("b1", 1))
            tx.dossier.save_besluit(full_besluit("b2", 2, publicatie_id=None))
            tx.dossier.save_procedure(Procedure("q1", "b2", Proceduresoort.BEZWAAR, date(2024, 4, 1)))
            for minute, (actie, id) in enumerate(lines):
                tx.record(event(actie, id, tijd=NOW + minute * MINUTE, details={"nr": minute}))
        with registry.read() as reading:
            of = reading.dossier
            told = of.happened("p1", since=NOW, limit=100)
            assert [(each.actie, each.object_id) for each in told] == [
                lines[at] for at in (8, 7, 6, 5, 3, 1, 0)
            ]
            assert told[0].details == {"nr": 8}
            assert told[0].tijd == NOW + 8 * MINUTE
            assert of.happened("p1", since=NOW, limit=2) == told[:2]
            assert of.happened("p1", since=NOW + 6 * MINUTE, limit=100) == told[:3]
            assert of.happened("p9", since=NOW, limit=100) == []

    def test_rows_are_found_by_key_by_document_and_one_after_the_other(self, registry: Registry) -> None:
        fill(registry)
        rows = [plain_regel("0012", 1), full_regel(), plain_regel("B", 3)]
        with registry.transaction() as tx:
            tx.dossier.save_regels("p1", rows)
        with registry.read() as reading:
            dossier = reading.dossier
            assert dossier.regel("p1", "a-1") == full_regel()
            assert dossier.regel("p1", "A-1") is dossier.regel("p2", "a-1") is None
            assert dossier.regels_of("d1") == (full_regel(),)
            assert dossier.sleutels("p1") == ["0012", "a-1", "b"]
            by = Sleutels(frozenset({"12"}), frozenset({"stuk b", "brief over de rondweg"}))
            assert dossier.regels_by("p1", by) == tuple(rows)
            assert dossier.regels_by("p1", Sleutels(frozenset({"b"}), frozenset())) == (rows[2],)
            assert dossier.regels_by("p2", by) == ()
            first = dossier.all_regels(limit=2)
            assert dossier.all_regels(after=("p1", first[-1].sleutel), limit=2) == (rows[2],)

    def test_an_inventory_comes_back_in_its_order_and_is_replaced_whole(self, registry: Registry) -> None:
        fill(registry)
        rows = [full_regel(), plain_regel("a-2", 1)]
        with registry.transaction() as tx:
            tx.dossier.save_regels("p1", [plain_regel("A-9", 1)])
            tx.dossier.save_regels("p1", rows)
        with registry.read() as reading:
            assert reading.dossier.regels("p1") == (rows[1], rows[0])
            assert reading.dossier.regels("p2") == ()
        with registry.transaction() as tx:
            tx.dossier.save_regels("p1", [])
        with registry.read() as reading:
            assert reading.dossier.regels("p1") == ()

    @pytest.mark.parametrize(
        "rows",
        [
            [plain_regel("a-1", 1), plain_regel("A-1", 2)],
            [plain_regel("1", 1), plain_regel("2", 1)],
            [plain_regel("1", 1, document_id="d9")],
        ],
        ids=["a number twice", "a place twice", "no such document"],
    )
    def test_an_inventory_that_cannot_be_is_refused_and_the_old_one_stays(
        self, registry: Registry, rows: list[Inventarisregel]
    ) -> None:
        fill(registry)
        with registry.transaction() as tx:
            tx.dossier.save_regels("p1", [full_regel()])
        with pytest.raises(Refused, match="the inventory of publicatie p1"), registry.transaction() as tx:
            tx.dossier.save_regels("p1", rows)
        with registry.read() as reading:
            assert reading.dossier.regels("p1") == (full_regel(),)

    def test_a_row_of_another_publicatie_is_our_mistake(self, registry: Registry) -> None:
        fill(registry)
        with pytest.raises(ValueError, match="belongs to p2"), registry.transaction() as tx:
            tx.dossier.save_regels("p1", [full_regel(publicatie_id="p2")])

    @pytest.mark.parametrize(
        ("changes", "refused"),
        [
            ({}, False),
            ({"opgeschort": True}, True),
            *(({"beoordeling": each}, each is Beoordeling.NIET_OPENBAAR) for each in Beoordeling),
        ],
    )
    def test_whether_a_row_refuses_is_known_without_reading_all(
        self, registry: Registry, changes: dict[str, Any], refused: bool
    ) -> None:
        fill(registry)
        row = dataclasses.replace(plain_regel("2", 2), **changes)
        assert row.mag_openbaar is not refused
        with registry.transaction() as tx:
            tx.dossier.save_regels("p1", [plain_regel("1", 1), row])
        with registry.read() as reading:
            assert reading.dossier.has_refused("p1") is refused
            assert not reading.dossier.has_refused("p2")

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE wooverzoek SET verdaging_dagen = 15",
            "UPDATE wooverzoek SET verdaagd_op = NULL",
            "UPDATE woobesluit SET uitkomst = 'misschien'",
            "UPDATE woobesluit SET deelbesluit = 0",
            "UPDATE woobesluit SET herziening = 'zomaar', herziet = 'b9'",
            "UPDATE woobesluit SET herziet = 'b9'",
            "UPDATE inventarisregel SET beoordeling = 'gedeeltelijk openbaar'",
            "UPDATE inventarisregel SET volgorde = 0",
        ],
    )
    def test_the_database_itself_refuses(self, registry: Registry, raw: Raw, statement: str) -> None:
        fill(registry)
        with registry.transaction() as tx:
            tx.dossier.save_verzoek(full_verzoek())
            tx.dossier.save_besluit(full_besluit())
            tx.dossier.save_regels("p1", [full_regel()])
        with pytest.raises(Exception, match="ck_"):
            raw.run(statement)


@pytest.mark.parametrize(
    "saved", [full_verzoek(), revised_besluit("b2"), full_regel()], ids=lambda it: type(it).__name__
)
def test_every_field_of_the_domain_differs_from_its_default_in_these_tests(saved: Any) -> None:
    for field in dataclasses.fields(saved):
        if field.default is not dataclasses.MISSING:
            assert getattr(saved, field.name) != field.default, field.name
