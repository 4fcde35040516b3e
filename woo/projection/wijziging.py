"""What the feed of changes is to tell of the documents of a publicatie: what the public sees of them, or that it does no more."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from woo.domain.document import Bestemming, Document, Leesstatus
from woo.domain.openbaarheid import is_public, is_public_publicatie, may_become_public
from woo.domain.publicatie import Publicatie
from woo.domain.wijziging import Stand, Wijziging, Wijzigingstatus
from woo.registry import Bundel, Reading

_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class _Getoond:
    """What the public store holds of some documents and their publicaties, by fingerprint, and what they are attached to."""

    publicaties: dict[str, str]
    documenten: dict[str, str]
    gehelen: dict[str, list[str]]


def te_vertellen(reading: Reading, bundels: Iterable[Bundel]) -> Iterator[Stand]:
    """What differs between what is told of the documents of these publicaties and what is to be told.

    A document is told once the public store shows it, so that whoever is told of it finds it. One that will be back by
    itself (a new version that is still to be read) stays as it was told.
    """
    some: list[tuple[Document, Publicatie]] = []
    for bundel in bundels:
        if bundel.publicatie is None:
            continue
        for document in bundel.documenten:
            some.append((document, bundel.publicatie))
            if len(some) == _CHUNK:
                yield from _differing(reading, some)
                some = []
    yield from _differing(reading, some)


def _differing(reading: Reading, some: Sequence[tuple[Document, Publicatie]]) -> Iterator[Stand]:
    ids = [document.id for document, _ in some]
    of = reading.wijzigingen
    rows = of.van(ids)
    getoond = _Getoond(
        of.getoond("publicatie", list(dict.fromkeys(publicatie.id for _, publicatie in some))),
        of.getoond("document", ids),
        of.gehelen({document.id: publicatie.id for document, publicatie in some}),
    )
    for document, publicatie in some:
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
        of = _findable(getoond.publicaties.get(publicatie.id, ""))
        told = "|".join((_findable(shown), of, *getoond.gehelen.get(document.id, ())))
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
