"""What an inventory says of a document, in plain Dutch: the judgement, why, and what it means for the reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BEOORDELINGEN = {
    "openbaar": "Openbaar",
    "deels_openbaar": "Deels openbaar",
    "niet_openbaar": "Niet openbaar",
    "reeds_openbaar": "Al eerder openbaar",
}
"""The four judgements, by code (woo.domain.inventaris.Beoordeling)."""

_BIJZONDERHEDEN = {
    "dubbel": "Dit document staat twee keer in de inventaris.",
    "buiten_verzoek": "Dit document valt buiten het verzoek.",
}


@dataclass(frozen=True, slots=True)
class Uitleg:
    """A row whose document cannot be read here: the word of the tag, a heading, and the sentences under it."""

    label: str
    kop: str
    zinnen: tuple[str, ...]


def tag(kaart: Mapping[str, Any]) -> str | None:
    """The word beside a result: why the document is not here, or that it is here in part; None when nothing is to be said."""
    regel = kaart.get("inventaris")
    if not kaart.get("beschikbaar", True) and regel:
        return uitleg(regel).label
    return "Deels openbaar" if regel and regel["beoordeling"] == "deels_openbaar" else None


def uitleg(regel: Mapping[str, Any]) -> Uitleg:
    """Say why the document of this row cannot be read here; `regel` is `inventaris` of a kaart."""
    label, kop, zinnen = _why(regel)
    extra = tuple(_BIJZONDERHEDEN[each] for each in regel["bijzonderheden"] if each in _BIJZONDERHEDEN)
    return Uitleg(label, kop, (*zinnen, *extra))


def _why(regel: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    if regel.get("ingetrokken"):
        said = "Dit document was hier openbaar en is ingetrokken. In de inventaris staat nog het nummer."
        return "Ingetrokken", "Dit document is ingetrokken", (said,)
    if regel["opgeschort"]:
        said = "Over dit document is besloten, maar de openbaarmaking wacht nog. Dat kan als iemand bezwaar heeft (artikel 4.4, vijfde lid, Woo)."
        return "Nog niet openbaar", "Dit document is nog niet openbaar", (said,)
    match regel["beoordeling"]:
        case "niet_openbaar":
            ground = (
                "De inventaris noemt de redenen hieronder."
                if regel["gronden"]
                else "De inventaris noemt geen uitzonderingsgrond. In het besluit staat meestal waarom."
            )
            said = "Dit document staat in de inventaris bij het besluit. Er is besloten om het niet openbaar te maken."
            return "Niet openbaar", "Dit document is niet openbaar", (said, ground)
        case "reeds_openbaar":
            where = (
                "Waar u het vindt, staat hieronder."
                if regel["links"]
                else "De inventaris zegt niet waar u het vindt."
            )
            said = f"Dit document was al openbaar en is daarom niet opnieuw gepubliceerd. {where}"
            return "Al eerder openbaar", "Dit document staat ergens anders", (said,)
    said = (
        f"Volgens de inventaris is dit document {BEOORDELINGEN[regel['beoordeling']].lower()}, maar het document zelf "
        "staat hier niet."
    )
    return "Staat hier niet", "Dit document staat hier niet", (said,)
