"""The description of the API itself."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from publisher.desk import AtDesk
from publisher.openapi import document_of
from woo.usecases.rechten import Handeling

router = APIRouter(tags=["beschrijving"])


@router.get("/openapi.json", summary="Deze beschrijving", response_model=dict[str, Any])
def get_openapi_json(request: Request, desk: AtDesk) -> JSONResponse:
    """Beschrijft deze API als OpenAPI 3.0."""
    desk.require(Handeling.BESCHRIJVING_LEZEN, "beschrijving")
    state = request.app.state
    if not hasattr(state, "openapi"):  # made when first asked for; twice at once gives the same
        state.openapi = document_of(request.app, state.settings)
    # The NL API Design Rules want the description to be readable from other sites; a key is needed there too.
    return JSONResponse(state.openapi, headers={"Access-Control-Allow-Origin": "*"})
