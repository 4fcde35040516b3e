"""The bodies of the API's answers, as JSON values."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.responses import Response

from search_api import addresses
from search_api.related import Group, Related
from search_api.searching import Answer, Found
from woo.diwoo.waardelijsten import Waardelijst
from woo.index.port import Kaart
from woo.sandbox import WordBox
from woo.storage.port import PublicPage


def json_response(body: object, *, headers: Mapping[str, str] | None = None) -> Response:
    """An answer of plain JSON values; not validated again, tests hold it against the API description."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return Response(content, media_type="application/json", headers=dict(headers or {}))


def timing(answer: Answer) -> dict[str, str]:
    """The header that tells the time spent in the search engine, in milliseconds."""
    return {"Server-Timing": f"motor;dur={answer.motor_ms:.1f}"}


def documenten(answer: Answer, site: str) -> dict[str, Any]:
    """The answer to a search for documents."""
    zoek = answer.question.zoek
    return _listed(answer, [_found_document(found, site, zoek) for found in answer.found])


def publicaties(answer: Answer, site: str) -> dict[str, Any]:
    """The answer to a search for publicaties."""
    return _listed(answer, [publicatie(found.kaart, site) for found in answer.found])


def document(kaart: Kaart, site: str, groups: Iterable[Group]) -> dict[str, Any]:
    """One document: its public metadata, where to find it, and the public documents it is related to."""
    return {
        **document_fields(kaart, site),
        "relaties": [_relatie(group, related, site) for group in groups for related in group.related],
    }


def document_fields(kaart: Kaart, site: str) -> dict[str, Any]:
    """What is told of a document anywhere.

    `relaties` of a kaart holds ids that may not be public, and stays here; `versies` are told at an address of their own.
    """
    path = addresses.file(kaart)
    return {
        **{naam: value for naam, value in kaart.items() if naam not in ("relaties", "versies")},
        "url": site + addresses.document(kaart["id"]),
        "bestandUrl": None if path is None else site + path,
    }


def _relatie(group: Group, related: Related, site: str) -> dict[str, Any]:
    soort, omgekeerd = group.key
    kaart = related.kaart
    return {
        "soort": soort,
        "omgekeerd": omgekeerd,
        "naam": group.naam,
        "gelijkenis": related.gelijkenis,
        "document": {
            "id": kaart["id"],
            "officieleTitel": kaart["officieleTitel"],
            "creatiedatum": kaart["creatiedatum"],
            "formaat": kaart["formaat"],
            "url": site + addresses.document(kaart["id"]),
        },
    }


def publicatie(kaart: Kaart, site: str) -> dict[str, Any]:
    """One publicatie: its public metadata and where to find it and its documents."""
    return {
        **kaart,
        "url": site + addresses.publicatie(kaart["id"]),
        "documentenUrl": site + addresses.with_query("/v1/documenten", [("publicatie", kaart["id"])]),
    }


def pagina(page: PublicPage, picture: str | None, words: Iterable[WordBox] | None) -> dict[str, Any]:
    """One page: text, where the text came from, and the words with their boxes when asked for."""
    body: dict[str, Any] = {
        "pagina": page.nummer,
        "label": page.label,
        "tekst": page.tekst,
        "tekstbron": page.tekstbron,
        "zekerheid": page.zekerheid,
        "leesbaar": page.leesbaar,
        "afbeeldingUrl": picture,
    }
    if words is not None:
        body["woorden"] = [
            {
                "tekst": word.text,
                "van": word.start,
                "tot": word.end,
                "kader": [round(edge, 5) for edge in (word.x0, word.y0, word.x1, word.y1)],
            }
            for word in words
        ]
    return body


def waardelijst(lijst: Waardelijst) -> dict[str, Any]:
    """One value list with the values in the order of the official list."""
    return {
        "naam": lijst.naam,
        "versie": lijst.versie,
        "waarden": [{"code": w.code, "uri": w.uri, "naam": w.naam} for w in lijst],
    }


def _listed(answer: Answer, resultaten: list[dict[str, Any]]) -> dict[str, Any]:
    body: dict[str, Any] = {
        "totaal": answer.totaal,
        "opgevatAls": answer.question.opgevat_als,
        "hints": _hints(answer),
        "bedoeld": [{"zoek": meant.zoek, "aantal": meant.aantal} for meant in answer.hulp.bedoeld],
        "volgende": answer.volgende,
        "resultaten": resultaten,
    }
    if answer.question.query.facetten:
        body["facetten"] = {
            veld: [{"waarde": f.waarde, "naam": f.naam, "aantal": f.aantal} for f in values]
            for veld, values in answer.facetten.items()
        }
    return body


def _hints(answer: Answer) -> list[dict[str, Any]]:
    """What was read otherwise than it was typed, which leads to no other question; and ways to find more."""
    parsed = answer.question.parsed
    read = [
        {"tekst": tekst, "zonder": None, "zoek": None, "aantal": None}
        for tekst in (parsed.hints if parsed else ())
    ]
    more = [
        {"tekst": hint.tekst, "zonder": hint.zonder, "zoek": hint.zoek, "aantal": hint.aantal}
        for hint in answer.hulp.hints
    ]
    return [*read, *more]


def _found_document(found: Found, site: str, zoek: str) -> dict[str, Any]:
    id = found.kaart["id"]
    return {
        **document_fields(found.kaart, site),
        "treffers": [
            {
                "pagina": treffer.pagina,
                "label": treffer.label,
                "fragment": treffer.fragment.text,
                "markeringen": [list(mark) for mark in treffer.fragment.marks],
                "url": site + addresses.document(id, pagina=treffer.pagina, zoek=zoek),
            }
            for treffer in found.treffers
        ],
        "aantalPaginasMetTreffers": found.aantal_paginas,
    }
