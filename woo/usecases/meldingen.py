"""What visitors reported about documents: seen and dealt with by those who edit for the organisation of the document."""

from woo.domain.actor import Actor, Recht
from woo.domain.errors import NotFound
from woo.domain.events import Actie, Gebeurtenis
from woo.registry import Reading
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand
from woo.volgers import Melding, Volgersopslag

_BATCH = 200


@usecase(Handeling.MELDINGEN_LEZEN, "melding")
def list_meldingen(
    platform: Platform, actor: Actor, opslag: Volgersopslag, *, after: str = "", limit: int = 1000
) -> list[Melding]:
    """Reports that nobody dealt with yet, oldest first, about documents of the actor's organisations."""
    own = actor.organisaties(Recht.EDIT)
    if own is None:
        return opslag.meldingen.listed(after=after, limit=limit)
    found: list[Melding] = []
    while len(found) < limit:
        some = opslag.meldingen.listed(after=after, limit=_BATCH)
        with platform.registry.read() as reading:
            mine = reading.owned([each.document_id for each in some], own)
        found += [each for each in some if each.document_id in mine]
        if len(some) < _BATCH:
            break
        after = some[-1].id
    return found[:limit]


@usecase(Handeling.MELDING_AFHANDELEN, "melding", "id")
def finish_melding(platform: Platform, actor: Actor, opslag: Volgersopslag, id: str) -> Melding:
    """Note that a report was dealt with; a second time changes nothing. Raises NotFound, also for another organisation's."""
    melding = opslag.meldingen.get(id)
    with platform.registry.read() as reading:
        organisatie = _organisation(reading, melding.document_id)
    demand(actor, Handeling.MELDING_AFHANDELEN, organisatie, "melding", id)
    now = platform.now()
    done = opslag.meldingen.done(id, now=now)
    if melding.afgehandeld_op is None:
        with platform.registry.transaction() as tx:
            tx.record(Gebeurtenis(Actie.MELDING_AFGEHANDELD, "melding", id, actor, now))
    return done


def _organisation(reading: Reading, document_id: str) -> str | None:
    """The organisation of the document of a report; None for a document that is not known (any more)."""
    try:
        return reading.document_with_publicatie(document_id)[1].publisher
    except NotFound:
        return None
