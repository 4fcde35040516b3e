"""Make the public side equal to the registry for one document or publicatie: show it or hide it, whatever was there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ingest.regels import own_entry, places
from woo.domain.document import Document
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.domain.inventaris import regel_id
from woo.domain.openbaarheid import is_public, is_public_publicatie
from woo.domain.publicatie import Intrekking, Publicatie
from woo.index.port import DocumentEntry, PublicatieEntry, SearchIndex
from woo.index.query import Soort as IndexSoort
from woo.projection import (
    document_entry,
    fingerprint,
    public_document,
    public_dossier,
    public_gegevens,
    public_pages,
    public_publicatie,
    public_regel,
    public_regels,
    publicatie_entry,
    published_versions,
    read_dossier,
    regel_entry,
)
from woo.registry import Job, Reading, Soort, Transaction
from woo.storage.port import Withdrawn
from woo.usecases.intrekking import lift
from woo.usecases.platform import Platform

SYNC_SOORTEN = (
    Jobsoort.SYNC_DOCUMENT,
    Jobsoort.SYNC_PUBLICATIE,
    Jobsoort.SYNC_DOCUMENTEN,
    Jobsoort.SYNC_REGEL,
)
"""The jobs that a Syncer takes."""

_CHUNK = 1000
_ONLY_READ: Mapping[str, Any] = {"relaties": [], "versies": []}
"""Parts of a document's metadata that the index does not hold, empty."""
_SOORT: Mapping[IndexSoort, Soort] = {IndexSoort.DOCUMENT: "document", IndexSoort.PUBLICATIE: "publicatie"}


@dataclass(slots=True)
class Batch:
    """What was done to index and store since the last commit, to be written down once the index has committed.

    `holds` is what they hold now of all that was touched, by soort and id: number of pages and fingerprint, or None for
    what was hidden. `places` are those of rows, by id. `lifted` is what was restored, to go off the withdrawn list.
    `hidden` is what was hidden at any moment, also where it was shown again since. `sitemaps` are the publicaties whose entries
    in the sitemaps are to be looked at.
    """

    jobs: list[Job] = field(default_factory=list)
    holds: dict[tuple[Soort, str], tuple[int, str] | None] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)
    lifted: list[tuple[Soort, str]] = field(default_factory=list)
    wishes: list[Jobwens] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    sitemaps: set[str] = field(default_factory=set)

    @property
    def urgent(self) -> bool:
        return any(job.prioriteit == Prioriteit.URGENT for job in self.jobs)

    def note_refused(self, refused: Mapping[tuple[Soort, str], str]) -> None:
        """Take what an index refused out of what is shown; what no job of this batch asked for gets one."""
        self.holds |= dict.fromkeys(refused)
        asked = {_object(job) for job in self.jobs}
        for soort, id in refused:
            if (soort, id) not in asked:
                self.wishes.append(self._wish(soort, id))

    def _wish(self, soort: Soort, id: str) -> Jobwens:
        if id in self.places:
            return Jobwens(Jobsoort.SYNC_REGEL, self.places[id], Prioriteit.NORMAAL)
        job = Jobsoort.SYNC_DOCUMENT if soort == "document" else Jobsoort.SYNC_PUBLICATIE
        return Jobwens(job, id, Prioriteit.NORMAAL)


def _object(job: Job) -> tuple[Soort, str]:
    """What a job is about, as index and store know it: a row of an inventory is a document to them."""
    if job.soort is Jobsoort.SYNC_REGEL:
        return "document", regel_id(job.object_id)
    return ("document" if job.soort is Jobsoort.SYNC_DOCUMENT else "publicatie", job.object_id)


