"""Reading the registry: one snapshot, objects of the domain out."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from woo.domain.document import Bestemming, Document, Leesstatus, Pagina, Relatie
from woo.domain.errors import NotFound
from woo.domain.events import Actie
from woo.domain.publicatie import Publicatie
from woo.registry import (
    eigen,
    figures,
    keuring,
    log,
    log_search,
    mapping,
    outcomes,
    read_versions,
    selects,
    tables,
    volledigheid,
    voorbereiders,
)
from woo.registry.accounts import AccountReading
from woo.registry.betrokkenen import BetrokkenenReading
from woo.registry.broncontroles import BroncontroleReading
from woo.registry.bundels import BundelReading
from woo.registry.counts import count_all, item_state, joined_items
from woo.registry.dossier import DossierReading
from woo.registry.intrekkingen import IntrekkingReading
from woo.registry.log_search import Logvraag
from woo.registry.oogst import OogstReading
from woo.registry.outcomes import Outcome
from woo.registry.publiceren import PublicerenReading
from woo.registry.records import Bestandsversie, Counts, Item, Shown, Soort
from woo.registry.sitemaps import SitemapReading
from woo.registry.termijnen import TermijnReading
from woo.registry.voorstellen import VoorstelReading
from woo.registry.wijzigingen import WijzigingReading

_BATCH = 500
_NEAR = 25
_MOST_ALIKE = 100


class Reading:
    """What can be asked of one snapshot; lists go by id, `after` the last id of the list before."""

    _locks = False

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @property
    def lost(self) -> bool:
        """Whether its connection broke: nothing can be asked any more, and what failed says nothing of its object."""
        return self.connection.invalidated

    @property
    def dossier(self) -> DossierReading:
        """Requests, decisions and inventories, of the same snapshot."""
        return DossierReading(self.connection)

    @property
    def publiceren(self) -> PublicerenReading:
        """Plans, fields of categories, announcements and links for requesters, of the same snapshot."""
        return PublicerenReading(self.connection)

    def documents_in_short(self, publicatie_id: str) -> list[keuring.Kort]:
        """The documents of this publicatie that were not withdrawn, a few columns of each, in the order of their numbers."""
        return keuring.documenten(self.connection, publicatie_id)

    def regels_in_short(self, publicatie_id: str) -> list[keuring.Regelkort]:
        """The rows of the inventory of this publicatie, a few columns of each, in the order of the list."""
        return list(keuring.regels(self.connection, publicatie_id))

    @property
    def accounts(self) -> AccountReading:
        """Who may log in at the desk, of the same snapshot."""
        return AccountReading(self.connection)

    @property
    def termijnen(self) -> TermijnReading:
        """Facts for the legal terms, of the same snapshot."""
        return TermijnReading(self.connection)

    @property
    def betrokkenen(self) -> BetrokkenenReading:
        """Requesters and third parties, of the same snapshot; for the desk alone."""
        return BetrokkenenReading(self.connection)

    @property
    def voorstellen(self) -> VoorstelReading:
        """Inventories that wait to be confirmed, of the same snapshot."""
        return VoorstelReading(self.connection)

    @property
    def bundels(self) -> BundelReading:
        """Many publicaties with their documents at once, of the same snapshot."""
        return BundelReading(self.connection)

    @property
    def sitemaps(self) -> SitemapReading:
        """Which document stands in which sitemap, of the same snapshot."""
        return SitemapReading(self.connection)

    @property
    def wijzigingen(self) -> WijzigingReading:
        """The feed of changes, of the same snapshot."""
        return WijzigingReading(self.connection)

    @property
    def intrekkingen(self) -> IntrekkingReading:
        """Withdrawals, proposals, leak sheets and terms, of the same snapshot."""
        return IntrekkingReading(self.connection)

    @property
    def broncontroles(self) -> BroncontroleReading:
        """Checks of other publishers, of the same snapshot."""
        return BroncontroleReading(self.connection)

    @property
    def oogst(self) -> OogstReading:
        """What was harvested, of the same snapshot."""
        return OogstReading(self.connection)

    def publicatie(self, id: str) -> Publicatie:
        """Raises NotFound. Inside a transaction it stays as it is until the end."""
        return mapping.to_publicatie(self._one("publicatie", tables.publicatie, id))

    def publicatie_by_bron(self, bron: str) -> Publicatie | None:
        """The publicatie that came from this source, by its stable key."""
        row = self._rows(selects.publicatie_by_bron(locks=self._locks), bron=bron).first()
        return None if row is None else mapping.to_publicatie(row)

    def publicaties(self, *, after: str | None = None, limit: int = 1000) -> list[Publicatie]:
        rows = self._rows(_page(sa.select(tables.publicatie), tables.publicatie.c.id, after, limit))
        return [mapping.to_publicatie(row) for row in rows]

    def document(self, id: str) -> Document:
        """Raises NotFound. Inside a transaction it stays as it is until the end."""
        return mapping.to_document(self._one("document", tables.document, id))

    def documents(
        self, publicatie_id: str | None = None, *, after: str | None = None, limit: int = 1000
    ) -> list[Document]:
        """Documents of this publicatie, or of all."""
        given = {"publicatie_id": publicatie_id, "after": after}
        chosen = selects.page_of(
            tables.document, of_publicatie=publicatie_id is not None, after=after is not None
        )
        values = {name: value for name, value in given.items() if value is not None}
        return [mapping.to_document(row) for row in self._rows(chosen, limit=limit, **values)]

    def document_with_publicatie(self, id: str) -> tuple[Document, Publicatie]:
        """Raises NotFound."""
        document = self.document(id)
        return document, self.publicatie(document.publicatie_id)

    def document_by_digest(
        self, publicatie_id: str, digest: str, bestemming: Bestemming = Bestemming.OPENBAAR
    ) -> Document | None:
        """The document of this publicatie with this current file that is for these; one that was not withdrawn goes first."""
        values = {"publicatie_id": publicatie_id, "digest": digest, "bestemming": bestemming.value}
        row = self._rows(selects.document_by_digest(), **values).first()
        return None if row is None else mapping.to_document(row)

    def pages(self, document_id: str) -> tuple[Pagina, ...]:
        """All pages in order; empty for a document without pages (or one that is not there)."""
        rows = self._rows(selects.pages(), document_id=document_id)
        return tuple(mapping.to_pagina(row) for row in rows)

    def relaties(self, document_id: str) -> tuple[Relatie, ...]:
        """Every relation of which this document is one end, in a fixed order."""
        rows = self._rows(selects.relaties(), id=document_id)
        return tuple(mapping.to_relatie(row) for row in rows)

    def vingerafdruk(self, document_id: str) -> bytes | None:
        """The fingerprint of this document's text; None where it has none."""
        waarden: bytes | None = self._rows(selects.vingerafdruk(), id=document_id).scalar()
        return waarden

    def alike(self, document_id: str, banden: Sequence[int]) -> dict[str, bytes]:
        """Other documents that have one of these bands too (numbers that fit in 64 bits), with their fingerprint.

        At most 100, those with most bands in common first; of a text with hundreds of copies only some are looked at. Those
        that were withdrawn are left out.
        """
        statement = selects.alike(len(banden), near=_NEAR, most=_MOST_ALIKE)
        values = {f"band{band}": waarde for band, waarde in enumerate(banden)}
        rows = self._rows(statement, id=document_id, **values)
        return {row.document_id: row.waarden for row in rows}

    def messages(self, publicatie_id: str, **is_: str) -> tuple[str, ...]:
        """The ids of the documents of this publicatie whose message has this `id`, `antwoord_op` or `draad`."""
        of = tables.document.c
        chosen = sa.select(of.id).where(of.publicatie_id == publicatie_id)
        for name, value in is_.items():
            chosen = chosen.where(of[f"bericht_{name}"] == value)
        return tuple(self._rows(chosen.order_by(of.volgnummer)).scalars())

    def versions(self, document_id: str) -> tuple[Bestandsversie, ...]:
        """Every file this document has had, oldest first; the last is the current one."""
        of = tables.bestandsversie.c
        rows = self._rows(
            sa.select(tables.bestandsversie).where(of.document_id == document_id).order_by(of.versie)
        )
        return tuple(mapping.to_versie(row) for row in rows)

    def item(self, sleutel: str) -> Item | None:
        row = self._rows(selects.item(), sleutel=sleutel).first()
        return None if row is None else mapping.to_item(row)

    def items(self, sleutels: Sequence[str]) -> dict[str, Item]:
        """The items that are known, by key."""
        found: dict[str, Item] = {}
        for start in range(0, len(sleutels), _BATCH):
            some = sleutels[start : start + _BATCH]
            for row in self._rows(sa.select(tables.item).where(tables.item.c.sleutel.in_(some))):
                found[row.sleutel] = mapping.to_item(row)
        return found

    def item_states(self, sleutels: Iterable[str]) -> dict[str, str]:
        """The one state of each known item: its own, or else that of its document (names as in `Counts.items`)."""
        found: dict[str, str] = {}
        listed = list(sleutels)
        for start in range(0, len(listed), _BATCH):
            chosen = sa.select(tables.item.c.sleutel, item_state().label("state")).select_from(joined_items())
            rows = self._rows(chosen.where(tables.item.c.sleutel.in_(listed[start : start + _BATCH])))
            found |= {row.sleutel: row.state for row in rows}
        return found

    def shown(self, soort: Soort, id: str) -> Shown | None:
        """What the public side holds of this object; None when nothing."""
        row = self._rows(selects.shown(), soort=soort, id=id).first()
        return None if row is None else mapping.to_shown(soort, row)

    def shown_ids(self, soort: Soort) -> Iterator[str]:
        """The ids of all that the public side holds, in order; to be used up inside the snapshot."""
        of, after = tables.getoond.c, ""
        while True:
            chosen = sa.select(of.id).where(of.soort == soort, of.id > after).order_by(of.id).limit(_BATCH)
            ids = self.connection.execute(chosen).scalars().all()
            yield from ids
            if len(ids) < _BATCH:
                return
            after = ids[-1]

    def items_below(self, prefix: str) -> list[Item]:
        """The items whose key begins with this prefix, such as the members of a container, in order."""
        of = tables.item.c.sleutel
        chosen = sa.select(tables.item).where(of >= prefix, of < prefix + "\U0010ffff").order_by(of)
        return [mapping.to_item(row) for row in self._rows(chosen)]

    def outcomes(self, sleutels: Sequence[str]) -> list[Outcome]:
        """What became of these items, in the order asked; unknown keys are left out."""
        return outcomes.outcomes(self.connection, sleutels)

    def quarantined(self, *, after: str | None = None, limit: int = 1000) -> list[Document]:
        """The documents whose file could not be read, by id."""
        of = tables.document.c
        chosen = sa.select(tables.document).where(of.leesstatus == Leesstatus.QUARANTAINE.value)
        return [mapping.to_document(row) for row in self._rows(_page(chosen, of.id, after, limit))]

    def extractors(self, mimes: Sequence[str]) -> list[str | None]:
        """The versions of readers that read the files of these types; None where none is known."""
        return read_versions.extractors(self.connection, mimes)

    def read_by(
        self,
        mimes: Sequence[str],
        extractors: Collection[str | None],
        *,
        after: str | None = None,
        limit: int = 1000,
    ) -> list[str]:
        """The ids of the documents of these types that these versions read, or could not read, in order.

        What waits to be read already, and what was withdrawn, is left out.
        """
        return read_versions.read_by(self.connection, mimes, extractors, after=after, limit=limit)

    def objects_with_jobs(self) -> frozenset[str]:
        """The ids of every document and publicatie that a job is waiting for (not resting)."""
        return outcomes.objects_with_jobs(self.connection)

    def withdrawn_ids(self) -> Iterator[tuple[Soort, str]]:
        """Kind and id of all that must stand on the withdrawn list."""
        return outcomes.withdrawn_ids(self.connection)

    def digests(self) -> Iterator[str]:
        """The digest of every file that a document has or had; to be used up inside the snapshot."""
        return outcomes.digests(self.connection)

    def counts(self, organisaties: Collection[str] | None = None) -> Counts:
        """Count everything, or what is of these organisations."""
        return count_all(self.connection, organisaties)

    def owned(self, ids: Collection[str], organisaties: Collection[str]) -> frozenset[str]:
        """Those of these ids that belong to an object of these organisations."""
        return eigen.owned(self.connection, ids, organisaties)

    def published(self) -> Iterator[figures.Gepubliceerd]:
        """Every public publicatie, for the figures; to be used up inside the snapshot."""
        return figures.published(self.connection)

    def sizes(self) -> dict[str, figures.Omvang]:
        """How much the public side shows, by organisation."""
        return figures.sizes(self.connection)

    def completeness(self) -> dict[str, volledigheid.Volledigheid]:
        """How well it was published, by organisation."""
        return volledigheid.completeness(self.connection)

    def last_published(self) -> dict[str, datetime]:
        """When each organisation last made something public."""
        return volledigheid.last_published(self.connection)

    def last_harvested(self) -> dict[str, datetime]:
        """When what each organisation publishes elsewhere was last seen whole."""
        return volledigheid.last_harvested(self.connection)

    def decided(self) -> Iterator[figures.Afgehandeld]:
        """Every request with a decision in a public publicatie; to be used up inside the snapshot."""
        return figures.decided(self.connection)

    def events(
        self, *, object_id: str | None = None, after: int = 0, limit: int = 1000
    ) -> list[log.LoggedEvent]:
        """Lines of the log with a number above `after`, in order.

        Where writers work side by side, a line may still be committed below a number that was seen.
        """
        return log.events(self.connection, Logvraag(object_id=object_id), after=after, limit=limit)

    def found_events(
        self, vraag: Logvraag, *, after: int = 0, before: int | None = None, limit: int = 1000
    ) -> list[log.LoggedEvent]:
        """Lines that this question means, with a number above `after` in order, or below `before` the newest first."""
        return log.events(self.connection, vraag, after=after, before=before, limit=limit)

    def texts(self, digests: Collection[str]) -> dict[str, str]:
        """The words that stand beside the log under these digests, of those that were not erased."""
        return log_search.texts(self.connection, digests)

    def done_since(
        self, object_id: str, actie: Actie, *, actor: str, account: str | None, since: datetime
    ) -> bool:
        """Whether this actor (digest of the name, and account) did this to this object from this moment on."""
        return log_search.done_since(
            self.connection, object_id, actie, actor=actor, account=account, since=since
        )

    def last_changer(self, object_id: str) -> str | None:
        """The name of who changed this object last; None where nobody did, or the name was erased."""
        return log_search.last_changer(self.connection, object_id)

    def last_prepared(self, publicatie_id: str) -> datetime | None:
        """When anybody made or changed this publicatie, its documents or its inventory last; None when nobody did."""
        return voorbereiders.last_prepared(self.connection, publicatie_id)

    def prepared(self, publicatie_id: str, wie: str) -> datetime | None:
        """When this identity (`voorbereiders.identity`) prepared the publicatie last; None when it did not."""
        return voorbereiders.prepared(self.connection, publicatie_id, wie)

    def placed_events(self, *, after: int = 0, limit: int = 1000) -> list[log.PlacedEvent]:
        """Sealed lines of the log by their place in the chain: who goes on where it stopped misses none."""
        return log.placed_events(self.connection, after=after, limit=limit)

    def last_place(self) -> int:
        """The place in the chain of the last sealed line; 0 where nothing was sealed yet."""
        return log.last_place(self.connection)

    def _one(self, kind: str, table: sa.Table, id: str) -> Row[Any]:
        row = self._rows(selects.by_id(table, locks=self._locks), id=id).first()
        if row is None:
            raise NotFound(kind, id)
        return row

    def _rows(self, statement: sa.Select[Any], **values: object) -> sa.CursorResult[Any]:
        return self.connection.execute(statement, values)


def _page(chosen: sa.Select[Any], id: sa.Column[Any], after: str | None, limit: int) -> sa.Select[Any]:
    later = chosen if after is None else chosen.where(id > after)
    return later.order_by(id).limit(limit)
