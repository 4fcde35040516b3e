"""What every index has to answer so that a visitor who finds little can be helped: totals, and words near a mistyped one."""

import pytest

from tests.contract.index_entries import document, fill, publicatie
from woo.domain.errors import InvalidValue
from woo.index.parse import parse
from woo.index.port import Excluded
from woo.index.query import Filters, SearchQuery, Soort


def asked(zoek, **more):
    return SearchQuery(zoek=parse(zoek).node, **more)


class HelpingContract:
    """Subclasses give an empty index as the fixture `index`."""

    def test_totals_count_each_question_with_its_own_filters_and_kind(self, index):
        fill(
            index,
            document("a", "Nota", "raad", publisher="gm1"),
            document("b", "Nota", "raad natuur", publisher="gm2"),
            publicatie("p1", "raad"),
        )
        queries = [
            asked("raad"),
            asked("raad natuur"),
            asked("raad", filters=Filters({"publisher": ("gm1",)})),
            asked("raad", soort=Soort.PUBLICATIE),
            asked("niets"),
            asked(""),
            asked("-natuur"),
        ]
        assert index.totals(queries) == (2, 1, 1, 1, 0, 2, 1)
        assert index.totals([]) == ()

    def test_totals_leave_out_what_is_excluded(self, index):
        fill(index, document("a", "Nota", "raad"), document("b", "Nota", "raad", publicatie_id="p2"))
        out = Excluded(frozenset({"a"}), frozenset({"p2"}))
        assert index.totals([asked("raad"), asked("")], excluded=out) == (0, 0)

    def test_totals_refuse_what_a_search_refuses(self, index):
        fill(index, document("a"))
        with pytest.raises(InvalidValue):
            index.totals([asked("raad"), asked("ab*")])

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("vergunnign", "vergunning"),
            ("fergunning", "vergunning"),
            ("ergunning", "vergunning"),
            ("vergunnin", "vergunning"),
            ("vergunningg", "vergunning"),
            ("vregunnign", "vergunning"),
            ("besluir", "besluit"),
            ("nrom", "norm"),
            ("cafee", "cafe"),
        ],
    )
    def test_a_mistyped_word_is_near_the_word_that_was_meant(self, index, typed, meant):
        fill(index, document("a", "Nota", "De vergunning, een besluit: de norm van het café."))
        assert index.near_words(typed) == (meant,)

    def test_near_words_come_nearest_first_and_then_those_in_most_entries(self, index):
        fill(
            index,
            document("a", "Nota", "boter boten boeten bomen"),
            document("b", "Nota", "boten bomen"),
            document("c", "Nota", "bomen"),
        )
        assert index.near_words("boden") == ("bomen", "boten")
        assert index.near_words("boetenn") == ("boeten", "boten")

    @pytest.mark.parametrize(
        "typed", ["", "raa", "12345", "5.1.2e", "x" * 40, "qqqqqqqq", "\x00\x00\x00\x00"]
    )
    def test_nothing_is_near_what_is_short_no_word_or_like_nothing(self, index, typed):
        fill(index, document("a", "Nota", "de raad 12346 5.1.2.e", "y" * 40))
        assert index.near_words(typed) == ()

    def test_a_word_is_not_near_itself(self, index):
        fill(index, document("a", "Nota", "raad raak"))
        assert index.near_words("raad") == ("raak",)
