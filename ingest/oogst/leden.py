"""The members of an archive of a source: each is taken over as a document, or written with why not, in the order of the archive."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from ingest.discover import Found, Groep, title_of
from ingest.oogst.bestand import Afgekeurd, require_format
from ingest.register import Source
from ingest.taking import REST, SEPARATOR
from woo.domain.actor import Actor
from woo.domain.document import Bestand
from woo.domain.errors import Unavailable
from woo.domain.formaat import BY_MIME
from woo.domain.oogst import Oogstitem, Verschil
from woo.oogst import Bron
from woo.registry import Item, Transaction
from woo.usecases.oogst_gegevens import LID, PAD
from woo.usecases.oogst_noteren import VERNIETIGD, WACHT, note, note_destroyed, note_failure
from woo.usecases.oogsten import Vondst, neem_over
from woo.usecases.platform import Platform
from woo.usecases.scannen import require_clean
from woo.usecases.vernietiging import destroyed_files

_LONGEST = 2_000
_KEPT = 1_900
_OF_PUBLICATIE = ("publisher", "categorieen", "themas", "publicatie")
"""What is said of an archive and holds for everything in it."""


class Stopped(Exception):
    """A part of the platform stopped working, which is no fault of the member at hand."""

    def __init__(self, why: Unavailable) -> None:
        super().__init__(str(why))
        self.why = why


class Leden:
    """Where the members of one archive are written; `gezien` are their addresses, `wacht` is whether one waits to be released.

    `archief` is how the archive itself ended, once it has. Raises `Stopped` where a part of the platform stopped working.
    """

    def __init__(self, platform: Platform, actor: Actor, bron: Bron, run_id: str, archief: Oogstitem) -> None:
        self.platform = platform
        self._actor = actor
        self._bron = bron
        self._run_id = run_id
        self._item = archief
        with self.platform.registry.read() as reading:
            members = reading.oogst.members_of(self._bron.naam, archief.sleutel)
        self._known = {each.sleutel: each for each in members}
        self._messages: dict[str, str] = {}
        self._unseen: list[str] = []
        self.gezien: set[str] = set()
        self.wacht = False
        self.archief: Item | None = None

    def scan(self, path: Path) -> None:
        """As `Registrar.scan`; where nothing can be scanned the run stops."""
        try:
            with path.open("rb") as source:
                require_clean(self.platform, source, actor=self._actor)
        except Unavailable as error:
            raise Stopped(error) from error

    def register(self, source: Source, *, message_id: str | None = None, mismatch: str | None = None) -> Item:
        """Take over one member; with `message_id` it is an attachment of that document."""
        try:
            return self._register(source, message_id, mismatch)
        except Unavailable as error:
            raise Stopped(error) from error

    def _register(self, source: Source, message_id: str | None, mismatch: str | None) -> Item:
        platform, bron = self.platform, self._bron
        known, lid = self._member(source.found, source.naam)
        lid = replace(lid, deel_van=self._messages.get(message_id or "", lid.deel_van))
        if known is not None and known.vernietigd:
            return self._destroyed(known)
        try:
            require_format(bron, BY_MIME[source.mime])
        except Afgekeurd as error:
            return self._failed(lid, "skipped", str(error))
        stored = platform.archive.put(source.path)
        lid = replace(lid, sha256=stored.digest, vorm=_vorm(lid))
        same = known is not None and _is_same(known, lid)
        lid = replace(lid, verschil=self._verschil(known, same=same))
        if destroyed_files(platform, {stored.digest}):
            platform.registry.run(lambda tx: note_destroyed(tx, platform, lid))
            return self._item_of(lid)
        if same and lid.reden is None:
            platform.registry.run(lambda tx: tx.oogst.save_items([lid]))
        else:
            bestand = Bestand(stored.digest, source.naam, source.mime, stored.grootte)
            neem_over(platform, self._actor, bron, [Vondst(lid, bestand)])
        item = self._item_of(lid, mismatch)
        if item.document_id is not None:
            self._messages[item.document_id] = lid.sleutel
        return item

    def note(self, item: Item) -> Item:
        """Write a member of which no document was made; the archive itself is only remembered."""
        if item.sleutel == self._item.itemsleutel:
            self.archief = item
            return item
        if (
            item.staat is None
        ):  # a message whose attachments were all seen: it was written when it was taken over
            return item
        found = Found(item.sleutel, item.pad, Groep("", ""), Path())
        known, lid = self._member(found, Path(item.pad).name)
        if known is not None and known.vernietigd:
            return self._destroyed(known)
        staat, reden = item.staat, item.reden
        if staat == "quarantined":
            self.unseen(item.sleutel.removesuffix(SEPARATOR + REST))
        if staat in ("quarantined", "skipped"):
            return self._failed(lid, staat, reden or "")
        verschil = self._verschil(known, same=known is not None)
        return self._written(replace(lid, verschil=verschil, reden=reden), staat)

    def unseen(self, itemsleutel: str) -> None:
        """What was in this container before may be in it still: it could not be read to its end."""
        self._unseen.append(f"{self._sleutel(itemsleutel)[:_KEPT]}{SEPARATOR}"[:_KEPT])

    def gone(self) -> list[Oogstitem]:
        """What was in the archive before and is not now, as far as all of it could be seen."""
        left = [each for key, each in self._known.items() if key not in self.gezien and not each.weg]
        return [
            replace(each, gezien_run=self._run_id)
            for each in left
            if not any(each.sleutel.startswith(prefix) for prefix in self._unseen)
        ]

    def _member(self, found: Found, naam: str) -> tuple[Oogstitem | None, Oogstitem]:
        """What is known of a member, and the member as it is now."""
        whole = self._item
        sleutel = self._sleutel(found.sleutel)
        self.gezien.add(sleutel)
        known = self._known.get(sleutel)
        said = {key: whole.gegevens[key] for key in _OF_PUBLICATIE if key in whole.gegevens}
        named = {LID: True, PAD: found.pad, "bestandsnaam": naam, "titel": title_of(Path(naam).stem)}
        lid = known or Oogstitem(whole.bron, sleutel, whole.volgorde, whole.groep, "", {})
        if lid.document_id is None:
            lid = replace(lid, groep=whole.groep)
        return known, replace(
            lid,
            volgorde=whole.volgorde,
            gegevens={**said, **named},
            deel_van=whole.deel_van,
            archief=whole.sleutel,
            gezien_run=self._run_id,
            vrij=whole.vrij,
            reden=None if lid.reden == WACHT else lid.reden,
        )

    def _sleutel(self, itemsleutel: str) -> str:
        """The address of a member at its source; a very long one is cut off and made its own by a digest."""
        sleutel = itemsleutel.removeprefix(f"oogst:{self._bron.naam}:")
        if len(sleutel) <= _LONGEST:
            return sleutel
        return f"{sleutel[:_KEPT]}~{hashlib.sha256(sleutel.encode()).hexdigest()[:40]}"

    def _verschil(self, known: Oogstitem | None, *, same: bool) -> Verschil:
        """What became of a member; a run that goes on after it was killed says what it said before."""
        before = (Verschil.NIEUW, Verschil.GEWIJZIGD)
        if known is not None and known.gezien_run == self._run_id and known.verschil in before:
            return known.verschil
        if same:
            return Verschil.ONGEWIJZIGD
        return Verschil.NIEUW if known is None or known.document_id is None else Verschil.GEWIJZIGD

    def _failed(self, lid: Oogstitem, staat: str, reden: str) -> Item:
        self.platform.registry.run(lambda tx: note_failure(tx, self.platform, lid, reden, staat=staat))
        return self._item_of(lid)

    def _destroyed(self, known: Oogstitem) -> Item:
        """A member that was destroyed here: nothing is looked at, and nothing that is said of it is kept."""
        seen = replace(known, gezien_run=self._run_id, verschil=Verschil.ONGEWIJZIGD)
        return self._written(replace(seen, reden=VERNIETIGD), "withdrawn")

    def _written(self, lid: Oogstitem, staat: str) -> Item:
        def write(tx: Transaction) -> None:
            tx.oogst.save_items([lid])
            note(tx, self.platform, lid, staat=staat, reden=lid.reden)

        self.platform.registry.run(write)
        return self._item_of(lid)

    def _item_of(self, lid: Oogstitem, mismatch: str | None = None) -> Item:
        """The line of a member in the accounting, once it is written; with what its name promised, where nothing else is said."""
        with self.platform.registry.read() as reading:
            item = reading.item(lid.itemsleutel)
            known = reading.oogst.item(lid.bron, lid.sleutel)
        if item is None or known is None:
            raise ValueError(f"{lid.itemsleutel} was not written")
        self.wacht = self.wacht or known.reden == WACHT
        if mismatch is not None and item.reden is None:
            item = replace(item, reden=mismatch)
            self.platform.registry.run(lambda tx: tx.save_item(item))
        return item


def _vorm(lid: Oogstitem) -> str:
    """A digest of what is said of a member."""
    said = json.dumps([lid.deel_van, lid.gegevens["bestandsnaam"]], ensure_ascii=True)
    return f":{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def _is_same(known: Oogstitem, lid: Oogstitem) -> bool:
    """Whether a member was taken over as it is now."""
    stands = not known.weg and known.reden != WACHT
    return stands and (known.sha256, known.toegepast) == (lid.sha256, lid.vorm)
