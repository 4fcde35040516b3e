"""What the parts of a document are called: a PDF has pages, a sheet or a presentation has parts with a name of their own."""

from collections.abc import Mapping
from typing import Any

from woo.domain.formaat import FORMATEN, WITH_RENDITION, Soort
from woo.taal import gettext
from woo.views.dutch import counted

_PAGED = frozenset({formaat.naam for formaat in FORMATEN if formaat.soort in (Soort.PDF, *WITH_RENDITION)})

_PDF = "application/pdf"

Kaart = Mapping[str, Any]


def has_pages(kaart: Kaart) -> bool:
    """Whether the document has pages as paper has; what is not known is taken to have them."""
    return kaart.get("formaat") is None or kaart["formaat"] in _PAGED


def unit(kaart: Kaart) -> str:
    """Return `pagina`, or `deel` for a file without pages."""
    return gettext("pagina") if has_pages(kaart) else gettext("deel")


def rendition_note(kaart: Kaart) -> str | None:
    """Say of mail or a picture that what is shown and offered is the PDF made of it; None for any other file."""
    formaat, bestand = kaart.get("formaat"), kaart.get("bestand")
    if not bestand or bestand["mime"] != _PDF or formaat in (None, "pdf"):
        return None
    return gettext(
        "Ontvangen als %(formaat)s. Wij maakten er deze PDF van; het oorspronkelijke bestand staat hier niet.",
        formaat=formaat.upper(),
    )


def counted_parts(number: int, kaart: Kaart) -> str:
    """Write how many pages or parts: `1 pagina`, `12 delen`."""
    return counted(number, "pagina", "pagina's") if has_pages(kaart) else counted(number, "deel", "delen")


def part_name(label: str | None, nummer: int, kaart: Kaart) -> str:
    """Name one part for people: its own name, else its number (`pagina 12`)."""
    return label or f"{unit(kaart)} {nummer}"


def hard_to_read(kaart: Kaart) -> int:
    """Count the pages that could not be read, or only with little certainty; what an earlier version showed has no second."""
    return int(kaart.get("onleesbarePaginas") or 0) + int(kaart.get("onzekerePaginas") or 0)
