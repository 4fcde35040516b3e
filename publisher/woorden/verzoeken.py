"""Why something about a request or its decisions cannot be, in plain Dutch with a way out; by how the reason begins."""

from publisher.woorden.soort import Woorden

WAARDEN: Woorden = (
    ("it lies in the future", "Deze dag moet nog komen. Vul een dag in die al is geweest."),
    ("it begins before the day of receipt", "Deze dag ligt voor de dag van ontvangst."),
    ("it lies before the day of receipt", "Deze dag ligt voor de dag van ontvangst."),
    ("it ends before it begins", "De laatste dag ligt voor de eerste dag."),
    ("it lasts longer than ten years", "Deze periode duurt langer dan tien jaar."),
    ("it was asked later", "Deze dag ligt voor de dag waarop is gevraagd."),
    ("it was lodged later", "Deze dag ligt voor de dag van indiening."),
    ("the decision was taken later", "Deze dag ligt voor de dag van het besluit."),
    (
        "it revises",
        "Een herzien besluit heeft hetzelfde nummer en is niet ouder dan het besluit dat het vervangt.",
    ),
    ("the request has no such decision", "Dit besluit hoort niet bij dit verzoek."),
    ("a revised decision says", "Kies welk besluit dit vervangt én waarom."),
    ("a decision may be put off by", "De termijn mag met hoogstens twee weken worden verlengd."),
    ("partial decisions are numbered", "Nummer deelbesluiten vanaf 1."),
    ("only one of several partial", "Alleen een deelbesluit kan het laatste zijn. Vul ook het nummer in."),
    ("say what it was taken as", "Zeg waarvoor u het aanziet als het geen Woo-verzoek is, en alleen dan."),
    ("say when it was asked", "Vul ook in wanneer om een reactie is gevraagd."),
    ("an answer has a day", "Vul bij een reactie ook de dag in; bij 'geen reactie' blijft de dag leeg."),
    ("it is not an e-mail address", "Schrijf een e-mailadres als naam@voorbeeld.nl."),
    ("it belongs to no decision", "Dit document of deze regel hoort niet bij een besluit op dit verzoek."),
    ("it is no ground of", "Deze weigeringsgrond bestaat niet. Schrijf hem als 5.1.2.e of 10.2.e."),
    ("an objection is decided by the body", "Een bezwaar heeft geen ECLI; alleen een rechter geeft die."),
    ("say who it is", "Vul een naam in."),
)
"""Of a value that was refused."""

WEIGERINGEN: Woorden = (
    ("it was put off before", "De termijn is al eens verlengd. Dat mag maar één keer."),
    (
        "the first term ended",
        "De eerste termijn was toen al voorbij. Verlengen kan alleen daarvoor (artikel 4.4, tweede lid, Woo).",
    ),
    ("it is not suspended", "De termijn staat niet stil."),
    ("that day lies before the suspension", "Deze dag ligt voor het begin van de opschorting."),
    ("an earlier question was not answered", "Er staat nog een vraag aan de verzoeker open."),
    ("no question is open", "Er staat geen vraag aan de verzoeker open."),
    ("all of it was sent on before", "Het hele verzoek is al doorgestuurd."),
    ("the requester took it back", "De verzoeker trok het verzoek al in."),
    ("it is not there", "Dit staat er niet (meer). Laad de pagina opnieuw."),
    ("it was erased on", "De gegevens van deze derde zijn gewist."),
    ("that number belongs to", "Dit nummer heeft al een ander deelbesluit."),
)
"""Of an action that was refused."""

DELEN: Woorden = (
    (
        "number them all as partial decisions",
        "Er is al een besluit op het hele verzoek, of het zijn deelbesluiten. Nummer ze dan allemaal.",
    ),
    ("was revised already", "Dit besluit is al vervangen. Kies het latere besluit."),
    ("is the last one already", "Er is al een laatste deelbesluit."),
    ("shows it already", "Een andere publicatie laat dit besluit al zien."),
    ("is noted already", "Deze ingebrekestelling is al vastgelegd."),
    ("came in later", "Het besluit is van voor de ontvangst van het verzoek."),
    ("can never be public", "Dit document kan nooit openbaar worden, dus er is niets in te trekken."),
)
"""Of an action that was refused, by words anywhere in the reason."""
