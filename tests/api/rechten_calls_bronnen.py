"""How the use cases of checks of publishers are called, for the walk through the rights matrix."""

from collections.abc import Mapping

from tests.api.rechten_calls import Bench, Call, Maker
from woo.domain.broncontrole import Broncontrole
from woo.domain.publicatie import Publicatiestatus
from woo.usecases import broncontrole


def checked(bench: Bench) -> str:
    """A check with a report."""
    id, now = bench.platform.new_id(), bench.platform.now()
    with bench.platform.registry.transaction() as tx:
        tx.broncontroles.save(Broncontrole(id, "https://open.voorbeeld.nl", now, now, {"bevindingen": []}))
    return id


def _read(bench: Bench, _: Publicatiestatus) -> Call:
    id = checked(bench)
    return lambda actor: broncontrole.read_check(bench.platform, actor, id)


def _show(bench: Bench, _: Publicatiestatus) -> Call:
    id = checked(bench)
    return lambda actor: broncontrole.show_check(bench.platform, actor, id, openbaar=True)


BRONNEN: Mapping[str, Maker] = {
    "woo.usecases.broncontrole.read_checks": lambda bench, _: (
        lambda actor: broncontrole.read_checks(bench.platform, actor)
    ),
    "woo.usecases.broncontrole.read_check": _read,
    "woo.usecases.broncontrole.request_check": lambda bench, _: (
        lambda actor: broncontrole.request_check(bench.platform, actor, "https://open.voorbeeld.nl")
    ),
    "woo.usecases.broncontrole.show_check": _show,
}
