"""A check of what another publisher shows: asked for at the desk, done by the worker, and public when somebody says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Broncontrole:
    """One check of an address (`https://open.voorbeeld.nl`); `verslag` is its report as JSON values once it was done.

    `fout` says why it could not be done after all attempts. `openbaar_op` is when its report was made public.
    """

    id: str
    adres: str
    gevraagd_op: datetime
    klaar_op: datetime | None = None
    verslag: Mapping[str, Any] | None = None
    fout: str | None = None
    pogingen: int = 0
    openbaar_op: datetime | None = None
