"""The parts that an installation's use cases work with, opened from the settings."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from woo.diwoo.waardelijsten import Waardelijsten
from woo.registry import Registry, Retry
from woo.settings import Settings, config_folder, load_or_create_key
from woo.storage.open import open_archive, open_public_store
from woo.storage.port import Archive, PublicStore


def utc_now() -> datetime:
    return datetime.now(UTC)


def new_uuid() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Platform:
    """Registry, archive, public store, value lists, the folder for exported log heads and the key that seals the log; the clock and the maker of ids come along so that tests set them."""

    registry: Registry
    archive: Archive
    public: PublicStore
    lijsten: Waardelijsten
    heads: Path
    log_key: bytes
    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_uuid

    def close(self) -> None:
        self.registry.close()

    def __enter__(self) -> "Platform":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def load_lijsten(settings: Settings) -> Waardelijsten:
    return Waardelijsten.load(config_folder() / "waardelijsten", aanvulling=settings.waardelijsten.aanvulling)


def open_platform(settings: Settings) -> Platform:
    """Open (and on first use make) the installation that the settings name; raises Unavailable or Refused."""
    key = load_or_create_key(settings.audit.key_file)
    worker = settings.worker
    retry = Retry(base=timedelta(seconds=worker.backoff_seconds), attempts=worker.attempts)
    return Platform(
        # The setting holds a path as it is; in an address a percent sign begins a code.
        registry=Registry.create(settings.registry.url.replace("%", "%25"), key=key, retry=retry),
        archive=open_archive(settings.storage.archive, settings.storage),
        public=open_public_store(settings.storage.public, settings.storage),
        lijsten=load_lijsten(settings),
        heads=settings.audit.heads,
        log_key=key,
    )
