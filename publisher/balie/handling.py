"""Does what a form asks and sends the browser on; what is wrong is shown on the form, with everything that was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from starlette.responses import Response

from publisher.balie.forms import Form, checked, titles
from publisher.inputs import BodyInput
from publisher.problems import of
from woo.domain.errors import NotAllowed, NotFound, WooError
from woo.usecases.gelijktijdig import is_conflict
from woo.views.problems import InputFault, Problem

Waarde = str | date | datetime | int | bool | Sequence[str] | None
Model = TypeVar("Model", bound=BodyInput)
STATE = "gewijzigdOp"
_ON_THE_FORM = frozenset({400, 409, 413, 503})


@dataclass(frozen=True, slots=True)
class Invulling:
    """What stands in a form, by the names of its fields, and what is wrong with it.

    `fouten` is per field, in the order found; `algemeen` is about no field. After a conflict `conflict` holds for each
    field that differs its title, what is stored now and what was typed.
    """

    velden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fouten: Mapping[str, str] = field(default_factory=dict)
    algemeen: Sequence[str] = ()
    conflict: Sequence[tuple[str, str, str]] = ()

    @classmethod
    def of(cls, waarden: Mapping[str, Waarde]) -> "Invulling":
        """A form filled with what is stored."""
        return cls({naam: written(waarde) for naam, waarde in waarden.items()})

    def waarde(self, naam: str) -> str:
        """What stands in a field; empty when nothing does."""
        return next(iter(self.velden.get(naam, ())), "")

    def waarden(self, naam: str) -> tuple[str, ...]:
        """Everything that is chosen of a field."""
        return self.velden.get(naam, ())

    def fout(self, naam: str) -> str:
        """What is wrong with a field; empty when nothing is."""
        return self.fouten.get(naam, "")


def written(waarde: Waarde) -> tuple[str, ...]:
    """A value as its field sends it: days and moments in ISO 8601, a box that is ticked as `ja`."""
    match waarde:
        case None | False:
            return ()
        case True:
            return ("ja",)
        case str():
            return (waarde,)
        case datetime() | date():
            return (waarde.isoformat(),)
        case int():
            return (str(waarde),)
    return tuple(waarde)


def handled(
    form: Form,
    model: type[Model],
    do: Callable[[Model], Response],
    show: Callable[[Invulling, int], Response],
    *,
    stored: Callable[[], Mapping[str, Waarde]] | None = None,
) -> Response:
    """Check the form, do it, and return the answer of `do` (a redirect); else the form again, with its status.

    400 for what was filled in wrong, 409 for what cannot be done now, 503 when a part is out of reach; in each case what
    was typed stays. `stored` gives what the registry holds now, by the names of the fields: after a conflict both
    versions are shown side by side, and who saves again then has seen the other. NotFound and NotAllowed are raised.
    """
    try:
        return do(checked(form, model))
    except (NotFound, NotAllowed):
        raise
    except WooError as error:
        problem = of(error)
        if problem.status not in _ON_THE_FORM:
            raise
        if stored is not None and is_conflict(error):
            return show(_beside(form, model, problem, stored()), problem.status)
        return show(filled(form, problem, model), problem.status)


def filled(form: Form, problem: Problem, model: type[BodyInput]) -> Invulling:
    """The form as it was typed, with what was wrong with it."""
    named = titles(model)
    fouten: dict[str, str] = {}
    algemeen: list[str] = []
    for fault in problem.faults or (InputFault("body", "", "", problem.detail),):
        if fault.name in named:
            detail = fault.detail.replace(f"'{fault.name}'", f"'{named[fault.name]}'")
            fouten[fault.name] = f"{fouten[fault.name]} {detail}" if fault.name in fouten else detail
        else:
            algemeen.append(fault.detail)
    return Invulling(form.velden, fouten, algemeen)


def _beside(form: Form, model: type[BodyInput], problem: Problem, stored: Mapping[str, Waarde]) -> Invulling:
    now = {naam: written(waarde) for naam, waarde in stored.items()}
    differ = [
        (title, ", ".join(now.get(naam, ())), ", ".join(form.velden.get(naam, ())))
        for naam, title in titles(model).items()
        if naam != STATE and _said(now.get(naam, ())) != _said(form.velden.get(naam, ()))
    ]
    velden = {**form.velden, STATE: now.get(STATE, ())}
    return Invulling(velden, algemeen=[problem.detail], conflict=differ)


def _said(waarden: Sequence[str]) -> list[str]:
    return [waarde.replace("\r\n", "\n").strip() for waarde in waarden if waarde.strip()]
