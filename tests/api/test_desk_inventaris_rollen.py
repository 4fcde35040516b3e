"""Every route of inventories against every role, and without a key."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from publisher.problems import lowest_role
from tests.api.desk import DeskOfTest, open_desk
from tests.api.lijsten import lijst
from woo.domain.actor import Rol
from woo.domain.events import Actie
from woo.domain.inventaris import Beoordeling, Inventarisregel, plaats_of, regel_id
from woo.domain.publicatie import Publicatiestatus
from woo.usecases.rechten import MATRIX, Handeling

RIJ = {"nummer": "9", "documentnaam": "Nota", "beoordeling": "openbaar"}
BASE = "/publicaties/{id}/inventaris"


@dataclass(frozen=True)
class Case:
    """One route: the action it is for, the status it gives to who may do that, and what is asked."""

    method: str
    path: str
    handeling: Handeling
    status: int = 200
    asked: Callable[[], dict[str, Any]] = field(default=dict)

    @property
    def lowest(self) -> Rol:
        """The first role that may, by the rights matrix."""
        return lowest_role(MATRIX[self.handeling].demanded(Publicatiestatus.CONCEPT))


def _json(**body: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {"json": body}


CASES = [
    Case("GET", BASE, Handeling.INVENTARIS_LEZEN),
    Case("POST", f"{BASE}/regels", Handeling.INVENTARISREGEL_WIJZIGEN, 201, _json(**RIJ)),
    Case("GET", f"{BASE}/regels/{{regel}}", Handeling.INVENTARIS_LEZEN),
    Case("PATCH", f"{BASE}/regels/{{regel}}", Handeling.INVENTARISREGEL_WIJZIGEN, asked=_json(soort="brief")),
    Case("DELETE", f"{BASE}/regels/{{regel}}", Handeling.INVENTARISREGEL_WIJZIGEN, 204),
    Case(
        "POST",
        f"{BASE}/regels/{{regel}}/verplaatsen",
        Handeling.INVENTARISREGEL_WIJZIGEN,
        asked=_json(naar=1),
    ),
    Case(
        "PUT",
        f"{BASE}/regels/{{regel}}/document",
        Handeling.INVENTARISREGEL_WIJZIGEN,
        asked=_json(document=None),
    ),
    Case("GET", f"{BASE}/regels/{{regel}}/geschiedenis", Handeling.INVENTARIS_LEZEN),
    Case("GET", f"{BASE}/koppelingen", Handeling.INVENTARIS_LEZEN),
    Case("POST", f"{BASE}/koppelingen", Handeling.INVENTARISREGEL_WIJZIGEN),
    Case(
        "POST",
        f"{BASE}/voorstellen",
        Handeling.INVENTARIS_VOORSTELLEN,
        201,
        lambda: {"files": lijst([*RIJ.values()][:1])},
    ),
    Case("GET", f"{BASE}/voorstellen/{{voorstel}}", Handeling.INVENTARIS_LEZEN),
    Case("GET", f"{BASE}/voorstellen/{{voorstel}}/rijen", Handeling.INVENTARIS_LEZEN),
    Case(
        "POST",
        f"{BASE}/voorstellen/{{voorstel}}/overnemen",
        Handeling.INVENTARIS_OVERNEMEN,
        asked=_json(overslaan=[2]),
    ),
    Case("DELETE", f"{BASE}/voorstellen/{{voorstel}}", Handeling.INVENTARIS_VOORSTELLEN, 204),
    Case("GET", f"{BASE}.csv", Handeling.INVENTARIS_LEZEN),
    Case("GET", f"{BASE}.xlsx", Handeling.INVENTARIS_LEZEN),
    Case("GET", f"{BASE}.pdf", Handeling.INVENTARIS_LEZEN),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path_factory.mktemp("balie")) as opened:
        yield opened


@pytest.fixture(scope="module")
def template(desk: DeskOfTest) -> Any:
    """A proposal with one wrong row, to be copied: reading a list takes a process."""
    id = desk.publicatie()
    sent = desk.by(Rol.REDACTEUR).post(
        f"/publicaties/{id}/inventaris/voorstellen", files=lijst(["9", "Nota", None, "misschien", None])
    )
    assert sent.status_code == 201, sent.text
    with desk.platform.registry.read() as reading:
        voorstel = reading.voorstellen.voorstel(sent.json()["id"])
        return voorstel, reading.voorstellen.rijen(voorstel.id)


def made(desk: DeskOfTest, template: Any) -> dict[str, str]:
    """A concept with one row and an open proposal."""
    from dataclasses import replace

    from woo.inventaris.stand import stand_van

    id = desk.publicatie()
    regel = Inventarisregel(id, 1, "1", "Brief", Beoordeling.OPENBAAR)
    voorstel, rijen = template
    with desk.platform.registry.transaction() as tx:
        tx.dossier.save_regels(id, [regel])
        stand = stand_van(tx.publicatie(id), [regel], [])
        own = replace(voorstel, id=f"voorstel-{id}", publicatie_id=id, stand=stand)
        tx.voorstellen.save(own)
        tx.voorstellen.add_rijen(own.id, rijen)
    return {"id": id, "regel": regel_id(plaats_of(id, "1")), "voorstel": own.id}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.method} {case.path}")
def test_a_route_opens_for_its_role_and_those_above_it_alone(
    desk: DeskOfTest, template: Any, case: Case
) -> None:
    for rol in (Rol.LEZER, Rol.REDACTEUR):
        path = case.path.format(**made(desk, template))
        before = len(desk.events())
        response = desk.by(rol).request(case.method, path, **case.asked())
        if rol is Rol.LEZER and case.lowest is not Rol.LEZER:
            assert response.status_code == 403, response.text
            assert response.json()["nodig"] == case.lowest
            [line] = desk.events()[before:]
            assert line.details["handeling"] == case.handeling
            assert (line.actie, line.object_id) == (Actie.HANDELING_GEWEIGERD, path.split("/")[2])
        else:
            assert response.status_code == case.status, response.text
    nobody = desk.client(
        None, address=f"192.0.2.{CASES.index(case)}"
    )  # each address waits after some failures
    assert nobody.request(case.method, path, **case.asked()).status_code == 401
