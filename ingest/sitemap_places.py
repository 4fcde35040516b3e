"""Gives documents their place in a sitemap: where they stand already, else in the last file of the category that has room."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from woo.projection.sitemap import Sitemapregel
from woo.registry import Sitemapdeel, Sitemapplaats, Transaction

MOST_URLS = 2_000
"""Documents of one file: few enough that a publication rewrites little, and far below the 10,000 that harvesters bear."""

MOST_BYTES = 8 * 2**20
"""Bytes of one file, its last document excepted; 50 MB is what harvesters bear."""

_GROWN = 4
"""How many times as large a file may become by the growth of what stands in it, before that moves to another."""

_Deel = tuple[str, int]


@dataclass(slots=True)
class Round:
    """What one round changes: entries by document, documents that stand nowhere any more, and the files that this touches."""

    changed: dict[str, Sitemapregel] = field(default_factory=dict)
    places: dict[str, Sitemapplaats] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    touched: set[_Deel] = field(default_factory=set)

    def compare(self, regels: Iterable[Sitemapregel], places: Iterable[Sitemapplaats]) -> None:
        """Note what differs between what a publicatie is to tell and where its documents stand now."""
        left = {each.document_id: each for each in places}
        for regel in regels:
            place = left.pop(regel.document_id, None)
            if place is not None and (place.vingerafdruk, place.nr) == (regel.vingerafdruk, regel.nr):
                continue
            self.changed[regel.document_id] = regel
            if place is not None:
                self.places[regel.document_id] = place
        for place in left.values():
            self.gone.add(place.document_id)
            self.touched.add((place.nr, place.deel))


def settle(tx: Transaction, found: Round) -> None:
    """Give each changed entry its place, and mark every file that is touched."""
    room = _Room(tx)
    touched = set(found.touched)
    plaatsen = []
    for regel in found.changed.values():
        before = found.places.get(regel.document_id)
        size = regel.bytes
        if before is not None:
            touched.add((before.nr, before.deel))
        stays = before is not None and before.nr == regel.nr and room.bears(before, size)
        deel = before.deel if before is not None and stays else room.take(regel.nr, size)
        touched.add((regel.nr, deel))
        plaatsen.append(
            Sitemapplaats(regel.document_id, regel.publicatie_id, regel.nr, deel, size, regel.vingerafdruk)
        )
    tx.sitemaps.drop_plaatsen(found.gone)
    tx.sitemaps.save_plaatsen(plaatsen)
    tx.sitemaps.save_delen([_counted(tx, nr, deel) for nr, deel in sorted(touched)])


class _Room:
    """Finds the file that takes another entry: the last of its category, as long as it has room."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._open: dict[str, tuple[int, int, int]] = {}
        self._totals: dict[_Deel, int] = {}

    def bears(self, place: Sitemapplaats, size: int) -> bool:
        """Whether an entry may grow to this size where it stands."""
        key = (place.nr, place.deel)
        if key not in self._totals:
            self._totals[key] = self._tx.sitemaps.total(*key)[1]
        total = self._totals[key] + size - place.bytes
        if size > place.bytes and total > _GROWN * MOST_BYTES:
            return False
        self._totals[key] = total
        return True

    def take(self, nr: str, size: int) -> int:
        if nr not in self._open:
            last = self._tx.sitemaps.last_deel(nr)
            number = 1 if last is None else last.deel
            self._open[nr] = (number, *self._tx.sitemaps.total(nr, number))
        deel, aantal, total = self._open[nr]
        if aantal >= MOST_URLS or (aantal and total + size > MOST_BYTES):
            deel, aantal, total = deel + 1, 0, 0
        self._open[nr] = (deel, aantal + 1, total + size)
        return deel


def _counted(tx: Transaction, nr: str, deel: int) -> Sitemapdeel:
    return Sitemapdeel(nr, deel, *tx.sitemaps.total(nr, deel), vuil=True)
