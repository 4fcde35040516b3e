"""What a sheet holds beside its values, as it bears on the rows of an inventory: nothing of it may change a row unsaid."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from woo.domain.errors import InvalidValue
from woo.inventaris.kolommen import Kolommen
from woo.sandbox.sheet_marks import Marks
from woo.sandbox.table import Row, Sheet

_MOST_STEPS = 2_000_000
_SAVE = "open het bestand in uw rekenprogramma, sla het op en probeer het opnieuw, of vul de waarde in"


@dataclass(frozen=True, slots=True)
class Celmerk:
    """A cell whose value cannot be taken over: its column from 0, what it shows, why."""

    kolom: int
    waarde: str
    uitleg: str
    is_fout: bool = True


@dataclass(slots=True)
class Bladmerken:
    """The marks of a sheet by row: cells that have no value of their own."""

    rijen: dict[int, list[Celmerk]] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet, kolommen: Kolommen) -> "Bladmerken":
        """Read the marks of the rows beneath the headings; raises InvalidValue for more merged cells than any list has."""
        merken = cls()
        meant = _meant(kolommen)
        marks = sheet.marks
        for row, column in sorted(marks.unsolved):
            merken._add(row, column, meant, "", f"is een formule zonder uitkomst; {_SAVE}")
        for (row, column), shown in sorted(marks.errors.items()):
            why = "is een fout van het rekenblad zelf; verbeter de formule of vul de waarde in"
            merken._add(row, column, meant, shown, why)
        merken._merged(marks, [row.number for row in sheet.rows], kolommen, meant)
        merken.rijen = {row: cells for row, cells in merken.rijen.items() if row > kolommen.rij}
        return merken

    def bij(self, rij: int) -> Sequence[Celmerk]:
        return self.rijen.get(rij, ())

    def zonder_waarde(self, rows: Iterable[Row]) -> list[Row]:
        """Rows that look empty because none of their cells has a value, and are not: they are told, not passed over."""
        there = {row.number for row in rows}
        return [Row(rij, ()) for rij in sorted(self.rijen) if rij not in there]

    def _add(self, row: int, column: int, meant: Mapping[int, bool], waarde: str, why: str) -> None:
        if column in meant:
            self.rijen.setdefault(row, []).append(Celmerk(column, waarde, why, is_fout=meant[column]))

    def _merged(
        self, marks: Marks, filled: Sequence[int], kolommen: Kolommen, meant: Mapping[int, bool]
    ) -> None:
        steps = 0
        for top, left, bottom, right in marks.merged:
            wanted = [column for column in range(left, min(right, left + 500) + 1) if meant.get(column)]
            headed = sum(column in kolommen.koppen for column in range(left, min(right, left + 500) + 1))
            beside = headed > 1
            if bottom <= kolommen.rij or not wanted or (top == bottom and not beside):
                continue
            cells = f"{column_name(left)}{top} tot en met {column_name(right)}{bottom}"
            why = f"hoort bij samengevoegde cellen ({cells}); splits ze en vul elke cel in"
            for row in filled[bisect_left(filled, top) :]:
                if row > bottom:
                    break
                steps += 1
                if steps > _MOST_STEPS:
                    raise InvalidValue("inventaris", "", "it has more merged cells than can be looked at")
                if row > top or beside:
                    self._add(row, wanted[0], meant, "", why)


def opmerkingen(sheet: Sheet, kolommen: Kolommen) -> Iterator[str]:
    """Sentences about what was read though it does not show, and what was calculated."""
    marks = sheet.marks
    solved = {c: n for c, n in marks.formulas.items() if c in kolommen.koppen}
    if solved:
        named = ", ".join(kolommen.koppen[column].replace("\n", " ") for column in sorted(solved))
        yield (
            f"In de kolommen {named} staan formules ({sum(solved.values())} cellen). Gelezen is de uitkomst die in het "
            "bestand staat."
        )
    hidden = _hidden_rows(sheet, kolommen.rij)
    if hidden:
        yield f"Verborgen rijen zijn ook gelezen: {ranges(hidden)}."
    columns = sorted(
        place
        for place in kolommen.koppen
        if any(first <= place <= last for first, last in marks.hidden_columns)
    )
    if columns:
        named = ", ".join(f"{column_name(place)} ({kolommen.koppen[place]})" for place in columns)
        yield f"Verborgen kolommen zijn ook gelezen: {named}.".replace("\n", " ")


def _hidden_rows(sheet: Sheet, kop: int) -> list[int]:
    """The filled rows beneath the headings that are hidden."""
    found: list[int] = []
    stretches = iter(sorted(sheet.marks.hidden_rows))
    stretch = next(stretches, None)
    for row in sheet.rows:
        while stretch is not None and stretch[1] < row.number:
            stretch = next(stretches, None)
        if stretch is not None and stretch[0] <= row.number and row.number > kop:
            found.append(row.number)
    return found


def ranges(numbers: Iterable[int]) -> str:
    """Ascending numbers in few words: `3, 7-9`."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and stretches[-1][1] + 1 == number:
            stretches[-1][1] = number
        else:
            stretches.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in stretches)


def column_name(place: int) -> str:
    """The letters of a column, counted from 0: `A`, `AA`."""
    name = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _meant(kolommen: Kolommen) -> dict[int, bool]:
    """The columns with a heading, and whether their value means something here."""
    known = {*kolommen.velden.values(), *kolommen.beoordelingen, *kolommen.gronden}
    return {place: place in known for place in kolommen.koppen}
