"""Fetching from a stranger's site, against a real server on loopback: nothing private, nothing endless, nothing too much."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest.bronnen.ophalen import Antwoord, NietOpgehaald, Ophaler, Uitgeput
from woo.settings import BronnencheckSettings, Settings, load_settings

_BOMB = gzip.compress(b"x" * (20 * 2**20))


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["User-Agent"], self.headers["Host"]))
            moved = {
                "/verhuisd": "/goed",
                "/lus": "/lus",
                "/binnen": "http://10.0.0.1/geheim",
                "/metadata": "http://169.254.169.254/",
                "/ftp": "ftp://x/",
            }
            if self.path in moved:
                self.send_response(302)
                self.send_header("Location", moved[self.path])
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            body = {"/goed": b"hallo", "/groot": b"x" * 300_000, "/bom": _BOMB}[self.path]
            self.send_response(200)
            self.send_header("Content-Type", "Text/Plain; charset=utf-8")
            if self.path == "/bom":
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


asked: list[tuple[str, str, str]] = []


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("ophalen")
    return load_settings({"WOO_HOME": str(folder), "WOO_OOGST__ALLOW_PRIVATE": "true"}, cwd=folder)


def ophaler(settings: Settings, *, private: bool = True, **limits: object) -> Ophaler:
    of = BronnencheckSettings(**{**settings.bronnencheck.model_dump(), "pause": 0, **limits})
    return Ophaler(settings.oogst.model_copy(update={"allow_private": private}), of)


def get(bron: Ophaler, url: str, limiet: int = 10) -> tuple[Antwoord, bytes]:
    """An answer and its body, which is closed."""
    answer = bron.haal(url, limiet=limiet)
    with answer.inhoud as body:
        return answer, body.read()


def test_an_answer_is_read_whole_or_as_far_as_was_asked(site: str, settings: Settings) -> None:
    bron = ophaler(settings)
    answer, body = get(bron, f"{site}/verhuisd", 1000)
    assert (answer.url, answer.status, answer.soort) == (f"{site}/goed", 200, "text/plain")
    assert (body, answer.heel, answer.omgeleid) == (b"hallo", True, True)
    assert asked[-1][1:] == (settings.oogst.agent, site.removeprefix("http://"))
    cut, body = get(bron, f"{site}/groot", 1000)
    assert (len(body), cut.heel) == (1000, False)
    assert (bron.verzoeken, bron.bytes) == (3, 1005)


def test_a_bomb_is_let_go_of_after_what_was_asked(site: str, settings: Settings) -> None:
    bron = ophaler(settings)
    answer, body = get(bron, f"{site}/bom", 100_000)
    assert (len(body), answer.heel) == (100_000, False)
    with pytest.raises(Uitgeput, match="bytes"):
        ophaler(settings, bytes=2**20).haal(f"{site}/bom", limiet=50 * 2**20)


@pytest.mark.parametrize(
    ("path", "code"),
    [("/binnen", "prive"), ("/metadata", "prive"), ("/lus", "omleiding"), ("/ftp", "adres")],
)
def test_no_redirect_leads_inside_or_on_for_ever(site: str, settings: Settings, path: str, code: str) -> None:
    bron = ophaler(settings)
    with pytest.raises(NietOpgehaald) as refused:
        bron.haal(site + path, limiet=1000)
    assert refused.value.code == code
    assert bron.verzoeken <= 6


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("{site}/goed", "prive"),
        ("http://localhost/", "prive"),
        ("http://2130706433/", "prive"),
        ("http://0x7f.1/", "prive"),
        ("http://[::ffff:127.0.0.1]/", "prive"),
        ("http://[fe80::1]/", "prive"),
        ("http://naam:woord@voorbeeld.nl/", "adres"),
        ("file:///etc/passwd", "adres"),
        ("http://bestaat-niet.invalid/", "naam"),
    ],
)
def test_nothing_of_a_private_network_is_asked_unless_the_settings_say_so(
    site: str, settings: Settings, url: str, code: str
) -> None:
    before = len(asked)
    with pytest.raises(NietOpgehaald) as refused:
        ophaler(settings, private=False).haal(url.format(site=site), limiet=1000)
    assert refused.value.code == code
    assert len(asked) == before


def test_a_check_ends_after_its_requests_and_its_time_and_waits_in_between(
    site: str, settings: Settings
) -> None:
    bron = ophaler(settings, requests=5)
    for _ in range(5):
        get(bron, f"{site}/goed")
    with pytest.raises(Uitgeput, match="5 requests"):
        get(bron, f"{site}/goed")
    at = 0.0
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        nonlocal at
        waits.append(seconds)
        at += seconds

    of = settings.bronnencheck.model_copy(update={"pause": 3.0, "seconds": 5.0})
    slow = Ophaler(settings.oogst, of, monotonic=lambda: at, sleep=sleep)
    get(slow, f"{site}/goed")
    get(slow, f"{site}/goed")
    assert waits == [3.0]
    with pytest.raises(Uitgeput, match="5 seconds"):
        get(slow, f"{site}/goed")


def test_an_address_without_a_server_is_told(settings: Settings) -> None:
    with pytest.raises(NietOpgehaald) as refused:
        ophaler(settings).haal("http://127.0.0.1:9/", limiet=10)
    assert refused.value.code == "verbinding"
