"""Compares a value list with a newer version of the standard, and writes the file of the new one.

A code that the newer version has no more stays on the list with `vervallen`, the day of that version: documents carry it.
What we added to values of our own accord (a number, a MIME type) stays; a new value that needs such a thing is refused,
for it cannot be guessed.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from woo.diwoo.lijstbestand import read_lijst, read_yaml
from woo.diwoo.lijstbron import Bronlijst
from woo.diwoo.waarden import Waarde, WaardelijstFout

_NODIG = {
    "informatiecategorieen": ("nr", "artikel", "plicht_gemeente", "verplicht_vanaf", "omschrijving"),
    "formaten": ("mime", "extensies"),
    "talen": ("iso_639_1", "iso_639_3", "bcp47"),
}
"""What each value of these lists must have, and the standard's lists do not tell."""

_PLAIN = re.compile(r"[a-z]{1,3}_?[0-9a-f]{4,12}|https?://[^\s#]+[^\s#:]")
_VERVALLEN = "vervallen"


@dataclass(frozen=True, slots=True)
class Vernieuwing:
    """What a newer version changes in one list: values by code and name, and the content of the file as it becomes.

    `van` and `naar` are the versions. `gewijzigd` are code, old name, new name; `terug` are codes that had expired.
    """

    lijst: str
    van: str
    naar: str
    nieuw: tuple[tuple[str, str], ...]
    gewijzigd: tuple[tuple[str, str, str], ...]
    vervallen: tuple[tuple[str, str], ...]
    terug: tuple[tuple[str, str], ...]
    inhoud: str = field(repr=False)

    @property
    def verschilt(self) -> bool:
        """Whether a value changes, and not only the version."""
        return bool(self.nieuw or self.gewijzigd or self.vervallen or self.terug)


def compare(
    folder: Path, bronlijsten: Sequence[Bronlijst], *, bestand: Path, vandaag: date
) -> list[Vernieuwing]:
    """What the lists of `bestand` change in those in `folder`; lists that stay as they are are left out.

    Raises:
        WaardelijstFout: a list of ours cannot be read, or a new value needs what the standard does not tell.
    """
    by_name: dict[str, list[Bronlijst]] = {}
    for each in bronlijsten:
        by_name.setdefault(each.lijst, []).append(each)
    found = (_one(folder, naam, sources, bestand, vandaag) for naam, sources in by_name.items())
    return [each for each in found if each.verschilt or each.van != each.naar]


def _one(folder: Path, naam: str, sources: Sequence[Bronlijst], bestand: Path, vandaag: date) -> Vernieuwing:
    path = folder / f"{naam}.yaml"
    old, header = read_lijst(path), read_yaml(path)
    datum = max((each.datum for each in sources if each.datum is not None), default=vandaag)
    told = {uri: (name, each.soort) for each in sources for uri, name in each.waarden}
    kinds = {each.soort for each in sources}
    kept, gewijzigd, vervallen, terug = [], [], [], []
    for waarde in old:
        if waarde.uri not in told:
            gone = _VERVALLEN not in waarde.extra and (None in kinds or waarde.extra.get("soort") in kinds)
            if gone:
                vervallen.append((waarde.code, waarde.naam))
            kept.append(_with(waarde, **{_VERVALLEN: datum}) if gone else waarde)
            continue
        name = told[waarde.uri][0]
        if name != waarde.naam:
            gewijzigd.append((waarde.code, waarde.naam, name))
        if _VERVALLEN in waarde.extra:
            terug.append((waarde.code, name))
        kept.append(_with(replace(waarde, naam=name), **{_VERVALLEN: None}))
    fresh = [_fresh(naam, uri, name, soort, bestand) for uri, (name, soort) in told.items() if uri not in old]
    one = sources[0] if len(sources) == 1 and naam != "organisaties" else None
    changed = bool(fresh or gewijzigd or vervallen or terug)
    versie = (one.versie if one is not None else None) or (datum.isoformat() if changed else old.versie)
    bron = one.bron if one is not None and one.bron is not None else str(header["bron"])
    if not changed and versie == old.versie:
        datum = header["datum"]
    inhoud = _text(path, header, versie, bron, datum, [*kept, *fresh])
    return Vernieuwing(
        naam,
        old.versie,
        versie,
        tuple((each.code, each.naam) for each in fresh),
        tuple(gewijzigd),
        tuple(vervallen),
        tuple(terug),
        inhoud,
    )


def _fresh(naam: str, uri: str, name: str, soort: str | None, bestand: Path) -> Waarde:
    code = uri.rstrip("/").rpartition("/")[2]
    if naam in _NODIG:
        why = (
            f"{naam} has a new value {code} ({name}), which also needs {', '.join(_NODIG[naam])}; "
            f"put it in {naam}.yaml by hand (docs/waardelijsten.md), then do this again"
        )
        raise WaardelijstFout(bestand, None, why)
    return Waarde(code, uri, name, {} if soort is None else {"soort": soort})


def _with(waarde: Waarde, **values: object) -> Waarde:
    extra = {key: value for key, value in waarde.extra.items() if key not in values}
    return replace(waarde, extra=extra | {key: value for key, value in values.items() if value is not None})


def _text(
    path: Path, header: Mapping[str, object], versie: str, bron: str, datum: date, waarden: Iterable[Waarde]
) -> str:
    """The file: its own remarks at the head, then the header and the values in the form that it had."""
    comments = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    lines = [*comments, f"lijst: {path.stem}", f"versie: {json.dumps(versie)}"]
    lines += [f"bron: {json.dumps(bron)}", f"datum: {datum.isoformat()}"]
    kolommen, basis = header.get("kolommen"), str(header.get("uri_basis") or "")
    if not isinstance(kolommen, list):
        return "\n".join([*lines, "waarden:", *(_mapping(each) for each in waarden)]) + "\n"
    listed = list(waarden)
    extra = dict.fromkeys(key for each in listed for key in each.extra if key not in kolommen)
    kolommen = [*kolommen, *extra]
    lines += [f"uri_basis: {basis}", f"kolommen: [{', '.join(kolommen)}]", "waarden:"]
    for each in listed:
        if not each.uri.startswith(basis):
            raise WaardelijstFout(path, None, f"{each.uri} does not begin with {basis}")
    return "\n".join([*lines, *(_row(each, kolommen, basis) for each in listed)]) + "\n"


def _mapping(waarde: Waarde) -> str:
    pairs = {"code": waarde.code, "uri": waarde.uri, "naam": waarde.naam, **waarde.extra}
    told = [
        f"{key}: {json.dumps(value, ensure_ascii=False) if key == 'naam' else _scalar(value)}"
        for key, value in pairs.items()
    ]
    return "- " + "\n  ".join(told)


def _row(waarde: Waarde, kolommen: Sequence[str], basis: str) -> str:
    pairs = {"code": waarde.code, "uri": waarde.uri.removeprefix(basis), "naam": waarde.naam, **waarde.extra}
    values = [pairs.get(key) for key in kolommen]
    while values and values[-1] is None:
        values.pop()
    told = [
        str(value) if key in ("code", "uri", "soort") and value is not None else _scalar(value)
        for key, value in zip(kolommen, values, strict=False)
    ]
    return f"- [{', '.join(told)}]"


def _scalar(value: object) -> str:
    if value is None or isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return f"[{', '.join(json.dumps(str(each), ensure_ascii=False) for each in value)}]"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
