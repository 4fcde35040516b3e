"""What a request costs, in points: about the milliseconds of one core that a large collection asks for it."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """The points of a request, and whether it keeps working while its answer is being sent."""

    points: int
    streams: bool = False


_FREE = Cost(0)
_READ = Cost(2)
_SEARCH = Cost(5)
_WHOLE = Cost(60, streams=True)
_MANY = Cost(20)
_SEND = Cost(20)
_DRAW = Cost(75)
"""A PDF of few rows; more rows cost more, which shows only when they were counted (search_api.inventaris_pdf)."""

_TABLE = (
    (re.compile(r"/(?:static/.*|gezondheid(?:/.*)?|robots\.txt|\.well-known/.*)"), _FREE),
    (re.compile(r"/v1/suggesties|/v1/waardelijsten/.*|/v1/openapi\.json"), Cost(1)),
    (re.compile(r"(?:/v1)?/publicaties/[^/]+/inventaris\.pdf"), _DRAW),
    (re.compile(r"/v1/export|/v1/publicaties/[^/]+/(?:zip|inventaris\..*)"), _WHOLE),
    (re.compile(r"/v1/wijzigingen"), _MANY),
    (re.compile(r"/v1/documenten/.*|/documenten/.*"), _READ),
    (
        re.compile(r"/|/sitemaps/.*|/publicaties(?:/.*)?|/v1/(?:documenten|publicaties)(?:/.*)?|/feed\..*"),
        _SEARCH,
    ),
)


def cost_of(method: str, path: str) -> Cost:
    """The cost of a request by its address alone; what is not on the list costs as much as reading."""
    if method == "POST":
        return _SEND
    if method == "OPTIONS":
        return _FREE
    return next((cost for pattern, cost in _TABLE if pattern.fullmatch(path)), _READ)
