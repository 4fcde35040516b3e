"""One delivery to a webhook: where it may go, how it is signed, and that nothing holds it up."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest import adressen
from ingest.adressen import Forbidden, checked_url, pinned
from ingest.volgen.bezorger import Bericht, Bezorger, NotDelivered, signature
from tests.servers.receiver import Receiver, receiver
from woo.settings import VolgenSettings, load_settings

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BERICHT = Bericht("wh_1.1", b'{"type":"test"}')
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def settings(folder: Path, **environ: str) -> VolgenSettings:
    given = {"WOO_HOME": str(folder), "WOO_VOLGEN__WEBHOOK_SECONDS": "1", **environ}
    return load_settings(given, cwd=folder).volgen


@pytest.fixture
def got() -> Iterator[Receiver]:
    with receiver() as got:
        yield got


def test_the_signature_is_that_of_the_example_in_the_standard() -> None:
    """The vector of the reference implementations of Standard Webhooks."""
    bericht = Bericht("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}')
    assert signature(SECRET, bericht, 1614265330) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    "url",
    [
        "http://voorbeeld.example/haak",
        "ftp://voorbeeld.example/",
        "https://",
        "https://naam:geheim@voorbeeld.example/",
        "https://voorbeeld.example/#x",
        "https://voorbeeld.example:99999/",
        "https://voorbeeld.example/a b",
        "https://voorbeeld.example/\r\nX: y",
        "//voorbeeld.example/",
        "haak",
    ],
)
def test_what_is_no_address_to_send_to_is_refused(url: str) -> None:
    with pytest.raises(Forbidden):
        checked_url(url, private=False)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.9",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::5",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_a_name_that_leads_into_a_private_network_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(host: str, port: int, **_: Any) -> list[Any]:
        good = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))
        return [good, (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(adressen.socket, "getaddrinfo", found)
    with pytest.raises(Forbidden):
        pinned(checked_url("https://haak.example/", private=False), private=False)
    assert pinned(checked_url("https://haak.example/", private=True), private=True) == "93.184.215.14"


def test_the_connection_goes_to_the_address_that_was_checked(
    tmp_path: Path, got: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means something else a moment later gets nothing: it is looked up once."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def found(host: str, port: int, *args: Any, **named: Any) -> list[Any]:
        asked.append(host)
        if host != "haak.example":
            return real(host, port, *args, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    own = settings(tmp_path, WOO_VOLGEN__WEBHOOK_PRIVATE="true")
    Bezorger(own).deliver(f"http://haak.example:{got.port}/pad", SECRET, BERICHT, now=NOW)
    assert asked.count("haak.example") == 1
    assert got.received[0].headers["host"] == f"haak.example:{got.port}"


def test_loopback_is_refused_before_anything_is_sent(tmp_path: Path, got: Receiver) -> None:
    with pytest.raises(NotDelivered, match="https://HOST/PATH"):
        Bezorger(settings(tmp_path)).deliver(got.url, SECRET, BERICHT, now=NOW)
    with pytest.raises(NotDelivered, match="private network"):
        Bezorger(settings(tmp_path)).deliver(f"https://127.0.0.1:{got.port}/", SECRET, BERICHT, now=NOW)
    assert got.received == []


def test_a_receiver_that_sends_its_answer_byte_by_byte_does_not_hold_us_up(
    tmp_path: Path, got: Receiver
) -> None:
    got.trickle = True
    own = settings(tmp_path, WOO_VOLGEN__WEBHOOK_PRIVATE="true")
    ended: list[str] = []

    def deliver() -> None:
        try:
            Bezorger(own).deliver(got.url, SECRET, BERICHT, now=NOW)
        except NotDelivered as error:
            ended.append(str(error))

    thread = threading.Thread(target=deliver, daemon=True)
    thread.start()
    thread.join(30)  # the server would go on for a minute
    assert ended == ["no answer within 1 seconds"]


def test_who_does_not_listen_is_told_as_such(tmp_path: Path, got: Receiver) -> None:
    own = settings(tmp_path, WOO_VOLGEN__WEBHOOK_PRIVATE="true")
    with pytest.raises(NotDelivered, match="connection failed"):
        Bezorger(own).deliver("http://127.0.0.1:1/", SECRET, BERICHT, now=NOW)
    with pytest.raises(NotDelivered, match="not found"):
        Bezorger(own).deliver("http://bestaat-niet.invalid/", SECRET, BERICHT, now=NOW)
