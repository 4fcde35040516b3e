"""Reads a form that a page of the desk sent: limited, proven to be ours, and checked against its model."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, TypeVar, get_args, get_origin

from fastapi import Depends
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.requests import Request

from publisher.faults import faults_of
from publisher.inputs import BodyInput
from publisher.middleware import SMALL_BODY, allow_body
from publisher.problems import ProblemError, too_large
from publisher.proof import is_token
from woo.domain.errors import Unavailable
from woo.views.problems import InputFault, Problem, invalid, unknown_name

CSRF = "csrf"
MAX_FIELDS = 5_000
MAX_FIELD = 64 * 1024
_MEDIA = {"application/x-www-form-urlencoded", "multipart/form-data"}

Model = TypeVar("Model", bound=BodyInput)


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it was sent: the values of each field in their order, and the files, each with its field."""

    velden: Mapping[str, tuple[str, ...]]
    bestanden: tuple[tuple[str, UploadFile], ...] = ()


@asynccontextmanager
async def reading(
    request: Request, *, files: int = 0, limit: int = SMALL_BODY, fields: int = MAX_FIELDS
) -> AsyncIterator[Form]:
    """Read a form of at most `limit` bytes with at most so many files and fields; the files go when the block ends.

    Raises:
        ProblemError: 400 when it is no form, 403 when it does not carry the token of this session.
        BodyTooLarge: more was sent than the limit.
        Unavailable: there is no room for the temporary files.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if media not in _MEDIA:
        raise ProblemError(
            invalid(InputFault("body", "", "geen-formulier", "Dit is geen formulier van de balie."))
        )
    allow_body(request.scope, limit)
    try:
        form = await request.form(max_files=files, max_fields=fields, max_part_size=MAX_FIELD)
    except OSError as error:
        raise Unavailable("the temporary folder", error.strerror or str(error)) from error
    try:
        velden: dict[str, tuple[str, ...]] = {}
        bestanden: list[tuple[str, UploadFile]] = []
        for naam, waarde in form.multi_items():
            if isinstance(waarde, UploadFile):
                bestanden.append((naam, waarde))
            else:
                velden[naam] = (*velden.get(naam, ()), waarde)
        if sum(map(len, velden.values())) > fields:
            raise ProblemError(too_large(limit))
        _prove(request, velden.pop(CSRF, ()))
        yield Form(velden, tuple(bestanden))
    finally:
        await form.close()


async def _small(request: Request) -> AsyncIterator[Form]:
    async with reading(request) as form:
        yield form


SentForm = Annotated[Form, Depends(_small)]
"""The parameter of a route that takes a form without files, of at most 256 KiB."""


def checked(form: Form, model: type[Model]) -> Model:
    """The fields of a form as this model; an empty field counts as not sent.

    Fields whose type is a list take every value that was sent. Raises the 400 with every fault, each under the name of
    its field; the sentences name a field by the `title` that the model gives it.
    """
    lists = _lists(model)
    given: dict[str, object] = {}
    faults: list[InputFault] = []
    for naam, waarden in form.velden.items():
        filled = [waarde for waarde in waarden if waarde.strip()]
        if naam in lists:
            given[naam] = filled
        elif naam not in model.names():
            faults.append(unknown_name("body", naam, model.names()))
        elif len(waarden) > 1:
            faults.append(
                InputFault("body", naam, "dubbel", f"Het veld '{naam}' mag maar één keer voorkomen.")
            )
        elif filled:
            given[naam] = filled[0]
    try:
        made = model.model_validate(given)
    except ValidationError as error:
        found = [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors(include_url=False)]
        raise ProblemError(
            invalid(*faults, *(_titled(fault, model) for fault in faults_of(found, None)))
        ) from None
    if faults:
        raise ProblemError(invalid(*faults))
    return made


def titles(model: type[BodyInput]) -> Mapping[str, str]:
    """What each field is called on the page, by the name under which it is sent."""
    return {
        str(field.alias or name): field.title or str(field.alias or name)
        for name, field in model.model_fields.items()
    }


def _titled(fault: InputFault, model: type[BodyInput]) -> InputFault:
    naam = fault.name.partition(".")[0]
    title = titles(model).get(naam, naam)
    return InputFault(fault.place, naam, fault.code, fault.detail.replace(f"'{fault.name}'", f"'{title}'"))


def _lists(model: type[BodyInput]) -> frozenset[str]:
    return frozenset(
        str(field.alias or name)
        for name, field in model.model_fields.items()
        if any(get_origin(part) is list for part in (field.annotation, *get_args(field.annotation)))
    )


def _prove(request: Request, sent: tuple[str, ...]) -> None:
    token: str = getattr(request.state, "csrf", "")
    if token and not (len(sent) == 1 and is_token(sent[0], token)):
        detail = "Dit formulier hoort niet bij uw aanmelding. Ga terug, laad de pagina opnieuw en probeer het nog eens."
        raise ProblemError(Problem(403, "Dit formulier is verlopen", detail))
