"""Which document stands in which sitemap: read from a snapshot, written in a transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.registry import statements
from woo.registry.sitemap_tables import sitemapdeel, sitemapplaats

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Sitemapplaats:
    """Where a document stands: part `deel` of category `nr` (three digits); with the bytes and fingerprint of its entry."""

    document_id: str
    publicatie_id: str
    nr: str
    deel: int
    bytes: int
    vingerafdruk: str


@dataclass(frozen=True, slots=True)
class Sitemapdeel:
    """One file: how many documents and bytes stand in it, and the last change of any; `vuil` as long as it must be written."""

    nr: str
    deel: int
    aantal: int
    bytes: int
    vuil: bool
    lastmod: datetime | None = None


_PLAATS = tuple(each.name for each in fields(Sitemapplaats))


class SitemapReading:
    """What can be asked of one snapshot about sitemaps."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_publicaties(self, publicatie_ids: Sequence[str]) -> dict[str, list[Sitemapplaats]]:
        """The places of the documents of these publicaties, by publicatie; those without any are left out."""
        of, found = sitemapplaats.c, dict[str, list[Sitemapplaats]]()
        for start in range(0, len(publicatie_ids), _BATCH):
            these = of.publicatie_id.in_(publicatie_ids[start : start + _BATCH])
            chosen = sa.select(sitemapplaats).where(these).order_by(of.publicatie_id, of.document_id)
            for row in self._connection.execute(chosen):
                found.setdefault(row.publicatie_id, []).append(Sitemapplaats(*row))
        return found

    def of_deel(self, nr: str, deel: int) -> list[Sitemapplaats]:
        """The places within one file, in the order in which they are written."""
        of = sitemapplaats.c
        chosen = sa.select(sitemapplaats).where(of.nr == nr, of.deel == deel)
        rows = self._connection.execute(chosen.order_by(of.publicatie_id, of.document_id))
        return [Sitemapplaats(*row) for row in rows]

    def publicaties(self, *, after: str, limit: int = 1000) -> list[str]:
        """Ids of publicaties with a document in a sitemap, in order, above `after`."""
        of = sitemapplaats.c
        chosen = sa.select(of.publicatie_id).where(of.publicatie_id > after).distinct()
        return list(self._connection.execute(chosen.order_by(of.publicatie_id).limit(limit)).scalars())

    def delen(self, *, vuil: bool | None = None) -> list[Sitemapdeel]:
        """Every file, or those that must (not) be written, by category and number."""
        of = sitemapdeel.c
        chosen = sa.select(sitemapdeel).order_by(of.nr, of.deel)
        if vuil is not None:
            chosen = chosen.where(of.vuil.is_(vuil))
        return [Sitemapdeel(*row) for row in self._connection.execute(chosen)]

    def last_deel(self, nr: str) -> Sitemapdeel | None:
        """The file of this category with the highest number."""
        of = sitemapdeel.c
        chosen = sa.select(sitemapdeel).where(of.nr == nr).order_by(of.deel.desc()).limit(1)
        row = self._connection.execute(chosen).first()
        return None if row is None else Sitemapdeel(*row)

    def total(self, nr: str, deel: int) -> tuple[int, int]:
        """How many documents, and how many bytes, stand in this file."""
        of = sitemapplaats.c
        counted = sa.select(sa.func.count(), sa.func.sum(of.bytes)).where(of.nr == nr, of.deel == deel)
        aantal, size = self._connection.execute(counted).one()
        return aantal, int(size or 0)


class SitemapWriting(SitemapReading):
    """What a transaction can change about sitemaps."""

    def save_plaatsen(self, plaatsen: Sequence[Sitemapplaats]) -> None:
        """Put these documents where they now stand."""
        self._save(sitemapplaats, [{name: getattr(each, name) for name in _PLAATS} for each in plaatsen])

    def drop_plaatsen(self, document_ids: Iterable[str]) -> None:
        """These documents stand nowhere any more."""
        ids = sorted(document_ids)
        for start in range(0, len(ids), _BATCH):
            of = sitemapplaats.c.document_id
            self._connection.execute(sitemapplaats.delete().where(of.in_(ids[start : start + _BATCH])))

    def save_delen(self, delen: Sequence[Sitemapdeel]) -> None:
        """Note what is known of these files."""
        self._save(sitemapdeel, [asdict(each) for each in delen])

    def drop_deel(self, nr: str, deel: int) -> None:
        """This file is no more; its number may be given again."""
        of = sitemapdeel.c
        self._connection.execute(sitemapdeel.delete().where(of.nr == nr, of.deel == deel))

    def _save(self, table: sa.Table, rows: list[dict[str, object]]) -> None:
        if rows:
            statement = statements.save_row(self._connection.dialect.name, table)
            self._connection.execute(statement, rows)
