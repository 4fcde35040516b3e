"""Why an address cannot be a webhook, in plain Dutch with a way out; by how the reason begins."""

from publisher.woorden.soort import Woorden

WAARDEN: Woorden = (
    ("an address as https", "Geef een adres dat begint met https:// en een naam heeft, zonder spaties."),
    ("an address without user", "Het adres mag geen gebruikersnaam, wachtwoord of # hebben."),
    (
        "it leads to an address of a private network",
        "Dit adres ligt in een besloten netwerk. Daar sturen wij niets heen.",
    ),
    ("name at least one organisation", "Noem minstens één organisatie, of laat dit veld weg."),
)
"""Of a value that was refused."""
