"""What an inventory would change: the rows that are new, different or gone, their documents, and what forbids it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from woo.domain.document import Document, has_row
from woo.domain.inventaris import Inventarisregel
from woo.domain.openbaarheid import is_public_publicatie, may_become_public
from woo.domain.publicatie import Publicatie
from woo.inventaris.koppelen import find_documents

VELDEN = tuple(
    each.name for each in fields(Inventarisregel) if each.name not in ("publicatie_id", "volgorde")
)
"""The fields that make a row another one; its place in the list is counted apart."""


@dataclass(frozen=True, slots=True)
class Gewijzigd:
    """A row that says something else than before, and in which fields."""

    oud: Inventarisregel
    nieuw: Inventarisregel
    velden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verschil:
    """The difference between an inventory and what the registry holds of it.

    Attributes:
        regels: The whole inventory as it would be kept.
        nieuw, gewijzigd, verdwenen: Rows that were not there, say something else, are not there any more.
        verplaatst: How many rows say the same in another place of the list.
        zonder_document: Numbers of the rows for which no document was found.
        dubbelzinnig: Numbers of the rows for which no document was chosen, each with the ids of those it may be.
        zonder_regel: Ids of documents, not withdrawn, that no row is about and that should have one (`has_row`).
        geblokkeerd: Numbers of rows whose document may not be public and is, or will be once it was read, with its id.
            Nothing is imported before those are withdrawn.
        straks: The same where the publicatie is a concept: its documents will be public when it is.
    """

    regels: tuple[Inventarisregel, ...]
    nieuw: tuple[Inventarisregel, ...]
    gewijzigd: tuple[Gewijzigd, ...]
    verdwenen: tuple[Inventarisregel, ...]
    verplaatst: int
    zonder_document: tuple[str, ...]
    dubbelzinnig: tuple[tuple[str, tuple[str, ...]], ...]
    zonder_regel: tuple[str, ...]
    geblokkeerd: tuple[tuple[str, str], ...]
    straks: tuple[tuple[str, str], ...]

    @property
    def gelijk(self) -> int:
        """How many rows stay as they are, in their place or another."""
        return len(self.regels) - len(self.nieuw) - len(self.gewijzigd)

    @property
    def is_leeg(self) -> bool:
        """Whether nothing would change."""
        return not (self.nieuw or self.gewijzigd or self.verdwenen or self.verplaatst)


def compare(
    lijst: Sequence[Inventarisregel],
    publicatie: Publicatie,
    *,
    huidig: Sequence[Inventarisregel],
    documenten: Sequence[Document],
) -> Verschil:
    """Compare the rows of a list with those that the registry holds of this publicatie, and find their documents.

    A row keeps the document that it has, unless its number or name is another now, or that document was withdrawn, and
    exactly one document fits.
    """
    before = {regel.sleutel: regel for regel in huidig}
    found = find_documents(lijst, documenten)
    by_id = {document.id: document for document in documenten}
    regels = tuple(
        replace(
            regel,
            publicatie_id=publicatie.id,
            document_id=_document(regel, before.get(regel.sleutel), found[regel.sleutel].gevonden, by_id),
        )
        for regel in lijst
    )
    now = {regel.sleutel for regel in regels}
    pairs = [(before[regel.sleutel], regel) for regel in regels if regel.sleutel in before]
    gewijzigd = tuple(
        Gewijzigd(oud, nieuw, velden) for oud, nieuw in pairs if (velden := _differing(oud, nieuw))
    )
    linked = {regel.document_id for regel in regels}
    live = [document for document in documenten if document.intrekking is None]
    withheld = _withheld(regels, by_id)
    return Verschil(
        regels=regels,
        nieuw=tuple(regel for regel in regels if regel.sleutel not in before),
        gewijzigd=gewijzigd,
        verdwenen=tuple(regel for regel in huidig if regel.sleutel not in now),
        verplaatst=sum(o.volgorde != n.volgorde and not _differing(o, n) for o, n in pairs),
        zonder_document=tuple(r.nummer for r in regels if r.document_id is None and not found[r.sleutel].ids),
        dubbelzinnig=tuple(
            (r.nummer, found[r.sleutel].ids) for r in regels if r.document_id is None and found[r.sleutel].ids
        ),
        zonder_regel=tuple(each.id for each in live if has_row(each.rol) and each.id not in linked),
        geblokkeerd=withheld if is_public_publicatie(publicatie) else (),
        straks=() if is_public_publicatie(publicatie) else withheld,
    )


def _document(
    regel: Inventarisregel,
    oud: Inventarisregel | None,
    one: str | None,
    by_id: Mapping[str, Document],
) -> str | None:
    kept = None if oud is None else oud.document_id
    if oud is None or kept is None or one is None:
        return kept or one
    renamed = (oud.nummer, oud.documentnaam) != (regel.nummer, regel.documentnaam)
    is_gone = kept not in by_id or by_id[kept].intrekking is not None
    return one if renamed or is_gone else kept


def _differing(oud: Inventarisregel, nieuw: Inventarisregel) -> tuple[str, ...]:
    return tuple(name for name in VELDEN if getattr(oud, name) != getattr(nieuw, name))


def _withheld(
    regels: Sequence[Inventarisregel], by_id: Mapping[str, Document]
) -> tuple[tuple[str, str], ...]:
    """Numbers and documents of the rows whose document may not be public, and is kept from it by nothing else."""
    linked = ((regel, by_id.get(regel.document_id or "")) for regel in regels if not regel.mag_openbaar)
    return tuple(
        (regel.nummer, document.id)
        for regel, document in linked
        if document is not None and may_become_public(document)
    )
