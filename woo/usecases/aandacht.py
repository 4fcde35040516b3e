"""What asks for attention beside the terms: failed work, files that were refused, and what visitors reported."""

from collections.abc import Sequence
from dataclasses import dataclass

from woo.domain.actor import Actor, Recht
from woo.domain.errors import NotFound
from woo.registry import Reading, aandacht
from woo.registry.aandacht import Geweigerd, Mislukt, Verantwoording
from woo.usecases.opnieuw import retry
from woo.usecases.platform import Platform
from woo.volgers import Melding, Volgersopslag


@dataclass(frozen=True, slots=True)
class Stilgevallen:
    """Work that nobody does any more unless a person asks for it."""

    rustend: Sequence[Mislukt]
    onleesbaar: Sequence[Mislukt]
    geweigerd: Sequence[Geweigerd]

    @property
    def opnieuw(self) -> list[str]:
        """The ids of what can be tried again."""
        return [str(each.job_id) for each in self.rustend] + [
            each.document_id for each in self.onleesbaar if each.document_id is not None
        ]


def stalled(platform: Platform, actor: Actor) -> Stilgevallen:
    """What failed or was refused, of the organisations that the actor may read, at most 100 of each. Raises NotAllowed."""
    actor.require(Recht.READ)
    own = actor.organisaties(Recht.READ)
    with platform.registry.read() as reading:
        of = reading.connection
        return Stilgevallen(
            aandacht.resting(of, own), aandacht.unreadable(of, own), aandacht.refused(of, own)
        )


def try_again(platform: Platform, actor: Actor) -> tuple[int, int]:
    """Try again what failed of the organisations that the actor may edit; returns how many jobs and documents."""
    actor.require(Recht.EDIT)
    own = actor.organisaties(Recht.EDIT)
    with platform.registry.read() as reading:
        of = reading.connection
        found = Stilgevallen(aandacht.resting(of, own), aandacht.unreadable(of, own), ())
    if not found.opnieuw:
        return 0, 0
    jobs, documents, _ = retry(platform, actor, found.opnieuw)
    return jobs, documents


def intake(platform: Platform, actor: Actor) -> Sequence[Verantwoording]:
    """What became of what was taken in, per publicatie, of the organisations that the actor may read. Raises NotAllowed."""
    actor.require(Recht.READ)
    with platform.registry.read() as reading:
        return aandacht.accounting(reading.connection, actor.organisaties(Recht.READ))


def open_meldingen(platform: Platform, actor: Actor, opslag: Volgersopslag) -> Sequence[Melding]:
    """The reports that nobody dealt with yet, about documents that the actor may edit, oldest first.

    Raises NotAllowed: they may hold personal data, so that only who may edit reads them.
    """
    actor.require(Recht.EDIT)
    own = actor.organisaties(Recht.EDIT)
    found = opslag.meldingen.listed(limit=100)
    if own is None:
        return found
    with platform.registry.read() as reading:
        return [each for each in found if _publisher(reading, each.document_id) in own]


def finish_melding(platform: Platform, actor: Actor, opslag: Volgersopslag, id: str) -> Melding:
    """Note that a report was dealt with; raises NotFound, also for one that the actor may not edit."""
    if id not in {each.id for each in open_meldingen(platform, actor, opslag)}:
        raise NotFound("melding", id)
    return opslag.meldingen.done(id, now=platform.now())


def _publisher(reading: Reading, document_id: str) -> str | None:
    try:
        return reading.document_with_publicatie(document_id)[1].publisher
    except NotFound:
        return None
