"""Writes the files of the sitemaps that are marked, from the old file, from what just changed, or from the registry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from io import BytesIO
from typing import Any

from ingest.site_files import stored
from ingest.sitemap_places import Round
from woo.diwoo.sitemapregels import keur
from woo.diwoo.sitemapschrijver import schrijf_sitemap
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.errors import InvalidValue
from woo.logs import get_logger
from woo.projection.sitemap import Sitemapregel, Sitemapregels
from woo.projection.values import utc_text
from woo.registry import Reading, Sitemapdeel, Sitemapplaats, Transaction
from woo.storage.port import SITEMAPS, sitemap_naam
from woo.usecases.platform import Platform

_FEW = 20

_BORNE = ("geen_resource", "te_veel")
"""What our own validator does not keep out: a publisher that an installation added itself has no URI that the nation knows."""

_Row = dict[str, Any]

_log = get_logger(__name__)


class SitemapFiles:
    """Holds what changed until its files are written; in the registry a file counts as dirty until then.

    So nothing is lost with this object: what it does not hold is in the old file, or is made again from the registry.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._changed: dict[str, Sitemapregel] = {}
        self.owed = False
        """Whether files are marked that were not written."""
        self.bytes = 0
        """How many bytes of entries wait here."""

    def note(self, found: Round) -> None:
        """These have their places, and their files are marked."""
        self.owed = True
        self._changed |= found.changed
        self.bytes += sum(regel.bytes for regel in found.changed.values())

    def write(self, *, anyway: bool = False) -> None:
        """Write every file that is marked, then the list of files (`anyway`: also where none is); only then a mark goes off."""
        try:
            with self._platform.registry.read() as reading:
                dirty = reading.sitemaps.delen(vuil=True)
                written = [self._write(reading, each) for each in dirty]
                fresh = {(each.nr, each.deel): each for each in written}
                delen = [fresh.get((each.nr, each.deel), each) for each in reading.sitemaps.delen()]
                listed = _listed(reading, [each for each in delen if each.aantal])
        finally:
            self._changed, self.bytes = {}, 0  # after an error the registry tells it all again
        if written or anyway:
            self._finish(written, listed)
        self.owed = False

    def _finish(self, written: Sequence[Sitemapdeel], listed: dict[str, list[dict[str, Any]]]) -> None:
        public = self._platform.public
        public.show_site(SITEMAPS, {"geschreven": utc_text(self._platform.now()), "categorieen": listed})
        for each in written:
            if not each.aantal:
                public.hide_site(sitemap_naam(each.nr, each.deel))
        self._platform.registry.run(lambda tx: _note_written(tx, written))

    def _write(self, reading: Reading, deel: Sitemapdeel) -> Sitemapdeel:
        naam = sitemap_naam(deel.nr, deel.deel)
        places = reading.sitemaps.of_deel(deel.nr, deel.deel)
        rows, fresh = self._rows(reading, naam, places)
        refused = _refused(fresh, self._platform.lijsten)
        rows = [row for row in rows if row["document"] not in refused] if refused else rows
        if not rows:
            aantal = len(refused)  # a file of which all was refused keeps its places, and is not shown
            self._platform.public.hide_site(naam)
            return replace(deel, aantal=aantal, bytes=0, vuil=False, lastmod=None)
        now = self._platform.now()
        content = {"geschreven": utc_text(now), "vermeldingen": rows, "geweigerd": refused}
        self._platform.public.show_site(naam, content)
        total = sum(len(row["xml"].encode()) for row in rows)
        return replace(deel, aantal=len(rows), bytes=total, vuil=False, lastmod=now)

    def _rows(
        self, reading: Reading, naam: str, places: Sequence[Sitemapplaats]
    ) -> tuple[list[_Row], list[_Row]]:
        """The entries of a file in their order, and those among them that did not stand there."""
        regels = dict(self._known(places))
        old = self._old(naam, places) if len(regels) < len(places) else {}
        missing = [each for each in places if each.document_id not in regels and each.document_id not in old]
        regels |= self._again(reading, missing)
        rows, fresh = [], []
        for place in places:
            regel = regels.get(place.document_id)
            if regel is not None:
                fresh.append(_row(regel))
                rows.append(fresh[-1])
            elif place.document_id in old:
                rows.append(old[place.document_id])
        return rows, fresh

    def _old(self, naam: str, places: Iterable[Sitemapplaats]) -> dict[str, _Row]:
        """The entries that stand in the file as they should."""
        content = stored(self._platform, naam)
        if content is None:
            return {}
        wanted = {each.document_id: each.vingerafdruk for each in places}
        rows = content["vermeldingen"]
        return {row["document"]: row for row in rows if wanted.get(row["document"]) == row["vingerafdruk"]}

    def _known(self, places: Sequence[Sitemapplaats]) -> Iterator[tuple[str, Sitemapregel]]:
        for place in places:
            regel = self._changed.get(place.document_id)
            if regel is not None and regel.vingerafdruk == place.vingerafdruk:
                yield place.document_id, regel

    def _again(self, reading: Reading, missing: Sequence[Sitemapplaats]) -> dict[str, Sitemapregel]:
        """The entries of these places from the registry; none where they cannot be told, of which its own job says why."""
        wanted = {each.document_id for each in missing}
        found: dict[str, Sitemapregel] = {}
        lijsten, redenen = self._platform.lijsten, self._platform.intrekregels.redenen
        for bundels in reading.bundels.of(each.publicatie_id for each in missing):
            regels = Sitemapregels(reading, bundels, lijsten, redenen)
            for bundel in bundels:
                try:
                    told = regels.of(bundel)
                except InvalidValue:
                    continue
                found |= {each.document_id: each for each in told if each.document_id in wanted}
        return found


