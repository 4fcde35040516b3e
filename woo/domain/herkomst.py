"""Who said the value of a metadata field: a person, a metadata sheet, or a program that may say it anew."""

from collections.abc import Mapping

SHEET = "sheet"
"""How the source of a value begins that came from a metadata sheet: `sheet:lijst.csv`."""

PROGRAMS = frozenset({"bestand", "bestandsnaam", "tekst", "map"})
"""How the sources begin of values that programs found; everything else was said by a person or a sheet."""


def kind_of(bron: str) -> str:
    """The part of a source before its colon: `tekst` for `tekst:datumregel`."""
    return bron.partition(":")[0]


def told_of(herkomst: Mapping[str, str]) -> dict[str, str]:
    """What the public is told of the sources: not the name of a metadata sheet, which may name a person."""
    return {veld: SHEET if kind_of(bron) == SHEET else bron for veld, bron in herkomst.items()}


def found_by_program(herkomst: Mapping[str, str], veld: str) -> bool:
    """Whether the value of this field was found by a program, so that a later reading may replace it."""
    return kind_of(herkomst.get(veld, "")) in PROGRAMS


def from_sheet(herkomst: Mapping[str, str], veld: str) -> bool:
    """Whether the value of this field came from a metadata sheet."""
    return kind_of(herkomst.get(veld, "")) == SHEET
