"""Look at an example of a publicatie before it is public; that somebody did is written down."""

from dataclasses import dataclass

from woo.domain.actor import Actor
from woo.domain.errors import Refused
from woo.domain.publicatie import Publicatiestatus
from woo.usecases.handeling import usecase
from woo.usecases.inzage import note_publicatie
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_publicatie
from woo.usecases.voorbeeld import Voorbeeld


@dataclass(frozen=True, slots=True)
class Inkijk:
    """An example, and whether its publicatie is public already."""

    voorbeeld: Voorbeeld
    is_public: bool


@usecase(Handeling.VOORBEELD_LEZEN, "publicatie", "id")
def open_example(platform: Platform, actor: Actor, id: str) -> Inkijk:
    """The example of a publicatie; that it was seen is noted (`note_publicatie`).

    Raises:
        NotFound: there is no such publicatie, or it is of another organisation.
        Refused: it was withdrawn.
    """
    with platform.registry.read() as reading:
        publicatie = reading.publicatie(id)
    demand_publicatie(actor, Handeling.VOORBEELD_LEZEN, publicatie)
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        raise Refused("show an example of", f"publicatie {id}", "it was withdrawn")
    concept = publicatie.status is Publicatiestatus.CONCEPT
    note_publicatie(platform, actor, publicatie)
    return Inkijk(Voorbeeld(platform, id), is_public=not concept)
