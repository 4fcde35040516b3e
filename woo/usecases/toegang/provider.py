"""Log in with what an OpenID provider says of somebody: find or make the account, and set its roles where the provider decides them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from woo.domain.account import Account, Roltoekenning, checked_naam, folded_email
from woo.domain.actor import Actor, Rol
from woo.domain.errors import InvalidValue
from woo.domain.events import Actie, Gebeurtenis
from woo.registry import Transaction
from woo.usecases.codes import checked_code
from woo.usecases.toegang.aanmelden import Binnen, Vanwaar, begin
from woo.usecases.toegang.onderdelen import AanmeldingGeweigerd, Reden, Toegang

_ORDER = list(Rol)


@dataclass(frozen=True, slots=True)
class Persoon:
    """Somebody as the provider knows them; `sleutel` is issuer and subject, which never change."""

    sleutel: str
    email: str | None
    email_bevestigd: bool
    naam: str
    tweede_stap: bool
    rollen: tuple[Roltoekenning, ...] | None

    @classmethod
    def of(cls, toegang: Toegang, claims: Mapping[str, Any]) -> "Persoon":
        """Read the claims of a checked id token (and of the provider's userinfo); what is not as it should be counts as absent."""
        email, naam = claims.get("email"), claims.get("name")
        return cls(
            sleutel=f"{claims['iss']}|{claims['sub']}",
            email=_email(email),
            email_bevestigd=claims.get("email_verified") is True,
            naam=_naam(naam) or _email(email) or "",
            tweede_stap=_second_step(toegang.settings.oidc_tweede_stap, claims),
            rollen=_rollen(toegang, claims),
        )


def log_in_from_provider(toegang: Toegang, persoon: Persoon, vanwaar: Vanwaar) -> Binnen:
    """Start a session for somebody whom the provider vouches for.

    The account is the one that came with this subject before, else the one with their verified address.

    Raises:
        AanmeldingGeweigerd: GEEN_ACCOUNT, EMAIL_ONBEVESTIGD, GESLOTEN, or GEEN_ROL where the provider decides the roles
            and gives none.
    """
    try:
        with toegang.platform.registry.transaction() as tx:
            tx.one_at_a_time("accounts")
            account = _found(toegang, tx, persoon, vanwaar)
            account = _with_roles(toegang, tx, account, persoon, vanwaar)
            return begin(
                toegang,
                tx,
                account,
                vanwaar,
                stap="provider",
                bewezen=persoon.tweede_stap,
                via_provider=True,
            )
    except AanmeldingGeweigerd as refused:
        refuse_from_provider(toegang, refused.reden.value, vanwaar)
        raise


def _found(toegang: Toegang, tx: Transaction, persoon: Persoon, vanwaar: Vanwaar) -> Account:
    account = tx.accounts.by_provider(persoon.sleutel)
    if account is None and persoon.email is not None:
        account = tx.accounts.by_email(persoon.email)
        if account is not None and not persoon.email_bevestigd:
            raise AanmeldingGeweigerd(Reden.EMAIL_ONBEVESTIGD)
        if account is not None and tx.accounts.geheimen(account.id).provider is not None:
            raise AanmeldingGeweigerd(Reden.GEEN_ACCOUNT)  # the address went to somebody else at the provider
    if account is None:
        account = _made(toegang, tx, persoon, vanwaar)
    if account.gesloten_op is not None:
        raise AanmeldingGeweigerd(Reden.GESLOTEN)
    if not account.heeft_provider:
        tx.accounts.set_secrets(account.id, provider=persoon.sleutel)
    return replace(account, heeft_provider=True)


def _made(toegang: Toegang, tx: Transaction, persoon: Persoon, vanwaar: Vanwaar) -> Account:
    if toegang.settings.oidc_onbekend != "lezer" and not persoon.rollen:
        raise AanmeldingGeweigerd(Reden.GEEN_ACCOUNT)
    if persoon.email is None or not persoon.email_bevestigd:
        raise AanmeldingGeweigerd(Reden.EMAIL_ONBEVESTIGD)
    place = toegang.settings.oidc_onbekend_organisatie
    if place:
        place = checked_code(toegang.platform.lijsten.organisaties, "organisatie", place)
    rollen = persoon.rollen or (Roltoekenning(Rol.LEZER, place or None),)
    now = toegang.platform.now()
    account = Account(toegang.platform.new_id(), checked_naam(persoon.naam), persoon.email, rollen, now, now)
    tx.accounts.save(account)
    details = {"rollen": [str(one) for one in rollen], "wijze": "provider"}
    actor = account.actor(vanwaar.herkomst)
    tx.record(Gebeurtenis(Actie.ACCOUNT_CREATED, "account", account.id, actor, now, details=details))
    return account


def _with_roles(
    toegang: Toegang, tx: Transaction, account: Account, persoon: Persoon, vanwaar: Vanwaar
) -> Account:
    """The account with the roles of its groups; sessions under other roles end."""
    if persoon.rollen is None:
        return account
    if not persoon.rollen:
        raise AanmeldingGeweigerd(Reden.GEEN_ROL)
    now = toegang.platform.now()
    changed = account.with_rollen(persoon.rollen, now)
    if changed.rollen == account.rollen:
        return account
    tx.accounts.save(changed)
    toegang.platform.registry.sessions.end_all(account.id, now=now, tx=tx)
    details = {
        "was": [str(one) for one in account.rollen],
        "wordt": [str(one) for one in changed.rollen],
        "wijze": "provider",
    }
    actor = Actor("OpenID-provider", Rol.BEHEERDER, vanwaar.herkomst)
    tx.record(Gebeurtenis(Actie.ACCOUNT_CHANGED, "account", account.id, actor, now, details=details))
    return changed


def refuse_from_provider(toegang: Toegang, reden: str, vanwaar: Vanwaar) -> None:
    """Write down that somebody did not get in by way of the provider; a few lines a minute at most."""
    now = toegang.platform.now()
    unwritten = toegang.budget.take(now)
    if unwritten is None:
        return
    details: dict[str, object] = {"reden": reden, "wijze": "provider"} | (
        {"niet_vastgelegd": unwritten} if unwritten else {}
    )
    nobody = Actor("onbekend", Rol.LEZER, vanwaar.herkomst)
    event = Gebeurtenis(
        Actie.LOGIN_REFUSED, "balie", "aanmelden", nobody, now, uitkomst="geweigerd", details=details
    )
    with toegang.platform.registry.transaction() as tx:
        tx.record(event)


def _email(value: object) -> str | None:
    try:
        return folded_email(value) if isinstance(value, str) else None
    except InvalidValue:
        return None


def _naam(value: object) -> str | None:
    try:
        return checked_naam(value) if isinstance(value, str) else None
    except InvalidValue:
        return None


def _second_step(counting: tuple[str, ...], claims: Mapping[str, Any]) -> bool:
    methods = claims.get("amr")
    said = {str(one) for one in methods} if isinstance(methods, list) else set()
    acr = claims.get("acr")
    return bool(set(counting) & (said | ({acr} if isinstance(acr, str) else set())))


def _rollen(toegang: Toegang, claims: Mapping[str, Any]) -> tuple[Roltoekenning, ...] | None:
    """The roles that the groups mean: at one organisation the highest, and one at every organisation over all others."""
    claim = toegang.settings.oidc_rollen_claim
    if not claim:
        return None
    value = claims.get(claim)
    groups = (
        {value}
        if isinstance(value, str)
        else {str(one) for one in value}
        if isinstance(value, list)
        else set()
    )
    highest: dict[str | None, Rol] = {}
    for group, rol, place in toegang.settings.oidc_rollen:
        if group in groups:
            code = None
            if place is not None:
                code = checked_code(toegang.platform.lijsten.organisaties, "organisatie", place)
            highest[code] = max(rol, highest.get(code, rol), key=_ORDER.index)
    if None in highest:
        return (Roltoekenning(highest[None]),)
    return tuple(Roltoekenning(rol, place) for place, rol in sorted(highest.items(), key=str))
