"""Build a new index beside the live one, from the registry alone, a step at a time so that other work goes on."""

from collections.abc import Iterator, Sequence

from woo.domain.document import Document
from woo.domain.openbaarheid import is_public, is_public_publicatie
from woo.domain.publicatie import Publicatie
from woo.index.port import Excluded, SearchIndex
from woo.projection import document_entry, publicatie_entry
from woo.registry import Reading
from woo.usecases.platform import Platform

_STEP_PAGES = 500
_CHUNK = 200


def rebuild(platform: Platform, index: SearchIndex) -> Iterator[int]:
    """Write every public publicatie and document into `index`; yields the number written after each step.

    The caller runs it step by step in the loop that also syncs: each step reads the registry afresh, so a change before
    it is in what it reads, and a change after it is synced into both indices by the caller.
    """
    written = 0
    after: str | None = None
    while True:
        with platform.registry.read() as reading:
            publicaties = reading.publicaties(after=after, limit=_CHUNK)
            if not publicaties:
                break
            after = publicaties[-1].id
            public = [p for p in publicaties if is_public_publicatie(p)]
            index.upsert([publicatie_entry(p, platform.lijsten) for p in public])
        written += len(public)
        yield written
    after = None
    while True:
        with platform.registry.read() as reading:
            documents = reading.documents(after=after, limit=_CHUNK)
            if not documents:
                return
            after, count = _documents_step(platform, index, reading, documents)
        written += count
        yield written


def _documents_step(
    platform: Platform, index: SearchIndex, reading: Reading, documents: Sequence[Document]
) -> tuple[str, int]:
    """Write the first of these documents, about _STEP_PAGES pages; returns the last id seen and how many were written."""
    pages = written = 0
    for document in documents:
        publicatie = reading.publicatie(document.publicatie_id)
        if is_public(document, publicatie):
            texts = reading.pages(document.id)
            index.upsert([document_entry(document, publicatie, texts, platform.lijsten)])
            pages += len(texts)
            written += 1
        if pages >= _STEP_PAGES:
            return document.id, written
    return documents[-1].id, written


def expected(reading: Reading) -> Excluded:
    """The ids that the public side must hold, by the one decision, from the registry alone."""
    publicaties: dict[str, Publicatie] = {}
    after: str | None = None
    while chunk := reading.publicaties(after=after, limit=1000):
        after = chunk[-1].id
        publicaties.update({p.id: p for p in chunk})
    documenten: set[str] = set()
    after = None
    while documents := reading.documents(after=after, limit=1000):
        after = documents[-1].id
        documenten.update(d.id for d in documents if is_public(d, publicaties[d.publicatie_id]))
    public = frozenset(id for id, p in publicaties.items() if is_public_publicatie(p))
    return Excluded(frozenset(documenten), public)
