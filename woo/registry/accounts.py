"""Accounts in the registry, with their roles and secrets: read from a snapshot, written in a transaction."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.account import Account, Roltoekenning
from woo.domain.actor import Rol
from woo.domain.errors import NotFound
from woo.registry.account_tables import account, accountlink, accountrol, herstelcode

Saving = Callable[[str], AbstractContextManager[None]]
"""Names the object that a rule of the database refuses, and spoils the transaction."""


@dataclass(frozen=True, slots=True)
class Geheimen:
    """What an account proves itself with.

    `wachtwoord` is an argon2id hash; `geheim` and `nieuw_geheim` (not confirmed yet) are sealed TOTP secrets; `laatste_stap`
    is the last time step of which a code was used; `provider` is issuer and subject at an OpenID provider.
    """

    wachtwoord: str | None
    geheim: str | None
    nieuw_geheim: str | None
    laatste_stap: int | None
    provider: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A link by which somebody sets a password; `soort` is one of LINKSOORTEN."""

    account_id: str
    soort: str
    vervalt_op: datetime
    gebruikt_op: datetime | None


class AccountReading:
    """What can be asked of one snapshot about accounts."""

    def __init__(self, connection: Connection, *, locks: bool = False) -> None:
        self._connection = connection
        self._locks = locks

    def account(self, id: str) -> Account:
        """Raises NotFound. Inside a transaction it stays as it is until the end."""
        found = self._one(account.c.id == id)
        if found is None:
            raise NotFound("account", id)
        return found

    def by_email(self, email: str) -> Account | None:
        """The account with this address (folded)."""
        return self._one(account.c.email == email)

    def by_provider(self, provider: str) -> Account | None:
        """The account of this issuer and subject."""
        return self._one(account.c.provider == provider)

    def accounts(self, *, after: str | None = None, limit: int = 1000) -> list[Account]:
        """All accounts by id, closed ones too; `after` is the last id of the list before."""
        chosen = sa.select(account).order_by(account.c.id).limit(limit)
        if after is not None:
            chosen = chosen.where(account.c.id > after)
        rows = self._connection.execute(chosen).all()
        roles = self._roles([row.id for row in rows])
        return [_account(row, roles.get(row.id, ())) for row in rows]

    def geheimen(self, id: str) -> Geheimen:
        """What this account proves itself with; raises NotFound."""
        row = self._connection.execute(sa.select(account).where(account.c.id == id)).first()
        if row is None:
            raise NotFound("account", id)
        return Geheimen(row.wachtwoord, row.geheim, row.nieuw_geheim, row.laatste_stap, row.provider)

    def herstelcodes_over(self, id: str) -> int:
        """How many recovery codes were not used yet."""
        of = herstelcode.c
        chosen = sa.select(sa.func.count()).select_from(herstelcode)
        return int(
            self._connection.execute(chosen.where(of.account_id == id, of.gebruikt_op.is_(None))).scalar_one()
        )

    def link(self, digest: str) -> Link | None:
        """The link with this digest of its token, also one that was used or expired."""
        row = self._connection.execute(sa.select(accountlink).where(accountlink.c.digest == digest)).first()
        return None if row is None else Link(row.account_id, row.soort, row.vervalt_op, row.gebruikt_op)

    def _one(self, where: sa.ColumnElement[bool]) -> Account | None:
        chosen = sa.select(account).where(where)
        row = self._connection.execute(chosen.with_for_update() if self._locks else chosen).first()
        return None if row is None else _account(row, self._roles([row.id]).get(row.id, ()))

    def _roles(self, ids: Collection[str]) -> Mapping[str, list[Roltoekenning]]:
        chosen = sa.select(accountrol).where(accountrol.c.account_id.in_(ids)).order_by(accountrol.c.plek)
        found: dict[str, list[Roltoekenning]] = {}
        for row in self._connection.execute(chosen):
            found.setdefault(row.account_id, []).append(Roltoekenning(Rol(row.rol), row.organisatie))
        return found


