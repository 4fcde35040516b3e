"""The registry keeps plans, fields, announcements and links as they were given, on every kind of database."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.contract.registry_contract import (
    MINUTE,
    NOW,
    OnEveryDatabase,
    claim,
    document,
    fill,
    publicatie,
    wens,
)
from woo.domain.document import Bestemming, Documentrol, Leesstatus
from woo.domain.errors import NotFound, Refused
from woo.domain.events import OP_TIJD, Jobsoort
from woo.domain.inventaris import Beoordeling, Inventarisregel
from woo.domain.inzage import Inzage
from woo.domain.mededeling import Mededeling
from woo.domain.planning import Planstaat, Publicatieplan
from woo.registry import Registry

DAY = timedelta(days=1)


def plan(id: str = "p1", **changes: Any) -> Publicatieplan:
    given: dict[str, Any] = {
        "op": NOW.replace(second=0, microsecond=0) + DAY,
        "gepland_op": NOW,
        "embargo": True,
        "notitie": "Na de raad — eerst bellen",
        "staat": Planstaat.MISLUKT,
        "uitgevoerd_op": NOW + DAY,
        "redenen": ("geen_publisher", "veld_ontbreekt"),
    }
    return Publicatieplan(id, **(given | changes))


def link(id: str = "i1", **changes: Any) -> Inzage:
    given: dict[str, Any] = {
        "publicatie_id": "p1",
        "naam": "De verzoeker",
        "documenten": ("d1", "d2"),
        "aangemaakt_op": NOW,
        "vervalt_op": NOW + 7 * DAY,
        "ingetrokken_op": NOW + DAY,
        "gebruikt": 3,
        "laatst_gebruikt": NOW + MINUTE,
    }
    return Inzage(id, **(given | changes))


class TestPublishing(OnEveryDatabase):
    def test_a_plan_comes_back_as_it_was_and_another_takes_its_place(self, registry: Registry) -> None:
        fill(registry)
        with registry.transaction() as tx:
            tx.publiceren.save_plan(plan())
        with registry.read() as reading:
            assert reading.publiceren.plan("p1") == plan()
        moved = Publicatieplan("p1", plan().op + DAY, NOW)
        with registry.transaction() as tx:
            tx.publiceren.save_plan(moved)
        with registry.read() as reading:
            assert reading.publiceren.plan("p1") == moved
            assert reading.publiceren.plan("p2") is None

    @pytest.mark.parametrize("what", [plan(), link()])
    def test_every_field_differs_from_its_default_in_these_tests(self, what: Publicatieplan | Inzage) -> None:
        for each in fields(what):
            assert getattr(what, each.name) != each.default, each.name

    def test_plans_are_listed_by_state_organisation_and_moment(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            for n, publisher in enumerate(("gm0153", "gm1735", None), 1):
                tx.save_publicatie(publicatie(f"p{n}", publisher=publisher))
                tx.publiceren.save_plan(Publicatieplan(f"p{n}", plan().op + n * MINUTE, NOW))
            tx.save_publicatie(publicatie("p4"))
            tx.publiceren.save_plan(plan("p4"))
        with registry.read() as reading:
            ask = reading.publiceren.plannen
            assert [each.publicatie_id for each in ask([Planstaat.GEPLAND])] == ["p1", "p2", "p3"]
            assert [each.publicatie_id for each in ask([Planstaat.GEPLAND], publishers={"gm1735"})] == ["p2"]
            assert ask([Planstaat.GEPLAND], publishers=()) == []
            assert [each.publicatie_id for each in ask([Planstaat.MISLUKT], since=NOW + DAY)] == ["p4"]
            assert ask([Planstaat.MISLUKT], since=NOW + 2 * DAY) == []

    def test_a_plan_of_no_publicatie_is_refused(self, registry: Registry) -> None:
        with pytest.raises(Refused), registry.transaction() as tx:
            tx.publiceren.save_plan(plan("p9"))

    def test_fields_and_announcement_are_replaced_as_a_whole(self, registry: Registry) -> None:
        fill(registry)
        told = Mededeling("p1", ("5.1.1.c", "5.1.2.e"), "Het rapport is geheim.")
        with registry.transaction() as tx:
            tx.publiceren.save_velden("p1", {"jaar": "2026", "orgaan": "raad"})
            tx.publiceren.save_velden("p1", {"jaar": "2027"})
            tx.publiceren.save_mededeling("p1", replace(told, toelichting="Eerst iets anders."))
            tx.publiceren.save_mededeling("p1", told)
        with registry.read() as reading:
            assert reading.publiceren.velden("p1") == {"jaar": "2027"}
            assert reading.publiceren.mededeling("p1") == told
        with registry.transaction() as tx:
            tx.publiceren.save_velden("p1", {})
            tx.publiceren.save_mededeling("p1", None)
        with registry.read() as reading:
            assert reading.publiceren.velden("p1") == {}
            assert reading.publiceren.mededeling("p1") is None

    def test_a_link_is_found_by_its_secret_counted_and_ended_once(self, registry: Registry) -> None:
        fill(registry)
        fresh = link(ingetrokken_op=None, gebruikt=0, laatst_gebruikt=None)
        with registry.transaction() as tx:
            tx.publiceren.insert_inzage(link("i2"), "ander geheim")
            tx.publiceren.insert_inzage(fresh, "geheim")
            tx.publiceren.use_inzage("i1", NOW + MINUTE)
            tx.publiceren.revoke_inzage("i1", NOW + DAY)
            tx.publiceren.revoke_inzage("i1", NOW + 2 * DAY)
        with registry.read() as reading:
            of = reading.publiceren
            assert of.inzage_by_secret("ander geheim") == link("i2")
            assert of.inzage_by_secret("geheim") == replace(link(), gebruikt=1)
            assert of.inzage_by_secret("Geheim") is None
            assert [each.id for each in of.inzages("p1")] == ["i1", "i2"]
            with pytest.raises(NotFound):
                of.inzage("i3")

    def test_documents_and_rows_in_short_tell_what_the_check_asks(self, registry: Registry) -> None:
        fill(registry)
        sent = document("d2", 2, bestemming=Bestemming.VERZONDEN, rol=Documentrol.BESLUITBRIEF)
        waits = document("d3", 3, opgeschort_tot=date(2026, 3, 16), creatiedatum=date(2024, 2, 29))
        gone = document("d4", 4).withdrawn(NOW, reden="Er staat een naam in.")
        with registry.transaction() as tx:
            for each in (sent, waits, gone):
                tx.save_document(each)
            refused = Inventarisregel("p1", 1, "1", "Brief", Beoordeling.NIET_OPENBAAR, document_id="d1")
            tx.dossier.save_regels(
                "p1", [refused, replace(refused, volgorde=2, nummer="2", opgeschort=True, document_id="d3")]
            )
            tx.publiceren.release_regels("d3")
        with registry.read() as reading:
            short = reading.documents_in_short("p1")
            rows = reading.regels_in_short("p1")
        assert [each.id for each in short] == ["d1", "d2", "d3"]
        assert (short[1].bestemming, short[1].rol) == (Bestemming.VERZONDEN, Documentrol.BESLUITBRIEF)
        assert (short[2].opgeschort_tot, short[2].creatiedatum) == (date(2026, 3, 16), date(2024, 2, 29))
        assert (short[0].leesstatus, short[0].bestandsnaam, short[0].gelezen) == (
            Leesstatus.WACHT,
            "bijlage-1.pdf",
            False,
        )
        assert [each.wordt_openbaar for each in short] == [True, False, False]
        assert [(row.nummer, row.opgeschort, row.document_id) for row in rows] == [
            ("1", False, "d1"),
            ("2", False, "d3"),
        ]


class TestJobsThatWaitForAMoment(OnEveryDatabase):
    def test_it_is_given_out_at_its_moment_and_what_it_is_about_is_not_busy_until_then(
        self, registry: Registry
    ) -> None:
        fill(registry)
        with registry.transaction() as tx:
            tx.want_at(wens("p1", Jobsoort.PUBLICEER), NOW + DAY)
        assert claim(registry) == []
        assert registry.jobs.next_due(OP_TIJD) == NOW + DAY
        with registry.read() as reading:
            assert "p1" not in reading.objects_with_jobs()
        [job] = claim(registry, now=NOW + DAY)
        assert (job.soort, job.object_id) == (Jobsoort.PUBLICEER, "p1")

    def test_what_came_too_early_waits_on_and_does_not_count_as_an_attempt(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.want_at(wens("p1", Jobsoort.PUBLICEER), NOW)
        [job] = claim(registry)
        registry.jobs.postpone(job, due=NOW + DAY, now=NOW)
        assert claim(registry, now=NOW + DAY - MINUTE) == []
        [again] = claim(registry, now=NOW + DAY)
        assert again.attempts == 1

    def test_what_was_wanted_again_meanwhile_is_looked_at_at_once(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.want_at(wens("p1", Jobsoort.PUBLICEER), NOW)
        [job] = claim(registry)
        with registry.transaction() as tx:
            tx.want_at(wens("p1", Jobsoort.PUBLICEER), NOW + MINUTE)
        registry.jobs.postpone(job, due=NOW + DAY, now=NOW)
        assert [each.object_id for each in claim(registry)] == ["p1"]
