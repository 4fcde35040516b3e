"""What a document belongs to, as the pages tell it: its relations by their names, its family and its conversation."""

from collections.abc import Mapping, Sequence
from typing import Any

from woo.domain.document import Document, Relatie
from woo.registry import Reading, finding
from woo.usecases.relaties import BY_HAND
from woo.views.relations import NAMES, relation_key

_MOST_FAMILY = 50


def told(snapshot: Reading, id: str) -> Sequence[Mapping[str, Any]]:
    """The relations of a document with the name of the kind as it has it, and the other document."""

    def one(relatie: Relatie) -> Mapping[str, Any]:
        reverse = relatie.naar == id
        return {
            "naam": NAMES[relation_key(relatie.soort.value, reverse)],
            "ander": snapshot.document(relatie.van if reverse else relatie.naar),
            "relatie": relatie,
            "weg": relatie.soort in BY_HAND,
        }

    return [one(each) for each in snapshot.relaties(id)]


def family_of(snapshot: Reading, document: Document) -> list[tuple[str, list[Document]]]:
    """The documents of the same family and conversation, as the inventory and the messages themselves tell."""
    ids: dict[str, dict[str, None]] = {"Zelfde familie": {}, "Zelfde gesprek": {}}
    for regel in snapshot.dossier.regels_of(document.id):
        of = snapshot.connection, document.publicatie_id
        ids["Zelfde familie"] |= dict.fromkeys(finding.kin(*of, familie=regel.familie, draad=None))
        ids["Zelfde gesprek"] |= dict.fromkeys(finding.kin(*of, familie=None, draad=regel.draad))
    if document.bericht is not None and document.bericht.draad is not None:
        found = snapshot.messages(document.publicatie_id, draad=document.bericht.draad)
        ids["Zelfde gesprek"] |= dict.fromkeys(found)
    told = {
        naam: [snapshot.document(id) for id in [id for id in some if id != document.id][:_MOST_FAMILY]]
        for naam, some in ids.items()
    }
    return [(naam, documents) for naam, documents in told.items() if documents]
