"""The rows of an inventory as a spreadsheet shows them: the columns of the convention of minvws, with the article of each ground."""

from collections.abc import Callable, Mapping
from typing import Any

from woo.diwoo.uitleg import Uitlegboek
from woo.exports.csv_rows import Cell

HEADER = (
    "Documentnummer",
    "Documentnaam",
    "Datum",
    "Soort",
    "Beoordeling",
    "Beoordelingsgrond",
    "Uitleg",
    "Bijzonderheden",
    "Opgeschort",
    "Ingetrokken",
    "Gerelateerd documentnummer",
    "Publieke link",
    "Elders openbaar",
)
WIDTHS = (16, 50, 12, 18, 18, 34, 50, 18, 11, 11, 18, 60, 40)

Regel = Mapping[str, Any]
Address = Callable[[Regel], str | None]
"""The public address of the document of a row; None where it has none that is public."""


def cells(regel: Regel, uitleg: Uitlegboek, address: Address) -> list[Cell]:
    """One row; the name of a withdrawn document is not told."""
    gronden = [uitleg.grond(code) for code in regel["gronden"]]
    bijzonder = [uitleg.bijzonderheden[each].naam for each in regel["bijzonderheden"]]
    return [
        regel["nummer"],
        "Ingetrokken document" if regel["ingetrokken"] else regel["naam"],
        regel["datum"],
        regel["soort"],
        uitleg.beoordelingen[regel["beoordeling"]].naam,
        "; ".join(
            [
                *(
                    f"{code} {each.naam}".strip()
                    for code, each in zip(regel["gronden"], gronden, strict=True)
                ),
                *regel.get("wetten", ()),
            ]
        ),
        " ".join(f"{each.uitleg} ({each.artikel})" for each in gronden if each.uitleg),
        "; ".join(bijzonder),
        "ja" if regel["opgeschort"] else "nee",
        "ja" if regel["ingetrokken"] else "nee",
        "; ".join(regel["gerelateerd"]),
        address(regel),
        " | ".join(regel["links"]),
    ]
