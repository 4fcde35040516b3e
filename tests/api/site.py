"""A public site with a fictional municipality on it, over the stand-ins for index and store, and its real pages of PDF."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi import FastAPI

from search_api.app import create_app
from search_api.opening import make_parts
from tests.api.asking import Client
from tests.api.pdfs import write_pdf
from tests.fake_storage import FakeArchive, FakeInbox, FakePublicStore
from tests.fakes import FakeIndex
from woo.analysis import DutchAnalysis
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.document import Bestand, Document, Leesstatus, Lezing, Pagina, Relatie
from woo.domain.inventaris import Beoordeling, Inventarisregel
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.projection import (
    document_entry,
    public_document,
    public_pages,
    public_publicatie,
    public_regel,
    publicatie_entry,
    regel_entry,
)
from woo.sandbox import Sandbox, read_pdf
from woo.settings import Settings, config_folder, load_settings
from woo.storage.port import Withdrawn

PUBLISHED = datetime(2024, 3, 21, 8, 0, tzinfo=UTC)
ENSCHEDE = "gm0153"
WOO_VERZOEK = "c_3baef532"


def make_settings(folder: Path, **environ: str) -> Settings:
    """The default settings with the names of a fictional municipality."""
    given = {
        "WOO_HOME": str(folder),
        "WOO_SITE__URL": "https://open.zuiderveld.example",
        "WOO_SITE__NAAM": "Gemeente Zuiderveld",
        "WOO_SITE__ONDERTITEL": "Open documenten",
        "WOO_SITE__CONTACT": "woo@zuiderveld.example",
    }
    return load_settings({**given, **environ}, cwd=folder)


@dataclass
class PublicSite:
    """The application and the stand-ins under it; what is added is public at once."""

    folder: Path
    settings: Settings
    analysis: DutchAnalysis
    lijsten: Waardelijsten
    sandbox: Sandbox
    index: FakeIndex = field(init=False)
    store: FakePublicStore = field(default_factory=FakePublicStore)
    inbox: FakeInbox = field(default_factory=FakeInbox)
    archive: FakeArchive = field(default_factory=FakeArchive)
    made: int = 0
    shown: dict[str, tuple[Document, Publicatie, tuple[Pagina, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.index = FakeIndex(self.analysis)

    def app(self, **parts: Any) -> FastAPI:
        """The application, with other parts where a test wants one that fails."""
        given = {
            "index": self.index,
            "store": self.store,
            "inbox": self.inbox,
            "settings": self.settings,
            "analysis": self.analysis,
            "lijsten": self.lijsten,
            "sandbox": self.sandbox,
        }
        return create_app(make_parts(**{**given, **parts}))

    @cached_property
    def visitor(self) -> Client:
        """One client for a whole test; a withdrawal is seen by it within a second, by a new `client()` at once."""
        return self.client()

    def client(self, **parts: Any) -> Client:
        return Client(self.app(**parts))

    def add_publicatie(self, titel: str, **changes: Any) -> Publicatie:
        publicatie = Publicatie(
            id=self._id(),
            publisher=ENSCHEDE,
            officiele_titel=titel,
            informatiecategorieen=(WOO_VERZOEK,),
            aangemaakt_op=PUBLISHED - timedelta(days=7),
            gewijzigd_op=PUBLISHED,
            status=Publicatiestatus.GEPUBLICEERD,
            eerste_publicatie=PUBLISHED,
        )
        publicatie = replace(publicatie, **changes)
        self.store.show_publicatie(public_publicatie(publicatie, self.lijsten))
        self.index.upsert([publicatie_entry(publicatie, self.lijsten)])
        self.index.commit()
        return publicatie

    def add_document(
        self,
        publicatie: Publicatie,
        titel: str,
        pages: Sequence[str] = (),
        *,
        naam: str = "besluit.pdf",
        **changes: Any,
    ) -> Document:
        """Add a document with a PDF of these pages, or with no file when there are none."""
        document = Document(
            id=self._id(),
            publicatie_id=publicatie.id,
            volgnummer=changes.pop("volgnummer", self.made),
            officiele_titel=titel,
            aangemaakt_op=PUBLISHED,
            gewijzigd_op=PUBLISHED,
            creatiedatum=date(2024, 3, 14),
        )
        read: tuple[Pagina, ...] = ()
        if pages:
            document, read = self._with_file(
                document, write_pdf(self.folder / f"{self.made}.pdf", pages), naam
            )
        document = replace(document, **changes)
        self._show(document, publicatie, read)
        return document

    def add_file(
        self, publicatie: Publicatie, titel: str, content: bytes, *, naam: str, mime: str
    ) -> Document:
        """Add a document with a file that is no PDF and shows no pages."""
        path = self.folder / f"los-{self.made}"
        path.write_bytes(content)
        stored = self.archive.put(path)
        document = Document(
            id=self._id(),
            publicatie_id=publicatie.id,
            volgnummer=self.made,
            officiele_titel=titel,
            aangemaakt_op=PUBLISHED,
            gewijzigd_op=PUBLISHED,
            bestand=Bestand(stored.digest, naam, mime, stored.grootte),
            lezing=Lezing(Leesstatus.GEEN_TEKST),
        )
        self._show(document, publicatie, ())
        return document

    def add_parts(
        self, publicatie: Publicatie, titel: str, pages: Sequence[Pagina], *, naam: str, mime: str
    ) -> Document:
        """Add a document whose file is no PDF, with the text of its parts."""
        path = self.folder / f"delen-{self.made}"
        path.write_bytes(titel.encode())
        stored = self.archive.put(path)
        document = Document(
            id=self._id(),
            publicatie_id=publicatie.id,
            volgnummer=self.made,
            officiele_titel=titel,
            aangemaakt_op=PUBLISHED,
            gewijzigd_op=PUBLISHED,
            bestand=Bestand(stored.digest, naam, mime, stored.grootte),
            lezing=Lezing(
                Leesstatus.GELEZEN,
                paginas=len(pages),
                onleesbaar=sum(not page.leesbaar for page in pages),
                onzeker=sum(page.onzeker for page in pages),
            ),
        )
        self._show(document, publicatie, tuple(pages))
        return document

    def add_row(
        self,
        publicatie: Publicatie,
        nummer: str,
        documentnaam: str,
        beoordeling: Beoordeling = Beoordeling.NIET_OPENBAAR,
        *,
        document: Document | None = None,
        **changes: Any,
    ) -> Inventarisregel:
        """Add a row of the inventory: shown with this public document, or by itself where there is none."""
        self.made += 1
        regel = Inventarisregel(
            publicatie.id,
            self.made,
            nummer,
            documentnaam,
            beoordeling,
            document_id=document and document.id,
            **changes,
        )
        if document is not None and document.intrekking is None:
            _, _, pages = self.shown[document.id]
            self._show(document, publicatie, pages, regels=[regel])
            return regel
        self.store.show(public_regel(regel, publicatie, document, self.lijsten), (), self.archive)
        self.index.upsert([regel_entry(regel, publicatie, document, self.lijsten)])
        self.index.commit()
        return regel

    def relate(self, document: Document, *relaties: Relatie) -> None:
        """Show a document anew, with these relations."""
        of, publicatie, pages = self.shown[document.id]
        self._show(of, publicatie, pages, relaties)

    def withdraw(
        self, what: Document | Publicatie, *, reden: str = "Er stonden persoonsgegevens in.", titel: str = ""
    ) -> None:
        """Put on the withdrawn list, as the use case does; index and store still hold it."""
        soort = "document" if isinstance(what, Document) else "publicatie"
        self.store.withdraw(Withdrawn(what.id, soort, datetime(2024, 5, 3, 9, 0, tzinfo=UTC), reden, titel))

    def _with_file(self, document: Document, path: Path, naam: str) -> tuple[Document, tuple[Pagina, ...]]:
        stored = self.archive.put(path)
        pages = tuple(
            Pagina(page.number, page.text, page.source, leesbaar=page.source != "geen")
            for page in read_pdf(self.sandbox, path).pages
        )
        lezing = Lezing(
            Leesstatus.GELEZEN,
            paginas=len(pages),
            onleesbaar=sum(not page.leesbaar for page in pages),
            tekstbron="pdf",
        )
        bestand = Bestand(stored.digest, naam, "application/pdf", stored.grootte)
        return replace(document, bestand=bestand, lezing=lezing), pages

    def _show(
        self,
        document: Document,
        publicatie: Publicatie,
        pages: tuple[Pagina, ...],
        relaties: Sequence[Relatie] = (),
        regels: Sequence[Inventarisregel] = (),
    ) -> None:
        self.shown[document.id] = (document, publicatie, pages)
        self.store.show(
            public_document(document, publicatie, self.lijsten, relaties, regels),
            public_pages(pages),
            self.archive,
        )
        self.index.upsert([document_entry(document, publicatie, pages, self.lijsten, regels)])
        self.index.commit()

    def _id(self) -> str:
        self.made += 1
        return str(UUID(int=self.made, version=4))


def load_lijsten() -> Waardelijsten:
    return Waardelijsten.load(config_folder() / "waardelijsten")


def load_analysis() -> DutchAnalysis:
    return DutchAnalysis.load(config_folder() / "zoeken")
