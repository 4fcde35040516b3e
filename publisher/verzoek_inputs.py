"""What may be sent to the desk about requests, their people, their decisions and procedures; forms send the same."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from publisher.inputs import (
    MAX_PAGE,
    BodyInput,
    Code,
    Dag,
    Kenmerk,
    Moment,
    QueryInput,
    Titel,
    one_line,
)
from woo.domain.besluit import Herziening, Uitkomst
from woo.domain.betrokkenen import Reactie, Stuksoort
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.domain.verloop import Periode
from woo.domain.verzoek import VERDAGING_DAGEN, Opschortingsgrond, Verzoekfeit
from woo.domain.verzoekstatus import Verzoekstatus

Regel = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(one_line),
]
"""A name, address or other line of text."""


def _ticked(value: object) -> object:
    """A box of a form says `ja` when it is ticked."""
    return True if value == "ja" else value


Vinkje = Annotated[bool, BeforeValidator(_ticked)]


class Gezien(BodyInput):
    """The base of a change: the state that was seen, so that nobody's work is overwritten."""

    gewijzigd_op: Moment | None = Field(
        default=None,
        description="De waarde van `gewijzigdOp` die u het laatst zag; zonder wordt niet vergeleken.",
    )

    def changes(self) -> dict[str, Any]:
        """The fields that were sent, without the state that was seen."""
        return {name: value for name, value in self.given().items() if name != "gewijzigd_op"}


class _Verzoekgegevens(Gezien):
    periode_van: Dag | None = Field(
        default=None, title="Periode van", description="Eerste dag van de periode waarover het verzoek gaat."
    )
    periode_tot: Dag | None = Field(
        default=None, title="Periode tot en met", description="Laatste dag van die periode."
    )

    @property
    def periode(self) -> Periode | None:
        """The period that was sent; raises InvalidValue for one that ends before it begins."""
        if self.periode_van is None and self.periode_tot is None:
            return None
        return Periode(self.periode_van, self.periode_tot)


class NieuwVerzoek(_Verzoekgegevens):
    """Een nieuw Woo-verzoek; wie het deed legt u apart vast."""

    kenmerk: Kenmerk = Field(title="Kenmerk", description="Het zaaknummer.")
    onderwerp: Titel = Field(
        title="Onderwerp", description="Wat er is gevraagd. Dit wordt openbaar; noem nooit wie het vroeg."
    )
    ontvangen_op: Dag = Field(title="Ontvangen op")
    organisatie: Code = Field(title="Organisatie", description="Code of URI van de organisatie die besluit.")


class VerzoekWijziging(_Verzoekgegevens):
    """Wat er aan een verzoek verandert; wat u niet noemt blijft zoals het is. Noem van de periode beide kanten."""

    kenmerk: Kenmerk = Field(default_factory=str, title="Kenmerk")
    onderwerp: Titel = Field(default_factory=str, title="Onderwerp")
    ontvangen_op: Dag = Field(default_factory=lambda: date.min, title="Ontvangen op")
    organisatie: Code = Field(default_factory=str, title="Organisatie")

    def wanted(self) -> Mapping[str, Any]:
        """The changes as the use case takes them."""
        wanted = self.changes()
        if wanted.keys() & {"periode_van", "periode_tot"}:
            wanted["periode"] = self.periode
        return {name: value for name, value in wanted.items() if name not in ("periode_van", "periode_tot")}


class Verdaging(Gezien):
    """Dat het besluit later mag komen."""

    op: Dag = Field(title="Verteld op", description="De dag waarop u het de verzoeker vertelde.")
    dagen: int = Field(default=VERDAGING_DAGEN, ge=1, le=VERDAGING_DAGEN, title="Dagen")


class NieuweOpschorting(Gezien):
    """Een periode waarin de termijn stilstaat."""

    van: Dag = Field(title="Eerste dag", description="De dag na die waarop u het de verzoeker vertelde.")
    tot: Dag | None = Field(
        default=None, title="Laatste dag", description="Leeg zolang de termijn stilstaat."
    )
    grond: Opschortingsgrond = Field(title="Waarom")


class OpDag(Gezien):
    """Dat er iets gebeurde op een dag."""

    op: Dag = Field(title="Dag")


class NieuweDoorzending(Gezien):
    """Dat het verzoek, of een deel, is doorgestuurd naar een andere organisatie."""

    aan: Regel = Field(title="Organisatie", description="Code, URI of naam van de organisatie.")
    op: Dag = Field(title="Dag")
    deel: Regel | None = Field(
        default=None,
        title="Welk deel",
        description="Leeg als het hele verzoek is doorgestuurd. Dit wordt openbaar.",
    )


class Schrapping(Gezien):
    """Wat bij vergissing is vastgelegd en weg moet."""

    feit: Verzoekfeit = Field(title="Wat")
    nummer: int = Field(default=1, ge=1, le=1_000, title="Nummer")


