"""Put a found file into the archive and the registry: publicatie, document, item, log and job in one commit."""

from dataclasses import dataclass, replace
from pathlib import Path

from ingest.discover import Found, Groep
from ingest.sheet.applying import Beschrijving
from ingest.sheet.lijst import Metadatalijst
from woo.domain.actor import Actor, Recht
from woo.domain.document import Bestand, Document, Relatie, Relatiesoort
from woo.domain.errors import Refused
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.registry import Item, Transaction
from woo.storage.port import Stored
from woo.usecases.codes import checked_code
from woo.usecases.document import insert_document, replace_within
from woo.usecases.platform import Platform
from woo.usecases.publicatie import NieuwePublicatie, build_publicatie, insert_publicatie, publish_within
from woo.usecases.scannen import require_clean
from woo.usecases.vernietiging import is_destroyed_file

_WITHDRAWN = "its publicatie or document was withdrawn; a changed file is not taken in again"

_DESTROYED = "this file was destroyed here, and may not come back"


@dataclass(frozen=True, slots=True)
class Opdracht:
    """What the operator asked of this run; codes as in the value lists."""

    publisher: str | None
    informatiecategorie: str
    publish: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A file on this machine, about to be registered: what it is called, its type, size (bytes) and change time."""

    found: Found
    path: Path
    naam: str
    mime: str
    grootte: int
    mtime_ns: int | None


def check_opdracht(platform: Platform, actor: Actor, opdracht: Opdracht) -> Opdracht:
    """Return the order with codes instead of URIs; raises InvalidValue, Refused or NotAllowed before anything is read."""
    actor.require(Recht.PUBLISH if opdracht.publish else Recht.EDIT)
    lijsten = platform.lijsten
    publisher = None
    if opdracht.publisher is not None:
        publisher = checked_code(lijsten.organisaties, "--publisher", opdracht.publisher)
        actor.require_at(Recht.PUBLISH if opdracht.publish else Recht.EDIT, publisher)
    elif opdracht.publish:
        raise Refused(
            "publish",
            "these files",
            "nobody publishes them; say who with --publisher CODE (for example gm0153)",
        )
    categorie = checked_code(
        lijsten.informatiecategorieen, "--informatiecategorie", opdracht.informatiecategorie
    )
    return Opdracht(publisher, categorie, opdracht.publish)


@dataclass(frozen=True, slots=True)
class Registrar:
    """Registers files for one run, in the name of one actor; `lijst` is the metadata sheet that came with them."""

    platform: Platform
    actor: Actor
    opdracht: Opdracht
    lijst: Metadatalijst | None = None

    @property
    def _beschrijving(self) -> Beschrijving:
        return Beschrijving(self.platform, self.actor, self.lijst)

    def register(self, source: Source, *, message_id: str | None = None, mismatch: str | None = None) -> Item:
        """Register one file and return its item; doing it again with the same content changes nothing.

        A file whose content changed since the last run becomes a new version of its document. A file that its
        publicatie already has under another name is a duplicate. With `message_id` it is an attachment of that document.
        `mismatch` tells of a name that promises another kind. Raises Unavailable (no disk space, no archive) and
        Refused (the folder belongs to another publisher) with nothing half done.
        """
        stored = self.platform.archive.put(source.path)

        def write(tx: Transaction) -> Item:
            item = self._register(tx, source, stored)
            if mismatch is not None and item.reden is None:
                item = replace(item, reden=mismatch)
            tx.save_item(item)
            if message_id is not None and item.document_id is not None:
                self._attach(tx, message_id, item.document_id)
            return item

        return self.platform.registry.run(write)

    def scan(self, path: Path) -> None:
        """Look for viruses in a file, before anything else reads it; raises as `require_clean`, and OSError."""
        with path.open("rb") as source:
            require_clean(self.platform, source, actor=self.actor)

    def _attach(self, tx: Transaction, message_id: str, document_id: str) -> None:
        """Tie an attachment to its message, once; both are shown with it."""
        relatie = Relatie(message_id, Relatiesoort.HEEFT_BIJLAGE, document_id)
        if message_id == document_id or relatie in tx.relaties(message_id):
            return
        tx.save_relatie(relatie)
        wishes = [Jobwens(Jobsoort.SYNC_DOCUMENT, id, Prioriteit.NORMAAL) for id in (message_id, document_id)]
        tx.want_many(wishes, self.platform.now())

    def _register(self, tx: Transaction, source: Source, stored: Stored) -> Item:
        own = _own_document(tx, tx.item(source.found.sleutel))
        if own is None:
            publicatie = self.publicatie(tx, source.found.groep)
        else:
            publicatie = self.ready(tx, tx.publicatie(own.publicatie_id))
        return self._place(tx, publicatie, own, source, stored)

    def _place(
        self, tx: Transaction, publicatie: Publicatie, own: Document | None, source: Source, stored: Stored
    ) -> Item:
        """Decide what this file is to its publicatie: a new document, a new version, a duplicate, or what it was."""
        item = Item(
            sleutel=source.found.sleutel,
            pad=source.found.pad,
            publicatie_id=publicatie.id,
            sha256=stored.digest,
            grootte=source.grootte,
            mtime_ns=source.mtime_ns,
            gezien_op=self.platform.now(),
        )
        if is_destroyed_file(tx, self.platform, stored.digest):
            if not tx.intrekkingen.holders([stored.digest]):
                self.platform.archive.remove(stored.digest)
            kept = None if own is None else own.id
            return replace(item, document_id=kept, sha256=None, staat="withdrawn", reden=_DESTROYED)
        if own is not None and own.bestand is not None and own.bestand.digest == stored.digest:
            self._beschrijving.apply(tx, own, item.sleutel, item.pad)
            return replace(item, document_id=own.id)
        if publicatie.status is Publicatiestatus.INGETROKKEN or (
            own is not None and own.intrekking is not None
        ):
            kept = None if own is None else own.id
            return replace(item, document_id=kept, staat="withdrawn", reden=_WITHDRAWN)
        same = tx.document_by_digest(publicatie.id, stored.digest)
        if same is not None and same.intrekking is not None:
            reden = f"the same file as document {same.id}, which was withdrawn; the desk can publish it again"
            return replace(item, document_id=same.id, staat="withdrawn", reden=reden)
        if same is not None:
            reden = f"the same file as document {same.id}"
            self._beschrijving.unused(item.sleutel, item.pad, reden)
            return replace(item, document_id=same.id, staat="duplicate", reden=reden)
        bestand = Bestand(stored.digest, source.naam, source.mime, stored.grootte)
        if own is not None:
            own = replace_within(tx, self.platform, self.actor, own, bestand)
            self._beschrijving.apply(tx, own, item.sleutel, item.pad)
            return replace(item, document_id=own.id)
        nieuw = self._beschrijving.new(bestand, item.sleutel, item.pad)
        made = insert_document(tx, self.platform, self.actor, publicatie, nieuw)
        return replace(item, document_id=made.id)

    def describe(self, item: Item) -> None:
        """Give the document of a file that was not looked at again what the metadata sheet says of it now."""
        id = item.document_id
        if self.lijst is None or id is None or item.staat == "withdrawn":
            return
        if item.staat == "duplicate":
            self._beschrijving.unused(item.sleutel, item.pad, item.reden or "it is a duplicate")
            return
        self.platform.registry.run(
            lambda tx: self._beschrijving.apply(tx, tx.document(id), item.sleutel, item.pad)
        )

    def publicatie(self, tx: Transaction, groep: Groep) -> Publicatie:
        """Find or make the publicatie of a group, and publish it when the order says so.

        Raises Refused when the folder was registered for another publisher: nobody's documents change hands by a flag.
        """
        publicatie = tx.publicatie_by_bron(groep.bron)
        if publicatie is None:
            opdracht = self.opdracht
            nieuw = NieuwePublicatie(
                opdracht.publisher, groep.titel, (opdracht.informatiecategorie,), bron=groep.bron
            )
            publicatie = build_publicatie(self.platform, nieuw)
            insert_publicatie(tx, self.actor, publicatie)
        return self.ready(tx, publicatie)

    def ready(self, tx: Transaction, publicatie: Publicatie) -> Publicatie:
        """Give a publicatie its publisher and publish it, as far as the order says so and it was not withdrawn."""
        if publicatie.status is Publicatiestatus.INGETROKKEN:
            return publicatie
        publicatie = self._with_publisher(tx, publicatie)
        if self.opdracht.publish:
            publicatie = publish_within(tx, self.actor, publicatie, self.platform)
        return publicatie

    def _with_publisher(self, tx: Transaction, publicatie: Publicatie) -> Publicatie:
        wanted = self.opdracht.publisher
        if wanted is None or publicatie.publisher == wanted:
            return publicatie
        if publicatie.publisher is not None:
            why = f"publicatie {publicatie.id} of the same folder belongs to {publicatie.publisher}"
            raise Refused("register this folder for", wanted, why)
        publicatie = replace(publicatie, publisher=wanted)
        tx.save_publicatie(publicatie)
        return publicatie

    def note(self, item: Item) -> Item:
        """Record the final state of something that becomes no document (a container, a kind not read, a failure)."""
        return self.platform.registry.run(lambda tx: self._note(tx, item))

    @staticmethod
    def _note(tx: Transaction, item: Item) -> Item:
        known = tx.item(item.sleutel)
        own = _own_document(tx, known)
        if known is not None and own is not None:
            item = replace(item, document_id=own.id, publicatie_id=known.publicatie_id)
        tx.save_item(item)
        return item


def _own_document(tx: Transaction, known: Item | None) -> Document | None:
    """The document that this very file made in an earlier run (not the one it was a duplicate of).

    It stays its own while the file cannot be read for a time. What was withdrawn stays with the file as well, so that no
    later change of the file brings it back.
    """
    if known is None or known.document_id is None or known.staat == "duplicate":
        return None
    return tx.document(known.document_id)
