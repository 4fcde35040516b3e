"""Make, list and revoke API keys: one function, one transaction, rights checked here, each change in the log."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from difflib import get_close_matches

from publisher.limits import MAX_DAYS
from woo.domain.actor import Actor, Recht, Rol
from woo.domain.errors import InvalidValue, NotFound
from woo.domain.events import Actie, Gebeurtenis
from woo.registry import Key
from woo.registry.keys import highest_role
from woo.usecases.codes import checked_code
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling


@usecase(Handeling.SLEUTEL_MAKEN, "sleutel")
def create_key(
    platform: Platform,
    actor: Actor,
    naam: str,
    *,
    rol: Rol | None = None,
    dagen: int,
    organisaties: Mapping[str, Rol] | None = None,
    handelingen: Collection[str] | None = None,
) -> tuple[Key, str]:
    """Make a key that lives for this many days; returns it with its secret, which cannot be shown again.

    `rol` is its role at every organisation; in its place `organisaties` holds its role at each (code or URI) that it is for.
    `handelingen` are the actions of the matrix that it is limited to; None means all that its role may do. The log gets id, role, organisations, actions and end date, not the name: a name may be a person's.

    Raises:
        InvalidValue: neither or both of role and organisations, or an unknown organisation or action.
        NotAllowed: the actor does not administer every organisation that the key is for.
    """
    roles = _roles(platform, actor, rol, organisaties)
    limited = _actions(handelingen)
    if not 1 <= dagen <= MAX_DAYS:
        raise InvalidValue("dagen", dagen, f"a key lives from 1 to {MAX_DAYS} days")
    now = platform.now()
    ends = now + timedelta(days=dagen)
    with platform.registry.transaction() as tx:
        id, secret = platform.registry.keys.create(
            naam,
            rol or highest_role(roles or {}),
            now=now,
            vervalt_op=ends,
            per_organisatie=roles,
            handelingen=limited,
            tx=tx,
        )
        details = _told(rol, roles, limited, ends)
        tx.record(Gebeurtenis(Actie.KEY_CREATED, "sleutel", id, actor, now, details=details))
    return _key(platform, id), secret


@usecase(Handeling.SLEUTEL_INTREKKEN, "sleutel", "id")
def revoke_key(platform: Platform, actor: Actor, id: str) -> Key:
    """End a key at once; revoking it again changes nothing and is not logged again. Raises NotFound."""
    key = _key(platform, id)
    if not _administers(actor, key):
        raise NotFound("key", id)
    if key.ingetrokken_op is not None:
        return key
    now = platform.now()
    with platform.registry.transaction() as tx:
        platform.registry.keys.revoke(id, now=now, tx=tx)
        tx.record(Gebeurtenis(Actie.KEY_REVOKED, "sleutel", id, actor, now))
    return _key(platform, id)


@usecase(Handeling.SLEUTELS_LEZEN, "sleutel")
def list_keys(platform: Platform, actor: Actor) -> tuple[Key, ...]:
    """Every key ever made for organisations that the actor administers, oldest first, none with its secret."""
    return tuple(key for key in platform.registry.keys.list() if _administers(actor, key))


def _roles(
    platform: Platform, actor: Actor, rol: Rol | None, organisaties: Mapping[str, Rol] | None
) -> Mapping[str, Rol] | None:
    """The role at each organisation by its code; None for a key that is for every one."""
    if (rol is None) == (organisaties is None):
        why = "a key has either one role for every organisation, or a role at each that it is for"
        raise InvalidValue("rol", None if rol is None else rol.value, why)
    if organisaties is None:
        actor.require_everywhere(Recht.ADMINISTER)
        return None
    lijst = platform.lijsten.organisaties
    roles = {checked_code(lijst, "organisaties", code): each for code, each in organisaties.items()}
    for code in roles:
        actor.require_at(Recht.ADMINISTER, code)
    return roles


def _actions(handelingen: Collection[str] | None) -> frozenset[str] | None:
    if handelingen is None:
        return None
    known = [each.value for each in Handeling]
    for given in handelingen:
        if given not in known:
            near = get_close_matches(given, known) or known
            raise InvalidValue("handelingen", given, "there is no such action", accepted=near)
    if not handelingen:
        raise InvalidValue("handelingen", (), "name at least one action, or leave it out")
    return frozenset(handelingen)


def _told(
    rol: Rol | None, roles: Mapping[str, Rol] | None, limited: frozenset[str] | None, ends: datetime
) -> dict[str, object]:
    """What the log tells of a new key."""
    details: dict[str, object] = {"vervalt_op": _moment(ends)}
    if rol is not None:
        details["rol"] = rol.value
    if roles is not None:
        details["organisaties"] = {code: each.value for code, each in roles.items()}
    if limited is not None:
        details["handelingen"] = sorted(limited)
    return details


def _administers(actor: Actor, key: Key) -> bool:
    own = actor.organisaties(Recht.ADMINISTER)
    return own is None or (key.per_organisatie is not None and set(key.per_organisatie) <= own)


def _key(platform: Platform, id: str) -> Key:
    for key in platform.registry.keys.list():
        if key.id == id:
            return key
    raise NotFound("key", id)


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
