"""nDCG and recall as they are worked out by hand, and files of questions that are refused."""

from math import log2
from pathlib import Path

import pytest

from ingest.bench.relevance.judged import question, read_judged
from ingest.bench.relevance.measures import ndcg, recall
from ingest.bench.relevance.verzamelingen import collections_of
from woo.domain.errors import InvalidValue
from woo.index.query import Or, Word

GRADES = {"a": 3, "b": 1}


def test_the_best_order_is_one_and_any_other_less():
    assert ndcg(["a", "b", "x"], GRADES) == 1
    assert ndcg(["b", "a"], GRADES) == pytest.approx((1 + 7 / log2(3)) / (7 + 1 / log2(3)))
    assert ndcg(["x"] * 10 + ["a"], GRADES) == 0


def test_recall_counts_the_answers_within_the_depth():
    assert recall(["x", "a", "b"], GRADES) == 1
    assert recall(["x", "a", "b"], GRADES, depth=2) == 0.5


def test_a_sentence_may_ask_for_any_of_its_words():
    assert question("raad besluit", "k", {"a": 1}, any_word=True).zoek == Or((Word("raad"), Word("besluit")))
    assert question("raad", "k", {"a": 1}, any_word=True).zoek == Word("raad")


@pytest.mark.parametrize(
    ("vraag", "named"),
    [("{nota: 4}", "4"), ("{onbekend: 1}", "onbekend"), ("{}", "raad")],
)
def test_a_question_that_cannot_be_judged_is_refused_by_name(tmp_path: Path, vraag: str, named: str):
    file = tmp_path / "vragen.yaml"
    file.write_text(
        f"documenten: {{nota: {{sha256: '0'}}}}\nvragen: [{{zoek: raad, soort: k, antwoorden: {vraag}}}]"
    )
    with pytest.raises(InvalidValue, match=named):
        read_judged(file)


def test_collections_that_are_not_there_are_left_out(tmp_path: Path):
    assert collections_of(tmp_path) == ()
    folder = tmp_path / "retrieval" / "woopenbaar"
    folder.mkdir(parents=True)
    (folder / "v1_benchmark.json").write_text('[{"question": "Wie besluit?", "context": "De raad besluit."}]')
    [one] = collections_of(tmp_path)
    assert one.questions[0].antwoorden == {one.entries[0].id: 3}
