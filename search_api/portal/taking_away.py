"""The addresses under which everything that a search finds can be taken away, and what comes can be followed."""

from search_api import addresses
from search_api.queries import Values
from woo.exports.feeds import KINDS

_PATH = "/v1/export"
_NOT_TAKEN = frozenset({"na", "vanaf", "aantal", "facetten", "onleesbaar", "moeilijkLeesbaar", "formaat"})
_NOT_FOLLOWED = frozenset({"na", "vanaf", "sorteer", "aantal", "facetten"})


def links(values: Values) -> dict[str, str]:
    """The address of each form of export for the search in these parameters, by the name of the form."""
    pairs = [
        (naam, value)
        for naam, given in values.items()
        if naam not in _NOT_TAKEN
        for value in given
        if (naam, value) != ("sorteer", "relevantie")
    ]
    pairs += [("bestandsformaat", value) for value in values.get("formaat", ())]
    if "onleesbaar" in values or "true" in values.get("moeilijkLeesbaar", ()):
        pairs.append(("moeilijkLeesbaar", "true"))
    return {
        "csv": addresses.with_query(_PATH, [("formaat", "csv"), *pairs, ("scheiding", "puntkomma")]),
        "jsonl": addresses.with_query(_PATH, [("formaat", "jsonl"), *pairs]),
        "zip": addresses.with_query(_PATH, [("formaat", "zip"), *pairs]),
    }


def search_feeds(values: Values) -> dict[str, str]:
    """The address of each kind of feed of the search in these parameters, by media type."""
    pairs = feed_pairs(values)
    return {kind.media_type: addresses.with_query(feed_path(kind.naam), pairs) for kind in KINDS.values()}


def publicatie_feeds(id: str) -> dict[str, str]:
    """The address of each kind of feed of what happens in one dossier, by media type."""
    page = addresses.publicatie(id)
    return {kind.media_type: feed_path(kind.naam, page) for kind in KINDS.values()}


def feed_path(kind: str, below: str = "") -> str:
    """Where a feed of this kind is: of any search, or below the page that it belongs to."""
    return f"{below}/feed.{kind}"


def feed_pairs(values: Values) -> list[tuple[str, str]]:
    """The parameters that say which documents a feed is of."""
    return [(naam, value) for naam, given in values.items() if naam not in _NOT_FOLLOWED for value in given]
