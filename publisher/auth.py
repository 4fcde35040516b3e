"""Who is asking: an API key in the header becomes an actor, and everything else is refused and written down."""

import re
from collections.abc import Sequence

from publisher.backoff import BackOff
from publisher.problems import ProblemError
from woo.domain.actor import Actor, Rol
from woo.domain.events import Actie, Gebeurtenis
from woo.logs import get_logger
from woo.registry.keys import PREFIX
from woo.usecases.platform import Platform
from woo.usecases.toegang.budget import Budget
from woo.views.problems import Problem

_HEADER = re.compile(rf"bearer +({PREFIX}[A-Za-z0-9_-]{{20,100}}) *", re.IGNORECASE)
_CHALLENGE = 'Bearer realm="woo-balie"'
_log = get_logger(__name__)


class Authentication:
    """Finds the actor of a request.

    A valid key always gets through, also from an address that has to wait: behind a proxy everybody has the same
    address, and a wrong script may not shut out the others. Keys of 256 random bits are not found by trying.
    """

    def __init__(self, platform: Platform, backoff: BackOff) -> None:
        self._platform = platform
        self._backoff = backoff
        self._budget = Budget()

    def actor(self, headers: Sequence[str], address: str) -> Actor:
        """Return the actor whose key is in the `Authorization` headers.

        Raises:
            ProblemError: 401 when there is no valid key, 429 when this address has failed too often.
            Unavailable: the registry cannot be reached.
        """
        header = _HEADER.fullmatch(headers[0]) if len(headers) == 1 else None
        if header is None:
            raise self._refused("geen sleutel" if not headers else "geen leesbare sleutel", address)
        keys, now = self._platform.registry.keys, self._platform.now()
        key = keys.find(header[1], now)
        if key is None:
            raise self._refused("geen geldige sleutel", address)
        keys.touch(key.id, now=now)
        return Actor(
            key.naam,
            key.rol,
            f"api {address}",
            per_organisatie=key.per_organisatie,
            account=key.id,
            handelingen=key.handelingen,
        )

    def _refused(self, reden: str, address: str) -> ProblemError:
        wait = self._backoff.wait(address)
        if wait:
            return ProblemError(_too_often(wait))
        self._backoff.failed(address)
        self._record(reden, address)
        return ProblemError(_no_key(given=reden != "geen sleutel"))

    def _record(self, reden: str, address: str) -> None:
        now = self._platform.now()
        unwritten = self._budget.take(now)
        if unwritten is None:
            return
        _log.warning("login_refused", reason=reden)
        details: dict[str, str | int] = {"reden": reden} | (
            {"niet_vastgelegd": unwritten} if unwritten else {}
        )
        actor = Actor("onbekend", Rol.LEZER, f"api {address}")
        with self._platform.registry.transaction() as tx:
            tx.record(
                Gebeurtenis(
                    Actie.LOGIN_REFUSED,
                    "balie",
                    "aanmelden",
                    actor,
                    now,
                    uitkomst="geweigerd",
                    details=details,
                )
            )


def _no_key(*, given: bool) -> Problem:
    detail = (
        "Uw API-sleutel is onbekend, vervallen of ingetrokken. Vraag de beheerder om een nieuwe."
        if given
        else "Stuur uw API-sleutel mee in de header 'Authorization: Bearer woo_…'. De beheerder maakt sleutels."
    )
    challenge = _CHALLENGE + (', error="invalid_token"' if given else "")
    return Problem(401, "U bent niet aangemeld", detail, headers={"WWW-Authenticate": challenge})


def _too_often(wait: int) -> Problem:
    detail = f"Vanaf uw adres is te vaak een verkeerde sleutel gebruikt. Wacht {wait} seconden."
    return Problem(
        429, "Te vaak geprobeerd", detail, headers={"Retry-After": str(wait), "WWW-Authenticate": _CHALLENGE}
    )
