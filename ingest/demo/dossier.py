"""Reads the fictional dossiers: one YAML file per publicatie, its documents with their text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml

from ingest.demo.verzoek import DemoVerzoek, demo_verzoek
from woo.domain.errors import InvalidValue

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

VORMEN = ("brief", "email", "notitie", "inventaris", "rapport")
_STUK = frozenset(("bestand", "titel", "soort", "datum", "vorm", "stijl", "tekst", "scan"))


class DossierFout(ValueError):
    """A dossier of the demo cannot be used; the message names file, document and reason."""

    def __init__(self, path: Path, what: str, why: str) -> None:
        super().__init__(f"{path}: {what}: {why}")


@dataclass(frozen=True, slots=True)
class Stuk:
    """One document to be drawn: its metadata, its form, its sender's style, its text in our light markup.

    `delen` holds what only its form needs (addressee, messages, rows of the inventory, figures). `scan` is the angle in
    degrees of a document that is to look scanned, None for one that is not.
    """

    bestand: str
    titel: str
    soort: str
    datum: date
    vorm: str
    stijl: str
    tekst: str
    scan: float | None = None
    delen: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dossier:
    """One publicatie of the demo before its PDFs are drawn."""

    map: str
    officiele_titel: str
    omschrijving: str
    informatiecategorie: str
    kenmerk: str
    besluitdatum: date
    publicatiedatum: date
    status: Literal["gepubliceerd", "concept"]
    stukken: tuple[Stuk, ...]
    verzoek: DemoVerzoek | None = None
    velden: Mapping[str, str] = field(default_factory=dict)
    themas: tuple[str, ...] = ()


def read_dossiers(folder: Path) -> tuple[Dossier, ...]:
    """Read every dossier below `folder`, in the order of the file names; raises DossierFout."""
    return tuple(_read(path) for path in sorted(folder.glob("*.yaml")))


def _read(path: Path) -> Dossier:
    try:
        content = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise DossierFout(path, "the file", f"no valid YAML: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("documenten"), list):
        raise DossierFout(path, "the file", "must hold a publicatie with the list 'documenten'")
    status = content.get("status", "gepubliceerd")
    if status not in ("gepubliceerd", "concept"):
        raise DossierFout(path, "publicatie", f"status must be gepubliceerd or concept, not {status!r}")
    stukken = tuple(_read_stuk(path, item) for item in content["documenten"])
    return Dossier(
        map=path.stem,
        officiele_titel=_text(path, "publicatie", content, "officiele_titel"),
        omschrijving=_text(path, "publicatie", content, "omschrijving"),
        informatiecategorie=_text(path, "publicatie", content, "informatiecategorie"),
        kenmerk=_text(path, "publicatie", content, "kenmerk"),
        besluitdatum=_date(path, "publicatie", content, "besluitdatum"),
        publicatiedatum=_date(path, "publicatie", content, "publicatiedatum"),
        status=status,
        stukken=stukken,
        verzoek=_read_verzoek(path, content.get("verzoek")),
        themas=tuple(content.get("themas", ())),
        velden={str(naam): str(waarde) for naam, waarde in content.get("velden", {}).items()},
    )


def _read_verzoek(path: Path, content: object) -> DemoVerzoek | None:
    if content is None:
        return None
    try:
        return demo_verzoek(content)  # type: ignore[arg-type]  # what is no mapping raises TypeError
    except (KeyError, TypeError, ValueError, IndexError, InvalidValue) as error:
        raise DossierFout(path, "verzoek", f"cannot be read: {error}") from error


def _read_stuk(path: Path, item: Mapping[str, Any]) -> Stuk:
    what = str(item.get("bestand"))
    vorm = _text(path, what, item, "vorm")
    if vorm not in VORMEN:
        raise DossierFout(path, what, f"vorm must be one of {', '.join(VORMEN)}, not {vorm!r}")
    bestand = _text(path, what, item, "bestand")
    if Path(bestand).name != bestand or not bestand.endswith(".pdf"):
        raise DossierFout(path, what, "bestand must be a plain file name that ends in .pdf")
    return Stuk(
        bestand=bestand,
        titel=_text(path, what, item, "titel"),
        soort=_text(path, what, item, "soort"),
        datum=_date(path, what, item, "datum"),
        vorm=vorm,
        stijl=item.get("stijl", "zuiderveld"),
        tekst=item.get("tekst", ""),
        scan=item.get("scan"),
        delen={key: value for key, value in item.items() if key not in _STUK},
    )


def _text(path: Path, what: str, content: Mapping[str, Any], key: str) -> str:
    value = content.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DossierFout(path, what, f"{key} must be text, it is {value!r}")
    return " ".join(value.split())


def _date(path: Path, what: str, content: Mapping[str, Any], key: str) -> date:
    value = content.get(key)
    if type(value) is not date:
        raise DossierFout(path, what, f"{key} must be a date like 2026-01-31, it is {value!r}")
    return value
