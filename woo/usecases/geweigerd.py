"""Documents that the inventory of their publicatie refuses: found before they become public."""

from collections.abc import Sequence

from woo.domain.document import Bestemming, Document
from woo.domain.errors import Refused
from woo.domain.publicatie import Publicatie
from woo.inventaris.koppelen import find_documents, sleutels_of
from woo.inventaris.vergelijken import compare
from woo.registry import Reading

_NAMED = 10
_BATCH = 1000


def refused_documents(reading: Reading, publicatie: Publicatie) -> tuple[tuple[str, str], ...]:
    """The rows of the inventory that say that their document is not public while this concept would publish it.

    Documents that came after the list count too: they are found by number and name as when it is imported. What can never
    be public is no matter.

    Returns:
        The number of each row, and the id of its document.
    """
    if not reading.dossier.has_refused(publicatie.id):
        return ()
    regels = reading.dossier.regels(publicatie.id)
    documenten = [
        each for each in documents_of(reading, publicatie.id) if each.bestemming is Bestemming.OPENBAAR
    ]
    return compare(regels, publicatie, huidig=regels, documenten=documenten).straks


def refusal(refused: Sequence[tuple[str, str]]) -> str:
    """Why these documents stop the publication, in English; the first ten are named."""
    named = ", ".join(f"{nummer} (document {id})" for nummer, id in refused[:_NAMED])
    more = f" and {len(refused) - _NAMED} more" if len(refused) > _NAMED else ""
    return f"the inventory says that these documents are not public: {named}{more}; withdraw them first"


def check_publish(reading: Reading, publicatie: Publicatie) -> None:
    """Raise Refused when a document of this concept belongs to a row that says that it is not public."""
    refused = refused_documents(reading, publicatie)
    if refused:
        raise Refused("publish", f"publicatie {publicatie.id}", refusal(refused))


def check_add(reading: Reading, publicatie: Publicatie, document: Document) -> None:
    """Raise Refused when a document to be added to what is public belongs to a row that says that it is not.

    Only the rows that may be about it are read, by number and by name: an inventory may have tens of thousands.
    """
    regels = reading.dossier.regels_by(publicatie.id, sleutels_of(document))
    found = find_documents(regels, [document])
    for regel in regels:
        if not regel.mag_openbaar and found[regel.sleutel].gevonden is not None:
            why = f"the inventory says in row {regel.nummer} that this document is not public"
            raise Refused("add a document to", f"publicatie {publicatie.id}", why)


def documents_of(reading: Reading, publicatie_id: str) -> list[Document]:
    """Every document of a publicatie, in the order of their numbers."""
    found: list[Document] = []
    while True:
        after = found[-1].id if found else None
        some = reading.documents(publicatie_id, after=after, limit=_BATCH)
        found += some
        if len(some) < _BATCH:
            return sorted(found, key=lambda each: each.volgnummer)
