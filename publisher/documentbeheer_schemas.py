"""What goes in and out of the API where documents are looked after: many at once, order, relations, suggestions, versions."""

from datetime import datetime
from typing import Self

from pydantic import Field, StrictInt

from publisher.inputs import BodyInput, Code, Dag, Kenmerk, Omschrijving
from publisher.schemas import Answer
from woo.domain import document as documents
from woo.domain.document import Relatiesoort
from woo.registry import Bestandsversie
from woo.usecases.document_gegevens import MOST


class SamenWijzigen(BodyInput):
    """Welke documenten dezelfde waarden krijgen; wat u niet noemt blijft zoals het is, `null` maakt een veld leeg."""

    ids: list[Code] = Field(min_length=1, max_length=MOST, title="Documenten")
    omschrijving: Omschrijving | None = Field(default=None, title="Omschrijving")
    kenmerk: Kenmerk | None = Field(default=None, title="Kenmerk")
    documentsoort: Code | None = Field(default=None, title="Documentsoort")
    creatiedatum: Dag | None = Field(default=None, title="Datum")
    taal: Code | None = Field(default=None, title="Taal")

    def changes(self) -> dict[str, object]:
        """The fields that were named, with their values."""
        return {name: value for name, value in self.given().items() if name != "ids"}


class Volgorde(BodyInput):
    """Alle documenten van de publicatie, in de volgorde die u wilt."""

    ids: list[Code] = Field(min_length=1, max_length=100_000, title="Volgorde")


class Plaats(BodyInput):
    """De plaats van één document; de andere schuiven op."""

    volgnummer: StrictInt = Field(ge=1, le=1_000_000)


class NieuweRelatie(BodyInput):
    """Hoe dit document bij een ander hoort."""

    soort: Relatiesoort = Field(
        title="Relatie", description="`c_05f4a5f3`: heeft als bijlage; `c_07748060`: is een reactie op."
    )
    naar: Code = Field(title="Ander document", description="Het id van het andere document.")


class Overnemen(BodyInput):
    """Een voorstel dat u overneemt."""

    veld: Code = Field(title="Veld")
    waarde: Code = Field(title="Waarde")


class Gewijzigd(Answer):
    """Hoeveel documenten zijn gewijzigd."""

    gewijzigd: int


class Relatie(Answer):
    """Dat een document bij een ander hoort; `omgekeerd` als het andere document de relatie heeft."""

    soort: str
    document_id: str
    omgekeerd: bool
    gelijkenis: float | None
    met_de_hand: bool = Field(description="Of een mens de relatie heeft gelegd.")

    @classmethod
    def of(cls, relatie: documents.Relatie, id: str) -> Self:
        """The relation as document `id` has it."""
        return cls(
            soort=relatie.soort.value,
            document_id=relatie.naar if relatie.van == id else relatie.van,
            omgekeerd=relatie.naar == id,
            gelijkenis=relatie.gelijkenis,
            met_de_hand=relatie.met_de_hand,
        )


class Relaties(Answer):
    """Alle relaties van een document."""

    relaties: list[Relatie]


class Voorstel(Answer):
    """Een waarde die een programma vond."""

    veld: str
    waarde: str
    zekerheid: float
    bron: str
    pagina: int | None


class Voorstellen(Answer):
    """Wat programma's vonden voor de gegevens van een document."""

    voorstellen: list[Voorstel]


class Versie(Answer):
    """Een bestand dat het document heeft of had."""

    versie: int
    vanaf: datetime
    naam: str
    grootte: int
    sha256: str
    reden: str | None = Field(description="Waarom deze versie kwam; iedereen kan dat lezen.")

    @classmethod
    def of(cls, versie: Bestandsversie) -> Self:
        bestand = versie.bestand
        return cls(
            versie=versie.versie,
            vanaf=versie.vanaf,
            naam=bestand.naam,
            grootte=bestand.grootte,
            sha256=bestand.digest,
            reden=versie.reden,
        )


class Versies(Answer):
    """Elke versie van het bestand, de oudste eerst."""

    versies: list[Versie]
