"""What a judgement and a ground mean in plain Dutch, with the article that they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from woo.diwoo.gronden import artikel_van
from woo.diwoo.lijstbestand import line_of, read_yaml
from woo.diwoo.waardelijsten import Waardelijsten
from woo.diwoo.waarden import WaardelijstFout
from woo.domain.inventaris import Beoordeling, Bijzonderheid

_SECTIONS = ("beoordelingen", "bijzonderheden", "opgeschort", "gronden")


@dataclass(frozen=True, slots=True)
class Uitleg:
    """A name and what it means, for citizens; `artikel` names the provision of a ground, `bron` is the address of its text."""

    naam: str
    uitleg: str
    artikel: str | None = None
    bron: str | None = None


class Uitlegboek:
    """The explanations of an installation."""

    def __init__(
        self,
        beoordelingen: Mapping[str, Uitleg],
        bijzonderheden: Mapping[str, Uitleg],
        opgeschort: Uitleg,
        gronden: Mapping[str, Uitleg],
    ) -> None:
        self.beoordelingen = beoordelingen
        self.bijzonderheden = bijzonderheden
        self.opgeschort = opgeschort
        self.gronden = gronden

    @classmethod
    def load(cls, path: Path, lijsten: Waardelijsten) -> "Uitlegboek":
        """Read the explanations.

        Raises:
            WaardelijstFout: the file is no YAML, lacks a judgement, particular or ground of the Woo, or explains one that
                does not exist; names file and line.
        """
        content = read_yaml(path)
        if set(content) != set(_SECTIONS):
            raise WaardelijstFout(path, 1, f"must hold the keys {', '.join(_SECTIONS)}, nothing else")
        return cls(
            _named(path, content, "beoordelingen", [each.value for each in Beoordeling]),
            _named(path, content, "bijzonderheden", [each.value for each in Bijzonderheid]),
            _uitleg(path, content["opgeschort"], "naam", ("opgeschort",)),
            _gronden(path, content, lijsten),
        )

    def grond(self, code: str) -> Uitleg:
        """The explanation of a ground; one that no list knows any more is told by its code alone."""
        return self.gronden.get(code) or Uitleg(code, "")


def _named(path: Path, content: Mapping[str, Any], section: str, needed: list[str]) -> dict[str, Uitleg]:
    rows = content[section]
    _check(path, rows, section, needed=needed, known=needed)
    return {code: _uitleg(path, row, "naam", (section, code)) for code, row in rows.items()}


def _gronden(path: Path, content: Mapping[str, Any], lijsten: Waardelijsten) -> dict[str, Uitleg]:
    rows = content["gronden"]
    woo = {waarde.code: waarde for waarde in lijsten.weigeringsgronden}
    wob = {waarde.code: waarde for waarde in lijsten.wob_gronden}
    own = {each.code for each in lijsten.eigen("weigeringsgronden")}
    _check(path, rows, "gronden", needed=[code for code in woo if code not in own], known=[*woo, *wob])
    found: dict[str, Uitleg] = {}
    for code, waarde in (*woo.items(), *wob.items()):
        also = waarde.extra.get("woo")
        like = [code, *also] if code in wob and isinstance(also, list | tuple) else [code]
        row = next((rows[each] for each in like if each in rows), None)
        told = Uitleg(waarde.naam, "") if row is None else _uitleg(path, row, "kort", ("gronden", code))
        found[code] = Uitleg(told.naam, told.uitleg, artikel_van(code), waarde.uri)
    return found


def _check(path: Path, rows: object, section: str, *, needed: list[str], known: list[str]) -> None:
    if not isinstance(rows, dict):
        raise WaardelijstFout(
            path, line_of(path, section), f"{section} must hold codes with their explanation"
        )
    missing = [code for code in needed if code not in rows]
    if missing:
        raise WaardelijstFout(path, line_of(path, section), f"no explanation of: {', '.join(missing)}")
    for code in rows:
        if code not in known:
            raise WaardelijstFout(path, line_of(path, section, code), f"there is no {code!r} in {section}")


def _uitleg(path: Path, row: object, name: str, place: tuple[str, ...]) -> Uitleg:
    texts = row if isinstance(row, dict) else {}
    values = [texts.get(name), texts.get("uitleg")]
    if set(texts) != {name, "uitleg"} or not all(isinstance(text, str) and text.strip() for text in values):
        raise WaardelijstFout(path, line_of(path, *place), f"must hold {name} and uitleg, both text")
    return Uitleg(str(values[0]), str(values[1]))
