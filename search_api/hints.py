"""What is offered to a visitor who finds little."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hint:
    """A way to more results: `zonder` is what is left out (None: every filter), `zoek` the question that is left.

    `waarom` says what is in the way, where nothing was found; `anders` what there is without it.
    """

    waarom: str
    anders: str
    zonder: str | None
    zoek: str
    aantal: int

    @property
    def tekst(self) -> str:
        """Both sentences."""
        return f"{self.waarom} {self.anders}." if self.waarom else f"{self.anders}."


@dataclass(frozen=True, slots=True)
class Meant:
    """The question with other words for those that stand nowhere; `aantal` is what it finds."""

    zoek: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Help:
    """What is offered to a visitor; all of it counted through the gate, and all of it finds something."""

    hints: tuple[Hint, ...] = ()
    bedoeld: tuple[Meant, ...] = ()


NO_HELP = Help()
