"""What the demo hands over: publications and their documents, with the metadata of the standard."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ingest.demo.verzoek import DemoVerzoek
    from woo.domain.document import Documentrol
    from woo.domain.inventaris import Inventarisregel

AANVULLING = Path(__file__).parent / "waardelijsten.yaml"
"""What the fictional municipality adds to the value lists."""


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """One PDF on disk; `documentsoort` is a code of the value list, `nummer` that of its row in the inventory.

    `rol` is what it is within a decision, None for the documents that the decision is about.
    """

    bestandsnaam: str
    officiele_titel: str
    documentsoort: str
    creatiedatum: date
    pdf: Path
    nummer: str | None = None
    rol: "Documentrol | None" = None


@dataclass(frozen=True, slots=True)
class DemoPublicatie:
    """One fictional publicatie; `informatiecategorie` and `themas` are codes of the value lists.

    `regels` is the inventory of its decision, `verzoek` the request that it was taken on, `velden` the values of the fields
    that its category asks for.
    """

    officiele_titel: str
    omschrijving: str
    informatiecategorie: str
    kenmerk: str
    besluitdatum: date
    publicatiedatum: date
    status: Literal["gepubliceerd", "concept"]
    documenten: tuple[DemoDocument, ...]
    regels: "tuple[Inventarisregel, ...]" = ()
    verzoek: "DemoVerzoek | None" = None
    velden: Mapping[str, str] = field(default_factory=dict)
    themas: tuple[str, ...] = ()
