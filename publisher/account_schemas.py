"""What the desk answers about accounts and sessions."""

from datetime import datetime
from typing import Literal, Self

from pydantic import Field

from publisher.schemas import Answer
from woo.domain.account import Account, Accountstaat
from woo.domain.actor import Rol
from woo.domain.sessie import Sessie
from woo.domain.termijnpost import Hoevaak
from woo.usecases.toegang.accounts import Uitnodiging


class ToegekendeRol(Answer):
    """Een rol bij een organisatie, of bij elke organisatie."""

    rol: Rol
    organisatie: str | None = Field(description="Code van de organisatie; leeg is elke organisatie.")


class Gebruiker(Answer):
    """Een account van iemand die zich bij de balie aanmeldt."""

    id: str
    naam: str = Field(description="Leeg als de persoonsgegevens zijn gewist.")
    email: str | None
    staat: Accountstaat
    rollen: list[ToegekendeRol]
    tweede_stap: bool = Field(description="Of de tweede stap is ingesteld.")
    aangemaakt_op: datetime
    gewijzigd_op: datetime
    laatst_aangemeld: datetime | None
    gesloten_op: datetime | None

    @classmethod
    def of(cls, account: Account) -> Self:
        return cls(
            id=account.id,
            naam=account.naam,
            email=account.email,
            staat=account.staat,
            rollen=[ToegekendeRol(rol=one.rol, organisatie=one.organisatie) for one in account.rollen],
            tweede_stap=account.heeft_tweede_stap,
            aangemaakt_op=account.aangemaakt_op,
            gewijzigd_op=account.gewijzigd_op,
            laatst_aangemeld=account.laatst_aangemeld,
            gesloten_op=account.gesloten_op,
        )


class Gebruikers(Answer):
    """Eén pagina van de accounts, op naam."""

    resultaten: list[Gebruiker]
    volgende: str | None


class Link(Answer):
    """Een link waarmee iemand een wachtwoord kiest."""

    adres: str = Field(description="Staat alleen in dit antwoord; werkt één keer.")
    vervalt_op: datetime

    @classmethod
    def made(cls, link: Uitnodiging, address: str) -> Self:
        return cls(adres=f"{address}/uitnodiging/{link.token}", vervalt_op=link.vervalt_op)


class GemaakteGebruiker(Answer):
    """Het nieuwe of weer geopende account, met de link om een wachtwoord te kiezen."""

    gebruiker: Gebruiker
    link: Link | None = Field(description="Leeg als het account er al was, of als er geen wachtwoorden zijn.")


class Aanmelding(Answer):
    """Een plek waar iemand is aangemeld."""

    id: str
    apparaat: str
    vanaf: str
    aangemeld_op: datetime
    gebruikt_op: datetime
    eindigt_op: datetime
    deze: bool = Field(description="Of deze vraag ermee is gedaan.")

    @classmethod
    def of(cls, sessie: Sessie, *, deze: str) -> Self:
        return cls(
            id=sessie.id,
            apparaat=sessie.apparaat,
            vanaf=sessie.herkomst.removeprefix("balie "),
            aangemeld_op=sessie.aangemaakt_op,
            gebruikt_op=sessie.gebruikt_op,
            eindigt_op=sessie.eindigt_op,
            deze=sessie.id == deze,
        )


class Mijn(Answer):
    """Het eigen account, en waar het is aangemeld."""

    gebruiker: Gebruiker
    herstelcodes: int = Field(description="Hoeveel herstelcodes nog niet zijn gebruikt.")
    aanmeldingen: list[Aanmelding]


class TweedeStap(Answer):
    """Wat een app nodig heeft om codes te maken."""

    geheim: str
    adres: str = Field(description="Het otpauth-adres, voor een QR-code.")


class Herstelcodes(Answer):
    """Codes voor wie zijn telefoon kwijt is; elke code werkt één keer."""

    herstelcodes: list[str] = Field(description="Staan alleen in dit antwoord.")


class EigenTermijnpost(Answer):
    """Of u een overzicht van termijnen per mail krijgt."""

    hoe_vaak: Literal["nooit", "dagelijks", "wekelijks"]
    mail: bool = Field(description="Of deze installatie mail verstuurt.")

    @classmethod
    def of(cls, hoe_vaak: Hoevaak | None, *, mail: bool) -> Self:
        return cls(hoe_vaak="nooit" if hoe_vaak is None else hoe_vaak.value, mail=mail)
