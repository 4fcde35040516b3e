"""Build a new index beside the live one, from the registry alone, a step at a time so that other work goes on."""

from collections.abc import Iterator, Sequence

from ingest.regels import expected_ids, ids_with_jobs, own_entries
from woo.domain.document import Document
from woo.domain.errors import InvalidValue
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.domain.openbaarheid import is_public, is_public_publicatie
from woo.domain.publicatie import Publicatie
from woo.index.port import Excluded, SearchIndex
from woo.projection import document_entry, publicatie_entry, regel_entry
from woo.registry import Reading
from woo.usecases.platform import Platform

_STEP_PAGES = 500
_CHUNK = 200


def rebuild(platform: Platform, index: SearchIndex) -> Iterator[int]:
    """Write every public publicatie, document and row of an inventory into `index`; yields the number written after each step.

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
                break
            after, count, refused = _documents_step(platform, index, reading, documents)
        _account(platform, refused)
        written += count
        yield written
    for count in _regels(platform, index):
        written += count
        yield written


def _regels(platform: Platform, index: SearchIndex) -> Iterator[int]:
    """Write the rows that are entries of their own; yields how many after each step."""
    after: tuple[str, str] | None = None
    while True:
        with platform.registry.read() as reading:
            owns, after = own_entries(reading, after, limit=_CHUNK)
            if after is None:
                return
            index.upsert(
                [regel_entry(own.regel, own.publicatie, own.document, platform.lijsten) for own in owns]
            )
        yield len(owns)


def _documents_step(
    platform: Platform, index: SearchIndex, reading: Reading, documents: Sequence[Document]
) -> tuple[str, int, list[str]]:
    """Write the first of these documents, about _STEP_PAGES pages; returns the last id seen, how many, and which it refused.

    What is public and not shown yet is left to the job that will show it, in every index that is being written: until
    the public store has its file (which may be gone from the archive), nobody may find what cannot be opened.
    """
    pages = written = 0
    refused: list[str] = []
    for document in documents:
        publicatie = reading.publicatie(document.publicatie_id)
        if is_public(document, publicatie) and reading.shown("document", document.id) is not None:
            texts = reading.pages(document.id)
            regels = reading.dossier.regels_of(document.id)
            try:
                index.upsert([document_entry(document, publicatie, texts, platform.lijsten, regels)])
            except InvalidValue:
                refused.append(document.id)
                continue
            pages += len(texts)
            written += 1
        if pages >= _STEP_PAGES:
            return document.id, written, refused
    return documents[-1].id, written, refused


def _account(platform: Platform, refused: Sequence[str]) -> None:
    """Let a job of its own say why a document is not taken: it fails with the reason, where a person sees it."""
    if not refused:
        return
    with platform.registry.transaction() as tx:
        for id in refused:
            tx.mark_hidden("document", id)
        tx.want_many(
            [Jobwens(Jobsoort.SYNC_DOCUMENT, id, Prioriteit.NORMAAL) for id in refused], now=platform.now()
        )


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
    return Excluded(expected_ids(reading, public, documenten).union(documenten), public)


def busy_objects(reading: Reading) -> frozenset[str]:
    """What a job is waiting for, and every document and row of a publicatie that one is waiting for."""
    jobs = reading.objects_with_jobs()
    found = set(jobs)
    after: str | None = None
    while jobs and (documents := reading.documents(after=after, limit=1000)):
        after = documents[-1].id
        found.update(document.id for document in documents if document.publicatie_id in jobs)
    return ids_with_jobs(reading, jobs).union(found) if jobs else jobs
