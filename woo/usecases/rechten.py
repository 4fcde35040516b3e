"""The rights matrix: what each action asks of a role, for its own organisation and another, in each state of its object.

This table is the one truth. Use cases take what they demand from it (`woo.usecases.handeling`), docs/rechten.md is made from
it, and the tests walk all of it through the real use cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from woo.domain.actor import Actor, Recht, Rol
from woo.domain.document import Document
from woo.domain.publicatie import Publicatie, Publicatiestatus


class Handeling(StrEnum):
    """Everything that somebody can do, by the name that limits an API key to it."""

    PUBLICATIES_LEZEN = "publicaties-lezen"
    PUBLICATIE_LEZEN = "publicatie-lezen"
    PUBLICATIE_MAKEN = "publicatie-maken"
    PUBLICATIE_WIJZIGEN = "publicatie-wijzigen"
    PUBLICEREN = "publiceren"
    PUBLICATIE_INTREKKEN = "publicatie-intrekken"
    DOCUMENT_LEZEN = "document-lezen"
    DOCUMENT_TOEVOEGEN = "document-toevoegen"
    DOCUMENT_WIJZIGEN = "document-wijzigen"
    DOCUMENT_VERVANGEN = "document-vervangen"
    DOCUMENT_INTREKKEN = "document-intrekken"
    VERZOEK_REGISTREREN = "verzoek-registreren"
    VERZOEK_WIJZIGEN = "verzoek-wijzigen"
    BESLUIT_REGISTREREN = "besluit-registreren"
    PROCEDURE_REGISTREREN = "procedure-registreren"
    CONTACT_WIJZIGEN = "contact-wijzigen"
    ORGANISATIECONTACT_WIJZIGEN = "organisatiecontact-wijzigen"
    INVENTARIS_VERGELIJKEN = "inventaris-vergelijken"
    INVENTARIS_OVERNEMEN = "inventaris-overnemen"
    MELDINGEN_LEZEN = "meldingen-lezen"
    MELDING_AFHANDELEN = "melding-afhandelen"
    STATUS_LEZEN = "status-lezen"
    OPNIEUW_PROBEREN = "opnieuw-proberen"
    OPNIEUW_LEZEN = "opnieuw-lezen"
    GESCHIEDENIS_LEZEN = "geschiedenis-lezen"
    LOGBOEK_LEZEN = "logboek-lezen"
    KETEN_CONTROLEREN = "keten-controleren"
    WAARDELIJSTEN_VERNIEUWEN = "waardelijsten-vernieuwen"
    SLEUTELS_LEZEN = "sleutels-lezen"
    SLEUTEL_MAKEN = "sleutel-maken"
    SLEUTEL_INTREKKEN = "sleutel-intrekken"
    BESCHRIJVING_LEZEN = "beschrijving-lezen"
    VERZOEKEN_LEZEN = "verzoeken-lezen"
    VERZOEK_LEZEN = "verzoek-lezen"
    BETROKKENEN_LEZEN = "betrokkenen-lezen"
    BETROKKENEN_WIJZIGEN = "betrokkenen-wijzigen"
    BETROKKENEN_WISSEN = "betrokkenen-wissen"
    INVENTARIS_LEZEN = "inventaris-lezen"
    INVENTARIS_VOORSTELLEN = "inventaris-voorstellen"
    INVENTARISREGEL_WIJZIGEN = "inventarisregel-wijzigen"
    RELATIE_LEGGEN = "relatie-leggen"
    RELATIE_WEGHALEN = "relatie-weghalen"
    ACCOUNTS_LEZEN = "accounts-lezen"
    ACCOUNT_LEZEN = "account-lezen"
    ACCOUNT_MAKEN = "account-maken"
    ACCOUNT_WIJZIGEN = "account-wijzigen"
    CONTROLEREN = "publicatie-controleren"
    REEKS_PUBLICEREN = "reeks-publiceren"
    PLANNEN = "publicatie-plannen"
    PLANNINGEN_LEZEN = "planningen-lezen"
    CATEGORIEVELDEN_WIJZIGEN = "categorievelden-wijzigen"
    MEDEDELING_WIJZIGEN = "mededeling-wijzigen"
    DOCUMENT_OPSCHORTEN = "document-opschorten"
    DOCUMENT_VRIJGEVEN = "document-vrijgeven"
    VOORBEELD_LEZEN = "voorbeeld-lezen"
    LINKS_LEZEN = "links-lezen"
    LINK_MAKEN = "link-maken"
    LINK_INTREKKEN = "link-intrekken"
    INTREKKINGEN_LEZEN = "intrekkingen-lezen"
    HERSTELLEN = "herstellen"
    HERSTEL_VOORSTELLEN = "herstel-voorstellen"
    VERNIETIGING_VOORSTELLEN = "vernietiging-voorstellen"
    INGREPEN_LEZEN = "ingrepen-lezen"
    INGREEP_LEZEN = "ingreep-lezen"
    INGREEP_BESLISSEN = "ingreep-beslissen"
    LEKBLAD_LEZEN = "lekblad-lezen"
    LEKBLAD_MAKEN = "lekblad-maken"
    LEKBLAD_BESLISSEN = "lekblad-beslissen"
    BEWAARTERMIJNEN_LEZEN = "bewaartermijnen-lezen"
    BEWAARTERMIJN_LEZEN = "bewaartermijn-lezen"
    BEWAARTERMIJN_WIJZIGEN = "bewaartermijn-wijzigen"
    BEWAARTERMIJNEN_BIJHOUDEN = "bewaartermijnen-bijhouden"
    OOGST_LEZEN = "oogst-lezen"
    OOGSTBRON_LEZEN = "oogstbron-lezen"
    OOGST_VRAGEN = "oogst-vragen"
    OOGST_VRIJGEVEN = "oogst-vrijgeven"
    OOGSTEN = "oogsten"
    BEHEER_ZIEN = "beheer-zien"
    WEBHOOKS_LEZEN = "webhooks-lezen"
    WEBHOOK_MAKEN = "webhook-maken"
    WEBHOOK_WIJZIGEN = "webhook-wijzigen"
    BRONNEN_LEZEN = "bronnen-lezen"
    BRON_CONTROLEREN = "bron-controleren"
    BRONCONTROLE_PUBLICEREN = "broncontrole-publiceren"


class Bereik(StrEnum):
    """How an action meets organisations.

    OBJECT: it is about one thing of an organisation; of another organisation it does not exist.
    ORGANISATIE: it names an organisation; for another one it is not allowed.
    LIJST: it gives or touches only what is of the own organisations.
    ALLES: it is about the whole installation, and for those alone who work for every organisation.
    VRIJ: it is about no organisation at all.
    """

    OBJECT = "object"
    ORGANISATIE = "organisatie"
    LIJST = "lijst"
    ALLES = "alles"
    VRIJ = "vrij"


class Uitkomst(StrEnum):
    """What becomes of an attempt: it may (`mag`), the role falls short, it is not there for this actor, its state forbids it."""

    MAG = "mag"
    MAG_NIET = "mag niet"
    BESTAAT_NIET = "bestaat niet"
    KAN_NIET = "kan niet"


_CONCEPT, _PUBLIC, _GONE = Publicatiestatus


@dataclass(frozen=True, slots=True)
class Regel:
    """One row: what it is, the right it asks (`openbaar`: of what is public), and the states that forbid it to everyone."""

    wat: str
    recht: Recht
    bereik: Bereik = Bereik.OBJECT
    openbaar: Recht | None = None
    dicht: frozenset[Publicatiestatus] = frozenset()

    def demanded(self, status: Publicatiestatus) -> Recht:
        """The right that is asked when the object has this status."""
        return self.openbaar if self.openbaar is not None and status is _PUBLIC else self.recht


MATRIX: Final[Mapping[Handeling, Regel]] = {
    Handeling.PUBLICATIES_LEZEN: Regel("de lijst van publicaties zien", Recht.READ, Bereik.LIJST),
    Handeling.PUBLICATIE_LEZEN: Regel("een publicatie met haar documenten zien", Recht.READ),
    Handeling.PUBLICATIE_MAKEN: Regel("een concept maken", Recht.EDIT, Bereik.ORGANISATIE),
    Handeling.PUBLICATIE_WIJZIGEN: Regel(
        "de gegevens van een publicatie wijzigen", Recht.EDIT, dicht=frozenset({_GONE})
    ),
    Handeling.PUBLICEREN: Regel("een publicatie openbaar maken", Recht.PUBLISH, dicht=frozenset({_GONE})),
    Handeling.PUBLICATIE_INTREKKEN: Regel(
        "een publicatie intrekken", Recht.PUBLISH, dicht=frozenset({_CONCEPT, _GONE})
    ),
    Handeling.DOCUMENT_LEZEN: Regel("een document zien", Recht.READ),
    Handeling.DOCUMENT_TOEVOEGEN: Regel(
        "een document toevoegen", Recht.EDIT, openbaar=Recht.PUBLISH, dicht=frozenset({_GONE})
    ),
    Handeling.DOCUMENT_WIJZIGEN: Regel(
        "de gegevens van een document wijzigen", Recht.EDIT, dicht=frozenset({_GONE})
    ),
    Handeling.DOCUMENT_VERVANGEN: Regel(
        "een document een nieuw bestand geven", Recht.PUBLISH, dicht=frozenset({_GONE})
    ),
    Handeling.DOCUMENT_INTREKKEN: Regel("een document intrekken", Recht.PUBLISH, dicht=frozenset({_GONE})),
    Handeling.VERZOEK_REGISTREREN: Regel("een verzoek registreren", Recht.EDIT, Bereik.ORGANISATIE),
    Handeling.VERZOEK_WIJZIGEN: Regel(
        "een verzoek wijzigen, of wat ermee gebeurt", Recht.EDIT, openbaar=Recht.PUBLISH
    ),
    Handeling.BESLUIT_REGISTREREN: Regel(
        "een besluit registreren of tonen", Recht.EDIT, openbaar=Recht.PUBLISH
    ),
    Handeling.PROCEDURE_REGISTREREN: Regel(
        "bezwaar of beroep registreren", Recht.EDIT, openbaar=Recht.PUBLISH
    ),
    Handeling.CONTACT_WIJZIGEN: Regel(
        "de contactpersoon van een publicatie wijzigen", Recht.EDIT, openbaar=Recht.PUBLISH
    ),
    Handeling.ORGANISATIECONTACT_WIJZIGEN: Regel(
        "de contactpersoon van een organisatie wijzigen", Recht.PUBLISH, Bereik.ORGANISATIE
    ),
    Handeling.INVENTARIS_VERGELIJKEN: Regel(
        "een inventaris vergelijken", Recht.READ, dicht=frozenset({_GONE})
    ),
    Handeling.INVENTARIS_OVERNEMEN: Regel(
        "een inventaris overnemen", Recht.EDIT, openbaar=Recht.PUBLISH, dicht=frozenset({_GONE})
    ),
    Handeling.MELDINGEN_LEZEN: Regel("meldingen van bezoekers zien", Recht.EDIT, Bereik.LIJST),
    Handeling.MELDING_AFHANDELEN: Regel("een melding afhandelen", Recht.EDIT),
    Handeling.STATUS_LEZEN: Regel("zien hoe het ervoor staat", Recht.READ, Bereik.LIJST),
    Handeling.OPNIEUW_PROBEREN: Regel("opnieuw proberen wat is mislukt", Recht.EDIT, Bereik.LIJST),
    Handeling.OPNIEUW_LEZEN: Regel("alle bestanden opnieuw laten lezen", Recht.EDIT, Bereik.ALLES),
    Handeling.GESCHIEDENIS_LEZEN: Regel("zien wat er met iets is gebeurd", Recht.READ),
    Handeling.LOGBOEK_LEZEN: Regel("het logboek zien en uitvoeren", Recht.ADMINISTER, Bereik.LIJST),
    Handeling.KETEN_CONTROLEREN: Regel(
        "de keten van het logboek controleren", Recht.ADMINISTER, Bereik.ALLES
    ),
    Handeling.WAARDELIJSTEN_VERNIEUWEN: Regel("de waardelijsten vernieuwen", Recht.ADMINISTER, Bereik.ALLES),
    Handeling.SLEUTELS_LEZEN: Regel("de API-sleutels zien", Recht.ADMINISTER, Bereik.LIJST),
    Handeling.SLEUTEL_MAKEN: Regel("een API-sleutel maken", Recht.ADMINISTER, Bereik.ORGANISATIE),
    Handeling.SLEUTEL_INTREKKEN: Regel("een API-sleutel intrekken", Recht.ADMINISTER),
    Handeling.BESCHRIJVING_LEZEN: Regel("de beschrijving van de API zien", Recht.READ, Bereik.VRIJ),
    Handeling.INVENTARIS_LEZEN: Regel("een inventaris zien", Recht.READ),
    Handeling.INVENTARIS_VOORSTELLEN: Regel(
        "een gelezen inventaris klaarzetten of weggooien", Recht.EDIT, dicht=frozenset({_GONE})
    ),
    Handeling.INVENTARISREGEL_WIJZIGEN: Regel(
        "een regel van de inventaris wijzigen", Recht.EDIT, openbaar=Recht.PUBLISH, dicht=frozenset({_GONE})
    ),
    Handeling.RELATIE_LEGGEN: Regel(
        "zeggen hoe documenten bij elkaar horen", Recht.EDIT, dicht=frozenset({_GONE})
    ),
    Handeling.RELATIE_WEGHALEN: Regel("een relatie tussen documenten weghalen", Recht.EDIT),
    Handeling.ACCOUNTS_LEZEN: Regel("accounts van mensen zien", Recht.ADMINISTER, Bereik.LIJST),
    Handeling.ACCOUNT_LEZEN: Regel("een account zien", Recht.ADMINISTER),
    Handeling.ACCOUNT_MAKEN: Regel("een account maken", Recht.ADMINISTER, Bereik.ORGANISATIE),
    Handeling.ACCOUNT_WIJZIGEN: Regel(
        "een account wijzigen, helpen, sluiten, weer openen of wissen", Recht.ADMINISTER
    ),
    Handeling.VERZOEKEN_LEZEN: Regel("de lijst van verzoeken zien", Recht.READ, Bereik.LIJST),
    Handeling.VERZOEK_LEZEN: Regel("een verzoek met zijn besluiten zien", Recht.READ),
    Handeling.BETROKKENEN_LEZEN: Regel("zien wie een verzoek deed en wie het aangaat", Recht.EDIT),
    Handeling.BETROKKENEN_WIJZIGEN: Regel("noteren wie een verzoek deed en wie het aangaat", Recht.EDIT),
    Handeling.BETROKKENEN_WISSEN: Regel("wissen wie een verzoek deed of wie het aangaat", Recht.ADMINISTER),
    Handeling.CONTROLEREN: Regel("zien wat er niet klopt aan een publicatie", Recht.READ),
    Handeling.REEKS_PUBLICEREN: Regel("een reeks publicaties openbaar maken", Recht.PUBLISH, Bereik.LIJST),
    Handeling.PLANNEN: Regel(
        "een publicatie plannen, verschuiven of annuleren", Recht.PUBLISH, dicht=frozenset({_PUBLIC, _GONE})
    ),
    Handeling.PLANNINGEN_LEZEN: Regel("zien wat gepland staat", Recht.READ, Bereik.LIJST),
    Handeling.CATEGORIEVELDEN_WIJZIGEN: Regel(
        "de gegevens van de categorie vullen", Recht.EDIT, openbaar=Recht.PUBLISH, dicht=frozenset({_GONE})
    ),
    Handeling.MEDEDELING_WIJZIGEN: Regel(
        "een mededeling van een publicatie maken",
        Recht.EDIT,
        openbaar=Recht.PUBLISH,
        dicht=frozenset({_GONE}),
    ),
    Handeling.DOCUMENT_OPSCHORTEN: Regel("een document laten wachten", Recht.EDIT, dicht=frozenset({_GONE})),
    Handeling.DOCUMENT_VRIJGEVEN: Regel(
        "een document niet langer laten wachten", Recht.PUBLISH, dicht=frozenset({_GONE})
    ),
    Handeling.VOORBEELD_LEZEN: Regel(
        "het voorbeeld van een publicatie zien", Recht.READ, dicht=frozenset({_GONE})
    ),
    Handeling.LINKS_LEZEN: Regel("de links voor verzoekers zien", Recht.PUBLISH),
    Handeling.LINK_MAKEN: Regel("een link voor een verzoeker maken", Recht.PUBLISH, dicht=frozenset({_GONE})),
    Handeling.LINK_INTREKKEN: Regel("een link voor een verzoeker intrekken", Recht.PUBLISH),
    Handeling.INTREKKINGEN_LEZEN: Regel("zien wat is ingetrokken", Recht.READ, Bereik.LIJST),
    Handeling.HERSTELLEN: Regel(
        "weer openbaar maken wat is ingetrokken", Recht.PUBLISH, dicht=frozenset({_CONCEPT, _PUBLIC})
    ),
    Handeling.HERSTEL_VOORSTELLEN: Regel(
        "herstel voorstellen aan een tweede persoon", Recht.PUBLISH, dicht=frozenset({_CONCEPT, _PUBLIC})
    ),
    Handeling.VERNIETIGING_VOORSTELLEN: Regel(
        "vernietiging voorstellen aan een tweede persoon", Recht.PUBLISH, dicht=frozenset({_CONCEPT, _PUBLIC})
    ),
    Handeling.INGREPEN_LEZEN: Regel(
        "voorstellen tot herstel of vernietiging zien", Recht.PUBLISH, Bereik.LIJST
    ),
    Handeling.INGREEP_LEZEN: Regel("een voorstel en de verklaring ervan zien", Recht.PUBLISH),
    Handeling.INGREEP_BESLISSEN: Regel("een voorstel goedkeuren of afwijzen", Recht.PUBLISH),
    Handeling.LEKBLAD_LEZEN: Regel("een lekblad zien", Recht.PUBLISH),
    Handeling.LEKBLAD_MAKEN: Regel("een lekblad maken", Recht.PUBLISH, dicht=frozenset({_CONCEPT, _PUBLIC})),
    Handeling.LEKBLAD_BESLISSEN: Regel("beslissen of een lek gemeld wordt", Recht.PUBLISH),
    Handeling.BEWAARTERMIJNEN_LEZEN: Regel(
        "zien van welke publicaties de bewaartermijn afloopt", Recht.READ, Bereik.LIJST
    ),
    Handeling.BEWAARTERMIJN_LEZEN: Regel("de bewaartermijn van een publicatie zien", Recht.READ),
    Handeling.BEWAARTERMIJN_WIJZIGEN: Regel("de bewaartermijn van een publicatie wijzigen", Recht.PUBLISH),
    Handeling.BEWAARTERMIJNEN_BIJHOUDEN: Regel(
        "bewaartermijnen aankondigen en laten aflopen", Recht.PUBLISH, Bereik.ALLES
    ),
    Handeling.OOGST_LEZEN: Regel("zien welke bronnen worden geoogst", Recht.READ, Bereik.LIJST),
    Handeling.OOGSTBRON_LEZEN: Regel("zien wat er van een bron is geoogst", Recht.READ),
    Handeling.OOGST_VRAGEN: Regel("een bron laten oogsten", Recht.EDIT, Bereik.ALLES),
    Handeling.OOGST_VRIJGEVEN: Regel("vrijgeven wat is geoogst", Recht.PUBLISH, Bereik.ALLES),
    Handeling.BRONNEN_LEZEN: Regel("zien welke websites zijn nagekeken", Recht.ADMINISTER, Bereik.ALLES),
    Handeling.BRON_CONTROLEREN: Regel(
        "een website van een ander laten nakijken", Recht.ADMINISTER, Bereik.ALLES
    ),
    Handeling.BRONCONTROLE_PUBLICEREN: Regel(
        "het verslag van een nagekeken website openbaar maken of weghalen", Recht.ADMINISTER, Bereik.ALLES
    ),
    Handeling.OOGSTEN: Regel("overnemen en intrekken wat een bron heeft", Recht.PUBLISH, Bereik.ALLES),
    Handeling.BEHEER_ZIEN: Regel("zien wat er te beheren is", Recht.ADMINISTER, Bereik.VRIJ),
    Handeling.WEBHOOKS_LEZEN: Regel("de webhooks voor zaaksystemen zien", Recht.ADMINISTER, Bereik.LIJST),
    Handeling.WEBHOOK_MAKEN: Regel(
        "een webhook voor een zaaksysteem maken", Recht.ADMINISTER, Bereik.ORGANISATIE
    ),
    Handeling.WEBHOOK_WIJZIGEN: Regel("een webhook hervatten of weghalen", Recht.ADMINISTER),
}


def outcome(handeling: Handeling, rol: Rol, *, eigen: bool, status: Publicatiestatus) -> Uitkomst:
    """What the matrix says of an actor with this role at one organisation, who meets an object of it or of another one."""
    regel = MATRIX[handeling]
    actor = Actor("", rol, "", per_organisatie={"eigen": rol})
    if not actor.may(regel.recht) or regel.bereik is Bereik.ALLES:
        return Uitkomst.MAG_NIET
    if regel.bereik in (Bereik.LIJST, Bereik.VRIJ):
        return Uitkomst.MAG
    if not eigen:
        return Uitkomst.BESTAAT_NIET if regel.bereik is Bereik.OBJECT else Uitkomst.MAG_NIET
    if not actor.may(regel.demanded(status)):
        return Uitkomst.MAG_NIET
    return Uitkomst.KAN_NIET if status in regel.dicht else Uitkomst.MAG


def demand(
    actor: Actor,
    handeling: Handeling,
    organisatie: str | None,
    soort: str,
    id: str,
    *,
    status: Publicatiestatus = _CONCEPT,
) -> None:
    """Check this action on an object of this organisation in this state; raises NotFound or NotAllowed (Actor.require_for)."""
    actor.require_for(MATRIX[handeling].demanded(status), organisatie, soort, id)


def demand_publicatie(actor: Actor, handeling: Handeling, publicatie: Publicatie) -> None:
    """As `demand`, of this publicatie."""
    demand(actor, handeling, publicatie.publisher, "publicatie", publicatie.id, status=publicatie.status)


def demand_document(actor: Actor, handeling: Handeling, document: Document, publicatie: Publicatie) -> None:
    """As `demand`, of this document: it belongs to the organisation of its publicatie."""
    status = _GONE if document.intrekking is not None else publicatie.status
    demand(actor, handeling, publicatie.publisher, "document", document.id, status=status)
