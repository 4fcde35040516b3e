"""The public reports about what other publishers show; what a visitor names is never fetched."""

from collections.abc import Mapping
from typing import Any

from search_api.parts import Parts
from woo.domain.errors import Unavailable
from woo.storage.port import BRONNEN


def bronverslagen(parts: Parts) -> Mapping[str, Any]:
    """Return `bijgewerktOp` and `verslagen`, the newest first; raises Unavailable when nothing was shown yet."""
    found = parts.store.site(BRONNEN)
    if found is None:
        raise Unavailable("the reports about publishers", "the worker has not shown them yet")
    return found
