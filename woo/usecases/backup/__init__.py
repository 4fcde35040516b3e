"""Backup, restore and moving house: everything that cannot be rebuilt, in one stream."""

from woo.usecases.backup.moving import move
from woo.usecases.backup.restoring import Restored, restore
from woo.usecases.backup.saving import Saved, save

__all__ = ["Restored", "Saved", "move", "restore", "save"]
