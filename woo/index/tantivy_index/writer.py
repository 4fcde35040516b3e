"""Writes the tantivy index; only the holder of the writer's lease has one open."""

from collections.abc import Collection, Iterable
from pathlib import Path

import tantivy

from woo.analysis import DutchAnalysis
from woo.domain.errors import LeaseHeld, Unavailable
from woo.index.fields import flatten
from woo.index.port import DocumentEntry, PublicatieEntry, Rejected
from woo.index.query import Soort
from woo.index.tantivy_index.entries import documents, key_of
from woo.index.tantivy_index.names import VERSION_FILE, check_version, write_version
from woo.index.tantivy_index.reader import TantivyReader
from woo.index.tantivy_index.schema import engine_errors, open_engine
from woo.index.version import current_version

HEAP_BYTES = 128_000_000
THREADS = 1


class TantivyIndex(TantivyReader):
    """The one writer of an index, which reads too; not to be shared by threads while it writes."""

    def __init__(
        self, index: tantivy.Index, analysis: DutchAnalysis, folder: Path | None, writer: tantivy.IndexWriter
    ) -> None:
        super().__init__(index, analysis, folder)
        self._writer: tantivy.IndexWriter | None = writer

    @classmethod
    def open(
        cls, folder: Path | None, analysis: DutchAnalysis, *, heap: int = HEAP_BYTES, threads: int = THREADS
    ) -> "TantivyIndex":
        """Open the index in this folder to write, made when the folder is empty; None is in memory.

        Raises:
            LeaseHeld: another writer, here or in another process, has it open.
            Unavailable: it was made by another version, or the folder cannot be written.
        """
        version = current_version(analysis.version)
        if folder is not None:
            with engine_errors():
                folder.mkdir(parents=True, exist_ok=True)
            if (folder / VERSION_FILE).exists() or any(folder.iterdir()):
                check_version(folder, version)
        index = open_engine(folder, make=True)
        writer = _writer(index, folder, heap, threads)
        if folder is not None and not (folder / VERSION_FILE).exists():
            write_version(folder, version)
        return cls(index, analysis, folder, writer)

    def upsert(self, entries: Iterable[DocumentEntry | PublicatieEntry]) -> None:
        """Put entries in, or in the place of what had their id; see the port."""
        writer = self._open_writer()
        for entry in entries:
            flat = flatten(entry, self._analysis)
            with engine_errors():
                writer.delete_documents_by_term("sleutel", key_of(flat.soort, flat.id))
                for document in documents(flat):
                    writer.add_document(document)

    def delete(self, *, documenten: Collection[str] = (), publicaties: Collection[str] = ()) -> None:
        """Take entries out; what is not there is fine."""
        writer = self._open_writer()
        with engine_errors():
            for soort, ids in ((Soort.DOCUMENT, documenten), (Soort.PUBLICATIE, publicaties)):
                for id in ids:
                    writer.delete_documents_by_term("sleutel", key_of(soort, id))

    def commit(self) -> tuple[Rejected, ...]:
        """Make what was buffered durable and visible; when it fails, nothing of it is. This engine refuses no entry."""
        with engine_errors():
            self._open_writer().commit()
        self.refresh()
        return ()

    def rollback(self) -> None:
        """Forget what was buffered since the last commit."""
        with engine_errors():
            self._open_writer().rollback()

    def close(self) -> None:
        """Forget what was not committed and let others write; running merges are finished first."""
        if self._writer is None:
            return
        writer, self._writer = self._writer, None
        with engine_errors():
            writer.rollback()
            writer.wait_merging_threads()

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise Unavailable("index", "this writer was closed")
        return self._writer


def _writer(index: tantivy.Index, folder: Path | None, heap: int, threads: int) -> tantivy.IndexWriter:
    try:
        return index.writer(heap, threads)
    except (ValueError, OSError) as error:
        if "LockBusy" in str(error):
            raise LeaseHeld("index writer", f"another writer of {folder}") from error
        raise Unavailable("index", f"the engine cannot write in {folder}: {error}") from error
