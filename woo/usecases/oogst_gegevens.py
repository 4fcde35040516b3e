"""What a source says of a document, in our words: codes of the value lists, checked against what the source may say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from woo.diwoo.waardelijsten import OnbekendeWaarde, Waardelijst, Waardelijsten
from woo.domain.errors import InvalidValue
from woo.oogst import Bron

_LONGEST_TITLE = 1_000
_LONGEST_TEXT = 10_000
VELDEN = ("officiele_titel", "omschrijving", "kenmerk", "documentsoort", "creatiedatum", "taal")
"""The fields of a document that a source may fill."""
LID, PAD = "lid", "pad"
"""Keys of the metadata of what comes out of an archive: that it does, and where it stands in it, for people."""


@dataclass(frozen=True, slots=True)
class Publicatiegegevens:
    """What a source says of the publicatie itself, where it does: few know more of it than its documents. `id` is that at the source."""

    id: str | None = None
    titel: str | None = None
    verkorte_titel: str | None = None
    omschrijving: str | None = None
    kenmerk: str | None = None


@dataclass(frozen=True, slots=True)
class Oogstgegevens:
    """The fields of a document and of its publicatie as a source gives them.

    `titel_gezegd` is whether its source tells of the title: what comes out of an archive has only the name of its file, until it was read.
    """

    publisher: str
    informatiecategorieen: tuple[str, ...]
    officiele_titel: str
    omschrijving: str | None
    kenmerk: str | None
    documentsoort: str | None
    creatiedatum: date | None
    taal: str | None
    themas: tuple[str, ...] = ()
    publicatie: Publicatiegegevens = Publicatiegegevens()
    titel_gezegd: bool = True

    @property
    def velden(self) -> dict[str, Any]:
        """What the source says of the document, None where it says nothing."""
        told = {naam: getattr(self, naam) for naam in VELDEN}
        return told if self.titel_gezegd else {**told, "officiele_titel": None}


def lees_gegevens(
    lijsten: Waardelijsten, bron: Bron, sleutel: str, gegevens: Mapping[str, Any]
) -> Oogstgegevens:
    """Read what a source says.

    Raises:
        InvalidValue: the publisher is none of those that the source may have, or no category is known.
    """
    publisher = _code(lijsten.organisaties, gegevens.get("publisher"))
    if publisher is None and _uri(gegevens.get("publisher")):
        raise InvalidValue("publisher", _uri(gegevens["publisher"]), "it is on no list of organisations")
    publisher = publisher or bron.publisher
    if publisher not in bron.allowed_publishers:
        why = "this source may not publish for it (keys publisher and publishers)"
        raise InvalidValue("publisher", publisher, why, accepted=sorted(bron.allowed_publishers))
    categorieen = [_code(lijsten.informatiecategorieen, each) for each in gegevens.get("categorieen", ())]
    codes = tuple(dict.fromkeys(each for each in categorieen if each)) or _eigen(bron.category)
    if not codes:
        raise InvalidValue(
            "informatiecategorie", None, "the document says none, and the source has no category"
        )
    themas = [_code(lijsten.themas, each) for each in gegevens.get("themas", ())]
    soorten = [_code(lijsten.documentsoorten, each) for each in gegevens.get("soorten", ())]
    return Oogstgegevens(
        publisher=publisher,
        informatiecategorieen=codes,
        officiele_titel=een_regel(gegevens.get("titel"))
        or naam_van(sleutel, genoemd=gegevens.get("bestandsnaam")),
        omschrijving=_text(gegevens.get("omschrijving")),
        kenmerk=een_regel(next(iter(gegevens.get("identifiers", ())), None))
        or een_regel(gegevens.get("aggregatiekenmerk")),
        documentsoort=next((each for each in soorten if each), None),
        creatiedatum=_day(gegevens.get("creatiedatum")),
        taal=_taal(lijsten.talen, gegevens.get("taal")),
        themas=tuple(dict.fromkeys(each for each in themas if each)),
        publicatie=_publicatie(gegevens.get("publicatie")),
        titel_gezegd=not gegevens.get(LID),
    )


def _publicatie(value: Any) -> Publicatiegegevens:
    if not isinstance(value, Mapping):
        return Publicatiegegevens()
    return Publicatiegegevens(
        id=een_regel(value.get("id")),
        titel=een_regel(value.get("titel")),
        verkorte_titel=een_regel(value.get("verkorte_titel")),
        omschrijving=_text(value.get("omschrijving")),
        kenmerk=een_regel(value.get("kenmerk")),
    )


def _taal(lijst: Waardelijst, value: Any) -> str | None:
    """The code of a language by its URI or label, or by its tag (BCP 47)."""
    tag = value.get("bcp47") if isinstance(value, Mapping) else None
    if tag is not None:
        return next((each.code for each in lijst if each.extra.get("bcp47") == tag), None)
    return _code(lijst, value)


def naam_van(adres: str, *, genoemd: Any = None) -> str:
    """The name of the file at this address, or the one that its source gives it: one line, without folders, never empty."""
    named = _clean(genoemd).replace("\\", "/").strip()
    naam = PurePosixPath(named or unquote(urlsplit(adres).path)).name
    return "".join(c for c in naam if c.isprintable() and c not in "/\\")[-200:].strip() or "document"


def _eigen(code: str | None) -> tuple[str, ...]:
    return () if code is None else (code,)


def _uri(value: Any) -> str | None:
    return value.get("resource") if isinstance(value, Mapping) else None


def _code(lijst: Waardelijst, value: Any) -> str | None:
    """The code of a reference on this list, by its URI or else by its label as the list has it; None where it is not on it."""
    if not isinstance(value, Mapping):
        return None
    uri = value.get("resource")
    try:
        if uri:
            return lijst.get(uri).code
    except OnbekendeWaarde:
        return None
    label = (value.get("label") or "").strip().casefold()
    return next((each.code for each in lijst if label and each.naam.casefold() == label), None)


def een_regel(value: Any) -> str | None:
    """A text of a source as one line, not too long; None where nothing is left of it."""
    text = " ".join(_clean(value).split())[:_LONGEST_TITLE].strip()
    return text or None


def _text(value: Any) -> str | None:
    return _clean(value).strip()[:_LONGEST_TEXT] or None


def _clean(value: Any) -> str:
    """Text that every database keeps."""
    text = value if isinstance(value, str) else ""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
