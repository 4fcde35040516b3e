"""What is asked and answered about words in the text of concepts."""

import re
from typing import Self

from pydantic import Field

from publisher.inputs import QueryInput
from publisher.schemas import Answer
from woo.registry import teksten

_AROUND = 120
"""Characters of the text on either side of the first word."""


class Woorden(QueryInput):
    """De woorden die u zoekt."""

    zoek: str = Field(
        min_length=1,
        max_length=200,
        description="Elk woord moet op dezelfde pagina staan; minstens één van drie tekens of meer.",
    )


class Tekstvondst(Answer):
    """Een document waarin de woorden staan."""

    document: str
    officiele_titel: str
    publicatie: str
    publicatie_titel: str
    pagina: int = Field(description="De eerste pagina waarop ze alle staan.")
    paginas: int = Field(description="Op hoeveel pagina's ze alle staan.")
    voor: str = Field(description="Wat er voor het eerste woord staat.")
    woord: str = Field(description="Het eerste woord zoals het er staat.")
    na: str = Field(description="Wat erna staat.")

    @classmethod
    def of(cls, vondst: teksten.Vondst, zoek: str) -> Self:
        voor, woord, na = around(vondst.tekst, zoek)
        return cls(
            document=vondst.document.id,
            officiele_titel=vondst.document.officiele_titel,
            publicatie=vondst.publicatie.id,
            publicatie_titel=vondst.publicatie.officiele_titel,
            pagina=vondst.pagina,
            paginas=vondst.paginas,
            voor=voor,
            woord=woord,
            na=na,
        )


class Tekstvondsten(Answer):
    """Wat er is gevonden."""

    resultaten: list[Tekstvondst]
    meer: bool = Field(description="Of er meer te vinden is: zoek dan preciezer.")
    gezocht: int = Field(description="In hoeveel documenten is gezocht: de laatst gewijzigde van concepten.")
    alles: bool = Field(description="Of dat alle documenten van concepten zijn.")

    @classmethod
    def of(cls, found: teksten.Vondsten, zoek: str) -> Self:
        return cls(
            resultaten=[Tekstvondst.of(each, zoek) for each in found.vondsten],
            meer=found.afgekapt,
            gezocht=found.gezocht,
            alles=found.alles,
        )


def around(tekst: str, zoek: str) -> tuple[str, str, str]:
    """What stands before the first word that was asked for, the word as it stands there, and what comes after."""
    words = "|".join(re.escape(word) for word in zoek.split())
    found = re.search(words, tekst, re.IGNORECASE)
    at, length = (0, 0) if found is None else (found.start(), len(found[0]))
    before, after = tekst[max(at - _AROUND, 0) : at], tekst[at + length : at + length + _AROUND]
    return (
        ("…" if at > _AROUND else "") + _one_line(before),
        tekst[at : at + length],
        _one_line(after) + ("…" if at + length + _AROUND < len(tekst) else ""),
    )


def _one_line(text: str) -> str:
    """The text without line ends; a space at either end stays."""
    inside = " ".join(text.split())
    return (" " if text[:1].isspace() else "") + inside + (" " if inside and text[-1:].isspace() else "")
