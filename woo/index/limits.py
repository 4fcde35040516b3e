"""How much one query may ask, so that no engine is kept busy for long: the embedded one cannot stop halfway."""

MIN_PREFIX = 3
"""Letters that stand before a `*`."""

MAX_BETWEEN = 100
"""Other words that may stand between words near each other."""

MAX_ARRANGEMENTS = 1_400
"""Ways in which three or more words may stand near each other; what an engine without such a query must try."""

MAX_NEAR_COST = 2 * MAX_ARRANGEMENTS
"""The same for all proximities of one query together; each counts for one at least."""

MAX_EXPANDING = 20
"""Words with `*` or `~` in one query; each may stand for any number of words of the index."""
