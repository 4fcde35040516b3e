"""Publish many publicaties, each in a transaction of its own, and tell of each what became of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from woo.domain.actor import Actor
from woo.domain.bevinding import Bevinding, Unpublishable
from woo.domain.document import Bestemming
from woo.domain.errors import NotAllowed, NotFound, Refused
from woo.registry import Kort
from woo.usecases.controle import check_publication
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.publicatie import publish
from woo.usecases.rechten import Handeling

MOST = 1_000
"""Publicaties in one batch."""


@dataclass(frozen=True, slots=True)
class Uitslag:
    """What became of one publicatie.

    Attributes:
        gelukt: Whether it is public now.
        reden: Why not, where that is no finding: `bestaat_niet`, `geen_recht` or `kan_niet`.
        bevindingen: What was found about it; those that block are why it is not public.
        documenten: How many of its documents are public now, and how many not, by reason.
    """

    id: str
    gelukt: bool
    reden: str | None = None
    bevindingen: tuple[Bevinding, ...] = ()
    documenten: Mapping[str, int] | None = None


@usecase(Handeling.REEKS_PUBLICEREN, "publicatie")
def publish_many(platform: Platform, actor: Actor, ids: Sequence[str]) -> list[Uitslag]:
    """Publish each of these publicaties that can be; what is wrong with one stops none of the others.

    Raises:
        NotAllowed: the actor may publish nowhere.
    """
    return [_publish(platform, actor, id) for id in dict.fromkeys(ids)]


def what_of_documents(platform: Platform, id: str) -> Mapping[str, int]:
    """How many documents of a published publicatie are public, or will be at once (`openbaar`), and the others by reason."""
    with platform.registry.read() as reading:
        return dict(Counter(_state(each) for each in reading.documents_in_short(id)))


def _publish(platform: Platform, actor: Actor, id: str) -> Uitslag:
    try:
        warnings = [each for each in check_publication(platform, actor, id) if not each.blokkeert]
        publish(platform, actor, id)
    except NotFound:
        return Uitslag(id, gelukt=False, reden="bestaat_niet")
    except NotAllowed:
        return Uitslag(id, gelukt=False, reden="geen_recht")
    except Unpublishable as error:
        return Uitslag(id, gelukt=False, bevindingen=error.bevindingen)
    except Refused:
        return Uitslag(id, gelukt=False, reden="kan_niet")
    return Uitslag(id, gelukt=True, bevindingen=tuple(warnings), documenten=what_of_documents(platform, id))


def _state(document: Kort) -> str:
    if document.bestemming is not Bestemming.OPENBAAR:
        return document.bestemming.value
    if document.opgeschort_tot is not None:
        return "opgeschort"
    if document.bestandsnaam is None or document.gelezen:
        return "openbaar"
    return document.leesstatus.value
