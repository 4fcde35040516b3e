"""What an inventory says of a document, in plain Dutch: the judgement, why, and what it means for the reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from woo.taal import gettext, gettext_noop

BEOORDELINGEN = {
    "openbaar": gettext_noop("Openbaar"),
    "deels_openbaar": gettext_noop("Deels openbaar"),
    "niet_openbaar": gettext_noop("Niet openbaar"),
    "reeds_openbaar": gettext_noop("Al eerder openbaar"),
}
"""The four judgements, by code (woo.domain.inventaris.Beoordeling)."""

_BIJZONDERHEDEN = {
    "dubbel": gettext_noop("Dit document staat twee keer in de inventaris."),
    "buiten_verzoek": gettext_noop("Dit document valt buiten het verzoek."),
    "alleen_aan_verzoeker": gettext_noop("Alleen degene die erom vroeg, krijgt dit document."),
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
    return gettext("Deels openbaar") if regel and regel["beoordeling"] == "deels_openbaar" else None


def uitleg(regel: Mapping[str, Any]) -> Uitleg:
    """Say why the document of this row cannot be read here; `regel` is `inventaris` of a kaart."""
    label, kop, zinnen = _why(regel)
    extra = tuple(
        gettext(_BIJZONDERHEDEN[each]) for each in regel["bijzonderheden"] if each in _BIJZONDERHEDEN
    )
    return Uitleg(gettext(label), gettext(kop), (*map(gettext, zinnen), *extra))


def _why(regel: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    """Tag, heading and sentences, each still to be said in the language of the reader."""
    if regel.get("ingetrokken"):
        return (
            gettext_noop("Ingetrokken"),
            gettext_noop("Dit document is ingetrokken"),
            (
                gettext_noop(
                    "Dit document was hier openbaar en is ingetrokken. In de inventaris staat nog het nummer."
                ),
            ),
        )
    if regel["opgeschort"]:
        return (
            gettext_noop("Nog niet openbaar"),
            gettext_noop("Dit document is nog niet openbaar"),
            (
                gettext_noop(
                    "Over dit document is besloten, maar de openbaarmaking wacht nog. Dat kan als iemand bezwaar heeft "
                    "(artikel 4.4, vijfde lid, Woo)."
                ),
            ),
        )
    match regel["beoordeling"]:
        case "niet_openbaar":
            return _refused(regel)
        case "reeds_openbaar":
            return _elsewhere(regel)
    whole = gettext_noop(
        "Volgens de inventaris is dit document openbaar, maar het document zelf staat hier niet."
    )
    part = gettext_noop(
        "Volgens de inventaris is dit document deels openbaar, maar het document zelf staat hier niet."
    )
    said = part if regel["beoordeling"] == "deels_openbaar" else whole
    return gettext_noop("Staat hier niet"), gettext_noop("Dit document staat hier niet"), (said,)


def _refused(regel: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    ground = (
        gettext_noop("De inventaris noemt de redenen hieronder.")
        if regel["gronden"]
        else gettext_noop("De inventaris noemt geen uitzonderingsgrond. In het besluit staat meestal waarom.")
    )
    said = gettext_noop(
        "Dit document staat in de inventaris bij het besluit. Er is besloten om het niet openbaar te maken."
    )
    return gettext_noop("Niet openbaar"), gettext_noop("Dit document is niet openbaar"), (said, ground)


def _elsewhere(regel: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    said = (
        gettext_noop(
            "Dit document was al openbaar en is daarom niet opnieuw gepubliceerd. Waar u het vindt, staat hieronder."
        )
        if regel["links"]
        else gettext_noop(
            "Dit document was al openbaar en is daarom niet opnieuw gepubliceerd. De inventaris zegt niet waar u het vindt."
        )
    )
    return gettext_noop("Al eerder openbaar"), gettext_noop("Dit document staat ergens anders"), (said,)
