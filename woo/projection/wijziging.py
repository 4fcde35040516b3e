"""What the feed of changes is to tell of the documents of a publicatie: what the public sees of them, or that it does no more."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from woo.domain.document import Bestemming, Document, Leesstatus
from woo.domain.errors import NotFound
from woo.domain.openbaarheid import is_public, is_public_publicatie, may_become_public
from woo.domain.publicatie import Publicatie
from woo.domain.wijziging import Stand, Wijziging, Wijzigingstatus
from woo.registry import Reading

_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class _Getoond:
    """What the public store holds of a publicatie, by fingerprint, and of some of its documents."""

    publicatie: str
    documenten: dict[str, str]
    gehelen: dict[str, list[str]]


def te_vertellen(reading: Reading, publicatie_id: str) -> Iterator[Stand]:
    """What differs between what is told of the documents of this publicatie and what is to be told; some at a time in memory.

    A document is told once the public store shows it, so that whoever is told of it finds it. One that will be back by
    itself (a new version that is still to be read) stays as it was told.
    """
    try:
        publicatie = reading.publicatie(publicatie_id)
    except NotFound:
        return
    shown = reading.shown("publicatie", publicatie_id)
    afdruk = "" if shown is None else _findable(shown.vingerafdruk)
    documents: list[Document] | None = None
    while documents is None or len(documents) == _CHUNK:
        after = documents[-1].id if documents else None
        documents = reading.documents(publicatie_id, after=after, limit=_CHUNK)
        yield from _differing(reading, publicatie, documents, afdruk)


def _differing(
    reading: Reading, publicatie: Publicatie, documents: Sequence[Document], afdruk: str
) -> Iterator[Stand]:
    ids = [each.id for each in documents]
    rows = reading.wijzigingen.van(ids)
    gehelen = reading.wijzigingen.gehelen(publicatie.id, ids) if len(ids) > 1 else {}
    getoond = _Getoond(afdruk, reading.wijzigingen.getoond(ids), gehelen)
    for document in documents:
        row = rows.get(document.id)
        stand = _stand(document, publicatie, getoond, row)
        if stand is not None and (row is None or not row.tells(stand)):
            yield stand


def _stand(
    document: Document, publicatie: Publicatie, getoond: _Getoond, row: Wijziging | None
) -> Stand | None:
    """None where nothing is to be told, or nothing else than is told."""
    gone = document.intrekking or publicatie.intrekking
    shown = getoond.documenten.get(document.id)
    if shown is not None and is_public(document, publicatie):
        told = "|".join((_findable(shown), getoond.publicatie, *getoond.gehelen.get(document.id, ())))
        afdruk = hashlib.sha256(told.encode()).hexdigest()
        return Stand(document.id, publicatie.id, Wijzigingstatus.OPENBAAR, afdruk)
    if gone is not None:
        if row is None and not _was_public(document, publicatie):
            return None
        return Stand(document.id, publicatie.id, Wijzigingstatus.INGETROKKEN, gone.op.isoformat())
    if row is None or _comes_back(document, publicatie):
        return None
    return Stand(document.id, publicatie.id, Wijzigingstatus.NIET_OPENBAAR, "")


def _was_public(document: Document, publicatie: Publicatie) -> bool:
    """Whether a document that was withdrawn before there was a feed had been public: what was never public is told nowhere."""
    gone, since = document.intrekking or publicatie.intrekking, publicatie.eerste_publicatie
    return (
        gone is not None
        and since is not None
        and gone.op >= max(since, document.aangemaakt_op)
        and document.bestemming is Bestemming.OPENBAAR
        and document.opgeschort_tot is None
        and (document.bestand is None or document.lezing.gelezen)
    )


def _comes_back(document: Document, publicatie: Publicatie) -> bool:
    """Whether it is to be shown as soon as the worker has read it or comes by."""
    readable = document.lezing.gelezen or document.lezing.status is Leesstatus.WACHT
    return (
        is_public_publicatie(publicatie)
        and may_become_public(document)
        and (document.bestand is None or readable)
    )


def _findable(vingerafdruk: str) -> str:
    """The part of a fingerprint that is about metadata and text: relations and versions have addresses of their own."""
    return vingerafdruk.partition(":")[0]
