"""What a value list is: its values, how they are found, and the errors when they are not."""

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from woo.domain.errors import InvalidValue, WooError

_SUGGESTIONS = 3


class OnbekendeWaarde(InvalidValue, ValueError):
    """A value is not on its list; `suggesties` holds the codes of the nearest values that are."""

    def __init__(self, lijst: str, waarde: str, suggesties: Iterable["Waarde"] = ()) -> None:
        nearest = tuple(suggesties)
        super().__init__(
            lijst,
            waarde,
            f"it is not on the list {lijst!r}",
            accepted=tuple(
                f"{item.code} ({item.naam})" if item.naam != item.code else item.code for item in nearest
            ),
        )
        self.lijst = lijst
        self.waarde = waarde
        self.suggesties = tuple(item.code for item in nearest)


class WaardelijstFout(WooError, ValueError):
    """A file of a value list cannot be used; the message names file, line and reason."""

    def __init__(self, path: Path, line: int | None, why: str) -> None:
        place = f"{path}, line {line}" if line is not None else str(path)
        super().__init__(f"{place}: {why}")
        self.path = path
        self.line = line
        self.why = why


@dataclass(frozen=True, slots=True)
class Waarde:
    """One value; `extra` holds what its list knows besides (`artikel`, `mime`, `einddatum`, …), read-only.

    A value that an installation added itself carries `extra["eigen"] is True`.
    """

    code: str
    uri: str
    naam: str
    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), hash=False)


class Waardelijst:
    """A versioned list of values in the order of its file, found by code or URI."""

    def __init__(self, naam: str, versie: str, waarden: Iterable[Waarde]) -> None:
        self.naam = naam
        self.versie = versie
        self._waarden = tuple(waarden)
        self._index: dict[str, Waarde] = {}
        for waarde in self._waarden:
            for key in (waarde.code, waarde.uri):
                if key in self._index:
                    raise ValueError(f"{key!r} stands twice on the list {naam!r}")
                self._index[key] = waarde

    def get(self, code_or_uri: str) -> Waarde:
        """Return the value with this code or URI; raises OnbekendeWaarde with the nearest right ones."""
        waarde = self._index.get(code_or_uri)
        if waarde is None:
            raise OnbekendeWaarde(self.naam, code_or_uri, self._nearest(code_or_uri))
        return waarde

    @cached_property
    def officieel(self) -> Mapping[str, str]:
        """The names by URI of its official values, without those that an installation added itself."""
        return {each.uri: each.naam for each in self._waarden if each.extra.get("eigen") is not True}

    def zoek(self, tekst: str) -> tuple[Waarde, ...]:
        """Return the values whose name or code holds every word of `tekst`, ignoring case and accents.

        Names that begin with the text come first, otherwise the order of the list is kept. An empty text finds nothing.
        """
        sought = _folded(tekst)
        words = sought.split()
        if not words:
            return ()
        hits = [
            w for w in self._waarden if all(word in f"{_folded(w.naam)} {_folded(w.code)}" for word in words)
        ]
        return tuple(sorted(hits, key=lambda w: not _folded(w.naam).startswith(sought)))

    def extended(self, waarden: Iterable[Waarde]) -> "Waardelijst":
        """Return this list with more values behind it; raises ValueError when one is there already."""
        return Waardelijst(self.naam, self.versie, (*self._waarden, *waarden))

    def _nearest(self, text: str) -> list[Waarde]:
        # URIs are long and alike: only their last part tells values apart.
        by_word: dict[str, Waarde] = {}
        for waarde in self._waarden:
            for word in (waarde.code, waarde.naam):
                by_word.setdefault(_folded(word), waarde)
        sought = _folded(text.rstrip("/").rsplit("/", 1)[-1])
        close = difflib.get_close_matches(sought, by_word, n=_SUGGESTIONS, cutoff=0.6)
        found = list(dict.fromkeys(by_word[word] for word in close))
        return found or list(self.zoek(text)[:_SUGGESTIONS])

    def __contains__(self, code_or_uri: object) -> bool:
        return code_or_uri in self._index

    def __iter__(self) -> Iterator[Waarde]:
        return iter(self._waarden)

    def __len__(self) -> int:
        return len(self._waarden)

    def __repr__(self) -> str:
        return f"Waardelijst({self.naam!r}, versie {self.versie!r}, {len(self)} waarden)"


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().strip()
