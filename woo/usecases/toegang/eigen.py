"""What somebody does with their own account: password, second step, recovery codes, sessions, logging out."""

from woo.domain.account import Account, checked_wachtwoord
from woo.domain.errors import InvalidValue, NotFound, Refused
from woo.domain.events import Actie, Gebeurtenis
from woo.domain.sessie import Fase, Sessie
from woo.registry import Transaction, digest_of
from woo.usecases.toegang import codes
from woo.usecases.toegang.aanmelden import Binnen, Vanwaar, attempts_key, enter, half, refuse, require_turn
from woo.usecases.toegang.onderdelen import AanmeldingGeweigerd, Reden, Toegang


def account_of_link(toegang: Toegang, token: str) -> Account:
    """Whose link this is, without using it; raises AanmeldingGeweigerd (LINK_VERLOPEN)."""
    now = toegang.platform.now()
    with toegang.platform.registry.read() as reading:
        link = reading.accounts.link(digest_of(token))
        if link is None or link.gebruikt_op is not None or link.vervalt_op <= now:
            raise AanmeldingGeweigerd(Reden.LINK_VERLOPEN)
        return reading.accounts.account(link.account_id)


def set_password_by_link(toegang: Toegang, token: str, wachtwoord: str, vanwaar: Vanwaar) -> Account:
    """Set a password with a link, which works once; sessions of the account end, and the second step stays.

    Raises:
        AanmeldingGeweigerd: LINK_VERLOPEN.
        InvalidValue: the password cannot be.
    """
    account = account_of_link(toegang, token)
    hashed = _hashed(toegang, account, wachtwoord)
    now = toegang.platform.now()
    with toegang.platform.registry.transaction() as tx:
        if tx.accounts.account(account.id).gesloten_op is not None:
            raise AanmeldingGeweigerd(Reden.LINK_VERLOPEN)
        if not tx.accounts.use_link(digest_of(token), now):
            raise AanmeldingGeweigerd(Reden.LINK_VERLOPEN)
        _set_password(toegang, tx, account, hashed, vanwaar, wijze="link")
        key = attempts_key(toegang, account.email or account.id)
        toegang.platform.registry.login_state.forget_failures(key, tx=tx)
    return account


def change_password(toegang: Toegang, sessie: Sessie, oud: str, nieuw: str, vanwaar: Vanwaar) -> Binnen:
    """Change the own password; every session ends, and one under a fresh token begins.

    Raises:
        AanmeldingGeweigerd: ONJUIST for the old password, WACHTEN after too many attempts.
        InvalidValue: the new password cannot be, or is the old one.
    """
    account = own_account(toegang, sessie)
    require_password(toegang, account, oud, vanwaar)
    if oud == nieuw:
        raise InvalidValue("wachtwoord", "(withheld)", "it is the same as the old one")
    hashed = _hashed(toegang, account, nieuw)
    with toegang.platform.registry.transaction() as tx:
        _set_password(toegang, tx, account, hashed, vanwaar, wijze="zelf")
        present = tx.accounts.account(account.id)
        return enter(toegang, tx, present, vanwaar, stap="nieuw wachtwoord", via_provider=sessie.via_provider)


def set_first_password(toegang: Toegang, account_id: str, wachtwoord: str, vanwaar: Vanwaar) -> None:
    """Set a password without a link: at the command line, where the first account is made. Raises InvalidValue."""
    with toegang.platform.registry.read() as reading:
        account = reading.accounts.account(account_id)
    hashed = _hashed(toegang, account, wachtwoord)
    with toegang.platform.registry.transaction() as tx:
        _set_password(toegang, tx, account, hashed, vanwaar, wijze="beheer")
        tx.accounts.drop_links(account_id)


