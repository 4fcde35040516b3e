"""Fill the fields that the categories of a publicatie ask for, and make an announcement of it."""

from collections.abc import Mapping

from woo.diwoo.categorieen import Categorieveld
from woo.diwoo.gronden import normaliseer_grond
from woo.domain.actor import Actor
from woo.domain.document import Bestemming
from woo.domain.errors import InvalidValue, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.mededeling import Mededeling
from woo.domain.openbaarheid import is_public_publicatie
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Reading, Transaction
from woo.usecases.codes import checked_code
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_publicatie


def fields_of(
    platform: Platform, reading: Reading, publicatie: Publicatie
) -> tuple[tuple[Categorieveld, ...], dict[str, str]]:
    """The fields that the categories of this publicatie ask for, and the values that it has."""
    velden = platform.lijsten.categorieen.velden(publicatie.informatiecategorieen)
    return velden, reading.publiceren.velden(publicatie.id)


@usecase(Handeling.CATEGORIEVELDEN_WIJZIGEN, "publicatie", "id")
def fill_fields(
    platform: Platform, actor: Actor, id: str, velden: Mapping[str, str | None]
) -> dict[str, str]:
    """Change the fields that are named; None or an empty text empties one.

    Returns:
        All values that it has then.

    Raises:
        NotFound, NotAllowed.
        InvalidValue: its categories have no such field, or the field does not accept the value.
        Refused: it was withdrawn.
    """
    with platform.registry.transaction() as tx:
        publicatie = _changeable(tx, actor, Handeling.CATEGORIEVELDEN_WIJZIGEN, id)
        known = {
            each.naam: each for each in platform.lijsten.categorieen.velden(publicatie.informatiecategorieen)
        }
        values = tx.publiceren.velden(id)
        for naam, waarde in velden.items():
            if naam not in known:
                why = "the categories of this publicatie have no such field"
                raise InvalidValue("veld", naam, why, accepted=sorted(known))
            if waarde is None or not waarde.strip():
                values.pop(naam, None)
            else:
                values[naam] = known[naam].checked(waarde)
        tx.publiceren.save_velden(id, values)
        details = {"velden": ",".join(sorted(velden))}
        now = platform.now()
        tx.record(Gebeurtenis(Actie.CATEGORIEVELDEN_CHANGED, "publicatie", id, actor, now, details=details))
    return values


@usecase(Handeling.MEDEDELING_WIJZIGEN, "publicatie", "id")
def make_announcement(
    platform: Platform, actor: Actor, id: str, *, gronden: tuple[str, ...], toelichting: str
) -> Mededeling:
    """Make of a publicatie the announcement that a document is withheld as a whole (art. 3.3, eighth paragraph, Woo).

    Raises:
        NotFound, NotAllowed.
        InvalidValue: there is no ground or explanation, or the list has no such ground.
        Refused: it was withdrawn, or is public with documents.
    """
    lijst = platform.lijsten.weigeringsgronden
    codes = tuple(dict.fromkeys(checked_code(lijst, "gronden", normaliseer_grond(code)) for code in gronden))
    wat = Mededeling(id, codes, toelichting.strip())
    _save_announcement(platform, actor, id, wat)
    return wat


@usecase(Handeling.MEDEDELING_WIJZIGEN, "publicatie", "id")
def drop_announcement(platform: Platform, actor: Actor, id: str) -> None:
    """Make an ordinary publicatie of an announcement again; raises as `make_announcement`."""
    _save_announcement(platform, actor, id, None)


def _save_announcement(platform: Platform, actor: Actor, id: str, wat: Mededeling | None) -> None:
    with platform.registry.transaction() as tx:
        publicatie = _changeable(tx, actor, Handeling.MEDEDELING_WIJZIGEN, id)
        if wat is not None and is_public_publicatie(publicatie) and _has_public(tx, id):
            raise Refused("make an announcement of", f"publicatie {id}", "it is public with documents")
        tx.publiceren.save_mededeling(id, wat)
        details = {"gronden": "" if wat is None else ",".join(wat.gronden)}
        now = platform.now()
        tx.record(Gebeurtenis(Actie.MEDEDELING_CHANGED, "publicatie", id, actor, now, details=details))


def _changeable(tx: Transaction, actor: Actor, handeling: Handeling, id: str) -> Publicatie:
    """The publicatie, if the actor may change it: what is public needs the right to publish."""
    publicatie = tx.publicatie(id)
    demand_publicatie(actor, handeling, publicatie)
    if publicatie.status is Publicatiestatus.INGETROKKEN:
        raise Refused("change", f"publicatie {id}", "it was withdrawn")
    return publicatie


def _has_public(reading: Reading, id: str) -> bool:
    return any(each.bestemming is Bestemming.OPENBAAR for each in reading.documents_in_short(id))
