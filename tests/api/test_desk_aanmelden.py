"""Getting in: only with one valid key; every refusal is told, written down, and cannot be repeated without end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.backoff import BackOff
from tests.api.desk import Clock, DeskOfTest, open_desk
from woo.domain.actor import Rol
from woo.domain.events import Actie
from woo.usecases.toegang.budget import LINES_PER_MINUTE


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path, backoff=BackOff(free=1_000)) as opened:
        yield opened


def _seconds(clock: Clock) -> float:
    return clock.now.timestamp()


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer woo_",
        "Bearer woo_" + "x" * 43,
        "Bearer " + "x" * 43,
        "Basic d29vOndvbw==",
        "Bearer woo_" + "x" * 5_000,
        "Bearer woo_ééééééééééééééééééééééé",
        "Bearer woo_' OR 1=1 --aaaaaaaaaaaaaaaaaa",
    ],
)
def test_a_header_without_a_valid_key_is_refused_in_words(desk: DeskOfTest, header: str) -> None:
    client = desk.client(None)
    response = client.get("/status", headers={"Authorization": header.encode("latin-1", "replace")})
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["www-authenticate"].startswith("Bearer realm=")
    assert "sleutel" in response.json()["detail"]


def test_a_key_opens_the_desk_however_bearer_is_written(desk: DeskOfTest) -> None:
    secret = desk.secret(Rol.LEZER)
    for scheme in ("Bearer", "bearer", "BEARER"):
        assert desk.client(f"{scheme} {secret}").get("/status").status_code == 200


def test_two_keys_at_once_are_refused(desk: DeskOfTest) -> None:
    header = ("Authorization", f"Bearer {desk.secret(Rol.LEZER)}")
    assert desk.client(None).get("/status", headers=[header, header]).status_code == 401


def test_part_of_a_key_does_not_open_the_desk(desk: DeskOfTest) -> None:
    secret = desk.secret(Rol.BEHEERDER)
    for wrong in (secret[:-1], secret + "x", secret.swapcase(), secret[4:]):
        assert desk.client(f"Bearer {wrong}").get("/status").status_code == 401


def test_a_key_stops_working_at_the_moment_it_expires(desk: DeskOfTest) -> None:
    client = desk.by(Rol.LEZER)
    desk.clock.forward(days=30, seconds=-1)
    assert client.get("/status").status_code == 200
    desk.clock.forward(seconds=1)
    assert client.get("/status").status_code == 401


def test_a_key_stops_working_at_once_when_it_is_revoked(desk: DeskOfTest) -> None:
    client, beheer = desk.by(Rol.LEZER), desk.by(Rol.BEHEERDER)
    assert client.get("/status").status_code == 200
    (id,) = [key.id for key in desk.platform.registry.keys.list() if key.rol is Rol.LEZER]
    assert beheer.post(f"/sleutels/{id}/intrekken").status_code == 200
    response = client.get("/status")
    assert response.status_code == 401
    assert 'error="invalid_token"' in response.headers["www-authenticate"]


def test_a_refusal_is_written_down_with_address_and_reason_and_without_the_key(desk: DeskOfTest) -> None:
    desk.client("Bearer woo_" + "geheim" * 6, address="192.0.2.7").get("/status")
    (event,) = desk.events()
    assert event.actie is Actie.LOGIN_REFUSED
    assert (event.herkomst, event.uitkomst) == ("api 192.0.2.7", "geweigerd")
    assert event.details == {"reden": "geen geldige sleutel"}
    assert "geheim" not in repr(event)


def test_use_of_a_key_is_noted_on_it(desk: DeskOfTest) -> None:
    desk.by(Rol.LEZER).get("/status")
    assert desk.platform.registry.keys.list()[0].laatst_gebruikt == desk.clock()


def test_an_address_without_a_key_learns_nothing_of_what_exists(desk: DeskOfTest) -> None:
    client = desk.client(None)
    answers = {
        client.get(path).status_code
        for path in ("/status", "/bestaat-niet", f"/publicaties/{desk.publicatie()}")
    }
    assert answers == {401}
    assert client.options("/publicaties").status_code == 401


def test_a_wrong_key_again_and_again_has_to_wait_longer_and_longer(tmp_path: Path) -> None:
    clock = Clock()
    with open_desk(tmp_path, backoff=BackOff(free=3, clock=lambda: _seconds(clock))) as desk:
        wrong = desk.client("Bearer woo_" + "x" * 43, address="192.0.2.7")
        assert [wrong.get("/status").status_code for _ in range(4)] == [401, 401, 401, 429]
        waits = []
        for _ in range(4):
            response = wrong.get("/status")
            waits.append(int(response.headers["retry-after"]))
            clock.forward(seconds=waits[-1])
            assert wrong.get("/status").status_code == 401
        assert waits == [1, 2, 4, 8]


def test_attempts_while_waiting_are_not_written_down(tmp_path: Path) -> None:
    with open_desk(tmp_path, backoff=BackOff(free=3, clock=lambda: 0.0)) as desk:
        wrong = desk.client("Bearer woo_" + "x" * 43)
        for _ in range(20):
            wrong.get("/status")
        assert len(desk.events()) == 3


def test_a_good_key_gets_through_from_an_address_that_has_to_wait(tmp_path: Path) -> None:
    with open_desk(tmp_path, backoff=BackOff(free=1, clock=lambda: 0.0)) as desk:
        wrong = desk.client("Bearer woo_" + "x" * 43)
        assert [wrong.get("/status").status_code for _ in range(2)] == [401, 429]
        assert desk.by(Rol.LEZER).get("/status").status_code == 200


def test_another_address_does_not_have_to_wait(tmp_path: Path) -> None:
    with open_desk(tmp_path, backoff=BackOff(free=1, clock=lambda: 0.0)) as desk:
        for address in ("192.0.2.7", "192.0.2.8", "2001:db8::1"):
            client = desk.client(None, address=address)
            assert [client.get("/status").status_code for _ in range(2)] == [401, 429]


def test_many_addresses_cannot_fill_the_log(desk: DeskOfTest) -> None:
    for number in range(LINES_PER_MINUTE + 5):
        desk.client(None, address=f"192.0.2.{number}").get("/status")
    assert len(desk.events()) == LINES_PER_MINUTE
    desk.clock.forward(minutes=1)
    desk.client(None, address="192.0.2.200").get("/status")
    assert desk.events()[-1].details == {"reden": "geen sleutel", "niet_vastgelegd": 5}


def test_only_so_many_addresses_are_remembered() -> None:
    backoff = BackOff(free=1, remember=10, clock=lambda: 0.0)
    for number in range(50):
        backoff.failed(f"192.0.2.{number}")
    assert len(backoff) == 10
    assert backoff.wait("192.0.2.49") > 0
    assert backoff.wait("192.0.2.0") == 0


def test_one_ipv6_network_is_one_address() -> None:
    backoff = BackOff(free=1, clock=lambda: 0.0)
    backoff.failed("2001:db8::1")
    assert backoff.wait("2001:db8::ffff:1") > 0
    assert backoff.wait("2001:db8:0:1::1") == 0


def test_the_wait_has_an_end_and_quiet_is_forgiven() -> None:
    clock = Clock()
    backoff = BackOff(free=1, longest=300, clock=lambda: _seconds(clock))
    for _ in range(200):
        backoff.failed("192.0.2.7")
    assert backoff.wait("192.0.2.7") == 300
    clock.forward(hours=2)
    backoff.failed("192.0.2.7")
    assert backoff.wait("192.0.2.7") == 1


@pytest.mark.parametrize("path", ["/status", "/bestaat-niet", "/publicaties?x=1", "/openapi.json"])
@pytest.mark.parametrize("with_key", [True, False])
def test_every_answer_carries_the_version_and_the_security_headers(
    desk: DeskOfTest, path: str, with_key: bool
) -> None:
    client = desk.by(Rol.LEZER) if with_key else desk.client(None)
    headers = client.get(path).headers
    assert headers["api-version"] == "1.2.0"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    described = with_key and path == "/openapi.json"
    assert headers.get("access-control-allow-origin") == ("*" if described else None)
    assert "server" not in headers
