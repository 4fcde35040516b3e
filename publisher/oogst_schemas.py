"""What the desk answers about harvesting: sources, runs and documents."""

from datetime import datetime
from typing import Self

from pydantic import Field

from publisher.schemas import Answer
from woo.domain.oogst import Oogstitem, Oogstrun
from woo.usecases.oogst import Bronstand, Runblad


class Waarschuwing(Answer):
    """Iets wat bij een bron niet klopt."""

    soort: str
    url: str = Field(description="Het eerste adres waar het niet klopte.")
    aantal: int


class Run(Answer):
    """Eén keer oogsten van een bron."""

    id: str
    bron: str
    begonnen_op: datetime
    geeindigd_op: datetime | None
    fase: str
    uitkomst: str | None = Field(
        description="`volledig`, `onvolledig` of `geweigerd`; leeg zolang hij loopt."
    )
    reden: str | None
    ontdekt: int
    verzoeken: int
    tellingen: dict[str, int] = Field(description="`new`, `changed`, `unchanged`, `gone`, `failed`.")
    waarschuwingen: list[Waarschuwing]

    @classmethod
    def of(cls, run: Oogstrun) -> Self:
        return cls(
            id=run.id,
            bron=run.bron,
            begonnen_op=run.begonnen_op,
            geeindigd_op=run.geeindigd_op,
            fase=run.fase.value,
            uitkomst=None if run.uitkomst is None else run.uitkomst.value,
            reden=run.reden,
            ontdekt=run.ontdekt,
            verzoeken=run.verzoeken,
            tellingen=dict(run.tellingen),
            waarschuwingen=[Waarschuwing(soort=a, url=b, aantal=c) for a, b, c in run.waarschuwingen],
        )


class Bron(Answer):
    """Een bron waarvan documenten worden overgenomen."""

    naam: str
    actief: bool
    soort: str
    adres: str
    publisher: str
    beleid: str
    rooster: str | None
    documenten: int = Field(description="Documenten die ervan zijn overgenomen en er nog staan.")
    volgende: datetime | None
    gevraagd_op: datetime | None
    heel_op: datetime | None = Field(
        description="Alleen bij een feed van wijzigingen: wanneer die voor het laatst helemaal is gelezen."
    )
    laatste: Run | None

    @classmethod
    def of(cls, stand: Bronstand) -> Self:
        bron = stand.bron
        return cls(
            naam=bron.naam,
            actief=bron.active,
            soort=bron.kind.value,
            adres=bron.address,
            publisher=bron.publisher,
            beleid=bron.policy.value,
            rooster=bron.schedule,
            documenten=stand.documenten,
            volgende=stand.volgende,
            gevraagd_op=stand.gevraagd_op,
            heel_op=stand.heel_op,
            laatste=None if stand.laatste is None else Run.of(stand.laatste),
        )


class Bronnen(Answer):
    """Alle bronnen van uw organisaties."""

    resultaten: list[Bron]


class Bronblad(Answer):
    """Een bron met haar laatste runs."""

    bron: Bron
    runs: list[Run]


class Gevonden(Answer):
    """Een document dat een run zag, of een archief met wat erin zat."""

    adres: str
    titel: str | None
    verschil: str | None
    reden: str | None
    document: str | None
    archief: str | None = Field(description="Het adres van het archief waar het uit komt.")
    stukken: int | None = Field(description="Alleen bij een archief dat is uitgepakt: hoeveel erin zat.")

    @classmethod
    def of(cls, item: Oogstitem) -> Self:
        return cls(
            adres=item.sleutel,
            titel=item.gegevens.get("titel"),
            verschil=None if item.verschil is None else item.verschil.value,
            reden=item.reden,
            document=item.document_id,
            archief=item.archief,
            stukken=item.leden,
        )


class Rundocumenten(Answer):
    """Een run met zijn documenten, op adres."""

    run: Run
    resultaten: list[Gevonden]
    volgende: str | None

    @classmethod
    def of(cls, blad: Runblad) -> Self:
        found = [Gevonden.of(item) for item in blad.items]
        return cls(run=Run.of(blad.run), resultaten=found, volgende=blad.volgende)


class Vrijgegeven(Answer):
    """Wat er door het vrijgeven gebeurde."""

    gepubliceerd: int
    niet_gelukt: int
    wijzigingen: int
