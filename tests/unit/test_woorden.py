"""The words of the desk for what cannot be: each reason has one sentence, whichever table it is in, and the longest fit counts."""

from collections import Counter

import pytest

from publisher.woorden import accounts, redenen
from woo.domain.errors import InvalidValue, Refused


@pytest.mark.parametrize("woorden", [redenen.WAARDEN, redenen.WEIGERINGEN, accounts.WAARDEN])
def test_no_beginning_stands_in_two_tables_and_every_sentence_ends(woorden: redenen.Woorden) -> None:
    twice = [begin for begin, number in Counter(begin for begin, _ in woorden).items() if number > 1]
    assert twice == []
    assert [said for _, said in woorden if not said.endswith(".")] == []


def test_a_longer_beginning_goes_before_a_shorter_one_of_another_part() -> None:
    before = redenen.refusal(Refused("withdraw", "document d1", "it was withdrawn before, on 2 March"))
    assert before == "Intrekken kan nu niet. Dit document is al ingetrokken."
    plain = redenen.refusal(Refused("change", "document d1", "it was withdrawn"))
    assert plain.startswith("Wijzigen kan nu niet. Het is ingetrokken en blijft")


def test_a_reason_without_words_says_what_cannot_be_and_invents_nothing() -> None:
    assert redenen.refusal(Refused("fly", "document d1", "it has no wings")) == "Dit kan nu niet."
    assert redenen.of_value(InvalidValue("x", 1, "it has no wings")) is None
