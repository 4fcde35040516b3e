"""What may be sent to the desk about publishing: plans, fields of categories, announcements, waiting documents, links."""

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from publisher.inputs import BodyInput, Code, Dag, Moment, Naam, Omschrijving
from woo.usecases.reeks import MOST
from woo.usecases.verzoekerslink import MOST_DOCUMENTS

Veldnaam = Annotated[str, StringConstraints(max_length=100)]


class Planning(BodyInput):
    """Wanneer een publicatie openbaar wordt."""

    publiceer_op: Moment = Field(
        description="De minuut waarop de publicatie openbaar wordt, met tijdzone.",
        examples=["2026-12-04T09:00:00+01:00"],
    )
    embargo: StrictBool = Field(
        default=False, description="Met een embargo kan niemand de publicatie eerder openbaar maken."
    )
    notitie: Omschrijving | None = Field(
        default=None, description="Wat de balie moet weten; wordt nooit openbaar."
    )


class Categorievelden(BodyInput):
    """Gegevens die bij de informatiecategorie horen; wat u niet noemt blijft zoals het is, `null` maakt een veld leeg."""

    velden: dict[Veldnaam, Omschrijving | None] = Field(
        min_length=1, max_length=50, examples=[{"partijen": "gemeente Voorbeeld, Stichting Natuur"}]
    )


class NieuweMededeling(BodyInput):
    """Waarom een document in zijn geheel niet openbaar is."""

    gronden: list[Code] = Field(
        min_length=1, max_length=20, description="Codes van de weigeringsgronden.", examples=[["5.1.2.e"]]
    )
    toelichting: Omschrijving = Field(description="Iedereen kan deze toelichting lezen.")


class Opschorting(BodyInput):
    """Tot wanneer een document verborgen blijft."""

    tot: Dag = Field(description="De eerste dag waarop het document openbaar mag worden.")


class Reeks(BodyInput):
    """Welke publicaties openbaar moeten worden."""

    ids: list[Code] = Field(min_length=1, max_length=MOST)


class NieuweInzage(BodyInput):
    """Een link waarmee de verzoeker zonder account documenten leest."""

    naam: Naam = Field(description="Voor wie de link is; dit ziet alleen de balie.")
    dagen: StrictInt = Field(ge=1, le=366, description="Na hoeveel dagen de link niet meer werkt.")
    documenten: list[Code] | None = Field(
        default=None,
        min_length=1,
        max_length=MOST_DOCUMENTS,
        description="Id's van documenten; zonder `documenten` alles, behalve wat verzonden is met namen erin.",
    )
