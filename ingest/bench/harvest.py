"""The rate of a harvest beside a bare Scrapy spider that downloads the same files from the same server."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.oogst.lopen import Oogst
from woo.cli.publicaties import operator
from woo.oogst import load_bronnen
from woo.settings import load_settings
from woo.usecases.platform import open_platform

_SOURCE = "proef"


@dataclass(frozen=True, slots=True)
class Harvested:
    """Seconds of a bare spider, of a first harvest (until all is in the registry) and of a second one where nothing changed.

    `requests_again` are the requests of the second.
    """

    documents: int
    bare_seconds: float
    seconds: float
    again_seconds: float
    requests_again: int

    @property
    def bare_rate(self) -> float:
        return self.documents / self.bare_seconds

    @property
    def rate(self) -> float:
        return self.documents / self.seconds

    @property
    def ratio(self) -> float:
        return self.rate / self.bare_rate


def bench_harvest(*, documents: int, latency: float, size: int, at_once: int) -> Harvested:
    """Measure in an installation of its own; `latency` seconds for each answer, `size` bytes a file."""
    with tempfile.TemporaryDirectory(prefix="woo-bench-") as name, _served(documents, latency, size) as site:
        folder = Path(name)
        bare = _bare(folder, site, documents, at_once)
        sources = folder / "sources"
        sources.mkdir()
        (sources / f"{_SOURCE}.yaml").write_text(
            f"kind: diwoo\naddress: {site}\npublisher: gm0153\npolicy: public\n"
            f"limits: {{concurrency: {at_once}}}\n",
            "utf-8",
        )
        environ = {
            "WOO_HOME": str(folder / "home"),
            "WOO_OOGST__SOURCES": str(sources),
            "WOO_OOGST__ALLOW_PRIVATE": "true",
        }
        settings = load_settings(environ, cwd=folder)
        with open_platform(settings) as platform:
            bron = load_bronnen(settings, platform.lijsten).get(_SOURCE)
            oogst = Oogst(platform, operator(), bron, settings)
            first = _timed(oogst)[0]
            again, requests = _timed(oogst)
    return Harvested(documents, bare, first, again, requests)


def _timed(oogst: Oogst) -> tuple[float, int]:
    started = time.monotonic()
    run = oogst.run()
    return time.monotonic() - started, run.verzoeken


def _bare(folder: Path, site: str, documents: int, at_once: int) -> float:
    addresses, out = folder / "addresses", folder / "bare"
    addresses.write_text("\n".join(f"{site}/{number}.txt" for number in range(documents)), "utf-8")
    out.mkdir()
    words = [sys.executable, "-m", "ingest.sources.kaal", str(addresses), str(out), str(at_once)]
    started = time.monotonic()
    subprocess.run(words, check=True)
    return time.monotonic() - started


@contextmanager
def _served(documents: int, latency: float, size: int) -> Iterator[str]:
    words = [sys.executable, "-m", "ingest.bench.uitgever", str(documents), str(latency), str(size)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = process.stdout.readline().strip() if process.stdout is not None else ""
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def describe(measured: Harvested) -> Iterator[str]:
    """Lines for people."""
    yield f"bare scrapy: {measured.bare_rate:.1f} documents/s ({measured.bare_seconds:.1f} s)"
    yield f"woo harvest: {measured.rate:.1f} documents/s ({measured.seconds:.1f} s)"
    yield f"ratio:       {measured.ratio:.2f}"
    again = f"{measured.again_seconds:.1f} s, {measured.requests_again} requests for {measured.documents} documents"
    yield f"unchanged:   {again}"
