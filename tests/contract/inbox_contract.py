"""What every inbox must do, whatever it is made of."""

from datetime import UTC, datetime, timedelta

import pytest

from woo.domain.errors import InvalidValue
from woo.storage.port import Inbox, InboxAdder


class InboxContract:
    """Subclasses give the fixtures `inbox` and `adder` (the adding side of the same inbox)."""

    def test_an_entry_comes_back_as_it_was_left(self, inbox: Inbox, adder: InboxAdder) -> None:
        inhoud = {"tekst": "“é” \udcff 😀\n", "lijst": [1, None, {"a": True}]}
        before = datetime.now(UTC)
        id = adder.add("melding-lek", inhoud)
        [entry] = inbox.entries()
        assert (entry.id, entry.soort, entry.inhoud) == (id, "melding-lek", inhoud)
        assert before - timedelta(milliseconds=1) <= entry.op <= datetime.now(UTC)

    def test_an_inbox_is_empty_at_first(self, inbox: Inbox) -> None:
        assert list(inbox.entries()) == []

    def test_the_oldest_comes_first_whatever_its_kind(self, inbox: Inbox, adder: InboxAdder) -> None:
        ids = [adder.add(soort, {"n": n}) for n, soort in enumerate(("z", "attendering", "z", "melding"))]
        assert [entry.id for entry in inbox.entries()] == ids
        assert [entry.inhoud["n"] for entry in inbox.entries()] == [0, 1, 2, 3]

    def test_the_same_thing_left_twice_is_two_entries(self, inbox: Inbox, adder: InboxAdder) -> None:
        assert adder.add("melding", {"a": 1}) != adder.add("melding", {"a": 1})
        assert len(list(inbox.entries())) == 2

    def test_an_entry_that_was_taken_out_is_gone_and_taking_it_out_again_is_fine(
        self, inbox: Inbox, adder: InboxAdder
    ) -> None:
        first, second = adder.add("melding", {"n": 1}), adder.add("melding", {"n": 2})
        for _ in range(2):
            inbox.remove(first)
            assert [entry.id for entry in inbox.entries()] == [second]

    def test_entries_may_be_taken_out_while_looking_through_them(
        self, inbox: Inbox, adder: InboxAdder
    ) -> None:
        for n in range(5):
            adder.add("melding", {"n": n})
        for entry in inbox.entries():
            inbox.remove(entry.id)
        assert list(inbox.entries()) == []

    @pytest.mark.parametrize(
        "soort", ["", "..", "a/b", "Melding", "a.b", "-a", "a-", "a--b", "x" * 32, "a\n", "a1"]
    )
    def test_a_kind_that_is_no_word_is_refused(self, inbox: Inbox, adder: InboxAdder, soort: str) -> None:
        with pytest.raises(InvalidValue, match="soort"):
            adder.add(soort, {})
        assert list(inbox.entries()) == []

    def test_what_is_no_json_is_refused(self, inbox: Inbox, adder: InboxAdder) -> None:
        for value in (object(), float("nan"), b"abc"):
            with pytest.raises(InvalidValue, match="inhoud"):
                adder.add("melding", {"a": value})
        assert list(inbox.entries()) == []

    def test_exactly_64_kib_is_taken_and_one_byte_more_is_not(self, inbox: Inbox, adder: InboxAdder) -> None:
        room = 64 * 1024 - len('{"a":""}')
        adder.add("melding", {"a": "x" * room})
        with pytest.raises(InvalidValue, match="at most 65536 bytes"):
            adder.add("melding", {"a": "x" * (room + 1)})
        assert len(list(inbox.entries())) == 1

    @pytest.mark.parametrize("id", ["", "..", "../../etc/passwd", "melding", "melding.1.ff", "a/b", "\0"])
    def test_an_id_that_is_none_is_refused(self, inbox: Inbox, id: str) -> None:
        with pytest.raises(InvalidValue, match="inbox"):
            inbox.remove(id)

    def test_the_adding_side_can_only_add(self, adder: InboxAdder) -> None:
        assert {name for name in dir(adder) if not name.startswith("_")} == {"add"}
