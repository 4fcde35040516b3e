"""How the use cases of harvesting are called, for the walk through the rights matrix."""

from collections.abc import Mapping

from tests.api.rechten_calls import Bench, Call, Maker
from woo.domain.oogst import Oogstitem, Oogstrun
from woo.domain.publicatie import Publicatiestatus
from woo.oogst import Bron, Bronnen, Bronsoort
from woo.usecases import oogst, oogst_weg, oogsten

BRON = Bron(naam="proef", kind=Bronsoort.DIWOO, address="https://open.voorbeeld.nl", publisher="gm0153")
BRONNEN = Bronnen({"proef": BRON})
ITEM = Oogstitem("proef", "https://open.voorbeeld.nl/1.pdf", 0, "document:1", "vorm", {})


def _run(bench: Bench, _: Publicatiestatus) -> Call:
    id = bench.platform.new_id()
    with bench.platform.registry.transaction() as tx:
        tx.oogst.save_run(Oogstrun(id, "proef", bench.platform.now()))
    return lambda actor: oogst.read_run(bench.platform, actor, BRONNEN, id)


OOGST: Mapping[str, Maker] = {
    "woo.usecases.oogst.read_bronnen": lambda bench, _: (
        lambda actor: oogst.read_bronnen(bench.platform, actor, BRONNEN)
    ),
    "woo.usecases.oogst.read_bron": lambda bench, _: (
        lambda actor: oogst.read_bron(bench.platform, actor, BRONNEN, "proef")
    ),
    "woo.usecases.oogst.read_run": _run,
    "woo.usecases.oogst.vraag_run": lambda bench, _: (
        lambda actor: oogst.vraag_run(bench.platform, actor, BRONNEN, "proef")
    ),
    "woo.usecases.oogst.geef_vrij": lambda bench, _: (
        lambda actor: oogst.geef_vrij(bench.platform, actor, BRONNEN, "proef")
    ),
    "woo.usecases.oogsten.neem_over": lambda bench, _: (
        lambda actor: oogsten.neem_over(bench.platform, actor, BRON, [])
    ),
    "woo.usecases.oogst_weg.trek_in_wat_weg_is": lambda bench, _: (
        lambda actor: oogst_weg.trek_in_wat_weg_is(bench.platform, actor, BRON, ITEM)
    ),
}
