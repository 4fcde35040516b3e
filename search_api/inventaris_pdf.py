"""The inventory of a publicatie as an accessible PDF, with what is public at this moment: rows from behind the gate."""

from collections.abc import Sequence
from datetime import UTC, datetime

from search_api import addresses
from search_api.dossier_zip import public_address
from search_api.parts import Parts
from search_api.problems import ProblemError
from woo.exports import typst_pdf
from woo.exports.inventaris_pdf import Kop, inventaris_pdf
from woo.storage.port import PublicPublicatie, Regel
from woo.taal import gettext
from woo.views.dutch import number
from woo.views.problems import Problem

MEDIA_TYPE = typst_pdf.MEDIA_TYPE
_ROWS_PER_POINT = 20
_MOST_POINTS = 250


def points_of(count: int) -> int:
    """What so many rows cost beside what the address costs; never more than an address may have at once."""
    return min(count // _ROWS_PER_POINT, _MOST_POINTS)


def pdf_of(parts: Parts, publicatie: PublicPublicatie, regels: Sequence[Regel]) -> bytes:
    """Make the PDF.

    Raises:
        ProblemError: 404 without an inventory, or with more rows than the settings allow; it says where the rows are.
        Unavailable: it could not be made in time.
    """
    wanted = parts.settings.inventaris
    if not regels:
        raise ProblemError(_none(gettext("Bij deze publicatie hoort geen inventaris.")))
    if len(regels) > wanted.pdf_rijen:
        raise ProblemError(
            _none(
                gettext(
                    "Deze inventaris heeft %(aantal)s regels. Een PDF kan tot %(grens)s regels. Neem het rekenblad of de CSV.",
                    aantal=number(len(regels)),
                    grens=number(wanted.pdf_rijen),
                )
            )
        )
    kop = Kop(
        titel=publicatie.kaart["officieleTitel"],
        organisatie=publicatie.kaart["publisher"]["naam"],
        kenmerk=publicatie.kaart.get("kenmerk"),
        adres=parts.site + addresses.publicatie(publicatie.id),
    )
    return inventaris_pdf(
        kop,
        regels,
        parts.uitleg,
        lambda regel: public_address(parts, regel),
        seconds=wanted.pdf_seconds,
        moment=datetime.now(UTC),
    )


def _none(detail: str) -> Problem:
    return Problem(404, gettext("Deze PDF is er niet"), detail)
