"""What the demo hands over: publications and their documents, with the metadata of the standard."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

AANVULLING = Path(__file__).parent / "waardelijsten.yaml"
"""What the fictional municipality adds to the value lists."""


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """One PDF on disk; `documentsoort` is a code of the value list."""

    bestandsnaam: str
    officiele_titel: str
    documentsoort: str
    creatiedatum: date
    pdf: Path


@dataclass(frozen=True, slots=True)
class DemoPublicatie:
    """One fictional publicatie; `informatiecategorie` is a code of the value list."""

    officiele_titel: str
    omschrijving: str
    informatiecategorie: str
    kenmerk: str
    besluitdatum: date
    publicatiedatum: date
    status: Literal["gepubliceerd", "concept"]
    documenten: tuple[DemoDocument, ...]
