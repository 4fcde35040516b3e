"""What the desk answers about publishing: the shapes of checks, plans, fields of categories, batches and links."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Self, cast

from pydantic import Field

from publisher.schemas import Answer
from woo.diwoo.categorieen import Veldsoort
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain import bevinding, inzage, mededeling, planning
from woo.domain.bevinding import Niveau
from woo.domain.planning import Planstaat
from woo.usecases import reeks


class Bevinding(Answer):
    """Eén ding dat niet klopt, of dat aandacht verdient."""

    niveau: Niveau = Field(description="blokkerend: zo kan de publicatie niet openbaar worden.")
    code: str
    veld: str
    wat: str
    herstel: str = Field(description="Wat u eraan kunt doen.")
    doel: str = Field(description="Waar aan de balie u het verbetert.")
    objecten: list[str] = Field(
        description="Id's van documenten of nummers van regels; hoogstens de eerste 10."
    )
    aantal: int = Field(description="Om hoeveel documenten of regels het gaat.")

    @classmethod
    def all(cls, found: Sequence[bevinding.Bevinding]) -> list[Self]:
        return [cls.model_validate(each) for each in found]


class Controle(Answer):
    """Alles wat niet klopt, in één keer."""

    publiceerbaar: bool
    bevindingen: list[Bevinding]


class Plan(Answer):
    """Wanneer een publicatie openbaar wordt, en wat ervan kwam."""

    publicatie_id: str
    publiceer_op: datetime
    gepland_op: datetime
    embargo: bool
    notitie: str | None
    staat: Planstaat
    uitgevoerd_op: datetime | None
    te_laat_minuten: int | None = Field(
        description="Hoeveel minuten later dan gepland, als de verwerking toen niet draaide."
    )
    redenen: list[str] = Field(description="Codes van wat er niet klopte, als het is mislukt.")

    @classmethod
    def of(cls, plan: planning.Publicatieplan) -> Self:
        late = plan.te_laat
        return cls(
            publicatie_id=plan.publicatie_id,
            publiceer_op=plan.op,
            gepland_op=plan.gepland_op,
            embargo=plan.embargo,
            notitie=plan.notitie,
            staat=plan.staat,
            uitgevoerd_op=plan.uitgevoerd_op,
            te_laat_minuten=None if late is None else int(late.total_seconds() // 60),
            redenen=list(plan.redenen),
        )


class Plannen(Answer):
    """Wat gepland staat, wat is mislukt, en wat de laatste dagen te laat is uitgevoerd."""

    gepland: list[Plan]
    mislukt: list[Plan]
    te_laat: list[Plan]


class Veld(Answer):
    """Een gegeven dat bij een informatiecategorie hoort."""

    naam: str
    label: str
    soort: Veldsoort
    vereist: bool = Field(description="Zonder dit gegeven publiceert de balie niet.")
    uitleg: str


class Categorie(Answer):
    """Wat bij een informatiecategorie hoort."""

    code: str
    naam: str
    artikel: str
    verplicht_vanaf: date | None = Field(description="Begin van de plicht; leeg als dat nog niet bekend is.")
    met_besluit: bool
    velden: list[Veld]


class Categorieen(Answer):
    """Alle informatiecategorieën."""

    categorieen: list[Categorie]

    @classmethod
    def of(cls, lijsten: Waardelijsten) -> Self:
        found = []
        for waarde in lijsten.informatiecategorieen:
            categorie = lijsten.categorieen.categorie(waarde.code)
            velden = () if categorie is None else categorie.velden
            found.append(
                Categorie(
                    code=waarde.code,
                    naam=waarde.naam,
                    artikel=str(waarde.extra.get("artikel") or ""),
                    verplicht_vanaf=cast(date | None, waarde.extra.get("verplicht_vanaf")),
                    met_besluit=categorie is not None and categorie.met_besluit,
                    velden=[Veld.model_validate(veld) for veld in velden],
                )
            )
        return cls(categorieen=found)


class Gegevens(Answer):
    """De velden van een publicatie en wat erin staat."""

    velden: list[Veld]
    waarden: dict[str, str]


class Mededeling(Answer):
    """Waarom een document in zijn geheel niet openbaar is."""

    gronden: list[str]
    toelichting: str

    @classmethod
    def of(cls, wat: mededeling.Mededeling) -> Self:
        return cls(gronden=list(wat.gronden), toelichting=wat.toelichting)


class Uitslag(Answer):
    """Wat er van één publicatie is geworden."""

    id: str
    gelukt: bool
    reden: str | None = Field(description="bestaat_niet, geen_recht of kan_niet.")
    bevindingen: list[Bevinding]
    documenten: Mapping[str, int] | None = Field(
        description="Hoeveel documenten nu openbaar zijn (openbaar), en hoeveel niet, per reden."
    )

    @classmethod
    def of(cls, uitslag: reeks.Uitslag) -> Self:
        return cls(
            id=uitslag.id,
            gelukt=uitslag.gelukt,
            reden=uitslag.reden,
            bevindingen=Bevinding.all(uitslag.bevindingen),
            documenten=uitslag.documenten,
        )


class Uitslagen(Answer):
    """Het verslag van een reeks."""

    gelukt: int
    mislukt: int
    uitslagen: list[Uitslag]


class Inzage(Answer):
    """Een link voor de verzoeker, zonder het geheim."""

    id: str
    publicatie_id: str
    naam: str
    documenten: list[str]
    aangemaakt_op: datetime
    vervalt_op: datetime
    ingetrokken_op: datetime | None
    gebruikt: int = Field(description="Hoe vaak de link is geopend.")
    laatst_gebruikt: datetime | None
    geldig: bool

    @classmethod
    def of(cls, wat: inzage.Inzage, now: datetime) -> Self:
        return cls(**_inzage(wat, now))


class GemaakteInzage(Inzage):
    """Een nieuwe link; dit is de enige keer dat het adres te zien is."""

    url: str = Field(description="Geef dit adres aan de verzoeker. Wij kunnen het niet nog eens tonen.")

    @classmethod
    def made(cls, wat: inzage.Inzage, url: str, now: datetime) -> Self:
        return cls(**_inzage(wat, now), url=url)


class Inzages(Answer):
    """De links van een publicatie, ook de verlopen en ingetrokken links."""

    inzages: list[Inzage]


def _inzage(wat: inzage.Inzage, now: datetime) -> dict[str, Any]:
    return {
        "id": wat.id,
        "publicatie_id": wat.publicatie_id,
        "naam": wat.naam,
        "documenten": list(wat.documenten),
        "aangemaakt_op": wat.aangemaakt_op,
        "vervalt_op": wat.vervalt_op,
        "ingetrokken_op": wat.ingetrokken_op,
        "gebruikt": wat.gebruikt,
        "laatst_gebruikt": wat.laatst_gebruikt,
        "geldig": wat.is_valid(now),
    }