class _Besluitgegevens(Gezien):
    deelbesluit: int | None = Field(default=None, ge=1, le=1_000, title="Nummer van het deelbesluit")
    laatste: Vinkje = Field(default=False, title="Laatste deelbesluit")
    gronden: list[Regel] = Field(default_factory=list, max_length=50, title="Weigeringsgronden")
    ondertekenaar: Regel | None = Field(
        default=None, title="Ondertekend door", description="De functie, nooit een naam."
    )
    aangemerkt_als: Regel | None = Field(
        default=None,
        title="Aangemerkt als",
        description="Alleen als het geen Woo-verzoek is: waarvoor u het aanziet.",
    )
    herziening: Herziening | None = Field(default=None, title="Waarom herzien")


class NieuwBesluit(_Besluitgegevens):
    """Een besluit op het verzoek, een deelbesluit, of een besluit dat een eerder besluit vervangt."""

    kenmerk: Kenmerk = Field(title="Kenmerk")
    datum: Dag = Field(title="Datum van het besluit")
    uitkomst: Uitkomst = Field(title="Uitkomst")
    publicatie: Code | None = Field(
        default=None, title="Publicatie", description="Id van de publicatie die het besluit laat zien."
    )
    herziet: Code | None = Field(
        default=None, title="Vervangt", description="Id van het besluit waarvoor dit in de plaats komt."
    )


class BesluitWijziging(_Besluitgegevens):
    """Wat er aan een besluit verandert; wat u niet noemt blijft zoals het is."""

    kenmerk: Kenmerk = Field(default_factory=str, title="Kenmerk")
    datum: Dag = Field(default_factory=lambda: date.min, title="Datum van het besluit")
    uitkomst: Uitkomst = Field(default_factory=lambda: Uitkomst.OPENBAAR, title="Uitkomst")


class PublicatieVanBesluit(BodyInput):
    """De publicatie die een besluit laat zien: een bestaande, of een nieuwe met deze titel."""

    publicatie: Code | None = Field(
        default=None, title="Publicatie", description="Id van een bestaande publicatie."
    )
    officiele_titel: Titel | None = Field(default=None, title="Titel van een nieuwe publicatie")


class NieuweProcedure(BodyInput):
    """Een bezwaar of een zaak bij de rechter; nooit wie ermee begon."""

    soort: Proceduresoort = Field(title="Wat")
    datum: Dag = Field(title="Ingediend op")


class Procedureafloop(BodyInput):
    """Hoe een bezwaar of zaak is geëindigd."""

    uitkomst: Procedureuitkomst = Field(title="Uitkomst")
    op: Dag = Field(title="Dag van de uitkomst")
    ecli: Kenmerk | None = Field(default=None, title="ECLI", examples=["ECLI:NL:RBOVE:2024:1234"])


class NieuweVerzoeker(BodyInput):
    """Wie het verzoek deed; alleen de balie ziet dit."""

    naam: Regel = Field(title="Naam")
    namens: Regel | None = Field(default=None, title="Namens wie")
    adres: Regel | None = Field(default=None, title="Adres")
    email: Regel | None = Field(default=None, title="E-mailadres")
    telefoon: Regel | None = Field(default=None, title="Telefoon")


class NieuweZienswijze(BodyInput):
    """Wat een derde antwoordde over één document of regel."""

    soort: Stuksoort
    id: Regel = Field(description="Het id van het document, of `publicatie:nummer` van de regel.")
    reactie: Reactie


class Derde(Gezien):
    """Iemand die het verzoek aangaat: wat is gevraagd, geantwoord en verteld. Alleen de balie ziet dit."""

    naam: Regel = Field(title="Naam")
    adres: Regel | None = Field(default=None, title="Adres")
    email: Regel | None = Field(default=None, title="E-mailadres")
    gevraagd_op: Dag | None = Field(default=None, title="Gevraagd op")
    reageren_voor: Dag | None = Field(default=None, title="Laatste dag om te reageren")
    reactie: Reactie | None = Field(default=None, title="Reactie")
    gereageerd_op: Dag | None = Field(default=None, title="Gereageerd op")
    zienswijzen: list[NieuweZienswijze] | None = Field(
        default=None,
        max_length=5_000,
        description="Wat per document of regel is geantwoord; zonder blijft het zoals het is.",
    )
    geinformeerd_op: Dag | None = Field(
        default=None, title="Verteld van het besluit op", description="Artikel 4.4, zesde lid, Woo."
    )


class Verzoekzoek(QueryInput):
    """Welke verzoeken u wilt zien."""

    aantal: int = Field(
        default=20, ge=1, le=MAX_PAGE, description="Hoeveel er hoogstens in het antwoord staan."
    )
    na: str | None = Field(
        default=None, max_length=500, description="De waarde van `volgende` uit het vorige antwoord."
    )
    status: list[Verzoekstatus] | None = Field(default=None, description="Alleen verzoeken met deze status.")
    organisatie: Code | None = Field(default=None, description="Alleen verzoeken aan deze organisatie.")
    zoek: Titel | None = Field(default=None, description="Woorden uit kenmerk of onderwerp.")
