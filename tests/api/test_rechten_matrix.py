"""The whole rights matrix, walked through the real use cases: role × action × own or other organisation × status."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from itertools import pairwise
from typing import get_type_hints

import pytest

from publisher import keys
from tests.api import rechten_calls
from tests.api.desk import GEMEENTE, DeskOfTest, open_desk
from tests.api.rechten_calls import CONCEPT, WALKED_ELSEWHERE, Bench
from tests.api.rechten_calls_bronnen import BRONNEN
from tests.api.rechten_calls_oogst import OOGST
from tests.api.rechten_calls_terug import TERUG
from woo import usecases
from woo.domain.actor import Actor, Rol
from woo.domain.errors import InvalidValue, NotAllowed, NotFound, Refused
from woo.domain.events import Actie
from woo.domain.publicatie import Publicatiestatus
from woo.registry import LoggedEvent, Logvraag, Reading
from woo.usecases.handeling import USECASES
from woo.usecases.rechten import MATRIX, Bereik, Handeling, Uitkomst, outcome

CALLS = {**rechten_calls.CALLS, **TERUG, **OOGST, **BRONNEN}
OTHER = "gm0363"
_PER_OBJECT = (Bereik.OBJECT,)
CASES = [(name, status) for name in sorted(CALLS) for status in Publicatiestatus]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path_factory.mktemp("rechten")) as opened:
        yield opened


def actor(rol: Rol, *, eigen: bool) -> Actor:
    return Actor(f"{rol.value} {eigen}", rol, "test", {GEMEENTE if eigen else OTHER: rol}, account=rol.value)


def _modules() -> Iterator[object]:
    yield keys
    for found in pkgutil.walk_packages(usecases.__path__, "woo.usecases."):
        yield importlib.import_module(found.name)


def test_every_function_that_takes_an_actor_is_a_use_case_with_a_row_and_a_call() -> None:
    taking = set()
    for module in _modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or function.__module__ != module.__name__:  # type: ignore[attr-defined]
                continue
            kinds = list(get_type_hints(inspect.unwrap(function)).values())
            if kinds[1:2] == [Actor] and not issubclass(kinds[0], Reading):
                taking.add(f"{function.__module__}.{name}")
    inside = {
        "woo.usecases.handeling.attempt",
        "woo.usecases.handeling.record_refusal",
        "woo.usecases.inzage.note_document",
        "woo.usecases.inzage.note_publicatie",
        "woo.usecases.inzage.note_reading",
        "woo.usecases.openen.open_document",
        "woo.usecases.openen.open_publicatie",
        "woo.usecases.verzoek.change_within",
    }
    assert taking - inside == set(USECASES)
    assert set(USECASES) - set(CALLS) == WALKED_ELSEWHERE
    assert (
        {each.handeling for each in USECASES.values()} | {Handeling.BESCHRIJVING_LEZEN, Handeling.BEHEER_ZIEN}
        == set(MATRIX)
        == set(Handeling)
    )


@pytest.mark.prove
@pytest.mark.parametrize(("name", "status"), CASES, ids=lambda part: str(part).removeprefix("woo.usecases."))
def test_what_the_matrix_says_is_what_the_use_case_does(
    desk: DeskOfTest, name: str, status: Publicatiestatus, proving: bool
) -> None:
    """All four roles when proving; else the two on either side of where it begins to be allowed, and the other organisation."""
    handeling = USECASES[name].handeling
    if MATRIX[handeling].bereik not in _PER_OBJECT and status is not CONCEPT:
        return
    bench = Bench(desk)
    attempts = [(rol, eigen) for rol in Rol for eigen in (False, True)]
    wanted = {each: outcome(handeling, each[0], eigen=each[1], status=status) for each in attempts}
    if (
        not proving
        and status is not CONCEPT
        and all(
            wanted[rol, eigen] is outcome(handeling, rol, eigen=eigen, status=CONCEPT)
            for rol, eigen in attempts
        )
    ):
        return
    if not proving:
        attempts = _edges(attempts, wanted)
    refused = [each for each in attempts if wanted[each] is not Uitkomst.MAG]
    call = CALLS[name](bench, status)
    for rol, eigen in [*refused, *(each for each in attempts if each not in refused)]:
        if wanted[rol, eigen] is Uitkomst.MAG:
            call = CALLS[name](bench, status)
        before = _last(desk)
        told = _tried(call, actor(rol, eigen=eigen))
        assert told is wanted[rol, eigen], f"{rol.value}, {'own' if eigen else 'other'} organisation"
        lines = _since(desk, before)
        if told is not Uitkomst.MAG:
            assert [line.actie for line in lines] == [Actie.HANDELING_GEWEIGERD]
            assert (lines[0].uitkomst, lines[0].details["handeling"]) == ("geweigerd", handeling.value)
            assert lines[0].account == rol.value


def _edges(
    attempts: list[tuple[Rol, bool]], wanted: dict[tuple[Rol, bool], Uitkomst]
) -> list[tuple[Rol, bool]]:
    """Where the answer changes from one role to the next, and for the other organisation the highest role."""
    own = [each for each in attempts if each[1]]
    edges = [each for pair in pairwise(own) if wanted[pair[0]] is not wanted[pair[1]] for each in pair]
    return [*dict.fromkeys(edges or own[:1]), (Rol.BEHEERDER, False)]


def _last(desk: DeskOfTest) -> int:
    with desk.platform.registry.read() as reading:
        newest = reading.found_events(Logvraag(), before=2**62, limit=1)
    return newest[0].volgnummer if newest else 0


def _since(desk: DeskOfTest, before: int) -> list[LoggedEvent]:
    with desk.platform.registry.read() as reading:
        return reading.found_events(Logvraag(), after=before)


def _tried(call: object, who: Actor) -> Uitkomst:
    try:
        call(who)  # type: ignore[operator]
    except NotAllowed:
        return Uitkomst.MAG_NIET
    except NotFound:
        return Uitkomst.BESTAAT_NIET
    except Refused:
        return Uitkomst.KAN_NIET
    except InvalidValue as error:
        pytest.fail(str(error))
    return Uitkomst.MAG
