"""How requests, decisions and the people behind them are told on the pages of the desk, in plain Dutch."""

from publisher.balie.keuzes import Keuzes
from publisher.desk import Desk
from woo.domain.besluit import Herziening, Uitkomst, Woobesluit
from woo.domain.verzoek import Opschortingsgrond
from woo.usecases.rechten import Handeling, demand
from woo.usecases.verzoekinzage import Verzoekdossier, Verzoekstand, read_verzoek
from woo.views.dutch import counted

UITKOMSTEN = {
    Uitkomst.OPENBAAR: "Alles openbaar",
    Uitkomst.DEELS_OPENBAAR: "Deels openbaar",
    Uitkomst.NIET_OPENBAAR: "Niet openbaar",
    Uitkomst.REEDS_OPENBAAR: "Was al openbaar",
    Uitkomst.GEEN_DOCUMENTEN: "Geen documenten gevonden",
    Uitkomst.BUITEN_BEHANDELING: "Buiten behandeling gesteld",
    Uitkomst.DOORGEZONDEN: "Doorgestuurd naar een andere organisatie",
    Uitkomst.INGETROKKEN: "Ingetrokken door de verzoeker",
    Uitkomst.GEEN_WOO_VERZOEK: "Geen Woo-verzoek",
}
GRONDEN = {
    Opschortingsgrond.ZIENSWIJZE: "Derden mogen hun mening geven (artikel 4.4, derde lid, Woo)",
    Opschortingsgrond.PRECISERING: "De verzoeker moet uitleggen wat is bedoeld (artikel 4:15, eerste lid, Awb)",
    Opschortingsgrond.INSTEMMING: "De verzoeker stemt in met uitstel (artikel 4:15, tweede lid, onder a, Awb)",
    Opschortingsgrond.VERZOEKER: "De vertraging ligt aan de verzoeker (artikel 4:15, tweede lid, onder b, Awb)",
    Opschortingsgrond.OVERMACHT: "Overmacht (artikel 4:15, tweede lid, onder c, Awb)",
}
HERZIENINGEN = {
    Herziening.BEZWAAR: "Na bezwaar",
    Herziening.RECHTER: "Na een uitspraak van de rechter",
    Herziening.AMBTSHALVE: "Uit eigen beweging",
}


def uitkomsten() -> Keuzes:
    return [(each.value, naam) for each, naam in UITKOMSTEN.items()]


def gronden() -> Keuzes:
    return [(each.value, naam) for each, naam in GRONDEN.items()]


def herzieningen() -> Keuzes:
    return [(each.value, naam) for each, naam in HERZIENINGEN.items()]


def uitkomst(besluit: Woobesluit) -> str:
    """What a decision came to."""
    naam = UITKOMSTEN[besluit.uitkomst]
    return naam if besluit.aangemerkt_als is None else f"{naam}, maar {besluit.aangemerkt_als}"


def besluitnaam(besluit: Woobesluit) -> str:
    """What a decision is called."""
    deel = "besluit" if besluit.deelbesluit is None else f"deelbesluit {besluit.deelbesluit}"
    return f"Herzien {deel}" if besluit.herziet else deel.capitalize()


def time_left(stand: Verzoekstand) -> str:
    """The days that a request has left, in words; empty when it is decided."""
    if not stand.status.open:
        return ""
    if stand.dagen is None:
        return "de termijn staat stil"
    if stand.dagen < 0:
        return f"{counted(-stand.dagen, 'dag', 'dagen')} te laat"
    return "vandaag de laatste dag" if stand.dagen == 0 else f"nog {counted(stand.dagen, 'dag', 'dagen')}"


def editable(desk: Desk, id: str, handeling: Handeling = Handeling.VERZOEK_WIJZIGEN) -> Verzoekdossier:
    """A request on which the actor may do this; raises NotFound and NotAllowed, which is noted as of a use case."""
    with desk.attempt(handeling, "wooverzoek", id):
        dossier = read_verzoek(desk.platform, desk.actor, id)
        demand(desk.actor, handeling, dossier.stand.verzoek.organisatie, "wooverzoek", id)
    return dossier
