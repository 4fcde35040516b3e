"""The public history of a publicatie: what changed since it was published, in words that hold no title of a document."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from woo.domain.besluit import Woobesluit
from woo.domain.document import Document
from woo.domain.events import Actie
from woo.domain.openbaarheid import is_public
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.projection.values import utc_text
from woo.registry import Reading
from woo.registry.history import Happened

_DOCUMENT = (
    Actie.DOCUMENT_ADDED,
    Actie.DOCUMENT_CHANGED,
    Actie.DOCUMENT_REPLACED,
    Actie.DOCUMENT_WITHDRAWN,
    Actie.DOCUMENT_RELEASED,
    Actie.DOCUMENT_RESTORED,
)
_VELDEN = {
    "officiele_titel": "titel",
    "verkorte_titel": "korte titel",
    "omschrijving": "beschrijving",
    "kenmerk": "kenmerk",
    "publisher": "organisatie",
    "documentsoort": "soort document",
    "creatiedatum": "datum",
    "taal": "taal",
    "verdaging": "verdaging",
    "opschorting": "opschorting",
    "rol": "plaats in het dossier",
    "onderwerp": "onderwerp",
    "periode": "periode",
    "ontvangen_op": "dag van ontvangst",
    "organisatie": "organisatie",
    "doorzending": "doorgestuurd",
    "intrekking": "ingetrokken door de verzoeker",
}
_TERMIJN = frozenset({"verdaging", "opschorting"})
_VERZOEK = frozenset(
    {"kenmerk", "onderwerp", "periode", "ontvangen_op", "organisatie", "doorzending", "intrekking"}
)
"""What the public is told of changes to a request; questions to the requester and notices of being late are not."""


@dataclass(frozen=True, slots=True)
class Verteller:
    """What must be known to tell the history: which documents are public or have a tombstone, which decisions are told.

    `woorden` are the explanations for everyone, by their digest in the log; those that were erased are not there.
    """

    publicatie: Publicatie
    documenten: Mapping[str, Document]
    besluiten: Mapping[str, Woobesluit]
    andere: Mapping[str, Publicatie]
    woorden: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        reading: Reading,
        publicatie: Publicatie,
        gebeurd: Iterable[Happened],
        besluiten: Iterable[Woobesluit],
        andere: Mapping[str, Publicatie],
    ) -> "Verteller":
        ids = {each.object_id for each in gebeurd if each.actie in _DOCUMENT}
        documenten = {id: reading.document(id) for id in ids}
        digests = [digest for each in gebeurd if (digest := _explained(each)) is not None]
        woorden = reading.texts(digests) if digests else {}
        return cls(publicatie, documenten, {each.id: each for each in besluiten}, andere, woorden)

    @property
    def since(self) -> datetime:
        return self.publicatie.eerste_publicatie or self.publicatie.gewijzigd_op


def history(gebeurd: Sequence[Happened], of: Verteller) -> list[dict[str, Any]]:
    """The entries, the newest first: `op`, `soort`, `titel` (never that of a document) and the id of the `document`.

    With the `toelichting` for everyone where somebody gave one. A document that came before the publication is not told
    separately, one that waited is from the moment that it was shown, and one that is not public not at all. Of a
    withdrawn document is told what its tombstone tells: that it is withdrawn, and why; once restored, the gap is told too.
    """
    told = [
        (each.tijd, entry | _explanation(each, of))
        for each in gebeurd
        if (entry := _entry(each, of)) is not None
    ]
    told += [(moment, entry) for moment, entry in _partial_decisions(of) if moment > of.since]
    told.sort(key=lambda one: one[0], reverse=True)
    return [{"op": utc_text(moment), **entry} for moment, entry in told]


def published_moment(op: datetime) -> dict[str, Any]:
    """The entry with which every history begins."""
    return {"op": utc_text(op), **_told("gepubliceerd", "Gepubliceerd")}


def _explained(each: Happened) -> str | None:
    """The digest of the explanation for everyone, where this line has one."""
    said = each.details.get("publieke_toelichting")
    return str(said["digest"]) if isinstance(said, dict) and "digest" in said else None


def _explanation(each: Happened, of: Verteller) -> dict[str, Any]:
    text = of.woorden.get(_explained(each) or "")
    return {} if text is None else {"toelichting": text}


def _entry(each: Happened, of: Verteller) -> dict[str, Any] | None:
    if each.actie is Actie.PUBLICATIE_PUBLISHED:
        return _told("gepubliceerd", "Gepubliceerd")
    if each.tijd <= of.since:
        return None
    if each.actie in _DOCUMENT:
        return _document(each, of)
    match each.actie:
        case Actie.PUBLICATIE_CHANGED:
            return _told("gewijzigd", f"Gegevens gewijzigd{_fields(each)}")
        case Actie.PUBLICATIE_WITHDRAWN:
            return _told("ingetrokken", f"Publicatie ingetrokken: {each.details.get('reden', '')}")
        case Actie.PUBLICATIE_RESTORED:
            return _told("hersteld", "Publicatie hersteld: zij is weer openbaar")
        case Actie.VERZOEK_CHANGED:
            return _verzoek(each)
        case Actie.INVENTARIS_IMPORTED:
            return _told("inventaris", _inventory(each.details))
        case Actie.PROCEDURE_REGISTERED | Actie.PROCEDURE_CHANGED if each.details["besluit"] in of.besluiten:
            return _told("procedure", _procedure(each.details))
        case Actie.BESLUIT_REGISTERED if _unlinked(each.object_id, of):
            return _told("deelbesluit", _besluit(of.besluiten[each.object_id]))
    return None


def _verzoek(each: Happened) -> dict[str, Any] | None:
    velden = set(str(each.details.get("velden", "")).split(","))
    if velden & _TERMIJN:
        return _told("gewijzigd", f"Termijn van het verzoek gewijzigd{_fields(each)}")
    if velden & _VERZOEK:
        return _told("gewijzigd", f"Gegevens van het verzoek gewijzigd{_fields(each)}")
    return None


def _document(each: Happened, of: Verteller) -> dict[str, Any] | None:
    document = of.documenten[each.object_id]
    match each.actie:
        case Actie.DOCUMENT_WITHDRAWN if document.intrekking is not None or is_public(
            document, of.publicatie
        ):
            reden = each.details.get("reden", "")
            return _told("document_ingetrokken", f"Document ingetrokken: {reden}", document.id)
        case Actie.DOCUMENT_RESTORED if document.intrekking is not None or is_public(document, of.publicatie):
            return _told("document_hersteld", "Document hersteld: het is weer openbaar", document.id)
    if document.intrekking is not None or not is_public(document, of.publicatie):
        return None
    if document.vrijgegeven_op is not None and each.tijd < document.vrijgegeven_op:
        return None  # it waited then: nothing of it is told from before the moment that it was shown
    match each.actie:
        case Actie.DOCUMENT_ADDED | Actie.DOCUMENT_RELEASED:
            return _told("document_toegevoegd", "Document toegevoegd", document.id)
        case Actie.DOCUMENT_REPLACED:
            versie = each.details["versie"]
            return _told("document_vervangen", f"Document vervangen door versie {versie}", document.id)
        case Actie.DOCUMENT_CHANGED:
            return _told("gewijzigd", f"Gegevens van een document gewijzigd{_fields(each)}", document.id)
    return None


def _partial_decisions(of: Verteller) -> Iterable[tuple[datetime, dict[str, Any]]]:
    """Decisions on the same request that another publicatie shows, from the moment that it was published."""
    for besluit in of.besluiten.values():
        ander = of.andere.get(besluit.publicatie_id or "")
        if ander is not None and ander.eerste_publicatie is not None:
            gone = ander.status is Publicatiestatus.INGETROKKEN
            titel = _besluit(besluit) + (" (publicatie later ingetrokken)" if gone else "")
            yield ander.eerste_publicatie, _told("deelbesluit", titel)


def _unlinked(id: str, of: Verteller) -> bool:
    return id in of.besluiten and of.besluiten[id].publicatie_id is None


def _besluit(besluit: Woobesluit) -> str:
    if besluit.deelbesluit is None:
        return f"Besluit {besluit.kenmerk}"
    return f"Deelbesluit {besluit.deelbesluit} ({besluit.kenmerk})"


def _procedure(details: Mapping[str, Any]) -> str:
    wat = Proceduresoort(details["soort"]).naam
    if details["uitkomst"] is None:
        return f"{wat} ingediend"
    return f"{wat} {Procedureuitkomst(details['uitkomst']).naam}"


def _inventory(details: Mapping[str, Any]) -> str:
    counts = [f"{details[name]} {name}" for name in ("nieuw", "gewijzigd", "verdwenen") if details.get(name)]
    return f"Inventaris bijgewerkt: {', '.join(counts)}" if counts else "Inventaris bijgewerkt"


def _fields(each: Happened) -> str:
    known = [_VELDEN[name] for name in str(each.details.get("velden", "")).split(",") if name in _VELDEN]
    return f": {', '.join(known)}" if known else ""


def _told(soort: str, titel: str, document: str | None = None) -> dict[str, Any]:
    return {"soort": soort, "titel": titel, "document": document}
