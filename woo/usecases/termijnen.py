"""The legal terms of requests and publicaties as they stand today, and the facts that the desk notes for them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from woo.diwoo.termijnen import load_regels
from woo.domain.actor import Actor, Recht
from woo.domain.dossierfeiten import Termijndossier, feiten_van
from woo.domain.errors import InvalidValue
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.kalender import kalender_in_use
from woo.domain.klok import Feit, Klok, klokken
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.domain.termijnfeit import NOTEERBAAR, Onderwerp, Termijnfeit, opschorting_id
from woo.domain.termijnregel import Feitsoort, Termijnregels
from woo.domain.verzoek import Wooverzoek
from woo.registry import Reading, Transaction
from woo.settings import config_folder
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Lopend:
    """One clock, and the request or publicatie that it belongs to; `objecten` are the ids of what its days follow from."""

    klok: Klok
    objecten: tuple[str, ...] = ()
    verzoek: Wooverzoek | None = None
    publicatie: Publicatie | None = None

    @property
    def organisatie(self) -> str | None:
        """The code of the organisation whose term it is."""
        if self.verzoek is not None:
            return self.verzoek.organisatie
        return None if self.publicatie is None else self.publicatie.publisher

    @property
    def pad(self) -> str:
        """Where at the desk the dossier is."""
        if self.verzoek is not None:
            return f"/verzoeken/{self.verzoek.id}"
        return "/" if self.publicatie is None else f"/publicaties/{self.publicatie.id}"

    @property
    def kenmerk(self) -> str:
        """What the desk calls the dossier."""
        if self.verzoek is not None:
            return self.verzoek.kenmerk
        return "" if self.publicatie is None else self.publicatie.kenmerk or self.publicatie.officiele_titel


@cache
def termijnregels() -> Termijnregels:
    """The rules of this installation (config/termijnen.yaml), read once."""
    return load_regels(config_folder() / "termijnen.yaml")


def vandaag(platform: Platform) -> date:
    """The day it is in the Netherlands."""
    return platform.now().astimezone(_AMSTERDAM).date()


@usecase(Handeling.VERZOEK_LEZEN, "wooverzoek", "verzoek_id")
def termijnen_van(platform: Platform, actor: Actor, verzoek_id: str) -> tuple[Klok, ...]:
    """Every clock of one request, in the order of the rules; raises NotFound, also for who may not read it."""
    with platform.registry.read() as reading:
        dossier = _readable(reading, actor, verzoek_id)
    return clocks_of(dossier, vandaag(platform))


@usecase(Handeling.VERZOEK_LEZEN, "wooverzoek", "verzoek_id")
def termijndossier(platform: Platform, actor: Actor, verzoek_id: str) -> Termijndossier:
    """Everything of one request that its terms follow from; raises as `termijnen_van`."""
    with platform.registry.read() as reading:
        return _readable(reading, actor, verzoek_id)


@usecase(Handeling.VERZOEK_LEZEN, "wooverzoek", "verzoek_id")
def genoteerde_feiten(platform: Platform, actor: Actor, verzoek_id: str) -> Sequence[Termijnfeit]:
    """What was noted by hand for the terms of one request, oldest first; raises as `termijnen_van`."""
    with platform.registry.read() as reading:
        return _readable(reading, actor, verzoek_id).feiten


@usecase(Handeling.VERZOEKEN_LEZEN, "termijn")
def open_termijnen(
    platform: Platform,
    actor: Actor,
    *,
    voor: date | None = None,
    organisaties: Iterable[str] | None = None,
) -> list[Lopend]:
    """Every clock that someone waits for, of the organisations that the actor may read; what ends first goes first.

    With `voor` only those that end on that day or earlier; what stands still has no end and is left out then. With
    `organisaties` only theirs. Raises NotAllowed.
    """
    allowed, wanted = (
        actor.organisaties(Recht.READ),
        None if organisaties is None else frozenset(organisaties),
    )
    dag = vandaag(platform)
    with platform.registry.read() as reading:
        found = [*_of_verzoeken(reading, dag), *_of_publicaties(platform, reading, dag)]
    chosen = [
        each
        for each in found
        if each.klok.open
        and (allowed is None or each.organisatie in allowed)
        and (wanted is None or each.organisatie in wanted)
        and (voor is None or (each.klok.einde is not None and each.klok.einde <= voor))
    ]
    return sorted(chosen, key=_by_end)


def clocks_of(dossier: Termijndossier, dag: date) -> tuple[Klok, ...]:
    """Every clock of a dossier that was read, as it stands on this day."""
    feiten = feiten_van(dossier, dag)
    return klokken(feiten, termijnregels(), kalender_in_use(), dag, dossier.verzoek.opschortingen)


@usecase(Handeling.VERZOEK_WIJZIGEN, "termijnfeit", "over")
def note_feit(
    platform: Platform,
    actor: Actor,
    *,
    soort: Feitsoort,
    over: str,
    op: date,
    tot: date | None = None,
    bij: str | None = None,
) -> Termijnfeit:
    """Note a fact; `over` is the id of the request, suspension, decision, procedure or publicatie that it is about.

    With `bij` it must belong to the request or publicatie with that id.

    Raises:
        NotFound: there is no such object, or the actor may not read it.
        InvalidValue: the fact is not one that is noted, lies in the future, or its last day does not fit.
        Refused: the same fact was noted for that day already.
        NotAllowed: the actor may not edit.
    """
    if op > vandaag(platform):
        raise InvalidValue("op", op.isoformat(), "it lies in the future")
    known = NOTEERBAAR.get(soort)
    with platform.registry.transaction() as tx:
        verzoek_id, publicatie_id = _belongs(tx, None if known is None else known.onderwerp, over)
        _require(tx, actor, verzoek_id, publicatie_id)
        if bij is not None and bij not in (verzoek_id, publicatie_id):
            raise InvalidValue("over", over, f"it does not belong to {bij}")
        feit = Termijnfeit(platform.new_id(), soort, op, over, verzoek_id, publicatie_id, tot)
        tx.termijnen.save_feit(feit)
        tx.record(_line(Actie.TERMIJNFEIT_NOTED, feit, actor, platform))
    return feit


@usecase(Handeling.VERZOEK_WIJZIGEN, "termijnfeit", "id")
def remove_feit(platform: Platform, actor: Actor, id: str) -> Termijnfeit:
    """Take away a fact that was noted by mistake; raises NotFound and NotAllowed."""
    with platform.registry.transaction() as tx:
        feit = tx.termijnen.feit(id)
        _require(tx, actor, feit.verzoek_id, feit.publicatie_id)
        tx.termijnen.remove_feit(id)
        tx.record(_line(Actie.TERMIJNFEIT_REMOVED, feit, actor, platform))
    return feit


def _line(actie: Actie, feit: Termijnfeit, actor: Actor, platform: Platform) -> Gebeurtenis:
    soort, id = ("wooverzoek", feit.verzoek_id) if feit.verzoek_id else ("publicatie", feit.publicatie_id)
    details = {
        "feit": feit.soort.value,
        "over": feit.over,
        "op": feit.op.isoformat(),
        "tot": None if feit.tot is None else feit.tot.isoformat(),
    }
    return Gebeurtenis(actie, soort, str(id), actor, platform.now(), details=details)


def _require(tx: Transaction, actor: Actor, verzoek_id: str | None, publicatie_id: str | None) -> None:
    if verzoek_id is not None:
        verzoek = tx.dossier.verzoek(verzoek_id)
        demand(actor, Handeling.VERZOEK_WIJZIGEN, verzoek.organisatie, "wooverzoek", verzoek_id)
    elif publicatie_id is not None:
        publicatie = tx.publicatie(publicatie_id)
        demand(actor, Handeling.VERZOEK_WIJZIGEN, publicatie.publisher, "publicatie", publicatie_id)


def _belongs(tx: Transaction, onderwerp: Onderwerp | None, over: str) -> tuple[str | None, str | None]:
    """The ids of the request and the publicatie that an object belongs to; one of them is None. Raises NotFound."""
    match onderwerp:
        case Onderwerp.PUBLICATIE:
            return None, tx.publicatie(over).id
        case Onderwerp.BESLUIT:
            return tx.dossier.besluit(over).verzoek_id, None
        case Onderwerp.PROCEDURE:
            return tx.dossier.besluit(tx.dossier.procedure(over).besluit_id).verzoek_id, None
        case Onderwerp.OPSCHORTING:
            verzoek = tx.dossier.verzoek(over.partition("#")[0])
            if over not in {opschorting_id(verzoek.id, each.van) for each in verzoek.opschortingen}:
                raise InvalidValue("over", over, "the request has no such suspension")
            return verzoek.id, None
    return tx.dossier.verzoek(over).id, None


def _readable(reading: Reading, actor: Actor, verzoek_id: str) -> Termijndossier:
    dossier = reading.termijnen.dossier(verzoek_id)
    demand(actor, Handeling.VERZOEK_LEZEN, dossier.verzoek.organisatie, "wooverzoek", verzoek_id)
    return dossier


def _of_verzoeken(reading: Reading, dag: date) -> Iterable[Lopend]:
    long_ago = dag - timedelta(days=termijnregels().langste)
    for dossier in reading.termijnen.dossiers():
        if dossier.rust_sinds is not None and dossier.rust_sinds < long_ago:
            continue
        objecten = dossier.objecten
        for klok in clocks_of(dossier, dag):
            yield Lopend(klok, objecten, verzoek=dossier.verzoek)


def _of_publicaties(platform: Platform, reading: Reading, dag: date) -> Iterable[Lopend]:
    """The terms for publishing of one's own accord, for categories whose duty has begun."""
    noted: dict[str, list[Feit]] = defaultdict(list)
    for feit in reading.termijnen.feiten():
        if feit.publicatie_id is not None:
            noted[feit.publicatie_id].append(Feit(feit.soort, feit.op, feit.over, tot=feit.tot))
    for id, feiten in noted.items():
        publicatie = reading.publicatie(id)
        if publicatie.status is Publicatiestatus.INGETROKKEN:
            continue
        if publicatie.eerste_publicatie is not None:
            shown = publicatie.eerste_publicatie.astimezone(_AMSTERDAM).date()
            feiten.append(Feit(Feitsoort.GEPUBLICEERD, max(shown, feiten[0].op), id))
        due = [each for each in feiten if _has_begun(platform, publicatie, each.op)]
        for klok in klokken(due, termijnregels(), kalender_in_use(), dag):
            yield Lopend(klok, (id,), publicatie=publicatie)


def _has_begun(platform: Platform, publicatie: Publicatie, dag: date) -> bool:
    """Whether the duty to publish holds on this day for a category of this publicatie; an unknown date is never guessed."""
    lijst = platform.lijsten.informatiecategorieen
    known = (
        lijst.get(code).extra.get("verplicht_vanaf")
        for code in publicatie.informatiecategorieen
        if code in lijst
    )
    return any(isinstance(since, date) and since <= dag for since in known)


def _by_end(lopend: Lopend) -> tuple[bool, date, str]:
    einde = lopend.klok.einde
    return einde is None, einde or lopend.klok.begin, lopend.klok.sleutel
