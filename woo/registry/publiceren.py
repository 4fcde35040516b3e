"""Plans, fields of categories, announcements and links for requesters: read from a snapshot, written in a transaction."""

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.errors import NotFound
from woo.domain.inzage import Inzage
from woo.domain.mededeling import Mededeling
from woo.domain.planning import Planstaat, Publicatieplan
from woo.registry import selects, statements
from woo.registry.dossier import Saving
from woo.registry.dossier_tables import inventarisregel
from woo.registry.publiceren_tables import categorieveld, inzage, mededeling, publicatieplan
from woo.registry.tables import publicatie

_MOST = 500


class PublicerenReading:
    """What can be asked of one snapshot about publishing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(self, publicatie_id: str) -> Publicatieplan | None:
        """The last plan of this publicatie, whatever became of it; None where there never was one."""
        given = {"publicatie_id": publicatie_id}
        row = self._connection.execute(selects.of_this_publicatie("plan"), given).first()
        return None if row is None else _plan(row)

    def plannen(
        self,
        staten: Collection[Planstaat],
        *,
        publishers: Collection[str] | None = None,
        since: datetime | None = None,
        limit: int = _MOST,
    ) -> list[Publicatieplan]:
        """Plans in these states, the earliest first; of these organisations, or of all; carried out from `since` on.

        What has no organisation yet is told only to those who ask for all.
        """
        of = publicatieplan.c
        chosen = sa.select(publicatieplan).where(of.staat.in_([each.value for each in staten]))
        if publishers is not None:
            chosen = chosen.join(publicatie, publicatie.c.id == of.publicatie_id)
            chosen = chosen.where(publicatie.c.publisher.in_(sorted(publishers)))
        if since is not None:
            chosen = chosen.where(of.uitgevoerd_op >= since)
        rows = self._connection.execute(chosen.order_by(of.op, of.publicatie_id).limit(limit))
        return [_plan(row) for row in rows]

    def velden(self, publicatie_id: str) -> dict[str, str]:
        """The values of the fields that the categories of this publicatie ask for, by name of the field."""
        rows = self._connection.execute(selects.velden(), {"publicatie_id": publicatie_id})
        return {row.veld: row.waarde for row in rows}

    def mededeling(self, publicatie_id: str) -> Mededeling | None:
        """The announcement that this publicatie is; None for one with documents."""
        given = {"publicatie_id": publicatie_id}
        row = self._connection.execute(selects.of_this_publicatie("mededeling"), given).first()
        return None if row is None else Mededeling(row.publicatie_id, tuple(row.gronden), row.toelichting)

    def inzage(self, id: str) -> Inzage:
        """Raises NotFound."""
        row = self._connection.execute(sa.select(inzage).where(inzage.c.id == id)).first()
        if row is None:
            raise NotFound("inzage", id)
        return _inzage(row)

    def inzages(self, publicatie_id: str) -> list[Inzage]:
        """The links of this publicatie, also those that ended, the oldest first."""
        of = inzage.c
        chosen = sa.select(inzage).where(of.publicatie_id == publicatie_id).order_by(of.aangemaakt_op, of.id)
        return [_inzage(row) for row in self._connection.execute(chosen)]

    def inzage_by_secret(self, secret: str) -> Inzage | None:
        """The link with this secret, also one that ended.

        What is looked up is the digest of the secret, so the time it takes says nothing about the secret.
        """
        digest = secret_digest(secret)
        row = self._connection.execute(sa.select(inzage).where(inzage.c.digest == digest)).first()
        stored = row.digest if row is not None else secret_digest("")
        same = hmac.compare_digest(stored, digest)
        return _inzage(row) if row is not None and same else None


class PublicerenWriting(PublicerenReading):
    """The same inside a transaction, and its changes; what a rule of the database refuses raises Refused."""

    def __init__(self, connection: Connection, saving: Saving) -> None:
        super().__init__(connection)
        self._saving = saving

    def save_plan(self, plan: Publicatieplan) -> None:
        """Keep this plan in the place of an earlier one of the same publicatie."""
        values = {**asdict(plan), "staat": plan.staat.value, "redenen": list(plan.redenen)}
        with self._saving(f"the plan of publicatie {plan.publicatie_id}"):
            self._save(publicatieplan, values)

    def save_velden(self, publicatie_id: str, velden: Mapping[str, str]) -> None:
        """Replace the values of the fields of this publicatie."""
        rows = [
            {"publicatie_id": publicatie_id, "veld": veld, "waarde": waarde}
            for veld, waarde in velden.items()
        ]
        with self._saving(f"the fields of publicatie {publicatie_id}"):
            gone = categorieveld.delete().where(categorieveld.c.publicatie_id == publicatie_id)
            self._connection.execute(gone)
            if rows:
                self._connection.execute(categorieveld.insert(), rows)

    def save_mededeling(self, publicatie_id: str, wat: Mededeling | None) -> None:
        """Keep this announcement in the place of an earlier one; None takes it away."""
        with self._saving(f"the mededeling of publicatie {publicatie_id}"):
            if wat is None:
                gone = mededeling.delete().where(mededeling.c.publicatie_id == publicatie_id)
                self._connection.execute(gone)
            else:
                values = {"gronden": list(wat.gronden), "toelichting": wat.toelichting}
                self._save(mededeling, {"publicatie_id": publicatie_id, **values})

    def insert_inzage(self, wat: Inzage, secret: str) -> None:
        """Keep a new link, and of its secret the digest."""
        values = {**asdict(wat), "documenten": list(wat.documenten), "digest": secret_digest(secret)}
        with self._saving(f"inzage {wat.id}"):
            self._connection.execute(inzage.insert(), values)

    def revoke_inzage(self, id: str, now: datetime) -> None:
        """End a link; the first moment at which that was done stays."""
        of = inzage.c
        ended = inzage.update().where(of.id == id, of.ingetrokken_op.is_(None)).values(ingetrokken_op=now)
        self._connection.execute(ended)

    def use_inzage(self, id: str, now: datetime) -> None:
        """Count one more use of a link."""
        used = inzage.update().where(inzage.c.id == id)
        self._connection.execute(used.values(gebruikt=inzage.c.gebruikt + 1, laatst_gebruikt=now))

    def release_regels(self, document_id: str) -> None:
        """Note in the rows of inventories about this document that its disclosure waits no longer."""
        of = inventarisregel.c
        self._connection.execute(
            inventarisregel.update().where(of.document_id == document_id).values(opgeschort=False)
        )

    def _save(self, table: sa.Table, values: dict[str, Any]) -> None:
        self._connection.execute(statements.save_row(self._connection.dialect.name, table), values)


def secret_digest(secret: str) -> str:
    """The SHA-256 (hex) of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _plan(row: Row[Any]) -> Publicatieplan:
    return Publicatieplan(
        publicatie_id=row.publicatie_id,
        op=row.op,
        gepland_op=row.gepland_op,
        embargo=row.embargo,
        notitie=row.notitie,
        staat=Planstaat(row.staat),
        uitgevoerd_op=row.uitgevoerd_op,
        redenen=tuple(row.redenen),
    )


def _inzage(row: Row[Any]) -> Inzage:
    documenten: Sequence[str] = row.documenten
    return Inzage(
        id=row.id,
        publicatie_id=row.publicatie_id,
        naam=row.naam,
        documenten=tuple(documenten),
        aangemaakt_op=row.aangemaakt_op,
        vervalt_op=row.vervalt_op,
        ingetrokken_op=row.ingetrokken_op,
        gebruikt=row.gebruikt,
        laatst_gebruikt=row.laatst_gebruikt,
    )
