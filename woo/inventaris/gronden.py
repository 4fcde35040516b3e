"""The grounds in one cell: taken apart, each brought to the code of its list, and what is no ground told apart."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from woo.diwoo.gronden import normaliseer_grond
from woo.diwoo.waarden import OnbekendeWaarde
from woo.domain.inventaris import Bijzonderheid
from woo.inventaris.fouten import Celfout
from woo.inventaris.wetten import Wetsgrond, check_wetsgrond, read_wetsgrond
from woo.inventaris.woordenlijst import Woordenlijst, folded

_HARD = re.compile(r"[;|\n]+")
_SOFT = re.compile(r"\s*(?:,|/|\+|&|\ben\b)\s*", re.I)
_MOST_PIECES = 40

_Found = str | Bijzonderheid | Wetsgrond


class Gronden(NamedTuple):
    """What a cell says: codes, particulars, and of the grounds that refer to another law its article; each once, in order."""

    codes: tuple[str, ...] = ()
    bijzonderheden: tuple[Bijzonderheid, ...] = ()
    wetten: tuple[str, ...] = ()


class Grondenlezer:
    """Reads cells with grounds; the same text is looked at once."""

    def __init__(self, woorden: Woordenlijst, bekend: Collection[str]) -> None:
        """Prepare it; `bekend` are the codes of the lists."""
        self._woorden = woorden
        self._bekend = tuple(bekend)
        self.read = lru_cache(maxsize=10_000)(self._read)
        self._one = lru_cache(maxsize=10_000)(self._looked_up)

    def _read(self, text: str) -> Gronden:
        """Give what stands in it, each once, in the order of the cell.

        Raises:
            Celfout: a piece is neither, or the cell can be taken apart in more than one way.
        """
        found: list[_Found] = []
        for part in filter(None, (part.strip() for part in _HARD.split(text))):
            found += self._part(part, text.strip())
        codes = [each.code if isinstance(each, Wetsgrond) else each for each in found]
        return Gronden(
            tuple(dict.fromkeys(each for each in codes if not isinstance(each, Bijzonderheid))),
            tuple(dict.fromkeys(each for each in codes if isinstance(each, Bijzonderheid))),
            tuple(dict.fromkeys(each.wet for each in found if isinstance(each, Wetsgrond))),
        )

    def kolom(self, kop: str) -> str | None:
        """The ground that a heading names, where grounds are ticked in columns of their own."""
        one = self._one(kop)
        return one if isinstance(one, str) and not isinstance(one, Bijzonderheid) else None

    def _part(self, part: str, cell: str) -> Sequence[_Found]:
        one = self._one(part)
        if one is not None:
            return [one]
        pieces = [piece for piece in _SOFT.split(part) if piece]
        if len(pieces) > _MOST_PIECES:
            raise Celfout(f"heeft meer dan {_MOST_PIECES} delen; scheid de gronden met een puntkomma")
        ways = self._ways(pieces) if len(pieces) > 1 else []
        if len(ways) == 1:
            return ways[0]
        if ways:
            raise Celfout("kan op twee manieren gelezen worden; scheid de gronden met een puntkomma")
        raise Celfout(self._unknown(pieces, cell))

    def _ways(self, pieces: Sequence[str]) -> list[list[_Found]]:
        """Every way to take neighbouring pieces together such that each group is known; two are enough to refuse."""
        ways: list[list[list[_Found]]] = [[] for _ in range(len(pieces) + 1)]
        ways[len(pieces)] = [[]]
        for start in range(len(pieces) - 1, -1, -1):
            for end in range(start + 1, min(start + 4, len(pieces)) + 1):
                one = self._one(" ".join(pieces[start:end]))
                if one is not None:
                    ways[start] += [[one, *rest] for rest in ways[end]]
            ways[start] = [way for way, _ in groupby(ways[start])][:2]
        return ways[0]

    def _looked_up(self, text: str) -> _Found | None:
        particular = self._woorden.bijzonderheden.get(folded(text))
        if particular is not None:
            return particular
        other = read_wetsgrond(text, self._woorden)
        if other is not None:
            return other if other.code in self._bekend else None
        try:
            return normaliseer_grond(text, bekend=self._bekend)
        except OnbekendeWaarde:
            return None

    def _unknown(self, pieces: Sequence[str], cell: str) -> str:
        """Say which piece is not known, and what comes near."""
        piece = next((piece for piece in pieces if self._one(piece) is None), cell)
        check_wetsgrond(piece, self._woorden)
        try:
            normaliseer_grond(piece, bekend=self._bekend)
            near: tuple[str, ...] = ()
        except OnbekendeWaarde as unknown:
            near = unknown.suggesties
        named = (
            f"“{piece}” is geen grond van de Woo of de Wob"
            if piece != cell
            else "is geen grond van de Woo of de Wob"
        )
        meant = f" (bedoelt u {' of '.join(near)}?)" if near else ""
        return f"{named}{meant}; schrijf elke grond voluit, zoals 5.1.2.e, met een puntkomma ertussen"
