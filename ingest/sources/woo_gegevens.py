"""What the feed of another installation says of a document and its publicatie, as plain values that every kind of source gives."""

from collections.abc import Mapping
from typing import Any


def gegevens(document: Mapping[str, Any], publicatie: Mapping[str, Any]) -> dict[str, Any]:
    """What the feed says of a document and its publicatie, as plain values; what is empty is left out."""
    named = _dict(document.get("publicatie"))
    found: dict[str, Any] = {
        "publisher": _ref(document.get("publisher")),
        "titel": _text(document.get("officieleTitel")),
        "omschrijving": _text(document.get("omschrijving")),
        "categorieen": _refs(document.get("informatiecategorieen")),
        "soorten": _refs([document.get("documentsoort")]),
        "themas": _refs(document.get("themas")),
        "identifiers": [each for each in [_text(document.get("kenmerk"))] if each],
        "creatiedatum": _text(document.get("creatiedatum")),
        "taal": {"bcp47": document["taal"]} if _text(document.get("taal")) else None,
        "publicatie": _filled(
            {
                "id": _text(named.get("id")),
                "titel": _text(publicatie.get("officieleTitel")) or _text(named.get("titel")),
                "verkorte_titel": _text(publicatie.get("verkorteTitel")),
                "omschrijving": _text(publicatie.get("omschrijving")),
                "kenmerk": _text(publicatie.get("kenmerk")) or _text(named.get("kenmerk")),
            }
        ),
    }
    return _filled(found)


def _filled(found: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value}


def _ref(value: Any) -> dict[str, str | None] | None:
    found = _dict(value)
    label, resource = _text(found.get("naam")), _text(found.get("uri"))
    return {"label": label, "resource": resource} if label or resource else None


def _refs(value: Any) -> list[dict[str, str | None]]:
    return [each for each in map(_ref, value if isinstance(value, list) else ()) if each is not None]


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
