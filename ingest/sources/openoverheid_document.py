"""What the API of open.overheid.nl says of one document, as the documents that we take over: one for each file of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from ingest.sources.berichten import SourceItem

_VERSION = re.compile(r"_\d+$")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_PART_OF = frozenset(
    {
        "https://identifier.overheid.nl/tooi/def/thes/kern/c_4d1ea9ba",
        "https://identifier.overheid.nl/plooi/def/thes/documentrelatie/isPartOf",
    }
)
"""Roles by which a document says that it belongs to another: `is bijlage bij`, and that of the predecessor."""
_NO_IDENTIFIER = frozenset({"nvt", "n.v.t.", "-"})
ID, MUTATIE, MERK, AANTAL = "bron_id", "mutatie", "merk", "bestanden"
"""Keys of the metadata: the id at the site, when the document changed there, what marks its file, how many files it has."""


class GeenBestand(ValueError):
    """A document without a file that may be shown now."""


def id_van(value: Any) -> str | None:
    """The id of a document without the number of its version, from an id or an address that ends with it."""
    if not isinstance(value, str):
        return None
    found = _VERSION.sub("", value.rstrip("/").rpartition("/")[2])
    return found if _ID.fullmatch(found) else None


def adres_van(api: str, id: str) -> str:
    """The address of the (first) file of a document."""
    return f"{api}/documenten/{id}"


def documenten(api: str, id: str, mutatie: str | None, detail: Mapping[str, Any]) -> list[SourceItem]:
    """Each file of the newest version that may be shown; what comes after the first is a part of it.

    Raises:
        GeenBestand: it has none, or was withdrawn.
    """
    status = _dict(detail.get("plooiIntern")).get("publicatiestatus")
    if isinstance(status, str) and status != "gepubliceerd":
        raise GeenBestand(status)
    gegevens = _gegevens(api, id, detail)
    first = adres_van(api, id)
    made: list[SourceItem] = []
    for bestand in _bestanden(detail):
        loc = _eigen_adres(first, bestand, len(made)) if made else first
        merk = _text(bestand.get("hash")) or _text(bestand.get("mutatiedatumtijd")) or mutatie
        own = {"bestandsnaam": _text(bestand.get("bestandsnaam")), ID: id, MUTATIE: mutatie, MERK: merk}
        if made:
            own |= {"deel_van": first, "titel": own["bestandsnaam"] or gegevens.get("titel")}
        said = {key: value for key, value in (gegevens | own).items() if value}
        made.append(SourceItem(loc, merk, said))
    if not made:
        raise GeenBestand("it has no file")
    return [replace(each, gegevens={**each.gegevens, AANTAL: len(made)}) for each in made]


def _eigen_adres(first: str, bestand: Mapping[str, Any], nummer: int) -> str:
    """The address of a file that is not the first: as the API gives it, else by its label."""
    named = (_text(bestand.get("id")), _text(bestand.get("url")))
    given = next((each for each in named if each and each.startswith(("https://", "http://"))), None)
    return given or f"{first}/{quote(_text(bestand.get('label')) or str(nummer), safe='')}"


def _gegevens(api: str, id: str, detail: Mapping[str, Any]) -> dict[str, Any]:
    document = _dict(detail.get("document"))
    titels = _dict(document.get("titelcollectie"))
    klassen = _dict(document.get("classificatiecollectie"))
    categorieen = klassen.get("informatiecategorieen") or klassen.get("wooinformatiecategorie")
    identifiers = [each for each in _texts(document.get("identifiers")) if each.lower() not in _NO_IDENTIFIER]
    return {
        "publisher": _ref(document.get("publisher")),
        "titel": _text(titels.get("officieleTitel")),
        "verkorte_titel": next(iter(_texts(titels.get("verkorteTitels"))), None),
        "omschrijving": "\n".join(_texts(document.get("omschrijvingen"))),
        "categorieen": _refs(categorieen),
        "soorten": _refs(klassen.get("documentsoorten")),
        "themas": _refs(klassen.get("themas")),
        "identifiers": identifiers,
        "creatiedatum": _text(document.get("creatiedatum")),
        "taal": _ref(document.get("language")),
        "format": _ref(document.get("format")),
        "aggregatiekenmerk": _text(document.get("aggregatiekenmerk")),
        "deel_van": _deel_van(api, id, document, detail),
    }


def _deel_van(api: str, id: str, document: Mapping[str, Any], detail: Mapping[str, Any]) -> str | None:
    """The address of the file of the document that this one belongs to."""
    named = [_dict(document.get("isPartOf")).get("id")]
    named += [
        each.get("relation")
        for each in _dicts(detail.get("documentrelaties"))
        if each.get("role") in _PART_OF
    ]
    above = next((each for each in map(id_van, named) if each is not None and each != id), None)
    return None if above is None else adres_van(api, above)


def _bestanden(detail: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The files that may be shown of the newest version that may be shown."""
    versies = sorted(_dicts(detail.get("versies")), key=_nummer, reverse=True)
    versie = next((each for each in versies if _is_open(each)), None)
    if versie is None:
        return ()
    return [each for each in _dicts(versie.get("bestanden")) if each.get("gepubliceerd") is True]


def _is_open(versie: Mapping[str, Any]) -> bool:
    """A version that is blocked is not shown until its moment comes."""
    if not versie.get("blokkades"):
        return True
    try:
        moment = datetime.fromisoformat(str(versie.get("zichtbaarheidsdatumtijd")))
    except ValueError:
        return False
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) <= datetime.now(UTC)


def _nummer(versie: Mapping[str, Any]) -> int:
    nummer = versie.get("nummer")
    return nummer if isinstance(nummer, int) else 0


def _ref(value: Any) -> dict[str, str | None] | None:
    found = _dict(value)
    label, resource = _text(found.get("label")), _text(found.get("id"))
    return {"label": label, "resource": resource} if label or resource else None


def _refs(value: Any) -> list[dict[str, str | None]]:
    return [each for each in map(_ref, _dicts(value)) if each is not None]


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _texts(value: Any) -> list[str]:
    return [each for each in map(_text, value if isinstance(value, list) else ()) if each]


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
