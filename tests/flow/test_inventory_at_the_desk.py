"""A row that is changed at the desk is public as it is now: on its own entry, on its document, in the list and its files."""

from typing import Any

from tests.flow.installation import TESTER, Installation
from tests.flow.test_inventory_rows import (  # the fixtures of the rows, and what is asked of them
    document,
    found,
    nothing_differs,
    publicatie,
    row_ids,
    stocked,
    template,
)
from woo.domain.inventaris import Inventarisregel
from woo.inventaris.bestand import load_grondenlezer
from woo.inventaris.regelgegevens import Regelgegevens
from woo.usecases import inventarisregel as rows
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie

__all__ = ["stocked", "template"]


def change(installation: Installation, sleutel: str, **velden: Any) -> Inventarisregel:
    platform = installation.platform
    gegevens = Regelgegevens(load_grondenlezer(platform.lijsten), platform.now().date())
    return rows.change_regel(
        platform, TESTER, publicatie(installation), sleutel, velden, gegevens=gegevens, versie=None
    )


def test_every_change_of_a_row_reaches_the_public_side(stocked: Installation) -> None:
    visitor, id = stocked.public(), publicatie(stocked)
    old = row_ids(stocked)
    change(stocked, "3", nummer="3a", gronden=["8.8 AWR 67"])  # a row of its own, under another number
    change(stocked, "2", gronden=["5.1.2.i"])  # a row with a public document
    rows.move_regel(stocked.platform, TESTER, id, "4", naar=1)
    stocked.work()
    listed = visitor.get(f"/v1/publicaties/{id}/inventaris").json()["resultaten"]
    assert [row["nummer"] for row in listed] == ["4", "1", "2", "3a"]
    assert listed[3]["wetten"] == ["artikel 67 Algemene wet inzake rijksbelastingen"]
    [ground] = found(visitor, "zilverreiger")["3a"]["inventaris"]["gronden"]
    assert ground["artikel"].endswith("artikel 67 Algemene wet inzake rijksbelastingen")
    assert visitor.get(f"/v1/documenten/{old['3']}").status_code == 404
    nota = document(stocked, "2.pdf")
    told = visitor.get(f"/v1/documenten/{nota.id}").json()["inventaris"]
    assert [each["code"] for each in told["gronden"]] == ["5.1.2.i"]

    rows.remove_regel(stocked.platform, TESTER, id, "3a", versie=None)
    rows.link_document(stocked.platform, TESTER, id, "2", None, versie=None)
    stocked.work()
    assert found(visitor, "zilverreiger") == {}
    assert visitor.get(f"/v1/documenten/{nota.id}").json()["inventaris"] is None
    assert nothing_differs(stocked)


def test_the_list_of_a_concept_is_nowhere_public(stocked: Installation) -> None:
    made = create_publicatie(stocked.platform, TESTER, NieuwePublicatie("gm0153", "Concept", ("c_3baef532",)))
    gegevens = Regelgegevens(load_grondenlezer(stocked.platform.lijsten), stocked.platform.now().date())
    values = {"nummer": "1", "documentnaam": "Geheime nota", "beoordeling": "openbaar"}
    rows.add_regel(stocked.platform, TESTER, made.id, values, gegevens=gegevens)
    stocked.work()
    visitor = stocked.public()
    for path in (
        "/v1/%s/inventaris.pdf",
        "/%s/inventaris.pdf",
        "/v1/%s/inventaris.csv",
        "/v1/%s/inventaris.xlsx",
    ):
        assert visitor.get(path % f"publicaties/{made.id}").status_code == 404
    assert found(visitor, "geheime") == {}