def _refused(fresh: Sequence[_Row], lijsten: Waardelijsten) -> dict[str, str]:
    """The fingerprints of the new entries that the nation would not take, by document: our own validator comes first."""
    if not fresh:
        return {}
    content = BytesIO(b"".join(schrijf_sitemap(row["xml"] for row in fresh)))
    faults: dict[str | None, str] = {}
    for fault in keur(content, lijsten):
        if fault.keurt_af and fault.code not in _BORNE:
            faults.setdefault(fault.url, fault.code)
    refused = {row["document"]: row["vingerafdruk"] for row in fresh if row["loc"] in faults}
    for row in fresh if refused else ():
        if row["document"] in refused:
            _log.error("sitemap_entry_refused", object=row["document"], why=faults[row["loc"]])
    return refused


def _note_written(tx: Transaction, written: Sequence[Sitemapdeel]) -> None:
    tx.sitemaps.save_delen([each for each in written if each.aantal])
    for each in written:
        if not each.aantal:
            tx.sitemaps.drop_deel(each.nr, each.deel)


def _listed(reading: Reading, delen: Sequence[Sitemapdeel]) -> dict[str, list[dict[str, Any]]]:
    """The list of files by category; a small one names its documents, so that who serves it sees when all were withdrawn.

    Moments are told in full: a file may change twice in a second, and who read its index in between must see it.
    """
    told: dict[str, list[dict[str, Any]]] = {}
    for each in delen:
        if each.lastmod is None:
            continue
        places = reading.sitemaps.of_deel(each.nr, each.deel) if each.aantal <= _FEW else ()
        told.setdefault(each.nr, []).append(
            {
                "deel": each.deel,
                "aantal": each.aantal,
                "lastmod": each.lastmod.astimezone(UTC).isoformat(),
                "ids": [[place.document_id, place.publicatie_id] for place in places],
            }
        )
    return told


def _row(regel: Sitemapregel) -> _Row:
    return {
        "document": regel.document_id,
        "publicatie": regel.publicatie_id,
        "loc": regel.loc,
        "vingerafdruk": regel.vingerafdruk,
        "xml": regel.xml,
    }
