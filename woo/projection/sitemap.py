"""What the sitemaps tell the nation of the public documents of a publicatie (DiWoo 0.9.8)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from woo.diwoo.sitemap import DiWoo, Documentrelatie, Handeling, Vermelding, Verwijzing
from woo.diwoo.sitemapdatum import begin
from woo.diwoo.sitemapschrijver import url
from woo.diwoo.waardelijsten import Waardelijsten
from woo.diwoo.waarden import Waarde
from woo.domain.besluit import Woobesluit
from woo.domain.document import Bestand, Document, Documentrol, Relatie, Relatiesoort
from woo.domain.intrekreden import Intrekredenen
from woo.domain.openbaarheid import is_public, is_public_publicatie
from woo.domain.publicatie import Publicatie
from woo.projection.document import shown_since
from woo.registry import Bundel, Reading
from woo.storage.port import SITEMAP_SITE

MOST_PARTS = 5_000
"""A document with more parts does not name them all: each part names it, and an entry must stay far below 50 MB."""

_ONTVANGST, _VASTSTELLING, _ONDERTEKENING = "c_dfcee535", "c_641ecd76", "c_e1ec050e"
_OF_A_BESLUIT = (Documentrol.BESLUITBRIEF, Documentrol.VERZOEK)
_ROLLEN = (Relatiesoort.HEEFT_BIJLAGE, Relatiesoort.REACTIE_OP)


@dataclass(frozen=True, slots=True)
class Sitemapregel:
    """One document as it is written in a sitemap of category `nr`: its address and its `url` element."""

    document_id: str
    publicatie_id: str
    nr: str
    loc: str
    xml: str
    bytes: int = field(init=False)
    vingerafdruk: str = field(init=False)
    """Tells one text from another."""

    def __post_init__(self) -> None:
        content = self.xml.encode()
        object.__setattr__(self, "bytes", len(content))
        object.__setattr__(self, "vingerafdruk", hashlib.sha256(content).hexdigest())


class Sitemapregels:
    """What the sitemaps tell of some publicaties; what they need besides is asked of the registry for all of them at once."""

    def __init__(
        self, reading: Reading, bundels: Sequence[Bundel], lijsten: Waardelijsten, redenen: Intrekredenen
    ) -> None:
        self._reading = reading
        self._lijsten = lijsten
        self._redenen = redenen
        self._told = {each.id: _told(each, lijsten) for each in bundels}
        several = [each.id for told in self._told.values() if len(told) > 1 for each in told]
        decided = [id for id, told in self._told.items() if any(each.rol in _OF_A_BESLUIT for each in told)]
        self._relaties = reading.bundels.relaties(several, _ROLLEN)
        self._besluiten = reading.bundels.besluiten(decided)

    def of(self, bundel: Bundel) -> list[Sitemapregel]:
        """The entries of this publicatie, in the order of its documents; empty where it is not public.

        A document has one where it is public, has a file that the nation takes, and its publicatie is of a category with a
        number. It stands in the first of those alone. Raises InvalidValue for a code that is on no list.
        """
        documents, publicatie = self._told[bundel.id], bundel.publicatie
        nr = None if publicatie is None else category_number(publicatie, self._lijsten)
        if not documents or publicatie is None or nr is None:
            return []
        besluiten = self._besluiten.get(bundel.id, [])
        dossier = _Dossier(
            self._reading, publicatie, documents, self._relaties, besluiten, self._lijsten, self._redenen
        )
        return [
            Sitemapregel(each.id, publicatie.id, nr, entry.loc, url(entry))
            for each in documents
            for entry in [dossier.entry(each)]
        ]


def category_number(publicatie: Publicatie, lijsten: Waardelijsten) -> str | None:
    """The number of the first category of this publicatie that has one; None where only own categories stand there."""
    found = (lijsten.informatiecategorieen.get(code) for code in publicatie.informatiecategorieen)
    numbers = (each.extra.get("nr") for each in found if not _eigen(each))
    return next((str(nr) for nr in numbers if nr is not None), None)


def formaat_of(document: Document, lijsten: Waardelijsten) -> Waarde | None:
    """The format of the file that the public gets, where the nation takes it: a code of ccw_plooi_filetypes."""
    bestand = document.openbaar_bestand
    return None if bestand is None else lijsten.formaat(bestand.mime, bestand.naam.rpartition(".")[2])


def loc_of(document: Document, bestand: Bestand) -> str:
    """The lasting address of the file itself; it does not change when the next version is called otherwise."""
    naam = quote(bestand.vaste_naam, safe="")
    return f"{SITEMAP_SITE}/v1/documenten/{quote(document.id, safe='')}/bestand/{naam}"


def _told(bundel: Bundel, lijsten: Waardelijsten) -> list[Document]:
    """The public documents with a file that the nation takes."""
    publicatie = bundel.publicatie
    if publicatie is None or not is_public_publicatie(publicatie):
        return []
    public = (each for each in bundel.documenten if is_public(each, publicatie))
    return [each for each in public if formaat_of(each, lijsten) is not None]


class _Dossier:
    """The public documents of one publicatie, and what each tells of the others."""

    def __init__(
        self,
        reading: Reading,
        publicatie: Publicatie,
        documents: Sequence[Document],
        relaties: Mapping[str, Sequence[Relatie]],
        besluiten: Sequence[Woobesluit],
        lijsten: Waardelijsten,
        redenen: Intrekredenen,
    ) -> None:
        self._reading = reading
        self._publicatie = publicatie
        self._besluiten = besluiten
        self._lijsten = lijsten
        self._redenen = redenen
        self._by_id = {each.id: each for each in documents}
        self._relaties: dict[str, list[tuple[Relatiesoort, Document]]] = {}
        self._whole: dict[str, Document] = {}
        self._parts: dict[str, list[Document]] = {}
        self._relate(documents, relaties)
        self._publisher = self._organisatie(publicatie.publisher)

    def _relate(self, documents: Sequence[Document], relaties: Mapping[str, Sequence[Relatie]]) -> None:
        """Attachments belong to what they are attached to, all else of a decision to its letter."""
        letters = [each for each in documents if each.rol is Documentrol.BESLUITBRIEF]
        for each in documents:
            for relatie in relaties.get(each.id, ()):
                other = self._by_id.get(relatie.naar)
                if other is None:
                    continue
                self._relaties.setdefault(each.id, []).append((relatie.soort, other))
                if relatie.soort is Relatiesoort.HEEFT_BIJLAGE:
                    self._whole.setdefault(other.id, each)
        for each in documents:
            if len(letters) == 1 and each.id != letters[0].id:
                self._whole.setdefault(each.id, letters[0])
        for each in documents:
            if (whole := self._whole.get(each.id)) is not None:
                self._parts.setdefault(whole.id, []).append(each)

    def entry(self, document: Document) -> Vermelding:
        bestand = document.openbaar_bestand
        if bestand is None:
            raise ValueError(f"document {document.id} has no public file")
        lastmod = max(
            document.gewijzigd_op, self._publicatie.gewijzigd_op, shown_since(document, self._publicatie)
        )
        return Vermelding(loc_of(document, bestand), lastmod, self._diwoo(document))

    def _diwoo(self, document: Document) -> DiWoo:
        lijsten, publicatie = self._lijsten, self._publicatie
        formaat = formaat_of(document, lijsten)
        whole, parts = self._whole.get(document.id), self._parts.get(document.id, [])
        return DiWoo(
            publisher=self._publisher,
            officiele_titel=document.officiele_titel,
            informatiecategorieen=tuple(
                _verwijzing(lijsten.informatiecategorieen.get(code))
                for code in publicatie.informatiecategorieen
                if not _eigen(lijsten.informatiecategorieen.get(code))
            ),
            handelingen=self._handelingen(document),
            identifiers=tuple(dict.fromkeys(each for each in (document.kenmerk, document.id) if each)),
            omschrijvingen=(document.omschrijving,) if document.omschrijving else (),
            documentsoorten=_one(lijsten, "documentsoorten", document.documentsoort),
            themas=tuple(_verwijzing(lijsten.themas.get(code)) for code in publicatie.themas),
            creatiedatum=document.creatiedatum,
            language=next(iter(_one(lijsten, "talen", document.taal)), None),
            format=None if formaat is None else _verwijzing(formaat),
            aggregatiekenmerk=publicatie.kenmerk,
            is_part_of=None if whole is None else _to(whole),
            has_parts=tuple(_to(each) for each in parts) if len(parts) <= MOST_PARTS else (),
            documentrelaties=tuple(
                Documentrelatie(_verwijzing(lijsten.documentrelaties.get(soort.value)), _to(other))
                for soort, other in self._relaties.get(document.id, [])[:MOST_PARTS]
            ),
            reden_verwijdering_vervanging=self._reden(document),
        )

    def _organisatie(self, code: str | None) -> Verwijzing:
        """The publisher; one that an installation added itself has no URI that the nation knows, so its name alone is told."""
        if code is None:
            raise ValueError(f"publicatie {self._publicatie.id} is public without a publisher")
        waarde = self._lijsten.organisaties.get(code)
        return Verwijzing(waarde.naam) if _eigen(waarde) else _verwijzing(waarde)

    def _handelingen(self, document: Document) -> tuple[Handeling, ...]:
        """What is known to have been done with it, never guessed; at least that it was received here.

        The letter of a decision was adopted, and signed where a signature is noted, on the day of the decision; the request
        was received on its day; another document was adopted on its own date.
        """
        besluit = next(iter(self._besluiten), None)
        if document.rol is Documentrol.BESLUITBRIEF and besluit is not None:
            moment = begin(besluit.datum)
            found = [Handeling(self._soort(_VASTSTELLING), moment, self._publisher)]
            if besluit.ondertekenaar:
                found.append(Handeling(self._soort(_ONDERTEKENING), moment, self._publisher))
            return tuple(found)
        if document.rol is Documentrol.VERZOEK and besluit is not None:
            verzoek = self._reading.dossier.verzoek(besluit.verzoek_id)
            return (Handeling(self._soort(_ONTVANGST), begin(verzoek.ontvangen_op), self._publisher),)
        if document.creatiedatum is not None:
            return (Handeling(self._soort(_VASTSTELLING), begin(document.creatiedatum)),)
        return (Handeling(self._soort(_ONTVANGST), document.aangemaakt_op),)

    def _soort(self, code: str) -> Verwijzing:
        return _verwijzing(self._lijsten.handelingen.get(code))

    def _reden(self, document: Document) -> Verwijzing | None:
        """Why the present file took the place of another, where DiWoo knows that reason."""
        if document.versie == 1:
            return None
        given = self._reading.versions(document.id)[-1].reden
        if given is None:
            return None
        text = given.strip().casefold()
        for reden in self._redenen.by_code.values():
            known = (reden.code.casefold(), reden.naam.casefold())
            if reden.diwoo and (text in known or text.startswith(reden.zin.casefold())):
                return _verwijzing(self._lijsten.redenen_intrekking.get(reden.diwoo))
        return None


def _to(document: Document) -> Verwijzing:
    bestand = document.openbaar_bestand
    if bestand is None:
        raise ValueError(f"document {document.id} has no public file")
    return Verwijzing(document.officiele_titel, loc_of(document, bestand))


def _one(lijsten: Waardelijsten, naam: str, code: str | None) -> tuple[Verwijzing, ...]:
    waarde = None if code is None else lijsten.lijst(naam).get(code)
    return () if waarde is None or _eigen(waarde) else (_verwijzing(waarde),)


def _verwijzing(waarde: Waarde) -> Verwijzing:
    return Verwijzing(waarde.naam, waarde.uri)


def _eigen(waarde: Waarde) -> bool:
    return waarde.extra.get("eigen") is True
