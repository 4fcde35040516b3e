"""Reads value lists as the standard gives them out: the lists XSD of DiWoo, or one list as JSON or CSV."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from woo.diwoo.waarden import WaardelijstFout

_XS = "{http://www.w3.org/2001/XMLSchema}"
_P = "{http://dita.oasis-open.org/architecture/2005/}p"
_URI = re.compile(r"https?://[^\s<>\"]+")
_DATUM = re.compile(r"publicatiedatum:\s*(\d{4}-\d\d-\d\d)")
_GEGENEREERD = re.compile(r"gegenereerd op (\d{4}-\d\d-\d\d)")
_MOST_BYTES = 32 * 2**20

NAMEN: Mapping[str, tuple[str, str | None]] = {
    "informatiecategorielijst": ("informatiecategorieen", None),
    "documentsoortlijst": ("documentsoorten", None),
    "formatlijst": ("formaten", None),
    "taallijst": ("talen", None),
    "soorthandelinglijst": ("handelingen", None),
    "documentrelatielijst": ("documentrelaties", None),
    "redenverwijderingvervanginglijst": ("redenen_intrekking", None),
    "themalijst": ("themas", None),
    "collijst": ("organisaties", "openbaar_lichaam"),
    "gemeentelijst": ("organisaties", "gemeente"),
    "ministerielijst": ("organisaties", "ministerie"),
    "provincielijst": ("organisaties", "provincie"),
    "oorglijst": ("organisaties", "overheidsorganisatie"),
    "solijst": ("organisaties", "samenwerkingsorganisatie"),
    "waterschapslijst": ("organisaties", "waterschap"),
    "zbolijst": ("organisaties", "zelfstandig_bestuursorgaan"),
}
"""The list of ours that each type of the standard is, and of the organisations the kind that it holds."""


@dataclass(frozen=True, slots=True)
class Bronlijst:
    """One list of the standard: URI and name of each value, in its order; `soort` is the kind of organisation.

    `bron` is the URI of the set with its version (None where the file does not say), `datum` when it was published.
    """

    type: str
    waarden: tuple[tuple[str, str], ...]
    bron: str | None = None
    datum: date | None = None

    @property
    def lijst(self) -> str:
        return NAMEN[self.type][0]

    @property
    def soort(self) -> str | None:
        return NAMEN[self.type][1]

    @property
    def versie(self) -> str | None:
        """The number of the version, from the URI of the set."""
        last = None if self.bron is None else self.bron.rstrip("/").rpartition("/")[2]
        return last if last is not None and last.isdigit() else None


def read_bron(path: Path) -> list[Bronlijst]:
    """Every list in the file: an XSD holds many, JSON and CSV one (CSV names it by the name of the file).

    Raises:
        WaardelijstFout: the file cannot be read, is none of the three, or a value has no URI or name; says which and why.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise WaardelijstFout(path, None, "it is larger than 32 MB, which no value list is")
        content = path.read_bytes()
    except OSError as error:
        raise WaardelijstFout(path, None, f"cannot be read: {error.strerror or error}") from error
    kind = path.suffix.lower()
    if kind in (".xsd", ".xml"):
        return _xsd(path, content)
    if kind == ".json":
        return [_json(path, content)]
    if kind == ".csv":
        return [_csv(path, content)]
    raise WaardelijstFout(
        path, None, "it must be the lists XSD of DiWoo (.xsd), or one list as .json or .csv"
    )


def _xsd(path: Path, content: bytes) -> list[Bronlijst]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root: Any = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise WaardelijstFout(path, error.lineno, f"no well-formed XML: {error.msg}") from error
    found = []
    made = _GEGENEREERD.search("".join(root.itertext()))
    for simple in root.findall(f"{_XS}simpleType"):
        if simple.get("name") not in NAMEN:
            continue
        told = [_text(p) for p in simple.findall(f"{_XS}annotation/{_XS}documentation//{_P}")]
        rows = []
        for each in simple.iter(f"{_XS}enumeration"):
            label = next((_text(p) for p in each.iter(_P)), "")
            rows.append((each.get("value") or "", label, each.sourceline))
        day = date.fromisoformat(made[1]) if made else None
        found.append(_list(path, simple.get("name"), rows, told, day))
    if not found:
        why = f"it holds none of the lists of DiWoo ({', '.join(NAMEN)})"
        raise WaardelijstFout(path, None, why)
    return found


def _json(path: Path, content: bytes) -> Bronlijst:
    try:
        fields = json.loads(content)
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise WaardelijstFout(path, line, f"no valid JSON: {error}") from error
    items = fields.get("items") if isinstance(fields, dict) else None
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise WaardelijstFout(
            path, None, "it must hold simpleType, set_uri and items (a list of uri and label)"
        )
    rows = [(each.get("uri"), each.get("label"), None) for each in items]
    told = [fields.get("set_uri"), *(fields.get("beschrijving") or [])]
    return _list(path, fields.get("simpleType"), rows, [str(each) for each in told if each], None)


def _csv(path: Path, content: bytes) -> Bronlijst:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WaardelijstFout(path, None, "it is not UTF-8") from error
    reader = csv.DictReader(io.StringIO(text))
    if not {"uri", "label"} <= set(reader.fieldnames or ()):
        raise WaardelijstFout(path, 1, "its first line must name the columns uri and label")
    rows = [(row["uri"], row["label"], reader.line_num) for row in reader]
    return _list(path, path.stem, rows, [], None)


def _list(
    path: Path, type_: Any, rows: Sequence[tuple[Any, Any, int | None]], told: Sequence[str], day: date | None
) -> Bronlijst:
    if type_ not in NAMEN:
        raise WaardelijstFout(path, None, f"{type_!r} is none of the lists of DiWoo ({', '.join(NAMEN)})")
    if not rows:
        raise WaardelijstFout(path, None, f"the list {type_} is empty")
    seen: set[str] = set()
    for uri, label, line in rows:
        if not isinstance(uri, str) or _URI.fullmatch(uri) is None:
            raise WaardelijstFout(path, line, f"a value of {type_} has no URI: {uri!r}")
        if not isinstance(label, str) or not label.strip():
            raise WaardelijstFout(path, line, f"{uri} in {type_} has no name")
        if uri in seen:
            raise WaardelijstFout(path, line, f"{uri} stands in {type_} twice")
        seen.add(uri)
    bron = next((each for each in told if _URI.fullmatch(each)), None)
    published = next((m[1] for each in told if (m := _DATUM.search(each))), None)
    waarden = tuple((uri, label.strip()) for uri, label, _ in rows)
    return Bronlijst(type_, waarden, bron, _date(published) or day)


def _date(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
