"""Every inventory of the actor's organisations with what is still to be done about it."""

from woo.domain.actor import Actor, Recht
from woo.registry import inventarissen
from woo.registry.finding import Plaats
from woo.registry.inventarissen import Inventarisstand
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling


@usecase(Handeling.PUBLICATIES_LEZEN, "inventaris")
def list_inventarissen(
    platform: Platform, actor: Actor, *, after: Plaats | None = None, limit: int = 100
) -> list[Inventarisstand]:
    """The inventories at the organisations that the actor may read, of what was changed last first; raises NotAllowed."""
    with platform.registry.read() as reading:
        return inventarissen.standen(
            reading.connection,
            organisaties=actor.organisaties(Recht.READ),
            now=platform.now(),
            after=after,
            limit=limit,
        )
