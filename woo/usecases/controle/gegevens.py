"""What is wrong with a publicatie itself: its organisation, title, fields, announcement, plan and decisions."""

from collections.abc import Iterator

from woo.domain.bevinding import Bevinding
from woo.domain.document import Bestemming, Documentrol
from woo.domain.planning import AMSTERDAM
from woo.domain.publicatie import Publicatiestatus
from woo.registry import Reading
from woo.usecases.controle.blik import Blik, looks_like_file_name

_ROLLEN = (
    (Documentrol.BESLUITBRIEF, "besluitbrief", "De besluitbrief"),
    (Documentrol.VERZOEK, "verzoek", "Het verzoek"),
)


def findings(blik: Blik, reading: Reading) -> Iterator[Bevinding]:
    """The findings about the publicatie itself."""
    yield from _status(blik)
    yield from _publisher(blik)
    yield from _title(blik)
    yield from _fields(blik)
    yield from _announcement(blik)
    yield from _decisions(blik, reading)


def _status(blik: Blik) -> Iterator[Bevinding]:
    plan = blik.plan
    if blik.publicatie.status is Publicatiestatus.INGETROKKEN:
        yield blik.blocks(
            "ingetrokken",
            "status",
            "De publicatie is ingetrokken.",
            "Maak een nieuwe publicatie.",
            "it was withdrawn; make a new publicatie instead",
        )
    if plan is not None and plan.wacht and plan.embargo and blik.now < plan.op:
        moment = f"{plan.op.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}"
        yield blik.blocks(
            "embargo",
            "publiceerOp",
            f"Er geldt een embargo tot {moment} uur.",
            "Wacht tot dat moment, of haal het embargo eraf.",
            f"it is under embargo until {plan.op.isoformat()}",
            pad="/publiceren",
        )


def _publisher(blik: Blik) -> Iterator[Bevinding]:
    code = blik.publicatie.publisher
    if code is None:
        yield blik.blocks(
            "geen_publisher",
            "publisher",
            "Er is nog geen organisatie ingevuld.",
            "Kies de organisatie die publiceert.",
            "it has no publisher; set one first (DiWoo 0.9.8 asks for it)",
        )
    elif code not in blik.lijsten.organisaties:
        yield blik.blocks(
            "onbekende_publisher",
            "publisher",
            "De organisatie staat niet (meer) in de waardelijst.",
            "Kies een organisatie uit de lijst.",
            f"its publisher {code} is not in the list organisaties",
        )
    elif blik.lijsten.organisaties.get(code).extra.get("eigen") is True:
        yield blik.warns(
            "eigen_publisher",
            "publisher",
            "De organisatie staat niet op de landelijke lijst van DiWoo.",
            "De landelijke zoekmachine krijgt daarom alleen haar naam, en neemt de documenten misschien niet over. "
            "Op deze site is alles gewoon te vinden. Staat de organisatie wel op de lijst? Kies haar daar.",
            f"its publisher {code} is an own value, which DiWoo does not know: sitemaps tell its name alone",
        )
    for soort in blik.publicatie.informatiecategorieen:
        if soort not in blik.lijsten.informatiecategorieen:
            yield blik.blocks(
                "onbekende_categorie",
                "informatiecategorieen",
                "Een informatiecategorie staat niet (meer) in de waardelijst.",
                "Kies een categorie uit de lijst.",
                f"its category {soort} is not in the list informatiecategorieen",
            )


def _title(blik: Blik) -> Iterator[Bevinding]:
    if looks_like_file_name(blik.publicatie.officiele_titel):
        yield blik.warns(
            "titel_bestandsnaam",
            "officieleTitel",
            "De titel lijkt op een bestandsnaam.",
            "Schrijf een titel die een lezer begrijpt.",
            "its title looks like a file name",
        )


def _fields(blik: Blik) -> Iterator[Bevinding]:
    for veld in blik.lijsten.categorieen.velden(blik.publicatie.informatiecategorieen):
        if veld.naam in blik.velden:
            continue
        make = blik.blocks if veld.vereist else blik.warns
        yield make(
            "veld_ontbreekt",
            veld.naam,
            f"Het veld '{veld.label}' is nog leeg.",
            veld.uitleg,
            f"the field {veld.naam} of its category is empty",
            pad="/gegevens",
        )


def _announcement(blik: Blik) -> Iterator[Bevinding]:
    if blik.mededeling is not None and blik.openbaar:
        yield blik.blocks(
            "mededeling_met_documenten",
            "mededeling",
            "Dit is een mededeling, maar er staan documenten in die openbaar zouden worden.",
            "Haal die documenten weg, of maak er een gewone publicatie van.",
            "it is an announcement in the place of a document (art. 3.3, eighth paragraph, Woo) and has documents",
            pad="/mededeling",
        )
    if blik.mededeling is None and not blik.openbaar:
        yield blik.warns(
            "geen_documenten",
            "documenten",
            "Er staan geen documenten in deze publicatie.",
            "Voeg ze toe, of maak er een mededeling van als het hele document geheim blijft.",
            "it has no documents",
        )


def _decisions(blik: Blik, reading: Reading) -> Iterator[Bevinding]:
    if not blik.lijsten.categorieen.met_besluit(blik.publicatie.informatiecategorieen):
        return
    if not blik.besluiten:
        yield blik.warns(
            "geen_besluit",
            "besluit",
            "Er hoort nog geen besluit op een verzoek bij.",
            "Koppel het besluit aan deze publicatie.",
            "no decision on a request belongs to it",
        )
    for besluit in blik.besluiten:
        if besluit.datum > blik.vandaag:
            yield blik.blocks(
                "besluit_in_toekomst",
                "besluit",
                f"Het besluit {besluit.kenmerk} heeft een datum in de toekomst.",
                "Verbeter de datum, of plan de publicatie.",
                f"decision {besluit.id} lies in the future",
            )
        if reading.dossier.verzoek(besluit.verzoek_id).ontvangen_op > blik.vandaag:
            yield blik.blocks(
                "verzoek_in_toekomst",
                "verzoek",
                "Het verzoek is volgens de gegevens nog niet ontvangen.",
                "Verbeter de datum van ontvangst.",
                f"the request of decision {besluit.id} lies in the future",
            )
    if blik.besluiten:
        yield from _letters(blik)


def _letters(blik: Blik) -> Iterator[Bevinding]:
    for rol, naam, zin in _ROLLEN:
        with_role = [each for each in blik.documenten if each.rol is rol]
        if any(each.bestemming is Bestemming.OPENBAAR for each in with_role):
            continue
        herstel = (
            "Voeg ook de versie toe die iedereen mag lezen; de verzonden versie wordt nooit openbaar."
            if with_role
            else f"Voeg het document toe en geef het de rol '{naam}'."
        )
        yield blik.warns(
            f"geen_{naam}",
            "documenten",
            f"{zin} staat er nog niet bij.",
            herstel,
            f"no public document has the role {naam}",
        )
