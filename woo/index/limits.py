"""How much one query may ask, so that no engine is kept busy for long: the embedded one cannot stop halfway."""

MIN_PREFIX = 3
"""Letters that stand before a `*`."""

MAX_BETWEEN = 100
"""Other words that may stand between words near each other."""

MAX_ARRANGEMENTS = 720
"""Ways in which three or more words may stand near each other, in one query together.

The embedded engine has no such query and tries each way. With the most frequent words of 800 documents of ten pages a hundred
ways take about half a second of one core.
"""

MAX_EXPANDING = 20
"""Words with `*` or `~` in one query; each may stand for any number of words of the index."""
