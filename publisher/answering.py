"""Says what went wrong in the form that was asked for: a problem in JSON under /v1, a page of the desk everywhere else."""

from typing import Protocol, cast

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from publisher.openapi import PREFIX
from publisher.problems import of, of_request, respond
from woo.views.problems import Problem


class _ErrorPages(Protocol):
    def problem(self, request: Request, problem: Problem) -> Response: ...


def is_api(path: str) -> bool:
    """Whether a path is of the API; every other is of the pages."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def respond_to(scope: Scope, problem: Problem) -> Response:
    """Make the response of a problem for the request with this scope."""
    if is_api(scope["path"]):
        return respond(problem, scope["path"])
    request = Request(scope)
    return cast(_ErrorPages, request.app.state.pages).problem(request, problem)


def answer(request: Request, error: Exception) -> Response:
    """Answer any error; nothing of its inside is told unless it was raised to be told."""
    problem = of_request(request, error) if isinstance(error, RequestValidationError) else of(error)
    return respond_to(request.scope, problem)
