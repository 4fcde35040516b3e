"""Try again what failed: wake jobs at rest, and read documents in quarantine anew."""

from collections.abc import Sequence
from dataclasses import replace

from woo.domain.actor import Actor, Recht
from woo.domain.document import Leesstatus, Lezing
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.usecases.platform import Platform

_CHUNK = 500


def retry(platform: Platform, actor: Actor, ids: Sequence[str] | None) -> tuple[int, int, list[str]]:
    """Wake all that failed, or only these ids (of jobs or documents).

    Returns how many jobs and documents are tried again, and the ids for which nothing had failed.
    """
    actor.require(Recht.EDIT)
    jobs = platform.registry.jobs
    resting = jobs.resting()
    wanted = None if not ids else set(ids)
    chosen = [job for job in resting if wanted is None or str(job.id) in wanted or job.object_id in wanted]
    woken = jobs.retry([job.id for job in chosen], now=platform.now()) if chosen else 0
    read_again = _read_again(platform, wanted)
    known = {str(job.id) for job in chosen} | {job.object_id for job in chosen} | set(read_again)
    return woken, len(read_again), sorted((wanted or set()) - known)


def _read_again(platform: Platform, wanted: set[str] | None) -> list[str]:
    again: list[str] = []
    after: str | None = None
    while True:
        with platform.registry.transaction() as tx:
            documents = tx.quarantined(after=after, limit=_CHUNK)
            for document in documents:
                if wanted is None or document.id in wanted:
                    tx.save_document(replace(document, lezing=Lezing(Leesstatus.WACHT)))
                    tx.want(Jobwens(Jobsoort.EXTRACT, document.id, Prioriteit.NORMAAL), now=platform.now())
                    again.append(document.id)
        if not documents:
            return again
        after = documents[-1].id
