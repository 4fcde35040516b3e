"""Which sheet of a file holds the inventory, in which row its headings stand, and what each column means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from woo.domain.inventaris import Beoordeling
from woo.inventaris.fouten import Lijstfout
from woo.inventaris.gronden import Grondenlezer
from woo.inventaris.woordenlijst import Veld, Woordenlijst, folded
from woo.sandbox.office.cells import number_text
from woo.sandbox.page_text import clean
from woo.sandbox.table import Cell, Row, Sheet, Table

_FIRST_ROWS = 50
"""Up to here a spreadsheet knows whole numbers exactly (IEEE 754, 15 digits)."""


@dataclass(frozen=True, slots=True)
class Kolommen:
    """What the columns mean, by place from 0: a field, a ticked judgement, a ticked ground, or nothing (`overig`)."""

    rij: int
    koppen: Mapping[int, str]
    velden: Mapping[Veld, int]
    beoordelingen: Mapping[int, Beoordeling]
    gronden: Mapping[int, str]
    overig: tuple[int, ...]
    dubbel: Mapping[Veld, Sequence[str]]
    """The headings of each field that more than one of them means; the first is in `velden`."""

    @property
    def is_compleet(self) -> bool:
        return not self.ontbreekt()

    def ontbreekt(self) -> list[str]:
        """The columns that an inventory cannot do without, and this one has not."""
        needed = [veld.value for veld in (Veld.NUMMER, Veld.DOCUMENTNAAM) if veld not in self.velden]
        if Veld.BEOORDELING not in self.velden and not self.beoordelingen:
            needed.append(Veld.BEOORDELING.value)
        return needed


@dataclass(frozen=True, slots=True)
class Kolomzoeker:
    """Finds headings. `gezegd` are columns that a person named: field by folded heading."""

    woorden: Woordenlijst
    gronden: Grondenlezer
    gezegd: Mapping[str, Veld]

    def zoek(self, table: Table, blad: str | None) -> tuple[Sheet, Kolommen]:
        """Find sheet and headings.

        Raises:
            Lijstfout: there is no such sheet, none or more than one has the headings, a heading stands twice for the
                same, or a column that a person named is not there.
        """
        sheets = [sheet for sheet in table.sheets if sheet.rows]
        if blad is not None:
            sheets = [sheet for sheet in sheets if sheet.name.casefold() == blad.casefold()]
        if not sheets:
            named = [sheet.name for sheet in table.sheets if sheet.rows and sheet.name]
            why = "there is nothing in the file" if blad is None else "there is no filled sheet of this name"
            uitleg = (
                "Er staat niets in het bestand. Kies een bestand met een lijst."
                if blad is None
                else f"Er is geen gevuld blad dat “{blad}” heet. Kies uit: {', '.join(named)}."
            )
            raise Lijstfout("blad", blad or "", why, uitleg=uitleg, accepted=named)
        found = [(sheet, self._headings(sheet.rows)) for sheet in sheets]
        whole = [(sheet, kolommen) for sheet, kolommen in found if kolommen.is_compleet]
        if len(whole) > 1:
            names = [sheet.name for sheet, _ in whole]
            why = "more than one sheet holds an inventory; name one with --blad"
            uitleg = f"Meer dan één blad bevat een inventaris. Kies uit: {', '.join(names)}."
            raise Lijstfout("blad", "", why, uitleg=uitleg, accepted=names)
        if not whole:
            raise self._missing(max((kolommen for _, kolommen in found), key=lambda each: len(each.velden)))
        self._check(whole[0][1])
        return whole[0]

    def _headings(self, rows: Sequence[Row]) -> Kolommen:
        """The first row with all that is needed, or else the one with most known headings."""
        found = [self._read(row) for row in rows[:_FIRST_ROWS]]
        return next(
            (each for each in found if each.is_compleet), max(found, key=lambda each: len(each.velden))
        )

    def _read(self, row: Row) -> Kolommen:
        koppen = {place: text for place, cell in enumerate(row.cells) if (text := cell_text(cell))}
        meant = {place: self._meaning(kop) for place, kop in koppen.items()}
        velden, dubbel = self._once(
            koppen, {place: veld for place, veld in meant.items() if veld is not None}
        )
        rest = {place: kop for place, kop in koppen.items() if place not in velden.values()}
        beoordelingen: dict[int, Beoordeling] = {}
        if Veld.BEOORDELING not in velden:
            known = self.woorden.beoordelingskolommen
            beoordelingen = {place: known[folded(kop)] for place, kop in rest.items() if folded(kop) in known}
        gronden = {
            place: grond
            for place, kop in rest.items()
            if place not in beoordelingen and (grond := self.gronden.kolom(kop)) is not None
        }
        overig = tuple(place for place in rest if place not in beoordelingen and place not in gronden)
        return Kolommen(row.number, koppen, velden, beoordelingen, gronden, overig, dubbel)

    def _meaning(self, kop: str) -> Veld | None:
        key = folded(kop)
        veld = self.gezegd.get(key) or self.woorden.kolommen.get(key)
        return None if veld in self.gezegd.values() and key not in self.gezegd else veld

    def _once(
        self, koppen: Mapping[int, str], meant: Mapping[int, Veld]
    ) -> tuple[dict[Veld, int], dict[Veld, list[str]]]:
        """Give the place of each field, and the headings of those that more than one heading means."""
        places: dict[Veld, list[int]] = {}
        for place, veld in meant.items():
            places.setdefault(veld, []).append(place)
        for veld, those in places.items():
            plain = [place for place in those if folded(koppen[place]) not in self.woorden.terugval]
            places[veld] = plain or those
        velden = {veld: those[0] for veld, those in places.items()}
        twice = {veld: [koppen[place] for place in those] for veld, those in places.items() if len(those) > 1}
        return velden, twice

    def _missing(self, best: Kolommen) -> Lijstfout:
        """The error for a file without the headings that are needed."""
        spelled = self.woorden.spellingen
        missing = best.ontbreekt()
        ways = "; ".join(f"{name}: {', '.join(spelled[Veld(name)][:6])}" for name in missing)
        why = f"no row has headings for {', '.join(missing)} (known are {ways}); name a column with --kolom {missing[0]}=KOP"
        uitleg = (
            f"Geen enkele rij heeft koppen voor {', '.join(missing)} (bekend zijn {ways}). "
            f"Geef de kolom een kop die bekend is, of zeg welke kop het is: {missing[0]}=Uw kop."
        )
        return Lijstfout("kolommen", ", ".join(best.koppen.values()), why, uitleg=uitleg)

    def _check(self, kolommen: Kolommen) -> None:
        for veld, names in kolommen.dubbel.items():
            why = f"these columns both mean {veld.value}; say which with --kolom {veld.value}=KOP"
            uitleg = (
                f"De kolommen {', '.join(names)} betekenen allebei {veld.value}. "
                f"Zeg welke u bedoelt, zoals {veld.value}={names[0]}."
            )
            raise Lijstfout("kolommen", ", ".join(names), why, uitleg=uitleg)
        for key, veld in self.gezegd.items():
            if veld not in kolommen.velden:
                koppen = list(kolommen.koppen.values())
                raise Lijstfout(
                    "kolom",
                    f"{veld.value}={key}",
                    "there is no such heading",
                    uitleg=f"Er is geen kolom met de kop die u noemt voor {veld.value}. De koppen zijn: {', '.join(koppen)}.",
                    accepted=koppen,
                )


def cell_text(cell: Cell) -> str:
    """A cell as text: whole numbers without their zero, dates as ISO 8601, no control characters or odd spaces."""
    match cell:
        case None:
            return ""
        case bool():
            return "waar" if cell else "onwaar"
        case float():
            return number_text(cell)
        case str():
            lines = (" ".join(line.split()) for line in clean(cell).split("\n"))
            return "\n".join(line for line in lines if line)
    return cell.isoformat()


def named_columns(words: Iterable[str]) -> dict[str, Veld]:
    """Read what a person says of columns, `veld=kop` each; raises Lijstfout."""
    named: dict[str, Veld] = {}
    for word in words:
        veld, sign, kop = word.partition("=")
        if veld.strip() not in {each.value for each in Veld} or not sign or not kop.strip():
            why = "write it as VELD=KOP, with the heading as it stands in the sheet"
            velden = [each.value for each in Veld]
            uitleg = f"Schrijf een kolom als veld=kop, met de kop zoals die in het blad staat. Een veld is {', '.join(velden)}."
            raise Lijstfout("kolom", word, why, uitleg=uitleg, accepted=velden)
        named[folded(kop)] = Veld(veld.strip())
    return named
