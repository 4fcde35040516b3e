"""All organisations that the platform knows, with the facts of `config/organisaties.yaml` beside those of the value list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from woo.diwoo.lijstbestand import line_of, parse_waarde, read_yaml
from woo.diwoo.waarden import Waarde, Waardelijst, WaardelijstFout
from woo.domain.organisatie import ONBEKEND, Organisatie, Organisatiesoort

_KEYS = ("versie", "datum", "uri_basis", "gemeenten", "overige")
_FACTS = ("code", "provincie", "begindatum", "opvolger")
_OTHER = ("code", "uri", "naam", "soort")


class Organisatieregister:
    """The organisations in the order of their lists, found by code or URI."""

    def __init__(self, organisaties: Iterable[Organisatie]) -> None:
        found = {each.code: each for each in organisaties}
        before: dict[str, list[str]] = defaultdict(list)
        for each in found.values():
            if each.opvolger is not None:
                before[each.opvolger].append(each.code)
        self._by_code = {
            code: replace(each, voorgangers=tuple(sorted(before.get(code, ()))))
            for code, each in found.items()
        }
        self._by_uri = {each.uri: each.code for each in found.values()}
        self.lijst = Waardelijst(
            "organisaties", "", [Waarde(each.code, each.uri, each.naam) for each in found.values()]
        )
        """The same organisations as values, for who looks one up by a part of its name."""
        self.provincies: Mapping[str, str] = {
            code: each.naam.removeprefix("provincie ")
            for code, each in found.items()
            if each.soort is Organisatiesoort.PROVINCIE
        }
        """The names of the provinces, by code."""

    @classmethod
    def load(cls, path: Path, lijst: Waardelijst) -> "Organisatieregister":
        """Read the file and join it to the value list of organisations.

        Raises:
            WaardelijstFout: with file and line of whatever is wrong with it: a code that is on no list, a province or
                successor that is none, a chain of successors that runs in a circle.
        """
        content = read_yaml(path)
        if set(content) != set(_KEYS):
            raise WaardelijstFout(path, 1, f"must hold exactly {', '.join(_KEYS)}")
        overige = [_other(path, content, n) for n in range(len(_rows(path, content, "overige")))]
        known = {waarde.code: waarde for waarde in (*lijst, *overige)}
        facts = _facts(path, _rows(path, content, "gemeenten"), known)
        found = [_organisatie(path, each, facts.get(each.code, each.extra), in_diwoo=True) for each in lijst]
        found += [_organisatie(path, each, each.extra, in_diwoo=False) for each in overige]
        _check_joined(path, {each.code: each for each in found})
        return cls(found)

    def get(self, code_or_uri: str) -> Organisatie:
        """Return the organisation; raises OnbekendeWaarde with the nearest right ones."""
        code = self._by_uri.get(code_or_uri, code_or_uri)
        if code not in self._by_code:
            return self._by_code[self.lijst.get(code_or_uri).code]
        return self._by_code[code]

    def huidige(self, code: str) -> Organisatie:
        """The organisation that took over in the end; itself where none did."""
        found = self.get(code)
        while found.opvolger is not None:
            found = self.get(found.opvolger)
        return found

    def provincie(self, code: str) -> str:
        """The value of the filter `provincie` of an organisation: a code, or `onbekend`."""
        found = self._by_code.get(code)
        return ONBEKEND if found is None or found.provincie is None else found.provincie

    def soort(self, code: str) -> str:
        """The value of the filter `soortOrganisatie`: a kind, or `onbekend`."""
        found = self._by_code.get(code)
        return ONBEKEND if found is None or found.soort is None else found.soort.value

    def __contains__(self, code_or_uri: object) -> bool:
        return code_or_uri in self._by_code or code_or_uri in self._by_uri

    def __iter__(self) -> Iterator[Organisatie]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)


def _rows(path: Path, content: Mapping[str, Any], key: str) -> list[Any]:
    rows = content[key]
    if not isinstance(rows, list):
        raise WaardelijstFout(path, line_of(path, key), f"{key} must be a list")
    return rows


def _facts(path: Path, rows: list[Any], known: Mapping[str, Waarde]) -> dict[str, Mapping[str, Any]]:
    """The facts of the municipalities by code, each of which must be on the list, and once."""
    found: dict[str, Mapping[str, Any]] = {}
    for n, row in enumerate(rows):
        named = _named(path, row, _FACTS, ("gemeenten", n))
        code = named["code"]
        if code not in known or code in found:
            why = "stands in the file twice" if code in found else "is on no list of organisations"
            raise WaardelijstFout(path, line_of(path, "gemeenten", n), f"{code!r} {why}")
        found[code] = {**known[code].extra, **named}
    return found


def _other(path: Path, content: Mapping[str, Any], n: int) -> Waarde:
    row = _named(path, content["overige"][n], _OTHER, ("overige", n))
    return parse_waarde(path, row, ("overige", n), basis=str(content["uri_basis"]))


def _named(path: Path, row: Any, kolommen: tuple[str, ...], place: tuple[str | int, ...]) -> dict[str, Any]:
    if not isinstance(row, list) or not 1 <= len(row) <= len(kolommen):
        why = f"a row must hold 1 to {len(kolommen)} values: {', '.join(kolommen)}"
        raise WaardelijstFout(path, line_of(path, *place), why)
    return dict(zip(kolommen, row, strict=False))


def _organisatie(path: Path, waarde: Waarde, facts: Mapping[str, Any], *, in_diwoo: bool) -> Organisatie:
    soort = facts.get("soort", waarde.extra.get("soort"))
    if soort is not None and soort not in set(Organisatiesoort):
        accepted = ", ".join(Organisatiesoort)
        raise WaardelijstFout(path, None, f"soort of {waarde.code} is {soort!r}, not one of {accepted}")
    own = waarde.code if soort == Organisatiesoort.PROVINCIE else None
    return Organisatie(
        waarde.code,
        waarde.uri,
        waarde.naam,
        None if soort is None else Organisatiesoort(str(soort)),
        provincie=facts.get("provincie") or own,
        opvolger=facts.get("opvolger"),
        begindatum=_day(path, waarde.code, facts, "begindatum"),
        einddatum=_day(path, waarde.code, facts, "einddatum"),
        in_diwoo=in_diwoo and waarde.extra.get("eigen") is not True,
    )


def _day(path: Path, code: str, facts: Mapping[str, Any], naam: str) -> date | None:
    day = facts.get(naam)
    if day is not None and type(day) is not date:
        raise WaardelijstFout(path, None, f"{naam} of {code} must be a day, it is {day!r}")
    return day


def _check_joined(path: Path, found: Mapping[str, Organisatie]) -> None:
    """Raise WaardelijstFout for a province or successor that is none, and for successors in a circle."""
    for each in found.values():
        province = None if each.provincie is None else found.get(each.provincie)
        if each.provincie is not None and (
            province is None or province.soort is not Organisatiesoort.PROVINCIE
        ):
            raise WaardelijstFout(path, None, f"provincie of {each.code} is {each.provincie!r}, no province")
        seen, at = {each.code}, each.opvolger
        while at is not None:
            if at not in found or at in seen:
                why = "which leads back to itself" if at in seen else "which is no organisation"
                raise WaardelijstFout(path, None, f"opvolger of {each.code} is {at!r}, {why}")
            seen.add(at)
            at = found[at].opvolger
