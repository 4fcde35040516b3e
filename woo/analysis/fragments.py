"""Cuts the best pieces around marked words out of a text, ready to be shown on one line."""

import re
from bisect import bisect_right
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
_EMPTY = r"\s\x00-\x1f\x7f-\x9f\ud800-\udfff"  # what is shown as a space
_GAPS = re.compile(rf"[{_EMPTY}]{{2,}}|(?! )[{_EMPTY}]")  # one space is no gap
_AT_EDGE = re.compile(rf"[{_EMPTY}]+")
_BEFORE_CUT = re.compile(rf"[,;:…{_EMPTY}]+")  # in place of these comes the sign of the cut
_SHOWN = re.compile(rf"[^{_EMPTY}]")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a text on one line; `marks` are offsets in its own `text`.

    White space, control characters and lone surrogates are one space, words broken at the end of a line are made
    whole, and an end where text was left out carries "…", with a space unless a word was cut.
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
        left, right = _best_stretch(marks, names, free, shown, length)
        picks.append((marks[left][0], marks[right][1]))
        shown.update(names[left : right + 1])
        near = (marks[left][0] - length // 2, marks[right][1] + length // 2)
        for place, (start, end) in enumerate(marks):
            if start < near[1] and end > near[0]:
                free[place] = False
    return picks


def _best_stretch(
    marks: Spans, names: list[str], free: list[bool], shown: set[str], length: int
) -> tuple[int, int]:
    """Find the best of all stretches of free marks that fit in `length`: the first and the last mark of it."""
    best, best_score = (0, 0), (-1, -1)
    inside: dict[str, int] = {}  # how often each word stands in the stretch
    unseen = 0
    right = -1  # the last mark that was taken in
    for left, is_free in enumerate(free):
        if is_free:
            while right < left or (
                right + 1 < len(marks) and free[right + 1] and marks[right + 1][1] - marks[left][0] <= length
            ):
                right += 1
                if names[right] not in inside:
                    unseen += names[right] not in shown
                inside[names[right]] = inside.get(names[right], 0) + 1
            if (unseen, len(inside)) > best_score:
                best, best_score = (left, right), (unseen, len(inside))
            inside[names[left]] -= 1
            if not inside[names[left]]:
                del inside[names[left]]
                unseen -= names[left] not in shown
        else:
            right = left
    return best


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
    start, end, before, after = _edges(text, window, marks)
    line = _Line(analysis, text[start:end])
    shown = (
        (max(a, start), min(b, end))
        for a, b in marks
        if (start <= a and b <= end) or (b - a > _LONGEST_WORD and a < end and start < b)
    )
    inside = ((line.place(a - start) + len(before), line.place(b - start) + len(before)) for a, b in shown)
    return Fragment(before + line.text + after, tuple((a, b) for a, b in inside if a < b))


def _edges(text: str, window: tuple[int, int], marks: Spans) -> tuple[int, int, str, str]:
    """Trim a window, and say what is written before and after it: nothing, or that text was left out."""
    start, end = window
    if edge := _AT_EDGE.match(text, start, end):
        start = edge.end()
    end -= _length_at_end(_AT_EDGE, text[start:end])
    before = after = ""
    if _SHOWN.search(text, 0, start):
        before = f"{_CUT} " if start < end and _AT_EDGE.match(text, start - 1) else _CUT
    if _SHOWN.search(text, end):
        after = f" {_CUT}" if start < end and _AT_EDGE.match(text, end) else _CUT
        last = max((b for _, b in marks if b <= end), default=0)
        end -= _length_at_end(_BEFORE_CUT, text[max(start, last) : end])
    return start, end, before, after


def _length_at_end(pattern: re.Pattern[str], piece: str) -> int:
    found = pattern.match(piece[::-1])
    return found.end() if found else 0


class _Line:
    """A piece of text on one line; `place` tells where an offset of the piece is in it."""

    def __init__(self, analysis: DutchAnalysis, piece: str) -> None:
        self._gaps = _gaps(analysis, piece)
        self._starts = [start for start, _, _ in self._gaps]
        self._sizes: list[int] = []
        parts: list[str] = []
        done = size = 0
        for start, end, shown in self._gaps:
            self._sizes.append(size := size + start - done)
            parts += (piece[done:start], shown)
            size += len(shown)
            done = end
        self.text = "".join(parts) + piece[done:]

    def place(self, offset: int) -> int:
        """Give the new place of an offset; one inside what was replaced moves to its start."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        _, end, shown = self._gaps[at]
        return self._sizes[at] + (len(shown) + offset - end if offset >= end else 0)


def _gaps(analysis: DutchAnalysis, piece: str) -> list[tuple[int, int, str]]:
    """List what is replaced in a piece, in order: where it starts, where it ends, and what comes instead."""
    gaps = [(*match.span(), " ") for match in _GAPS.finditer(piece)]
    if not LINE_BREAK.search(piece):
        return gaps
    breaks = [
        (*match.span(), "")
        for token in analysis.tokens(piece)
        for match in LINE_BREAK.finditer(piece, token.start, token.end)
    ]
    outside = [gap for gap in gaps if not any(start < gap[0] < end for start, end, _ in breaks)]
    return sorted(outside + breaks)
