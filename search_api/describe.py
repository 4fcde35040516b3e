"""How a route is put on the application and into the API description."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from search_api.queries import Parameter

if TYPE_CHECKING:
    from fastapi import FastAPI

Handler = Callable[[Request], Response]
_PATH_PARAMETERS = {
    "id": "Het id, zoals in de antwoorden van de zoekopdracht.",
    "n": "Het paginanummer, vanaf 1.",
    "versie": "Het nummer van de versie, vanaf 1.",
    "bestandsnaam": "De naam van het bestand, zoals in `bestand.naam`.",
    "code": "De code van een organisatie, zoals gm0153.",
    "lijst": "De naam van de waardelijst, zoals `informatiecategorieen`.",
}


@dataclass(frozen=True, slots=True)
class Description:
    """What the API description says of a route; `model` is a schema, or the media types of an answer in bytes (with commas).

    `gone` is whether it may answer 410; a text says when that is where it is not because something was withdrawn.
    """

    summary: str
    model: type[BaseModel] | str
    parameters: Sequence[Parameter] = ()
    gone: bool | str = False
    uitleg: str = ""


def described(
    summary: str,
    model: type[BaseModel] | str,
    parameters: Sequence[Parameter] = (),
    *,
    uitleg: str,
    gone: bool | str = False,
) -> Description:
    return Description(summary, model, parameters, gone, uitleg)


def offer(app: "FastAPI", path: str, handler: Handler, description: Description | None = None) -> None:
    """Add a route for GET and HEAD; only with a description it stands in the API description, as GET."""
    app.add_api_route(path, handler, methods=["HEAD"], include_in_schema=False, response_model=None)
    if description is None:
        app.add_api_route(path, handler, methods=["GET"], include_in_schema=False, response_model=None)
        return
    described_route(app, path, handler, description)


def described_route(
    app: "FastAPI",
    path: str,
    endpoint: Callable[..., Any],
    description: Description,
    *,
    method: str = "GET",
    naam: str | None = None,
    content: Mapping[str, Any] | None = None,
) -> None:
    """Add a route that stands in the API description; `content` describes what is sent, by media type."""
    extra: dict[str, Any] = {
        "parameters": [*_path_parameters(path), *(_query_parameter(p) for p in description.parameters)],
        "x-kan-ingetrokken-zijn": description.gone,
    }
    if content is not None:
        extra["requestBody"] = {"required": True, "content": dict(content)}
    app.add_api_route(
        path,
        endpoint,
        methods=[method],
        summary=description.summary,
        description=description.uitleg,
        operation_id=naam or endpoint.__name__,
        response_model=None,
        response_class=Response,
        responses={200: _answer(description)},
        openapi_extra=extra,
    )


def _answer(description: Description) -> dict[str, Any]:
    if isinstance(description.model, str):
        content = {media: {"schema": _schema_of(media)} for media in description.model.split(", ")}
        return {"description": description.summary, "content": content}
    return {"description": description.summary, "model": description.model}


def _schema_of(media: str) -> dict[str, str]:
    return {"type": "object"} if media.endswith("json") else {"type": "string", "format": "binary"}


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": naam, "in": "path", "required": True, "description": uitleg, "schema": {"type": "string"}}
        for naam, uitleg in _PATH_PARAMETERS.items()
        if f"{{{naam}}}" in path or f"{{{naam}:" in path
    ]


def _query_parameter(parameter: Parameter) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": parameter.naam,
        "in": "query",
        "required": False,
        "description": parameter.uitleg,
        "schema": dict(parameter.schema),
    }
    if parameter.herhaalbaar:
        told |= {"style": "form", "explode": True}
    if parameter.voorbeeld is not None:
        told["example"] = parameter.voorbeeld
    return told
