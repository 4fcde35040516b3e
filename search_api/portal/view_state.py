"""What a reader has before them in the viewer (page, hit, zoom, turn), and the addresses of what lies around it."""

from collections.abc import Iterable
from dataclasses import dataclass

from search_api import addresses, queries
from search_api.choices import one_of, within
from search_api.queries import Parameter, Values
from woo.sandbox import TURNS

ZOOMS = (100, 150, 200)
"""Sizes of the picture, in hundredths of its usual one."""

PARAMETERS = (
    Parameter("treffer", "De hoeveelste treffer op de pagina."),
    Parameter("zoom", "De grootte van de afbeelding in procenten."),
    Parameter("draai", "Hoeveel graden de afbeelding gedraaid is, met de klok mee."),
    Parameter("strook", "De pagina waar de strook met kleine afbeeldingen omheen ligt."),
)


@dataclass(frozen=True, slots=True)
class ViewState:
    """One view of a document; every method gives the address of another one."""

    id: str
    pagina: int
    zoek: str = ""
    treffer: int = 0
    zoom: int = 100
    draai: int = 0
    strook: int = 0

    def page(self, nummer: int) -> str:
        """Another page, as large; it starts upright."""
        return self._address(nummer, treffer=0, zoom=self.zoom)

    def hit(self, nummer: int, treffer: int) -> str:
        """A hit on this page or another one, with the address of its place in the text."""
        draai = self.draai if nummer == self.pagina else 0
        address = self._address(nummer, treffer=treffer, zoom=self.zoom, draai=draai)
        return f"{address}#treffer-{treffer}" if treffer else address

    def zoomed(self, zoom: int) -> str:
        return self._address(self.pagina, treffer=self.treffer, zoom=zoom, draai=self.draai)

    def turned(self) -> str:
        """The same page a quarter turn further, clockwise."""
        draai = (self.draai + 90) % 360
        return self._address(self.pagina, treffer=self.treffer, zoom=self.zoom, draai=draai)

    def strip(self, around: int) -> str:
        """The same page, with the strip of small pictures around another one."""
        address = self._address(
            self.pagina, treffer=self.treffer, zoom=self.zoom, draai=self.draai, strook=around
        )
        return f"{address}#strook"

    def hidden_fields(self) -> Iterable[tuple[str, str]]:
        """What a form that goes to another page takes along."""
        if self.zoek:
            yield "zoek", self.zoek
        if self.zoom != ZOOMS[0]:
            yield "zoom", str(self.zoom)

    def _address(self, nummer: int, *, treffer: int, zoom: int, draai: int = 0, strook: int = 0) -> str:
        pairs = [("pagina", str(nummer))] if nummer else []
        if self.zoek:
            pairs.append(("zoek", self.zoek))
        if treffer > 1:
            pairs.append(("treffer", str(treffer)))
        if zoom != ZOOMS[0]:
            pairs.append(("zoom", str(zoom)))
        if draai:
            pairs.append(("draai", str(draai)))
        if strook:
            pairs.append(("strook", str(strook)))
        return addresses.with_query(addresses.document(self.id), pairs)


def read_state(
    values: queries.Values, *, id: str, pagina: int, zoek: str, marked: int, paginas: int
) -> ViewState:
    """The view asked for, of a page with so many hits of a document with so many pages; raises the 400 for what is none."""
    return ViewState(
        id=id,
        pagina=pagina,
        zoek=zoek,
        treffer=within(values, "treffer", marked, default=1),
        zoom=one_of(values, "zoom", ZOOMS, default=ZOOMS[0]),
        draai=one_of(values, "draai", TURNS, default=0),
        strook=_around(values, pagina, paginas),
    )


def _around(values: Values, pagina: int, paginas: int) -> int:
    return within(values, "strook", paginas, default=max(pagina, 1))
