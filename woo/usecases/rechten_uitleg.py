"""The rights matrix as a table for people: `python -m woo.usecases.rechten_uitleg` writes it into docs/rechten.md."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from woo.domain.actor import Actor, Rol
from woo.domain.publicatie import Publicatiestatus
from woo.usecases.rechten import MATRIX, Bereik, Handeling, Uitkomst, outcome

BEGIN: Final = "<!-- de tabel hieronder is gemaakt door woo.usecases.rechten_uitleg -->"
END: Final = "<!-- einde van de tabel -->"
_SIGNS: Final = {Uitkomst.MAG: "ja", Uitkomst.MAG_NIET: "nee", Uitkomst.KAN_NIET: "kan niet"}
_OTHER: Final = {
    Bereik.OBJECT: "bestaat niet",
    Bereik.ORGANISATIE: "mag niet",
    Bereik.LIJST: "staat er niet bij",
    Bereik.ALLES: "mag niet",
    Bereik.VRIJ: "ja",
}


def table() -> str:
    """The matrix in Markdown: a row for each action, a column for each role; where states differ, concept / openbaar / ingetrokken."""
    head = ["handeling", "wat", *(rol.value for rol in Rol), "andere organisatie"]
    rows = [head, ["---"] * len(head), *(_row(handeling) for handeling in Handeling)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def with_table(page: str) -> str:
    """The page with the table of now between its two marks; raises ValueError where they are not there."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the page has no marks for the table")
    return f"{before}{BEGIN}\n\n{table()}\n{END}{after}"


def _row(handeling: Handeling) -> list[str]:
    regel = MATRIX[handeling]
    cells = [_cell(_told(handeling, rol)) for rol in Rol]
    return [f"`{handeling.value}`", regel.wat, *cells, _OTHER[regel.bereik]]


def _told(handeling: Handeling, rol: Rol) -> Iterator[str]:
    for status in Publicatiestatus:
        if MATRIX[handeling].bereik is Bereik.ALLES:
            yield "ja, voor alle" if rol.value in _may_for_all(handeling) else "nee"
        else:
            yield _SIGNS[outcome(handeling, rol, eigen=True, status=status)]


def _may_for_all(handeling: Handeling) -> frozenset[str]:
    """The roles that may do what is about the whole installation, when they have it for every organisation."""
    return frozenset(rol.value for rol in Rol if Actor("", rol, "").may(MATRIX[handeling].recht))


def _cell(told: Iterable[str]) -> str:
    parts = list(told)
    return parts[0] if len(set(parts)) == 1 else " / ".join(parts)


if __name__ == "__main__":
    page = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/rechten.md")
    page.write_text(with_table(page.read_text("utf-8")), "utf-8")
