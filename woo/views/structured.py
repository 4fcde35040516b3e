"""What machines are told of a document or publicatie on its page: schema.org data, and Open Graph properties."""

from collections.abc import Mapping
from typing import Any

Kaart = Mapping[str, Any]
_PUBLISHER = "GovernmentOrganization"
_MOST_DESCRIBED = 300


def document_data(
    kaart: Kaart, *, id: str, url: str, file_url: str | None, publicatie_url: str
) -> dict[str, Any]:
    """A document as schema.org DigitalDocument (schema.org/DigitalDocument) for a JSON-LD block.

    The addresses are whole ones, `url` that of the page and `id` the same in every language; what is not known is left out.
    """
    data = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "@id": id,
        "url": url,
        "name": kaart["officieleTitel"],
        "description": kaart.get("omschrijving"),
        "identifier": [value for value in (kaart["id"], kaart.get("kenmerk")) if value],
        "version": kaart.get("versie", 1),
        "dateCreated": kaart.get("creatiedatum"),
        "datePublished": kaart["publicatiedatum"],
        "dateModified": kaart["gewijzigdOp"],
        "inLanguage": kaart.get("taal"),
        "genre": kaart["documentsoort"]["naam"] if kaart.get("documentsoort") else None,
        "about": [category["naam"] for category in kaart["informatiecategorieen"]],
        "isAccessibleForFree": True,
        "publisher": _organisation(kaart),
        "isPartOf": {"@type": "Dataset", "@id": publicatie_url, "name": kaart["publicatie"]["titel"]},
        "encoding": _file(kaart, file_url),
    }
    return _known(data)


def publicatie_data(kaart: Kaart, *, id: str, url: str, documents_url: str) -> dict[str, Any]:
    """A publicatie as schema.org Dataset: its documents come as JSON from `documents_url`, and `id` is the same in every language."""
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": id,
        "url": url,
        "name": kaart["officieleTitel"],
        "alternateName": kaart.get("verkorteTitel"),
        "description": kaart.get("omschrijving") or kaart["officieleTitel"],
        "identifier": [value for value in (kaart["id"], kaart.get("kenmerk")) if value],
        "datePublished": kaart["publicatiedatum"],
        "dateModified": kaart["gewijzigdOp"],
        "about": [category["naam"] for category in kaart["informatiecategorieen"]],
        "isAccessibleForFree": True,
        "publisher": _organisation(kaart),
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/json",
            "contentUrl": documents_url,
        },
    }
    return _known(data)


def open_graph(kaart: Kaart, *, url: str, site: str) -> tuple[tuple[str, str], ...]:
    """The properties that a shared link is shown by (ogp.me), in order."""
    found = [
        ("og:type", "article"),
        ("og:site_name", site),
        ("og:title", kaart["officieleTitel"]),
        ("og:description", _short(kaart.get("omschrijving") or "")),
        ("og:url", url),
        ("article:published_time", kaart["publicatiedatum"]),
        ("article:modified_time", kaart["gewijzigdOp"]),
    ]
    return tuple((name, value) for name, value in found if value)


def _organisation(kaart: Kaart) -> dict[str, Any]:
    publisher = kaart["publisher"]
    return {"@type": _PUBLISHER, "@id": publisher["uri"], "name": publisher["naam"]}


def _file(kaart: Kaart, url: str | None) -> dict[str, Any] | None:
    bestand = kaart.get("bestand")
    if not bestand or url is None:
        return None
    return {
        "@type": "MediaObject",
        "name": bestand["naam"],
        "contentUrl": url,
        "encodingFormat": bestand["mime"],
        "contentSize": f"{bestand['grootte']} B",
        "sha256": bestand["sha256"],
    }


def _known(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_DESCRIBED else f"{line[: _MOST_DESCRIBED - 1].rstrip()}…"
