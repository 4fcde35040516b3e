"""How many results of one search belong to each publication on the page, so that a visitor can go on within one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search_api.parts import Parts
from search_api.searching import Answer

MOST_COUNTED = 10_000
"""Results up to which they are counted per publication: beyond it an engine may have too many publications to count."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """The publication of a result: how many results it has in all (None: not counted), and whether it is shown first here."""

    totaal: int | None
    eerste: bool


def dossiers(answer: Answer, parts: Parts) -> Mapping[str, Dossier]:
    """Return what is known of the publication of each result, by the id of the result.

    The counts are exact: the same question, counted by the engine. A page with one result per publication costs the same.
    """
    ids = [found.kaart["publicatie"]["id"] for found in answer.found]
    counts = _counts(answer, parts) if ids else {}
    seen: set[str] = set()
    told: dict[str, Dossier] = {}
    for found, id in zip(answer.found, ids, strict=True):
        told[found.kaart["id"]] = Dossier(counts.get(id), id not in seen)
        seen.add(id)
    return told


def _counts(answer: Answer, parts: Parts) -> dict[str, int]:
    query = answer.question.query
    if answer.totaal > MOST_COUNTED or query.filters.waarden.get("publicatie"):
        return {}
    question = replace(query, aantal=1, na=None, paginas=0, facetten=("publicatie",))
    results = parts.index.search(question, excluded=parts.gate.excluded())
    return {each.waarde: each.aantal for each in results.facetten["publicatie"]}
