"""`woo harvest`: one run over a source, and waiting until what it took in can be found."""

import time
from pathlib import Path

from ingest.errands import writer_lives
from ingest.oogst.lopen import Oogst, Proef
from ingest.oogst.verslag import HarvestReport, maak_verslag, waiting
from ingest.setup import open_sandbox, open_worker
from woo.cli.publicaties import operator
from woo.domain.errors import Unavailable
from woo.domain.oogst import Oogstrun
from woo.oogst import load_bronnen
from woo.settings import Settings
from woo.usecases.platform import Platform, open_platform

_LOOK = 0.3


def harvest(
    settings: Settings, naam: str, *, limiet: int | None, wait: bool
) -> tuple[Oogstrun, HarvestReport | None]:
    """One run over this source; the report only where it waited for what was taken in. Raises what `Oogst.run` raises."""
    with open_platform(settings) as platform:
        bron = load_bronnen(settings, platform.lijsten).get(naam)
        run = Oogst(platform, operator(), bron, settings, limiet=limiet).run()
        if not wait:
            return run, None
        _await(platform, settings, run)
        return run, maak_verslag(platform, run)


def probeer(settings: Settings, naam: str, *, limiet: int | None) -> Proef:
    """Tell what a run would do; nothing is changed."""
    with open_platform(settings) as platform:
        bron = load_bronnen(settings, platform.lijsten).get(naam)
        return Oogst(platform, operator(), bron, settings, limiet=limiet).proef()


def export_warc(settings: Settings, naam: str, doel: Path) -> int:
    """Write the WARC file of a source; returns how many answers it holds."""
    from ingest.oogst.warc import schrijf_warc

    with open_platform(settings) as platform:
        bron = load_bronnen(settings, platform.lijsten).get(naam)
        return schrijf_warc(platform, bron, doel, agent=settings.oogst.agent)


def _await(platform: Platform, settings: Settings, run: Oogstrun) -> None:
    """Wait until every document of the run is read and shown, by this process where no worker lives."""
    since, before = time.monotonic(), -1
    while True:
        with platform.registry.read() as reading:
            left = waiting(reading, run)
        if left == 0:
            return
        if left != before:
            since, before = time.monotonic(), left
        if not writer_lives(platform):
            with open_sandbox(settings) as sandbox:
                open_worker(platform, sandbox, settings).run(until_idle=True)
        elif time.monotonic() - since > settings.worker.patience_seconds + settings.limits.seconds:
            why = f"{left} documents are not read yet; all is taken in: `woo work` reads them"
            raise Unavailable("the worker", why)
        time.sleep(_LOOK)
