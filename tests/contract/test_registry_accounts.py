"""Items, counts, leases and keys of the registry."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from tests.contract.registry_contract import MINUTE, NOW, OnEveryDatabase, claim, digest, fill, wens
from woo.domain.actor import Rol
from woo.domain.document import Leesstatus, Lezing
from woo.domain.errors import InvalidValue, NotFound, Refused
from woo.domain.events import Jobsoort
from woo.domain.publicatie import Publicatiestatus
from woo.registry import SCHRIJVER, Item, Registry

YEAR = timedelta(days=365)


class TestItems(OnEveryDatabase):
    def test_an_item_comes_back_as_it_was_saved(self, registry: Registry) -> None:
        fill(registry)
        full = Item(
            "map:a.pdf",
            "a.pdf",
            NOW,
            "p1",
            "d1",
            digest(1),
            2**40,
            1_700_000_000_123_456_789,
            "skipped",
            "leeg",
            1.5,
        )
        bare = Item("map:b.pdf", "b.pdf", NOW)
        with registry.transaction() as tx:
            tx.save_items([full, bare])
            tx.save_items([])
        with registry.read() as reading:
            assert reading.item("map:a.pdf") == full
            assert reading.item("map:c.pdf") is None
            assert reading.items(["map:b.pdf", "map:c.pdf"]) == {"map:b.pdf": bare}

    def test_saving_an_item_again_replaces_it(self, registry: Registry) -> None:
        item = Item("map:a.pdf", "a.pdf", NOW, staat="skipped", reden="leeg")
        changed = dataclasses.replace(item, staat=None, reden=None)
        with registry.transaction() as tx:
            tx.save_item(item)
            tx.save_item(changed)
            assert tx.item("map:a.pdf") == changed

    def test_many_items_are_found_at_once(self, registry: Registry) -> None:
        items = [Item(f"map:{number}", f"{number}", NOW) for number in range(1300)]
        with registry.transaction() as tx:
            tx.save_items(items)
            assert tx.items([item.sleutel for item in items]) == {item.sleutel: item for item in items}
            assert len(tx.item_states(item.sleutel for item in items)) == 1300

    def test_the_members_of_a_container_are_found_by_the_beginning_of_their_key(
        self, registry: Registry
    ) -> None:
        keys = ["map:a.zip", "map:a.zip!/1.pdf", "map:a.zip!/map/é.pdf", "map:a.zip!0", "map:b.zip!/1.pdf"]
        with registry.transaction() as tx:
            tx.save_items(Item(key, key, NOW) for key in keys)
            assert [item.sleutel for item in tx.items_below("map:a.zip!/")] == keys[1:3]

    def test_documents_that_could_not_be_read_are_listed(self, registry: Registry) -> None:
        fill(registry, documents=3)
        with registry.transaction() as tx:
            for id in ("d1", "d3"):
                broken = Lezing(Leesstatus.QUARANTAINE, "versleuteld")
                tx.save_document(dataclasses.replace(tx.document(id), lezing=broken))
            assert [found.id for found in tx.quarantined()] == ["d1", "d3"]
            assert [found.id for found in tx.quarantined(after="d1", limit=1)] == ["d3"]

    def test_a_state_that_is_not_an_items_own_is_refused(self, registry: Registry) -> None:
        with pytest.raises(Refused, match=r"item 'a.pdf'.*staat"), registry.transaction() as tx:
            tx.save_item(Item("map:a.pdf", "a.pdf", NOW, staat="indexed"))


class TestCounts(OnEveryDatabase):
    def test_every_item_is_counted_in_exactly_one_state(self, registry: Registry) -> None:
        fill(registry, documents=9)
        read = [*Leesstatus, Leesstatus.GELEZEN, Leesstatus.GELEZEN]
        with registry.transaction() as tx:
            for number, status in enumerate(read, start=1):
                tx.save_document(dataclasses.replace(tx.document(f"d{number}"), lezing=Lezing(status)))
                tx.save_item(Item(f"map:{number}", f"{number}", NOW, "p1", f"d{number}"))
            tx.mark_shown("document", "d7", paginas=1, vingerafdruk="f", op=NOW)
            tx.save_document(tx.document("d8").withdrawn(NOW, reden="privacy"))
            tx.save_items(
                [Item(f"map:{own}", own, NOW, staat=own) for own in ("duplicate", "skipped", "unpacked")]
            )
            tx.save_item(Item("map:new", "new", NOW))
        with registry.read() as reading:
            counts = reading.counts()
            states = reading.item_states(["map:1", "map:7", "map:8", "map:unpacked", "map:none"])
        assert counts.items == {
            "indexed": 1,
            "ready": 1,
            "partial": 1,
            "no_text": 1,
            "withdrawn": 1,
            "waiting": 2,
            "duplicate": 1,
            "skipped": 2,
            "quarantined": 1,
            "unpacked": 1,
        }
        assert states == {
            "map:1": "waiting",
            "map:7": "indexed",
            "map:8": "withdrawn",
            "map:unpacked": "unpacked",
        }
        assert counts.documenten == dict.fromkeys(Leesstatus, 1) | {
            Leesstatus.GELEZEN: 3,
            Leesstatus.WACHT: 2,
        }
        assert counts.shown == {"document": 1, "publicatie": 0}
        assert counts.publicaties == dict.fromkeys(Publicatiestatus, 0) | {Publicatiestatus.CONCEPT: 1}

    def test_pages_that_were_not_read_well_are_counted_with_their_documents(self, registry: Registry) -> None:
        with registry.read() as reading:
            assert set(reading.counts().leesbaarheid.values()) == {0}
        fill(registry, documents=4)
        readings = [
            Lezing(paginas=9, onleesbaar=2, onzeker=1),
            Lezing(paginas=5, onzeker=5),
            Lezing(paginas=7),
        ]
        with registry.transaction() as tx:
            for number, lezing in enumerate(readings, start=1):
                tx.save_document(dataclasses.replace(tx.document(f"d{number}"), lezing=lezing))
            gone = dataclasses.replace(tx.document("d4"), lezing=Lezing(paginas=100, onleesbaar=100))
            tx.save_document(gone.withdrawn(NOW, reden="privacy"))
            assert tx.counts().leesbaarheid == {
                "paginas": 21,
                "onleesbaar": 2,
                "onzeker": 6,
                "documenten": 2,
            }

    def test_an_outcome_tells_the_type_of_its_file(self, registry: Registry) -> None:
        fill(registry)
        with registry.transaction() as tx:
            tx.save_items([Item("map:1", "1", NOW, "p1", "d1"), Item("map:2", "2", NOW, staat="skipped")])
            assert [one.mime for one in tx.outcomes(["map:1", "map:2"])] == ["application/pdf", None]

    def test_an_item_of_a_withdrawn_publicatie_is_withdrawn(self, registry: Registry) -> None:
        fill(registry)
        with registry.transaction() as tx:
            tx.save_item(Item("map:1", "1", NOW, "p1", "d1"))
            tx.save_publicatie(tx.publicatie("p1").published(NOW).withdrawn(NOW, reden="fout"))
            assert tx.item_states(["map:1"]) == {"map:1": "withdrawn"}

    def test_jobs_are_counted_apart_when_they_rest(self, registry: Registry) -> None:
        for id in ("d1", "d2"):
            registry.jobs.want(wens(id), now=NOW)
        now = NOW
        while jobs := [job for job in claim(registry, now=now) if job.object_id == "d1"]:
            registry.jobs.fail(jobs[0], error="kapot", now=now)
            now += timedelta(days=1)
            registry.jobs.want(wens("d2"), now=now)
        with registry.read() as reading:
            counts = reading.counts()
        assert counts.jobs_waiting == dict.fromkeys(Jobsoort, 0) | {Jobsoort.EXTRACT: 1}
        assert counts.jobs_resting == dict.fromkeys(Jobsoort, 0) | {Jobsoort.EXTRACT: 1}


class TestLeases(OnEveryDatabase):
    def test_one_holder_at_a_time(self, registry: Registry) -> None:
        assert registry.leases.holder(SCHRIJVER, now=NOW) is None
        assert registry.leases.acquire(SCHRIJVER, houder="a", now=NOW, duration=MINUTE)
        assert registry.leases.acquire(SCHRIJVER, houder="a", now=NOW, duration=MINUTE)
        assert not registry.leases.acquire(SCHRIJVER, houder="b", now=NOW, duration=MINUTE)
        assert registry.leases.acquire("other", houder="b", now=NOW, duration=MINUTE)
        assert registry.leases.holder(SCHRIJVER, now=NOW) == "a"

    def test_a_lease_that_ran_out_goes_to_the_next_and_cannot_be_renewed(self, registry: Registry) -> None:
        registry.leases.acquire(SCHRIJVER, houder="a", now=NOW, duration=MINUTE)
        later = NOW + MINUTE
        assert registry.leases.holder(SCHRIJVER, now=later) is None
        assert not registry.leases.renew(SCHRIJVER, houder="a", now=later, duration=MINUTE)
        assert registry.leases.acquire(SCHRIJVER, houder="b", now=later, duration=MINUTE)
        assert not registry.leases.acquire(SCHRIJVER, houder="a", now=later, duration=MINUTE)
        assert registry.leases.holder(SCHRIJVER, now=later) == "b"

    def test_renewing_holds_on(self, registry: Registry) -> None:
        registry.leases.acquire(SCHRIJVER, houder="a", now=NOW, duration=MINUTE)
        assert registry.leases.renew(SCHRIJVER, houder="a", now=NOW, duration=2 * MINUTE)
        assert registry.leases.holder(SCHRIJVER, now=NOW + MINUTE) == "a"
        assert not registry.leases.renew(SCHRIJVER, houder="b", now=NOW, duration=MINUTE)

    def test_only_the_holder_gives_a_lease_back(self, registry: Registry) -> None:
        registry.leases.acquire(SCHRIJVER, houder="a", now=NOW, duration=MINUTE)
        registry.leases.release(SCHRIJVER, houder="b")
        assert registry.leases.holder(SCHRIJVER, now=NOW) == "a"
        registry.leases.release(SCHRIJVER, houder="a")
        assert registry.leases.acquire(SCHRIJVER, houder="b", now=NOW, duration=MINUTE)


class TestKeys(OnEveryDatabase):
    def test_a_key_is_found_by_its_secret_alone(self, registry: Registry) -> None:
        id, secret = registry.keys.create(" zaaksysteem ", Rol.REDACTEUR, now=NOW, vervalt_op=NOW + YEAR)
        other, _ = registry.keys.create("archief", Rol.LEZER, now=NOW + MINUTE, vervalt_op=NOW + YEAR)
        found = registry.keys.find(secret, NOW)
        assert found is not None
        assert (found.id, found.naam, found.rol, found.vervalt_op) == (
            id,
            "zaaksysteem",
            Rol.REDACTEUR,
            NOW + YEAR,
        )
        assert [key.id for key in registry.keys.list()] == [id, other]
        for wrong in (secret[:-1], secret + "x", "", id, "half \ud800"):
            assert registry.keys.find(wrong, NOW) is None

    def test_a_secret_is_256_random_bits_and_is_not_kept(self, registry: Registry, tmp_path: Path) -> None:
        secrets = {registry.keys.create("k", Rol.LEZER, now=NOW, vervalt_op=NOW + YEAR)[1] for _ in range(20)}
        assert len(secrets) == 20
        assert {(secret[:4], len(secret)) for secret in secrets} == {("woo_", 4 + 43)}
        registry.close()
        kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert not any(secret.encode() in kept for secret in secrets)

    def test_an_expired_key_opens_nothing(self, registry: Registry) -> None:
        _, secret = registry.keys.create("k", Rol.LEZER, now=NOW, vervalt_op=NOW + MINUTE)
        assert registry.keys.find(secret, NOW) is not None
        assert registry.keys.find(secret, NOW + MINUTE) is None

    def test_a_revoked_key_opens_nothing_and_keeps_its_first_moment(self, registry: Registry) -> None:
        id, secret = registry.keys.create("k", Rol.LEZER, now=NOW, vervalt_op=NOW + YEAR)
        registry.keys.revoke(id, now=NOW + MINUTE)
        registry.keys.revoke(id, now=NOW + 2 * MINUTE)
        assert registry.keys.find(secret, NOW + MINUTE) is None
        assert registry.keys.list()[0].ingetrokken_op == NOW + MINUTE
        with pytest.raises(NotFound):
            registry.keys.revoke("nee", now=NOW)

    @pytest.mark.parametrize("end", [None, NOW, NOW - MINUTE])
    def test_a_key_without_an_end_in_the_future_is_refused(self, registry: Registry, end: None) -> None:
        with pytest.raises(InvalidValue, match="end date"):
            registry.keys.create("k", Rol.LEZER, now=NOW, vervalt_op=end)

    def test_a_key_without_a_name_is_refused(self, registry: Registry) -> None:
        with pytest.raises(InvalidValue, match="name"):
            registry.keys.create("  ", Rol.LEZER, now=NOW, vervalt_op=NOW + YEAR)

    def test_a_key_that_is_made_in_a_transaction_goes_with_it(self, registry: Registry) -> None:
        def crash() -> None:
            with registry.transaction() as tx:
                registry.keys.create("k", Rol.LEZER, now=NOW, vervalt_op=NOW + YEAR, tx=tx)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            crash()
        assert registry.keys.list() == ()

    def test_use_is_noted_at_most_once_a_minute(self, registry: Registry) -> None:
        id, _ = registry.keys.create("k", Rol.LEZER, now=NOW, vervalt_op=NOW + YEAR)
        used = []
        for moment in (NOW, NOW + MINUTE / 2, NOW + MINUTE):
            registry.keys.touch(id, now=moment)
            used.append(registry.keys.list()[0].laatst_gebruikt)
        assert used == [NOW, NOW, NOW + MINUTE]
