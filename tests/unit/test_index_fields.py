"""What engines hold of an entry."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.contract.index_entries import document, publicatie
from woo.analysis import DutchAnalysis
from woo.index.fields import flatten, title_key


@pytest.fixture(scope="module")
def analysis(root) -> DutchAnalysis:
    return DutchAnalysis.load(root / "config" / "zoeken")


def test_title_kenmerk_omschrijving_and_pages_are_one_stream_with_boundaries(analysis):
    flat = flatten(
        document("d", "Nota", "een twee", "", "drie", kenmerk="K 1", omschrijving="over"), analysis
    )
    assert flat.streams["tekst_exact"] == "nota ¶ k 1 ¶ over ¶ een twee drie"
    assert flat.geheel == ("nota", "k 1")


def test_a_page_carries_the_start_of_the_next_page_that_has_words(analysis):
    flat = flatten(document("d", "Nota", "een", "…", "Twee, drie", ""), analysis)
    assert [page.vervolg for page in flat.pages] == ["Twee, drie", "Twee, drie", "", ""]
    assert [page.streams["grens_exact"] for page in flat.pages] == ["een ›twee ›drie", "", "", ""]


def test_days_are_those_of_utc(analysis):
    late = datetime(2023, 5, 1, 23, 30, tzinfo=timezone(timedelta(hours=-2)))
    assert (
        flatten(publicatie("p", publicatiedatum=late), analysis).publicatiedag == date(2023, 5, 2).toordinal()
    )
    east = datetime(2023, 5, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    keys = [
        flatten(publicatie("p", publicatiedatum=moment), analysis).volgorde["volgorde_publicatiedatum"]
        for moment in (east, datetime(2023, 4, 30, 23, tzinfo=UTC), late)
    ]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Bijlage 2", "bijlage 10"),
        ("appel", "Élan"),
        ("Élan", "fiets"),
        ("“Zon”", "zonder"),
        ("Nota", "Nota 1"),
        ("1e brief", "10e brief"),
        ("Nota 2023-2", "Nota 2023-10"),
    ],
)
def test_titles_are_ordered_as_a_reader_expects(before, after):
    assert title_key(before) < title_key(after)
