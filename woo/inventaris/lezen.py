"""An inventory read from a sheet: rows, and for each cell that cannot be taken over what is wrong with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from woo.domain.errors import InvalidValue
from woo.domain.inventaris import Inventarisregel
from woo.inventaris.datums import Volgorde
from woo.inventaris.fouten import Ernst, Melding
from woo.inventaris.gronden import Grondenlezer
from woo.inventaris.kolommen import Kolommen, Kolomzoeker, named_columns
from woo.inventaris.rij import Rijlezer, Stand
from woo.inventaris.woordenlijst import Woordenlijst
from woo.sandbox.table import Sheet, Table


@dataclass(frozen=True, slots=True)
class Leeswijze:
    """What a person says about the sheet, where the sheet itself leaves doubt."""

    blad: str | None = None
    datums: Volgorde | None = None
    kolommen: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Inventaris:
    """What a file says.

    Attributes:
        regels: The rows without anything wrong, in order; their publicatie is not known yet (empty).
        meldingen: What is wrong or worth a look, in the order of the rows.
        opmerkingen: Sentences about the sheet as a whole.
        rijen: How many filled rows stand beneath the headings.
    """

    regels: tuple[Inventarisregel, ...]
    meldingen: tuple[Melding, ...]
    opmerkingen: tuple[str, ...]
    rijen: int

    @property
    def fouten(self) -> tuple[Melding, ...]:
        return tuple(each for each in self.meldingen if each.ernst is Ernst.FOUT)


def read_inventaris(
    table: Table, woorden: Woordenlijst, gronden: Collection[str], *, wijze: Leeswijze, vandaag: date
) -> Inventaris:
    """Read the rows of an inventory; `gronden` are the codes of the lists of grounds. Nothing is guessed.

    Raises:
        InvalidValue: no sheet, or more than one, has the headings of an inventory, or nothing stands beneath them.
    """
    lezer = Grondenlezer(woorden, gronden)
    sheet, kolommen = Kolomzoeker(woorden, lezer, named_columns(wijze.kolommen)).zoek(table, wijze.blad)
    stand = Stand(woorden, lezer, kolommen, wijze.datums, vandaag)
    below = [row for row in sheet.rows if row.number > kolommen.rij]
    if not below:
        raise InvalidValue("inventaris", sheet.name, "there is nothing beneath the headings")
    read = [Rijlezer(stand, row).regel(place) for place, row in enumerate(below, start=1)]
    regels = tuple(regel for regel in read if regel is not None)
    opmerkingen = (*_about_file(table, sheet, kolommen), *_about_dates(stand))
    return Inventaris(regels, tuple(stand.meldingen), opmerkingen, len(below))


def _about_file(table: Table, sheet: Sheet, kolommen: Kolommen) -> list[str]:
    told = []
    others = [other.name for other in table.sheets if other.rows and other is not sheet]
    if others:
        told.append(f"Gelezen is het blad {sheet.name!r}; niet gelezen: {', '.join(others)}.")
    if not sheet.visible:
        told.append(f"Het blad {sheet.name!r} is verborgen.")
    if table.guessed:
        told.append(
            f"De tekenset is niet zeker, gelezen als {table.charset}; kijk of letters als é en ë kloppen."
        )
    above = sum(row.number < kolommen.rij for row in sheet.rows)
    if above:
        told.append(
            f"De koppen staan in rij {kolommen.rij}; wat erboven staat ({above} rijen) is niet overgenomen."
        )
    if kolommen.overig:
        named = ", ".join(kolommen.koppen[place].replace("\n", " ") for place in kolommen.overig)
        told.append(f"Bewaard zonder betekenis, en nooit getoond: de kolommen {named}.")
    return told


def _about_dates(stand: Stand) -> list[str]:
    if not stand.month_first:
        return []
    return [
        f"{stand.month_first} datums kunnen alleen gelezen worden met de maand voorop. "
        "Zijn alle datums zo geschreven, geef dan --datums maand-dag."
    ]
