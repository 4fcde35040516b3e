"""Relations between documents that people make and take away: an attachment, an answer."""

from woo.domain.actor import Actor
from woo.domain.document import Document, Relatie, Relatiesoort
from woo.domain.errors import InvalidValue, NotFound, Refused
from woo.domain.events import Actie, Gebeurtenis, Jobsoort, Jobwens, Prioriteit
from woo.registry import Transaction
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_document

BY_HAND = (Relatiesoort.HEEFT_BIJLAGE, Relatiesoort.REACTIE_OP)
"""The kinds that people say; that two documents are alike is computed."""


@usecase(Handeling.RELATIE_LEGGEN, "document", "van")
def relate(platform: Platform, actor: Actor, van: str, soort: Relatiesoort, naar: str) -> Relatie:
    """Say that document `van` has this relation to document `naar`; again changes nothing.

    Raises:
        NotFound, NotAllowed: one of them is of an organisation that the actor may not see, or not change for.
        InvalidValue: a document with itself, or a kind that is not said by people.
        Refused: one of them was withdrawn.
    """
    relatie = Relatie(van, _by_hand(soort), naar, met_de_hand=True)
    if van == naar:
        raise InvalidValue("naar", naar, "a document has no relation to itself")
    with platform.registry.transaction() as tx:
        for id in (van, naar):
            if _editable(tx, actor, id).intrekking is not None:
                raise Refused("change", f"document {id}", "it was withdrawn")
        if relatie not in tx.relaties(van):
            tx.save_relatie(relatie)
            _record(tx, platform, actor, Actie.DOCUMENT_RELATED, relatie)
    return relatie


@usecase(Handeling.RELATIE_WEGHALEN, "document", "van")
def unrelate(platform: Platform, actor: Actor, van: str, soort: Relatiesoort, naar: str) -> None:
    """Take a relation away, also one that a program found; a program may find it again when it reads the file anew.

    Raises as `relate`; NotFound also when there is no such relation.
    """
    relatie = Relatie(van, _by_hand(soort), naar)
    with platform.registry.transaction() as tx:
        for id in (van, naar):
            _editable(tx, actor, id)
        if not tx.drop_relatie(relatie):
            raise NotFound("relatie", f"{van} {soort.value} {naar}")
        _record(tx, platform, actor, Actie.DOCUMENT_UNRELATED, relatie)


def _by_hand(soort: Relatiesoort) -> Relatiesoort:
    if soort not in BY_HAND:
        accepted = [each.value for each in BY_HAND]
        raise InvalidValue("soort", soort.value, "people do not say this of documents", accepted=accepted)
    return soort


def _editable(tx: Transaction, actor: Actor, id: str) -> Document:
    document, publicatie = tx.document_with_publicatie(id)
    demand_document(actor, Handeling.RELATIE_LEGGEN, document, publicatie)
    return document


def _record(tx: Transaction, platform: Platform, actor: Actor, actie: Actie, relatie: Relatie) -> None:
    now = platform.now()
    details = {"soort": relatie.soort.value, "naar": relatie.naar}
    tx.record(Gebeurtenis(actie, "document", relatie.van, actor, now, details=details))
    tx.want(Jobwens(Jobsoort.SYNC_DOCUMENT, relatie.naar, Prioriteit.NORMAAL), now=now)
