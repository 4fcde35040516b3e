"""A source over a publisher on loopback, and an installation that harvests it."""

import atexit
from pathlib import Path
from typing import Any

import yaml

from ingest.oogst.kind import Kind
from ingest.oogst.lopen import Oogst, Proef
from ingest.oogst.verslag import HarvestReport, maak_verslag
from tests.flow.installation import TESTER, Installation
from tests.servers.uitgever import Site
from woo.domain.oogst import Oogstitem, Oogstrun
from woo.oogst import Bron, load_bronnen

BRON = "enschede"


def schrijf_bron(folder: Path, site: Site, naam: str = BRON, **changes: Any) -> None:
    """Write the file of a source for this site; `changes` over what is usual in tests."""
    content: dict[str, Any] = {
        "kind": "diwoo",
        "address": site.adres,
        "publisher": "gm0153",
        "policy": "public",
        "limits": {"retries": 2, "concurrency": 8, "timeout": 10, "file_bytes": 1_000_000},
        "assertions": {"gone_percent": 60},
        **changes,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{naam}.yaml").write_text(yaml.safe_dump(content), "utf-8")


def installatie(tmp_path: Path, site: Site, **changes: Any) -> Installation:
    """An installation (not entered yet) with one source."""
    folder = tmp_path / "sources"
    schrijf_bron(folder, site, **changes)
    home = tmp_path / "home"
    home.mkdir(parents=True, exist_ok=True)
    return Installation(home, WOO_OOGST__SOURCES=str(folder), WOO_OOGST__ALLOW_PRIVATE="true")


def bron_van(inst: Installation, naam: str = BRON) -> Bron:
    return load_bronnen(inst.settings, inst.platform.lijsten).get(naam)


def oogst(
    inst: Installation, naam: str = BRON, *, limiet: int | None = None, kind: Kind | None = None
) -> Oogstrun:
    """One run in this process; the child that fetches is that of all tests, which saves starting it."""
    bron = bron_van(inst, naam)
    return Oogst(inst.platform, TESTER, bron, inst.settings.oogst, limiet=limiet, kind=kind or _KIND).run()


def proef(inst: Installation, naam: str = BRON) -> Proef:
    """A dry run in this process."""
    return Oogst(inst.platform, TESTER, bron_van(inst, naam), inst.settings.oogst, kind=_KIND).proef()


_KIND = Kind()
atexit.register(_KIND.__exit__, None, None, None)


def verslag(inst: Installation, run: Oogstrun) -> HarvestReport:
    inst.work()
    return maak_verslag(inst.platform, run)


def item(inst: Installation, site: Site, naam: str) -> Oogstitem:
    with inst.platform.registry.read() as reading:
        found = reading.oogst.item(BRON, site.url(naam))
    assert found is not None
    return found
