"""The inventory as the public will get it, made at the desk: also of a concept, of which nobody else sees anything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from publisher.desk import Desk
from publisher.uitleg import book_of
from woo.diwoo.uitleg import Uitlegboek
from woo.domain.openbaarheid import is_public
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.exports import csv_rows, inventaris, xlsx_rows
from woo.exports.inventaris_pdf import Kop, check_size, inventaris_pdf
from woo.exports.names import safe_name
from woo.projection.dossier_regels import public_regels
from woo.projection.regel import was_taken_back
from woo.usecases.geweigerd import documents_of
from woo.usecases.inventarisblad import read_inventaris

_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Blad:
    """The rows of an inventory as the public will see them, with the ids of the documents that are public now."""

    publicatie: Publicatie
    regels: Sequence[inventaris.Regel]
    openbaar: frozenset[str]
    uitleg: Uitlegboek
    site: str

    @property
    def naam(self) -> str:
        """The case number as a name of plain letters, or else the id."""
        kenmerk = self.publicatie.kenmerk or ""
        plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in kenmerk)
        return safe_name(plain.strip("-.")) if plain.strip("-.") else self.publicatie.id

    def address(self, regel: inventaris.Regel) -> str | None:
        """The public address of the document of a row; None while it is not public."""
        id = regel["document"]
        return f"{self.site}/documenten/{id}" if id in self.openbaar else None


def blad_of(desk: Desk, id: str) -> Blad:
    """The inventory of a publicatie; raises NotFound."""
    publicatie = read_inventaris(desk.platform, desk.actor, id)
    with desk.platform.registry.read() as reading:
        regels = reading.dossier.regels(id)
        documenten = documents_of(reading, id)
    gone = {each.id for each in documenten if was_taken_back(each, publicatie)}
    return Blad(
        publicatie,
        public_regels(regels, gone),
        frozenset(each.id for each in documenten if is_public(each, publicatie)),
        book_of(desk),
        desk.settings.site.url.rstrip("/"),
    )


def csv_of(blad: Blad) -> Iterator[bytes]:
    """The rows as CSV."""
    return csv_rows.csv_rows(inventaris.HEADER, _rows(blad))


def xlsx_of(blad: Blad) -> Iterator[bytes]:
    """The rows as a workbook, which is whole before its first piece is given."""
    made = xlsx_rows.xlsx_rows("Inventaris", inventaris.HEADER, _rows(blad), widths=inventaris.WIDTHS)
    return _pieces(made)


def pdf_of(desk: Desk, blad: Blad) -> bytes:
    """The rows as an accessible PDF; raises Refused for more rows than the settings allow, Unavailable."""
    wanted = desk.settings.inventaris
    check_size(len(blad.regels), wanted.pdf_rijen)
    publicatie, lijst = blad.publicatie, desk.platform.lijsten.organisaties
    publisher = publicatie.publisher
    concept = publicatie.status is not Publicatiestatus.GEPUBLICEERD
    kop = Kop(
        titel=publicatie.officiele_titel,
        organisatie=lijst.get(publisher).naam if publisher is not None and publisher in lijst else "",
        kenmerk=publicatie.kenmerk,
        adres=None if concept else f"{blad.site}/publicaties/{publicatie.id}",
        concept=concept,
    )
    return inventaris_pdf(
        kop,
        blad.regels,
        blad.uitleg,
        blad.address,
        seconds=wanted.pdf_seconds,
        moment=desk.platform.now(),
    )


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _rows(blad: Blad) -> Iterator[list[csv_rows.Cell]]:
    return (inventaris.cells(regel, blad.uitleg, blad.address) for regel in blad.regels)
