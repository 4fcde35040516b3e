"""Save an installation while it runs: the registry as it is at one moment, and every file that it names."""

import gzip
import json
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO

from woo.domain.errors import NotFound
from woo.registry import schema
from woo.registry.dump import Chunk, dump
from woo.storage.port import Archive, Withdrawn
from woo.usecases.backup.container import FORMAT, HEAD, BackupWriter
from woo.usecases.platform import Platform
from woo.usecases.vernietiging import is_destroyed_file

KEY, WITHDRAWN, FILES, TABLES = "sleutels/log.key", "ingetrokken.json", "archief/", "registry/"


@dataclass(slots=True)
class Saved:
    """What a backup holds; `missing` are digests of files that the registry names and the archive has not."""

    publicaties: int = 0
    documenten: int = 0
    bestanden: int = 0
    bytes: int = 0
    missing: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Rows:
    """The rows of one snapshot, laid aside in a file; `sizes` are the bytes of each file that they name."""

    file: BinaryIO
    places: list[tuple[str, int]] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)

    def lay_aside(self, chunk: Chunk) -> None:
        text = json.dumps(asdict(chunk), ensure_ascii=True, separators=(",", ":"))
        content = gzip.compress(text.encode("ascii"), 6, mtime=0)
        self.file.write(content)
        self.places.append((chunk.tabel, len(content)))
        if chunk.tabel == "bestandsversie":
            names = [name for name, _ in chunk.kolommen]
            digest, grootte = names.index("digest"), names.index("grootte")
            self.sizes.update({row[digest]: row[grootte] for row in chunk.rijen})

    def write(self, writer: BackupWriter) -> None:
        self.file.seek(0)
        for number, (table, size) in enumerate(self.places):
            writer.add_stream(f"{TABLES}{number:06}-{table}.json.gz", self.file, size)


def save(platform: Platform, file: BinaryIO, *, spool: Path, known: Archive | None = None) -> Saved:
    """Write everything that cannot be rebuilt (the index and the public store can).

    The registry is read in one snapshot and laid aside, so that nobody waits for the files. The archive
    holds every file of that snapshot, but what was destroyed since. The withdrawn list is read after it: what is withdrawn meanwhile is on it.

    Args:
        platform: The installation; it may be at work.
        file: Where the backup goes.
        spool: A folder with room for the rows of the registry.
        known: An archive whose files need not come along (for moving house).
    """
    saved = Saved()
    with tempfile.TemporaryFile(dir=spool) as spooled:
        rows = _Rows(spooled)
        with platform.registry.read() as reading:
            counts = reading.counts()
            for chunk in dump(reading.connection):
                rows.lay_aside(chunk)
        saved.publicaties = sum(counts.publicaties.values())
        saved.documenten = sum(counts.documenten.values())
        writer = BackupWriter(file, now=platform.now())
        head = {"vorm": FORMAT, "schema": schema.head(), "gemaakt": platform.now().isoformat()}
        writer.add(HEAD, json.dumps(head).encode())
        writer.add(KEY, platform.log_key.hex().encode())
        writer.add(WITHDRAWN, _withdrawn_bytes(platform.public.withdrawn().values()))
        _add_files(platform, writer, rows.sizes, saved, known)
        rows.write(writer)
        writer.finish()
    return saved


def _add_files(
    platform: Platform, writer: BackupWriter, sizes: dict[str, int], saved: Saved, known: Archive | None
) -> None:
    """Write every file; one that was destroyed since the rows were read is left out, and is no loss."""
    for digest in sorted(sizes):
        if known is not None and known.has(digest):
            continue
        try:
            source = platform.archive.open(digest)
        except NotFound:
            with platform.registry.read() as reading:
                if not is_destroyed_file(reading, platform, digest):
                    saved.missing.append(digest)
            continue
        with source:
            writer.add_stream(FILES + digest, source, sizes[digest])
        saved.bestanden += 1
        saved.bytes += sizes[digest]


def _withdrawn_bytes(entries: Iterable[Withdrawn]) -> bytes:
    listed = [
        {
            "id": entry.id,
            "soort": entry.soort,
            "op": entry.op.isoformat(),
            "reden": entry.reden,
            "titel": entry.titel,
            "publicatie_id": entry.publicatie_id,
            **({"vernietigd": entry.vernietigd.isoformat()} if entry.vernietigd else {}),
        }
        for entry in entries
    ]
    return json.dumps(listed).encode()
