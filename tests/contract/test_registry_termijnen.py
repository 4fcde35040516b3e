"""The registry keeps facts for legal terms, keys of calendars and the marks of digests, and refuses what cannot be true."""

from datetime import date, timedelta

import pytest

from tests.contract.registry_contract import MINUTE, NOW, OnEveryDatabase, event
from woo.domain.besluit import Uitkomst, Woobesluit
from woo.domain.betrokkenen import Belanghebbende, Reactie
from woo.domain.dossierfeiten import Zienswijzetermijn
from woo.domain.errors import NotFound, Refused
from woo.domain.events import Actie
from woo.domain.procedure import Procedure, Proceduresoort
from woo.domain.termijnfeit import Termijnfeit
from woo.domain.termijnregel import Feitsoort
from woo.domain.verzoek import Wooverzoek
from woo.registry import Registry

DAY = date(2026, 3, 2)


def feit(
    id: str = "f1", soort: Feitsoort = Feitsoort.ANDER_ORGAAN, op: date = DAY, **changes: object
) -> Termijnfeit:
    fields = {"over": "v1", "verzoek_id": "v1"}
    return Termijnfeit(id, soort, op, **(fields | changes))  # type: ignore[arg-type]


def fill_dossier(registry: Registry) -> None:
    with registry.transaction() as tx:
        for id in ("v1", "v2"):
            tx.dossier.save_verzoek(Wooverzoek(id, f"W-{id}", "De rondweg", DAY, organisatie="gm0153"))
        tx.dossier.save_besluit(Woobesluit("b1", "v1", "B-1", DAY, Uitkomst.OPENBAAR))
        tx.dossier.save_procedure(Procedure("p1", "b1", Proceduresoort.BEZWAAR, DAY))
        asked = {"gevraagd_op": DAY, "reageren_voor": DAY + timedelta(days=14)}
        tx.betrokkenen.save_belanghebbende(Belanghebbende("d1", "v1", 1, "Jansen", **asked))
        silent = Belanghebbende("d2", "v1", 2, "Pietersen", **asked, reactie=Reactie.GEEN_REACTIE)
        tx.betrokkenen.save_belanghebbende(silent)
        tx.betrokkenen.save_belanghebbende(Belanghebbende("d3", "v1", 3, "Klaassen"))


class TestTermijnen(OnEveryDatabase):
    def test_a_dossier_holds_what_its_terms_follow_from_and_nobody_s_name(self, registry: Registry) -> None:
        fill_dossier(registry)
        with registry.transaction() as tx:
            tx.termijnen.save_feit(feit(tot=None))
        with registry.read() as reading:
            first, second = reading.termijnen.dossiers()
            assert reading.termijnen.dossier("v1") == first
        assert [each.id for each in (*first.besluiten, *first.procedures, *first.feiten)] == [
            "b1",
            "p1",
            "f1",
        ]
        until = DAY + timedelta(days=14)
        assert list(first.zienswijzen) == [
            Zienswijzetermijn("d1", "v1", DAY, until),
            Zienswijzetermijn("d2", "v1", DAY, until, until),
        ]
        assert (second.verzoek.id, second.besluiten, second.feiten) == ("v2", (), ())
        with registry.read() as reading, pytest.raises(NotFound):
            reading.termijnen.dossier("v3")

    def test_a_fact_is_kept_once_and_taken_away(self, registry: Registry) -> None:
        fill_dossier(registry)
        with registry.transaction() as tx:
            tx.termijnen.save_feit(feit())
        with pytest.raises(Refused), registry.transaction() as tx:
            tx.termijnen.save_feit(feit("f2"))
        with pytest.raises(Refused), registry.transaction() as tx:
            tx.termijnen.save_feit(feit("f3", verzoek_id="v9", over="v9"))
        with registry.transaction() as tx:
            assert tx.termijnen.feit("f1") == feit()
            tx.termijnen.remove_feit("f1")
        with pytest.raises(NotFound), registry.transaction() as tx:
            tx.termijnen.remove_feit("f1")

    def test_the_log_tells_how_often_and_when_things_changed(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.record(event(Actie.VERZOEK_REGISTERED, "v1", object_soort="wooverzoek"))
            tx.record(event(Actie.VERZOEK_CHANGED, "v1", object_soort="wooverzoek"))
        with registry.read() as reading:
            told = reading.termijnen.bijgewerkt(["v1", "v2"])
        assert {id: each.aantal for id, each in told.items()} == {"v1": 2}
        assert told["v1"].laatst == NOW

    def test_a_calendar_is_found_by_its_secret_until_it_ends_or_is_revoked(self, registry: Registry) -> None:
        keys = registry.agendasleutels
        made, secret = keys.create(
            "mijn", account="a1", organisaties={"gm0153"}, now=NOW, vervalt_op=NOW + timedelta(days=30)
        )
        all_, _ = keys.create("alles", account=None, organisaties=None, now=NOW, vervalt_op=NOW + MINUTE)
        assert keys.find(secret, NOW) == made
        assert made.organisaties == {"gm0153"}
        assert all_.organisaties is None
        assert keys.find(secret + "x", NOW) is None
        assert keys.find(secret, NOW + timedelta(days=30)) is None
        keys.revoke(made.id, now=NOW)
        keys.revoke(made.id, now=NOW + MINUTE)
        assert keys.get(made.id).ingetrokken_op == NOW
        assert keys.find(secret, NOW) is None
        assert {key.id for key in keys.list()} == {made.id, all_.id}
        with pytest.raises(NotFound):
            keys.revoke("weg", now=NOW)

    def test_a_digest_is_taken_once_and_again_when_its_worker_was_killed(self, registry: Registry) -> None:
        marks, again = registry.termijnpost, timedelta(minutes=15)
        assert marks.take("an@x.example", DAY, now=NOW, again=again)
        assert not marks.take("AN@x.example", DAY, now=NOW + MINUTE, again=again)
        assert marks.take("an@x.example", DAY, now=NOW + again, again=again)
        assert marks.take("jan@x.example", DAY, now=NOW, again=again)
        marks.release("jan@x.example", DAY)
        assert marks.take("jan@x.example", DAY, now=NOW, again=again)
        marks.sent("an@x.example", DAY, now=NOW + again)
        assert marks.was_sent("an@x.example", DAY)
        assert not marks.take("an@x.example", DAY, now=NOW + timedelta(days=9), again=again)
        marks.release("an@x.example", DAY)
        assert marks.was_sent("an@x.example", DAY)
        marks.forget(before=DAY + timedelta(days=1))
        assert not marks.was_sent("an@x.example", DAY)