def offer_second_step(toegang: Toegang, account_id: str) -> str:
    """The TOTP secret that is not confirmed yet, made when it is first asked for."""
    doel = f"totp {account_id}"
    with toegang.platform.registry.transaction() as tx:
        sealed = tx.accounts.geheimen(account_id).nieuw_geheim
        if sealed is not None:
            return toegang.kluis.open_text(sealed, doel=doel)
        secret = codes.new_secret()
        tx.accounts.set_secrets(account_id, nieuw_geheim=toegang.kluis.seal_text(secret, doel=doel))
    return secret


def confirm_second_step(
    toegang: Toegang, sessie: Sessie, code: str, vanwaar: Vanwaar, *, wachtwoord: str | None = None
) -> tuple[Binnen, tuple[str, ...]]:
    """Set up the second step with the first code of the app; returns a fresh session and the recovery codes, shown once.

    In a session that opens the desk already the own password is asked for, where the account has one.

    Raises:
        AanmeldingGeweigerd: VERLOPEN, CODE_ONJUIST, ONJUIST for the password, WACHTEN.
    """
    account = _setting_up(toegang, sessie)
    key = attempts_key(toegang, account.email or account.id)
    if sessie.fase is Fase.VOLLEDIG and account.heeft_wachtwoord:
        require_password(toegang, account, wachtwoord or "", vanwaar)
    require_turn(toegang, key)
    platform, now = toegang.platform, toegang.platform.now()
    with platform.registry.transaction() as tx:
        tx.accounts.account(account.id)
        sealed = tx.accounts.geheimen(account.id).nieuw_geheim
        secret = None if sealed is None else toegang.kluis.open_text(sealed, doel=f"totp {account.id}")
        step = None if secret is None else codes.matching_step(secret, codes.typed(code), now)
        if step is not None:
            tx.accounts.set_secrets(account.id, geheim=sealed, nieuw_geheim=None, laatste_stap=step)
            made = _new_codes(toegang, tx, account.id)
            platform.registry.sessions.end_all(account.id, now=now, tx=tx)
            actor = account.actor(vanwaar.herkomst)
            tx.record(Gebeurtenis(Actie.SECOND_STEP_SET, "account", account.id, actor, now))
            present = tx.accounts.account(account.id)
            return enter(
                toegang, tx, present, vanwaar, stap="ingesteld", via_provider=sessie.via_provider
            ), made
    refuse(toegang, key, account, vanwaar, Reden.CODE_ONJUIST.value)
    raise AanmeldingGeweigerd(Reden.CODE_ONJUIST)


def renew_recovery_codes(
    toegang: Toegang, sessie: Sessie, wachtwoord: str | None, vanwaar: Vanwaar
) -> tuple[str, ...]:
    """Fresh recovery codes, shown once; the old ones no longer work.

    Raises:
        AanmeldingGeweigerd: ONJUIST for the password, WACHTEN.
        Refused: there is no second step to recover.
    """
    account = own_account(toegang, sessie)
    if not account.heeft_tweede_stap:
        raise Refused("renew the recovery codes of", f"account {account.id}", "it has no second step")
    if account.heeft_wachtwoord:
        require_password(toegang, account, wachtwoord or "", vanwaar)
    now = toegang.platform.now()
    with toegang.platform.registry.transaction() as tx:
        made = _new_codes(toegang, tx, account.id)
        actor = account.actor(vanwaar.herkomst)
        tx.record(Gebeurtenis(Actie.RECOVERY_CODES_RENEWED, "account", account.id, actor, now))
    return made


def own_sessions(toegang: Toegang, account_id: str) -> tuple[Sessie, ...]:
    """The sessions of this account that open the desk now, the last used first."""
    now, duur = toegang.platform.now(), toegang.duur
    return tuple(
        one
        for one in toegang.platform.registry.sessions.of_account(account_id)
        if one.fase is Fase.VOLLEDIG and one.is_open(now, duur)
    )


