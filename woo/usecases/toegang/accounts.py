"""Make accounts, change their roles, help people who cannot get in, close and erase; each by a beheerder of their organisations."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from woo.domain.account import Account, Roltoekenning, checked_naam, checked_rollen, folded_email
from woo.domain.actor import Actor, Recht, Rol
from woo.domain.errors import NotAllowed, NotFound, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.registry import Link, Transaction, digest_of
from woo.usecases.codes import checked_code
from woo.usecases.gelijktijdig import require_state
from woo.usecases.handeling import usecase
from woo.usecases.rechten import Handeling
from woo.usecases.toegang.onderdelen import Toegang

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Uitnodiging:
    """A link that somebody sets a password with: its token, shown once, and until when it works."""

    token: str
    vervalt_op: datetime


@usecase(Handeling.ACCOUNTS_LEZEN, "account")
def list_accounts(toegang: Toegang, actor: Actor) -> tuple[Account, ...]:
    """The accounts of this actor's organisations, by name, each with the roles that the actor may know of."""
    actor.require(Recht.ADMINISTER)
    found: list[Account] = []
    after: str | None = None
    with toegang.platform.registry.read() as reading:
        while some := reading.accounts.accounts(after=after):
            found += some
            after = some[-1].id
    seen = (_as_seen(account, actor) for account in found if account.may_be_seen_by(actor))
    return tuple(sorted(seen, key=lambda account: (account.naam.casefold(), account.id)))


@usecase(Handeling.ACCOUNT_LEZEN, "account", "id")
def read_account(toegang: Toegang, actor: Actor, id: str) -> Account:
    """One account, as in `list_accounts`; raises NotFound also for one of another organisation, and NotAllowed."""
    actor.require(Recht.ADMINISTER)
    with toegang.platform.registry.read() as reading:
        account = reading.accounts.account(id)
    if not account.may_be_seen_by(actor):
        raise NotFound("account", id)
    return _as_seen(account, actor)


@usecase(Handeling.ACCOUNT_MAKEN, "account")
def make_account(
    toegang: Toegang, actor: Actor, *, naam: str, email: str, rollen: Sequence[Roltoekenning]
) -> tuple[Account, Uitnodiging | None]:
    """Make an account with these roles; returns it with the invitation to set a password.

    Somebody who has an account at another organisation gets the roles beside those they have, and no invitation.

    Raises:
        InvalidValue: name, address, roles or an organisation cannot be.
        NotAllowed: a role at an organisation that the actor does not administer.
        Refused: there is an account with this address that cannot get these roles.
    """
    naam, email = checked_naam(naam), folded_email(email)
    wanted = _known(toegang, rollen)
    _require_for_all(actor, wanted)
    now = toegang.platform.now()
    with toegang.platform.registry.transaction() as tx:
        tx.one_at_a_time("accounts")
        there = tx.accounts.by_email(email)
        if there is not None:
            return _with_more(toegang, tx, actor, there, wanted, now), None
        account = Account(toegang.platform.new_id(), naam, email, wanted, now, now)
        tx.accounts.save(account)
        details = {"rollen": [str(one) for one in wanted]}
        tx.record(Gebeurtenis(Actie.ACCOUNT_CREATED, "account", account.id, actor, now, details=details))
        if not toegang.settings.wachtwoorden:
            return account, None
        return account, new_link(toegang, tx, account, "uitnodiging", now)


@usecase(Handeling.ACCOUNT_WIJZIGEN, "account", "id")
def change_roles(
    toegang: Toegang,
    actor: Actor,
    id: str,
    rollen: Sequence[Roltoekenning],
    *,
    gewijzigd_op: datetime | None = None,
) -> Account:
    """Give an account these roles in the place of those that the actor knows of; its sessions end at once.

    Args:
        toegang: The parts to work with.
        actor: A beheerder of every organisation at which something changes.
        id: The account.
        rollen: All its roles at the organisations of the actor; those at others stay.
        gewijzigd_op: The state that the change was made on; None does not ask.

    Raises:
        InvalidValue, NotFound, NotAllowed: as in `make_account`.
        Refused: somebody changed it since, it is closed, or nobody would be left who administers everything.
    """
    wanted = _known(toegang, rollen)
    now = toegang.platform.now()
    with toegang.platform.registry.transaction() as tx:
        tx.one_at_a_time("accounts")
        account = _seen(tx, actor, id)
        require_state("account", id, held=account.gewijzigd_op, seen=gewijzigd_op)
        _require_open(account)
        kept = [one for one in account.rollen if not actor.may_for(Recht.ADMINISTER, one.organisatie)]
        changed = account.with_rollen([*kept, *wanted], now)
        _require_for_all(actor, set(changed.rollen) ^ set(account.rollen))
        if changed.rollen == account.rollen:
            return _as_seen(account, actor)
        _require_one_left(tx, account, changed)
        _save_roles(toegang, tx, actor, account, changed, now)
    return _as_seen(changed, actor)


