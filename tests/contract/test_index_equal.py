"""The engines and the fake find the same, whatever is asked of whatever texts."""

import uuid
from contextlib import ExitStack, closing
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.index_entries import document, fill
from tests.engines.elasticsearch import remove_indices
from tests.fakes import FakeIndex
from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue
from woo.index.elastic_index import ElasticHouse, Engine
from woo.index.parse import MAX_DEPTH, MAX_TERMS, parse, render
from woo.index.query import (
    And,
    DateRange,
    Filters,
    Fuzzy,
    Not,
    Or,
    Phrase,
    Prefix,
    SearchQuery,
    Sortering,
    Word,
)
from woo.index.tantivy_index import TantivyIndex
from woo.settings import load_settings

TOKENS = [
    "stikstof",
    "stikstofregistratie",
    "registraties",
    "registratie",
    "gemeente",
    "raad",
    "gemeenteraad",
]
TOKENS += [
    "woo",
    "verzoek",
    "woo-verzoek",
    "open",
    "openbaar",
    "openbare",
    "norm",
    "de",
    "van",
    "foto's",
    "fotos",
]
TOKENS += ["5.1.2e", "5.1.2", "12-3-2023", "maart", "2023", "Woo-2023/114", "114", "é", "a"]
DAYS = [None, date(2022, 1, 1), date(2023, 3, 5), date(2023, 3, 6)]

texts = st.lists(st.sampled_from(TOKENS), max_size=12).map(" ".join)
documents = st.builds(
    dict,
    titel=st.lists(st.sampled_from(TOKENS), min_size=1, max_size=3).map(" ".join),
    pages=st.lists(texts, max_size=4),
    publisher=st.sampled_from(["gm1", "gm2"]),
    day=st.sampled_from(DAYS),
)
velden = st.sampled_from([None, None, None, "titel", "grond"])
words = st.sampled_from(TOKENS)
cut_words = st.tuples(words, st.integers(3, 8)).map(lambda one: one[0][: one[1]])
leaves = st.one_of(
    st.builds(Word, words, velden),
    st.builds(Phrase, st.lists(words, min_size=1, max_size=4).map(" ".join), st.none(), velden),
    st.builds(Phrase, st.lists(words, min_size=2, max_size=3).map(" ".join), st.integers(0, 4), velden),
    st.builds(Prefix, cut_words.filter(lambda one: len(one) > 2 and one[-1].isalnum()), velden),
    st.builds(Fuzzy, cut_words, velden),
    st.builds(DateRange, st.sampled_from(DAYS), st.sampled_from(DAYS)),
)
nodes = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=5,
)


def answer(index, node, **more):
    """What has to be equal of an answer; a refusal is an answer too."""
    query = SearchQuery(
        zoek=node, sortering=Sortering.TITEL, aantal=1000, facetten=("publisher", "jaar"), **more
    )
    try:
        found = index.search(query)
    except InvalidValue as refused:
        return str(refused)
    hits = [(hit.id, hit.aantal_paginas) for hit in found.hits]
    pages = {hit.id: index.pages_with_hits(hit.id, node) for hit in found.hits}
    return found.totaal, hits, dict(found.facetten), pages


ENGINES = ["tantivy", pytest.param("elasticsearch", marks=pytest.mark.needs("elasticsearch"))]


@pytest.fixture(scope="module")
def analysis(root):
    return DutchAnalysis.load(root / "config" / "zoeken")


@pytest.fixture(scope="module", params=ENGINES)
def engines(request, analysis, tmp_path_factory):
    """The engines to compare: the embedded one by itself, or both."""
    with ExitStack() as stack:
        found = {"tantivy": stack.enter_context(closing(TantivyIndex.open(None, analysis)))}
        if request.param == "elasticsearch":
            url, prefix = request.getfixturevalue("elasticsearch_url"), f"test-{uuid.uuid4().hex[:12]}"
            stack.callback(remove_indices, url, prefix)
            settings = load_settings(
                {"WOO_INDEX__URL": f"{url}/{prefix}"}, cwd=tmp_path_factory.mktemp("equal")
            )
            house = ElasticHouse(Engine.of(settings.index), analysis)
            found["elasticsearch"] = stack.enter_context(closing(house.build().index))
        yield found


def refilled(engines, entries):
    for engine in engines.values():
        there = engine.ids()
        engine.delete(documenten=there.documenten)
        fill(engine, *entries)


def answers(engines, node, **more):
    return {name: answer(engine, node, **more) for name, engine in engines.items()}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(st.lists(documents, min_size=1, max_size=6), st.lists(nodes, min_size=6, max_size=12))
def test_the_engines_find_what_the_fake_finds(engines, analysis, entries, asked):
    made = [
        document(f"d{n}", one["titel"], *one["pages"], publisher=one["publisher"], creatiedatum=one["day"])
        for n, one in enumerate(entries)
    ]
    refilled(engines, made)
    fake = fill(FakeIndex(analysis), *made)
    for node in asked:
        for filters in (
            Filters(),
            Filters({"publisher": ("gm1",)}, creatiedatum=DateRange(DAYS[1], DAYS[2])),
        ):
            expected = answer(fake, node, filters=filters)
            assert answers(engines, node, filters=filters) == dict.fromkeys(engines, expected), render(node)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered_as_the_fake_does(engines, analysis, typed):
    made = [document("typed", "Nota", typed), document("other", "Nota", "de open norm van 1 a")]
    node = parse(typed).node
    refilled(engines, made)
    expected = answer(fill(FakeIndex(analysis), *made), node)
    assert answers(engines, node) == dict.fromkeys(engines, expected)


NESTED = [
    "(" * MAX_DEPTH + "raad" + ")" * MAX_DEPTH,
    "".join("(raad OR -(landbouw " for _ in range(MAX_DEPTH // 2)) + "norm",
    "".join("-(raad OR (landbouw " for _ in range(MAX_DEPTH // 2)) + "norm",
    "".join("(landbouw OR (raad -(" for _ in range(MAX_DEPTH // 3)) + '"open norm"~3',
    " ".join(f"woord{n}" for n in range(MAX_TERMS)),
    " OR ".join(f"woordregistratie{n}" for n in range(80)),
    f"{'x' * 120}~ raad",
    f"{'xyz' * 50}*",
    '"a b c d e f"~0',
    '"a a b b c c"~0',
    '"a a a"~13',
]


@pytest.mark.parametrize("zoek", NESTED)
def test_what_may_be_asked_is_answered_by_every_engine_however_large_it_is(engines, analysis, zoek):
    made = [
        document("d", "Nota", "de raad over landbouw", "open " + "x" * 121),
        document("e", "Nota", "norm open", "c b a b c a f e d"),
        document("f", "Nota", "a x a x x x a", " ".join(f"woord{n}" for n in range(MAX_TERMS))),
    ]
    refilled(engines, made)
    node = parse(zoek).node
    expected = answer(fill(FakeIndex(analysis), *made), node)
    assert isinstance(expected, tuple)
    assert answers(engines, node) == dict.fromkeys(engines, expected)
