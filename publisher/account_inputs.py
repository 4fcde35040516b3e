"""What may be sent about accounts and keys, and by who logs in: every field with its limit."""

from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from publisher.inputs import BodyInput, Code, Moment, Naam
from publisher.limits import MAX_DAYS
from woo.domain.account import MAX_EMAIL, Roltoekenning
from woo.domain.actor import Rol
from woo.domain.termijnpost import Hoevaak

Wachtwoord = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
Email = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_EMAIL)]
Eenmalig = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Pad = Annotated[str, StringConstraints(max_length=4_000)]


class RolInvoer(BodyInput):
    """Een rol bij een organisatie, of bij elke organisatie."""

    rol: Rol
    organisatie: Code | None = Field(
        default=None, description="Code of URI van de organisatie; leeg is elke organisatie."
    )

    def toekenning(self) -> Roltoekenning:
        return Roltoekenning(self.rol, self.organisatie)


class NieuweGebruiker(BodyInput):
    """Een nieuw account."""

    naam: Naam = Field(title="Naam", description="Zoals collega's de persoon kennen.")
    email: Email = Field(title="E-mailadres")
    rollen: list[RolInvoer] = Field(
        min_length=1, max_length=500, description="Eén rol per organisatie, of één voor elke organisatie."
    )


class RollenWijziging(BodyInput):
    """De rollen van een account, in plaats van die het heeft."""

    rollen: list[RolInvoer] = Field(max_length=500)
    gewijzigd_op: Moment | None = Field(
        default=None, description="De toestand die u zag; is het account sindsdien gewijzigd, dan volgt 409."
    )


class WachtwoordWijziging(BodyInput):
    """Een ander wachtwoord voor uzelf."""

    oud: Wachtwoord = Field(title="Huidig wachtwoord")
    wachtwoord: Wachtwoord = Field(title="Nieuw wachtwoord")


class Aanmelding(BodyInput):
    """The form of the log-in page."""

    email: Email = Field(title="E-mailadres")
    wachtwoord: Wachtwoord = Field(title="Wachtwoord")
    naar: Pad = ""


class Codeinvoer(BodyInput):
    """The form of the second step."""

    code: Eenmalig = Field(title="Code")
    naar: Pad = ""


class NieuwWachtwoord(BodyInput):
    """A password, typed twice."""

    wachtwoord: Wachtwoord = Field(title="Wachtwoord")
    nogmaals: Wachtwoord = Field(title="Wachtwoord, nog een keer")


class AnderWachtwoord(BodyInput):
    """The own password changed: the old one, and the new one typed twice."""

    oud: Wachtwoord = Field(title="Huidig wachtwoord")
    wachtwoord: Wachtwoord = Field(title="Nieuw wachtwoord")
    nogmaals: Wachtwoord = Field(title="Nieuw wachtwoord, nog een keer")


class EigenCode(BodyInput):
    """The first code of an app, with the own password where there is one."""

    code: Eenmalig = Field(title="Code")
    oud: Wachtwoord | None = Field(default=None, title="Huidig wachtwoord")


class EigenWachtwoord(BodyInput):
    """The own password, to be sure who asks."""

    oud: Wachtwoord | None = Field(default=None, title="Huidig wachtwoord")


class Termijnpost(BodyInput):
    """How often one gets the digest of the legal terms by mail."""

    hoe_vaak: Literal["nooit", "dagelijks", "wekelijks"] = Field(title="Hoe vaak")

    @property
    def wens(self) -> Hoevaak | None:
        """As the use case takes it: None for never."""
        return None if self.hoe_vaak == "nooit" else Hoevaak(self.hoe_vaak)


class Leeg(BodyInput):
    """A form that is only a button."""


class GebruikerFormulier(BodyInput):
    """The form of a new account: one role, for one organisation or for every one."""

    naam: Naam = Field(title="Naam")
    email: Email = Field(title="E-mailadres")
    rol: Rol = Field(title="Rol")
    organisatie: Code | None = Field(default=None, title="Organisatie")


class RollenFormulier(BodyInput):
    """The form of the roles: `rol@organisatie` for each that stays, and one more."""

    rollen: list[str] = Field(default_factory=list, max_length=500, title="Rollen")
    organisatie: Code | None = Field(default=None, title="Organisatie")
    rol: Rol | None = Field(default=None, title="Rol")
    gewijzigd_op: Moment | None = None


class NieuweSleutel(BodyInput):
    """Een nieuwe API-sleutel."""

    naam: Naam = Field(
        description="Voor wie of voor welk systeem; staat in het logboek. Hoogstens 100 tekens."
    )
    rol: Rol | None = Field(
        default=None, description="De rol bij elke organisatie; niet samen met `organisaties`."
    )
    organisaties: dict[Code, Rol] | None = Field(
        default=None,
        min_length=1,
        max_length=500,
        description="De rol bij elke organisatie waarvoor de sleutel is, per code of URI.",
        examples=[{"gm0153": "redacteur"}],
    )
    handelingen: list[Code] | None = Field(
        default=None,
        min_length=1,
        max_length=100,
        description="Beperk de sleutel tot deze handelingen; zonder mag zij alles van haar rol.",
        examples=[["publicatie-maken", "document-toevoegen"]],
    )
    dagen: StrictInt = Field(ge=1, le=MAX_DAYS, description="Na hoeveel dagen de sleutel vervalt.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.rol is None) == (self.organisaties is None):
            raise PydanticCustomError("rol_of_organisaties", "één van beide")
        return self
