"""Why something cannot be withdrawn, restored, destroyed or kept, in plain Dutch with a way out; by how the reason begins."""

from publisher.woorden.soort import Woorden

WEIGERINGEN: Woorden = (
    ("it was not withdrawn", "Het is niet ingetrokken."),
    ("it is not withdrawn", "Het is niet ingetrokken. Trek het eerst in."),
    ("it was destroyed before", "Het is al vernietigd."),
    ("it was destroyed here", "Dit bestand is hier vernietigd en mag niet terugkomen."),
    ("it was destroyed", "Het is vernietigd en kan niet terugkomen."),
    ("it is kept for ever", "Volgens de selectielijst blijft dit altijd bewaard."),
    ("its term ends on", "De bewaartermijn is nog niet voorbij."),
    (
        "its reason asks for a second person",
        "Bij deze reden beslist een tweede persoon. Stel het herstel voor.",
    ),
    ("a proposal on it is open", "Er ligt al een voorstel. Beslis daar eerst over."),
    ("another person than", "Wie het voorstelt, mag het niet goedkeuren. Dat doet een ander."),
    ("it was decided before", "Over dit voorstel is al beslist."),
    ("its term is over", "De termijn van dit voorstel is voorbij. Stel het opnieuw voor."),
    ("it was withdrawn before", "Dit document is al ingetrokken."),
    (
        "it was withdrawn",
        "Het is ingetrokken en blijft zoals het toen was. Maak zo nodig een nieuwe publicatie.",
    ),
    (
        "its status is 'concept'",
        "De publicatie is nog niet openbaar. Alleen wat openbaar is, kunt u intrekken.",
    ),
    ("its status is 'ingetrokken'", "De publicatie is al ingetrokken."),
)
"""Of an action that was refused."""
