"""Proposals to rows of the database and back."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy.engine import Row

from woo.domain.inventaris import Beoordeling, Bijzonderheid, Inventarisregel
from woo.domain.inventarisvoorstel import Bevindingen, Celmelding, Inventarisvoorstel, Rijsoort, Voorstelrij

Values = dict[str, Any]
_NAMES = tuple(each.name for each in fields(Inventarisregel))


def voorstel_values(voorstel: Inventarisvoorstel) -> Values:
    found = voorstel.bevindingen
    return {
        "id": voorstel.id,
        "publicatie_id": voorstel.publicatie_id,
        "sha256": voorstel.sha256,
        "bestandsnaam": voorstel.bestandsnaam,
        "grootte": voorstel.grootte,
        "gemaakt_door": voorstel.gemaakt_door,
        "gemaakt_op": voorstel.gemaakt_op,
        "vervalt_op": voorstel.vervalt_op,
        "stand": voorstel.stand,
        "rijen": voorstel.rijen,
        "tellingen": {soort.value: count for soort, count in voorstel.tellingen.items()},
        "wijze": dict(voorstel.wijze),
        "opmerkingen": list(voorstel.opmerkingen),
        "bevindingen": {
            "verplaatst": found.verplaatst,
            "geblokkeerd": [list(each) for each in found.geblokkeerd],
            "straks": [list(each) for each in found.straks],
            "dubbelzinnig": [[nummer, list(ids)] for nummer, ids in found.dubbelzinnig],
            "zonder_document": found.zonder_document,
            "zonder_regel": found.zonder_regel,
        },
        "overgenomen_op": voorstel.overgenomen_op,
    }


def to_voorstel(row: Row[Any]) -> Inventarisvoorstel:
    found = row.bevindingen
    return Inventarisvoorstel(
        id=row.id,
        publicatie_id=row.publicatie_id,
        sha256=row.sha256,
        bestandsnaam=row.bestandsnaam,
        grootte=row.grootte,
        gemaakt_door=row.gemaakt_door,
        gemaakt_op=row.gemaakt_op,
        vervalt_op=row.vervalt_op,
        stand=row.stand,
        rijen=row.rijen,
        tellingen={Rijsoort(soort): count for soort, count in row.tellingen.items()},
        wijze=row.wijze,
        opmerkingen=tuple(row.opmerkingen),
        bevindingen=Bevindingen(
            verplaatst=found["verplaatst"],
            geblokkeerd=tuple((nummer, id) for nummer, id in found["geblokkeerd"]),
            straks=tuple((nummer, id) for nummer, id in found["straks"]),
            dubbelzinnig=tuple((nummer, tuple(ids)) for nummer, ids in found["dubbelzinnig"]),
            zonder_document=found["zonder_document"],
            zonder_regel=found["zonder_regel"],
        ),
        overgenomen_op=row.overgenomen_op,
    )


def rij_values(voorstel_id: str, rij: Voorstelrij) -> Values:
    return {
        "voorstel_id": voorstel_id,
        "plaats": rij.plaats,
        "soort": rij.soort.value,
        "rij": rij.rij,
        "volgorde": rij.volgorde,
        "nummer": rij.nummer,
        "nieuw": None if rij.nieuw is None else regel_json(rij.nieuw),
        "oud": None if rij.oud is None else regel_json(rij.oud),
        "velden": list(rij.velden),
        "meldingen": [[each.is_fout, each.kolom, each.waarde, each.uitleg] for each in rij.meldingen],
        "let_op": any(not each.is_fout for each in rij.meldingen),
    }


def to_rij(row: Row[Any]) -> Voorstelrij:
    return Voorstelrij(
        plaats=row.plaats,
        soort=Rijsoort(row.soort),
        rij=row.rij,
        volgorde=row.volgorde,
        nummer=row.nummer,
        nieuw=None if row.nieuw is None else regel_of(row.nieuw),
        oud=None if row.oud is None else regel_of(row.oud),
        velden=tuple(row.velden),
        meldingen=tuple(Celmelding(*each) for each in row.meldingen),
    )


def regel_json(regel: Inventarisregel) -> dict[str, Any]:
    """A row as JSON values."""
    values = {name: getattr(regel, name) for name in _NAMES}
    return values | {
        "beoordeling": regel.beoordeling.value,
        "gronden": list(regel.gronden),
        "bijzonderheden": [each.value for each in regel.bijzonderheden],
        "datum": None if regel.datum is None else regel.datum.isoformat(),
        "links": list(regel.links),
        "gerelateerd": list(regel.gerelateerd),
        "zaaknummers": list(regel.zaaknummers),
        "overig": dict(regel.overig),
        "wetten": list(regel.wetten),
    }


def regel_of(values: Mapping[str, Any]) -> Inventarisregel:
    """The row that `regel_json` made these values of."""
    lists = ("gronden", "links", "gerelateerd", "zaaknummers", "wetten")
    datum = values["datum"]
    read = dict(values) | {
        **{name: tuple(values[name]) for name in lists},
        "beoordeling": Beoordeling(values["beoordeling"]),
        "bijzonderheden": tuple(map(Bijzonderheid, values["bijzonderheden"])),
        "datum": None if datum is None else date.fromisoformat(datum),
        "overig": MappingProxyType(dict(values["overig"])),
    }
    return Inventarisregel(**read)
