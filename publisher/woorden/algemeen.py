"""What can be wrong anywhere, in plain Dutch with a way out; by how the reason begins."""

from publisher.woorden.soort import Woorden

WAARDEN: Woorden = (
    ("a word of three signs or more", "Noem minstens één woord van drie tekens of meer."),
    ("it is not a day", "Schrijf een dag als 2026-03-02."),
    ("it is not a year", "Schrijf een jaar als 2026."),
    ("it is longer than", "De tekst is te lang."),
)
"""Of a value that was refused."""

WEIGERINGEN: Woorden = (
    (
        "the registry holds a later state",
        "Iemand anders heeft dit net gewijzigd. Haal het opnieuw op en probeer het nog eens.",
    ),
)
"""Of an action that was refused."""
