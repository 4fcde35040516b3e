"""Fingerprints of an inventory and of one row, by which it is seen that somebody changed them meanwhile."""

import hashlib
from collections.abc import Iterable

from woo.domain.document import Document
from woo.domain.inventaris import Inventarisregel
from woo.domain.publicatie import Publicatie


def versie_van(regel: Inventarisregel) -> str:
    """The fingerprint of everything that a row says, as a form carries it."""
    return hashlib.sha256(repr(regel).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def stand_van(
    publicatie: Publicatie, regels: Iterable[Inventarisregel], documenten: Iterable[Document]
) -> str:
    """The fingerprint of everything that a comparison looks at; another one gives another difference."""
    found = hashlib.sha256(repr((publicatie.id, publicatie.status.value)).encode())
    for regel in regels:
        found.update(repr(regel).encode("utf-8", "backslashreplace"))
    for document in documenten:
        naam = None if document.bestand is None else document.bestand.naam
        gone = document.intrekking is not None
        told = (document.id, document.volgnummer, document.kenmerk, document.officiele_titel, naam, gone)
        found.update(repr(told).encode("utf-8", "backslashreplace"))
    return found.hexdigest()
