"""Look at an example of a publicatie before it is public; that somebody did is written down."""

from dataclasses import dataclass

from woo.domain.actor import Actor, Recht
from woo.domain.errors import NotFound
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.publicatie import Publicatiestatus
from woo.usecases.platform import Platform
from woo.usecases.voorbeeld import Voorbeeld


@dataclass(frozen=True, slots=True)
class Inkijk:
    """An example, and whether its publicatie is public already."""

    voorbeeld: Voorbeeld
    is_public: bool


def open_example(platform: Platform, actor: Actor, id: str, *, logged: bool) -> Inkijk:
    """The example of a publicatie; with `logged` a line of the log says who looked.

    Raises:
        NotFound: there is no such publicatie, it was withdrawn, or the actor may not read it.
    """
    with platform.registry.read() as reading:
        publicatie = reading.publicatie(id)
        actor.require_for(Recht.READ, publicatie.publisher, "publicatie", id)
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        raise NotFound("publicatie", id)
    concept = publicatie.status is Publicatiestatus.CONCEPT
    if logged and concept:
        with platform.registry.transaction() as tx:
            tx.record(Gebeurtenis(Actie.PREVIEW_READ, "publicatie", id, actor, platform.now()))
    return Inkijk(Voorbeeld(platform, id), is_public=not concept)
