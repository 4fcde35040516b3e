"""Keys of calendar feeds, and the terms that such a key shows: never more than its owner may read on that day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from woo.domain.actor import Actor, Recht, Rol
from woo.domain.errors import InvalidValue, NotAllowed, NotFound
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.termijnregel import Termijnsoort
from woo.registry import Agendasleutel, Bijgewerkt
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling
from woo.usecases.termijnen import Lopend, open_termijnen

MAX_DAGEN = 366
"""Days that a key of a calendar lives at most."""

_SHOWN = frozenset(Termijnsoort) - {Termijnsoort.KANS}


@dataclass(frozen=True, slots=True)
class Agendapunt:
    """One clock for a calendar: how often what it follows from has changed, and when it last did."""

    lopend: Lopend
    wijzigingen: int
    gewijzigd_op: datetime


@usecase(Handeling.VERZOEKEN_LEZEN, "agendasleutel")
def create_agendasleutel(
    platform: Platform,
    actor: Actor,
    naam: str,
    *,
    dagen: int = MAX_DAGEN,
    organisaties: Collection[str] | None = None,
) -> tuple[Agendasleutel, str]:
    """Make a key for the actor's own calendar; returns it with its secret, which cannot be shown again.

    `organisaties` (TOOI codes) limits the calendar to some of those that the actor may read; None takes them all. The name
    stays out of the log: it may be a person's.

    Raises:
        InvalidValue: no name, a life that is too long, or an organisation that the actor may not read.
        NotAllowed: the actor may read nothing.
    """
    if not naam.strip():
        raise InvalidValue("naam", naam, "a calendar needs a name, so that you know which one to revoke")
    if not 1 <= dagen <= MAX_DAGEN:
        raise InvalidValue("dagen", dagen, f"a key lives from 1 to {MAX_DAGEN} days")
    for code in organisaties or ():
        if code not in platform.lijsten.organisaties or not actor.may_for(Recht.READ, code):
            raise InvalidValue("organisaties", code, "it is not an organisation that you may read")
    allowed = actor.organisaties(Recht.READ) if organisaties is None else frozenset(organisaties)
    now = platform.now()
    with platform.registry.transaction() as tx:
        key, secret = platform.registry.agendasleutels.create(
            naam.strip(),
            account=actor.account,
            organisaties=allowed,
            now=now,
            vervalt_op=now + timedelta(days=dagen),
            tx=tx,
        )
        details = {
            "vervalt_op": key.vervalt_op.isoformat(),
            "organisaties": None if allowed is None else sorted(allowed),
        }
        tx.record(
            Gebeurtenis(Actie.AGENDASLEUTEL_CREATED, "agendasleutel", key.id, actor, now, details=details)
        )
    return key, secret


@usecase(Handeling.VERZOEKEN_LEZEN, "agendasleutel")
def list_agendasleutels(platform: Platform, actor: Actor) -> Sequence[Agendasleutel]:
    """The keys of the actor, oldest first; a beheerder of every organisation sees those of all."""
    return [key for key in platform.registry.agendasleutels.list() if _is_of(key, actor)]


@usecase(Handeling.VERZOEKEN_LEZEN, "agendasleutel", "id")
def revoke_agendasleutel(platform: Platform, actor: Actor, id: str) -> Agendasleutel:
    """End a key at once; again changes nothing. Raises NotFound, and NotAllowed for a key of someone else."""
    key = platform.registry.agendasleutels.get(id)
    if not _is_of(key, actor):
        raise NotAllowed(Recht.ADMINISTER.value, actor.rol.value)
    if key.ingetrokken_op is None:
        now = platform.now()
        with platform.registry.transaction() as tx:
            platform.registry.agendasleutels.revoke(id, now=now, tx=tx)
            tx.record(Gebeurtenis(Actie.AGENDASLEUTEL_REVOKED, "agendasleutel", id, actor, now))
    return platform.registry.agendasleutels.get(id)


def agenda(platform: Platform, secret: str) -> tuple[Agendasleutel, list[Agendapunt]] | None:
    """The terms with an end that this key shows; None when the key is unknown, expired or revoked, or its owner is gone."""
    key = platform.registry.agendasleutels.find(secret, platform.now())
    if key is None:
        return None
    actor = _actor_of(platform, key)
    try:
        if actor is None:
            return None
        found = open_termijnen(platform, actor, organisaties=key.organisaties)
    except NotAllowed:
        return None
    shown = [one for one in found if one.klok.einde is not None and one.klok.regel.soort in _SHOWN]
    with platform.registry.read() as reading:
        told = reading.termijnen.bijgewerkt(sorted({id for one in shown for id in one.objecten}))
    return key, [_point(one, told, key) for one in shown]


def _point(lopend: Lopend, told: dict[str, Bijgewerkt], key: Agendasleutel) -> Agendapunt:
    known = [told[id] for id in lopend.objecten if id in told]
    return Agendapunt(
        lopend,
        sum(each.aantal for each in known),
        max((each.laatst for each in known), default=key.aangemaakt_op),
    )


def _actor_of(platform: Platform, key: Agendasleutel) -> Actor | None:
    """Whoever the calendar is of, with the rights of today; None for an account or API key that is closed or gone.

    What nobody's account made (the command line) shows what it was made for.
    """
    if key.account is not None:
        try:
            with platform.registry.read() as reading:
                account = reading.accounts.account(key.account)
            return None if account.gesloten_op is not None else account.actor("agenda")
        except NotFound:
            api_keys = {each.id: each for each in platform.registry.keys.list()}
            api_key = api_keys.get(key.account)
            if api_key is None or not api_key.is_valid(platform.now()):
                return None
    if key.organisaties is None:
        return Actor(key.naam, Rol.LEZER, "agenda")
    return Actor(key.naam, Rol.LEZER, "agenda", dict.fromkeys(key.organisaties, Rol.LEZER))


def _is_of(key: Agendasleutel, actor: Actor) -> bool:
    return actor.may_for(Recht.ADMINISTER, None) or (
        actor.account is not None and key.account == actor.account
    )
