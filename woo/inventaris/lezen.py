"""An inventory read from a sheet: rows, and for each cell that cannot be taken over what is wrong with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from woo.domain.inventaris import Inventarisregel
from woo.inventaris.combinaties import OUD_JAREN
from woo.inventaris.datums import Volgorde
from woo.inventaris.fouten import Ernst, Lijstfout, Melding
from woo.inventaris.gronden import Grondenlezer
from woo.inventaris.kolommen import Kolommen, Kolomzoeker, named_columns
from woo.inventaris.merken import Bladmerken, opmerkingen
from woo.inventaris.rij import Rijlezer, Stand
from woo.inventaris.woordenlijst import Woordenlijst
from woo.sandbox.table import Sheet, Table

MEEST_RIJEN = 50_000
"""Rows of one inventory."""


@dataclass(frozen=True, slots=True)
class Leeswijze:
    """What a person says about the sheet, where the sheet itself leaves doubt."""

    blad: str | None = None
    datums: Volgorde | None = None
    kolommen: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Foutrij:
    """A row that cannot be taken over: its number in the sheet, and its place in the list.

    `nummer` is that of its document, where it can be read and stands in no other row.
    """

    rij: int
    volgorde: int
    nummer: str | None


@dataclass(frozen=True, slots=True)
class Inventaris:
    """What a file says.

    Attributes:
        regels: The rows without anything wrong, in order; their publicatie is not known yet (empty).
        meldingen: What is wrong or worth a look, in the order of the rows.
        opmerkingen: Sentences about the sheet as a whole.
        rijen: How many filled rows stand beneath the headings.
        foutrijen: The rows with something wrong.
        bladrijen: Of each of `regels` its row in the sheet.
    """

    regels: tuple[Inventarisregel, ...]
    meldingen: tuple[Melding, ...]
    opmerkingen: tuple[str, ...]
    rijen: int
    foutrijen: tuple[Foutrij, ...] = ()
    bladrijen: tuple[int, ...] = ()

    @property
    def fouten(self) -> tuple[Melding, ...]:
        return tuple(each for each in self.meldingen if each.ernst is Ernst.FOUT)


def read_inventaris(
    table: Table, woorden: Woordenlijst, gronden: Collection[str], *, wijze: Leeswijze, vandaag: date
) -> Inventaris:
    """Read the rows of an inventory; `gronden` are the codes of the lists of grounds. Nothing is guessed.

    Raises:
        Lijstfout: no sheet, or more than one, has the headings of an inventory, nothing stands beneath them, or more than
            `MEEST_RIJEN` rows do.
    """
    lezer = Grondenlezer(woorden, gronden)
    sheet, kolommen = Kolomzoeker(woorden, lezer, named_columns(wijze.kolommen)).zoek(table, wijze.blad)
    merken = Bladmerken.of(sheet, kolommen)
    stand = Stand(woorden, lezer, kolommen, wijze.datums, vandaag, merken)
    below = [row for row in sheet.rows if row.number > kolommen.rij]
    below = sorted((*below, *merken.zonder_waarde(below)), key=lambda row: row.number)
    _check_count(len(below), sheet)
    readers = [Rijlezer(stand, row) for row in below]
    read = [reader.regel(place) for place, reader in enumerate(readers, start=1)]
    foutrijen = tuple(
        Foutrij(row.number, place, reader.nummer)
        for place, (row, reader, regel) in enumerate(zip(below, readers, read, strict=True), start=1)
        if regel is None
    )
    good = {regel.sleutel for regel in read if regel is not None}
    return Inventaris(
        regels=tuple(regel for regel in read if regel is not None),
        meldingen=tuple(stand.meldingen),
        opmerkingen=(
            *_about_file(table, sheet, kolommen),
            *opmerkingen(sheet, kolommen),
            *_about_dates(stand),
        ),
        rijen=len(below),
        foutrijen=tuple(
            replace(each, nummer=None) if each.nummer and each.nummer.casefold() in good else each
            for each in foutrijen
        ),
        bladrijen=tuple(row.number for row, regel in zip(below, read, strict=True) if regel is not None),
    )


def _check_count(count: int, sheet: Sheet) -> None:
    if not count:
        uitleg = "Onder de koppen staat niets. Kies een bestand met een gevulde lijst."
        raise Lijstfout("inventaris", sheet.name, "there is nothing beneath the headings", uitleg=uitleg)
    if count > MEEST_RIJEN:
        uitleg = f"De lijst heeft {count} rijen. Er mogen er {MEEST_RIJEN} in één inventaris; verdeel haar over meer publicaties."
        why = f"it has {count} rows; an inventory holds at most {MEEST_RIJEN}"
        raise Lijstfout("inventaris", sheet.name, why, uitleg=uitleg)


def _about_file(table: Table, sheet: Sheet, kolommen: Kolommen) -> list[str]:
    told = []
    others = [
        other.name if other.visible else f"{other.name} (verborgen)"
        for other in table.sheets
        if other.rows and other is not sheet
    ]
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
    told = []
    if stand.old:
        who = "1 document is" if stand.old == 1 else f"{stand.old} documenten zijn"
        told.append(
            f"{who} ouder dan {OUD_JAREN} jaar en deels of helemaal geweigerd: daarvoor is een extra "
            "motivering nodig (artikel 5.3 Woo)."
        )
    if not stand.month_first:
        return told
    who = "1 datum kan" if stand.month_first == 1 else f"{stand.month_first} datums kunnen"
    return [
        *told,
        f"{who} alleen gelezen worden met de maand voorop. "
        "Zijn alle datums zo geschreven, kies dan de volgorde maand-dag (--datums maand-dag).",
    ]
