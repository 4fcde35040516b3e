"""The API where documents are looked after: many at once, order, relations, suggestions, versions."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.api.desk import BEHEER, DeskOfTest, bestand, open_desk, pdf
from woo.domain.actor import Rol
from woo.domain.document import Leesstatus, Lezing, Voorstel
from woo.domain.events import Actie, Gebeurtenis
from woo.projection.versies import published_versions

BIJLAGE = "c_05f4a5f3"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture
def filled(desk: DeskOfTest) -> tuple[str, list[str]]:
    publicatie = desk.publicatie()
    return publicatie, [desk.document(publicatie, inhoud) for inhoud in ("a", "b", "c")]


def test_many_are_changed_and_null_empties(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    publicatie, ids = filled
    api = desk.by(Rol.REDACTEUR)
    path = f"/publicaties/{publicatie}/documenten/wijzigen"
    done = api.post(path, json={"ids": ids, "creatiedatum": "2024-02-29", "kenmerk": "k"})
    assert done.json() == {"gewijzigd": 3}
    assert api.post(path, json={"ids": ids[:1], "kenmerk": None}).json() == {"gewijzigd": 1}
    told = [api.get(f"/documenten/{id}").json() for id in ids]
    assert [each["kenmerk"] for each in told] == [None, "k", "k"]
    assert {each["creatiedatum"] for each in told} == {"2024-02-29"}
    assert api.post(path, json={"ids": ids}).status_code == 400
    assert api.post(path, json={"ids": ["weg"], "kenmerk": "k"}).status_code == 404
    assert desk.by(Rol.LEZER).post(path, json={"ids": ids, "kenmerk": "k"}).status_code == 403


def test_order(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    publicatie, (a, b, c) = filled
    api = desk.by(Rol.REDACTEUR)
    path = f"/publicaties/{publicatie}/documenten/volgorde"
    assert api.put(path, json={"ids": [c, b, a]}).json() == {"gewijzigd": 2}
    assert api.post(f"/documenten/{a}/volgnummer", json={"volgnummer": 1}).json() == {"volgnummer": 1}
    assert [api.get(f"/documenten/{id}").json()["volgnummer"] for id in (a, c, b)] == [1, 2, 3]
    short = api.put(path, json={"ids": [a, b]})
    assert (short.status_code, "Iemand anders" in short.json()["detail"]) == (409, True)


def test_relations(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    _, (a, b, _) = filled
    api = desk.by(Rol.REDACTEUR)
    made = api.post(f"/documenten/{a}/relaties", json={"soort": BIJLAGE, "naar": b})
    assert made.status_code == 201
    (seen,) = api.get(f"/documenten/{b}/relaties").json()["relaties"]
    assert seen == {
        "soort": BIJLAGE,
        "documentId": a,
        "omgekeerd": True,
        "gelijkenis": None,
        "metDeHand": True,
    }
    path = f"/documenten/{a}/relaties/weghalen"
    assert api.post(path, json={"soort": BIJLAGE, "naar": b}).json() == {"relaties": []}
    assert api.post(path, json={"soort": BIJLAGE, "naar": b}).status_code == 404
    assert api.post(f"/documenten/{a}/relaties", json={"soort": "lijkt_op", "naar": b}).status_code == 400


def test_suggestions(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    _, (a, *_) = filled
    with desk.platform.registry.transaction() as tx:
        tx.save_document(
            replace(tx.document(a), voorstellen=(Voorstel("kenmerk", "Z-1", 0.8, "tekst:kenmerk", 2),))
        )
    api = desk.by(Rol.REDACTEUR)
    (told,) = api.get(f"/documenten/{a}/voorstellen").json()["voorstellen"]
    assert told == {
        "veld": "kenmerk",
        "waarde": "Z-1",
        "zekerheid": 0.8,
        "bron": "tekst:kenmerk",
        "pagina": 2,
    }
    path = f"/documenten/{a}/voorstellen/overnemen"
    assert api.post(path, json={"veld": "kenmerk", "waarde": "Z-2"}).status_code == 400
    assert api.post(path, json={"veld": "kenmerk", "waarde": "Z-1"}).status_code == 200
    assert api.get(f"/documenten/{a}").json()["herkomst"]["kenmerk"] == "balie"


def test_a_version_says_why_it_came(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    _, (a, *_) = filled
    api = desk.by(Rol.PUBLICEERDER)
    path = f"/documenten/{a}/bestand"
    done = api.put(path, data={"reden": "Pagina 3 ontbrak."}, files=bestand(inhoud=pdf("nieuw")))
    assert done.status_code == 200
    told = api.get(f"/documenten/{a}/versies").json()["versies"]
    assert [(each["versie"], each["reden"]) for each in told] == [(1, None), (2, "Pagina 3 ontbrak.")]
    same = api.put(path, files=bestand(inhoud=pdf("nieuw")))
    assert (same.status_code, "precies het bestand" in same.json()["detail"]) == (409, True)


def test_the_public_is_told_why_a_version_came(desk: DeskOfTest) -> None:
    publicatie = desk.published()
    a = desk.document(publicatie)
    api = desk.by(Rol.PUBLICEERDER)
    read(desk, a)
    desk.clock.forward(minutes=1)
    api.put(f"/documenten/{a}/bestand", data={"reden": "Pagina 3 ontbrak."}, files=bestand(inhoud=pdf("n")))
    read(desk, a)
    with desk.platform.registry.read() as reading:
        told = published_versions(reading, *reading.document_with_publicatie(a))
    assert [(each["versie"], each.get("reden")) for each in told] == [(1, None), (2, "Pagina 3 ontbrak.")]


def read(desk: DeskOfTest, id: str) -> None:
    """As the worker does when it has read a file."""
    lezing = Lezing(Leesstatus.GELEZEN, paginas=1)
    with desk.platform.registry.transaction() as tx:
        tx.save_document(replace(tx.document(id), lezing=lezing))
        details = {"status": lezing.status.value}
        tx.record(Gebeurtenis(Actie.TEXT_EXTRACTED, "document", id, BEHEER, desk.clock(), details=details))


def test_a_change_names_the_state_that_was_seen(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    _, (a, *_) = filled
    api = desk.by(Rol.REDACTEUR)
    seen = api.get(f"/documenten/{a}").json()["gewijzigdOp"]
    desk.clock.forward(minutes=1)
    assert api.patch(f"/documenten/{a}", json={"kenmerk": "1", "gewijzigdOp": seen}).status_code == 200
    assert api.patch(f"/documenten/{a}", json={"kenmerk": "2", "gewijzigdOp": seen}).status_code == 409
