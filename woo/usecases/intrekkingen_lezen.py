"""Read what came back from public: withdrawals, proposals, statements of destruction, terms; each for who may."""

from datetime import datetime

from woo.domain.actor import Actor, Recht
from woo.domain.errors import InvalidValue, NotFound
from woo.domain.ingreep import Ingreep, Ingreepstatus
from woo.registry import Intrekkingsregel, Welke
from woo.usecases.bewaring import Bewaring, ending, term_of
from woo.usecases.handeling import usecase
from woo.usecases.inzage import note_publicatie, note_reading
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand, demand_publicatie


@usecase(Handeling.INTREKKINGEN_LEZEN, "object")
def read_intrekkingen(
    platform: Platform, actor: Actor, *, welke: Welke = "alle", after: str | None = None, limit: int = 100
) -> list[Intrekkingsregel]:
    """Withdrawals at the organisations that the actor may read, the last one first.

    `after` is moment and id of the last one of the list before, as `moment|id`. Raises NotAllowed and InvalidValue.
    """
    with platform.registry.read() as reading:
        return reading.intrekkingen.regels(
            welke=welke, after=_place(after), limit=limit, organisaties=actor.organisaties(Recht.READ)
        )


@usecase(Handeling.INGREPEN_LEZEN, "ingreep")
def read_ingrepen(platform: Platform, actor: Actor, *, status: Ingreepstatus | None = None) -> list[Ingreep]:
    """Proposals at the organisations where the actor may publish, the last one first; raises NotAllowed."""
    with platform.registry.read() as reading:
        organisaties = actor.organisaties(Recht.PUBLISH)
        return reading.intrekkingen.ingrepen(status=status, organisaties=organisaties)


@usecase(Handeling.INGREEP_LEZEN, "ingreep", "id")
def read_ingreep(platform: Platform, actor: Actor, id: str) -> Ingreep:
    """One proposal; that it was read is noted as a reading of what it is about. Raises NotFound and NotAllowed."""
    with platform.registry.read() as reading:
        one = reading.intrekkingen.ingreep(id)
    demand(actor, Handeling.INGREEP_LEZEN, one.organisatie, "ingreep", id)
    note_reading(platform, actor, one.object_soort, one.object_id)
    return one


@usecase(Handeling.INGREEP_LEZEN, "ingreep", "id")
def read_verklaring(platform: Platform, actor: Actor, id: str) -> bytes:
    """The statement of destruction (PDF) of a proposal; raises NotFound and NotAllowed."""
    read_ingreep(platform, actor, id)
    with platform.registry.read() as reading:
        content = reading.intrekkingen.verklaring(id)
    if content is None:
        raise NotFound("verklaring", id)
    return content


@usecase(Handeling.BEWAARTERMIJNEN_LEZEN, "publicatie")
def read_termijnen(platform: Platform, actor: Actor, *, dagen: int) -> list[Bewaring]:
    """The terms that end within so many days, or ended, at the organisations that the actor may read; by id. Raises NotAllowed."""
    with platform.registry.read() as reading:
        return list(ending(reading, platform, within=dagen, organisaties=actor.organisaties(Recht.READ)))


@usecase(Handeling.BEWAARTERMIJN_LEZEN, "publicatie", "publicatie_id")
def read_termijn(platform: Platform, actor: Actor, publicatie_id: str) -> Bewaring:
    """The term of a publicatie that is or was public; what was withdrawn is noted. Raises NotFound (for a concept too) and NotAllowed."""
    with platform.registry.read() as reading:
        publicatie = reading.publicatie(publicatie_id)
    demand_publicatie(actor, Handeling.BEWAARTERMIJN_LEZEN, publicatie)
    with platform.registry.read() as reading:
        found = term_of(reading, platform, publicatie)
    if found is None:
        raise NotFound("bewaartermijn", publicatie_id)
    note_publicatie(platform, actor, publicatie)
    return found


def _place(after: str | None) -> tuple[datetime, str] | None:
    if after is None:
        return None
    moment, _, id = after.partition("|")
    try:
        return datetime.fromisoformat(moment), id
    except ValueError:
        raise InvalidValue("na", after, "it is no place of this list") from None
