"""Where a handful of documents of a source is taken over: one transaction, in which what became of each is written at its end."""

from dataclasses import dataclass, field, replace
from typing import Any

from woo.domain.actor import Actor
from woo.domain.document import Document, Relatie, Relatiesoort
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.domain.oogst import Oogstitem
from woo.domain.publicatie import Publicatie
from woo.oogst import Bron
from woo.oogst.bron import Beleid
from woo.registry import Item, Transaction
from woo.usecases.oogst_gegevens import PAD
from woo.usecases.platform import Platform
from woo.usecases.publicatie import publish_within


def merk_van(bron: Bron) -> str:
    """The mark, for the desk alone, of withdrawals that a source caused."""
    return f"oogst:{bron.naam}"


def publishes(platform: Platform, bron: Bron, publisher: str | None) -> bool:
    """Whether what a source has of this organisation becomes public without a person; not where it wants four eyes."""
    return bron.policy is Beleid.PUBLIC and not platform.vier_ogen.holds_for(publisher)


def boekregel(
    platform: Platform,
    item: Oogstitem,
    document_id: str | None,
    publicatie_id: str | None,
    *,
    staat: str | None,
    reden: str | None,
) -> Item:
    """The item as it stands in the accounting of everything that was taken in."""
    return Item(
        sleutel=item.itemsleutel,
        pad=item.gegevens.get(PAD) or item.sleutel,
        gezien_op=platform.now(),
        publicatie_id=publicatie_id,
        document_id=document_id,
        sha256=item.sha256,
        staat=staat,
        reden=reden,
    )


@dataclass(slots=True)
class Plek:
    """One transaction, one source, one actor; `close` writes the items and ties the documents to each other."""

    tx: Transaction
    platform: Platform
    actor: Actor
    bron: Bron
    _items: list[Oogstitem] = field(default_factory=list)
    _boek: list[Item] = field(default_factory=list)
    _hier: list[Oogstitem] = field(default_factory=list)

    @property
    def merk(self) -> str:
        """What stands inside with a withdrawal that this source caused."""
        return merk_van(self.bron)

    def publishes(self, publisher: str | None) -> bool:
        """As the function of this name, for the source of this place."""
        return publishes(self.platform, self.bron, publisher)

    def publish(self, publicatie: Publicatie) -> None:
        """Make it public where the policy of the source says so."""
        if self.publishes(publicatie.publisher):
            publish_within(self.tx, self.actor, publicatie, self.platform)

    def is_ours(self, id: str, intrekking: Any) -> bool:
        """Whether this source caused the withdrawal, and nobody here did."""
        regel = self.tx.intrekkingen.regel(id, intrekking.op)
        return regel is not None and regel.toelichting == self.merk

    def taken(self, item: Oogstitem, document: Document) -> None:
        """This document is here now as the source has it."""
        self.done(item, document)
        self._hier.append(self._items[-1])

    def done(
        self,
        item: Oogstitem,
        document: Document | None,
        *,
        staat: str | None = None,
        reden: str | None = None,
    ) -> None:
        """Nothing is to be done any more for this item in this run."""
        id = None if document is None else document.id
        known = replace(
            item, document_id=id, taak=None, reden=reden, toegepast=item.vorm, afwezig=0, weg=False
        )
        self.keep(known, document, staat=staat, reden=reden)

    def keep(
        self, item: Oogstitem, document: Document | None, *, staat: str | None, reden: str | None
    ) -> None:
        """Write the item as it is, and its line in the accounting."""
        id, publicatie_id = (None, None) if document is None else (document.id, document.publicatie_id)
        self._items.append(item)
        self._boek.append(boekregel(self.platform, item, id, publicatie_id, staat=staat, reden=reden))

    def close(self) -> None:
        """Write what became of all of them; at the end of the transaction."""
        self.tx.oogst.save_items(self._items)
        self.tx.save_items(self._boek)
        self._relate()

    def _relate(self) -> None:
        """Tie each document to the one that it is a part of, and its parts to it, as far as they are here."""
        ids = {item.sleutel: item.document_id for item in self._hier}
        naam = self.bron.naam
        pairs = [
            (ids[str(part.deel_van)], part.document_id) for part in self.tx.oogst.parts_of(naam, list(ids))
        ]
        wholes = {item.deel_van for item in self._hier if item.deel_van is not None}
        for whole in self.tx.oogst.items(naam, sorted(wholes)):
            pairs += [
                (whole.document_id, part.document_id) for part in self._hier if part.deel_van == whole.sleutel
            ]
        for van, naar in dict.fromkeys(pairs):
            if van is not None and naar is not None and van != naar:
                self._tie(van, naar)

    def _tie(self, van: str, naar: str) -> None:
        relatie = Relatie(van, Relatiesoort.HEEFT_BIJLAGE, naar)
        if relatie in self.tx.relaties(van):
            return
        self.tx.save_relatie(relatie)
        wishes = [Jobwens(Jobsoort.SYNC_DOCUMENT, id, Prioriteit.NORMAAL) for id in (van, naar)]
        self.tx.want_many(wishes, self.platform.now())
