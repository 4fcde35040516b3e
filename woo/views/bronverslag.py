"""The report about a publisher for people: its judgement and its findings in groups, the most serious first."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

OORDELEN = {
    "goed": "De landelijke index kan deze website ophalen. Wij zagen geen fouten.",
    "fouten": "De landelijke index kan deze website ophalen, maar mist documenten of gegevens.",
    "niets": "De landelijke index kan (een deel van) deze website niet ophalen.",
}
"""The judgement in one sentence, by its code."""

ZWAARTEN = {
    "niets": "Hierdoor wordt er niets opgehaald",
    "documenten": "Hierdoor mist de landelijke index documenten of gegevens",
    "opmerking": "Dit kan beter",
}
"""How bad findings are, by their code."""


def groups(verslag: Mapping[str, Any]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """The findings of a report by how bad they are, each group with its heading."""
    return [
        (ZWAARTEN[zwaarte], list(found))
        for zwaarte, found in groupby(verslag["bevindingen"], key=lambda each: each["zwaarte"])
    ]