@usecase(Handeling.ACCOUNT_WIJZIGEN, "account", "id")
def make_link(toegang: Toegang, actor: Actor, id: str) -> Uitnodiging:
    """A link with which somebody sets a (new) password; earlier links no longer work, and the old password does until then.

    Raises:
        NotFound, NotAllowed: the account has roles at organisations that the actor does not administer.
        Refused: it is closed, or there are no passwords here.
    """
    now = toegang.platform.now()
    with toegang.platform.registry.transaction() as tx:
        account = managed(tx, actor, id)
        _require_open(account)
        if not toegang.settings.wachtwoorden:
            raise Refused("make a link for", f"account {id}", "people log in at the OpenID provider alone")
        made = new_link(toegang, tx, account, "herstel", now)
        details = {"vervalt_op": made.vervalt_op.isoformat()}
        tx.record(Gebeurtenis(Actie.ACCOUNT_LINK_MADE, "account", id, actor, now, details=details))
    return made


@usecase(Handeling.ACCOUNT_WIJZIGEN, "account", "id")
def reset_second_step(toegang: Toegang, actor: Actor, id: str) -> Account:
    """Take the second step and the recovery codes away; who needs one sets it up at the next log-in. Sessions end.

    Raises as `make_link`.
    """
    now = toegang.platform.now()
    with toegang.platform.registry.transaction() as tx:
        account = managed(tx, actor, id)
        tx.accounts.set_secrets(id, geheim=None, nieuw_geheim=None, laatste_stap=None)
        tx.accounts.set_herstelcodes(id, ())
        toegang.platform.registry.sessions.end_all(id, now=now, tx=tx)
        tx.record(Gebeurtenis(Actie.SECOND_STEP_RESET, "account", id, actor, now))
    return replace(account, heeft_tweede_stap=False)


@usecase(Handeling.ACCOUNT_WIJZIGEN, "account", "id")
def close_account(toegang: Toegang, actor: Actor, id: str) -> Account:
    """Close an account: it opens nothing any more, at once; closing it again changes nothing.

    Raises:
        NotFound, NotAllowed: as in `make_link`.
        Refused: it is the actor's own, or nobody would be left who administers everything.
    """
    now = toegang.platform.now()
    with toegang.platform.registry.transaction() as tx:
        tx.one_at_a_time("accounts")
        account = managed(tx, actor, id)
        if account.gesloten_op is not None:
            return account
        if actor.account == id:
            raise Refused("close", f"account {id}", "it is your own")
        closed = account.closed(now)
        _require_one_left(tx, account, closed)
        tx.accounts.save(closed)
        tx.accounts.set_secrets(
            id, wachtwoord=None, geheim=None, nieuw_geheim=None, laatste_stap=None, provider=None
        )
        tx.accounts.set_herstelcodes(id, ())
        tx.accounts.drop_links(id)
        ended = toegang.platform.registry.sessions.end_all(id, now=now, tx=tx)
        details = {"sessies": ended}
        tx.record(Gebeurtenis(Actie.ACCOUNT_CLOSED, "account", id, actor, now, details=details))
    return replace(closed, heeft_wachtwoord=False, heeft_tweede_stap=False, heeft_provider=False)


@usecase(Handeling.ACCOUNT_WIJZIGEN, "account", "id")
def erase_account(toegang: Toegang, actor: Actor, id: str) -> Account:
    """Forget name and address of a closed account (AVG art. 17); in the log its name is no longer readable.

    Raises:
        NotFound, NotAllowed: as in `make_link`.
        Refused: it is not closed.
    """
    platform = toegang.platform
    now = platform.now()
    with platform.registry.transaction() as tx:
        account = managed(tx, actor, id)
        if account.gesloten_op is None:
            raise Refused("erase", f"account {id}", "it is not closed yet")
        if account.email is None:
            return account
        erased = replace(account, naam="", email=None, gewijzigd_op=now)
        tx.accounts.save(erased)
        tx.record(Gebeurtenis(Actie.ACCOUNT_ERASED, "account", id, actor, now))
    platform.registry.log.erase(account.name_in_log(), platform.log_key)
    return erased


