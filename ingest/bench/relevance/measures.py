"""How good one order of answers is, by the grades that people gave: nDCG and recall."""

from collections.abc import Mapping, Sequence
from math import log2

TOP = 10
DEPTH = 100


def ndcg(found: Sequence[str], grades: Mapping[str, int], *, top: int = TOP) -> float:
    """Return the discounted gain of the first `top` answers beside that of the best order there is (0..1).

    The gain of a grade g is 2^g - 1, divided by log2(rank + 1): Burges et al., Learning to Rank using Gradient Descent
    (2005). What has no grade gains nothing.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:top])
    return _gain([grades.get(id, 0) for id in found[:top]]) / best


def recall(found: Sequence[str], grades: Mapping[str, int], *, depth: int = DEPTH) -> float:
    """Return the share of all answers that are among the first `depth` (0..1)."""
    return len(set(found[:depth]) & grades.keys()) / len(grades)


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1.0) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))
