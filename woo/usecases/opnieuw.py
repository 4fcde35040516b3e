"""Try again what failed: wake jobs at rest, and read documents in quarantine anew."""

from collections.abc import Sequence
from dataclasses import replace

from woo.domain.actor import Actor, Recht
from woo.domain.document import Leesstatus, Lezing
from woo.domain.events import Actie, Gebeurtenis, Jobsoort, Jobwens, Prioriteit
from woo.domain.inventaris import split_plaats
from woo.registry import Job
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling

_CHUNK = 500


@usecase(Handeling.OPNIEUW_PROBEREN, "balie")
def retry(platform: Platform, actor: Actor, ids: Sequence[str] | None) -> tuple[int, int, list[str]]:
    """Wake all that failed, or only these ids (of jobs or documents); of other organisations than the actor's nothing did.

    Returns how many jobs and documents are tried again, and the ids for which nothing had failed.
    """
    own = actor.organisaties(Recht.EDIT)
    jobs = platform.registry.jobs
    resting = _own(platform, jobs.resting(), own)
    wanted = None if not ids else set(ids)
    chosen = [job for job in resting if wanted is None or str(job.id) in wanted or job.object_id in wanted]
    woken = jobs.retry([job.id for job in chosen], now=platform.now()) if chosen else 0
    read_again = _read_again(platform, wanted, own)
    _record(platform, actor, woken, len(read_again))
    known = {str(job.id) for job in chosen} | {job.object_id for job in chosen} | set(read_again)
    return woken, len(read_again), sorted((wanted or set()) - known)


def _own(platform: Platform, resting: list[Job], own: frozenset[str] | None) -> list[Job]:
    if own is None:
        return resting
    objects = {job.id: split_plaats(job.object_id)[0] for job in resting}
    with platform.registry.read() as reading:
        mine = reading.owned(list(objects.values()), own)
    return [job for job in resting if objects[job.id] in mine]


def _record(platform: Platform, actor: Actor, jobs: int, documenten: int) -> None:
    details = {"jobs": jobs, "documenten": documenten}
    with platform.registry.transaction() as tx:
        tx.record(
            Gebeurtenis(Actie.OPNIEUW_GEPROBEERD, "balie", "opnieuw", actor, platform.now(), details=details)
        )


def _read_again(platform: Platform, wanted: set[str] | None, own: frozenset[str] | None) -> list[str]:
    again: list[str] = []
    after: str | None = None
    while True:
        with platform.registry.transaction() as tx:
            documents = tx.quarantined(after=after, limit=_CHUNK)
            mine = None if own is None else tx.owned([document.id for document in documents], own)
            for document in documents:
                if (wanted is None or document.id in wanted) and (mine is None or document.id in mine):
                    tx.save_document(replace(document, lezing=Lezing(Leesstatus.WACHT)))
                    tx.want(Jobwens(Jobsoort.EXTRACT, document.id, Prioriteit.NORMAAL), now=platform.now())
                    again.append(document.id)
        if not documents:
            return again
        after = documents[-1].id
