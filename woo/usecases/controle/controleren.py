"""Put the findings about a publicatie, its documents and its inventory together."""

from woo.domain.actor import Actor
from woo.domain.bevinding import Bevinding
from woo.domain.publicatie import Publicatie
from woo.registry import Reading
from woo.usecases.controle import documenten, gegevens, inventaris
from woo.usecases.controle.blik import Blik
from woo.usecases.handeling import usecase
from woo.usecases.inzage import note_publicatie
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_publicatie


def validate_publication(platform: Platform, reading: Reading, publicatie: Publicatie) -> list[Bevinding]:
    """Everything that is wrong with this publicatie or deserves a look, what blocks first.

    It reads a few columns of each document, so that thousands of them are no matter.
    """
    blik = Blik.of(reading, publicatie, platform.lijsten, platform.now())
    found = [
        *gegevens.findings(blik, reading),
        *documenten.findings(blik),
        *inventaris.findings(blik, reading),
    ]
    return sorted(found, key=lambda each: not each.blokkeert)


@usecase(Handeling.CONTROLEREN, "publicatie", "id")
def check_publication(platform: Platform, actor: Actor, id: str) -> list[Bevinding]:
    """The findings about a publicatie; what is not public is noted. Raises NotFound, NotAllowed."""
    with platform.registry.read() as reading:
        publicatie = reading.publicatie(id)
    demand_publicatie(actor, Handeling.CONTROLEREN, publicatie)
    note_publicatie(platform, actor, publicatie)
    with platform.registry.read() as reading:
        return validate_publication(platform, reading, publicatie)
