"""Tie messages of one publicatie together: which one answers which."""

from woo.domain.document import Bericht, Document, Relatie, Relatiesoort
from woo.registry import Transaction
from woo.sandbox import Message


def bericht_of(message: Message | None) -> Bericht | None:
    """What is kept of a message's identity (RFC 5322, section 3.6.4): it answers the last of its references.

    The first of its references began the thread; a message that answers nothing begins one itself.
    """
    if message is None:
        return None
    answered = message.references[-1] if message.references else message.in_reply_to
    first = message.references[0] if message.references else answered
    found = Bericht(message.message_id, answered, first or message.message_id)
    return None if found == Bericht(None) else found


def link(tx: Transaction, document: Document) -> tuple[str, ...]:
    """Write the relations of this message to those it answers and those that answer it; returns the ids of the others.

    Where the message that it answers is not there, it is tied to the first one of the thread, if that is. What an earlier
    reading said is replaced.
    """
    before = tx.drop_relaties(document.id, Relatiesoort.REACTIE_OP)
    bericht = document.bericht
    if bericht is None:
        return before
    publicatie = document.publicatie_id
    others: list[str] = []
    answered = _first(tx, document, bericht.antwoord_op) or _first(tx, document, bericht.draad)
    if answered is not None:
        tx.save_relatie(Relatie(document.id, Relatiesoort.REACTIE_OP, answered))
        others.append(answered)
    if bericht.id is not None:
        for id in tx.messages(publicatie, antwoord_op=bericht.id):
            if id not in (document.id, answered):
                tx.save_relatie(Relatie(id, Relatiesoort.REACTIE_OP, document.id))
                others.append(id)
    return tuple({*before, *others})


def _first(tx: Transaction, document: Document, message_id: str | None) -> str | None:
    """The first other document of the same publicatie that is this message."""
    if message_id is None:
        return None
    return next((id for id in tx.messages(document.publicatie_id, id=message_id) if id != document.id), None)
