"""Find every suggestion for the metadata of one document in its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from ingest.metadata.datum import creatiedatum
from ingest.metadata.gronden import gronden
from ingest.metadata.kenmerk import kenmerk
from ingest.metadata.onderwerp import onderwerp
from ingest.metadata.organisatie import Organisaties, bestuursorgaan
from ingest.metadata.soort import documentsoort
from ingest.metadata.splitsing import splitsing
from ingest.metadata.taal import taal
from ingest.metadata.tekst import Tekst
from ingest.metadata.titel import titel
from ingest.metadata.verzoek import verzoekdatum
from ingest.metadata.wetten import wetten
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.document import Voorstel

ZEKER_GENOEG = 0.8
"""A field is filled by a suggestion that is at least this sure; docs/metadata.md has the figures behind it."""
_NOTHING: Mapping[int, float] = MappingProxyType({})
_MOST_PAGE = 20_000
"""What is looked at of one page; a page of paper holds a quarter of it."""


@dataclass
class Zoeker:
    """Looks for suggestions with the value lists of one installation; safe to use from several threads."""

    lijsten: Waardelijsten

    @cached_property
    def _organisaties(self) -> Organisaties:
        return Organisaties(self.lijsten.organisaties)

    def suggestions(
        self,
        pages: Sequence[str],
        *,
        naam: str,
        vandaag: date,
        is_tabel: bool = False,
        herkend: Mapping[int, float] = _NOTHING,
    ) -> tuple[Voorstel, ...]:
        """Everything found, by field, the surest first.

        Args:
            pages: The cleaned text of every page, in order; empty where there is none.
            naam: The name of the file.
            vandaag: No date may be later.
            herkend: How sure (0..1) the text of a page was recognised, by its number; what was found on it is as much less sure.
            is_tabel: Whether it is a sheet: what stands behind `Datum` there is of a row, not of the document.
        """
        tekst = Tekst([page[:_MOST_PAGE] for page in pages], naam, vandaag, is_tabel)
        found = (
            *titel(tekst),
            *documentsoort(tekst, self.lijsten.documentsoorten),
            *creatiedatum(tekst),
            *verzoekdatum(tekst),
            *kenmerk(tekst),
            *bestuursorgaan(tekst, self._organisaties),
            *taal(tekst),
            *gronden(tekst),
            *wetten(tekst),
            *onderwerp(tekst),
            *splitsing(tekst),
        )
        return tuple(_as_read(voorstel, herkend) for voorstel in found)


def _as_read(voorstel: Voorstel, herkend: Mapping[int, float]) -> Voorstel:
    share = 1.0 if voorstel.pagina is None else herkend.get(voorstel.pagina, 1.0)
    return replace(voorstel, zekerheid=round(voorstel.zekerheid * share, 2))
