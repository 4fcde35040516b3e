"""How long a publicatie stays: its term by the selectielijst or an exception, the announcement, and going offline."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from woo.domain.actor import Actor
from woo.domain.bewaring import Bewaarregel, Bewaartermijn, Trigger, Waardering, end_of
from woo.domain.errors import Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.ingreep import Aanleiding, Ingreep
from woo.domain.intrekreden import BEWAARTERMIJN
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Reading
from woo.usecases.handeling import usecase
from woo.usecases.ingreep import propose_destruction
from woo.usecases.intrekking import withdraw_publicatie
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand_publicatie
from woo.usecases.vernietiging import Andere

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Bewaring:
    """The term of one publicatie: by which rule, from and until which day (None: kept for ever), and what was done about it.

    `offline_op` is the first day on which the worker may take it offline: after the term, and after the days of notice.
    """

    publicatie: Publicatie
    regel: Bewaarregel
    termijn: Bewaartermijn
    begin: date
    einde: date | None
    offline_op: date | None

    def is_due(self, today: date) -> bool:
        return self.einde is not None and today >= self.einde


def term_of(reading: Reading, platform: Platform, publicatie: Publicatie) -> Bewaring | None:
    """The term of a publicatie that is or was public; None for a concept."""
    if publicatie.eerste_publicatie is None:
        return None
    rules = platform.intrekregels
    regel = rules.selectielijst.regel(publicatie.informatiecategorieen)
    termijn = reading.intrekkingen.bewaartermijn(publicatie.id)
    begin = _begin(reading, regel, publicatie.id, publicatie.eerste_publicatie)
    jaren = termijn.jaren if termijn.afwijkend else regel.jaren
    einde = None if jaren is None else end_of(begin, jaren)
    offline = einde
    if einde is not None and termijn.aangekondigd_op is not None:
        told = day_of(termijn.aangekondigd_op) + timedelta(days=rules.aankondiging_dagen)
        offline = max(einde, told)
    return Bewaring(publicatie, regel, termijn, begin, einde, offline)


def ending(
    reading: Reading, platform: Platform, *, within: int, organisaties: Collection[str] | None = None
) -> Iterator[Bewaring]:
    """Public publicaties whose term ends within so many days (or has ended), by id; `organisaties` None means all."""
    last = day_of(platform.now()) + timedelta(days=within)
    after: str | None = None
    while publicaties := reading.publicaties(after=after, limit=_CHUNK):
        after = publicaties[-1].id
        for publicatie in publicaties:
            if publicatie.status is not Publicatiestatus.GEPUBLICEERD:
                continue
            if organisaties is not None and publicatie.publisher not in organisaties:
                continue
            found = term_of(reading, platform, publicatie)
            if found is not None and found.is_due(last):
                yield found


@usecase(Handeling.BEWAARTERMIJN_WIJZIGEN, "publicatie", "publicatie_id")
def change_term(
    platform: Platform,
    actor: Actor,
    publicatie_id: str,
    *,
    afwijkend: bool,
    jaren: int | None,
    reden: str | None,
) -> Bewaartermijn:
    """Give one publicatie a term of its own (`jaren` None: for ever), or let it follow the selectielijst again.

    An announcement that was made is void: the new end is announced anew. Raises InvalidValue, NotFound and NotAllowed.
    """
    with platform.registry.transaction() as tx:
        publicatie = tx.publicatie(publicatie_id)
        demand_publicatie(actor, Handeling.BEWAARTERMIJN_WIJZIGEN, publicatie)
        now = platform.now()
        own = (jaren, (reden or "").strip() or None) if afwijkend else (None, None)
        termijn = Bewaartermijn(publicatie_id, afwijkend, *own, gewijzigd_op=now)
        tx.intrekkingen.save_bewaartermijn(termijn)
        details = {"afwijkend": afwijkend, "jaren": termijn.jaren}
        tx.record(
            Gebeurtenis(Actie.BEWAARTERMIJN_CHANGED, "publicatie", publicatie_id, actor, now, details=details)
        )
    return termijn


def _announce(platform: Platform, actor: Actor, publicatie_id: str) -> Bewaartermijn:
    """Note that the end of a term is told at the desk from now on; again changes nothing."""
    with platform.registry.transaction() as tx:
        publicatie = tx.publicatie(publicatie_id)
        demand_publicatie(actor, Handeling.BEWAARTERMIJNEN_BIJHOUDEN, publicatie)
        termijn = tx.intrekkingen.bewaartermijn(publicatie_id)
        if termijn.aangekondigd_op is not None:
            return termijn
        now = platform.now()
        termijn = replace(termijn, aangekondigd_op=now)
        tx.intrekkingen.save_bewaartermijn(termijn)
        tx.record(Gebeurtenis(Actie.BEWAARTERMIJN_ANNOUNCED, "publicatie", publicatie_id, actor, now))
    return termijn


@usecase(Handeling.BEWAARTERMIJNEN_BIJHOUDEN, "bewaartermijn")
def keep_terms(platform: Platform, actor: Actor) -> tuple[int, int]:
    """Announce what ends soon, and take offline what ended and was announced in time; returns how many of each.

    Nothing happens by the example that comes with the program: it is nobody's selectielijst. Only a publicatie with an
    exception of its own is looked at then.
    """
    rules, today = platform.intrekregels, day_of(platform.now())
    with platform.registry.read() as reading:
        found = [
            one
            for one in ending(reading, platform, within=rules.aankondiging_dagen)
            if rules.eigen_selectielijst or one.termijn.afwijkend
        ]
    announced = withdrawn = 0
    for one in found:
        if one.termijn.aangekondigd_op is None:
            _announce(platform, actor, one.publicatie.id)
            announced += 1
        elif one.offline_op is not None and today >= one.offline_op:
            withdraw_publicatie(platform, actor, one.publicatie.id, code=BEWAARTERMIJN)
            withdrawn += 1
    return announced, withdrawn


@usecase(Handeling.VERNIETIGING_VOORSTELLEN, "publicatie", "publicatie_id")
def propose_end(
    platform: Platform, actor: Actor, publicatie_id: str, *, reden: str, andere: Andere | None = None
) -> Ingreep:
    """Propose to destroy a publicatie whose term is over and that is offline; another person has to approve.

    Raises:
        Refused: its term is not over, the selectielijst keeps it for ever, or as `propose_destruction`.
        InvalidValue: `andere` does not decide on every other document with one of its files, or there is no reason.
    """
    with platform.registry.read() as reading:
        publicatie = reading.publicatie(publicatie_id)
        demand_publicatie(actor, Handeling.VERNIETIGING_VOORSTELLEN, publicatie)
        term = term_of(reading, platform, publicatie)
    name = f"publicatie {publicatie_id}"
    if term is None or term.einde is None:
        raise Refused("destroy", name, "it is kept for ever by the selectielijst")
    if not term.is_due(day_of(platform.now())):
        raise Refused("destroy", name, f"its term ends on {term.einde.isoformat()}")
    if term.regel.waardering is Waardering.BEWAREN and not term.termijn.afwijkend:
        raise Refused("destroy", name, "it is kept for ever by the selectielijst")
    return propose_destruction(
        platform,
        actor,
        "publicatie",
        publicatie_id,
        reden=reden,
        aanleiding=Aanleiding.BEWAARTERMIJN,
        andere=andere,
        gegevens={"regel": _rule_text(platform, term)},
    )


def _rule_text(platform: Platform, term: Bewaring) -> str:
    if term.termijn.afwijkend:
        return f"Eigen termijn van {term.termijn.jaren} jaar: {term.termijn.reden}"
    return f"{platform.intrekregels.selectielijst.naam}: {term.regel.bron} (V, {term.regel.jaren} jaar)"


def _begin(reading: Reading, regel: Bewaarregel, publicatie_id: str, since: datetime) -> date:
    if regel.trigger is Trigger.BESLUIT:
        days = [besluit.datum for besluit in reading.dossier.besluiten(publicatie_id=publicatie_id)]
        if days:
            return max(days)
    return day_of(since)


def day_of(moment: datetime) -> date:
    """The day on which a moment falls in the Netherlands."""
    return moment.astimezone(_AMSTERDAM).date()
