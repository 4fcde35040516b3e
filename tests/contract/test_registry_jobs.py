"""Owed work is never lost, never done twice at once, and never struck unseen."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.contract.registry_contract import (
    KEY,
    MINUTE,
    NOW,
    OnEveryDatabase,
    claim,
    document,
    event,
    fill,
    publicatie,
    wens,
)
from woo.domain.errors import Refused
from woo.domain.events import Actie, Jobsoort, Prioriteit
from woo.registry import Registry, Retry

SOON = NOW + timedelta(seconds=1)
AFTER_LEASE = NOW + MINUTE


class TestStriking(OnEveryDatabase):
    def test_a_change_that_arrives_while_its_own_job_runs_is_not_struck_with_it(
        self, registry: Registry
    ) -> None:
        registry.jobs.want(wens(), now=NOW)
        [running] = claim(registry)
        registry.jobs.want(wens(), now=SOON)
        assert registry.jobs.done([running], now=SOON) == []
        [again] = claim(registry, now=SOON)
        assert (again.object_id, again.wanted, again.attempts) == ("d1", 1, 1)
        registry.jobs.done([again], now=SOON)
        assert registry.jobs.waiting() == 0

    def test_two_changes_while_it_runs_need_one_more_run(self, registry: Registry) -> None:
        registry.jobs.want(wens(), now=NOW)
        [running] = claim(registry)
        registry.jobs.want(wens(), now=SOON)
        registry.jobs.want(wens(), now=SOON)
        registry.jobs.done([running], now=SOON)
        [again] = claim(registry, now=SOON)
        assert again.wanted == 2
        registry.jobs.done([again], now=SOON)
        assert registry.jobs.waiting() == 0

    def test_a_wish_leaves_a_running_job_running(self, registry: Registry) -> None:
        registry.jobs.want(wens(), now=NOW)
        claim(registry)
        registry.jobs.want(wens(), now=SOON)
        assert claim(registry, "w2", now=SOON) == []

    def test_results_and_strike_are_one_commit(self, registry: Registry) -> None:
        registry.jobs.want(wens(), now=NOW)
        jobs = claim(registry)

        def crash() -> None:
            with registry.transaction() as tx:
                tx.save_publicatie(publicatie())
                registry.jobs.done(jobs, now=NOW, tx=tx)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            crash()
        assert registry.jobs.waiting() == 1
        with registry.transaction() as tx:
            tx.save_publicatie(publicatie())
            registry.jobs.done(jobs, now=NOW, tx=tx)
        assert registry.jobs.waiting() == 0

    def test_a_late_worker_does_not_strike_what_another_took_over(self, registry: Registry) -> None:
        registry.jobs.want(wens(), now=NOW)
        [late] = claim(registry)
        [mine] = claim(registry, "w2", now=AFTER_LEASE)
        assert registry.jobs.done([late], now=AFTER_LEASE) == [late]
        assert registry.jobs.fail(late, error="te laat", now=AFTER_LEASE) is False
        assert registry.jobs.renew([late], now=AFTER_LEASE, lease=MINUTE) == [late]
        registry.jobs.release([late])
        assert registry.jobs.waiting() == 1
        assert registry.jobs.done([mine], now=AFTER_LEASE) == []
        assert registry.jobs.waiting() == 0

    def test_a_late_worker_is_fenced_also_when_a_wish_began_the_count_of_attempts_anew(
        self, registry: Registry
    ) -> None:
        registry.jobs.want(wens(), now=NOW)
        [late] = claim(registry)
        registry.jobs.want(wens(), now=SOON)
        [mine] = claim(registry, now=AFTER_LEASE)  # the same owner, the same number of attempts
        assert (mine.attempts, late.attempts) == (1, 1)
        assert registry.jobs.done([late], now=AFTER_LEASE) == [late]
        assert registry.jobs.done([mine], now=AFTER_LEASE) == []

    def test_a_late_worker_does_not_strike_a_new_job_for_the_same_object(self, registry: Registry) -> None:
        registry.jobs.want(wens(), now=NOW)
        [late] = claim(registry)
        [other] = claim(registry, "w2", now=AFTER_LEASE)
        registry.jobs.done([other], now=AFTER_LEASE)
        registry.jobs.want(wens(), now=AFTER_LEASE)
        claim(registry, "w2", now=AFTER_LEASE)
        assert registry.jobs.done([late], now=AFTER_LEASE) == [late]
        assert registry.jobs.waiting() == 1

    def test_a_thousand_jobs_are_struck_at_once_but_those_wanted_again(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.want_many([wens(f"d{number}") for number in range(1200)], NOW)
        jobs = claim(registry, limit=2000)
        assert len(jobs) == 1200
        registry.jobs.want(wens("d7"), now=SOON)
        registry.jobs.want(wens("d1100"), now=SOON)
        registry.jobs.done(jobs, now=SOON)
        assert {job.object_id for job in claim(registry, now=SOON, limit=2000)} == {"d7", "d1100"}


class TestClaiming(OnEveryDatabase):
    def test_the_most_urgent_goes_first_then_the_longest_due_then_the_oldest(
        self, registry: Registry
    ) -> None:
        for object_id, soort, prioriteit, due in [
            ("normal-2", Jobsoort.EXTRACT, Prioriteit.NORMAAL, SOON),
            ("bulk", Jobsoort.SYNC_DOCUMENT, Prioriteit.BULK, NOW),
            ("normal-1", Jobsoort.SYNC_DOCUMENT, Prioriteit.NORMAAL, NOW),
            ("normal-3", Jobsoort.SYNC_PUBLICATIE, Prioriteit.NORMAAL, SOON),
            ("urgent", Jobsoort.SYNC_DOCUMENT, Prioriteit.URGENT, SOON),
        ]:
            registry.jobs.want(wens(object_id, soort, prioriteit), now=due)
        expected = ["urgent", "normal-1", "normal-2", "normal-3", "bulk"]
        assert [job.object_id for job in claim(registry, now=SOON, limit=3)] == expected[:3]
        assert [job.object_id for job in claim(registry, now=SOON)] == expected[3:]

    def test_only_the_kinds_asked_for_are_claimed(self, registry: Registry) -> None:
        registry.jobs.want(wens(soort=Jobsoort.EXTRACT), now=NOW)
        registry.jobs.want(wens(soort=Jobsoort.SYNC_DOCUMENT), now=NOW)
        found = registry.jobs.claim("w", now=NOW, soorten=[Jobsoort.EXTRACT], limit=9, lease=MINUTE)
        assert [job.soort for job in found] == [Jobsoort.EXTRACT]
        assert registry.jobs.claim("w", now=NOW, soorten=[], limit=9, lease=MINUTE) == []

    def test_a_wish_makes_a_waiting_job_more_urgent_and_never_less(self, registry: Registry) -> None:
        registry.jobs.want(wens(prioriteit=Prioriteit.NORMAAL), now=NOW)
        registry.jobs.want(wens(prioriteit=Prioriteit.URGENT), now=SOON)
        registry.jobs.want(wens(prioriteit=Prioriteit.BULK), now=SOON)
        [job] = claim(registry)
        assert (job.prioriteit, job.due, job.wanted) == (Prioriteit.URGENT, NOW, 3)

    def test_a_job_is_given_out_again_when_its_lease_ran_out(self, registry: Registry) -> None:
        registry.jobs.want(wens(), now=NOW)
        claim(registry)
        assert claim(registry, "w2", now=AFTER_LEASE - timedelta(microseconds=1)) == []
        [job] = claim(registry, "w2", now=AFTER_LEASE)
        assert job.attempts == 2

    def test_renewing_holds_the_lease(self, registry: Registry) -> None:
        registry.jobs.want(wens(), now=NOW)
        jobs = claim(registry)
        assert registry.jobs.renew(jobs, now=SOON, lease=MINUTE) == []
        assert claim(registry, "w2", now=AFTER_LEASE) == []
        assert len(claim(registry, "w2", now=SOON + MINUTE)) == 1

    def test_what_is_given_back_is_free_at_once_and_does_not_count_as_an_attempt(
        self, registry: Registry
    ) -> None:
        registry.jobs.want(wens(), now=NOW)
        registry.jobs.release(claim(registry))
        [job] = claim(registry, "w2")
        assert job.attempts == 1

    def test_the_jobs_of_a_dead_owner_are_free_at_once_and_the_attempt_counts(
        self, registry: Registry
    ) -> None:
        for id in ("d1", "d2"):
            registry.jobs.want(wens(id), now=NOW)
        [dead] = claim(registry, "dead", limit=1)
        [alive] = claim(registry, "alive", limit=1)
        assert sorted(registry.jobs.owners()) == ["alive", "dead"]
        assert registry.jobs.release_owner("dead") == 1
        assert registry.jobs.owners() == ["alive"]
        assert registry.jobs.done([dead], now=NOW) == [dead]
        assert registry.jobs.done([alive], now=NOW) == []
        assert [(job.object_id, job.attempts) for job in claim(registry)] == [(dead.object_id, 2)]

    def test_the_jobs_of_an_owner_that_they_killed_each_time_go_to_rest(self, registry: Registry) -> None:
        registry.jobs.want(wens(), now=NOW)
        for _ in range(Retry().attempts):
            assert len(claim(registry, "dead")) == 1
            assert registry.jobs.release_owner("dead") == 1
        assert claim(registry) == []
        assert [job.object_id for job in registry.jobs.resting()] == ["d1"]

    def test_the_next_due_moment_is_that_of_the_first_job_that_can_be_claimed(
        self, registry: Registry
    ) -> None:
        assert registry.jobs.next_due() is None
        registry.jobs.want(wens("d1"), now=NOW)
        registry.jobs.want(wens("d2", Jobsoort.SYNC_DOCUMENT), now=NOW + 2 * MINUTE)
        assert registry.jobs.next_due() == NOW
        claim(registry)
        assert registry.jobs.next_due() == AFTER_LEASE
        assert registry.jobs.next_due([Jobsoort.SYNC_DOCUMENT]) == NOW + 2 * MINUTE
        assert registry.jobs.waiting() == 2
        assert registry.jobs.waiting([Jobsoort.EXTRACT]) == 1


class TestFailing(OnEveryDatabase):
    def test_a_failed_job_waits_longer_each_time_and_then_rests_in_sight(self, url: str) -> None:
        with Registry.create(url, key=KEY, retry=Retry(base=MINUTE, attempts=3)) as registry:
            registry.jobs.want(wens(), now=NOW)
            assert self._fail_until_it_rests(registry) == [MINUTE, 2 * MINUTE]
            [resting] = registry.jobs.resting()
            assert (resting.object_id, resting.error, resting.attempts) == ("d1", "kapot", 3)
            assert claim(registry, now=NOW + timedelta(days=365)) == []
            assert registry.jobs.waiting() == 0
            assert registry.jobs.next_due() is None

    def _fail_until_it_rests(self, registry: Registry) -> list[timedelta]:
        pauses, now = [], NOW
        while jobs := claim(registry, now=now):
            assert registry.jobs.fail(jobs[0], error="kapot", now=now)
            due: datetime | None = registry.jobs.next_due()
            if due is None:
                break
            assert claim(registry, now=due - timedelta(seconds=1)) == []
            pauses.append(due - now)
            now = due
        return pauses

    def test_a_new_wish_wakes_a_resting_job(self, registry: Registry) -> None:
        self._rest(registry, "d1")
        registry.jobs.want(wens(), now=SOON)
        assert registry.jobs.resting() == []
        [job] = claim(registry, now=SOON)
        assert job.attempts == 1

    def test_a_person_can_have_resting_jobs_tried_again(self, registry: Registry) -> None:
        self._rest(registry, "d1", "d2", "d3")
        first = registry.jobs.resting()[0]
        assert registry.jobs.retry([first.id], now=SOON) == 1
        assert [job.object_id for job in claim(registry, now=SOON)] == [first.object_id]
        assert registry.jobs.retry(now=SOON) == 2
        assert registry.jobs.retry(now=SOON) == 0
        assert registry.jobs.retry([first.id], now=SOON) == 0

    def test_a_job_that_takes_its_worker_down_each_time_goes_to_rest(self, registry: Registry) -> None:
        registry.jobs.want(wens(), now=NOW)
        claims = [claim(registry, now=NOW + number * MINUTE) for number in range(Retry().attempts + 1)]
        assert [len(jobs) for jobs in claims] == [1] * Retry().attempts + [0]
        [resting] = registry.jobs.resting()
        assert resting.error == "the worker stopped each time while it ran"

    def test_a_failure_keeps_the_wishes_that_came_meanwhile(self, registry: Registry) -> None:
        registry.jobs.want(wens(), now=NOW)
        [job] = claim(registry)
        registry.jobs.want(wens(), now=SOON)
        registry.jobs.fail(job, error="kapot", now=SOON)
        [again] = claim(registry, now=SOON + MINUTE)
        assert again.wanted == 2

    def test_a_success_forgets_the_error_of_before(self, registry: Registry) -> None:
        registry.jobs.want(wens(), now=NOW)
        registry.jobs.fail(claim(registry)[0], error="kapot", now=NOW)
        [job] = claim(registry, now=AFTER_LEASE)
        assert job.error == "kapot"
        registry.jobs.want(wens(), now=AFTER_LEASE)
        registry.jobs.done([job], now=AFTER_LEASE)
        assert claim(registry, now=AFTER_LEASE)[0].error is None

    def test_any_error_message_can_be_noted(self, registry: Registry) -> None:
        registry.jobs.want(wens(), now=NOW)
        registry.jobs.fail(claim(registry)[0], error="nul \x00, half \ud800, " + "lang" * 1000, now=NOW)
        [job] = claim(registry, now=AFTER_LEASE)
        assert job.error is not None
        assert job.error.startswith("nul ?, half ?, lang")
        assert len(job.error) == 2000

    def _rest(self, registry: Registry, *ids: str) -> None:
        for id in ids:
            registry.jobs.want(wens(id), now=NOW)
        now = NOW
        while jobs := claim(registry, now=now):
            for job in jobs:
                registry.jobs.fail(job, error="kapot", now=now)
            now += timedelta(days=1)
        assert len(registry.jobs.resting()) == len(ids)


class TestOwing(OnEveryDatabase):
    def test_an_event_and_the_jobs_it_owes_are_one_commit(self, registry: Registry) -> None:
        fill(registry)
        with registry.transaction() as tx:
            tx.record(event(Actie.DOCUMENT_WITHDRAWN))
        [job] = claim(registry)
        assert (job.soort, job.object_id, job.prioriteit) == (Jobsoort.SYNC_DOCUMENT, "d1", Prioriteit.URGENT)

    def test_a_crash_inside_a_transaction_leaves_nothing(self, registry: Registry) -> None:
        def crash() -> None:
            with registry.transaction() as tx:
                tx.save_publicatie(publicatie())
                tx.save_document(document())
                tx.record(event())
                tx.want(replace(wens(), object_id="d9"), now=NOW)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            crash()
        with registry.read() as reading:
            assert (reading.publicaties(), reading.documents(), reading.events()) == ([], [], [])
        assert registry.jobs.waiting() == 0

    def test_nothing_is_recorded_without_the_key_of_the_log(self, registry: Registry, url: str) -> None:
        with (
            Registry.open(url) as keyless,
            pytest.raises(Refused, match="without the key"),
            keyless.transaction() as tx,
        ):
            tx.record(event())
        assert registry.jobs.waiting() == 0

    def test_a_transaction_inside_another_is_refused_at_once(self, registry: Registry) -> None:
        with registry.transaction(), pytest.raises(RuntimeError, match="pass it on"):
            registry.jobs.want(wens(), now=NOW)
        registry.jobs.want(wens(), now=NOW)
        assert registry.jobs.waiting() == 1
