"""What a judgement and a ground mean in plain Dutch, with the article that they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from woo.diwoo.gronden import artikel_van
from woo.diwoo.lijstbestand import line_of, read_yaml
from woo.diwoo.waardelijsten import Waardelijsten
from woo.diwoo.waarden import WaardelijstFout
from woo.domain.inventaris import Beoordeling, Bijzonderheid

_TALEN = ("en",)
_SECTIONS = ("beoordelingen", "bijzonderheden", "opgeschort", "gronden")


@dataclass(frozen=True, slots=True)
class Uitleg:
    """A name and what it means, for citizens; `artikel` names the provision of a ground, `bron` is the address of its text.

    `taal` is the language of both, and `vertaald` has them in others.
    """

    naam: str
    uitleg: str
    artikel: str | None = None
    bron: str | None = None
    taal: str = "nl"
    vertaald: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def told_in(self, taal: str) -> "Uitleg":
        """The same in another language; as it is where it has not been translated."""
        naam, uitleg = self.vertaald.get(taal, (self.naam, self.uitleg))
        return replace(self, naam=naam, uitleg=uitleg, taal=taal if taal in self.vertaald else self.taal)


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

    def told_in(self, taal: str) -> "Uitlegboek":
        """The same explanations in another language (ISO 639-1), each that has a translation."""
        books = (self.beoordelingen, self.bijzonderheden, self.gronden)
        beoordelingen, bijzonderheden, gronden = (
            {code: each.told_in(taal) for code, each in book.items()} for book in books
        )
        return Uitlegboek(beoordelingen, bijzonderheden, self.opgeschort.told_in(taal), gronden)

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
        found[code] = replace(told, artikel=artikel_van(code), bron=waarde.uri)
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
    own = {key: value for key, value in texts.items() if key not in _TALEN}
    naam, uitleg = _texts(path, own, name, place)
    vertaald = {taal: _texts(path, texts[taal], name, (*place, taal)) for taal in _TALEN if taal in texts}
    return Uitleg(naam, uitleg, vertaald=vertaald)


def _texts(path: Path, row: object, name: str, place: tuple[str, ...]) -> tuple[str, str]:
    texts = row if isinstance(row, dict) else {}
    values = [texts.get(name), texts.get("uitleg")]
    if set(texts) != {name, "uitleg"} or not all(isinstance(text, str) and text.strip() for text in values):
        raise WaardelijstFout(
            path,
            line_of(path, *place),
            f"must hold {name} and uitleg, both text, and may hold them in {', '.join(_TALEN)}",
        )
    return str(values[0]), str(values[1])
