"""The order of the documents of a publicatie, as people put it."""

from collections.abc import Mapping, Sequence

from woo.domain.actor import Actor
from woo.domain.errors import InvalidValue, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Transaction, finding
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand, demand_publicatie


@usecase(Handeling.PUBLICATIE_WIJZIGEN, "publicatie", "publicatie_id")
def set_order(platform: Platform, actor: Actor, publicatie_id: str, ids: Sequence[str]) -> int:
    """Put all documents of a publicatie in this order, numbered from 1; returns how many got another number.

    Raises:
        NotFound, NotAllowed: it is of an organisation that the actor may not see, or not change for.
        InvalidValue: a document stands in the list twice, or is not of this publicatie.
        Refused: the publicatie was withdrawn, or has a document that is not in the list: somebody added it meanwhile.
    """
    with platform.registry.transaction() as tx:
        publicatie = _editable(tx, actor, publicatie_id)
        known = finding.numbers(tx.connection, publicatie_id)
        for id in ids:
            if id not in known:
                raise InvalidValue("volgorde", id, "it is not a document of this publicatie")
        if len(set(ids)) != len(ids):
            raise InvalidValue("volgorde", len(ids), "a document stands in the list twice")
        if len(ids) != len(known):
            raise Refused(
                "save",
                f"the order of publicatie {publicatie_id}",
                f"the registry holds a later state: {len(known)} documents, and the list names {len(ids)}",
            )
        return _renumber(tx, platform, actor, publicatie, known, ids)


@usecase(Handeling.PUBLICATIE_WIJZIGEN, "document", "document_id")
def move(platform: Platform, actor: Actor, document_id: str, naar: int) -> int:
    """Put one document at this place (from 1) and let the others make room; returns its new volgnummer.

    A place past the end is the end. Raises as `set_order`; InvalidValue for a place below 1.
    """
    if naar < 1:
        raise InvalidValue("volgnummer", naar, "places are counted from 1")
    with platform.registry.transaction() as tx:
        document = tx.document(document_id)
        demand(
            actor,
            Handeling.DOCUMENT_LEZEN,
            tx.publicatie(document.publicatie_id).publisher,
            "document",
            document_id,
        )
        publicatie = _editable(tx, actor, document.publicatie_id)
        known = finding.numbers(tx.connection, publicatie.id)
        ids = [id for id in known if id != document_id]
        ids.insert(min(naar, len(known)) - 1, document_id)
        _renumber(tx, platform, actor, publicatie, known, ids)
        return ids.index(document_id) + 1


def _editable(tx: Transaction, actor: Actor, publicatie_id: str) -> Publicatie:
    tx.one_at_a_time(f"order {publicatie_id}")
    publicatie = tx.publicatie(publicatie_id)
    demand_publicatie(actor, Handeling.PUBLICATIE_WIJZIGEN, publicatie)
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        raise Refused("change", f"publicatie {publicatie_id}", "it was withdrawn")
    return publicatie


def _renumber(
    tx: Transaction,
    platform: Platform,
    actor: Actor,
    publicatie: Publicatie,
    known: Mapping[str, int],
    ids: Sequence[str],
) -> int:
    numbers = {id: number for number, id in enumerate(ids, start=1) if known[id] != number}
    if numbers:
        tx.renumber(publicatie.id, numbers)
        details = {"documenten": len(numbers)}
        tx.record(
            Gebeurtenis(
                Actie.DOCUMENTS_ORDERED,
                "publicatie",
                publicatie.id,
                actor,
                platform.now(),
                details=details,
            )
        )
    return len(numbers)
