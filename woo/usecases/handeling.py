"""What goes around every use case: the right that its action asks somewhere, and a line in the log for every refusal."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from typing import Concatenate, Final, ParamSpec, Protocol, TypeVar

from woo.domain.actor import Actor
from woo.domain.errors import InvalidValue, NotAllowed, NotFound, Refused, Unavailable, WooError
from woo.domain.events import Actie, Gebeurtenis
from woo.logs import get_logger
from woo.usecases.platform import Platform
from woo.usecases.rechten import MATRIX, Bereik, Handeling


class HeeftPlatform(Protocol):
    """Parts of a use case that hold the platform beside other things."""

    @property
    def platform(self) -> Platform: ...


_P = ParamSpec("_P")
_Delen = TypeVar("_Delen", bound=Platform | HeeftPlatform)
_T = TypeVar("_T")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}")
_NONE = "-"
_ANY = "object"
_OUTCOMES: Final[Mapping[type[WooError], str]] = {
    NotAllowed: "geweigerd",
    NotFound: "geweigerd",
    Refused: "geweigerd",
    InvalidValue: "ongeldig",
}
_inside: ContextVar[bool] = ContextVar("inside a use case", default=False)
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Gebruik:
    """What a use case is: its action, and the kind of its object with the argument that holds the id of it.

    Where the kind differs from call to call it is "object", and the argument `soort` of a call says which it is.
    """

    handeling: Handeling
    soort: str
    argument: str | None


USECASES: Final[dict[str, Gebruik]] = {}
"""Every use case that was imported, by module and name."""


def usecase(
    handeling: Handeling, soort: str, argument: str | None = None
) -> Callable[[Callable[Concatenate[_Delen, Actor, _P], _T]], Callable[Concatenate[_Delen, Actor, _P], _T]]:
    """Make a function a use case: its action is asked first of key and role, and what is refused is written in the log.

    The line (`handeling_geweigerd`) is a transaction of its own; it names action, object and kind of refusal and nothing
    that was sent. The error goes on as it was. See docs/rechten.md.
    """

    def decorate(
        function: Callable[Concatenate[_Delen, Actor, _P], _T],
    ) -> Callable[Concatenate[_Delen, Actor, _P], _T]:
        gebruik = Gebruik(handeling, soort, argument)
        signature = inspect.signature(function)

        @wraps(function)
        def run(delen: _Delen, actor: Actor, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
            if _inside.get():
                demand_somewhere(actor, handeling)
                return function(delen, actor, *args, **kwargs)
            within = _inside.set(True)
            try:
                demand_somewhere(actor, handeling)
                return function(delen, actor, *args, **kwargs)
            except Exception as error:
                given = signature.bind_partial(delen, actor, *args, **kwargs).arguments
                id = None if argument is None else given.get(argument)
                told = gebruik if soort != _ANY else replace(gebruik, soort=str(given.get("soort", _ANY)))
                record_refusal(_platform_of(delen), actor, told, id, error)
                raise
            finally:
                _inside.reset(within)

        USECASES[f"{function.__module__}.{function.__name__}"] = gebruik
        return run

    return decorate


@contextmanager
def attempt(
    platform: Platform, actor: Actor, handeling: Handeling, soort: str, id: str | None = None
) -> Iterator[None]:
    """What a use case has around it, around what decides before one runs: a page that is not shown to who may not do it.

    The action is asked first of key and role, and what is refused inside is written in the log, once, as of this action.
    The error goes on as it was.
    """
    if _inside.get():
        demand_somewhere(actor, handeling)
        yield
        return
    within = _inside.set(True)
    try:
        demand_somewhere(actor, handeling)
        yield
    except Exception as error:
        record_refusal(platform, actor, Gebruik(handeling, soort, None), id, error)
        raise
    finally:
        _inside.reset(within)


def _platform_of(delen: Platform | HeeftPlatform) -> Platform:
    return delen if isinstance(delen, Platform) else delen.platform


def demand_somewhere(actor: Actor, handeling: Handeling) -> None:
    """Check that this actor may do this at all; raises NotAllowed."""
    regel = MATRIX[handeling]
    if actor.handelingen is not None and handeling.value not in actor.handelingen:
        raise NotAllowed(regel.recht.value, actor.rol.value, handeling=handeling.value)
    if regel.bereik is Bereik.ALLES:
        actor.require_everywhere(regel.recht)
    actor.require(regel.recht)


def record_refusal(platform: Platform, actor: Actor, gebruik: Gebruik, id: object, error: Exception) -> None:
    """Write that an attempt did not succeed, and why by kind alone; never raises: the error itself is what counts."""
    uitkomst = next((told for kind, told in _OUTCOMES.items() if isinstance(error, kind)), "mislukt")
    details: dict[str, object] = {"handeling": gebruik.handeling.value, "reden": type(error).__name__}
    if isinstance(error, InvalidValue):
        details["veld"] = error.field[:100]
    if isinstance(error, Refused):
        details["wat"] = error.action[:100]
    object_id = id if isinstance(id, str) and _ID.fullmatch(id) else _NONE
    line = Gebeurtenis(
        Actie.HANDELING_GEWEIGERD,
        gebruik.soort,
        object_id,
        actor,
        platform.now(),
        uitkomst=uitkomst,
        details=details,
    )
    try:
        with platform.registry.transaction() as tx:
            tx.record(line)
    except (WooError, RuntimeError) as unwritten:
        if not isinstance(error, Unavailable):
            _log.error("refusal_not_recorded", handeling=gebruik.handeling.value, why=str(unwritten))
