"""The permanent address of a published version: the present one leads to the document, an earlier one says what replaced it."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from search_api import addresses, parameters, queries, versies
from search_api.describe import offer
from search_api.parts import parts_of
from search_api.portal.pages import pages_of
from search_api.queries import Parameter

_PARAMETERS = (parameters.ZOEK, Parameter("pagina", "Het nummer van de pagina."))


def add_to(app: FastAPI) -> None:
    """Add this page to the application."""
    offer(app, "/documenten/{id}/versies/{versie}", get_versie_page)


def get_versie_page(request: Request) -> Response:
    """Redirect to the document, at the page asked for, or tell that this version was replaced.

    What an earlier version held is not given any more: what was wrong with it may be why it was replaced.
    """
    parts = parts_of(request)
    document = parts.gate.document(request.path_params["id"])
    versie = versies.version(document, request.path_params["versie"])
    values = queries.read(request.scope["query_string"], _PARAMETERS, strict=False)
    pairs = [(naam, given[0]) for naam, given in values.items()]
    address = addresses.with_query(addresses.document(document.id), pairs)
    if versie.is_huidig:
        return RedirectResponse(address, status_code=302, headers={"Cache-Control": "no-cache"})
    return pages_of(request).render(
        "versie.html",
        document=document,
        kaart=document.kaart,
        versie=versie,
        versions=versies.versions(document),
        address=address,
        version_url=addresses.version,
    )
