"""What goes in and out of the desk about webhooks for case systems."""

from datetime import datetime
from typing import Any, Self

from pydantic import Field

from publisher.inputs import BodyInput, Code, Naam
from publisher.schemas import Answer
from woo.volgers import Baliehaak


class NieuweWebhook(BodyInput):
    """Een adres dat bericht krijgt."""

    naam: Naam = Field(title="Naam", description="Voor welk systeem. Hoogstens 100 tekens.")
    url: str = Field(
        title="Adres",
        max_length=2000,
        description="Het adres waar wij een POST heen sturen, met https://. Het mag niet in een besloten netwerk liggen.",
        examples=["https://zaken.example.nl/woo"],
    )
    organisaties: list[Code] | None = Field(
        default=None,
        min_length=1,
        max_length=500,
        description="Alleen wat van deze organisaties is, per code of URI. Zonder: van alle organisaties.",
        examples=[["gm0153"]],
    )


class Webhook(Answer):
    """Een webhook, zonder zijn geheim."""

    id: str
    naam: str
    url: str
    organisaties: list[str] | None = Field(description="Leeg als de webhook voor alle organisaties is.")
    aangemaakt_op: datetime
    stand: str = Field(
        description="`actief`, `hapert` (de laatste poging mislukte) of `rust` (niets gaat meer uit)."
    )
    wachtend: int = Field(description="Hoeveel gebeurtenissen nog niet zijn verstuurd of bekeken.")
    geleverd_op: datetime | None = Field(description="Wanneer het laatste bericht aankwam.")
    pogingen: int = Field(description="Hoe vaak het sinds `misluktSinds` mislukte.")
    mislukt_sinds: datetime | None
    fout: str | None = Field(description="Waarom de laatste poging mislukte.")

    @classmethod
    def of(cls, haak: Baliehaak, laatste: int) -> Self:
        return cls(**_webhook(haak, laatste))


class GemaakteWebhook(Webhook):
    """Een nieuwe webhook; dit is de enige keer dat zijn geheim te zien is."""

    geheim: str = Field(
        description="Hiermee zijn de berichten ondertekend (Standard Webhooks). Bewaar het meteen op een veilige plaats."
    )

    @classmethod
    def made(cls, haak: Baliehaak, laatste: int) -> Self:
        return cls(**_webhook(haak, laatste), geheim=haak.webhook.geheim)


class Webhooks(Answer):
    """De webhooks, oudste eerst."""

    resultaten: list[Webhook]


def stand_of(haak: Baliehaak) -> str:
    """Where delivery stands, in one word."""
    one = haak.webhook
    return "rust" if one.rust else "hapert" if one.pogingen else "actief"


def _webhook(haak: Baliehaak, laatste: int) -> dict[str, Any]:
    one = haak.webhook
    return {
        "id": haak.id,
        "naam": haak.naam,
        "url": one.url,
        "organisaties": None if haak.organisaties is None else sorted(haak.organisaties),
        "aangemaakt_op": one.aangemaakt_op,
        "stand": stand_of(haak),
        "wachtend": max(laatste - one.gezien_tot, 0),
        "geleverd_op": one.geleverd_op,
        "pogingen": one.pogingen,
        "mislukt_sinds": one.mislukt_sinds,
        "fout": one.fout,
    }
