"""Which ids belong to some organisations: publicaties with their documents, requests with their decisions and procedures."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.registry.dossier_tables import besluitprocedure, woobesluit, wooverzoek
from woo.registry.tables import document, publicatie

_BATCH = 500


def ids_of(organisaties: Collection[str]) -> sa.Select[tuple[str]]:
    """Every id of an object of these organisations (TOOI codes), and their codes themselves."""
    codes = sorted(organisaties)
    own = sa.select(publicatie.c.id).where(publicatie.c.publisher.in_(codes))
    verzoeken = sa.select(wooverzoek.c.id).where(wooverzoek.c.organisatie.in_(codes))
    besluiten = sa.select(woobesluit.c.id).where(
        sa.or_(woobesluit.c.verzoek_id.in_(verzoeken), woobesluit.c.publicatie_id.in_(own))
    )
    procedures = sa.select(besluitprocedure.c.id).where(besluitprocedure.c.besluit_id.in_(besluiten))
    documents = sa.select(document.c.id).where(document.c.publicatie_id.in_(own))
    parts = [own, documents, besluiten, verzoeken, procedures]
    parts += [sa.select(sa.literal(code)) for code in codes]
    every = sa.union_all(*parts).subquery()
    return sa.select(every.c[0])


def owned(connection: Connection, ids: Collection[str], organisaties: Collection[str]) -> frozenset[str]:
    """Those of these ids that belong to an object of these organisations."""
    listed = sorted(set(ids))
    own = ids_of(organisaties).subquery()
    found: set[str] = set()
    for start in range(0, len(listed), _BATCH):
        chosen = sa.select(own.c[0]).where(own.c[0].in_(listed[start : start + _BATCH]))
        found.update(connection.execute(chosen).scalars())
    return frozenset(found)
