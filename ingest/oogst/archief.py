"""Takes an archive of a source apart as `woo ingest` does; each member is an item of the source, and the archive the last."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from ingest.discover import Found, Groep
from ingest.oogst.bestand import Archief
from ingest.oogst.leden import Leden, Stopped
from ingest.register import Source
from ingest.setup import open_unpacking
from ingest.taking import Taking
from woo.domain.actor import Actor
from woo.domain.errors import InvalidValue
from woo.domain.oogst import Oogstitem
from woo.oogst import Bron
from woo.sandbox import Sandbox
from woo.settings import LimitSettings, Settings
from woo.usecases.oogst_gegevens import lees_gegevens
from woo.usecases.oogst_noteren import note_failure
from woo.usecases.oogst_weg import trek_in_wat_weg_is
from woo.usecases.oogsten import Uitgepakt, Vondst, neem_over
from woo.usecases.platform import Platform


class Uitpakplaats:
    """Where archives are taken apart: the limits, and child processes that are started for the first one and end with the block."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stack = ExitStack()
        self._sandbox: Sandbox | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sandbox = None
        self._stack.close()

    @property
    def limits(self) -> LimitSettings:
        return self._settings.limits

    @property
    def sandbox(self) -> Sandbox:
        if self._sandbox is None:
            self._sandbox = self._stack.enter_context(open_unpacking(self._settings))
        return self._sandbox


@dataclass(frozen=True, slots=True)
class Uitpakker:
    """Takes archives apart for one run over a source; safe to stop between any two members and to begin again."""

    platform: Platform
    actor: Actor
    bron: Bron
    run_id: str
    plaats: Uitpakplaats
    progress: Callable[[], None]

    def pak_uit(self, item: Oogstitem, archief: Archief) -> None:
        """Take over everything in an archive; what was in it before and is not now is withdrawn, and the archive is written last.

        One that cannot be opened becomes an item with the reason, and what came out of it before stays.
        Raises Unavailable: a part of the platform stopped working; what was done so far is safe.
        """
        try:
            lees_gegevens(self.platform.lijsten, self.bron, item.sleutel, item.gegevens)
        except InvalidValue as error:
            self._fails(item, f"not_taken: {error}")
            return
        leden = Leden(self.platform, self.actor, self.bron, self.run_id, item)
        found = Found(item.itemsleutel, item.sleutel, Groep("", ""), archief.pad)
        source = Source(found, archief.pad, archief.naam, archief.soort.mime, archief.grootte, None)
        taking = Taking(leden, self.plaats.limits, self.plaats.sandbox)
        try:
            with closing(taking.unpack(source, archief.soort)) as taken:
                for _ in taken:
                    self.progress()
        except Stopped as stopped:
            raise stopped.why from None
        self._close(replace(item, sha256=archief.digest), leden, taking.broken)

    def _close(self, item: Oogstitem, leden: Leden, broken: list[str]) -> None:
        ended = leden.archief
        if ended is None or ended.staat == "quarantined":
            self._fails(replace(item, sha256=None), "" if ended is None else str(ended.reden))
            return
        for key in broken:
            leden.unseen(key)
        for lid in leden.gone():
            trek_in_wat_weg_is(self.platform, self.actor, self.bron, lid)
            self.progress()
        item = replace(item, leden=len(leden.gezien), afwezig=0, weg=False)
        if broken:  # what came after cannot be known: it is asked again in the next run
            reden = ended.reden or "something in it could not be read to its end; that says why"
            self._fails(replace(item, sha256=None), reden, staat=str(ended.staat))
            return
        uitgepakt = Uitgepakt(str(ended.staat), ended.reden, leden.wacht)
        vondst = Vondst(item, None, uitgepakt)
        neem_over(self.platform, self.actor, self.bron, [vondst])

    def _fails(self, item: Oogstitem, reden: str, *, staat: str = "quarantined") -> None:
        """Write why an archive was not taken apart, or not to its end; it is asked as a whole the next time."""
        anew = replace(item, etag=None, http_gewijzigd=None)
        self.platform.registry.run(lambda tx: note_failure(tx, self.platform, anew, reden, staat=staat))

    def vergeet(self, item: Oogstitem) -> Oogstitem:
        """Withdraw what came out of an archive in whose place another file stands now; the item as it is then."""
        trek_in_wat_weg_is(self.platform, self.actor, self.bron, item)
        return replace(item, leden=None, document_id=None, toegepast=None, sha256=None)
