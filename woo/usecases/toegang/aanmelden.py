"""Log in: a password, then the second step; every refusal is counted, and says nothing about which accounts there are."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from woo.domain.account import Account, folded_email
from woo.domain.actor import Actor, Rol
from woo.domain.errors import InvalidValue
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.sessie import Fase, Sessie
from woo.registry import Transaction
from woo.usecases.toegang import codes
from woo.usecases.toegang.onderdelen import AanmeldingGeweigerd, Reden, Toegang

FREE = 5
"""Attempts in vain before an account has to wait."""

LONGEST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Vanwaar:
    """Where a log-in comes from: an address for the log, and the kind of browser for the person's own list."""

    herkomst: str
    apparaat: str = ""


@dataclass(frozen=True, slots=True)
class Binnen:
    """A session that was started, with its token, which cannot be shown again."""

    account: Account
    sessie: Sessie
    token: str


def log_in(toegang: Toegang, email: str, wachtwoord: str, vanwaar: Vanwaar) -> Binnen:
    """Check a password; the session opens the desk, or waits for the second step or for setting it up.

    Raises:
        AanmeldingGeweigerd: ONJUIST for anything that does not fit, WACHTEN after too many attempts (also for an
            address without an account).
    """
    key = attempts_key(toegang, email)
    require_turn(toegang, key)
    with toegang.platform.registry.read() as reading:
        account = reading.accounts.by_email(_folded(email))
        stored = None if account is None else reading.accounts.geheimen(account.id).wachtwoord
    right = toegang.wachtwoorden.is_right(stored, wachtwoord)
    if not right or account is None or stored is None or account.gesloten_op is not None:
        refuse(toegang, key, account, vanwaar, "wachtwoord" if account else "onbekend account")
        raise AanmeldingGeweigerd(Reden.ONJUIST)
    fresh = toegang.wachtwoorden.hash(wachtwoord) if toegang.wachtwoorden.is_old(stored) else None
    with toegang.platform.registry.transaction() as tx:
        present = tx.accounts.account(account.id)
        if present.gesloten_op is not None or tx.accounts.geheimen(account.id).wachtwoord != stored:
            raise AanmeldingGeweigerd(Reden.ONJUIST)
        if fresh is not None:
            tx.accounts.set_secrets(account.id, wachtwoord=fresh)
        return begin(toegang, tx, present, vanwaar, stap="wachtwoord")


def begin(
    toegang: Toegang,
    tx: Transaction,
    account: Account,
    vanwaar: Vanwaar,
    *,
    stap: str,
    bewezen: bool = False,
    via_provider: bool = False,
) -> Binnen:
    """Start the session of somebody who passed the first step; `bewezen` when a second step was taken elsewhere."""
    if bewezen or not account.needs_second_step(toegang.second_step_from):
        return enter(toegang, tx, account, vanwaar, stap=stap, via_provider=via_provider)
    fase = Fase.TWEEDE_STAP if account.heeft_tweede_stap else Fase.INSTELLEN
    return _start(toegang, tx, account, vanwaar, fase, via_provider=via_provider)


def enter(
    toegang: Toegang,
    tx: Transaction,
    account: Account,
    vanwaar: Vanwaar,
    *,
    stap: str,
    via_provider: bool = False,
) -> Binnen:
    """Start a session that opens the desk, under a fresh token; the count of vain attempts begins again."""
    now = toegang.platform.now()
    if account.email is not None:
        key = attempts_key(toegang, account.email)
        toegang.platform.registry.login_state.forget_failures(key, tx=tx)
    tx.accounts.logged_in(account.id, now)
    actor = account.actor(vanwaar.herkomst)
    tx.record(Gebeurtenis(Actie.LOGGED_IN, "account", account.id, actor, now, details={"stap": stap}))
    made = _start(toegang, tx, account, vanwaar, Fase.VOLLEDIG, via_provider=via_provider)
    return replace(made, account=replace(account, laatst_aangemeld=now))


def second_step(toegang: Toegang, sessie: Sessie, code: str, vanwaar: Vanwaar) -> Binnen:
    """Check the code of an app, or a recovery code; the half session ends and one under a fresh token begins.

    Raises:
        AanmeldingGeweigerd: VERLOPEN when the half session is over, CODE_ONJUIST, CODE_GEBRUIKT, WACHTEN.
    """
    account = half(toegang, sessie, Fase.TWEEDE_STAP)
    key = attempts_key(toegang, account.email or account.id)
    require_turn(toegang, key)
    platform, now = toegang.platform, toegang.platform.now()
    with platform.registry.transaction() as tx:
        stap = _accepted(toegang, tx, account, code, now)
        if not isinstance(stap, Reden):
            _end_half(toegang, tx, sessie, now)
            present = tx.accounts.account(account.id)
            return enter(toegang, tx, present, vanwaar, stap=stap, via_provider=sessie.via_provider)
    refuse(toegang, key, account, vanwaar, stap.value)
    raise AanmeldingGeweigerd(stap)


