"""Rights at the desk: organisations apart, limited keys, four eyes, conflicts, requests sent twice."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.api.desk import (
    BEHEER,
    GEMEENTE,
    REDEN,
    WOO_VERZOEKEN,
    DeskOfTest,
    TestClient,
    bestand,
    open_desk,
    pdf,
)
from woo.domain.actor import Rol
from woo.domain.events import Actie
from woo.domain.vier_ogen import VierOgen
from woo.usecases.rechten_uitleg import with_table

OTHER = "gm0363"
NIEUW = {"officieleTitel": "Besluit", "informatiecategorieen": [WOO_VERZOEKEN], "publisher": GEMEENTE}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def key(
    desk: DeskOfTest, per: Mapping[str, Rol] | None, handelingen: list[str] | None = None, naam: str = "zaken"
) -> TestClient:
    ends = desk.clock() + timedelta(days=1)
    _, secret = desk.platform.registry.keys.create(
        naam, Rol.BEHEERDER, now=desk.clock(), vervalt_op=ends, per_organisatie=per, handelingen=handelingen
    )
    return desk.client(f"Bearer {secret}")


def test_the_page_of_rights_holds_the_matrix_of_now(root: Path) -> None:
    page = (root / "docs" / "rechten.md").read_text("utf-8")
    assert with_table(page) == page, "run: python -m woo.usecases.rechten_uitleg"


def test_of_another_organisation_nothing_exists_and_nothing_is_counted(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    document = desk.document(id)
    other = key(desk, {OTHER: Rol.BEHEERDER})
    for path in (f"/publicaties/{id}", f"/documenten/{document}", f"/publicaties/{id}/geschiedenis"):
        assert other.get(path).status_code == 404
    assert other.patch(f"/publicaties/{id}", json={"kenmerk": "x"}).status_code == 404
    assert other.post(f"/publicaties/{id}/publiceer").status_code == 404
    assert other.post(f"/publicaties/{id}/documenten", files=bestand()).status_code == 404
    assert other.get("/publicaties").json()["resultaten"] == []
    status = other.get("/status").json()
    assert sum(status["publicaties"].values()) == sum(status["jobs"]["wachtend"].values()) == 0
    assert other.post("/publicaties", json=NIEUW).status_code == 403
    assert [line["objectId"] for line in other.get("/logboek").json()["resultaten"]] == []
    own = other.post("/publicaties", json={**NIEUW, "publisher": OTHER}).json()["id"]
    assert [line["objectId"] for line in other.get("/logboek").json()["resultaten"]] == [own]


def test_who_works_for_some_organisations_names_one_and_needs_both_to_move_a_publicatie(
    desk: DeskOfTest,
) -> None:
    scoped = key(desk, {GEMEENTE: Rol.REDACTEUR, OTHER: Rol.LEZER})
    without = {name: value for name, value in NIEUW.items() if name != "publisher"}
    assert scoped.post("/publicaties", json=without).status_code == 400
    id = scoped.post("/publicaties", json=NIEUW).json()["id"]
    moved = scoped.patch(f"/publicaties/{id}", json={"publisher": OTHER})
    assert (moved.status_code, moved.json()["rol"]) == (403, "lezer")


def test_a_key_does_only_what_it_was_made_for(desk: DeskOfTest) -> None:
    narrow = key(desk, {GEMEENTE: Rol.PUBLICEERDER}, ["publicatie-maken"])
    id = narrow.post("/publicaties", json=NIEUW).json()["id"]
    refused = narrow.post(f"/publicaties/{id}/publiceer")
    assert (refused.status_code, refused.json()["handeling"]) == (403, "publiceren")
    [line] = [each for each in desk.events() if each.actie is Actie.HANDELING_GEWEIGERD]
    assert (line.object_soort, line.object_id, line.uitkomst) == ("publicatie", id, "geweigerd")


def test_a_narrow_key_reads_no_lists_or_inventories_and_each_refusal_names_its_object(
    desk: DeskOfTest,
) -> None:
    narrow = key(desk, {GEMEENTE: Rol.PUBLICEERDER}, ["publicatie-maken"])
    id = desk.publicatie()
    document = desk.document(desk.published())
    paths = {
        f"/publicaties/{id}/inventaris": ("inventaris-lezen", "publicatie", id),
        f"/publicaties/{id}/inventaris.csv": ("inventaris-lezen", "publicatie", id),
        f"/publicaties/{id}/inventaris/regels/x": ("inventaris-lezen", "publicatie", id),
        f"/publicaties/{id}/inventaris/voorstellen/x": ("inventaris-lezen", "publicatie", id),
        "/bewaartermijnen": ("bewaartermijnen-lezen", "publicatie", "-"),
        f"/documenten/{document}/lekblad": ("lekblad-lezen", "document", document),
        f"/publicaties/{id}/lekblad": ("lekblad-lezen", "publicatie", id),
    }
    for path, (handeling, soort, object_id) in paths.items():
        before = len(desk.events())
        assert (narrow.get(path).status_code, path) == (403, path)
        [line] = desk.events()[before:]
        assert (line.details["handeling"], line.object_soort, line.object_id) == (handeling, soort, object_id)


def test_a_beheerder_of_one_organisation_makes_and_sees_its_keys_alone(desk: DeskOfTest) -> None:
    scoped = key(desk, {GEMEENTE: Rol.BEHEERDER})
    wanted = {"naam": "zaaksysteem", "dagen": 10}
    made = scoped.post("/sleutels", json={**wanted, "organisaties": {GEMEENTE: "redacteur"}})
    assert (made.status_code, made.json()["organisaties"]) == (201, {GEMEENTE: "redacteur"})
    assert scoped.post("/sleutels", json={**wanted, "rol": "lezer"}).status_code == 403
    assert scoped.post("/sleutels", json={**wanted, "organisaties": {OTHER: "lezer"}}).status_code == 403
    unknown = {**wanted, "organisaties": {GEMEENTE: "lezer"}, "handelingen": ["publicere"]}
    assert "publiceren" in scoped.post("/sleutels", json=unknown).text
    desk.secret(Rol.LEZER)
    foreign = next(each.id for each in desk.platform.registry.keys.list() if each.per_organisatie is None)
    assert scoped.post(f"/sleutels/{foreign}/intrekken").status_code == 404
    assert {each["naam"] for each in scoped.get("/sleutels").json()["resultaten"]} == {"zaken", "zaaksysteem"}


def test_reading_what_is_not_public_is_in_the_log_once_in_a_quarter_of_an_hour(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    reader = desk.by(Rol.LEZER)

    def times() -> int:
        return sum(each.actie is Actie.CONCEPT_GELEZEN for each in desk.events(id))

    for _ in range(3):
        reader.get(f"/publicaties/{id}")
    assert times() == 1
    desk.by(Rol.REDACTEUR).get(f"/publicaties/{id}")
    assert times() == 2
    desk.clock.forward(minutes=15, seconds=1)
    reader.get(f"/publicaties/{id}")
    assert times() == 3
    desk.by(Rol.BEHEERDER).post(f"/publicaties/{id}/publiceer")
    reader.get(f"/publicaties/{id}")
    assert times() == 3
    assert "concept_gelezen" not in reader.get(f"/publicaties/{id}/geschiedenis").text


def test_reading_the_inventory_of_a_concept_is_noted_as_reading_it(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    for _ in range(2):
        assert desk.by(Rol.LEZER).get(f"/publicaties/{id}/inventaris").status_code == 200
    assert [each.actie for each in desk.events(id)].count(Actie.CONCEPT_GELEZEN) == 1


def test_who_prepared_does_not_publish_and_nobody_adds_to_what_is_public(tmp_path: Path) -> None:
    with open_desk(tmp_path, environ={"WOO_RECHTEN__VIER_OGEN": f"{GEMEENTE}, {OTHER}"}) as desk:
        first = key(desk, None, naam="een")
        second = key(desk, None, naam="een")
        id = first.post("/publicaties", json=NIEUW).json()["id"]
        refused = first.post(f"/publicaties/{id}/publiceer")
        assert (refused.status_code, "collega" in refused.json()["detail"]) == (409, True)
        document = second.post(
            f"/publicaties/{id}/documenten", data={"officieleTitel": "Besluit"}, files=bestand()
        ).json()["id"]
        assert second.post(f"/publicaties/{id}/publiceer").status_code == 409
        assert desk.by(Rol.PUBLICEERDER).post(f"/publicaties/{id}/publiceer").status_code == 200
        upload = {"data": {"officieleTitel": "Meer"}, "files": bestand(inhoud=pdf("twee"))}
        assert second.post(f"/publicaties/{id}/documenten", **upload).status_code == 409
        replaced = second.put(f"/documenten/{document}/bestand", files=bestand(inhoud=pdf("drie")))
        assert replaced.status_code == 409
        assert second.post(f"/documenten/{document}/intrekken", json={"reden": REDEN}).status_code == 200


def test_four_eyes_hold_for_the_organisations_that_want_them() -> None:
    some, all_ = VierOgen.of([GEMEENTE]), VierOgen.of(["alle"])
    assert (some.holds_for(GEMEENTE), some.holds_for(OTHER), some.holds_for(None)) == (True, False, False)
    assert all_.holds_for(OTHER)
    assert not VierOgen.of([]).holds_for(GEMEENTE)


def test_the_second_of_two_people_is_told_who_was_first_and_when(desk: DeskOfTest) -> None:
    id = desk.publicatie()
    seen = desk.by(Rol.LEZER).get(f"/publicaties/{id}").json()["publicatie"]["gewijzigdOp"]
    desk.clock.forward(minutes=1)
    first = desk.by(Rol.REDACTEUR).patch(f"/publicaties/{id}", json={"kenmerk": "A", "gewijzigdOp": seen})
    assert first.status_code == 200
    second = desk.by(Rol.PUBLICEERDER).patch(f"/publicaties/{id}", json={"kenmerk": "B", "gewijzigdOp": seen})
    assert second.status_code == 409
    told = second.json()
    assert (told["door"], told["gewijzigdOp"]) == ("sleutel van redacteur", "2026-03-02T09:01:00Z")
    full = {**NIEUW, "kenmerk": "C", "gewijzigdOp": seen}
    assert desk.by(Rol.PUBLICEERDER).put(f"/publicaties/{id}", json=full).status_code == 409
    kept = desk.by(Rol.LEZER).get(f"/publicaties/{id}").json()["publicatie"]
    assert kept["kenmerk"] == "A"


class TestSentTwice:
    KEY: Mapping[str, str] = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}

    def test_the_same_request_is_done_once_and_answered_twice(self, desk: DeskOfTest) -> None:
        client = desk.by(Rol.REDACTEUR)
        first = client.post("/publicaties", json=NIEUW, headers=self.KEY)
        second = client.post("/publicaties", json=NIEUW, headers=self.KEY)
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json() == second.json()
        assert first.headers["location"] == second.headers["location"]
        assert ("idempotent-replayed" in first.headers, second.headers["idempotent-replayed"]) == (
            False,
            "true",
        )
        assert len(client.get("/publicaties").json()["resultaten"]) == 1

    def test_another_request_under_the_same_key_is_refused(self, desk: DeskOfTest) -> None:
        client = desk.by(Rol.REDACTEUR)
        id = client.post("/publicaties", json=NIEUW, headers=self.KEY).json()["id"]
        for again in (
            client.post("/publicaties", json={**NIEUW, "kenmerk": "x"}, headers=self.KEY),
            client.patch(f"/publicaties/{id}", json=NIEUW, headers=self.KEY),
        ):
            assert again.status_code == 422
        assert desk.by(Rol.BEHEERDER).post("/publicaties", json=NIEUW, headers=self.KEY).status_code == 201

    def test_a_file_sent_twice_is_one_document(self, desk: DeskOfTest) -> None:
        id, client = desk.publicatie(), desk.by(Rol.REDACTEUR)
        request = client.build_request(
            "POST",
            f"/publicaties/{id}/documenten",
            data={"officieleTitel": "B"},
            files=bestand(),
            headers=self.KEY,
        )
        body, kind = request.read(), request.headers["content-type"]
        sent: dict[str, Any] = {"content": body, "headers": {**self.KEY, "content-type": kind}}
        first, second = (client.post(f"/publicaties/{id}/documenten", **sent) for _ in range(2))
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json()["id"] == second.json()["id"]

    def test_a_refusal_is_kept_too_and_everything_ends_after_a_day(self, desk: DeskOfTest) -> None:
        client = desk.by(Rol.REDACTEUR)
        bad = {**NIEUW, "publisher": "gm9999"}
        assert client.post("/publicaties", json=bad, headers=self.KEY).status_code == 400
        assert (
            client.post("/publicaties", json=bad, headers=self.KEY).headers["idempotent-replayed"] == "true"
        )
        desk.clock.forward(hours=25)
        assert client.post("/publicaties", json=NIEUW, headers=self.KEY).status_code == 201

    def test_a_request_that_is_busy_or_broke_off_is_not_done_again(self, desk: DeskOfTest) -> None:
        client = desk.by(Rol.REDACTEUR)
        [found] = desk.platform.registry.keys.list()
        now = desk.clock()
        desk.platform.registry.idempotentie.claim(
            f"account {found.id}", self.KEY["Idempotency-Key"], now=now, vervalt_op=now + timedelta(hours=1)
        )
        assert client.post("/publicaties", json=NIEUW, headers=self.KEY).status_code == 409
        assert client.get("/publicaties").json()["resultaten"] == []

    @pytest.mark.parametrize("value", ["kort", "x" * 256, "met spatie er in", "é" * 10])
    def test_a_key_that_cannot_be_is_refused(self, desk: DeskOfTest, value: str) -> None:
        headers = {"Idempotency-Key": value.encode("latin-1")}
        refused = desk.by(Rol.REDACTEUR).post("/publicaties", json=NIEUW, headers=headers)  # type: ignore[arg-type]
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["location"] == "Idempotency-Key"


def test_a_refusal_that_cannot_be_written_leaves_the_error_as_it_was(desk: DeskOfTest) -> None:
    from woo.domain.errors import NotFound
    from woo.usecases.publicatie import publish

    desk.platform.registry.close()
    broken = replace(desk.platform, registry=_Silent(desk.platform.registry))  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        publish(broken, BEHEER, "p-9")


class _Silent:
    """A registry in which nothing is found and nothing can be written."""

    def __init__(self, registry: object) -> None:
        self._calls = 0

    def transaction(self) -> object:
        from woo.domain.errors import NotFound, Unavailable

        self._calls += 1
        raise NotFound("publicatie", "p-9") if self._calls == 1 else Unavailable("the registry", "it is gone")
