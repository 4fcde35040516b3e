"""One publication of thousands of documents: how long its pages at the desk take, and how soon all of it can be found."""

import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx

from ingest.bench.search import percentile
from ingest.bench.service import command, free_port
from ingest.errands import run_batch
from ingest.register import Opdracht
from woo.domain.actor import Rol
from woo.domain.errors import Unavailable
from woo.settings import Settings, load_settings
from woo.usecases.platform import Platform, open_platform

_PUBLISHER, _CATEGORY = "gm0153", "c_3baef532"
_START_SECONDS = 60.0
_CATCH_UP_SECONDS = 3_600.0
_LOOK_SECONDS = 0.2
_WORDS = ("besluit", "advies", "brief", "nota", "verslag", "memo", "bijlage", "kaart")


@dataclass(frozen=True, slots=True)
class Page:
    """How long one page took, in milliseconds, while the publicatie was a concept and while the worker caught up."""

    name: str
    p50: float
    p95: float
    busy_p50: float
    busy_p95: float


@dataclass(frozen=True, slots=True)
class DeskMeasured:
    """What was measured; times in seconds, those of pages in milliseconds.

    `publish` is the answer to the one who publishes, `catch_up` the time until every document could be found after that.
    """

    documents: int
    read: float
    publish: float
    catch_up: float
    pages: tuple[Page, ...]


def bench_desk(*, documents: int, rounds: int) -> DeskMeasured:
    """Publish one publicatie of so many small texts; each page is asked `rounds` times.

    Raises:
        Unavailable: the desk or the worker did not start, or the worker did not catch up within an hour.
    """
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as folder:
        environ = {
            "WOO_HOME": f"{folder}/home",
            "WOO_SERVE__DESK_PORT": str(free_port()),
            "WOO_LOGGING__LEVEL": "error",
        }
        settings = load_settings(environ, cwd=Path(folder))
        started = time.perf_counter()
        run_batch(settings, Opdracht(_PUBLISHER, _CATEGORY, publish=False), [_texts(Path(folder), documents)])
        read = time.perf_counter() - started
        with open_platform(settings) as platform, command(environ, "service", "publisher"):
            return _measure(platform, settings, environ, documents=documents, rounds=rounds, read=read)


def _texts(folder: Path, number: int) -> Path:
    """Small texts of our own, each with a title and a word that no other has."""
    made = folder / "dossier"
    made.mkdir()
    for n in range(1, number + 1):
        kind = _WORDS[n % len(_WORDS)]
        text = f"{kind.capitalize()} nummer {n}\n\nDit stuk gaat over zaak{n} en de aanleg van een park.\n"
        (made / f"{n:05} {kind} over zaak {n}.txt").write_text(text, "utf-8")
    return made


def _measure(
    platform: Platform,
    settings: Settings,
    environ: Mapping[str, str],
    *,
    documents: int,
    rounds: int,
    read: float,
) -> DeskMeasured:
    now = platform.now()
    _, secret = platform.registry.keys.create(
        "bench", Rol.BEHEERDER, now=now, vervalt_op=now + timedelta(days=1)
    )
    with platform.registry.read() as reading:
        id = reading.publicaties()[0].id
    address = f"http://127.0.0.1:{settings.serve.desk_port}"
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {secret}"}, timeout=60) as client:
        _await(client)
        paths = _pages(id)
        quiet = {name: _asked(client, path, rounds) for name, path in paths.items()}
        with command(environ, "work"):
            started = time.perf_counter()
            client.post(f"/v1/publicaties/{id}/publiceer").raise_for_status()
            publish = time.perf_counter() - started
            busy, catch_up = _while_catching_up(platform, client, paths, documents, started)
    pages = tuple(
        Page(
            name,
            percentile(quiet[name], 50),
            percentile(quiet[name], 95),
            percentile(busy[name], 50),
            percentile(busy[name], 95),
        )
        for name in paths
    )
    return DeskMeasured(documents, read, publish, catch_up, pages)


def _pages(id: str) -> dict[str, str]:
    return {
        "list of publicaties": "/publicaties",
        "publicatie": f"/publicaties/{id}",
        "check and publish": f"/publicaties/{id}/publiceren",
        "preview": f"/publicaties/{id}/voorbeeld",
        "today": "/",
        "API: check": f"/v1/publicaties/{id}/controle",
        "API: publicatie": f"/v1/publicaties/{id}",
    }


def _asked(client: httpx.Client, path: str, rounds: int) -> list[float]:
    """The milliseconds of each answer; the first, for which templates are compiled, is not counted."""
    times = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        client.get(path).raise_for_status()
        times.append((time.perf_counter() - started) * 1000)
    return times[1:]


def _while_catching_up(
    platform: Platform, client: httpx.Client, paths: Mapping[str, str], documents: int, started: float
) -> tuple[dict[str, list[float]], float]:
    """Ask the pages in turn until the public side holds every document; returns their times, and how long it took."""
    times: dict[str, list[float]] = {name: [] for name in paths}
    caught_up = threading.Event()
    moment = [0.0]

    def watch() -> None:
        while not caught_up.is_set():
            with platform.registry.read() as reading:
                shown = reading.counts().shown["document"]
            if shown >= documents:
                moment[0] = time.perf_counter() - started
                caught_up.set()
            caught_up.wait(_LOOK_SECONDS)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    while not caught_up.is_set() or any(not each for each in times.values()):
        for name, path in paths.items():
            times[name] += _asked(client, path, 1)
        if time.perf_counter() - started > _CATCH_UP_SECONDS:
            caught_up.set()
            raise Unavailable("the worker", f"it did not show {documents} documents within an hour")
    watcher.join()
    return times, moment[0]


def _await(client: httpx.Client) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            client.get("/v1/status").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise Unavailable("the desk", "it did not start")


def describe(measured: DeskMeasured) -> Sequence[str]:
    """The figures as lines for people."""
    lines = [
        f"{measured.documents} documents in one publicatie, read in {measured.read:.0f} s",
        f"published in {measured.publish:.2f} s; all of them found {measured.catch_up:.1f} s later",
        f"{'page':<22}{'p50 ms':>9}{'p95 ms':>9}{'busy p50':>10}{'busy p95':>10}",
    ]
    lines += [
        f"{page.name:<22}{page.p50:>9.0f}{page.p95:>9.0f}{page.busy_p50:>10.0f}{page.busy_p95:>10.0f}"
        for page in measured.pages
    ]
    return lines
