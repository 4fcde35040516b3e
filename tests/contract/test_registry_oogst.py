"""The registry keeps runs, documents and answers of harvesting as they were given, on every kind of database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.contract.registry_contract import ACTOR, NOW, OnEveryDatabase, fill
from woo.domain.errors import NotFound
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.oogst import (
    Oogstfase,
    Oogstitem,
    Oogstrun,
    Oogstuitkomst,
    Taaksoort,
    Verschil,
    Voortgang,
    same_as,
)
from woo.registry import Registry

RUN = Oogstrun("r1", "zuiderveld", NOW)
ENDED = replace(
    RUN,
    fase=Oogstfase.KLAAR,
    geeindigd_op=NOW + timedelta(minutes=5),
    uitkomst=Oogstuitkomst.ONVOLLEDIG,
    reden="een sitemap ontbreekt",
    ontdekt=3,
    verzoeken=9,
    tellingen={"new": 2, "failed": 1},
    waarschuwingen=(("sitemap:datum", "https://x.example/1.xml", 2),),
)


def item(number: int, **changes: object) -> Oogstitem:
    made = Oogstitem(
        "zuiderveld",
        f"https://x.example/{number}.pdf",
        number,
        "document:1",
        f"v{number}",
        {"titel": "Besluit"},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


class TestHarvesting(OnEveryDatabase):
    def test_a_feed_goes_on_where_it_was_left_and_so_does_what_was_not_taken_over(
        self, registry: Registry
    ) -> None:
        kept = Voortgang("ed-7", "https://x.example", NOW)
        with registry.transaction() as tx:
            tx.oogst.see("zuiderveld", NOW)
            assert tx.oogst.voortgang("zuiderveld") is None
            tx.oogst.note_voortgang("zuiderveld", kept)
            tx.oogst.save_items(
                [
                    item(1),
                    item(2, toegepast="v2"),
                    item(3, toegepast="oud", gezien_run="r0"),
                    item(4, gezien_run="r1"),
                    item(5, weg=True),
                ]
            )
        with registry.read() as reading:
            assert reading.oogst.voortgang("zuiderveld") == kept
            assert reading.oogst.voortgang("elders") is None
            open_ = [each.volgorde for each in reading.oogst.unfinished("zuiderveld", "r1")]
            assert open_ == [1, 3]
            after = item(1).sleutel
            assert [each.volgorde for each in reading.oogst.unfinished("zuiderveld", "r1", after=after)] == [
                3
            ]

    def test_a_run_comes_back_as_it_was_and_one_is_open_at_most(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.oogst.save_run(RUN)
        with registry.read() as reading:
            assert reading.oogst.open_run("zuiderveld") == RUN
        with registry.transaction() as tx:
            tx.oogst.save_run(ENDED)
        with registry.read() as reading:
            assert reading.oogst.open_run("zuiderveld") is None
            assert reading.oogst.runs("zuiderveld") == [ENDED]
            assert reading.oogst.run("r1") == ENDED
            with pytest.raises(NotFound):
                reading.oogst.run("r2")

    def test_documents_with_a_task_come_in_order_and_each_once(self, registry: Registry) -> None:
        made = [item(n, volgorde=n // 2, taak=Taaksoort.HALEN) for n in range(5)]
        with registry.transaction() as tx:
            tx.oogst.save_items([*made, item(9)])
        seen: list[Oogstitem] = []
        with registry.read() as reading:
            while page := reading.oogst.with_task(
                "zuiderveld", [Taaksoort.HALEN], after=seen[-1] if seen else None, limit=2
            ):
                seen += page
            assert seen == made
            assert reading.oogst.with_task("zuiderveld", [Taaksoort.VRAGEN]) == []

    def test_absent_is_what_is_here_and_was_not_seen(self, registry: Registry) -> None:
        fill(registry, 3)
        with registry.transaction() as tx:
            tx.oogst.save_items(
                [
                    item(1, document_id="d1", gezien_run="r1"),
                    item(2, document_id="d2", gezien_run="r0"),
                    item(3, document_id="d3", gezien_run="r0", weg=True),
                    item(4, gezien_run="r0"),
                ]
            )
            assert tx.oogst.present("zuiderveld") == 2
            assert tx.oogst.absent("zuiderveld", "r1") == 1
            assert tx.oogst.ask_absent("zuiderveld", "r1") == 1
        with registry.read() as reading:
            assert [each.sleutel for each in reading.oogst.with_task("zuiderveld", [Taaksoort.VRAGEN])] == [
                item(2).sleutel
            ]
            assert reading.oogst.documents_of("zuiderveld") == ["d1", "d2"]
            assert [each.sleutel for each in reading.oogst.of_document("d3")] == [item(3).sleutel]

    def test_counts_parts_and_the_first_of_a_group(self, registry: Registry) -> None:
        fill(registry, 1)
        whole = item(2, gezien_run="r1", verschil=Verschil.NIEUW)
        part = item(1, gezien_run="r1", verschil=Verschil.NIEUW, deel_van=whole.sleutel, document_id="d1")
        with registry.transaction() as tx:
            tx.oogst.save_items([whole, part, item(3, gezien_run="r1", verschil=Verschil.MISLUKT)])
        with registry.read() as reading:
            assert reading.oogst.counted("zuiderveld", "r1") == {"new": 2, "failed": 1}
            assert reading.oogst.first_of("zuiderveld", "document:1") == whole
            assert reading.oogst.parts_of("zuiderveld", [whole.sleutel]) == [part]
            failed = reading.oogst.listed("zuiderveld", "r1", verschil=Verschil.MISLUKT)
            assert [each.volgorde for each in failed] == [3]

    def test_an_archive_counts_as_one_and_its_members_go_with_it(self, registry: Registry) -> None:
        fill(registry, 3)
        whole = item(1, gezien_run="r1", leden=2)
        in_it = [
            item(n, archief=whole.sleutel, gezien_run="r0", document_id=f"d{n}", weg=n == 3) for n in (2, 3)
        ]
        with registry.transaction() as tx:
            tx.oogst.save_items([whole, *in_it, item(4, gezien_run="r0", document_id="d1")])
            assert (tx.oogst.present("zuiderveld"), tx.oogst.count_documents("zuiderveld")) == (2, 2)
            assert (tx.oogst.absent("zuiderveld", "r1"), tx.oogst.absent("zuiderveld", "r2")) == (1, 2)
            assert tx.oogst.members_of("zuiderveld", whole.sleutel) == in_it
            assert tx.oogst.first_of("zuiderveld", "document:1") == whole
            assert [each.volgorde for each in tx.oogst.unfinished("zuiderveld", "r3")] == [1, 4]
            tx.oogst.see_members("zuiderveld", "r2", [whole.sleutel])
            seen, gone = tx.oogst.members_of("zuiderveld", whole.sleutel)
            assert (seen.gezien_run, seen.verschil) == ("r2", Verschil.ONGEWIJZIGD)
            assert gone == in_it[1]
            waits = replace(whole, reden="wacht")
            tx.oogst.save_items([waits, replace(seen, reden="wacht")])
            assert tx.oogst.release("zuiderveld", wacht="wacht") == 2  # the archive, and what has no archive
            assert not tx.oogst.members_of("zuiderveld", whole.sleutel)[0].vrij

    def test_what_else_offers_the_document_of_an_item(self, registry: Registry) -> None:
        fill(registry, 2)
        own = item(1, document_id="d1")
        passed_over = item(2, reden=same_as("d1"), toegepast="v2")
        with registry.transaction() as tx:
            tx.oogst.save_items([own, item(3, reden=same_as("d2")), item(4, reden=same_as("d1"), groep="x")])
            assert tx.oogst.other_with(own) is None
            tx.oogst.save_items([replace(passed_over, weg=True)])
            assert tx.oogst.other_with(own) is None
            tx.oogst.save_items([passed_over])
            assert tx.oogst.other_with(own) == passed_over
            both = item(0, document_id="d1", groep="x")
            tx.oogst.save_items([both])
            assert tx.oogst.other_with(own) == both

    def test_who_names_a_publicatie_and_what_people_changed_of_it(self, registry: Registry) -> None:
        fill(registry, 1)
        with registry.transaction() as tx:
            tx.oogst.save_items([item(1), item(2)])
            assert tx.oogst.naamgever("zuiderveld", "document:1") is None
            for number in (1, 2):
                tx.oogst.note_naamgever("zuiderveld", "document:1", item(number).sleutel)
            assert tx.oogst.naamgever("zuiderveld", "document:1") == item(2).sleutel
            tx.oogst.save_items([item(2, weg=True)])
            assert tx.oogst.naamgever("zuiderveld", "document:1") is None
            for velden in ({"velden": "kenmerk,themas"}, {"velden": "officiele_titel", "bron": "oogst:x"}):
                changed = Actie.PUBLICATIE_CHANGED
                tx.record(Gebeurtenis(changed, "publicatie", "p1", ACTOR, NOW, details=velden))
            tx.record(Gebeurtenis(Actie.PUBLICATIE_PUBLISHED, "publicatie", "p1", ACTOR, NOW))
        with registry.read() as reading:
            assert reading.oogst.by_hand("p1") == {"kenmerk", "themas"}
            assert reading.oogst.by_hand("p2") == frozenset()

    def test_a_refused_run_forgets_its_tasks_and_a_release_frees_what_waits(self, registry: Registry) -> None:
        fill(registry, 1)
        waits = item(1, document_id="d1", toegepast="oud", taak=Taaksoort.HALEN)
        with registry.transaction() as tx:
            tx.oogst.save_items([waits, item(2, toegepast="v2")])
            tx.oogst.drop_tasks("zuiderveld", "geweigerd")
            assert tx.oogst.release("zuiderveld", wacht="wacht") == 1
        with registry.read() as reading:
            kept = reading.oogst.item("zuiderveld", waits.sleutel)
            assert kept is not None
            assert (kept.taak, kept.vrij, kept.reden) == (None, True, "geweigerd")

    def test_a_source_is_seen_once_and_asked_until_its_run_begins(self, registry: Registry) -> None:
        later = NOW + timedelta(hours=1)
        with registry.transaction() as tx:
            tx.oogst.see("zuiderveld", NOW)
            tx.oogst.see("zuiderveld", later)
            tx.oogst.ask("zuiderveld", later)
        with registry.read() as reading:
            assert reading.oogst.gezien() == {"zuiderveld": (NOW, later)}

    def test_answers_are_numbered_and_come_back_as_they_were(self, registry: Registry) -> None:
        row = {
            "run_id": "r1",
            "bron": "zuiderveld",
            "url": "https://x.example/1.pdf",
            "waarvoor": "https://x.example/1.pdf",
            "methode": "GET",
            "op": NOW,
            "status": 200,
            "koppen": [["ETag", '"a"']],
            "gevraagd": [],
            "ip": "93.184.215.14",
            "fout": None,
            "sha256": "a" * 64,
            "grootte": 12,
        }
        with registry.transaction() as tx:
            tx.oogst.add_answers([row, row])
        with registry.read() as reading:
            first, second = reading.oogst.answers("zuiderveld")
            assert second["id"] > first["id"]
            assert {key: first[key] for key in row} == row
            assert reading.oogst.answers("zuiderveld", after=first["id"]) == [second]
