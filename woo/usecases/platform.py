"""The parts that an installation's use cases work with, opened from the settings."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from woo.diwoo.termijnen import load_kalender
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.errors import Unavailable
from woo.domain.kalender import use_kalender
from woo.domain.vier_ogen import NIEMAND, VierOgen
from woo.logs import get_logger
from woo.registry import REGISTRY, Limits, Registry, Retry
from woo.scan import NO_SCANNER, Scanner, open_scanner
from woo.settings import RegistrySettings, Settings, config_folder, load_or_create_key
from woo.storage.open import open_archive, open_public_store
from woo.storage.port import Archive, PublicStore
from woo.usecases.intrekregels import Intrekregels, load_intrekregels

_AGAIN_SECONDS = 3
_log = get_logger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


def new_uuid() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Platform:
    """Registry, archive, public store, value lists, the folder for exported log heads, the key that seals the log and the virus scanner; the clock and the maker of ids come along so that tests set them."""

    registry: Registry
    archive: Archive
    public: PublicStore
    lijsten: Waardelijsten
    heads: Path
    log_key: bytes
    intrekregels: Intrekregels = field(default_factory=load_intrekregels)
    scanner: Scanner = NO_SCANNER
    vier_ogen: VierOgen = NIEMAND
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


def await_platform(settings: Settings) -> Platform:
    """As `open_platform`, but wait for a registry on a server that cannot be reached yet, and say so in the log.

    For services, which are started together with that server: a command had better end and say why.
    """
    while True:
        try:
            return open_platform(settings)
        except Unavailable as error:
            if error.part != REGISTRY or settings.registry.url.startswith("sqlite:"):
                raise
            _log.error("registry_not_available", why=str(error), again_in=_AGAIN_SECONDS)
        time.sleep(_AGAIN_SECONDS)


def open_registry(
    settings: RegistrySettings,
    *,
    key: bytes | None = None,
    retry: Retry | None = None,
    revision: str | None = None,
) -> Registry:
    """Open the registry that the settings name, made and migrated where that is owed; raises Unavailable or Refused.

    With `revision` a new one gets that older schema.
    """
    url = settings.url
    if url.startswith("sqlite:"):
        url = url.replace(
            "%", "%25"
        )  # the setting holds a path as it is; in an address a percent sign begins a code
    limits = Limits(
        connect_seconds=settings.connect_seconds,
        lock_seconds=settings.lock_seconds,
        statement_seconds=settings.statement_seconds,
        connections=settings.connections,
    )
    return Registry.create(
        url, key=key, retry=retry, password=_password(settings), limits=limits, revision=revision
    )


def _password(settings: RegistrySettings) -> str | None:
    if settings.password_file is None:
        return None
    try:
        return settings.password_file.read_text("utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Unavailable(f"password file {settings.password_file}", str(why)) from error


def open_platform(settings: Settings) -> Platform:
    """Open (and on first use make) the installation that the settings name; raises Unavailable or Refused.

    From then on this process counts terms with the designated days of config/feestdagen.yaml.
    """
    key = load_or_create_key(settings.audit.key_file)
    use_kalender(load_kalender(config_folder() / "feestdagen.yaml"))
    worker = settings.worker
    retry = Retry(base=timedelta(seconds=worker.backoff_seconds), attempts=worker.attempts)
    return Platform(
        registry=open_registry(settings.registry, key=key, retry=retry),
        archive=open_archive(settings.storage.archive, settings.storage),
        public=open_public_store(settings.storage.public, settings.storage),
        lijsten=load_lijsten(settings),
        heads=settings.audit.heads,
        log_key=key,
        intrekregels=load_intrekregels(settings.intrekken),
        scanner=open_scanner(settings.scan),
        vier_ogen=VierOgen.of(settings.rechten.vier_ogen),
    )
