"""What a third party can be asked about: the rows of the inventories and the documents of the decisions on a request."""

from collections.abc import Iterator
from dataclasses import dataclass

from woo.domain.actor import Actor, Recht
from woo.domain.betrokkenen import Belanghebbende, Reactie, Stuksoort, Zienswijze
from woo.domain.errors import InvalidValue
from woo.registry import Reading
from woo.usecases.betrokkenen import change_belanghebbende
from woo.usecases.geweigerd import documents_of
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand


@dataclass(frozen=True, slots=True)
class Stuk:
    """One document or row: its kind, its id or place, its number and name, and what was answered about it."""

    soort: Stuksoort
    id: str
    nummer: str
    naam: str
    reactie: Reactie | None = None


@usecase(Handeling.BETROKKENEN_LEZEN, "belanghebbende", "id")
def read_stukken(platform: Platform, actor: Actor, id: str) -> list[Stuk]:
    """Everything that this third party can be asked about, with its answers; who it is is not told.

    Raises NotFound, also for another organisation's, and NotAllowed.
    """
    with platform.registry.read() as reading:
        derde = reading.betrokkenen.belanghebbende(id)
        verzoek = reading.dossier.verzoek(derde.verzoek_id)
        demand(actor, Handeling.BETROKKENEN_LEZEN, verzoek.organisatie, "belanghebbende", id)
        return list(_stukken(reading, actor, derde))


@usecase(Handeling.BETROKKENEN_WIJZIGEN, "belanghebbende", "id")
def answer_stukken(
    platform: Platform, actor: Actor, id: str, antwoorden: dict[tuple[Stuksoort, str], Reactie | None]
) -> Belanghebbende:
    """Note what a third party answered about some documents and rows (None takes an answer away); the others stay.

    Raises:
        InvalidValue: one of them belongs to no decision on this request.
        NotFound, Refused, NotAllowed: as change_belanghebbende.
    """
    known = {(each.soort, each.id): each.reactie for each in read_stukken(platform, actor, id)}
    for soort, stuk in antwoorden:
        if (soort, stuk) not in known:
            raise InvalidValue("zienswijzen", stuk, "it belongs to no decision on this request")
    answers = known | antwoorden
    zienswijzen = tuple(
        Zienswijze(soort, stuk, reactie) for (soort, stuk), reactie in answers.items() if reactie is not None
    )
    return change_belanghebbende(platform, actor, id, {"zienswijzen": zienswijzen})


def _stukken(reading: Reading, actor: Actor, derde: Belanghebbende) -> Iterator[Stuk]:
    """Each row of an inventory, and each document that no row is about."""
    said = {(each.soort, each.id): each.reactie for each in derde.zienswijzen}
    shown = dict.fromkeys(each.publicatie_id for each in reading.dossier.besluiten(derde.verzoek_id))
    for publicatie_id in filter(None, shown):
        if not actor.may_for(Recht.READ, reading.publicatie(publicatie_id).publisher):
            continue
        regels = reading.dossier.regels(publicatie_id)
        for regel in regels:
            reactie = said.get((Stuksoort.REGEL, regel.plaats))
            yield Stuk(Stuksoort.REGEL, regel.plaats, regel.nummer, regel.documentnaam, reactie)
        listed = {regel.document_id for regel in regels}
        for document in documents_of(reading, publicatie_id):
            key = (Stuksoort.DOCUMENT, document.id)
            if document.id not in listed or key in said:
                yield Stuk(*key, str(document.volgnummer), document.officiele_titel, said.get(key))
