"""The shape of a table of words: how a reason of the domain begins, and what people read."""

from collections.abc import Sequence

Woorden = Sequence[tuple[str, str]]
