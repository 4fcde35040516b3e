"""Writes the feed of changes of what is and was public: a number for each last change, in files of which only touched ones change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from ingest.site_files import stored
from woo.domain.wijziging import Stand, Wijziging, deel_van
from woo.logs import get_logger
from woo.projection.values import utc_text
from woo.projection.wijziging import te_vertellen
from woo.registry import Bundel, Reading, Transaction, Wijzigingdeel
from woo.storage.port import WIJZIGINGEN, wijzigingen_naam
from woo.usecases.platform import Platform

_AT_ONCE = 4_000
_log = get_logger(__name__)


class Wijzigingen:
    """Keeps the feed equal to the registry, for the one writer.

    Numbers are committed before a file is written, and a file counts as dirty until it was. Files hold ids, numbers and
    states alone, and the list of files comes last: a reader who goes on from a number that the list knew misses nothing.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def begin(self) -> None:
        """Finish what a killed writer left; begin another edition where numbers may have been given twice.

        So it is after a restore (the edition is not in a backup), and where the public store tells of a higher number than
        the registry ever gave: somebody put an older registry in its place.
        """
        listed = stored(self._platform, WIJZIGINGEN)
        with self._platform.registry.read() as reading:
            editie, hoogste = reading.wijzigingen.editie(), reading.wijzigingen.hoogste()
            dirty = reading.wijzigingen.delen(vuil=True)
        same = listed is not None and listed["editie"] == editie
        if editie is None or (listed is not None and same and listed["hoogste"] > hoogste):
            anew, now = self._platform.new_id().replace("-", "")[-12:], self._platform.now()
            self._platform.registry.run(lambda tx: tx.wijzigingen.begin(anew, now))
            _log.info("feed_begun", edition=anew)
            self.write()
        elif dirty or not same:
            self.write()

    def renew(self, publicatie_ids: Sequence[str]) -> None:
        """Give what changed of these publicaties its number, and write the files that this changes or that are marked."""
        found: list[Stand] = []
        with self._platform.registry.read() as reading:
            for bundels in reading.bundels.of(publicatie_ids):
                self.compare(reading, bundels, found)
        self.finish(found)

    def compare(self, reading: Reading, bundels: Sequence[Bundel], found: list[Stand]) -> None:
        """Add what changed of these publicaties to `found`; thousands together are given their numbers, and taken off it."""
        for stand in te_vertellen(reading, bundels):
            found.append(stand)
            if len(found) >= _AT_ONCE:
                self._settle(found)
                found.clear()

    def finish(self, found: Sequence[Stand]) -> None:
        """Give the rest of what changed its number, and write the files that are marked."""
        self._settle(found)
        with self._platform.registry.read() as reading:
            dirty = reading.wijzigingen.delen(vuil=True)
        if dirty:
            self.write()

    def _settle(self, found: Sequence[Stand]) -> None:
        if found:
            now = self._platform.now()
            self._platform.registry.run(lambda tx: give_numbers(tx, found, now))

    def write(self) -> None:
        """Write every file that is marked, then the list of files; only then a mark goes off."""
        registry, public = self._platform.registry, self._platform.public
        with registry.read() as reading:
            written = [self._write(reading, each) for each in reading.wijzigingen.delen(vuil=True)]
            fresh = {each.deel: each for each in written}
            delen = [fresh.get(each.deel, each) for each in reading.wijzigingen.delen()]
            listed = {
                "geschreven": utc_text(self._platform.now()),
                "editie": reading.wijzigingen.editie(),
                "hoogste": reading.wijzigingen.hoogste(),
                "delen": [
                    [each.deel, each.aantal, utc_text(each.laatst)]
                    for each in delen
                    if each.laatst is not None
                ],
            }
        public.show_site(WIJZIGINGEN, listed)
        for each in written:
            if not each.aantal:
                public.hide_site(wijzigingen_naam(each.deel))
        registry.run(lambda tx: tx.wijzigingen.note_written(written))

    def _write(self, reading: Reading, deel: Wijzigingdeel) -> Wijzigingdeel:
        rows = reading.wijzigingen.of_deel(deel.deel)
        if rows:
            self._platform.public.show_site(
                wijzigingen_naam(deel.deel), {"rijen": [regel(each) for each in rows]}
            )
        return replace(
            deel, aantal=len(rows), vuil=False, laatst=max((each.op for each in rows), default=None)
        )


def regel(wijziging: Wijziging) -> list[Any]:
    """A change as a file holds it: number, document, publicatie, state, moment."""
    return [
        wijziging.nummer,
        wijziging.document_id,
        wijziging.publicatie_id,
        wijziging.status.value,
        utc_text(wijziging.op),
    ]


def give_numbers(tx: Transaction, found: Sequence[Stand], now: datetime) -> None:
    """Give each of these documents the next number, and mark the files that it leaves and comes into.

    Moments never go back with rising numbers, whatever the clock does.
    """
    tx.one_at_a_time("wijzigingen")
    wijzigingen = tx.wijzigingen
    before = wijzigingen.van([each.document_id for each in found])
    last = wijzigingen.hoogste()
    delen = wijzigingen.delen()
    op = max([now, *(each.laatst for each in delen[-1:] if each.laatst is not None)])
    made = [
        Wijziging(each.document_id, each.publicatie_id, number, op, each.status, each.vingerafdruk)
        for number, each in enumerate(found, start=last + 1)
    ]
    wijzigingen.save(made)
    wijzigingen.touch({deel_van(each.nummer) for each in (*before.values(), *made)})
