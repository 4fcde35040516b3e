"""The dossier of a publicatie as the public may see it at this moment: what it refers to is looked up behind the gate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_api import addresses
from search_api.gate import Gate
from search_api.problems import WithdrawnError
from woo.domain.errors import NotFound
from woo.index.port import Kaart
from woo.storage.port import PublicPublicatie, Regel, Withdrawn

_GONE = "document_ingetrokken"


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the history; `kaart` is the document that it is about, where that is public."""

    op: str
    soort: str
    titel: str
    document: str | None
    kaart: Kaart | None
    toelichting: str | None = None


def history(gate: Gate, publicatie: PublicPublicatie, *, most: int | None = None) -> tuple[Moment, ...]:
    """The history, the newest first; an entry about a document that is not public is left out, but that it was withdrawn.

    `most` ends it after so many entries.
    """
    found: list[Moment] = []
    for entry in publicatie.dossier.get("geschiedenis", ()):
        if most is not None and len(found) == most:
            break
        id, soort = entry["document"], entry["soort"]
        document = None if id is None or soort == _GONE else gate.find(id)
        if id is None or soort == _GONE or document is not None:
            kaart = None if document is None else document.kaart
            found.append(Moment(entry["op"], soort, entry["titel"], id, kaart, entry.get("toelichting")))
    return tuple(found)


def is_complete(publicatie: PublicPublicatie) -> bool:
    """Whether the history goes back to the publication."""
    return bool(publicatie.dossier.get("geschiedenisVolledig", True))


def requests(gate: Gate, publicatie: PublicPublicatie) -> list[dict[str, Any]]:
    """The requests with their decisions; in place of its id each decision has the publicatie that shows it, where public."""
    return [
        {**verzoek, "besluiten": [_besluit(gate, besluit, publicatie) for besluit in verzoek["besluiten"]]}
        for verzoek in publicatie.dossier.get("verzoeken", ())
    ]


def _besluit(gate: Gate, besluit: Mapping[str, Any], own: PublicPublicatie) -> dict[str, Any]:
    id = besluit["publicatie"]
    shown = own if id == own.id else None if id is None else _public(gate, id)
    told = None if shown is None else {"id": shown.id, "titel": shown.kaart["officieleTitel"]}
    return {**besluit, "publicatie": told, "dezePublicatie": id == own.id}


def _public(gate: Gate, id: str) -> PublicPublicatie | None:
    try:
        return gate.publicatie(id)
    except (NotFound, WithdrawnError):
        return None


def documents_of(gate: Gate, regels: Iterable[Regel]) -> dict[str, Kaart]:
    """The public documents that these rows are about, by id."""
    ids = {regel["document"] for regel in regels if regel["document"] and not regel["ingetrokken"]}
    found = {id: gate.find(id) for id in ids}
    return {id: document.kaart for id, document in found.items() if document is not None}


def answer(gate: Gate, publicatie: PublicPublicatie, site: str) -> dict[str, Any]:
    """What the API tells of a dossier beside the metadata of its publicatie."""
    path = f"/v1{addresses.publicatie(publicatie.id)}"
    inventaris = publicatie.dossier.get("inventaris")
    verzoeken = requests(gate, publicatie)
    for verzoek in verzoeken:
        for besluit in verzoek["besluiten"]:
            if besluit["publicatie"] is not None:
                besluit["publicatie"]["url"] = site + addresses.publicatie(besluit["publicatie"]["id"])
    return {
        "verzoeken": verzoeken,
        "inventaris": None
        if inventaris is None
        else {
            **inventaris,
            "url": f"{site}{path}/inventaris",
            "csvUrl": f"{site}{path}/inventaris.csv",
            "xlsxUrl": f"{site}{path}/inventaris.xlsx",
            "pdfUrl": f"{site}{path}/inventaris.pdf",
        },
        "contact": publicatie.dossier.get("contact"),
        "gegevens": [
            {name: veld[name] for name in ("naam", "label", "waarde")}
            for veld in publicatie.dossier.get("gegevens", ())
        ],
        "mededeling": publicatie.dossier.get("mededeling"),
        "geschiedenis": [_moment(moment, site) for moment in history(gate, publicatie)],
        "geschiedenisVolledig": is_complete(publicatie),
        "ingetrokkenDocumenten": [_tombstone(entry, site) for entry in gate.tombstones(publicatie.id)],
        "zipUrl": f"{site}{path}/zip",
    }


def row(regel: Regel, documents: Mapping[str, Kaart], site: str) -> dict[str, Any]:
    """One row of the inventory as the API tells it; its document only where that is public or withdrawn."""
    id = regel["document"]
    public = id in documents
    told = id if public or regel["ingetrokken"] else None
    file = addresses.file(documents[id]) if public else None
    return {
        **regel,
        "wetten": regel.get("wetten", []),  # the store may hold rows of before they were told
        "document": told,
        "documentUrl": None if told is None else site + addresses.document(told),
        "bestandUrl": None if file is None else site + file,
    }


def rows(regels: Sequence[Regel], documents: Mapping[str, Kaart], site: str) -> list[dict[str, Any]]:
    return [row(regel, documents, site) for regel in regels]


def _moment(moment: Moment, site: str) -> dict[str, Any]:
    id = moment.document
    return {
        "op": moment.op,
        "soort": moment.soort,
        "titel": moment.titel,
        "toelichting": moment.toelichting,
        "document": id,
        "documentUrl": None if id is None else site + addresses.document(id),
    }


def _tombstone(entry: Withdrawn, site: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "ingetrokkenOp": entry.op.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "reden": entry.reden,
        "titel": entry.titel or None,
        "url": site + addresses.document(entry.id),
    }
