"""What backup, restore and move do on the installations that the settings name, up to the site that shows all again."""

import os
from pathlib import Path

from ingest.errands import sync_now, writer_lives
from woo.cli.publicaties import operator
from woo.domain.errors import Refused, Unavailable
from woo.settings import Settings, load_settings
from woo.usecases.backup import Restored, Saved, move, restore, save
from woo.usecases.platform import open_platform

_OWN = ("WOO_HOME", "WOO_WAARDELIJSTEN__AANVULLING")
"""What of the present environment holds for the new installation too; the rest must come from its own settings."""


def backup_to(settings: Settings, target: Path) -> Saved:
    """Write a backup: whole and durable under its name, or not at all. Only its owner may read it."""
    temporary = target.with_name(target.name + ".tmp")
    try:
        with (
            open_platform(settings) as platform,
            os.fdopen(os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file,
        ):
            saved = save(platform, file, spool=target.absolute().parent)
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, target)  # never over another file
    except OSError as error:
        raise Unavailable(f"backup {target}", error.strerror or str(error)) from error
    finally:
        temporary.unlink(missing_ok=True)
    return saved


def restore_from(settings: Settings, source: Path) -> Restored:
    """Put a backup back and show everything that is public, in this process where no writer lives."""
    with source.open("rb") as file:
        restored = restore(settings, file, actor=operator())
    _show(settings)
    return restored


def move_to(settings: Settings, config: Path) -> tuple[Saved, Restored]:
    """Move to the installation that these settings name; raises Refused while somebody works in the old one."""
    own = {name: os.environ[name] for name in _OWN if name in os.environ}
    target = load_settings({**own, "WOO_CONFIG": str(config)}, cwd=Path.cwd())
    if target.registry.url == settings.registry.url:
        raise Refused("move to", str(config), "it names the registry of the present installation")
    with open_platform(settings) as platform:
        if writer_lives(platform):
            why = "a worker is at work; stop `woo serve`, `woo work` and `woo ingest` first, so that nothing stays behind"
            raise Refused("move", "this installation", why)
        moved = move(platform, target, actor=operator())
    _show(target)
    return moved


def _show(settings: Settings) -> None:
    with open_platform(settings) as platform:
        if not writer_lives(platform):
            sync_now(platform, settings)
