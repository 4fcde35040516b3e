"""What the public side holds of a publicatie."""

from collections.abc import Mapping
from typing import Any

from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.publicatie import Publicatie
from woo.index.port import PublicatieEntry
from woo.projection.values import publisher_kaart, utc_text, waarde_kaart
from woo.storage.port import PublicPublicatie


def publicatie_kaart(publicatie: Publicatie, lijsten: Waardelijsten) -> dict[str, Any]:
    """The public metadata of a publicatie, with the names and shapes of the public API."""
    if publicatie.eerste_publicatie is None:
        raise ValueError(f"publicatie {publicatie.id} was never public")
    return {
        "id": publicatie.id,
        "officieleTitel": publicatie.officiele_titel,
        "verkorteTitel": publicatie.verkorte_titel,
        "omschrijving": publicatie.omschrijving,
        "kenmerk": publicatie.kenmerk,
        "publisher": publisher_kaart(publicatie, lijsten),
        "informatiecategorieen": [
            waarde_kaart(lijsten.informatiecategorieen.get(code)) for code in publicatie.informatiecategorieen
        ],
        "themas": [waarde_kaart(lijsten.themas.get(code)) for code in publicatie.themas],
        "publicatiedatum": utc_text(publicatie.eerste_publicatie),
        "gewijzigdOp": utc_text(publicatie.gewijzigd_op),
    }


def publicatie_entry(publicatie: Publicatie, lijsten: Waardelijsten) -> PublicatieEntry:
    """What can be found of a public publicatie."""
    kaart = publicatie_kaart(publicatie, lijsten)
    return PublicatieEntry(
        id=publicatie.id,
        officiele_titel=publicatie.officiele_titel,
        publisher=kaart["publisher"]["code"],
        publisher_naam=kaart["publisher"]["naam"],
        provincie=lijsten.organisatieregister.provincie(kaart["publisher"]["code"]),
        soort_organisatie=lijsten.organisatieregister.soort(kaart["publisher"]["code"]),
        informatiecategorieen=publicatie.informatiecategorieen,
        themas=publicatie.themas,
        publicatiedatum=publicatie.eerste_publicatie or publicatie.aangemaakt_op,
        kaart=kaart,
        omschrijving=publicatie.omschrijving or "",
        kenmerk=publicatie.kenmerk or "",
    )


def public_publicatie(
    publicatie: Publicatie, lijsten: Waardelijsten, dossier: Mapping[str, Any] | None = None
) -> PublicPublicatie:
    """What can be read of a public publicatie, beside the rows of its inventory."""
    return PublicPublicatie(publicatie.id, publicatie_kaart(publicatie, lijsten), dossier or {})
