"""What the public side holds of the fields that a category asks for, and of an announcement in the place of a document."""

from typing import Any

from woo.diwoo.categorieen import Categorieveld, Veldsoort
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.mededeling import Mededeling
from woo.domain.publicatie import Publicatie
from woo.registry import Reading


def public_gegevens(reading: Reading, publicatie: Publicatie, lijsten: Waardelijsten) -> dict[str, Any]:
    """The parts of the dossier that are there: `gegevens` (fields with a value) and `mededeling`, as JSON values.

    A value of a field that the categories do not ask for (any more) is not told.
    """
    waarden = reading.publiceren.velden(publicatie.id)
    velden = lijsten.categorieen.velden(publicatie.informatiecategorieen)
    gegevens = [_veld(veld, waarden[veld.naam]) for veld in velden if veld.naam in waarden]
    mededeling = reading.publiceren.mededeling(publicatie.id)
    told: dict[str, Any] = {"gegevens": gegevens} if gegevens else {}
    return told if mededeling is None else told | {"mededeling": _mededeling(mededeling)}


def _veld(veld: Categorieveld, waarde: str) -> dict[str, Any]:
    return {
        "naam": veld.naam,
        "label": veld.label,
        "waarde": waarde,
        "datum": veld.soort is Veldsoort.DATUM,
    }


def _mededeling(mededeling: Mededeling) -> dict[str, Any]:
    return {"gronden": list(mededeling.gronden), "toelichting": mededeling.toelichting}