def half(toegang: Toegang, sessie: Sessie, fase: Fase) -> Account:
    """The account of a session that waits for this step; raises AanmeldingGeweigerd (VERLOPEN)."""
    with toegang.platform.registry.read() as reading:
        account = reading.accounts.account(sessie.account_id)
    known = toegang.platform.now()
    if sessie.fase is not fase or not sessie.is_open(known, toegang.duur) or account.gesloten_op is not None:
        raise AanmeldingGeweigerd(Reden.VERLOPEN)
    return account


def attempts_key(toegang: Toegang, email: str) -> str:
    """Under what attempts at this address are counted, whether it has an account or not."""
    return toegang.kluis.digest("poging", _folded(email))


def require_turn(toegang: Toegang, key: str) -> None:
    """Raise AanmeldingGeweigerd (WACHTEN) while attempts under this key have to wait."""
    now = toegang.platform.now()
    until = toegang.platform.registry.login_state.waits_until(key)
    if until is not None and until > now:
        raise AanmeldingGeweigerd(Reden.WACHTEN, seconden=math.ceil((until - now).total_seconds()))


def refuse(toegang: Toegang, key: str, account: Account | None, vanwaar: Vanwaar, reden: str) -> None:
    """Count an attempt in vain and write it down, never with what was typed."""
    now, unwritten = toegang.platform.now(), 0
    if account is None:
        left_out = toegang.budget.take(now)
        if left_out is None:
            toegang.platform.registry.login_state.failed(key, now=now, pause=_pause)
            return
        unwritten = left_out
    nobody = Actor("onbekend", Rol.LEZER, vanwaar.herkomst)
    place = ("balie", "aanmelden") if account is None else ("account", account.id)
    details: dict[str, object] = {"reden": reden} | ({"niet_vastgelegd": unwritten} if unwritten else {})
    with toegang.platform.registry.transaction() as tx:
        number, until = toegang.platform.registry.login_state.failed(key, now=now, pause=_pause, tx=tx)
        tx.record(
            Gebeurtenis(Actie.LOGIN_REFUSED, *place, nobody, now, uitkomst="geweigerd", details=details)
        )
        if number == FREE and account is not None:
            waits = {"pogingen": number, "seconden": math.ceil((until - now).total_seconds())}
            tx.record(
                Gebeurtenis(Actie.LOGIN_LOCKED, *place, nobody, now, uitkomst="geweigerd", details=waits)
            )


def _accepted(toegang: Toegang, tx: Transaction, account: Account, code: str, now: datetime) -> str | Reden:
    """By which kind of code somebody passed, or why not."""
    given, sealed = codes.typed(code), tx.accounts.geheimen(account.id).geheim
    if not codes.is_timed(given):
        digest = toegang.kluis.digest(f"herstelcode {account.id}", given)
        return "herstelcode" if tx.accounts.take_herstelcode(account.id, digest, now) else Reden.CODE_ONJUIST
    if sealed is None:
        return Reden.CODE_ONJUIST
    secret = toegang.kluis.open_text(sealed, doel=f"totp {account.id}")
    step = codes.matching_step(secret, given, now)
    if step is None:
        return Reden.CODE_ONJUIST
    return "code" if tx.accounts.take_step(account.id, step) else Reden.CODE_GEBRUIKT


def _end_half(toegang: Toegang, tx: Transaction, sessie: Sessie, now: datetime) -> None:
    if not toegang.platform.registry.sessions.end(sessie.id, now=now, tx=tx):
        raise AanmeldingGeweigerd(Reden.VERLOPEN)


def _start(
    toegang: Toegang, tx: Transaction, account: Account, vanwaar: Vanwaar, fase: Fase, *, via_provider: bool
) -> Binnen:
    sessie, token = toegang.platform.registry.sessions.start(
        account.id,
        fase,
        now=toegang.platform.now(),
        duur=toegang.duur,
        herkomst=vanwaar.herkomst,
        apparaat=vanwaar.apparaat,
        via_provider=via_provider,
        tx=tx,
    )
    return Binnen(account, sessie, token)


def _pause(number: int) -> timedelta:
    """How long to wait after this many attempts in vain: 1, 2, 4 … seconds from FREE on, at most LONGEST."""
    over = number - FREE
    return min(timedelta(seconds=2 ** min(over, 20)), LONGEST) if over >= 0 else timedelta()


def _folded(email: str) -> str:
    try:
        return folded_email(email)
    except InvalidValue:
        return email.strip().casefold()[:300]
