"""Charges a visitor for what turns out to cost more than its address tells."""

from starlette.requests import Request

CHARGE = "woo.charge"
"""Where the limiter leaves, in the scope of a request, the function that takes points."""


def charge(request: Request, points: int) -> None:
    """Charge more for a request whose cost shows only now; raises the 429 and takes nothing when it is too much."""
    found = request.scope.get(CHARGE)
    if found is not None:
        found(points)
