"""Why an inventory, or a row of it, cannot be changed as was asked, in plain Dutch with a way out; by how the reason begins."""

from publisher.woorden.soort import Woorden

WEIGERINGEN: Woorden = (
    (
        "the inventory says",
        "Volgens de inventaris mogen documenten van deze publicatie niet openbaar worden. Trek die eerst in.",
    ),
    (
        "it changed since you looked",
        "De inventaris of de documenten zijn gewijzigd sinds u vergeleek. Vergelijk de lijst opnieuw.",
    ),
    (
        "documents are public that the list says are not",
        "Er zijn documenten openbaar die dat volgens de lijst niet mogen zijn. Trek die eerst in.",
    ),
    ("this proposal was applied before", "Dit voorstel is al overgenomen."),
    ("this proposal is over", "Dit voorstel is verlopen. Stuur de lijst opnieuw."),
    (
        "rows with errors",
        "Er zijn rijen met fouten. Verbeter ze en stuur de lijst opnieuw, of laat ze allemaal uitdrukkelijk weg.",
    ),
    ("rows without errors", "U laat rijen weg die goed zijn. Noem alleen de rijen met fouten."),
    ("its number is taken", "Een andere rij heeft dit nummer al. Kies een ander nummer."),
    ("the list is full", "Er passen niet meer rijen in één inventaris."),
    ("a PDF is made of at most", "De inventaris heeft daarvoor te veel rijen. Neem het rekenblad of de CSV."),
)
"""Of an action that was refused."""
