"""Why something cannot be published, planned or shown to a requester, in plain Dutch with a way out; by how the reason begins."""

from publisher.woorden.soort import Woorden

WAARDEN: Woorden = (
    ("it lies in the past", "Dat moment is al voorbij."),
    ("it must be a whole minute", "Kies een hele minuut."),
    ("it needs its time zone", "Geef de tijdzone erbij, zoals +01:00."),
    ("it lies more than ten years ahead", "Dat is meer dan tien jaar vooruit."),
    (
        "the clock skips this hour",
        "Dat uur bestaat niet op die dag: de klok gaat vooruit. Kies een andere tijd.",
    ),
    ("the clock shows this hour twice", "Dat uur komt die dag twee keer voor. Kies een andere tijd."),
    ("it does not lie ahead", "Kies een dag na vandaag."),
    ("a link lasts from", "Dat is langer dan mag."),
    (
        "the publicatie has no such document",
        "Dit document hoort niet bij de publicatie, of het is ingetrokken.",
    ),
    ("the categories of this publicatie have no such field", "Dit veld hoort niet bij de categorie."),
)
"""Of a value that was refused."""

WEIGERINGEN: Woorden = (
    (
        "four eyes: you prepared",
        "U hebt deze publicatie zelf voorbereid. Bij uw organisatie publiceert iemand anders haar: een collega met de rol publiceerder.",
    ),
    (
        "four eyes: nobody",
        "Bij uw organisatie maakt niemand alleen een bestand openbaar. Maak een nieuwe publicatie; een collega publiceert die.",
    ),
    ("it has no publisher", "Er is nog geen organisatie ingevuld. Vul eerst 'publisher' in."),
    ("it is public already", "De publicatie is al openbaar."),
    ("it is public; withdraw", "Het document is al openbaar. Trek het in als het weg moet."),
    ("it is public with documents", "De publicatie is openbaar en heeft documenten."),
    ("it is an announcement", "Dit is een mededeling. Daar horen geen openbare documenten bij."),
    ("it is under embargo", "Er geldt een embargo. Haal dat er eerst af."),
    ("it has no documents to show", "Er zijn geen documenten om te laten zien."),
    ("it is geannuleerd", "Het plan is al geannuleerd."),
    ("it is uitgevoerd", "Het plan is al uitgevoerd."),
    ("it is mislukt", "Het plan is al mislukt. Maak zo nodig een nieuw plan."),
)
"""Of an action that was refused."""
