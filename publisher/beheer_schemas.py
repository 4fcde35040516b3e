"""What the desk answers about its own running: the shapes of history, log, status and keys."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from pydantic import Field

from publisher.schemas import Answer
from woo.domain.actor import Rol
from woo.registry import Counts, Job, Key, LoggedEvent
from woo.registry.ketencontroles import Ketencontrole


class Gebeurtenis(Answer):
    """Eén regel van de geschiedenis."""

    volgnummer: int
    tijd: datetime
    actie: str
    actor: str | None = Field(description="Leeg als de naam op verzoek is gewist.")
    rol: str
    uitkomst: str
    details: Mapping[str, Any]


class Geschiedenis(Answer):
    """Eén pagina van wat er met een publicatie of document is gebeurd, oudste eerst."""

    resultaten: list[Gebeurtenis]
    volgende: str | None


class Logregel(Gebeurtenis):
    """Eén regel van het logboek."""

    account: str | None = Field(description="Id van het account of de sleutel, als daarmee is aangemeld.")
    herkomst: str | None = Field(description="Vanwaar het gebeurde; leeg als het op verzoek is gewist.")
    object_soort: str
    object_id: str
    zegel: str | None = Field(
        description="Het zegel van de regel; leeg zolang de regel nog niet is verzegeld."
    )

    @classmethod
    def of(cls, regel: LoggedEvent, details: Mapping[str, Any]) -> Self:
        """A line with these details: the words in them as far as they may be shown."""
        names = [name for name in cls.model_fields if name != "details"]
        return cls(details=details, **{name: getattr(regel, name) for name in names})


class Keten(Answer):
    """Of er aan het logboek is veranderd, zoals het bij de laatste controle was."""

    gecontroleerd_op: datetime | None = Field(description="Leeg als er nog nooit is gecontroleerd.")
    heel: bool | None
    tot: int | None = Field(description="Nummer van de laatste regel die is bekeken.")
    breuken: int | None = Field(
        description="Op hoeveel plaatsen het niet klopt; er worden er hoogstens 100 geteld."
    )
    eerste: str | None = Field(description="Wat er op de eerste plaats niet klopt, in het Engels.")

    @classmethod
    def of(cls, controle: Ketencontrole | None) -> Self:
        if controle is None:
            return cls(gecontroleerd_op=None, heel=None, tot=None, breuken=None, eerste=None)
        return cls(
            gecontroleerd_op=controle.op,
            heel=controle.is_heel,
            tot=controle.tot,
            breuken=controle.breuken,
            eerste=controle.eerste,
        )


class Logboek(Answer):
    """Eén pagina van het logboek, oudste eerst."""

    resultaten: list[Logregel]
    volgende: str | None


class RustendeJob(Answer):
    """Werk dat te vaak is mislukt en op een mens wacht."""

    id: str
    soort: str
    object_id: str
    pogingen: int
    fout: str | None


class Jobs(Answer):
    """Het werk dat nog moet gebeuren."""

    wachtend: dict[str, int] = Field(description="Aantal per soort.")
    rustend: dict[str, int] = Field(description="Aantal per soort.")
    eerste_rustende: list[RustendeJob] = Field(description="Hoogstens de eerste 100.")


class Status(Answer):
    """Hoeveel er is van alles, op één moment."""

    publicaties: dict[str, int]
    documenten: dict[str, int] = Field(description="Aantal per leesstatus.")
    getoond: dict[str, int] = Field(description="Wat de openbare kant nu heeft.")
    leesbaarheid: dict[str, int] = Field(
        description="Hoeveel pagina's er zijn, hoeveel daarvan niet of niet zeker zijn gelezen, en in hoeveel documenten."
    )
    items: dict[str, int]
    jobs: Jobs

    @classmethod
    def of(cls, counts: Counts, resting: list[Job]) -> Self:
        jobs = Jobs(
            wachtend=_counted(counts.jobs_waiting),
            rustend=_counted(counts.jobs_resting),
            eerste_rustende=[
                RustendeJob(
                    id=str(job.id),
                    soort=job.soort.value,
                    object_id=job.object_id,
                    pogingen=job.attempts,
                    fout=job.error,
                )
                for job in resting[:100]
            ],
        )
        return cls(
            publicaties=_counted(counts.publicaties),
            documenten=_counted(counts.documenten),
            getoond=_counted(counts.shown),
            leesbaarheid=_counted(counts.leesbaarheid),
            items=_counted(counts.items),
            jobs=jobs,
        )


class Herkansing(Answer):
    """Wat er opnieuw wordt geprobeerd."""

    jobs: int
    documenten: int
    onbekend: list[str] = Field(description="De id's waarbij niets was mislukt.")


class Sleutel(Answer):
    """Een API-sleutel, zonder haar geheim."""

    id: str
    naam: str
    rol: Rol = Field(description="De hoogste rol van de sleutel.")
    organisaties: dict[str, Rol] | None = Field(
        description="De rol bij elke organisatie; leeg als de sleutel voor alle organisaties is."
    )
    handelingen: list[str] | None = Field(
        description="De handelingen waartoe de sleutel is beperkt; leeg als zij alles mag van haar rol."
    )
    aangemaakt_op: datetime
    vervalt_op: datetime
    ingetrokken_op: datetime | None
    laatst_gebruikt: datetime | None
    geldig: bool

    @classmethod
    def of(cls, key: Key, now: datetime) -> Self:
        return cls(**_sleutel(key, now))


class GemaakteSleutel(Sleutel):
    """Een nieuwe API-sleutel; dit is de enige keer dat haar geheim te zien is."""

    geheim: str = Field(
        description="Bewaar dit meteen op een veilige plaats. Wij kunnen het niet nog eens tonen."
    )

    @classmethod
    def made(cls, key: Key, geheim: str, now: datetime) -> Self:
        return cls(**_sleutel(key, now), geheim=geheim)


class Sleutels(Answer):
    """Eén pagina van de sleutels, oudste eerst."""

    resultaten: list[Sleutel]
    volgende: str | None


def _sleutel(key: Key, now: datetime) -> dict[str, Any]:
    return {
        "id": key.id,
        "naam": key.naam,
        "rol": key.rol,
        "organisaties": None if key.per_organisatie is None else dict(key.per_organisatie),
        "handelingen": None if key.handelingen is None else sorted(key.handelingen),
        "aangemaakt_op": key.aangemaakt_op,
        "vervalt_op": key.vervalt_op,
        "ingetrokken_op": key.ingetrokken_op,
        "laatst_gebruikt": key.laatst_gebruikt,
        "geldig": key.is_valid(now),
    }


def _counted(counts: Mapping[Any, int]) -> dict[str, int]:
    return {str(kind): number for kind, number in counts.items()}
