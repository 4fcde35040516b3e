"""The one error of the settings, naming everything that is wrong with them at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from woo.domain.errors import WooError


@dataclass(frozen=True, slots=True)
class SettingsProblem:
    """One thing that is wrong: where it was written (a file or a variable), under which key, and why."""

    origin: str
    key: str
    why: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.key + ': ' if self.key else ''}{self.why}"


class SettingsError(WooError):
    """The settings cannot be used; `problems` lists every reason."""

    def __init__(self, problems: Sequence[SettingsProblem]) -> None:
        lines = "".join(f"\n  {problem}" for problem in problems)
        super().__init__(f"The settings were refused:{lines}")
        self.problems = tuple(problems)
