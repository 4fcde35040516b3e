"""The description of the API itself."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from publisher.openapi import document_of

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json", include_in_schema=False)
def get_openapi_json(request: Request) -> JSONResponse:
    state = request.app.state
    if not hasattr(state, "openapi"):  # made when first asked for; twice at once gives the same
        state.openapi = document_of(request.app, state.settings)
    return JSONResponse(state.openapi)
