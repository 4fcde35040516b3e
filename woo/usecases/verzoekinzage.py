"""Reading requests at the desk: a list with how each stands, and one with everything on it but the people behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from woo.domain.actor import Actor, Recht
from woo.domain.besluit import Woobesluit
from woo.domain.betrokkenen import Belanghebbende, Reactie
from woo.domain.procedure import Procedure
from woo.domain.publicatie import Publicatie
from woo.domain.verzoek import Wooverzoek
from woo.domain.verzoekstatus import Verzoekstatus, days_left, status
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling, demand


@dataclass(frozen=True, slots=True)
class Verzoekstand:
    """A request, its decisions, and how it stands today; `dagen` are those it has left, None where no day can be told."""

    verzoek: Wooverzoek
    besluiten: Sequence[Woobesluit]
    status: Verzoekstatus
    dagen: int | None

    @classmethod
    def of(cls, verzoek: Wooverzoek, besluiten: Sequence[Woobesluit], vandaag: date) -> "Verzoekstand":
        return cls(
            verzoek, besluiten, status(verzoek, besluiten, vandaag), days_left(verzoek, besluiten, vandaag)
        )


@dataclass(frozen=True, slots=True)
class Derdestand:
    """How a third party stands, by its number: asked, until when, its answer, told of the decision; not who it is."""

    id: str
    nummer: int
    gevraagd_op: date | None
    reageren_voor: date | None
    reactie: Reactie | None
    gereageerd_op: date | None
    geinformeerd_op: date | None
    gewist_op: date | None

    @classmethod
    def of(cls, derde: Belanghebbende) -> "Derdestand":
        return cls(**{each.name: getattr(derde, each.name) for each in fields(cls)})


@dataclass(frozen=True, slots=True)
class Verzoekdossier:
    """A request with all that the desk knows of it, but the people: who they are is read by `read_betrokkenen`.

    `publicaties` are those that show its decisions, by id, where the actor may read them. `verzoeker` says whether it is
    known who asked.
    """

    stand: Verzoekstand
    procedures: Sequence[Procedure]
    publicaties: dict[str, Publicatie]
    derden: Sequence[Derdestand]
    verzoeker: bool


@dataclass(frozen=True, slots=True)
class Verzoekvraag:
    """Which requests are wanted: of these states, of one organisation, with these words in case number or subject."""

    status: frozenset[Verzoekstatus] | None = None
    organisatie: str | None = None
    zoek: str = ""


@usecase(Handeling.VERZOEKEN_LEZEN, "wooverzoek")
def list_verzoeken(platform: Platform, actor: Actor, vraag: Verzoekvraag | None = None) -> list[Verzoekstand]:
    """The requests of the actor's organisations: first what is to be decided, the least time first, then the newest."""
    own = actor.organisaties(Recht.READ)
    vandaag = platform.now().date()
    with platform.registry.read() as reading:
        verzoeken = reading.dossier.verzoeken(organisaties=own)
        per_verzoek: dict[str, list[Woobesluit]] = {}
        for besluit in reading.dossier.besluiten():
            per_verzoek.setdefault(besluit.verzoek_id, []).append(besluit)
    standen = (Verzoekstand.of(each, per_verzoek.get(each.id, ()), vandaag) for each in verzoeken)
    wanted = _wanted(vraag or Verzoekvraag())
    return sorted(filter(wanted, standen), key=_urgency)


@usecase(Handeling.VERZOEK_LEZEN, "wooverzoek", "id")
def read_verzoek(platform: Platform, actor: Actor, id: str) -> Verzoekdossier:
    """One request with its decisions and procedures; raises NotFound, also for another organisation's."""
    with platform.registry.read() as reading:
        verzoek = reading.dossier.verzoek(id)
        demand(actor, Handeling.VERZOEK_LEZEN, verzoek.organisatie, "wooverzoek", id)
        besluiten = reading.dossier.besluiten(id)
        shown = (reading.publicatie(each.publicatie_id) for each in besluiten if each.publicatie_id)
        return Verzoekdossier(
            Verzoekstand.of(verzoek, besluiten, platform.now().date()),
            reading.dossier.procedures([each.id for each in besluiten]),
            {each.id: each for each in shown if actor.may_for(Recht.READ, each.publisher)},
            [Derdestand.of(each) for each in reading.betrokkenen.belanghebbenden(id)],
            (who := reading.betrokkenen.verzoeker(id)) is not None and who.gewist_op is None,
        )


@usecase(Handeling.VERZOEK_LEZEN, "woobesluit", "id")
def read_besluit(platform: Platform, actor: Actor, id: str) -> tuple[Woobesluit, Verzoekdossier]:
    """One decision with the request it is on; raises NotFound, also for another organisation's."""
    with platform.registry.read() as reading:
        besluit = reading.dossier.besluit(id)
        verzoek = reading.dossier.verzoek(besluit.verzoek_id)
    demand(actor, Handeling.VERZOEK_LEZEN, verzoek.organisatie, "woobesluit", id)
    return besluit, read_verzoek(platform, actor, besluit.verzoek_id)


def _wanted(vraag: Verzoekvraag) -> Callable[[Verzoekstand], bool]:
    words = vraag.zoek.casefold().split()

    def wanted(stand: Verzoekstand) -> bool:
        verzoek = stand.verzoek
        text = f"{verzoek.kenmerk} {verzoek.onderwerp}".casefold()
        return (
            (vraag.status is None or stand.status in vraag.status)
            and vraag.organisatie in (None, verzoek.organisatie)
            and all(word in text for word in words)
        )

    return wanted


def _urgency(stand: Verzoekstand) -> tuple[int, int, str]:
    verzoek = stand.verzoek
    if not stand.status.open:
        return 2, -verzoek.ontvangen_op.toordinal(), verzoek.id
    if stand.dagen is None:
        return 1, verzoek.ontvangen_op.toordinal(), verzoek.id
    return 0, stand.dagen, verzoek.id
