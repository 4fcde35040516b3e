"""How soon the sitemaps of a running installation tell what was published, changed and withdrawn, and what writing them takes."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from ingest.bench.service import command, free_port, service
from ingest.errands import run_batch
from ingest.register import Opdracht
from woo.cli.publicaties import operator
from woo.diwoo.sitemaplezer import Sitemaplezer
from woo.domain.errors import Unavailable
from woo.settings import load_settings
from woo.usecases.document import change_document
from woo.usecases.intrekking import withdraw
from woo.usecases.platform import Platform, open_platform
from woo.usecases.publicatie import publish

_PUBLISHER, _CATEGORY = "gm0153", "c_3baef532"
_PER_PUBLICATIE = 10
_PATIENCE_SECONDS = 7_200.0
_LOOK_SECONDS = 0.05
_SITE = "https://open.zuiderveld.example"

_Right = Callable[[Mapping[str, str | None]], bool]
"""Whether the titles that the sitemaps tell, by the id of the document, are what they should be."""


@dataclass(frozen=True, slots=True)
class Told:
    """Times in seconds, one for each round: from the use case until the public sitemaps are right.

    `first` is until all documents stand there, and `memory` the most bytes that the worker had in use (None: not told by this
    machine).
    """

    documents: int
    first: float
    memory: int | None
    published: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    withdrawn: list[float] = field(default_factory=list)


def bench_sitemaps(*, documents: int, rounds: int) -> Told:
    """Publish so many small texts beside a real worker and a real public service, and `rounds` times one more.

    Raises:
        Unavailable: the service did not start, or the sitemaps were not right within two hours.
    """
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as folder:
        environ = {
            "WOO_HOME": f"{folder}/home",
            "WOO_SITE__URL": _SITE,
            "WOO_SERVE__PUBLIC_PORT": str(free_port()),
            "WOO_SERVE__POINTS_PER_MINUTE": "1000000",
            "WOO_LOGGING__LEVEL": "error",
        }
        settings = load_settings(environ, cwd=Path(folder))
        paths = [_texts(Path(folder), documents), _texts(Path(folder), rounds, name="later", each=1)]
        run_batch(settings, Opdracht(_PUBLISHER, _CATEGORY, publish=False), paths)
        address = f"http://127.0.0.1:{settings.serve.public_port}"
        with (
            open_platform(settings) as platform,
            service(environ, address),
            command(environ, "work") as worker,
            httpx.Client(base_url=address, timeout=60) as client,
        ):
            return _measure(platform, _Sitemaps(client), worker, documents=documents)


def _texts(folder: Path, number: int, *, name: str = "dossiers", each: int = _PER_PUBLICATIE) -> Path:
    made = folder / name
    for n in range(number):
        dossier = made / f"{name} {n // each:06}"
        dossier.mkdir(parents=True, exist_ok=True)
        (dossier / f"stuk {n:07}.txt").write_text(f"Dit stuk gaat over {name} {n}.\n", "utf-8")
    return made


def _measure(platform: Platform, sitemaps: "_Sitemaps", worker: int, *, documents: int) -> Told:
    actor = operator()
    with platform.registry.read() as reading:
        ids = {each.id: each.officiele_titel for each in reading.publicaties(limit=10 * documents)}
    later = [id for id, titel in ids.items() if titel.startswith("later")]
    started = time.perf_counter()
    for id in ids.keys() - set(later):
        publish(platform, actor, id)
    sitemaps.until(lambda told: len(told) == documents, rest=1.0)
    told = Told(documents, time.perf_counter() - started, _most_memory(worker))
    for id in later:
        with platform.registry.read() as reading:
            document = reading.documents(id)[0].id
        _one_more(platform, sitemaps, told, id, document)
    return told


def _one_more(platform: Platform, sitemaps: "_Sitemaps", told: Told, publicatie: str, document: str) -> None:
    """Publish it, give it another title and withdraw it."""
    actor, titel = operator(), "Anders"

    def until(times: list[float], act: Callable[[], object], right: _Right) -> None:
        started = time.perf_counter()
        act()
        sitemaps.until(right)
        times.append(time.perf_counter() - started)

    until(told.published, lambda: publish(platform, actor, publicatie), lambda found: document in found)
    until(
        told.changed,
        lambda: change_document(platform, actor, document, {"officiele_titel": titel}),
        lambda found: found.get(document) == titel,
    )
    until(
        told.withdrawn,
        lambda: withdraw(platform, actor, document, reden="Een fout."),
        lambda found: document not in found,
    )


class _Sitemaps:
    """What a harvester reads: every sitemap that robots.txt leads to, each asked again only when it changed."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._held: dict[str, tuple[str, dict[str, str | None]]] = {}

    def until(self, right: _Right, *, rest: float = _LOOK_SECONDS) -> None:
        """Read until the titles by the id of the document are right. Raises Unavailable."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not right(self._read()):
            if time.monotonic() > deadline:
                raise Unavailable("the sitemaps", "they were not right within two hours")
            time.sleep(rest)

    def _read(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for line in self._client.get("/robots.txt").text.splitlines():
            if line.startswith("Sitemap: "):
                for naam in self._titles(line.removeprefix("Sitemap: ")):
                    found |= self._titles(naam)
        return found

    def _titles(self, address: str) -> dict[str, str | None]:
        """Of a sitemap the titles by the id of the document; of an index the addresses of its sitemaps."""
        etag, held = self._held.get(address, ("", {}))
        answer = self._client.get(urlsplit(address).path, headers={"If-None-Match": etag} if etag else {})
        if answer.status_code == httpx.codes.NOT_MODIFIED:
            return held
        if not answer.is_success:
            return {}
        held = dict(_entries(answer))
        self._held[address] = (answer.headers.get("ETag", ""), held)
        return held


def _entries(answer: httpx.Response) -> Iterator[tuple[str, str | None]]:
    for entry in Sitemaplezer().lees(BytesIO(answer.content)):
        diwoo = getattr(entry, "diwoo", None)
        yield (entry.loc, None) if diwoo is None else (entry.loc.split("/")[5], diwoo.officiele_titel)


def _most_memory(pid: int) -> int | None:
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return None
    return next(
        (int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:")), None
    )


def describe(told: Told) -> Sequence[str]:
    """The figures as lines for people."""
    memory = "unknown" if told.memory is None else f"{told.memory / 2**20:.0f} MiB"
    lines = [
        f"{told.documents} documents published: all told after {told.first:.1f} s; the worker used {memory} at most"
    ]
    for name in ("published", "changed", "withdrawn"):
        times = sorted(getattr(told, name))
        lines.append(
            f"{name + ':':<11}{times[len(times) // 2]:.2f} s in the middle, {times[-1]:.2f} s at most"
        )
    return lines
