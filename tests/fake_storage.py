"""An archive, a public store and an inbox in memory, held to the same contract as the real ones."""

import hashlib
import io
import json
import re
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from woo.domain.errors import InvalidValue, NotFound
from woo.storage.port import (
    Archive,
    InboxEntry,
    PublicDocument,
    PublicPage,
    PublicPublicatie,
    Regel,
    Stored,
    Withdrawn,
)

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class FakeArchive:
    """An Archive in a dict."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def put(self, source: Path) -> Stored:
        if not source.is_file():
            raise InvalidValue("bestand", source.name, "it cannot be read: it is no plain file")
        return self._keep(source.read_bytes())

    def put_stream(self, source: BinaryIO, *, limit: int | None = None) -> Stored:
        content = bytearray()
        while chunk := source.read(1024):
            content += chunk
            if limit is not None and len(content) > limit:
                raise InvalidValue(
                    "bestand", f"more than {limit} bytes", f"a file may have at most {limit} bytes"
                )
        return self._keep(bytes(content))

    def _keep(self, content: bytes) -> Stored:
        digest = hashlib.sha256(content).hexdigest()
        self._files[digest] = content
        return Stored(digest, len(content))

    def has(self, digest: str) -> bool:
        return digest in self._files

    def open(self, digest: str) -> BinaryIO:
        return io.BytesIO(self._content(digest))

    @contextmanager
    def local(self, digest: str) -> Iterator[Path]:
        content = self._content(digest)
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            yield Path(file.name)

    def digests(self) -> Iterator[str]:
        yield from sorted(self._files)

    def remove(self, digest: str) -> bool:
        self._files.pop(digest, None)
        return True

    def _content(self, digest: str) -> bytes:
        if digest not in self._files:
            raise NotFound("file in the archive", digest)
        return self._files[digest]


class FakePublicStore:
    """A PublicStore, and so a PublicReader, in dicts; metadata goes through JSON as it would on a disk."""

    def __init__(self) -> None:
        self._documents: dict[str, tuple[PublicDocument, tuple[PublicPage, ...], bytes | None]] = {}
        self._publicaties: dict[str, PublicPublicatie] = {}
        self._inventarissen: dict[str, list[Regel]] = {}
        self._withdrawn: dict[str, Withdrawn] = {}
        self._site: dict[str, Any] = {}

    def document(self, id: str) -> PublicDocument | None:
        found = self._documents.get(id)
        return None if found is None else replace(found[0], kaart=json.loads(json.dumps(found[0].kaart)))

    def page(self, id: str, nummer: int) -> PublicPage | None:
        pages = tuple(self.pages(id))
        return pages[nummer - 1] if 1 <= nummer <= len(pages) else None

    def pages(self, id: str) -> Iterator[PublicPage]:
        yield from self._documents[id][1] if id in self._documents else ()

    def open_file(self, id: str) -> BinaryIO | None:
        content = self._documents[id][2] if id in self._documents else None
        return None if content is None else io.BytesIO(content)

    @contextmanager
    def local_file(self, id: str) -> Iterator[Path | None]:
        content = self._documents[id][2] if id in self._documents else None
        if content is None:
            yield None
            return
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            yield Path(file.name)

    def publicatie(self, id: str) -> PublicPublicatie | None:
        found = self._publicaties.get(id)
        if found is None:
            return None
        return replace(found, kaart=_as_json(found.kaart), dossier=_as_json(found.dossier))

    def inventaris(self, id: str) -> Sequence[Regel]:
        return json.loads(json.dumps(self._inventarissen.get(id, [])))

    def site(self, naam: str) -> Mapping[str, Any] | None:
        found = self._site.get(_site_name(naam))
        return None if found is None else _as_json(found)

    def show_site(self, naam: str, inhoud: Mapping[str, Any]) -> None:
        self._site[_site_name(naam)] = _as_json(inhoud)

    def hide_site(self, naam: str) -> None:
        self._site.pop(_site_name(naam), None)

    def withdrawn(self) -> Mapping[str, Withdrawn]:
        return MappingProxyType(dict(self._withdrawn))

    def show(self, document: PublicDocument, pages: Sequence[PublicPage], source: Archive) -> None:
        if [page.nummer for page in pages] != list(range(1, len(pages) + 1)):
            raise InvalidValue(
                "nummer", [page.nummer for page in pages], "pages are numbered from 1 without gaps"
            )
        kaart = _as_json(document.kaart)
        content = None
        if document.bestand is not None:
            with source.open(document.bestand.digest) as file:
                content = file.read()
        self._documents[_checked(document.id)] = (replace(document, kaart=kaart), tuple(pages), content)

    def hide(self, id: str) -> None:
        self._documents.pop(_checked(id), None)

    def show_publicatie(self, publicatie: PublicPublicatie, inventaris: Sequence[Regel] = ()) -> None:
        kaart, dossier = _as_json(publicatie.kaart), _as_json(publicatie.dossier)
        rows = [_as_json(regel) for regel in inventaris]
        self._publicaties[_checked(publicatie.id)] = replace(publicatie, kaart=kaart, dossier=dossier)
        self._inventarissen[publicatie.id] = rows

    def hide_publicatie(self, id: str) -> None:
        self._publicaties.pop(_checked(id), None)
        self._inventarissen.pop(id, None)

    def withdraw(self, entry: Withdrawn) -> None:
        if entry.soort not in ("document", "publicatie"):
            raise InvalidValue("soort", entry.soort, "this cannot be withdrawn")
        if entry.op.tzinfo is None:
            raise InvalidValue("op", entry.op.isoformat(), "a moment needs its time zone")
        self._withdrawn[_checked(entry.id)] = entry

    def settle(self, id: str, at: datetime) -> None:
        if _checked(id) in self._withdrawn:
            self._withdrawn[id] = replace(self._withdrawn[id], settled=at)

    def unwithdraw(self, id: str) -> None:
        self._withdrawn.pop(_checked(id), None)

    def documents(self) -> Iterator[str]:
        yield from sorted(self._documents)

    def publicaties(self) -> Iterator[str]:
        yield from sorted(self._publicaties)


def _site_name(naam: str) -> str:
    if not re.fullmatch(r"[a-z]{1,31}[0-9]{0,15}", naam):
        raise InvalidValue("naam", naam, "it is no word of small letters")
    return naam


class FakeInboxAdder:
    """An InboxAdder into the dict of a FakeInbox; content goes through JSON as it would on a disk."""

    def __init__(self, entries: dict[str, InboxEntry]) -> None:
        self._entries = entries

    def add(self, soort: str, inhoud: Mapping[str, object]) -> str:
        if not re.fullmatch(r"[a-z](?:-?[a-z]){0,30}", soort):
            raise InvalidValue("soort", soort, "a word of at most 31 small letters and hyphens is accepted")
        try:
            content = json.dumps(inhoud, allow_nan=False, separators=(",", ":"))
        except (TypeError, ValueError) as error:
            raise InvalidValue(
                "inhoud", type(inhoud).__name__, f"it cannot be written as JSON: {error}"
            ) from error
        if len(content) > 64 * 1024:
            raise InvalidValue("inhoud", f"{len(content)} bytes", "at most 65536 bytes of JSON are accepted")
        id = str(uuid.uuid4())
        self._entries[id] = InboxEntry(id, soort, datetime.now(UTC), json.loads(content))
        return id


class FakeInbox(FakeInboxAdder):
    """An Inbox in a dict, which keeps the order of arrival."""

    def __init__(self) -> None:
        super().__init__({})

    def adder(self) -> FakeInboxAdder:
        return FakeInboxAdder(self._entries)

    def entries(self) -> Iterator[InboxEntry]:
        yield from tuple(self._entries.values())

    def remove(self, id: str) -> None:
        if not _ID.fullmatch(id):
            raise InvalidValue("id", id, "it is no id of an entry of the inbox")
        self._entries.pop(id, None)


def _checked(id: str) -> str:
    if not _ID.fullmatch(id):
        raise InvalidValue("id", id, "it is not a UUID in lower case")
    return id


def _as_json(kaart: Mapping[str, object]) -> dict[str, object]:
    try:
        return dict(json.loads(json.dumps(kaart, allow_nan=False)))
    except (TypeError, ValueError) as error:
        raise InvalidValue("kaart", type(kaart).__name__, f"it cannot be written as JSON: {error}") from error
