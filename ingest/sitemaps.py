"""Writes the sitemaps of what is public: only files in which something changed, from the registry, for the one writer.

The same rounds keep the feed of changes (`ingest.wijzigingen`).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

from ingest.site_files import stored
from ingest.sitemap_places import Round, settle
from ingest.wijzigingen import Wijzigingen
from woo.diwoo.sitemapregels import keur
from woo.diwoo.sitemapschrijver import KOP, VOET
from woo.domain.errors import InvalidValue, NotFound, Unavailable, WooError
from woo.domain.events import Jobsoort
from woo.logs import get_logger
from woo.projection.sitemap import Sitemapregel, sitemap_regels
from woo.projection.values import utc_text
from woo.registry import REGISTRY, Job, Reading, Sitemapdeel, Sitemapplaats, Transaction
from woo.storage.port import SITEMAPS, sitemap_naam
from woo.usecases.platform import Platform

CLAIM = 1_000
_CHUNK = 500
_AT_ONCE = 4_000
_FEW = 20
_REST = 8
"""How many times as long as a round took is waited before the next, as long as other work is coming."""

_BORNE = ("geen_resource", "te_veel")
"""What our own validator does not keep out: a publisher that an installation added itself has no URI that the nation knows."""

_log = get_logger(__name__)


class Sitemaps:
    """Keeps the sitemaps equal to the registry; `turn` is called by the writer's loop.

    The places are committed before a file is written, and a file counts as dirty until it was: what a killed process left
    half is written by the next round, from registry and old file.
    """

    def __init__(self, platform: Platform, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._platform = platform
        self._monotonic = monotonic
        self._next = 0.0
        self._begun = False
        self._wijzigingen = Wijzigingen(platform)
        self.held: list[Job] = []

    def turn(self, claim: Callable[[Sequence[Jobsoort], int], list[Job]], *, idle: bool) -> bool:
        """Do a round where one is owed; returns whether there was one. While other work comes, rounds are far between."""
        if not self._begun:
            self._finish_what_was_begun()
            self._begun = True
        if not idle and self._monotonic() < self._next:
            return False
        self.held = claim((Jobsoort.SITEMAP,), CLAIM)
        if not self.held:
            return False
        started = self._monotonic()
        try:
            self._do(self.held)
            self.held = []  # after an error they are still in hand, for the writer to give back
        finally:
            self._next = self._monotonic() + _REST * (self._monotonic() - started)
        return True

    def _do(self, jobs: Sequence[Job]) -> None:
        registry, now = self._platform.registry, self._platform.now()
        try:
            failed = self.renew([job.object_id for job in jobs])
            self._wijzigingen.renew([job.object_id for job in jobs])
        except (WooError, OSError) as error:
            if isinstance(error, Unavailable) and error.part == REGISTRY:
                raise  # no fault of these jobs
            failed = dict.fromkeys((job.object_id for job in jobs), f"{type(error).__name__}: {error}")
        except Exception as error:
            _log.exception("sitemaps_failed", jobs=len(jobs))
            failed = dict.fromkeys((job.object_id for job in jobs), type(error).__name__)
        for job in jobs:
            if job.object_id in failed:
                _log.warning("sitemap_failed", object=job.object_id, error=failed[job.object_id])
                registry.jobs.fail(job, error=failed[job.object_id], now=now)
        registry.jobs.done([job for job in jobs if job.object_id not in failed], now=now)

    def _finish_what_was_begun(self) -> None:
        with self._platform.registry.read() as reading:
            dirty = reading.sitemaps.delen(vuil=True)
        if dirty or stored(self._platform, SITEMAPS) is None:
            self._write_dirty({})
        self._wijzigingen.begin()

    def renew(self, publicatie_ids: Sequence[str]) -> dict[str, str]:
        """Make the entries of these publicaties what they should be, and write the files that this changes or that are marked.

        Returns why for those that could not be told (a code that no list knows); they stay as they were.
        """
        failed: dict[str, str] = {}
        with self._platform.registry.read() as reading:
            found = Round()
            for id in dict.fromkeys(publicatie_ids):
                try:
                    self._compare(reading, id, found)
                except InvalidValue as error:
                    failed[id] = f"{type(error).__name__}: {error}"
                if len(found.changed) >= _AT_ONCE:
                    self._apply(found)
                    found = Round()
        self._apply(found)
        return failed

    def _compare(self, reading: Reading, publicatie_id: str, found: Round) -> None:
        platform = self._platform
        try:
            regels = sitemap_regels(reading, publicatie_id, platform.lijsten, platform.intrekregels.redenen)
        except NotFound:
            regels = []
        places = {each.document_id: each for each in reading.sitemaps.of_publicatie(publicatie_id)}
        for regel in regels:
            place = places.pop(regel.document_id, None)
            if place is not None and (place.vingerafdruk, place.nr) == (regel.vingerafdruk, regel.nr):
                continue
            found.changed[regel.document_id] = regel
            if place is not None:
                found.places[regel.document_id] = place
        for place in places.values():
            found.gone.add(place.document_id)
            found.touched.add((place.nr, place.deel))

    def _apply(self, found: Round) -> None:
        if found.changed or found.gone:
            self._platform.registry.run(lambda tx: settle(tx, found))
        with self._platform.registry.read() as reading:
            dirty = reading.sitemaps.delen(vuil=True)
        if dirty:
            self._write_dirty(found.changed)

    def _write_dirty(self, changed: dict[str, Sitemapregel]) -> None:
        """Write every file that is marked, then the list of files; only then a mark goes off."""
        registry = self._platform.registry
        with registry.read() as reading:
            dirty = reading.sitemaps.delen(vuil=True)
            written = [self._write(reading, each, changed) for each in dirty]

        def note(tx: Transaction) -> None:
            tx.sitemaps.save_delen([each for each in written if each.aantal])
            for each in written:
                if not each.aantal:
                    tx.sitemaps.drop_deel(each.nr, each.deel)

        empty = [each for each in written if not each.aantal]
        with registry.read() as reading:
            gone = {(each.nr, each.deel) for each in empty}
            fresh = {(each.nr, each.deel): each for each in written}
            delen = [fresh.get((each.nr, each.deel), each) for each in reading.sitemaps.delen()]
            listed = self._listed(reading, [each for each in delen if (each.nr, each.deel) not in gone])
        self._platform.public.show_site(
            SITEMAPS, {"geschreven": utc_text(self._now()), "categorieen": listed}
        )
        for each in empty:
            self._platform.public.hide_site(sitemap_naam(each.nr, each.deel))
        registry.run(note)

    def _write(self, reading: Reading, deel: Sitemapdeel, changed: dict[str, Sitemapregel]) -> Sitemapdeel:
        naam = sitemap_naam(deel.nr, deel.deel)
        places = reading.sitemaps.of_deel(deel.nr, deel.deel)
        old = self._old(naam) if any(each.document_id not in changed for each in places) else {}
        rows, refused = self._fit(list(self._rows(reading, places, changed, old)), old)
        total = sum(len(row["xml"].encode()) for row in rows)
        now = self._now()
        if not rows:
            aantal = len(refused)  # a file of which all was refused keeps its places, and is not shown
            self._platform.public.hide_site(naam)
            return replace(deel, aantal=aantal, bytes=0, vuil=False, lastmod=None)
        content = {"geschreven": utc_text(now), "vermeldingen": rows, "geweigerd": refused}
        self._platform.public.show_site(naam, content)
        return replace(deel, aantal=len(rows), bytes=total, vuil=False, lastmod=now)

    def _now(self) -> datetime:
        return self._platform.now()

    def _fit(
        self, rows: list[dict[str, Any]], old: dict[str, dict[str, Any]]
    ) -> tuple[list[dict[str, Any]], dict[str, str]]:
        """The rows that the nation takes, and the fingerprints of others: what is new passes our own validator first."""
        fresh = [row for row in rows if old.get(row["document"]) is not row]
        content = "".join((KOP, *(row["xml"] for row in fresh), VOET)).encode()
        faults: dict[str | None, str] = {}
        for fault in keur(BytesIO(content), self._platform.lijsten) if fresh else ():
            if fault.keurt_af and fault.code not in _BORNE:
                faults.setdefault(fault.url, fault.code)
        for row in fresh:
            if row["loc"] in faults:
                _log.error("sitemap_entry_refused", object=row["document"], why=faults[row["loc"]])
        refused = {row["document"]: row["vingerafdruk"] for row in rows if row["loc"] in faults}
        return [row for row in rows if row["loc"] not in faults], refused

    def _rows(
        self,
        reading: Reading,
        places: Sequence[Sitemapplaats],
        changed: dict[str, Sitemapregel],
        old: dict[str, dict[str, Any]],
    ) -> Iterator[dict[str, Any]]:
        """The entries of a file: as they changed, as they stood there, or from the registry where they do not."""
        again: dict[str, dict[str, Sitemapregel]] = {}
        for place in places:
            regel = changed.get(place.document_id)
            kept = old.get(place.document_id)
            if regel is None and kept is not None and kept["vingerafdruk"] == place.vingerafdruk:
                yield kept
                continue
            if regel is None:
                of = again.setdefault(place.publicatie_id, self._regels(reading, place.publicatie_id))
                regel = of.get(place.document_id)
            if regel is not None:
                yield _row(regel)

    def _regels(self, reading: Reading, publicatie_id: str) -> dict[str, Sitemapregel]:
        """The entries of a publicatie; none where they cannot be told, of which its own job says why."""
        platform = self._platform
        try:
            found = sitemap_regels(reading, publicatie_id, platform.lijsten, platform.intrekregels.redenen)
        except (InvalidValue, NotFound):
            return {}
        return {each.document_id: each for each in found}

    def _old(self, naam: str) -> dict[str, dict[str, Any]]:
        content = stored(self._platform, naam)
        return {} if content is None else {row["document"]: row for row in content["vermeldingen"]}

    @staticmethod
    def _listed(reading: Reading, delen: Sequence[Sitemapdeel]) -> dict[str, list[dict[str, Any]]]:
        """The list of files by category; a small one names its documents, so that who serves it sees when all were withdrawn."""
        told: dict[str, list[dict[str, Any]]] = {}
        for each in delen:
            if each.lastmod is None:
                continue
            places = reading.sitemaps.of_deel(each.nr, each.deel) if each.aantal <= _FEW else ()
            told.setdefault(each.nr, []).append(
                {
                    "deel": each.deel,
                    "aantal": each.aantal,
                    "lastmod": utc_text(each.lastmod),
                    "ids": [[place.document_id, place.publicatie_id] for place in places],
                }
            )
        return told


def _row(regel: Sitemapregel) -> dict[str, Any]:
    return {
        "document": regel.document_id,
        "publicatie": regel.publicatie_id,
        "loc": regel.loc,
        "vingerafdruk": regel.vingerafdruk,
        "xml": regel.xml,
    }
