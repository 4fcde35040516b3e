"""What may be sent to the desk about inventories: lists, rows, links, what to leave out."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from publisher.inputs import Bladeren, BodyInput, Code, Dag, one_line
from woo.domain.inventaris import Beoordeling
from woo.inventaris.datums import Volgorde
from woo.inventaris.regelgegevens import LANGSTE
from woo.registry import Regelkeuze

_LINE = AfterValidator(one_line)


def _within(naam: str) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, max_length=LANGSTE[naam])


Tekst = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LANGSTE["toelichting"])]
Nummer = Annotated[str, _within("nummer"), _LINE]
Documentnaam = Annotated[str, _within("documentnaam"), _LINE]
Deel = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000), _LINE]
Delen = Annotated[list[Deel], Field(max_length=200)]


class LijstGegevens(BodyInput):
    """Wat u over de lijst zegt; het bestand gaat mee als `bestand`."""

    blad: Code | None = Field(
        default=None, title="Blad", description="Het blad, als er meer dan één een lijst bevat."
    )
    datums: Volgorde | None = Field(
        default=None, title="Volgorde van dag en maand", description="In datums als 10/9/2022."
    )
    kolommen: Tekst | None = Field(
        default=None,
        title="Kolommen",
        description="Welke kop welke kolom is, op elke regel één: nummer=Volgnr.",
    )

    def kolomregels(self) -> list[str]:
        """What is said of columns, one each."""
        return lines_of(self.kolommen)


class VoorstelOvernemen(BodyInput):
    """Het voorstel overnemen."""

    overslaan: list[int] = Field(
        default=[],
        max_length=30_000,
        description="De rijen van het blad met fouten die u weglaat. Noem ze alle, of laat dit weg als er geen zijn.",
    )


class RegelGegevens(BodyInput):
    """Wat er in een rij van de inventaris staat; wat u niet noemt blijft zoals het is."""

    nummer: Nummer = Field(default="", title="Nummer")
    documentnaam: Documentnaam = Field(default="", title="Naam van het document")
    beoordeling: Beoordeling | None = Field(default=None, title="Beoordeling")
    gronden: Delen = Field(
        default=[], title="Gronden", description="In elke gangbare schrijfwijze, zoals 5.1.2.e of 8.8 AWR 67."
    )
    bijzonderheden: Delen = Field(
        default=[],
        title="Bijzonderheden",
        description="dubbel, buiten_verzoek, alleen_aan_verzoeker.",
    )
    datum: Dag | None = Field(default=None, title="Datum")
    soort: Annotated[str, _within("soort"), _LINE] | None = Field(default=None, title="Soort")
    toelichting: Tekst | None = Field(default=None, title="Toelichting", description="Nooit openbaar.")
    opgeschort: bool = Field(default=False, title="Opgeschort")
    links: Delen = Field(default=[], title="Publieke links")
    gerelateerd: Delen = Field(default=[], title="Gerelateerde nummers")
    zaaknummers: Delen = Field(default=[], title="Zaaknummers")
    familie: Annotated[str, _within("familie"), _LINE] | None = Field(default=None, title="Familie")
    draad: Annotated[str, _within("draad"), _LINE] | None = Field(default=None, title="Gesprek")
    versie: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        default=None,
        title="Stand",
        description="De waarde van `versie` die u zag; is de rij sindsdien gewijzigd, dan wordt niets bewaard.",
    )

    def changes(self) -> dict[str, Any]:
        """The fields that were sent, but the version."""
        return {naam: waarde for naam, waarde in self.given().items() if naam != "versie"}


class Verplaatsing(BodyInput):
    """Waar een rij komt te staan."""

    naar: int = Field(ge=1, le=9_999_999, title="Plaats", description="De plaats in de lijst, vanaf 1.")


class Koppeling(BodyInput):
    """Bij welk document een rij hoort."""

    document: Code | None = Field(description="Het id van een document van deze publicatie, of null.")
    versie: Annotated[str, StringConstraints(max_length=64)] | None = None


class Regelvraag(Bladeren):
    """Welke rijen."""

    zoek: str | None = Field(
        default=None, max_length=500, description="Woorden uit nummer of naam; elk woord moet voorkomen."
    )
    beoordeling: Beoordeling | None = None
    zonder_document: bool = Field(default=False, description="Alleen rijen waar geen document bij hoort.")

    def keuze(self) -> Regelkeuze:
        """The choice as the registry takes it."""
        return Regelkeuze(self.zoek or "", self.beoordeling, self.zonder_document)


class RegelFormulier(BodyInput):
    """The form of a row: lists stand in text fields, one on each line."""

    nummer: Nummer = Field(default="", title="Nummer")
    documentnaam: Documentnaam = Field(default="", title="Naam van het document")
    beoordeling: Beoordeling | None = Field(default=None, title="Beoordeling")
    gronden: Delen = Field(default=[], title="Gronden")
    andere_wet: Tekst | None = Field(default=None, title="Andere wet")
    bijzonderheden: Delen = Field(default=[], title="Bijzonderheden")
    datum: Dag | None = Field(default=None, title="Datum")
    soort: Annotated[str, _within("soort"), _LINE] | None = Field(default=None, title="Soort")
    toelichting: Tekst | None = Field(default=None, title="Toelichting")
    opgeschort: Literal["ja"] | None = Field(default=None, title="Opgeschort")
    links: Tekst | None = Field(default=None, title="Publieke links")
    gerelateerd: Tekst | None = Field(default=None, title="Gerelateerde nummers")
    zaaknummers: Tekst | None = Field(default=None, title="Zaaknummers")
    familie: Annotated[str, _within("familie"), _LINE] | None = Field(default=None, title="Familie")
    draad: Annotated[str, _within("draad"), _LINE] | None = Field(default=None, title="Gesprek")
    gewijzigd_op: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        default=None, title="Stand", description="De stand van de rij die u zag."
    )

    def changes(self) -> dict[str, Any]:
        """Every field as the use case takes it."""
        lists = {naam: lines_of(getattr(self, naam)) for naam in ("links", "gerelateerd", "zaaknummers")}
        return {
            "nummer": self.nummer,
            "documentnaam": self.documentnaam,
            "beoordeling": self.beoordeling,
            "gronden": [*self.gronden, *lines_of(self.andere_wet)],
            "bijzonderheden": self.bijzonderheden,
            "datum": self.datum,
            "soort": self.soort,
            "toelichting": self.toelichting,
            "opgeschort": self.opgeschort is not None,
            "familie": self.familie,
            "draad": self.draad,
            **lists,
        }


def lines_of(text: str | None) -> list[str]:
    """The filled lines of a text field."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
