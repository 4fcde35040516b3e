"""The child process of a run: started with an order, read message by message, ended when the run ends."""

import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from types import TracebackType

from ingest.sources.berichten import Bericht, Einde, van_regel
from ingest.sources.opdracht import Crawlopdracht
from woo.domain.errors import Unavailable
from woo.logs import get_logger
from woo.oogst import Bron
from woo.settings import OogstSettings

_log = get_logger(__name__)
_STOP_SECONDS = 5.0


def maak_opdracht(
    bron: Bron,
    settings: OogstSettings,
    spool: Path,
    *,
    haal: Path | None,
    seconds: float,
    bekend: Path | None = None,
    na: str | None = None,
) -> Crawlopdracht:
    """The order for a source: to discover, or (with the file of tasks) to fetch; `seconds` is how long it may take.

    `bekend` is the file with what is known already, for kinds that need not ask for what did not change;
    `na` is where a feed goes on.
    """
    limits = bron.limits
    return Crawlopdracht(
        wat="ontdek" if haal is None else "haal",
        soort=bron.kind.value,
        adres=bron.address,
        hosts=sorted(bron.allowed_hosts),
        agent=settings.agent,
        spool=str(spool),
        allow_private=settings.allow_private,
        concurrency=limits.concurrency,
        delay=limits.delay,
        timeout=limits.timeout,
        retries=limits.retries,
        retry_after=limits.retry_after,
        redirects=limits.redirects,
        file_bytes=limits.file_bytes,
        sitemap_bytes=limits.sitemap_bytes,
        sitemaps=limits.sitemaps,
        documents=limits.documents,
        seconds=seconds,
        taken=None if haal is None else str(haal),
        bekend=None if bekend is None else str(bekend),
        eigen=bron.own if na is None else {**bron.own, "na": na},
    )


class Kind:
    """The child process of a run: started with the first order, asked again for the next, ended with the block."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Kind":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def berichten(self, opdracht: Crawlopdracht) -> Generator[Bericht, None, None]:
        """Every message of one order, the `Einde` last; closing the iterator before that ends the process.

        Raises:
            Unavailable: the process ended without saying so.
        """
        with tempfile.NamedTemporaryFile("w", suffix=".json", dir=opdracht.spool) as order:
            opdracht.schrijf(Path(order.name))
            process = self._started(order.name)
            ended = False
            try:
                for bericht in _read(process):
                    ended = isinstance(bericht, Einde)
                    yield bericht
                    if ended:
                        return
                why = f"it ended with code {process.wait()} before it was ready"
                raise Unavailable("the process that fetches", why)
            finally:
                if not ended:
                    self._end()

    def _started(self, order: str) -> "subprocess.Popen[str]":
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ingest.sources.crawl", order],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        process = self._process
        try:
            print(order, file=process.stdin, flush=True)
        except OSError as error:
            raise Unavailable("the process that fetches", "it ended by itself") from error
        return process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _read(process: "subprocess.Popen[str]") -> Iterator[Bericht]:
    for line in process.stdout or ():
        try:
            yield van_regel(line)
        except ValueError:
            _log.error("spider_wrote_something_else")
