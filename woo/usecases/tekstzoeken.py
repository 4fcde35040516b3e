"""Looks for words in the text of concepts, which the public search does not know; what is shown of them is noted as read."""

from woo.domain.actor import Actor, Recht
from woo.domain.errors import InvalidValue
from woo.registry import teksten
from woo.registry.teksten import Vondsten
from woo.usecases.handeling import usecase
from woo.usecases.inzage import note_document
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling

MOST = 20
"""Documents that are shown at once."""

SHORTEST = 3


@usecase(Handeling.PUBLICATIES_LEZEN, "document")
def search_concepts(platform: Platform, actor: Actor, woorden: str) -> Vondsten:
    """The documents of concepts at the own organisations that have all these words on one page (`woo.registry.teksten`).

    Each document that is found is noted as a reading: a piece of its text is shown.

    Raises:
        InvalidValue: no word of three signs or more.
        NotAllowed: the actor may read nothing.
    """
    if not any(len(word) >= SHORTEST for word in woorden.split()):
        raise InvalidValue("zoek", woorden, "a word of three signs or more is needed")
    with platform.registry.read() as reading:
        found = teksten.in_concepts(
            reading.connection, woorden, organisaties=actor.organisaties(Recht.READ), limit=MOST
        )
    for each in found.vondsten:
        note_document(platform, actor, each.document, each.publicatie)
    return found
