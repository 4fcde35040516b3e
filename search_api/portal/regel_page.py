"""The page of a row of an inventory whose document cannot be read here: it says so, why, and where to look further."""

from starlette.requests import Request
from starlette.responses import Response

from search_api import addresses
from search_api.parts import Parts
from search_api.portal.pages import pages_of
from woo.storage.port import PublicDocument
from woo.taal import present
from woo.views.facts import regel_facts
from woo.views.inventaris import uitleg


def is_row(document: PublicDocument) -> bool:
    """Whether this is a row of an inventory without its document."""
    return not document.kaart.get("beschikbaar", True)


def row_page(request: Request, parts: Parts, document: PublicDocument) -> Response:
    """Render the page."""
    regel = document.kaart["inventaris"]
    return pages_of(request).render(
        "inventarisregel.html",
        document=document,
        kaart=document.kaart,
        regel=regel,
        uitleg=uitleg(regel),
        gronden=parts.uitleg.told_in(present().code),
        facts=regel_facts(document.kaart),
        permalink=parts.site + addresses.document(document.id),
        dossier_url=addresses.with_query("/", [("publicatie", document.publicatie_id)]),
    )