class Syncer:
    """Syncs jobs into the store and every index that is being written (two during a reindex)."""

    def __init__(self, platform: Platform, indices: Sequence[SearchIndex]) -> None:
        self._platform = platform
        self.indices = list(indices)
        self.batch = Batch()

    def take(self, jobs: Sequence[Job]) -> None:
        """Do these sync jobs from one snapshot, as `take_one`."""
        with self._platform.registry.read() as reading:
            for job in jobs:
                self.take_one(job, reading)

    def take_one(self, job: Job, reading: Reading) -> None:
        """Do a sync job from a snapshot made after it was claimed; what changed since is wanted again.

        Nothing is struck and nothing is visible in the index before `commit`.
        """
        if job.soort == Jobsoort.SYNC_DOCUMENT:
            self._sync_document(job.object_id, reading)
        elif job.soort == Jobsoort.SYNC_PUBLICATIE:
            self._sync_publicatie(job.object_id, reading)
        elif job.soort == Jobsoort.SYNC_DOCUMENTEN:
            self._sync_documents(job, reading)
        elif job.soort == Jobsoort.SYNC_REGEL:
            self._sync_regel(job.object_id, reading)
        else:
            raise ValueError(f"job {job.soort} is not a sync")
        self.batch.jobs.append(job)

    def _sync_document(self, id: str, reading: Reading) -> None:
        document, publicatie = reading.document_with_publicatie(id)
        if is_public(document, publicatie):
            self._show(document, publicatie, reading)
        else:
            self._hide(document)
            if document.intrekking is not None:
                self._renew_dossier(publicatie)
        if document.intrekking is None and publicatie.intrekking is None:
            self._note_restored("document", id, publicatie.id, reading)
        for regel in reading.dossier.regels_of(id):
            self._sync_regel(regel.plaats, reading)

    def _note_restored(self, soort: Soort, id: str, publicatie_id: str, reading: Reading) -> None:
        if reading.intrekkingen.was_restored(id, publicatie_id):
            self.batch.lifted.append((soort, id))

    def _show(self, document: Document, publicatie: Publicatie, reading: Reading) -> None:
        """Show what changed; the index holds no relations or versions, and is left alone when only those did."""
        lijsten = self._platform.lijsten
        regels = reading.dossier.regels_of(document.id)
        versies = published_versions(reading, document, publicatie)
        relaties = reading.relaties(document.id)
        public = public_document(document, publicatie, lijsten, relaties, regels, versies)
        judged = [(regel.beoordeling.value, regel.gronden) for regel in regels]
        findable = fingerprint({**public.kaart, **_ONLY_READ, "regels": judged}, document)
        print_ = f"{findable}:{fingerprint({name: public.kaart[name] for name in _ONLY_READ})}"
        before = self._before("document", document.id, reading)
        if before == print_:
            return
        pages = reading.pages(document.id)
        self._platform.public.show(public, public_pages(pages), self._platform.archive)
        if before.partition(":")[0] != findable:
            self.upsert(document_entry(document, publicatie, pages, lijsten, regels))
        self.batch.holds["document", document.id] = (len(pages), print_)
        self.batch.sitemaps.add(publicatie.id)
        if publicatie.eerste_publicatie is None or document.gewijzigd_op > publicatie.eerste_publicatie:
            self._renew_dossier(publicatie)

    def _renew_dossier(self, publicatie: Publicatie) -> None:
        """Let the history of the publicatie follow a change to one of its documents since it was published."""
        if is_public_publicatie(publicatie):
            self.batch.wishes.append(Jobwens(Jobsoort.SYNC_PUBLICATIE, publicatie.id, Prioriteit.BULK))

    def _before(self, soort: Soort, id: str, reading: Reading) -> str:
        """The fingerprint of what index and store hold, this batch included; empty when nothing."""
        if (soort, id) in self.batch.holds:
            held = self.batch.holds[soort, id]
            return "" if held is None else held[1]
        shown = reading.shown(soort, id)
        return "" if shown is None else shown.vingerafdruk

    def _hide_document(self, id: str) -> None:
        self._platform.public.hide(id)
        for index in self.indices:
            index.delete(documenten=[id])
        self.batch.holds["document", id] = None
        self.batch.hidden.add(id)

    def _hide(self, document: Document) -> None:
        self._hide_document(document.id)
        self.batch.sitemaps.add(document.publicatie_id)
        if document.intrekking is not None:
            self.batch.settled.append(document.id)

    def _sync_regel(self, plaats: str, reading: Reading) -> None:
        """Show a row of an inventory by itself, or hide it: its document is public, or it is not in the list any more."""
        own = own_entry(reading, plaats)
        if own is None:
            self._hide_document(regel_id(plaats))
            return
        row = (own.regel, own.publicatie, own.document, self._platform.lijsten)
        public = public_regel(*row)
        print_ = fingerprint(dict(public.kaart))
        if self._before("document", public.id, reading) == print_:
            return
        self._platform.public.show(public, (), self._platform.archive)
        self.upsert(regel_entry(*row))
        self.batch.holds["document", public.id] = (0, print_)
        self.batch.places[public.id] = plaats

    def _sync_publicatie(self, id: str, reading: Reading) -> None:
        publicatie = reading.publicatie(id)
        if publicatie.intrekking is None:
            self._note_restored("publicatie", id, id, reading)
        if not is_public_publicatie(publicatie):
            self._platform.public.hide_publicatie(id)
            for index in self.indices:
                index.delete(publicaties=[id])
            self.batch.holds["publicatie", id] = None
            return
        dossier = read_dossier(reading, publicatie)
        lijsten = self._platform.lijsten
        told = public_dossier(dossier, lijsten.organisaties) | public_gegevens(reading, publicatie, lijsten)
        public = public_publicatie(publicatie, lijsten, told)
        regels = public_regels(dossier.regels, dossier.ingetrokken)
        findable = fingerprint(dict(public.kaart))
        print_ = f"{findable}:{fingerprint({'dossier': public.dossier, 'regels': regels})}"
        before = self._before("publicatie", id, reading)
        if before == print_:
            return
        self._platform.public.show_publicatie(public, regels)
        if before.partition(":")[0] != findable:
            self.upsert(publicatie_entry(publicatie, self._platform.lijsten))
        self.batch.holds["publicatie", id] = (0, print_)
        if before or reading.wijzigingen.tells_of(
            id
        ):  # else each of its documents asks for its entry, once it is shown
            self.batch.sitemaps.add(id)

    def _sync_documents(self, job: Job, reading: Reading) -> None:
        """Pass on to every document and row; those of a withdrawn publicatie are hidden here and now, all in this batch."""
        publicatie = reading.publicatie(job.object_id)
        for documents in _chunks(reading, publicatie.id):
            for document in documents:
                if publicatie.intrekking is not None:
                    self._leave_tombstone(document, publicatie.intrekking)
                    self._hide(document)
                else:
                    self.batch.wishes.append(
                        Jobwens(Jobsoort.SYNC_DOCUMENT, document.id, Prioriteit(job.prioriteit))
                    )
        for plaats in places(reading, publicatie.id):
            if publicatie.intrekking is not None:
                self._hide_document(regel_id(plaats))
            else:
                self.batch.wishes.append(Jobwens(Jobsoort.SYNC_REGEL, plaats, Prioriteit(job.prioriteit)))
        if publicatie.intrekking is not None:
            self.batch.settled.append(publicatie.id)

    def _leave_tombstone(self, document: Document, intrekking: Intrekking) -> None:
        """Keep answering 410 at the address of a document that was public and went with its publicatie."""
        if document.intrekking is None and self._platform.public.document(document.id) is not None:
            self._platform.public.withdraw(
                Withdrawn(
                    id=document.id,
                    soort="document",
                    op=intrekking.op,
                    reden=intrekking.reden,
                    publicatie_id=document.publicatie_id,
                )
            )
            self.batch.settled.append(document.id)

    def upsert(self, entry: DocumentEntry | PublicatieEntry) -> None:
        for index in self.indices:
            index.upsert([entry])

    def commit(self, now: datetime) -> int:
        """Commit every index, then write down what the public side now holds and strike the jobs; returns how many.

        What an index refused for good is written down as hidden, and its job as failed with the reason. When the commit
        itself fails the batch stays in hand, so that its jobs can be given back at once. What was restored goes off the
        withdrawn list first: the store shows it by then, and totals of the index never count what the gate keeps back.
        """
        batch = self.batch
        if batch.lifted:
            lift(self._platform, batch.lifted)
        refused = {(_SOORT[one.soort], one.id): one.why for index in self.indices for one in index.commit()}
        failed = [(job, why) for job in batch.jobs if (why := refused.get(_object(job)))]
        batch.note_refused(refused)
        registry = self._platform.registry

        def write_down(tx: Transaction) -> None:
            self._write_down(tx, batch, now)
            registry.jobs.done([job for job in batch.jobs if _object(job) not in refused], now=now, tx=tx)
            for job, why in failed:
                registry.jobs.fail(job, error=why, now=now, tx=tx)

        registry.run(write_down)
        self.batch = Batch()
        for id in batch.settled:
            self._platform.public.settle(id, now)
        return len(batch.jobs)

    @staticmethod
    def _write_down(tx: Transaction, batch: Batch, now: datetime) -> None:
        for (soort, id), held in batch.holds.items():
            if held is None:
                tx.mark_hidden(soort, id)
        tx.mark_many_shown({key: held for key, held in batch.holds.items() if held is not None}, op=now)
        tx.wijzigingen.forget(batch.hidden)
        tx.want_many(batch.wishes, now=now)
        how = min((Prioriteit(job.prioriteit) for job in batch.jobs), default=Prioriteit.BULK)
        tx.want_many([Jobwens(Jobsoort.SITEMAP, id, how) for id in batch.sitemaps], now=now)


def _chunks(reading: Reading, publicatie_id: str) -> Iterator[list[Document]]:
    """The documents of a publicatie, so many at a time."""
    after: str | None = None
    documents: list[Document] | None = None
    while documents is None or len(documents) == _CHUNK:
        documents = reading.documents(publicatie_id, after=after, limit=_CHUNK)
        after = documents[-1].id if documents else None
        yield documents
