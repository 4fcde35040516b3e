"""What asks for attention beside the terms: failed work, files that were refused, and the accounting of what was taken in."""

from collections.abc import Sequence
from dataclasses import dataclass

from woo.domain.actor import Actor, Recht
from woo.registry import aandacht
from woo.registry.aandacht import Geweigerd, Mislukt, Verantwoording
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling


@dataclass(frozen=True, slots=True)
class Stilgevallen:
    """Work that nobody does any more unless a person asks for it."""

    rustend: Sequence[Mislukt]
    onleesbaar: Sequence[Mislukt]
    geweigerd: Sequence[Geweigerd]

    @property
    def opnieuw(self) -> bool:
        """Whether there is something that can be tried again (`woo.usecases.opnieuw`)."""
        return bool(self.rustend or self.onleesbaar)


@usecase(Handeling.STATUS_LEZEN, "balie")
def stalled(platform: Platform, actor: Actor) -> Stilgevallen:
    """What failed or was refused, of the organisations that the actor may read, at most 100 of each. Raises NotAllowed."""
    own = actor.organisaties(Recht.READ)
    with platform.registry.read() as reading:
        of = reading.connection
        return Stilgevallen(
            aandacht.resting(of, own), aandacht.unreadable(of, own), aandacht.refused(of, own)
        )


@usecase(Handeling.STATUS_LEZEN, "balie")
def intake(platform: Platform, actor: Actor) -> Sequence[Verantwoording]:
    """What became of what was taken in, per publicatie, of the organisations that the actor may read. Raises NotAllowed."""
    with platform.registry.read() as reading:
        return aandacht.accounting(reading.connection, actor.organisaties(Recht.READ))
