"""A publicatie as the public will see it, as a public store and an index that are never written: made from the registry on demand."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from woo.domain.document import Document
from woo.domain.errors import InvalidValue, NotFound, Refused
from woo.domain.openbaarheid import may_become_public
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.index.port import NOTHING_EXCLUDED, Excluded, Hit, Kaart, SearchResults
from woo.index.query import Filters, Node, SearchQuery
from woo.projection import (
    public_document,
    public_dossier,
    public_gegevens,
    public_pages,
    public_publicatie,
    public_regels,
    published_moment,
    published_versions,
    read_dossier,
)
from woo.registry import Kort, Reading
from woo.storage.port import ORGANISATIES, PublicDocument, PublicPage, PublicPublicatie, Regel, Withdrawn
from woo.usecases.platform import Platform


class Voorbeeld:
    """The public store (`PublicReader`) in which this publicatie is published, with the documents that may be shown.

    `documenten` names those of a link for the requester, also what goes to the requester alone; None shows what the public
    will see. Nothing but this publicatie is in it. It is made for one request, and reads each thing once.
    """

    def __init__(
        self, platform: Platform, publicatie_id: str, documenten: Collection[str] | None = None
    ) -> None:
        self._platform = platform
        self.publicatie_id = publicatie_id
        self._chosen = None if documenten is None else frozenset(documenten)
        self._seen: dict[str, PublicDocument | None] = {}
        self._told: PublicPublicatie | None = None

    def document(self, id: str) -> PublicDocument | None:
        if id not in self._seen:
            with self._platform.registry.read() as reading:
                found = self._found(reading, id)
                self._seen[id] = None if found is None else self._document(reading, *found)
        return self._seen[id]

    def page(self, id: str, nummer: int) -> PublicPage | None:
        return next((page for page in self.pages(id) if page.nummer == nummer), None)

    def pages(self, id: str) -> Iterator[PublicPage]:
        with self._platform.registry.read() as reading:
            found = self._found(reading, id)
            pages = () if found is None else public_pages(reading.pages(id))
        yield from pages

    def open_file(self, id: str) -> BinaryIO | None:
        digest = self._digest(id)
        return None if digest is None else self._platform.archive.open(digest)

    def local_file(self, id: str) -> AbstractContextManager[Path | None]:
        digest = self._digest(id)
        return nullcontext(None) if digest is None else self._platform.archive.local(digest)

    def publicatie(self, id: str) -> PublicPublicatie | None:
        if id != self.publicatie_id:
            return None
        if self._told is None:
            self._told = self._tell()
        return self._told

    def _tell(self) -> PublicPublicatie:
        with self._platform.registry.read() as reading:
            publicatie = self._published(reading)
            told = public_dossier(read_dossier(reading, publicatie))
            told |= public_gegevens(reading, publicatie, self._platform.lijsten)
            if publicatie.eerste_publicatie is not None and not told["geschiedenis"]:
                told["geschiedenis"] = [published_moment(publicatie.eerste_publicatie)]
            return public_publicatie(publicatie, self._platform.lijsten, told)

    def inventaris(self, id: str) -> Sequence[Regel]:
        if id != self.publicatie_id:
            return ()
        with self._platform.registry.read() as reading:
            dossier = read_dossier(reading, self._published(reading))
        return public_regels(dossier.regels, dossier.ingetrokken)

    def site(self, naam: str) -> Mapping[str, Any] | None:
        """The figures of organisations, as they are public now: a publicatie leads to its publisher. Nothing else."""
        return self._platform.public.site(naam) if naam == ORGANISATIES else None

    def withdrawn(self) -> Mapping[str, Withdrawn]:
        return self._platform.public.withdrawn()

    def kaarten(self, *, start: int, limit: int) -> tuple[int, list[Kaart]]:
        """How many documents it shows, and the metadata of `limit` of them from `start` (0) on, in their order."""
        with self._platform.registry.read() as reading:
            publicatie = self._published(reading)
            shown = [each.id for each in reading.documents_in_short(self.publicatie_id) if self._shows(each)]
            page = [reading.document(id) for id in shown[start : start + limit]]
            made = [self._document(reading, each, publicatie) for each in page]
        self._seen |= {each.id: each for each in made}
        return len(shown), [each.kaart for each in made]

    def _published(self, reading: Reading) -> Publicatie:
        """The publicatie as it is, or as it will be once it is published; raises NotFound, Refused."""
        publicatie = reading.publicatie(self.publicatie_id)
        if publicatie.status is not Publicatiestatus.CONCEPT:
            return publicatie
        if publicatie.publisher is None:
            why = "it has no publisher; set one first"
            raise Refused("show an example of", f"publicatie {publicatie.id}", why)
        return replace(
            publicatie, status=Publicatiestatus.GEPUBLICEERD, eerste_publicatie=self._moment(reading)
        )

    def _moment(self, reading: Reading) -> datetime:
        plan = reading.publiceren.plan(self.publicatie_id)
        return plan.op if plan is not None and plan.wacht else self._platform.now()

    def _found(self, reading: Reading, id: str) -> tuple[Document, Publicatie] | None:
        try:
            document = reading.document(id)
        except NotFound:
            return None
        if document.publicatie_id != self.publicatie_id or document.intrekking is not None:
            return None
        read = document.bestand is None or document.lezing.gelezen
        shows = may_become_public(document) if self._chosen is None else document.id in self._chosen
        return (document, self._published(reading)) if read and shows else None

    def _shows(self, document: Kort) -> bool:
        read = document.bestandsnaam is None or document.gelezen
        if self._chosen is not None:
            return read and document.id in self._chosen
        return read and document.wordt_openbaar

    def _document(self, reading: Reading, document: Document, publicatie: Publicatie) -> PublicDocument:
        regels, relaties = reading.dossier.regels_of(document.id), reading.relaties(document.id)
        versies = published_versions(reading, document, publicatie)
        return public_document(document, publicatie, self._platform.lijsten, relaties, regels, versies)

    def _digest(self, id: str) -> str | None:
        with self._platform.registry.read() as reading:
            found = self._found(reading, id)
        bestand = None if found is None else found[0].openbaar_bestand
        return None if bestand is None else bestand.digest


class Voorbeeldlijst:
    """The index (`IndexReader`) of a Voorbeeld: it lists the documents in their order, and finds no words."""

    def __init__(self, voorbeeld: Voorbeeld) -> None:
        self._voorbeeld = voorbeeld

    def search(self, query: SearchQuery, *, excluded: Excluded = NOTHING_EXCLUDED) -> SearchResults:  # noqa: ARG002
        if query.zoek is not None:
            return SearchResults(0, ())
        start = _start(query.na)
        total, kaarten = self._voorbeeld.kaarten(start=start, limit=query.aantal)
        end = start + len(kaarten)
        own = self._voorbeeld.publicatie_id
        hits = tuple(Hit(kaart["id"], own, kaart, sleutel=str(n)) for n, kaart in enumerate(kaarten, start))
        return SearchResults(total, hits, volgende=str(end) if end < total else None)

    def count(self, filters: Filters, *, excluded: Excluded = NOTHING_EXCLUDED) -> int:  # noqa: ARG002
        return self._voorbeeld.kaarten(start=0, limit=0)[0]

    def totals(
        self,
        queries: Sequence[SearchQuery],
        *,
        excluded: Excluded = NOTHING_EXCLUDED,  # noqa: ARG002
    ) -> tuple[int, ...]:
        return (0,) * len(queries)

    def near_words(self, word: str) -> tuple[str, ...]:  # noqa: ARG002
        return ()

    def pages_with_hits(self, document_id: str, zoek: Node) -> tuple[int, ...]:  # noqa: ARG002
        return ()

    def ids(self) -> Excluded:
        return Excluded(publicaties=frozenset({self._voorbeeld.publicatie_id}))

    def refresh(self) -> None:
        """Nothing to do: it keeps nothing."""

    def close(self) -> None:
        """Nothing to do: it holds nothing open."""


def _start(na: str | None) -> int:
    if na is None:
        return 0
    if not (na.isascii() and na.isdigit() and len(na) < 7):
        raise InvalidValue("na", na, "it is not a place in this list")
    return int(na)
