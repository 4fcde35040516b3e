"""The inbox in a folder: one durable file per entry."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from woo.storage.durable import replace_file, sweep, sync_folder, unavailable
from woo.storage.inbox_entry import checked_entry_id, content_bytes, entry_from, moment_of, new_id
from woo.storage.paths import names_in
from woo.storage.port import InboxEntry

_SUFFIX = ".json"


class FilesystemInboxAdder:
    """An InboxAdder on `{root}/{id}.json`; nothing here reads.

    Raises:
        Unavailable: when the folder cannot be written (disk full, no rights).
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._part = f"inbox {root}"

    def add(self, soort: str, inhoud: Mapping[str, Any]) -> str:
        content = content_bytes(inhoud)
        id = new_id(soort, now=datetime.now(UTC))
        with unavailable(self._part):
            if not self._root.is_dir():
                self._root.mkdir(parents=True, exist_ok=True, mode=0o770)
                sync_folder(self._root.parent)
            replace_file(self._root / f"{id}{_SUFFIX}", content, durable=True)
        return id


class FilesystemInbox(FilesystemInboxAdder):
    """An Inbox on that folder.

    Raises:
        Unavailable: from every method, when the folder refuses.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        with unavailable(self._part):
            root.mkdir(parents=True, exist_ok=True, mode=0o770)
            sync_folder(root.parent)
            sweep(root)

    def entries(self) -> Iterator[InboxEntry]:
        with unavailable(self._part):
            ids = [name.removesuffix(_SUFFIX) for name in names_in(self._root) if name.endswith(_SUFFIX)]
        for id in sorted(filter(moment_of, ids), key=lambda id: id.partition(".")[2]):
            entry = self._entry(id)
            if entry is not None:
                yield entry

    def _entry(self, id: str) -> InboxEntry | None:
        with unavailable(self._part):
            try:
                return entry_from(id, (self._root / f"{id}{_SUFFIX}").read_bytes())
            except FileNotFoundError:
                return None  # taken out at this moment

    def remove(self, id: str) -> None:
        with unavailable(self._part):
            (self._root / f"{checked_entry_id(id)}{_SUFFIX}").unlink(missing_ok=True)
            sync_folder(self._root)
