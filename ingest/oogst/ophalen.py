"""Fetch what is to be fetched of a source and hand it over; each file ends as a document or as an item with its reason."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypeAlias

from ingest.oogst.antwoorden import Antwoorden
from ingest.oogst.archief import Uitpakker, Uitpakplaats
from ingest.oogst.bestand import Afgekeurd, Archief, keur
from ingest.oogst.kind import Kind
from ingest.sources.berichten import Einde, Opgehaald
from ingest.sources.opdracht import Crawlopdracht, Taak
from woo.domain.actor import Actor
from woo.domain.document import Bestand
from woo.domain.errors import InvalidValue, Refused
from woo.domain.oogst import INGETROKKEN, Oogstitem, Taaksoort, Verschil
from woo.oogst import Bron
from woo.registry import Transaction
from woo.usecases.oogst_noteren import note_destroyed, note_failure
from woo.usecases.oogst_weg import trek_in_wat_weg_is
from woo.usecases.oogsten import Vondst, neem_over
from woo.usecases.platform import Platform
from woo.usecases.vernietiging import destroyed_files

_Gezien: TypeAlias = Bestand | Archief | Afgekeurd | None
_BATCH = 40
_THREADS = 6
_GONE = frozenset({404, 410})
_PAGE = 1000


class Ophaling:
    """The second half of a run: everything with a task is done, in the order in which the source named it."""

    def __init__(
        self,
        platform: Platform,
        actor: Actor,
        bron: Bron,
        run_id: str,
        *,
        plaats: Uitpakplaats,
        progress: Callable[[], None],
    ) -> None:
        self._platform = platform
        self._actor = actor
        self._bron = bron
        self._uitpakker = Uitpakker(platform, actor, bron, run_id, plaats, progress)
        self._antwoorden = Antwoorden(platform, bron, run_id)
        self._progress = progress
        self._vondsten: list[Vondst] = []
        self._kept: list[Oogstitem] = []
        self._refused: list[tuple[Oogstitem, str]] = []
        self._destroyed: list[Oogstitem] = []
        self._got: list[Opgehaald] = []
        self.verzoeken = 0
        self.fouten: list[tuple[str, str, int]] = []

    def schrijf_taken(self, pad: Path) -> int:
        """Write what is to be asked of the site, one task a line; returns how many there are."""
        count = 0
        after: Oogstitem | None = None
        with pad.open("w", encoding="utf-8") as out:
            while items := self._with_task(after, Taaksoort.HALEN, Taaksoort.VRAGEN):
                for item in items:
                    out.write(json.dumps(asdict(_taak(self._bron, item))) + "\n")
                count, after = count + len(items), items[-1]
        return count

    def neem_gegevens_over(self) -> None:
        """Take over what a source says otherwise of files that did not change, and what it withdrew; costs no request."""
        while items := self._with_task(None, Taaksoort.GEGEVENS):
            for item in items:
                if INGETROKKEN in item.gegevens:
                    trek_in_wat_weg_is(self._platform, self._actor, self._bron, item)
                    self._progress()
                else:
                    self._add(Vondst(item, None))
            self._hand_over()

    def run(self, kind: Kind, opdracht: Crawlopdracht) -> bool:
        """Fetch; returns whether it was all done (the window of time may have closed)."""
        done = False
        with ThreadPoolExecutor(_THREADS) as pool, closing(kind.berichten(opdracht)) as stream:
            for bericht in stream:
                if isinstance(bericht, Opgehaald):
                    self._got.append(bericht)
                    if len(self._got) >= _BATCH:
                        self._sort_out_all(pool)
                elif isinstance(bericht, Einde):
                    done, self.verzoeken = bericht.compleet, bericht.verzoeken
            self._sort_out_all(pool)
        return done

    def _with_task(self, after: Oogstitem | None, *taken: Taaksoort) -> list[Oogstitem]:
        with self._platform.registry.read() as reading:
            return reading.oogst.with_task(self._bron.naam, taken, after=after, limit=_PAGE)

    def _sort_out_all(self, pool: ThreadPoolExecutor) -> None:
        """Look at the files of some answers side by side (most of it waits for the disk), then take them over together."""
        answers, self._got = self._got, []
        with self._platform.registry.read() as reading:
            found = reading.oogst.items(self._bron.naam, [got.waarvoor for got in answers])
        items = {item.sleutel: item for item in found if item.taak is not None}
        wanted = [(items.pop(got.waarvoor), got) for got in answers if got.waarvoor in items]
        try:
            looked = list(pool.map(lambda pair: self._look(*pair), wanted))
            digests = {each.digest for each in looked if isinstance(each, Bestand)}
            destroyed = destroyed_files(self._platform, digests) if digests else frozenset()
            for (item, got), bestand in zip(wanted, looked, strict=True):
                if isinstance(bestand, Bestand) and bestand.digest in destroyed:
                    self._antwoorden.add(got, bare=True)
                    self._destroyed.append(item)
                else:
                    self._sort_out(item, got, bestand)
                self._progress()
            self._hand_over()
        finally:
            for got in answers:
                if got.pad:
                    Path(got.pad).unlink(missing_ok=True)

    def _look(self, item: Oogstitem, got: Opgehaald) -> _Gezien:
        """The file of an answer, put into the archive, or why it is refused; None where the answer has none."""
        if got.status != 200 or item.taak is not Taaksoort.HALEN:
            return None
        try:
            return keur(self._platform, self._actor, self._bron, item, got)
        except Afgekeurd as error:
            return error

    def _sort_out(self, item: Oogstitem, got: Opgehaald, bestand: _Gezien) -> None:
        """Decide by status what an answer means (RFC 9110, section 15)."""
        self._antwoorden.add(got, sha256=bestand.digest if isinstance(bestand, Bestand) else None)
        if item.taak is Taaksoort.VRAGEN:
            self._absent(item, gone=got.status in _GONE)
        elif isinstance(bestand, Bestand):
            self._file(item, got, bestand)
        elif isinstance(bestand, Archief):
            self._archive(item, got, bestand)
        elif bestand is not None:
            self._failed(item, str(bestand))
        elif got.status == 410 and item.is_hier:
            trek_in_wat_weg_is(self._platform, self._actor, self._bron, item)
        elif got.status == 304 and item.is_hier:
            self._unchanged(item)
        else:
            self._failed(item, got.fout or f"http: the site answers with status {got.status}")

    def _absent(self, item: Oogstitem, *, gone: bool) -> None:
        """What a complete run did not see: gone when the site says so, or when a second one does not see it either."""
        if gone or item.afwezig >= 1:
            trek_in_wat_weg_is(self._platform, self._actor, self._bron, item)
            return
        why = "the source does not name it any more; it is withdrawn when the next complete run does not see it either"
        kept = replace(item, taak=None, afwezig=item.afwezig + 1, verschil=Verschil.ONGEWIJZIGD, reden=why)
        self._kept.append(kept)

    def _unchanged(self, item: Oogstitem) -> None:
        """A file that is as it was; what is said of it may differ."""
        if item.toegepast == item.vorm:
            self._kept.append(replace(item, taak=None, verschil=Verschil.ONGEWIJZIGD))
        else:
            self._add(Vondst(item, None))

    def _file(self, item: Oogstitem, got: Opgehaald, bestand: Bestand) -> None:
        if item.leden is not None:
            item = self._uitpakker.vergeet(item)
        known = replace(
            item, etag=got.kop("etag"), http_gewijzigd=got.kop("last-modified"), sha256=bestand.digest
        )
        if item.document_id is not None and item.sha256 == bestand.digest and item.toegepast == item.vorm:
            self._kept.append(replace(known, taak=None, verschil=Verschil.ONGEWIJZIGD))
        else:
            self._add(Vondst(known, bestand))

    def _archive(self, item: Oogstitem, got: Opgehaald, archief: Archief) -> None:
        """An archive that is as it was is left alone; another one is taken apart at once, after what came before it."""
        if item.document_id is not None:
            item = self._uitpakker.vergeet(item)
        known = replace(item, etag=got.kop("etag"), http_gewijzigd=got.kop("last-modified"))
        same = item.leden is not None and item.sha256 == archief.digest and not (item.weg or item.vrij)
        if same and item.toegepast == item.vorm:
            self._kept.append(replace(known, taak=None, verschil=Verschil.ONGEWIJZIGD))
        elif same:
            self._add(Vondst(known, None))
        else:
            self._hand_over()
            self._uitpakker.pak_uit(known, archief)

    def _failed(self, item: Oogstitem, reden: str) -> None:
        self.fouten.append((f"document:{reden.partition(':')[0]}", item.sleutel, 1))
        self._refused.append((item, reden))

    def _add(self, vondst: Vondst) -> None:
        self._vondsten.append(vondst)

    def _hand_over(self) -> None:
        """Write what became of a handful: what is taken over, what stays as it is, what could not be had, and the answers."""
        vondsten, self._vondsten = self._vondsten, []
        self._take_over(vondsten)
        kept, self._kept = self._kept, []
        refused, self._refused = self._refused, []
        destroyed, self._destroyed = self._destroyed, []

        def write(tx: Transaction) -> None:
            tx.oogst.save_items(kept)
            for item, reden in refused:
                note_failure(tx, self._platform, item, reden)
            for item in destroyed:
                note_destroyed(tx, self._platform, item)
            tx.oogst.add_answers(self._antwoorden.rows())

        if kept or refused or destroyed or self._antwoorden.waiting:
            self._platform.registry.run(write)
            self._antwoorden.clear()

    def _take_over(self, vondsten: list[Vondst]) -> None:
        """In one transaction; where one of them is refused, each half in its own, down to the one that is."""
        if not vondsten:
            return
        try:
            neem_over(self._platform, self._actor, self._bron, vondsten)
        except (Refused, InvalidValue):
            half = len(vondsten) // 2
            if half == 0:
                raise
            self._take_over(vondsten[:half])
            self._take_over(vondsten[half:])


def _taak(bron: Bron, item: Oogstitem) -> Taak:
    """Ask again only for what is here already: what was refused before is looked at anew."""
    if item.taak is Taaksoort.VRAGEN:
        return Taak(item.sleutel, item.sleutel, methode="GET" if bron.asks_whole else "HEAD")
    here = item.is_hier and not item.weg and not item.vrij
    return Taak(
        item.sleutel,
        item.gegevens.get("url") or item.sleutel,
        item.etag if here else None,
        item.http_gewijzigd if here else None,
    )
