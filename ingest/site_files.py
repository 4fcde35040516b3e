"""Reads back what the writer stored for the site as a whole: sitemaps, the feed of changes, and their lists of files."""

from typing import Any

from woo.domain.errors import WooError
from woo.usecases.platform import Platform


def stored(platform: Platform, naam: str) -> Any:
    """What the public store has by this name; None where there is nothing, or it is damaged: it is written again then."""
    try:
        return platform.public.site(naam)
    except WooError:
        return None
