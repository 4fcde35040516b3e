"""Everything of one publicatie as a ZIP: its public files, inventory and metadata, each asked of the gate when it is written."""

import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from search_api import addresses, answers, dossier
from search_api.parts import Parts
from woo.exports import inventaris
from woo.exports.csv_rows import Cell, csv_rows
from woo.exports.names import UniqueNames
from woo.exports.zip_stream import CHUNK, Member, Omitted, zip_stream
from woo.index.port import Kaart
from woo.index.query import Filters, SearchQuery, Sortering
from woo.storage.port import PublicPublicatie, Regel

_PER_QUESTION = 100


def zip_of(parts: Parts, publicatie: PublicPublicatie) -> Iterator[bytes]:
    """Yield the ZIP: `publicatie.json`, `inventaris.csv` where there is one, the files, `manifest.jsonl`, `SHA256SUMS`.

    A document that is withdrawn before its turn is left out, which the manifest says with its id alone. Memory stays the
    same whatever the size. Raises Unavailable as gate, index and store do; the ZIP then has no end.
    """
    return zip_stream(_members(parts, publicatie))


def _members(parts: Parts, publicatie: PublicPublicatie) -> Iterator[Member | Omitted]:
    names = UniqueNames()
    for taken in ("publicatie.json", "inventaris.csv", "manifest.jsonl", "SHA256SUMS"):
        names.name(taken)
    told = {
        **answers.publicatie(publicatie.kaart, parts.site),
        **dossier.answer(parts.gate, publicatie, parts.site),
    }
    content = json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")
    yield Member("publicatie.json", [content], "application/json", len(content))
    regels = parts.gate.inventaris(publicatie.id)
    if regels:
        yield Member("inventaris.csv", csv_of(parts, regels), "text/csv")
    for kaart in documents_in_order(parts, publicatie.id):
        yield from _file(parts, kaart, names)


def csv_of(parts: Parts, regels: tuple[Regel, ...]) -> Iterator[bytes]:
    """The rows of an inventory as CSV, also those without a file."""
    return csv_rows(inventaris.HEADER, (cells_of(parts, regel) for regel in regels))


def cells_of(parts: Parts, regel: Regel) -> list[Cell]:
    """One row as a spreadsheet shows it, with the public address of its document at this moment."""
    return inventaris.cells(regel, parts.uitleg, lambda of: public_address(parts, of))


def public_address(parts: Parts, regel: Regel) -> str | None:
    """The address of the document of a row, where that is public at this moment."""
    public = None if regel["document"] is None else parts.gate.find(regel["document"])
    return None if public is None else parts.site + addresses.document(public.id)


def documents_in_order(parts: Parts, publicatie_id: str) -> Iterator[Kaart]:
    """Every public document of a publicatie, in its own order."""
    query = SearchQuery(
        filters=Filters({"publicatie": (publicatie_id,), "beschikbaar": ("ja",)}),
        sortering=Sortering.VOLGNUMMER,
        aantal=_PER_QUESTION,
    )
    while True:
        results = parts.index.search(query, excluded=parts.gate.excluded())
        yield from (hit.kaart for hit in results.hits)
        if results.volgende is None:
            return
        query = SearchQuery(
            filters=query.filters, sortering=query.sortering, aantal=_PER_QUESTION, na=results.volgende
        )


def _file(parts: Parts, listed: Kaart, names: UniqueNames) -> Iterator[Member | Omitted]:
    """The file of a document; nothing for one without a file."""
    if not listed.get("bestand"):
        return
    document = parts.gate.find(listed["id"])
    file = None if document is None else parts.store.open_file(document.id)
    if document is None or document.bestand is None or file is None:
        why = "niet meer openbaar toen dit bestand aan de beurt was"
        yield Omitted(
            {"id": listed["id"], "reden": why, "url": parts.site + addresses.document(listed["id"])}
        )
        return
    with file:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        yield Member(
            names.name(f"{document.kaart['volgnummer']:04}-{document.bestand.naam}"),
            _chunks(file),
            document.bestand.mime,
            size,
            datetime.fromisoformat(document.kaart["gewijzigdOp"]),
            _told(parts, document.kaart),
        )


def _told(parts: Parts, kaart: Kaart) -> dict[str, Any]:
    return {
        "id": kaart["id"],
        "officieleTitel": kaart["officieleTitel"],
        "versie": kaart["versie"],
        "url": parts.site + addresses.document(kaart["id"]),
    }


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
