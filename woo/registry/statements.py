"""The statements that insert or change a row, each built once per kind of database (building takes longer than running)."""

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from woo.domain.publicatie import Publicatiestatus
from woo.registry import tables

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Insert: TypeAlias = "sqlite.Insert | postgresql.Insert"


def insert(dialect: str, table: sa.Table) -> Insert:
    """An INSERT that knows ON CONFLICT, in the words of this kind of database."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    return sqlite.insert(table)


@cache
def save_publicatie(dialect: str) -> Insert:
    """Changes no row whose status the new one cannot follow: a withdrawal is never undone by an older copy."""
    statement = insert(dialect, tables.publicatie)
    old, new = tables.publicatie.c, statement.excluded
    withdrawn, draft = Publicatiestatus.INGETROKKEN.value, Publicatiestatus.CONCEPT.value
    follows = sa.or_(old.status == new.status, sa.and_(old.status != withdrawn, new.status != draft))
    return _replacing(statement, follows)


@cache
def save_document(dialect: str) -> Insert:
    """Changes no row that is ahead of the new one: withdrawn, or with a later version of the file.

    Nor one that is for others: what may never be public cannot become so by a change.
    """
    statement = insert(dialect, tables.document)
    old, new = tables.document.c, statement.excluded
    follows = sa.and_(
        old.publicatie_id == new.publicatie_id,
        old.bestemming == new.bestemming,
        old.versie <= new.versie,
        sa.or_(old.ingetrokken_op.is_(None), new.ingetrokken_op.is_not(None)),
    )
    return _replacing(statement, follows)


@cache
def save_version(dialect: str) -> Insert:
    """Changes no row of another file; the moment a version came stays the first."""
    statement = insert(dialect, tables.bestandsversie)
    return statement.on_conflict_do_update(
        index_elements=["document_id", "versie"],
        set_={"naam": statement.excluded.naam, "mime": statement.excluded.mime},
        where=tables.bestandsversie.c.digest == statement.excluded.digest,
    )


@cache
def save_item(dialect: str) -> Insert:
    return _replacing(insert(dialect, tables.item))


@cache
def save_relatie(dialect: str) -> Insert:
    """What a person made stays theirs when a program finds it too."""
    statement = insert(dialect, tables.relatie)
    old, new = tables.relatie.c, statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["van_id", "soort", "naar_id"],
        set_={"gelijkenis": new.gelijkenis, "met_de_hand": sa.or_(old.met_de_hand, new.met_de_hand)},
    )


@cache
def save_row(dialect: str, table: sa.Table) -> Insert:
    """Insert a row, or write all its columns over those of the row with its key."""
    return _replacing(insert(dialect, table))


@cache
def mark_shown(dialect: str) -> Insert:
    return _replacing(insert(dialect, tables.getoond))


@cache
def mark_hidden() -> sa.Delete:
    of = tables.getoond.c
    return tables.getoond.delete().where(of.soort == sa.bindparam("soort"), of.id == sa.bindparam("id"))


@cache
def drop_of_document(table: sa.Table) -> sa.Delete:
    """Everything that this table holds of a document (parameter `document_id`)."""
    return table.delete().where(table.c.document_id == sa.bindparam("document_id"))


@cache
def keep_person(dialect: str) -> Insert:
    return insert(dialect, tables.persoonsgegeven).on_conflict_do_nothing(index_elements=["digest"])


@cache
def want_job(dialect: str) -> Insert:
    """A new job, or one more wish for the one there is; its lease and its token stay as they are."""
    statement = insert(dialect, tables.job)
    new, old = statement.excluded, tables.job.c
    again = {
        "wanted": old.wanted + 1,
        "prioriteit": sa.case((new.prioriteit < old.prioriteit, new.prioriteit), else_=old.prioriteit),
        "due": sa.case((new.due < old.due, new.due), else_=old.due),
        "attempts": sa.literal(0),
        "resting": sa.false(),
    }
    return statement.on_conflict_do_update(index_elements=["soort", "object_id"], set_=again)


def _replacing(statement: Insert, where: sa.ColumnElement[bool] | None = None) -> Insert:
    """Every column but the key takes the new value."""
    keys = [column.name for column in statement.table.primary_key]
    values = {column.name: column for column in statement.excluded if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=values, where=where)