class AccountWriting(AccountReading):
    """The same inside a transaction, and its changes; what a rule of the database refuses raises Refused."""

    def __init__(self, connection: Connection, saving: Saving) -> None:
        super().__init__(connection, locks=True)
        self._saving = saving

    def save(self, changed: Account) -> None:
        """Insert it, or write name, address, roles and moments over those of its row; its secrets stay.

        Raises:
            Refused: another account has this address.
        """
        values = {
            "naam": changed.naam,
            "email": changed.email,
            "aangemaakt_op": changed.aangemaakt_op,
            "gewijzigd_op": changed.gewijzigd_op,
            "laatst_aangemeld": changed.laatst_aangemeld,
            "gesloten_op": changed.gesloten_op,
        }
        with self._saving(f"account {changed.id}"):
            done = self._connection.execute(
                account.update().where(account.c.id == changed.id).values(**values)
            )
            if done.rowcount == 0:
                self._connection.execute(account.insert(), {"id": changed.id, **values})
            self._connection.execute(accountrol.delete().where(accountrol.c.account_id == changed.id))
            if changed.rollen:
                rows = [_role_row(changed.id, one) for one in changed.rollen]
                self._connection.execute(accountrol.insert(), rows)

    def set_secrets(self, id: str, **values: Any) -> None:
        """Write some of the fields of `Geheimen`; raises Refused where another account has this `provider`."""
        with self._saving(f"the secrets of account {id}"):
            self._connection.execute(account.update().where(account.c.id == id).values(**values))

    def take_step(self, id: str, step: int) -> bool:
        """Note that a code of this time step was used; False when one of it, or of a later one, was used before."""
        fresh = sa.or_(account.c.laatste_stap.is_(None), account.c.laatste_stap < step)
        done = self._connection.execute(
            account.update().where(account.c.id == id, fresh).values(laatste_stap=step)
        )
        return done.rowcount == 1

    def logged_in(self, id: str, now: datetime) -> None:
        """Note the moment of the last log-in."""
        self._connection.execute(account.update().where(account.c.id == id).values(laatst_aangemeld=now))

    def set_herstelcodes(self, id: str, digests: Iterable[str]) -> None:
        """Replace all recovery codes, used ones too, by these."""
        with self._saving(f"the recovery codes of account {id}"):
            self._connection.execute(herstelcode.delete().where(herstelcode.c.account_id == id))
            rows = [{"account_id": id, "digest": digest} for digest in digests]
            if rows:
                self._connection.execute(herstelcode.insert(), rows)

    def take_herstelcode(self, id: str, digest: str, now: datetime) -> bool:
        """Use a recovery code; False when there is no such code or it was used before."""
        of = herstelcode.c
        unused = sa.and_(of.account_id == id, of.digest == digest, of.gebruikt_op.is_(None))
        return (
            self._connection.execute(herstelcode.update().where(unused).values(gebruikt_op=now)).rowcount == 1
        )

    def save_link(self, digest: str, link: Link, now: datetime) -> None:
        """Keep a new link; earlier ones of the same account no longer work."""
        of = accountlink.c
        with self._saving(f"a link of account {link.account_id}"):
            self._connection.execute(accountlink.delete().where(of.account_id == link.account_id))
            self._connection.execute(
                accountlink.insert(),
                {
                    "digest": digest,
                    "account_id": link.account_id,
                    "soort": link.soort,
                    "aangemaakt_op": now,
                    "vervalt_op": link.vervalt_op,
                },
            )

    def drop_links(self, account_id: str) -> None:
        """Let no link of this account work any more."""
        self._connection.execute(accountlink.delete().where(accountlink.c.account_id == account_id))

    def use_link(self, digest: str, now: datetime) -> bool:
        """Use a link; False when it was used before, expired, or is not there."""
        of = accountlink.c
        good = sa.and_(of.digest == digest, of.gebruikt_op.is_(None), of.vervalt_op > now)
        return (
            self._connection.execute(accountlink.update().where(good).values(gebruikt_op=now)).rowcount == 1
        )


def _role_row(account_id: str, one: Roltoekenning) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "plek": one.organisatie or "",
        "organisatie": one.organisatie,
        "rol": one.rol.value,
    }


def _account(row: Row[Any], rollen: Iterable[Roltoekenning]) -> Account:
    return Account(
        id=row.id,
        naam=row.naam,
        email=row.email,
        rollen=tuple(rollen),
        aangemaakt_op=row.aangemaakt_op,
        gewijzigd_op=row.gewijzigd_op,
        heeft_wachtwoord=row.wachtwoord is not None,
        heeft_tweede_stap=row.geheim is not None,
        heeft_provider=row.provider is not None,
        laatst_aangemeld=row.laatst_aangemeld,
        gesloten_op=row.gesloten_op,
    )