def log_out(toegang: Toegang, sessie: Sessie, vanwaar: Vanwaar) -> None:
    """End a session; ending it again changes nothing and is not logged again."""
    platform, now = toegang.platform, toegang.platform.now()
    with platform.registry.transaction() as tx:
        if platform.registry.sessions.end(sessie.id, now=now, tx=tx) and sessie.fase is Fase.VOLLEDIG:
            actor = tx.accounts.account(sessie.account_id).actor(vanwaar.herkomst)
            tx.record(Gebeurtenis(Actie.LOGGED_OUT, "account", sessie.account_id, actor, now))


def log_out_elsewhere(toegang: Toegang, sessie: Sessie, vanwaar: Vanwaar, *, welke: str | None = None) -> int:
    """End the own other sessions, or the one with this id (raises NotFound); returns how many ended."""
    platform, now = toegang.platform, toegang.platform.now()
    if welke is not None and welke not in {one.id for one in own_sessions(toegang, sessie.account_id)}:
        raise NotFound("sessie", welke)
    with platform.registry.transaction() as tx:
        sessions = platform.registry.sessions
        if welke is None:
            ended = sessions.end_all(sessie.account_id, now=now, but=sessie.id, tx=tx)
        else:
            ended = int(sessions.end(welke, now=now, tx=tx))
        if ended:
            actor = tx.accounts.account(sessie.account_id).actor(vanwaar.herkomst)
            details = {"sessies": ended}
            tx.record(
                Gebeurtenis(Actie.LOGGED_OUT, "account", sessie.account_id, actor, now, details=details)
            )
    return ended


def own_account(toegang: Toegang, sessie: Sessie) -> Account:
    """The account of this session; raises AanmeldingGeweigerd (VERLOPEN) when it is closed."""
    with toegang.platform.registry.read() as reading:
        account = reading.accounts.account(sessie.account_id)
    if account.gesloten_op is not None:
        raise AanmeldingGeweigerd(Reden.VERLOPEN)
    return account


def require_password(toegang: Toegang, account: Account, wachtwoord: str, vanwaar: Vanwaar) -> None:
    """Ask for the own password again; raises AanmeldingGeweigerd (ONJUIST, WACHTEN)."""
    key = attempts_key(toegang, account.email or account.id)
    require_turn(toegang, key)
    with toegang.platform.registry.read() as reading:
        stored = reading.accounts.geheimen(account.id).wachtwoord
    if not toegang.wachtwoorden.is_right(stored, wachtwoord):
        refuse(toegang, key, account, vanwaar, "wachtwoord")
        raise AanmeldingGeweigerd(Reden.ONJUIST)


def _setting_up(toegang: Toegang, sessie: Sessie) -> Account:
    if sessie.fase is Fase.VOLLEDIG:
        return own_account(toegang, sessie)
    return half(toegang, sessie, Fase.INSTELLEN)


def _hashed(toegang: Toegang, account: Account, wachtwoord: str) -> str:
    checked = checked_wachtwoord(
        wachtwoord, tekens=toegang.settings.wachtwoord_tekens, weg=(account.naam, account.email)
    )
    return toegang.wachtwoorden.hash(checked)


def _set_password(
    toegang: Toegang, tx: Transaction, account: Account, hashed: str, vanwaar: Vanwaar, *, wijze: str
) -> None:
    now = toegang.platform.now()
    tx.accounts.set_secrets(account.id, wachtwoord=hashed)
    toegang.platform.registry.sessions.end_all(account.id, now=now, tx=tx)
    actor = account.actor(vanwaar.herkomst)
    details = {"wijze": wijze}
    tx.record(Gebeurtenis(Actie.PASSWORD_CHANGED, "account", account.id, actor, now, details=details))


def _new_codes(toegang: Toegang, tx: Transaction, account_id: str) -> tuple[str, ...]:
    made = codes.new_recovery_codes()
    doel = f"herstelcode {account_id}"
    tx.accounts.set_herstelcodes(account_id, [toegang.kluis.digest(doel, codes.typed(code)) for code in made])
    return made
