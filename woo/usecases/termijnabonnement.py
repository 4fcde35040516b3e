"""The own digest of the legal terms by mail: asked for, changed and ended by the one who gets it."""

from collections.abc import Sequence

from woo.domain.account import Account
from woo.domain.actor import Actor
from woo.domain.errors import NotFound
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.termijnpost import Hoevaak
from woo.registry import termijnabonnementen
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling


@usecase(Handeling.VERZOEKEN_LEZEN, "termijnpost")
def my_digest(platform: Platform, actor: Actor) -> Hoevaak | None:
    """How often the actor gets the digest; None for who did not ask. Raises NotAllowed."""
    with platform.registry.read() as reading:
        return termijnabonnementen.abonnement(reading.connection, actor.account or "")


@usecase(Handeling.VERZOEKEN_LEZEN, "termijnpost")
def set_digest(platform: Platform, actor: Actor, hoe_vaak: Hoevaak | None) -> None:
    """Get the digest from now on each day or each week, or (None) no longer; what is so already is not logged again.

    Raises NotFound for who has no account (a key), and NotAllowed.
    """
    if actor.account is None:
        raise NotFound("account", "(none)")
    now = platform.now()
    with platform.registry.transaction() as tx:
        account = tx.accounts.account(actor.account)
        if termijnabonnementen.abonnement(tx.connection, account.id) == hoe_vaak:
            return
        termijnabonnementen.save(tx.connection, account.id, hoe_vaak, now=now)
        details = {"hoe_vaak": "nooit" if hoe_vaak is None else hoe_vaak.value}
        tx.record(
            Gebeurtenis(Actie.TERMIJNPOST_CHANGED, "termijnpost", account.id, actor, now, details=details)
        )


def subscribers(platform: Platform) -> Sequence[tuple[Account, Hoevaak]]:
    """Everybody who gets the digest now: those whose account is closed or has no role any more are left out."""
    with platform.registry.read() as reading:
        found = [
            (reading.accounts.account(id), hoe_vaak)
            for id, hoe_vaak in termijnabonnementen.abonnementen(reading.connection)
        ]
    return [
        (account, hoe_vaak)
        for account, hoe_vaak in found
        if account.gesloten_op is None and account.email and account.rollen
    ]
