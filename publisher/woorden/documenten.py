"""Why a document or its file cannot be as was asked, in plain Dutch with a way out; by how the reason begins."""

from publisher.woorden.soort import Woorden

WEIGERINGEN: Woorden = (
    ("it is infected", "Er zit een virus in. Open het niet, en meld het bij uw beheerder."),
    ("it has this very file already", "Dit is precies het bestand dat het document al heeft."),
    ("it can never be public", "Dit document wordt nooit openbaar."),
    ("its inventory says", "Volgens de inventaris is dit document niet openbaar. Verbeter eerst de regel."),
    ("it does not wait", "Dit document wacht nergens op."),
    ("a court was asked", "De rechter is gevraagd om een voorlopige voorziening en heeft nog niet beslist."),
)
"""Of an action that was refused."""
