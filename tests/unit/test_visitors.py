"""What one address may ask: points in a minute, and turns."""

import asyncio
from ipaddress import ip_network

import pytest

from search_api.costs import cost_of
from search_api.problems import ProblemError
from search_api.visitors import WAITING, Visitors, key_of


def refused(visitors: Visitors, key: str, points: int) -> bool:
    try:
        visitors.charge(key, points)
    except ProblemError as error:
        told = error.problem
    else:
        return False
    assert told.status == 429
    assert 1 <= int(told.headers["Retry-After"]) <= 60
    return True


def test_who_spent_its_points_is_refused_and_others_are_not():
    visitors = Visitors(points=20, at_once=1)
    assert [refused(visitors, "a", 5) for _ in range(6)] == [False] * 4 + [True] * 2
    assert not refused(visitors, "b", 20)


def test_a_refusal_takes_no_points():
    visitors = Visitors(points=20, at_once=1)
    visitors.charge("a", 15)
    assert refused(visitors, "a", 10)
    assert not refused(visitors, "a", 5)


def test_what_costs_more_than_a_minute_holds_takes_the_whole_minute():
    visitors = Visitors(points=20, at_once=1)
    assert not refused(visitors, "a", 100)
    assert refused(visitors, "a", 1)


def test_without_points_there_is_no_limit():
    visitors = Visitors(points=0, at_once=1)
    assert not any(refused(visitors, "a", 1000) for _ in range(100))


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_an_address_is_counted_as_one_visitor(host: str, key: str):
    assert key_of(host) == key


def test_some_networks_are_not_counted():
    visitors = Visitors(points=1, at_once=1, unlimited=[ip_network("10.0.0.0/8"), ip_network("::1")])
    assert [visitors.is_counted(host) for host in ("10.1.2.3", "::1", "11.0.0.1", "", "x")] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_requests_of_one_address_take_turns_and_those_of_another_do_not_wait():
    visitors = Visitors(points=0, at_once=2)
    busy: list[str] = []
    most = 0

    async def ask(key: str) -> None:
        nonlocal most
        async with visitors.turn(key):
            busy.append(key)
            most = max(most, busy.count("a"))
            await asyncio.sleep(0.001)
            busy.remove(key)

    async def all_of_them() -> None:
        await asyncio.gather(*(ask("a") for _ in range(20)), ask("b"))

    asyncio.run(all_of_them())
    assert most == 2
    assert busy == []


def test_when_too_many_wait_more_are_refused():
    visitors = Visitors(points=0, at_once=1)

    async def crowd() -> int:
        free = asyncio.Event()

        async def ask() -> None:
            async with visitors.turn("a"):
                await free.wait()

        tasks = [asyncio.create_task(ask()) for _ in range(WAITING + 4)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        free.set()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        return sum(isinstance(one, ProblemError) for one in ended)

    assert asyncio.run(crowd()) == 3
    assert visitors._turns == {}


@pytest.mark.parametrize(
    ("method", "path", "points", "streams"),
    [
        ("GET", "/", 5, False),
        ("GET", "/v1/documenten", 5, False),
        ("GET", "/v1/documenten/x/paginas/1/afbeelding", 2, False),
        ("GET", "/static/site.css", 0, False),
        ("GET", "/v1/export", 60, True),
        ("GET", "/v1/publicaties/x/zip", 60, True),
        ("GET", "/v1/publicaties/x", 5, False),
        ("POST", "/v1/_zoek-reeks", 20, False),
        ("OPTIONS", "/v1/documenten", 0, False),
        ("GET", "/onbekend", 2, False),
    ],
)
def test_an_address_says_what_a_request_costs(method: str, path: str, points: int, streams: bool):
    cost = cost_of(method, path)
    assert (cost.points, cost.streams) == (points, streams)
