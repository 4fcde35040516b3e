"""Whether an organisation wants four eyes on what it makes public."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VierOgen:
    """For which organisations (TOOI codes) it holds: all, or these."""

    alle: bool = False
    organisaties: frozenset[str] = frozenset()

    def holds_for(self, organisatie: str | None) -> bool:
        return self.alle or organisatie in self.organisaties
