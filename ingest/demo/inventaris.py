"""The inventory of a fictional decision, from the list that is one of its documents, taken over as `woo import inventaris` does."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from ingest.demo.dossier import Stuk
from woo.domain.actor import Actor
from woo.domain.document import Documentrol
from woo.domain.inventaris import Beoordeling, Inventarisregel
from woo.inventaris.lezen import Inventaris
from woo.usecases.inventaris import import_inventaris, propose_inventaris
from woo.usecases.platform import Platform

_BEOORDELINGEN = {each.value.replace("_", " "): each for each in Beoordeling}
_DISCLOSED = (Beoordeling.OPENBAAR, Beoordeling.DEELS_OPENBAAR)


def demo_regels(stukken: Sequence[Stuk]) -> tuple[Inventarisregel, ...]:
    """The rows of the inventory among these documents; none where there is none."""
    lijst = _place_of_list(stukken)
    rijen = () if lijst is None else stukken[lijst].delen["rijen"]
    return tuple(_regel(volgorde, *map(str, rij)) for volgorde, rij in enumerate(rijen, 1))


def numbers_of(stukken: Sequence[Stuk], regels: Sequence[Inventarisregel]) -> dict[str, str]:
    """The number in the inventory of each attachment, by its file: they follow the letter and the list, in the same order."""
    lijst = _place_of_list(stukken)
    if lijst is None:
        return {}
    disclosed = [regel.nummer for regel in regels if regel.beoordeling in _DISCLOSED]
    attached = [stuk.bestand for stuk in stukken[lijst + 1 :]]
    return dict(zip(attached, disclosed, strict=True))


def rollen_of(stukken: Sequence[Stuk]) -> dict[str, Documentrol]:
    """What the letter of a decision and its list are, by their file: the letter comes before the list."""
    lijst = _place_of_list(stukken)
    if lijst is None:
        return {}
    brieven = {stuk.bestand: Documentrol.BESLUITBRIEF for stuk in stukken[:lijst]}
    return {**brieven, stukken[lijst].bestand: Documentrol.INVENTARIS}


def load_regels(
    platform: Platform, actor: Actor, publicatie_id: str, regels: tuple[Inventarisregel, ...]
) -> None:
    """Take the rows over into the inventory of this publicatie; they find their documents by number."""
    lijst = Inventaris(regels, (), (), len(regels))
    voorstel = propose_inventaris(platform, actor, publicatie_id, lijst)
    digest = hashlib.sha256(repr(regels).encode()).hexdigest()
    import_inventaris(platform, actor, lijst, voorstel, sha256=digest)


def _place_of_list(stukken: Sequence[Stuk]) -> int | None:
    return next((place for place, stuk in enumerate(stukken) if stuk.vorm == "inventaris"), None)


def _regel(
    volgorde: int,
    nummer: str,
    datum: str,
    naam: str,
    soort: str,
    beoordeling: str,
    gronden: str,
    toelichting: str,
) -> Inventarisregel:
    return Inventarisregel(
        publicatie_id="",
        volgorde=volgorde,
        nummer=nummer,
        documentnaam=naam,
        beoordeling=_BEOORDELINGEN[beoordeling.lower()],
        gronden=tuple(filter(None, (grond.strip() for grond in gronden.split(";")))),
        datum=_dag(datum),
        soort=soort or None,
        toelichting=toelichting or None,
    )


def _dag(text: str) -> date:
    return datetime.strptime(text, "%d-%m-%Y").date()  # noqa: DTZ007 - a day, not a moment
