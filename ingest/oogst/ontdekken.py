"""Find out what a source offers, and what of it is new, changed or as it was; nothing is taken over yet."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.oogst.antwoorden import Antwoorden
from ingest.oogst.kind import Kind
from ingest.sources.berichten import BIJZAAK, Einde, Gelezen, Opgehaald, SourceItem, Waarschuwing
from ingest.sources.opdracht import Crawlopdracht
from woo.domain.oogst import INGETROKKEN, Oogstitem, Taaksoort, Verschil, groep_van
from woo.oogst import Bron
from woo.registry import Transaction
from woo.usecases.oogst_noteren import WACHT, note_failure
from woo.usecases.platform import Platform

_BATCH = 500
_LONGEST = 2_000
_DEEPEST = 20
_MOST_SHOWN = 5
"""Of how many failures a dry run tells the reason."""
LIMIET = "(--limit)"
"""The end of the reason of a run that looked no further than it was asked."""


@dataclass(slots=True)
class Ontdekt:
    """What discovering gave: how many documents, by difference; warnings; whether the source was seen whole.

    `aantal` leaves out what no document can be made of; `gelezen` is what the rules of a source found and why what failed
    did, in a dry run. `weg` counts documents of ours of which the source says that they are not public any more; `stand` is
    where its feed goes on, and with `vervolg` it told only what changed since the last time: what it does not name is as it was.
    """

    aantal: int = 0
    gelezen: list[Gelezen] = field(default_factory=list)
    verschillen: Counter[Verschil] = field(default_factory=Counter)
    waarschuwingen: list[tuple[str, str, int]] = field(default_factory=list)
    compleet: bool = False
    reden: str | None = None
    verzoeken: int = 0
    weg: int = 0
    stand: str | None = None
    vervolg: bool = False

    def totaal(self, present: int) -> int:
        """How many documents the source has, where `present` ones are here."""
        return present + self.verschillen[Verschil.NIEUW] - self.weg if self.vervolg else self.aantal

    @property
    def mislukt(self) -> int:
        """How many items were found of which no document can be made."""
        return self.verschillen[Verschil.MISLUKT]

    @property
    def in_orde(self) -> bool:
        """Whether it was seen whole, or as far as was asked."""
        return self.compleet or (self.reden or "").endswith(LIMIET)


class Ontdekking:
    """One time that a source is looked through, for one run; with `proef` nothing is written."""

    def __init__(
        self, platform: Platform, bron: Bron, run_id: str, *, limiet: int | None, proef: bool = False
    ) -> None:
        self._platform = platform
        self._bron = bron
        self._run_id = run_id
        self._limiet = limiet
        self._proef = proef
        self._batch: list[SourceItem] = []
        self._places = 0
        self._shown = 0
        self._parents: dict[str, str] = {}
        self._tried: set[str] = set()
        self._antwoorden = Antwoorden(platform, bron, run_id)
        self.gevonden = Ontdekt()

    def run(self, kind: Kind, opdracht: Crawlopdracht) -> Ontdekt:
        """Look the source through; raises what `Kind.berichten` raises, with everything seen so far written."""
        found = self.gevonden
        with closing(kind.berichten(opdracht)) as stream:
            for bericht in stream:
                if isinstance(bericht, SourceItem):
                    if self._add(bericht):
                        break
                elif isinstance(bericht, Opgehaald):
                    if not self._proef:
                        self._antwoorden.add(bericht)
                    if bericht.pad:
                        Path(bericht.pad).unlink(missing_ok=True)
                elif isinstance(bericht, Waarschuwing):
                    found.waarschuwingen.append((bericht.soort, bericht.url, bericht.aantal))
                elif isinstance(bericht, Gelezen):
                    found.gelezen.append(bericht)
                elif isinstance(bericht, Einde):
                    found.compleet, found.reden = bericht.compleet, bericht.reden
                    found.verzoeken = bericht.verzoeken
                    found.stand, found.vervolg = bericht.stand, bericht.vervolg
        self._flush()
        if found.vervolg and found.compleet:
            self._again()
        return found

    def _again(self) -> None:
        """Look again at what an earlier run could not take over, or what waited: a feed does not name it again."""
        after = ""
        while True:
            with self._platform.registry.read() as reading:
                items = reading.oogst.unfinished(self._bron.naam, self._run_id, after=after)
            if not items:
                break
            after = items[-1].sleutel
            for item in items:
                if item.sleutel not in self._tried:
                    self._add(SourceItem(item.sleutel, item.gegevens.get("sha256"), dict(item.gegevens)))
            self._flush()

    def _add(self, item: SourceItem) -> bool:
        """Take one document, or failure; returns whether that was the last that the run may take (`limiet`)."""
        found = self.gevonden
        if len(item.loc) > _LONGEST:
            found.waarschuwingen.append(("address_too_long", item.loc[:200], 1))
            return False
        public = INGETROKKEN not in item.gegevens
        found.aantal += public and item.fout is None
        if item.fout is not None and self._proef and self._shown < _MOST_SHOWN:
            self._shown += 1
            found.gelezen.append(Gelezen(item.loc, "failed", {"reason": [item.fout]}))
        self._places += public
        self._batch.append(item)
        if len(self._batch) >= _BATCH:
            self._flush()
        if self._limiet is not None and self._places >= self._limiet:
            found.reden = f"only the first {self._limiet} documents were looked at {LIMIET}"
            return True
        return False

    def _flush(self) -> None:
        batch = list({each.loc: each for each in self._batch}.values())  # the last that is told of it counts
        self._batch = []
        if not batch and not self._antwoorden.waiting:
            return
        first = self._places - len(batch)
        if self._proef:
            self._tried |= {each.loc for each in batch}
            with self._platform.registry.read() as reading:
                known = {
                    each.sleutel: each
                    for each in reading.oogst.items(self._bron.naam, [i.loc for i in batch])
                }
            self._decide(batch, known, first)
            return
        counted, weg = dict(self.gevonden.verschillen), self.gevonden.weg

        def write(tx: Transaction) -> None:
            self.gevonden.verschillen, self.gevonden.weg = Counter(counted), weg
            known = {each.sleutel: each for each in tx.oogst.items(self._bron.naam, [i.loc for i in batch])}
            decided = self._decide(batch, known, first)
            tx.oogst.save_items(decided)
            archives = [item.sleutel for item in decided if item.leden is not None]
            tx.oogst.see_members(self._bron.naam, self._run_id, archives)
            for item in decided:
                if item.verschil is Verschil.MISLUKT:
                    note_failure(tx, self._platform, item, str(item.reden))
            tx.oogst.add_answers(self._antwoorden.rows())

        self._platform.registry.run(write)
        self._antwoorden.clear()

    def _decide(
        self, batch: Iterable[SourceItem], known: dict[str, Oogstitem], first: int
    ) -> list[Oogstitem]:
        made = []
        for place, item in enumerate(batch):
            if INGETROKKEN in item.gegevens:
                made += self._gone(item, known.get(item.loc))
                continue
            deel_van = item.gegevens.get("deel_van")
            if deel_van is not None and (deel_van == item.loc or len(deel_van) > _LONGEST):
                deel_van = None
            if deel_van is not None:
                self._parents[item.loc] = deel_van
            vorm, has_date = vorm_van(item)
            fresh = Oogstitem(
                bron=self._bron.naam,
                sleutel=item.loc,
                volgorde=first + place,
                groep=self._group(item),
                vorm=vorm,
                gegevens=item.gegevens,
                deel_van=deel_van,
                gezien_run=self._run_id,
            )
            if item.fout is not None:
                decided = replace(fresh, verschil=Verschil.MISLUKT, reden=item.fout)
            else:
                decided = _compared(fresh, known.get(item.loc), has_date=has_date)
            self.gevonden.verschillen[decided.verschil or Verschil.ONGEWIJZIGD] += 1
            made.append(decided)
        return made

    def _gone(self, item: SourceItem, known: Oogstitem | None) -> list[Oogstitem]:
        """What the source says is not public any more is withdrawn, where it was here; none where it is known already."""
        if known is None or known.weg:
            return []
        self.gevonden.weg += known.is_hier
        said = {**known.gegevens, INGETROKKEN: item.gegevens[INGETROKKEN]}
        gone = replace(known, gegevens=said, gezien_run=self._run_id, verschil=Verschil.WEG, reden=None)
        return [replace(gone, taak=Taaksoort.GEGEVENS)]

    def _group(self, item: SourceItem) -> str:
        """The key of the publicatie: its id there, the aggregatiekenmerk, the page where it stands (`groep`), or the document at its top."""
        for soort, said in (
            ("publicatie", (item.gegevens.get("publicatie") or {}).get("id")),
            ("kenmerk", item.gegevens.get("aggregatiekenmerk")),
            ("pagina", item.gegevens.get("groep")),
        ):
            if said:
                return f"{soort}:{said[:_LONGEST]}"
        top = item.loc
        for _ in range(_DEEPEST):
            above = self._parents.get(top)
            if above is None or above == item.loc:
                break
            top = above
        return groep_van(top)


def vorm_van(item: SourceItem) -> tuple[str, bool]:
    """A digest of what the source says of a document, and whether it says when its file changed."""
    gegevens = {key: value for key, value in item.gegevens.items() if key not in BIJZAAK}
    said = json.dumps([item.lastmod, gegevens], sort_keys=True, ensure_ascii=False)
    date = hashlib.sha256((item.lastmod or "").encode()).hexdigest()[:16]
    return (
        f"{date}:{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}",
        item.lastmod is not None,
    )


def _compared(fresh: Oogstitem, known: Oogstitem | None, *, has_date: bool) -> Oogstitem:
    """Decide what is to be done for a document, from what is known of it."""
    if known is None:
        return replace(fresh, verschil=Verschil.NIEUW, taak=Taaksoort.HALEN)
    if known.vernietigd:
        return replace(
            known,
            volgorde=fresh.volgorde,
            gezien_run=fresh.gezien_run,
            verschil=Verschil.ONGEWIJZIGD,
            taak=None,
        )
    fresh = replace(
        fresh,
        groep=known.groep if known.is_hier else fresh.groep,
        toegepast=known.toegepast,
        etag=known.etag,
        http_gewijzigd=known.http_gewijzigd,
        sha256=known.sha256,
        document_id=known.document_id,
        weg=known.weg,
        vrij=known.vrij,
        reden=known.reden,
        leden=known.leden,
    )
    if known.toegepast == fresh.vorm and has_date:
        return replace(fresh, verschil=Verschil.ONGEWIJZIGD)
    new = Verschil.GEWIJZIGD if known.is_hier else Verschil.NIEUW
    if known.reden == WACHT and known.vorm == fresh.vorm and not known.vrij:
        return replace(fresh, verschil=new)
    fresh = replace(fresh, reden=None)
    if known.toegepast is None:
        return replace(fresh, verschil=new, taak=Taaksoort.HALEN)
    same_date = known.toegepast.partition(":")[0] == fresh.vorm.partition(":")[0]
    taak = Taaksoort.GEGEVENS if same_date and has_date and known.is_hier else Taaksoort.HALEN
    return replace(fresh, verschil=Verschil.GEWIJZIGD, taak=taak)
