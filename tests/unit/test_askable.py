"""What would cost an engine too much is searched as plain words, with a hint; the rest stays as it was asked."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from woo.analysis import DutchAnalysis
from woo.index.askable import askable, short_prefix, too_far, too_many
from woo.index.compiler import compile_query
from woo.index.limits import MAX_EXPANDING
from woo.index.parse import MAX_TERMS, parse
from woo.index.query import And, Or, Phrase, Prefix, Word


@pytest.fixture(scope="module")
def analysis(root):
    return DutchAnalysis.load(root / "config" / "zoeken")


@pytest.mark.parametrize(
    ("text", "node", "hint"),
    [
        ("ab*", Word("ab"), short_prefix()),
        ("raad titel:a*", And((Word("raad"), Word("a", "titel"))), short_prefix()),
        ('"a b"~101', And((Word("a"), Word("b"))), too_far()),
        ('raad OR "een twee drie vier vijf zes zeven"~0', None, too_far()),
        (" ".join(f"woord{n}*" for n in range(MAX_EXPANDING + 1)), None, too_many()),
        (" ".join(f"woord{n}~" for n in range(MAX_EXPANDING + 1)), None, too_many()),
        ('"a b c d e f"~0 ' * 5, None, too_far()),
        ('"a a"~100 ' * 20, None, too_far()),
        (f'"{"a " * 12}"~0', None, too_far()),
    ],
)
def test_what_costs_too_much_is_searched_as_plain_words_with_a_hint(analysis, text, node, hint):
    with pytest.raises(Exception, match="zoek"):
        compile_query(parse(text).node, analysis)
    found = askable(parse(text), analysis)
    assert hint in found.hints
    assert node in (None, found.node)
    compile_query(found.node, analysis)


@pytest.mark.parametrize(
    "text", ["", "raad", '"x y" "a b c d e f"~0', "woo*", "stikstf~", '"a b"~100', "-(a OR woo*)", "5.1.2*"]
)
def test_what_can_be_asked_stays_as_it_is(analysis, text):
    assert askable(parse(text), analysis) == parse(text)
    compile_query(parse(text).node, analysis)


def test_only_what_is_over_the_limit_changes(analysis):
    text = " OR ".join(f"woord{n}*" for n in range(MAX_EXPANDING + 1))
    found = askable(parse(text), analysis).node
    assert isinstance(found, Or)
    assert found.delen[-1] == Word(f"woord{MAX_EXPANDING}")
    assert all(isinstance(deel, Prefix) for deel in found.delen[:-1])


def test_words_that_would_be_more_than_a_query_may_have_become_a_phrase(analysis):
    text = '"a b c d e f g h"~90 ' + "raad " * (MAX_TERMS - 2)
    found = askable(parse(text), analysis)
    assert found.node.delen[0] == Phrase("a b c d e f g h")
    assert parse(found.opgevat_als).node == found.node


_PIECES = 'woo raad a -b NOT OR ( ) " * ~ ~9 ~99 ~999 : titel: datum:2023 5.1.2e e:f*'.split()
_typed = st.lists(st.sampled_from([*_PIECES, " ", "é"]), max_size=60).map("".join)


@given(st.one_of(st.text(max_size=80), _typed))
@example("titel:\"a b(c OR 'd' e f g h\"~99")
@example('"OR NOT AND a b c d"~99 titel:"-x y z NIET v w u"~9')
@example("titel:a:b* x:y:z*")
def test_any_text_becomes_a_question_that_can_be_asked_and_reads_back_the_same(analysis, text):
    found = askable(parse(text), analysis)
    compile_query(found.node, analysis)
    assert askable(found, analysis) == found
    again = parse(found.opgevat_als)
    assert (again.node, again.opgevat_als) == (found.node, found.opgevat_als)
