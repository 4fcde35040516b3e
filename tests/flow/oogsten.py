"""A source over a publisher on loopback, and an installation that harvests it."""

import atexit
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest.oogst.kind import Kind
from ingest.oogst.lopen import Oogst, Proef
from ingest.oogst.verslag import HarvestReport, maak_verslag
from tests.flow.installation import TESTER, Installation
from tests.ports import free_ports
from tests.servers.served import served
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
    inst: Installation,
    naam: str = BRON,
    *,
    limiet: int | None = None,
    kind: Kind | None = None,
    progress: Callable[[], None] = lambda: None,
) -> Oogstrun:
    """One run in this process; the child that fetches is that of all tests, which saves starting it."""
    bron = bron_van(inst, naam)
    made = Oogst(
        inst.platform,
        TESTER,
        bron,
        inst.settings,
        limiet=limiet,
        kind=kind or _KIND,
        progress=progress,
    )
    return made.run()


def proef(inst: Installation, naam: str = BRON) -> Proef:
    """What a run would do."""
    return Oogst(inst.platform, TESTER, bron_van(inst, naam), inst.settings, kind=_KIND).proef()


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


@dataclass
class Poort:
    """Stands before the public site of an installation: counts what is asked by path, and answers some of it itself."""

    app: ASGIApp
    gevraagd: Counter[str] = field(default_factory=Counter)
    anders: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self.app
        if scope["type"] == "http":
            self.gevraagd[scope["path"]] += 1
            if scope["path"] in self.anders:
                status, body = self.anders[scope["path"]]
                app = Response(body, status_code=status)
        await app(scope, receive, send)


Buur = tuple[Installation, Poort]


@contextmanager
def elkaars_buren(tmp_path: Path, **changes: Any) -> Iterator[tuple[Buur, Buur]]:
    """Two installations whose public sites are served; each has the other as its source `buren`. The first is of Enschede."""
    ports = free_ports(2)
    with ExitStack() as stack:
        made = []
        for number, (own, other) in enumerate(((ports[0], ports[1]), (ports[1], ports[0]))):
            home = tmp_path / f"home-{number}"
            home.mkdir()
            publisher = "gm0344" if number == 0 else "gm0153"
            site = Site(adres=f"http://127.0.0.1:{other}")
            schrijf_bron(home / "sources", site, "buren", publisher=publisher, **changes)
            inst = Installation(
                home,
                WOO_SITE__URL=f"http://127.0.0.1:{own}",
                WOO_OOGST__SOURCES=str(home / "sources"),
                WOO_OOGST__ALLOW_PRIVATE="true",
            )
            made.append(stack.enter_context(inst))
        poorten = [Poort(inst.public().client.app) for inst in made]
        for poort, port in zip(poorten, ports, strict=True):
            stack.enter_context(served(poort, port=port))
        yield (made[0], poorten[0]), (made[1], poorten[1])
