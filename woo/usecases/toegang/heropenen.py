"""Open a closed account again: the roles it had, and nothing of what it opened the desk with."""

from dataclasses import replace
from datetime import datetime

from woo.domain.account import Account
from woo.domain.actor import Actor
from woo.domain.errors import Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.registry import Transaction, termijnabonnementen
from woo.usecases.handeling import usecase
from woo.usecases.rechten import Handeling
from woo.usecases.toegang.accounts import Uitnodiging, managed, new_link
from woo.usecases.toegang.onderdelen import Toegang


@usecase(Handeling.ACCOUNT_WIJZIGEN, "account", "id")
def reopen_account(toegang: Toegang, actor: Actor, id: str) -> tuple[Account, Uitnodiging | None]:
    """Open an account again; returns it with the invitation to set a password (None where there are no passwords).

    It has the roles that it had, and is in all else as new: password, second step, recovery codes and the link with the
    provider went when it was closed, and its calendars and its digest of terms go now, since they open by themselves.

    Raises:
        NotFound, NotAllowed: the account has roles at organisations that the actor does not administer.
        Refused: it is not closed, or its name and address were erased.
    """
    now = toegang.platform.now()
    with toegang.platform.registry.transaction() as tx:
        tx.one_at_a_time("accounts")
        account = managed(tx, actor, id)
        if account.gesloten_op is None:
            raise Refused("open", f"account {id}", "it is open already")
        if account.email is None:
            raise Refused("open", f"account {id}", "its name and address were erased")
        opened = account.reopened(now)
        tx.accounts.save(opened)
        details = {
            "rollen": [str(one) for one in opened.rollen],
            "agendas": _end_calendars(toegang, tx, id, now),
        }
        termijnabonnementen.save(tx.connection, id, None, now=now)
        tx.record(Gebeurtenis(Actie.ACCOUNT_REOPENED, "account", id, actor, now, details=details))
        link = new_link(toegang, tx, opened, "uitnodiging", now) if toegang.settings.wachtwoorden else None
    return replace(opened, heeft_wachtwoord=False, heeft_tweede_stap=False, heeft_provider=False), link


def _end_calendars(toegang: Toegang, tx: Transaction, id: str, now: datetime) -> int:
    """End the calendars of this account that still work; returns how many."""
    keys = toegang.platform.registry.agendasleutels
    working = [key for key in keys.list() if key.account == id and key.ingetrokken_op is None]
    for key in working:
        keys.revoke(key.id, now=now, tx=tx)
    return len(working)
