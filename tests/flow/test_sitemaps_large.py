"""However many documents there are, a worker tells of all of them in sitemaps and feed, in the same memory."""

import time
from pathlib import Path

import pytest

from tests.flow.installation import Installation
from tests.flow.sitemap_site import Made, make_some
from tests.flow.test_export_whole import peak
from woo.domain.openbaarheid import is_public
from woo.domain.wijziging import Wijzigingstatus
from woo.registry import Reading

MOST = 256 * 2**20
"""Bytes of memory that the worker may use, however many documents there are."""


def _make(installation: Installation, count: int) -> tuple[int, int]:
    """So many publicaties, which the public side is said to show; returns how many documents sitemaps and feed must tell."""
    sitemaps = feed = 0
    for some in make_some(installation.platform, count):
        sitemaps += sum(each.harvested for each in some)
        public = [each for each in some if is_public(each.document, each.publicatie)]
        feed += len(public)
        _show(installation, public)
    return sitemaps, feed


def _show(installation: Installation, public: list[Made]) -> None:
    with installation.platform.registry.transaction() as tx:
        held = {("document", each.document.id): (1, f"{each.document.id}:") for each in public}
        tx.mark_many_shown(held, op=installation.platform.now())  # type: ignore[arg-type]


def _public(reading: Reading, deel: int) -> int:
    return sum(each.status is Wijzigingstatus.OPENBAAR for each in reading.wijzigingen.of_deel(deel))


@pytest.mark.prove
@pytest.mark.timeout(7200)
def test_all_is_told_in_constant_memory(tmp_path: Path, proving: bool) -> None:
    with Installation(tmp_path) as installation:
        installation.work()  # makes an index, of nothing yet: to build one of all is other work
        sitemaps, feed = _make(installation, 250_000 if proving else 400)
        started, most = time.monotonic(), 0
        process = installation.start("work", "--until-idle", "--processes", "1")
        while process.poll() is None:
            most = max(most, peak(process.pid))
            time.sleep(0.05)
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()
        with installation.platform.registry.read() as reading:
            delen = reading.sitemaps.delen()
            assert sum(each.aantal for each in delen) == sitemaps
            assert sum(_public(reading, each.deel) for each in reading.wijzigingen.delen()) == feed
        assert not any(each.vuil for each in delen)
        print(
            f"{sitemaps} documents in {len(delen)} sitemaps, {feed} in the feed: "
            f"{most / 2**20:.0f} MiB at most, {time.monotonic() - started:.0f} s"
        )
        assert 0 < most < MOST
