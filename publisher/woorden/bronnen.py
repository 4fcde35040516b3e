"""Why a source is not harvested or checked, in plain Dutch with a way out; by how the reason begins."""

from publisher.woorden.soort import Woorden

WEIGERINGEN: Woorden = (
    ("it is not active", "De bron staat uit (active in haar bestand)."),
    ("checks are waiting already", "Er wachten al te veel websites. Probeer het later nog eens."),
    ("it has no report", "Er is nog geen verslag. Wacht tot de website is nagekeken."),
)
"""Of what cannot be done now."""
