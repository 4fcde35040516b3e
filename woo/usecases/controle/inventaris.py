"""What is wrong between the inventory of a publicatie and its documents: refused ones, and leftovers on both sides."""

from collections.abc import Iterator

from woo.domain.bevinding import Bevinding, Niveau
from woo.domain.document import has_row
from woo.domain.inventaris import Beoordeling
from woo.registry import Reading
from woo.usecases.controle.blik import NAMED, Blik, Zin
from woo.usecases.geweigerd import refusal, refused_documents

_LOS = Zin(
    "document_zonder_regel",
    "staat niet in de inventaris.",
    "staan niet in de inventaris.",
    "Koppel elk document aan zijn regel, of voeg een regel toe.",
    "not in the inventory",
)
_WITH_FILE = (Beoordeling.OPENBAAR, Beoordeling.DEELS_OPENBAAR)


def findings(blik: Blik, reading: Reading) -> Iterator[Bevinding]:
    """The findings about the rows; none for a publicatie without an inventory."""
    regels = reading.regels_in_short(blik.publicatie.id)
    if not regels:
        return
    doel = f"/publicaties/{blik.publicatie.id}#inventaris"
    refused = refused_documents(reading, blik.publicatie)
    if refused:
        yield Bevinding(
            Niveau.BLOKKEREND,
            "geweigerd_document",
            "inventaris",
            f"Volgens de inventaris mogen documenten niet openbaar worden, maar ze staan er wel bij: {_named([nummer for nummer, _ in refused])}.",
            "Trek die documenten eerst in, of verbeter de regels.",
            doel,
            refusal(refused),
            tuple(id for _, id in refused[:NAMED]),
            len(refused),
        )
    without = [
        r.nummer for r in regels if r.document_id is None and r.beoordeling in _WITH_FILE and not r.opgeschort
    ]
    if without:
        yield Bevinding(
            Niveau.WAARSCHUWING,
            "regel_zonder_document",
            "inventaris",
            f"Bij deze regels van de inventaris staat geen document: {_named(without)}.",
            "Voeg de documenten toe, of koppel ze aan de regels.",
            doel,
            f"{len(without)} rows without a document",
            tuple(without[:NAMED]),
            len(without),
        )
    linked = {regel.document_id for regel in regels}
    loose = [each for each in blik.openbaar if has_row(each.rol) and each.id not in linked]
    yield from blik.of_documents(_LOS, "inventaris", loose)


def _named(nummers: list[str]) -> str:
    named = ", ".join(nummers[:NAMED])
    more = len(nummers) - NAMED
    return f"{named} en nog {more}" if more > 0 else named
