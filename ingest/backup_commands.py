"""The commands that carry an installation to another place: backup, restore, move."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from woo.cli.exits import ExitCode, fail, told_errors
from woo.cli.loading import Load

if TYPE_CHECKING:
    from woo.usecases.backup import Restored, Saved


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add backup, restore and move."""

    @app.command("backup")
    def backup(
        file: Annotated[Path, typer.Argument(help="Where the backup goes; a new file.", metavar="FILE")],
    ) -> None:
        """Save everything that cannot be rebuilt in one file, while the installation goes on working.

        The file holds every document, also what is not public, and the key that seals the log: keep it as you keep those.
        """
        with told_errors():
            if file.exists():
                fail(ExitCode.USAGE, f"{str(file)!r} is there already; name a new file, or remove it first")
            if not file.absolute().parent.is_dir():
                fail(ExitCode.USAGE, f"there is no folder {str(file.absolute().parent)!r}")
            from ingest.moving import backup_to

            _tell_saved(backup_to(load(), file), str(file))

    @app.command("restore")
    def restore(
        file: Annotated[Path, typer.Argument(help="A backup made by `woo backup`.", metavar="FILE")],
    ) -> None:
        """Put a backup back into an empty installation, on the engines of its settings, and show everything again.

        What the withdrawn list of the public store holds stays withdrawn, also when the backup is older.
        """
        with told_errors():
            if not file.is_file():
                fail(ExitCode.USAGE, f"there is no file {str(file)!r}")
            from ingest.moving import restore_from

            _tell_restored(restore_from(load(), file))

    @app.command("move")
    def move(
        config: Annotated[
            Path, typer.Argument(help="Settings of the new installation (YAML).", metavar="CONFIG")
        ],
    ) -> None:
        """Move this installation to other engines, for example from SQLite and tantivy to PostgreSQL and Elasticsearch.

        CONFIG says where the new one is; what it does not say is as by default (its WOO_HOME is the present one). Stop
        `woo serve` first. Everything is copied; the old installation stays as it is.
        """
        with told_errors():
            if not config.is_file():
                fail(ExitCode.USAGE, f"there is no file {str(config)!r}")
            from ingest.moving import move_to

            saved, restored = move_to(load(), config)
            _tell_missing(saved)
            _tell_restored(restored)


def _tell_saved(saved: "Saved", where: str) -> None:
    typer.echo(
        f"{where}: {saved.publicaties} publicaties, {saved.documenten} documents, "
        f"{saved.bestanden} files ({saved.bytes / 1024**2:.1f} MiB)"
    )
    _tell_missing(saved)


def _tell_missing(saved: "Saved") -> None:
    if saved.missing:
        named = ", ".join(saved.missing[:5])
        fail(
            ExitCode.REFUSED,
            f"{len(saved.missing)} files of the registry are not in the archive: {named}; see `woo verify`",
        )


def _tell_restored(restored: "Restored") -> None:
    typer.echo(
        f"restored, as it was at {restored.gemaakt}: {restored.publicaties} publicaties, "
        f"{restored.documenten} documents, {restored.bestanden} files"
    )
    for id in restored.withdrawn_again:
        typer.echo(f"{id}: withdrawn again; it is on the withdrawn list, though public in the backup")
    for id in restored.destroyed_again:
        typer.echo(f"{id}: destroyed again; it was destroyed since this backup was made")
    for id in restored.left:
        typer.echo(
            f"{id}: on the withdrawn list, and a concept in the backup; look at it before you publish it"
        )