def new_link(toegang: Toegang, tx: Transaction, account: Account, soort: str, now: datetime) -> Uitnodiging:
    """Make a link in this transaction; of its token only the digest is kept."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    ends = now + timedelta(hours=toegang.settings.uitnodiging_uren)
    tx.accounts.save_link(digest_of(token), Link(account.id, soort, ends, None), now)
    return Uitnodiging(token, ends)


def _with_more(
    toegang: Toegang,
    tx: Transaction,
    actor: Actor,
    account: Account,
    wanted: Sequence[Roltoekenning],
    now: datetime,
) -> Account:
    places = {one.organisatie for one in account.rollen}
    if account.gesloten_op is not None:
        raise Refused("make", "this account", "there is a closed account with this address")
    if None in places or any(one.organisatie is None or one.organisatie in places for one in wanted):
        raise Refused("make", "this account", "there is an account with this address; change its roles")
    changed = account.with_rollen([*account.rollen, *wanted], now)
    _save_roles(toegang, tx, actor, account, changed, now)
    return _as_seen(changed, actor)


def _save_roles(
    toegang: Toegang, tx: Transaction, actor: Actor, old: Account, new: Account, now: datetime
) -> None:
    tx.accounts.save(new)
    toegang.platform.registry.sessions.end_all(new.id, now=now, tx=tx)
    details = {"was": [str(one) for one in old.rollen], "wordt": [str(one) for one in new.rollen]}
    tx.record(Gebeurtenis(Actie.ACCOUNT_CHANGED, "account", new.id, actor, now, details=details))


def _known(toegang: Toegang, rollen: Sequence[Roltoekenning]) -> tuple[Roltoekenning, ...]:
    """The roles with the codes of organisations that exist."""
    lijst = toegang.platform.lijsten.organisaties
    return checked_rollen(
        one
        if one.organisatie is None
        else replace(one, organisatie=checked_code(lijst, "organisatie", one.organisatie))
        for one in rollen
    )


def _require_for_all(actor: Actor, rollen: Sequence[Roltoekenning] | set[Roltoekenning]) -> None:
    actor.require(Recht.ADMINISTER)
    for one in rollen:
        if not actor.may_for(Recht.ADMINISTER, one.organisatie):
            raise NotAllowed(Recht.ADMINISTER.value, actor.rol.value)


def _seen(tx: Transaction, actor: Actor, id: str) -> Account:
    actor.require(Recht.ADMINISTER)
    account = tx.accounts.account(id)
    if not account.may_be_seen_by(actor):
        raise NotFound("account", id)
    return account


def managed(tx: Transaction, actor: Actor, id: str) -> Account:
    """The account, for who administers every organisation at which it has a role; raises NotFound, NotAllowed."""
    account = _seen(tx, actor, id)
    if not account.may_be_managed_by(actor):
        raise NotAllowed(Recht.ADMINISTER.value, actor.rol.value)
    return account


def _require_open(account: Account) -> None:
    if account.gesloten_op is not None:
        raise Refused("change", f"account {account.id}", "it is closed")


def _require_one_left(tx: Transaction, old: Account, new: Account) -> None:
    """Somebody must be left who administers every organisation, or nobody could make a beheerder again."""
    if not _is_head(old) or _is_head(new):
        return
    others, after = 0, None
    while some := tx.accounts.accounts(after=after):
        others += sum(_is_head(account) and account.id != old.id for account in some)
        after = some[-1].id
    if not others:
        raise Refused("change", f"account {old.id}", "it is the last beheerder of every organisation")


def _is_head(account: Account) -> bool:
    return account.gesloten_op is None and account.overal and account.rol is Rol.BEHEERDER


def _as_seen(account: Account, actor: Actor) -> Account:
    """Without the roles at organisations that this actor does not administer, unless the actor administers all."""
    if actor.may_for(Recht.ADMINISTER, None):
        return account
    return replace(
        account,
        rollen=tuple(
            one
            for one in account.rollen
            if one.organisatie is not None and actor.may_for(Recht.ADMINISTER, one.organisatie)
        ),
    )
