"""Make, list and revoke API keys: one function, one transaction, rights checked here, each change in the log."""

from datetime import datetime, timedelta

from publisher.limits import MAX_DAYS
from woo.domain.actor import Actor, Recht, Rol
from woo.domain.errors import InvalidValue, NotFound
from woo.domain.events import Actie, Gebeurtenis
from woo.registry import Key
from woo.usecases.platform import Platform


def create_key(platform: Platform, actor: Actor, naam: str, *, rol: Rol, dagen: int) -> tuple[Key, str]:
    """Make a key that lives for this many days; returns it with its secret, which cannot be shown again.

    The log gets id, role and end date, not the name: a name may be a person's.
    """
    actor.require(Recht.ADMINISTER)
    if not 1 <= dagen <= MAX_DAYS:
        raise InvalidValue("dagen", dagen, f"a key lives from 1 to {MAX_DAYS} days")
    now = platform.now()
    ends = now + timedelta(days=dagen)
    with platform.registry.transaction() as tx:
        id, secret = platform.registry.keys.create(naam, rol, now=now, vervalt_op=ends, tx=tx)
        details = {"rol": rol.value, "vervalt_op": _moment(ends)}
        tx.record(Gebeurtenis(Actie.KEY_CREATED, "sleutel", id, actor, now, details=details))
    return _key(platform, id), secret


def revoke_key(platform: Platform, actor: Actor, id: str) -> Key:
    """End a key at once; revoking it again changes nothing and is not logged again. Raises NotFound."""
    actor.require(Recht.ADMINISTER)
    key = _key(platform, id)
    if key.ingetrokken_op is not None:
        return key
    now = platform.now()
    with platform.registry.transaction() as tx:
        platform.registry.keys.revoke(id, now=now, tx=tx)
        tx.record(Gebeurtenis(Actie.KEY_REVOKED, "sleutel", id, actor, now))
    return _key(platform, id)


def list_keys(platform: Platform, actor: Actor) -> tuple[Key, ...]:
    """Every key ever made, oldest first, none with its secret."""
    actor.require(Recht.ADMINISTER)
    return platform.registry.keys.list()


def _key(platform: Platform, id: str) -> Key:
    for key in platform.registry.keys.list():
        if key.id == id:
            return key
    raise NotFound("key", id)


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
