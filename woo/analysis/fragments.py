"""Cuts the best pieces around marked words out of a text, ready to be shown on one line."""

import re
from collections import Counter
from dataclasses import dataclass

from woo.analysis.dutch import DutchAnalysis
from woo.analysis.patterns import LINE_BREAK

Spans = tuple[tuple[int, int], ...]

_MOST_MARKS = 5_000  # fragments are chosen among the first so many
_LONGEST_WORD = 200  # a marked word is shown whole up to this length, whatever the length of the fragment
_CUT = "…"
_SENTENCE_START = re.compile(r"[.!?:;][\"'”’)\]]?\s+(?=\S)|\n\s*\n\s*(?=\S)")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]?(?=\s)")
_SPACE = re.compile(r"\s")
_GAPS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a text on one line; `marks` are offsets in its own `text`.

    White space, control characters and lone surrogates are one space, words broken at the end of a line are made
    whole, and an end where text was left out carries "…".
    """

    text: str
    marks: tuple[tuple[int, int], ...]


def cut_fragments(
    analysis: DutchAnalysis, text: str, marks: Spans, *, length: int, count: int
) -> tuple[Fragment, ...]:
    """Cut the best `count` pieces of about `length` characters, in reading order.

    Raises:
        ValueError: `length` is below 20 or `count` below 1.
    """
    if length < 20 or count < 1:
        raise ValueError(
            f"Fragments need a length of 20 or more and a count of 1 or more, not {length}, {count}."
        )
    if not marks:
        windows = [_widen(text, (0, 0), length)] if text.strip() else []
    else:
        first = marks[:_MOST_MARKS]
        written = {text[a:b] for a, b in first}
        names = {word: analysis.streams(word).stam for word in written}
        picks = _picks(first, [names[text[a:b]] for a, b in first], length, count)
        windows = [_widen(text, pick, length) for pick in picks]
    return tuple(_fragment(analysis, text, window, marks) for window in _apart(windows))


def _picks(marks: Spans, names: list[str], length: int, count: int) -> list[tuple[int, int]]:
    """Choose stretches of marks: each time the one with the most words not shown yet, then the most words."""
    free = [True] * len(marks)
    shown: set[str] = set()
    picks: list[tuple[int, int]] = []
    while len(picks) < count and any(free):
        best, best_score = (0, 0), (-1, -1)
        for left, right, inside in _stretches(marks, names, free, length):
            score = (len(inside.keys() - shown), len(inside))
            if score > best_score:
                best, best_score = (left, right), score
        left, right = best
        picks.append((marks[left][0], marks[right][1]))
        shown.update(names[left : right + 1])
        near = (marks[left][0] - length // 2, marks[right][1] + length // 2)
        for place, (start, end) in enumerate(marks):
            if start < near[1] and end > near[0]:
                free[place] = False
    return picks


def _stretches(
    marks: Spans, names: list[str], free: list[bool], length: int
) -> list[tuple[int, int, Counter[str]]]:
    """List, per free mark, the longest run of free marks from it that fits in `length`."""
    found: list[tuple[int, int, Counter[str]]] = []
    inside: Counter[str] = Counter()
    right = -1
    for left in range(len(marks)):
        if not free[left]:
            right, inside = left, Counter()
            continue
        if right < left:
            right, inside = left, Counter([names[left]])
        while right + 1 < len(marks) and free[right + 1] and marks[right + 1][1] - marks[left][0] <= length:
            right += 1
            inside[names[right]] += 1
        found.append((left, right, +inside))
        inside[names[left]] -= 1
    return found


def _widen(text: str, pick: tuple[int, int], length: int) -> tuple[int, int]:
    """Widen a stretch to about `length`: from a sentence's start where near, else from a word; to a word's end."""
    start, end = pick[0], min(pick[1], pick[0] + max(length, _LONGEST_WORD))
    spare = max(length - (end - start), 0)
    from_ = _start(text, start, spare // 2 if start else 0)
    to = _end(text, end, max(length - (end - from_), 0))
    if to == len(text):
        from_ = min(from_, _start(text, start, max(length - (to - start), 0)))
    return from_, to


def _start(text: str, start: int, spare: int) -> int:
    lowest = max(start - spare, 0)
    if lowest == 0:
        return 0
    ahead = text[lowest:start]
    sentence = next(_SENTENCE_START.finditer(ahead), None)
    if sentence is not None:
        return lowest + sentence.end()
    space = None if _SPACE.match(text[lowest - 1]) else _SPACE.search(ahead)
    if space is None:
        return lowest if _SPACE.match(text[lowest - 1]) else start
    return lowest + space.end()


def _end(text: str, end: int, spare: int) -> int:
    highest = min(end + spare, len(text))
    if highest == len(text):
        return highest
    after = text[end:highest]
    sentences = [match.end() for match in _SENTENCE_END.finditer(after)]
    if sentences and sentences[-1] >= len(after) * 2 // 3:
        return end + sentences[-1]
    if _SPACE.match(text[highest]):
        return highest
    spaces = [match.start() for match in _SPACE.finditer(after)]
    return end + (spaces[-1] if spaces else 0)


def _apart(windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put the windows in reading order and join those that overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _fragment(analysis: DutchAnalysis, text: str, window: tuple[int, int], marks: Spans) -> Fragment:
    """Write a window on one line and move its marks along."""
    start, end = window
    piece = text[start:end].rstrip()
    start += len(piece) - len(piece := piece.lstrip())
    end = start + len(piece)
    line, moved = _on_one_line(piece, _gaps(analysis, piece))
    before = _CUT if text[:start].strip() else ""
    after = _CUT if text[end:].strip() else ""
    shown = (
        (max(a, start), min(b, end))
        for a, b in marks
        if (start <= a and b <= end) or (b - a > _LONGEST_WORD and a < end and start < b)
    )
    inside = ((moved[a - start] + len(before), moved[b - start] + len(before)) for a, b in shown)
    return Fragment(before + line + after, tuple((a, b) for a, b in inside if a < b))


def _gaps(analysis: DutchAnalysis, piece: str) -> dict[int, tuple[int, str]]:
    """List what is replaced in a piece: where it starts, where it ends, and what comes instead."""
    gaps = {match.start(): (match.end(), " ") for match in _GAPS.finditer(piece)}
    for token in analysis.tokens(piece) if "\n" in piece else ():
        for match in LINE_BREAK.finditer(piece, token.start, token.end):
            gaps[match.start()] = (match.end(), "")
    return gaps


def _on_one_line(piece: str, gaps: dict[int, tuple[int, str]]) -> tuple[str, list[int]]:
    """Replace the gaps; also give the new place of each old offset."""
    out: list[str] = []
    moved: list[int] = []
    size = at = 0
    while at < len(piece):
        end, shown = gaps.get(at, (at + 1, piece[at]))
        moved.extend([size] * (end - at))
        out.append(shown)
        size += len(shown)
        at = end
    return "".join(out), [*moved, size]
