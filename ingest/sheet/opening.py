"""Open the metadata sheet of a run: read it, look at what files there are, and check every row against them."""

from functools import cache
from pathlib import Path

from ingest.discover import Found, discover, label_of
from ingest.sheet.lijst import Metadatalijst, check_table
from ingest.sheet.table import read_table
from woo.domain.errors import WooError
from woo.domain.formaat import Soort
from woo.sandbox import Sandbox
from woo.sandbox.sniff import sniff
from woo.usecases.platform import Platform

_WITH_MEMBERS = frozenset({Soort.ARCHIEF, Soort.MAIL})


def open_lijst(platform: Platform, sandbox: Sandbox, sheet: Path, paths: list[Path]) -> Metadatalijst:
    """The checked sheet.

    Raises SheetRefused with every error, before anything was taken in or changed; Unavailable when it cannot be opened.
    """
    table = read_table(sandbox, sheet, label_of(sheet.name))
    place = sheet.resolve()
    found = [each for each in discover(paths) if each.path.resolve() != place]

    @cache
    def has_containers() -> bool:
        return any(map(_may_hold_more, found))

    today = platform.now().date()
    return check_table(table, found, platform.lijsten, today=today, has_containers=has_containers, path=place)


def _may_hold_more(found: Found) -> bool:
    """Whether files may come out of this one."""
    if found.problem is not None:
        return False
    try:
        formaat = sniff(found.path, name=found.path.name).formaat
    except (OSError, WooError):
        return False  # it is told when its turn comes
    return formaat is not None and formaat.soort in _WITH_MEMBERS
