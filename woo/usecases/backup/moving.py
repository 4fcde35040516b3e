"""Move an installation to other engines: a backup of the one that flows straight into the other."""

import os
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO

from woo.domain.actor import Actor
from woo.settings import Settings
from woo.storage.open import open_archive
from woo.usecases.backup.restoring import Restored, restore
from woo.usecases.backup.saving import Saved, save
from woo.usecases.platform import Platform


def move(platform: Platform, target: Settings, *, actor: Actor) -> tuple[Saved, Restored]:
    """Copy everything into the empty installation of `target`; nothing is taken away here.

    Files that are in the archive of `target` already (it may be the same one) do not travel. Nobody may change the old
    installation meanwhile, or what they change stays behind: the caller sees to that. Raises as `save` and `restore`.
    """
    into, out = os.pipe()
    saving = _Saving(platform, os.fdopen(out, "wb"), target)
    thread = threading.Thread(target=saving.run, name="save")
    thread.start()
    try:
        with os.fdopen(into, "rb") as file:
            restored = restore(target, file, actor=actor)
    except BaseException as error:
        thread.join()
        if saving.failure is not None and not isinstance(saving.failure, BrokenPipeError):
            raise saving.failure from error
        raise
    thread.join()
    return saving.result(), restored


class _Saving:
    """The sending end, in a thread of its own; its failure closes the pipe, so that the other end stops too."""

    def __init__(self, platform: Platform, file: BinaryIO, target: Settings) -> None:
        self._platform = platform
        self._file = file
        self._target = target
        self._saved: Saved | None = None
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            with self._file:
                known = open_archive(self._target.storage.archive, self._target.storage)
                spool = Path(tempfile.gettempdir())
                self._saved = save(self._platform, self._file, spool=spool, known=known)
        except BaseException as error:
            self.failure = error

    def result(self) -> Saved:
        if self._saved is None:
            raise self.failure or RuntimeError("saving ended without a result")
        return self._saved
