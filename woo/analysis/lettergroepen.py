"""Makes config/zoeken/lettergroepen.txt: `python -m woo.analysis.lettergroepen TEXT_FOLDER PROFILE... > lettergroepen.txt`.

TEXT_FOLDER holds Dutch texts (*.md; ours were Dutch laws, which nobody has copyright in: Auteurswet, article 11), each PROFILE the
n-gram counts of a language as the package langdetect has them (JSON, `freq`; Apache-2.0). Only numbers are taken from them.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from woo.analysis.folding import fold
from woo.analysis.leesbaarheid import EDGE, MOST_WEIGHT, groups_of, words_of

_RAREST = 2e-6
"""Share of all groups of a language below which a group has no weight."""
_MOST_OFTEN = 4e-3

_HEAD = """\
# Groups of three letters with their weight (1 to 9): how often they are written in Dutch, English, German or French.
# `_` is the edge of a word. Made by woo/analysis/lettergroepen.py, used by woo/analysis/leesbaarheid.py.
"""


def main(arguments: Sequence[str]) -> None:
    """Print the file."""
    folder, *profiles = arguments
    counts = [_of_texts(sorted(Path(folder).rglob("*.md")))]
    counts += [_of_profile(Path(path)) for path in profiles]
    sys.stdout.write(_HEAD)
    for weight, groups in sorted(_by_weight(counts).items(), reverse=True):
        for start in range(0, len(groups), 30):
            sys.stdout.write(f"{weight} {' '.join(groups[start : start + 30])}\n")


def _of_texts(paths: Iterable[Path]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for path in paths:
        for word in words_of(path.read_text(encoding="utf-8")):
            counts.update(groups_of(word))
    return counts


def _of_profile(path: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for group, count in json.loads(path.read_text(encoding="utf-8"))["freq"].items():
        known = fold(group.strip())
        if len(group) == 3 and known.isalpha():
            edged = f"{EDGE if group[0] == ' ' else ''}{known}{EDGE if group[-1] == ' ' else ''}"
            if len(edged) == 3:
                counts[edged] += count
    return counts


def _by_weight(languages: Iterable[Counter[str]]) -> dict[int, list[str]]:
    weights: dict[str, int] = {}
    for counts in languages:
        total = counts.total()
        for group, count in counts.items():
            part = math.log(count / total / _RAREST) / math.log(_MOST_OFTEN / _RAREST)
            weight = min(math.ceil(part * MOST_WEIGHT), MOST_WEIGHT)
            if weight > 0:
                weights[group] = max(weight, weights.get(group, 0))
    found: dict[int, list[str]] = {}
    for group, weight in sorted(weights.items()):
        found.setdefault(weight, []).append(group)
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
