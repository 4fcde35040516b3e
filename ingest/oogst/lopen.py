"""One run over a source: find out, hold against the assertions, fetch, ask what is absent, end; goes on where a killed one was."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from ingest.heartbeat import Heartbeat
from ingest.oogst.archief import Uitpakplaats
from ingest.oogst.bekend import schrijf_bekend
from ingest.oogst.kind import Kind, maak_opdracht
from ingest.oogst.ontdekken import Ontdekking, Ontdekt
from ingest.oogst.ophalen import Ophaling
from ingest.owner import is_dead, new_holder
from ingest.sources.opdracht import Crawlopdracht
from woo.domain.actor import Actor
from woo.domain.errors import LeaseHeld, Refused, Unavailable
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.oogst import Oogstfase, Oogstrun, Oogstuitkomst, Verschil, Voortgang
from woo.oogst import Bron
from woo.registry import Transaction
from woo.settings import Settings
from woo.usecases.platform import Platform

_LEASE = timedelta(seconds=60)
_MOST_WARNINGS = 200
VOORBEELDEN = 5
"""Of how many items a dry run tells what the rules of a site found."""


@dataclass(frozen=True, slots=True)
class Proef:
    """What a run would do: what there is at the source, by difference, and how many documents are absent there."""

    gevonden: Ontdekt
    afwezig: int
    reden: str | None


class Oogst:
    """Runs over one source; one at a time, whoever starts it."""

    def __init__(
        self,
        platform: Platform,
        actor: Actor,
        bron: Bron,
        settings: Settings,
        *,
        limiet: int | None = None,
        progress: Callable[[], None] = lambda: None,
        kind: Kind | None = None,
    ) -> None:
        """`kind` is a child process that goes on after the run; without one the run has its own."""
        self._platform = platform
        self._actor = actor
        self._bron = bron
        self._settings = settings.oogst
        self._plaats = Uitpakplaats(settings)
        self._limiet = limiet
        self._progress = progress
        self._kind = kind
        self._holder = new_holder()
        self._lost = threading.Event()

    def proef(self) -> Proef:
        """Look through the source and tell what a run would do; nothing is written.

        Raises:
            Unavailable: the process that fetches ended before it was ready.
        """
        spool = self._spool()
        zoek = Ontdekking(self._platform, self._bron, "", limiet=self._limiet, proef=True)
        order = replace(self._to_discover(spool), voorbeelden=VOORBEELDEN)
        with self._child() as kind:
            gevonden = zoek.run(kind, order)
        with self._platform.registry.read() as reading:
            present = reading.oogst.present(self._bron.naam)
        strange = (Verschil.NIEUW, Verschil.MISLUKT)
        known = sum(count for each, count in gevonden.verschillen.items() if each not in strange)
        whole = gevonden.compleet and not gevonden.vervolg
        absent = max(present - known - gevonden.weg, 0) if whole else 0
        return Proef(gevonden, absent, self._why_refused(gevonden, present=present, absent=absent))

    def run(self) -> Oogstrun:
        """Do it all, and return the run as it ended; one that stopped earlier is gone on with.

        Raises:
            Refused: the source is not active, its window of time is closed, or it is being harvested already.
            Unavailable: a part of the platform stopped working; what was done so far is safe.
        """
        if not self._bron.active:
            raise Refused("harvest", self._bron.naam, "it is not active (key active of its file)")
        self._seconds()
        self._hold()
        try:
            with Heartbeat(self._beat, every=_LEASE.total_seconds() / 3):
                return self._do()
        finally:
            self._platform.registry.leases.release(self._lease, houder=self._holder)

    def _child(self) -> AbstractContextManager[Kind]:
        return Kind() if self._kind is None else nullcontext(self._kind)

    @property
    def _lease(self) -> str:
        return f"oogst:{self._bron.naam}"

    def _hold(self) -> None:
        leases, now = self._platform.registry.leases, self._platform.now()
        holder = leases.holder(self._lease, now=now)
        if holder is not None and is_dead(holder):
            leases.release(self._lease, houder=holder)
        if not leases.acquire(self._lease, houder=self._holder, now=now, duration=_LEASE):
            raise Refused("harvest", self._bron.naam, "it is being harvested already")

    def _beat(self) -> None:
        leases, now = self._platform.registry.leases, self._platform.now()
        if not leases.renew(self._lease, houder=self._holder, now=now, duration=_LEASE):
            self._lost.set()

    def _goes_on(self) -> None:
        if self._lost.is_set():
            raise LeaseHeld(self._lease, "another run")
        self._progress()

    def _spool(self) -> Path:
        """The folder of this source for files that are being fetched; what an earlier run left in it is removed."""
        spool = self._settings.spool / self._bron.naam
        try:
            spool.mkdir(parents=True, exist_ok=True, mode=0o700)
            for path in spool.iterdir():
                path.unlink(missing_ok=True)
        except OSError as error:
            raise Unavailable(f"folder {spool}", error.strerror or str(error)) from error
        return spool

    def _seconds(self) -> float:
        """How long the source may still be asked now."""
        now = self._platform.now()
        until = self._bron.open_until(now)
        if until is None:
            why = f"it may be asked only between {' and '.join(self._bron.windows)} (key windows of its file)"
            raise Refused("harvest", self._bron.naam, why)
        return (until - now).total_seconds()

    def _to_discover(self, spool: Path) -> Crawlopdracht:
        bekend = schrijf_bekend(self._platform, self._bron, spool) if self._bron.tells_dates_first else None
        return maak_opdracht(
            self._bron,
            self._settings,
            spool,
            haal=None,
            seconds=self._seconds(),
            bekend=bekend,
            na=self._cursor(),
        )

    def _cursor(self) -> str | None:
        """Where the feed of the source goes on; None for all of it: it has none, none is kept, or it is time for all of it."""
        with self._platform.registry.read() as reading:
            kept = reading.oogst.voortgang(self._bron.naam)
        every, adres = self._bron.whole_every, self._bron.address
        if (
            kept is None
            or every is None
            or kept.adres != adres
            or self._platform.now() - kept.heel_op >= every
        ):
            return None
        return kept.cursor

    def _do(self) -> Oogstrun:
        spool = self._spool()
        run = self._begin()
        with self._child() as kind, self._plaats:
            if run.fase is Oogstfase.ONTDEKKEN:
                run = self._discover(kind, run, spool)
            if run.fase is Oogstfase.OPHALEN:
                run = self._fetch(kind, run, spool)
        return run

    def _begin(self) -> Oogstrun:
        def begin(tx: Transaction) -> Oogstrun:
            tx.oogst.see(self._bron.naam, self._platform.now())
            tx.oogst.ask(self._bron.naam, None)
            run = tx.oogst.open_run(self._bron.naam)
            if run is None:
                run = Oogstrun(self._platform.new_id(), self._bron.naam, self._platform.now())
                tx.oogst.save_run(run)
            return run

        return self._platform.registry.run(begin)

    def _discover(self, kind: Kind, run: Oogstrun, spool: Path) -> Oogstrun:
        zoek = Ontdekking(self._platform, self._bron, run.id, limiet=self._limiet)
        found = zoek.run(kind, self._to_discover(spool))
        run = replace(
            run,
            compleet=found.compleet,
            reden=found.reden,
            ontdekt=found.aantal,
            verzoeken=run.verzoeken + found.verzoeken,
            waarschuwingen=_together(run.waarschuwingen, found.waarschuwingen),
        )

        def decide(tx: Transaction) -> Oogstrun:
            naam = self._bron.naam
            whole = found.compleet and not found.vervolg
            absent = tx.oogst.absent(naam, run.id) if whole else 0
            why = self._why_refused(found, present=tx.oogst.present(naam), absent=absent)
            if why is not None:
                tx.oogst.drop_tasks(naam, f"run refused: {why}")
                return self._ended(tx, run, Oogstuitkomst.GEWEIGERD, why)
            if whole:
                tx.oogst.ask_absent(naam, run.id)
            if found.compleet:
                self._keep_cursor(tx, found, run)
            further = replace(run, fase=Oogstfase.OPHALEN)
            tx.oogst.save_run(further)
            return further

        return self._platform.registry.run(decide)

    def _keep_cursor(self, tx: Transaction, found: Ontdekt, run: Oogstrun) -> None:
        """Go on from here the next time: what was told is written down with what is to be done for it."""
        if found.stand is None:
            return
        before = tx.oogst.voortgang(self._bron.naam) if found.vervolg else None
        heel_op = run.begonnen_op if before is None else before.heel_op
        tx.oogst.note_voortgang(self._bron.naam, Voortgang(found.stand, self._bron.address, heel_op))

    def _why_refused(self, found: Ontdekt, *, present: int, absent: int) -> str | None:
        """Which assertion of the source does not hold; those about a whole run only for one that saw it whole."""
        toets = self._bron.assertions
        totaal, gone = found.totaal(present), absent + found.weg
        if totaal > toets.documents_max:
            return f"{totaal} documents, assertions.documents_max is {toets.documents_max}"
        if self._limiet is None and found.compleet and totaal < toets.documents_min:
            return f"{totaal} documents, assertions.documents_min is {toets.documents_min}"
        if gone * 100 > toets.gone_percent * present and gone > 1:
            return (
                f"{gone} of {present} documents are absent, assertions.gone_percent is {toets.gone_percent}"
            )
        return None

    def _fetch(self, kind: Kind, run: Oogstrun, spool: Path) -> Oogstrun:
        haal = Ophaling(
            self._platform, self._actor, self._bron, run.id, plaats=self._plaats, progress=self._goes_on
        )
        haal.neem_gegevens_over()
        taken = spool / "taken.jsonl"
        whole = True
        if haal.schrijf_taken(taken):
            order = maak_opdracht(self._bron, self._settings, spool, haal=taken, seconds=self._seconds())
            whole = haal.run(kind, order)
        run = replace(
            run,
            verzoeken=run.verzoeken + haal.verzoeken,
            waarschuwingen=_together(run.waarschuwingen, haal.fouten),
        )
        uitkomst = Oogstuitkomst.VOLLEDIG if run.compleet else Oogstuitkomst.ONVOLLEDIG

        def end(tx: Transaction) -> Oogstrun:
            if not whole:
                stopped = replace(run, reden="the window of time closed; the next run goes on here")
                tx.oogst.save_run(stopped)
                return stopped
            return self._ended(tx, run, uitkomst, run.reden)

        return self._platform.registry.run(end)

    def _ended(self, tx: Transaction, run: Oogstrun, uitkomst: Oogstuitkomst, reden: str | None) -> Oogstrun:
        now: datetime = self._platform.now()
        counts = tx.oogst.counted(self._bron.naam, run.id)
        ended = replace(
            run, fase=Oogstfase.KLAAR, geeindigd_op=now, uitkomst=uitkomst, reden=reden, tellingen=counts
        )
        tx.oogst.save_run(ended)
        details = {"bron": self._bron.naam, "uitkomst": uitkomst.value, **counts}
        tx.record(Gebeurtenis(Actie.OOGST_ENDED, "oogstrun", run.id, self._actor, now, details=details))
        return ended


def _together(
    known: tuple[tuple[str, str, int], ...], found: list[tuple[str, str, int]]
) -> tuple[tuple[str, str, int], ...]:
    """Warnings by kind, each with the first address and how many there were."""
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for soort, url, aantal in (*known, *found):
        first.setdefault(soort, url)
        counts[soort] += aantal
    return tuple((soort, first[soort], count) for soort, count in counts.most_common(_MOST_WARNINGS))
