"""The log only grows, and shows every change that was made to it."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.contract.registry_contract import ACTOR, KEY, NOW, OnEveryDatabase, Raw, event
from woo.domain.errors import InvalidValue, Unavailable
from woo.domain.events import Actie, VrijeTekst
from woo.registry import Head, Registry
from woo.registry.tables import logregel


def record(registry: Registry, *ids: str) -> None:
    with registry.transaction() as tx:
        for id in ids:
            tx.record(
                event(object_id=id, details={"bladzijden": 3, "titel": "één", "leeg": None, "deel": 0.5})
            )


class TestLines(OnEveryDatabase):
    def test_a_line_says_who_did_what_to_what_when_and_how_it_ended(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.record(
                event(
                    Actie.LOGIN_REFUSED, "sleutel", object_soort="key", uitkomst="geweigerd", details={"n": 1}
                )
            )
            [line] = tx.events()
        assert (line.tijd, line.actor, line.rol, line.herkomst) == (
            NOW,
            ACTOR.naam,
            "publiceerder",
            ACTOR.herkomst,
        )
        assert (line.object_soort, line.object_id, line.actie) == ("key", "sleutel", Actie.LOGIN_REFUSED)
        assert (line.uitkomst, line.details, line.zegel) == ("geweigerd", {"n": 1}, None)

    def test_lines_are_read_on_from_a_number_and_per_object(self, registry: Registry) -> None:
        record(registry, "d1", "d2", "d1", "d3")
        with registry.read() as reading:
            lines = reading.events()
            assert [line.object_id for line in lines] == ["d1", "d2", "d1", "d3"]
            assert reading.events(after=lines[1].volgnummer, limit=1) == [lines[2]]
            assert reading.events(object_id="d1") == [lines[0], lines[2]]

    def test_names_and_addresses_stand_beside_the_chain_and_can_be_erased(
        self, registry: Registry, url: str
    ) -> None:
        record(registry, "d1")
        registry.log.seal(KEY)
        assert registry.log.erase(ACTOR.naam, KEY) is True
        assert registry.log.erase(ACTOR.naam, KEY) is False
        with registry.read() as reading:
            [line] = reading.events()
        assert (line.actor, line.herkomst) == (None, ACTOR.herkomst)
        assert len(line.actor_digest) == 64
        assert registry.log.verify(KEY) == []

    def test_details_that_are_no_json_are_refused(self, registry: Registry) -> None:
        with pytest.raises(InvalidValue, match="details"), registry.transaction() as tx:
            tx.record(event(details={"x": float("nan")}))

    def test_a_short_key_is_refused_without_repeating_it(self, url: str) -> None:
        with pytest.raises(InvalidValue, match="32 bytes") as caught:
            Registry.create(url, key=b"hush")
        assert "hush" not in str(caught.value)

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM logregel",
            "UPDATE logregel SET object_id = 'd9'",
            "UPDATE logregel SET details = '{}' WHERE volgnummer = 2",
            "UPDATE logregel SET zegel = 'x' WHERE volgnummer = 1",
            "UPDATE logregel SET zegel = NULL, positie = NULL WHERE volgnummer = 1",
        ],
    )
    def test_the_database_itself_refuses_to_change_a_line(
        self, registry: Registry, raw: Raw, statement: str
    ) -> None:
        record(registry, "d1")
        registry.log.seal(KEY)
        record(registry, "d2")
        with pytest.raises(sa.exc.IntegrityError, match="append only"):
            raw.run(statement)


class TestChain(OnEveryDatabase):
    def test_sealing_goes_on_where_it_stopped(self, registry: Registry) -> None:
        assert registry.log.head() is None
        assert registry.log.verify(KEY) == []
        record(registry, "d1", "d2", "d3")
        assert registry.log.seal(KEY, limit=2) == 2
        assert registry.log.seal(KEY) == 1
        assert registry.log.seal(KEY) == 0
        record(registry, "d4")
        assert registry.log.verify(KEY) == []
        assert registry.log.seal(KEY) == 1
        assert registry.log.verify(KEY) == []
        with registry.read() as reading:
            last = reading.events()[-1]
        assert registry.log.head() == (last.volgnummer, last.zegel)

    def test_a_long_chain_is_whole(self, registry: Registry) -> None:
        record(registry, *(f"d{number}" for number in range(2100)))
        assert registry.log.seal(KEY) == 2100
        assert registry.log.verify(KEY) == []

    def test_another_key_does_not_fit(self, registry: Registry) -> None:
        record(registry, "d1", "d2")
        registry.log.seal(KEY)
        found = registry.log.verify(b"x" * 32)
        assert [breach.volgnummer for breach in found if breach.volgnummer is not None] == [1, 2]
        assert all("beside the log" in breach.wat for breach in found if breach.volgnummer is None)
        assert len(registry.log.verify(b"x" * 32, limit=1)) == 1

    @pytest.mark.parametrize(
        "change",
        [
            "tijd = '2020-01-01 00:00:00.000000'",
            "actor = 'a'",
            "rol = 'lezer'",
            "herkomst = 'h'",
            "object_soort = 'publicatie'",
            "object_id = 'd9'",
            "actie = 'login_refused'",
            "uitkomst = 'x'",
            "details = '{}'",
            "zegel = 'x'",
            "account = 'k9'",
            "account = NULL",
            "volgnummer = 99",
            "positie = 99",
        ],
    )
    def test_a_changed_line_is_found(self, registry: Registry, raw: Raw, change: str) -> None:
        record(registry, "d1")
        with registry.transaction() as tx:
            tx.record(event(object_id="d2", actor=replace(ACTOR, account="k1"), details={"pages": 3}))
        record(registry, "d3", "d4")
        registry.log.seal(KEY)
        assert registry.log.verify(KEY) == []
        raw.without_guards(f"UPDATE logregel SET {change} WHERE volgnummer = 2")  # noqa: S608
        found = registry.log.verify(KEY)
        if change.startswith(("volgnummer", "positie")):
            assert found != []
            return
        assert found[0].volgnummer == 2
        assert {breach.volgnummer for breach in found} <= {2, 3}

    def test_every_column_of_a_line_is_changed_in_the_test_above(self) -> None:
        [mark] = [
            each
            for each in TestChain.test_a_changed_line_is_found.pytestmark  # type: ignore[attr-defined]
            if each.name == "parametrize"
        ]
        assert {change.split(" ")[0] for change in mark.args[1]} == set(logregel.c.keys())

    @pytest.mark.parametrize("change", ["volgnummer = 9", "positie = 9", "zegel = 'x'"])
    def test_a_changed_head_is_found(self, registry: Registry, raw: Raw, change: str) -> None:
        record(registry, "d1", "d2")
        registry.log.seal(KEY)
        raw.run(f"UPDATE logketen SET {change}")  # noqa: S608
        assert registry.log.verify(KEY) != []

    def test_another_name_beside_the_log_is_found(self, registry: Registry, raw: Raw) -> None:
        record(registry, "d1")
        registry.log.seal(KEY)
        raw.run(f"UPDATE persoonsgegeven SET waarde = 'een ander' WHERE waarde = '{ACTOR.naam}'")  # noqa: S608
        [breach] = registry.log.verify(KEY)
        assert breach.wat.startswith("the name or words kept beside the log")

    def test_words_that_were_typed_stand_beside_the_line_and_can_be_erased(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.record(event(details={"titel": {"was": VrijeTekst("Oude titel"), "is": [VrijeTekst("b")]}}))
        registry.log.seal(KEY)
        with registry.read() as reading:
            details = reading.events()[0].details
            digest = details["titel"]["was"]["digest"]
            assert "Oude titel" not in str(details)
            assert reading.texts([digest]) == {digest: "Oude titel"}
        assert registry.log.erase("Oude titel", KEY)
        assert registry.log.verify(KEY) == []
        with registry.read() as reading:
            assert reading.texts([digest]) == {}

    @pytest.mark.parametrize("gone", [1, 2])
    def test_a_missing_line_is_found(self, registry: Registry, raw: Raw, gone: int) -> None:
        record(registry, "d1", "d2", "d3", "d4")
        registry.log.seal(KEY)
        raw.without_guards(f"DELETE FROM logregel WHERE volgnummer = {gone}")  # noqa: S608
        [breach] = registry.log.verify(KEY)
        assert breach.wat == f"1 line(s) missing before line {gone + 1}"

    def test_two_lines_that_changed_places_are_found(self, registry: Registry, raw: Raw) -> None:
        record(registry, "d1", "d2", "d3")
        registry.log.seal(KEY)
        raw.without_guards(
            "UPDATE logregel SET positie = 9 WHERE volgnummer = 1",
            "UPDATE logregel SET positie = 1 WHERE volgnummer = 2",
            "UPDATE logregel SET positie = 2 WHERE volgnummer = 1",
        )
        assert {breach.volgnummer for breach in registry.log.verify(KEY)} >= {1, 2}

    def test_a_cut_tail_is_found_by_the_own_head(self, registry: Registry, raw: Raw) -> None:
        record(registry, "d1", "d2", "d3")
        registry.log.seal(KEY)
        raw.without_guards("DELETE FROM logregel WHERE volgnummer = 3")
        [breach] = registry.log.verify(KEY)
        assert breach.wat == "the log was cut off: sealed line 3 is gone"

    def test_a_cut_tail_with_its_head_put_back_is_found_by_the_head_kept_elsewhere(
        self, registry: Registry, raw: Raw
    ) -> None:
        record(registry, "d1", "d2")
        registry.log.seal(KEY)
        earlier = registry.log.head()
        assert earlier is not None
        record(registry, "d3")
        registry.log.seal(KEY)
        exported = registry.log.head()
        raw.without_guards(
            "DELETE FROM logregel WHERE volgnummer = 3",
            f"UPDATE logketen SET positie = 2, volgnummer = 2, zegel = '{earlier.zegel}'",  # noqa: S608
        )
        assert registry.log.verify(KEY) == []
        assert [breach.wat for breach in registry.log.verify(KEY, head=exported)] == [
            "the log was cut off: sealed line 3 is gone"
        ]
        record(registry, "another d3")
        registry.log.seal(KEY)
        assert registry.log.verify(KEY, head=exported) != []

    def test_an_older_head_still_fits_when_the_log_has_grown(self, registry: Registry) -> None:
        record(registry, "d1")
        registry.log.seal(KEY)
        exported = registry.log.head()
        record(registry, "d2")
        registry.log.seal(KEY)
        assert registry.log.verify(KEY, head=exported) == []
        assert registry.log.verify(KEY, head=Head(1, "0" * 64)) != []


class TestLosingTheDatabase(OnEveryDatabase):
    def test_a_table_that_is_gone_is_named(self, registry: Registry, raw: Raw) -> None:
        raw.run("DROP TABLE persoonsgegeven")
        with pytest.raises(Unavailable, match="persoonsgegeven"), registry.read() as reading:
            reading.events()
