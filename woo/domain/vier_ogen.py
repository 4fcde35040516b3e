"""Whether an organisation wants four eyes on what it makes public."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

ALLE: Final = "alle"


@dataclass(frozen=True, slots=True)
class VierOgen:
    """For which organisations (TOOI codes) it holds: all, or these."""

    alle: bool = False
    organisaties: frozenset[str] = frozenset()

    def holds_for(self, organisatie: str | None) -> bool:
        return self.alle or organisatie in self.organisaties

    @classmethod
    def of(cls, woorden: Iterable[str]) -> Self:
        """As the settings say it: codes, or the word `alle`."""
        codes = frozenset(woorden)
        return cls(ALLE in codes, codes - {ALLE})


NIEMAND: Final = VierOgen()
"""No organisation wants it."""
