"""What is sent to the desk about checks of other publishers."""

from pydantic import Field

from publisher.inputs import BodyInput


class Controlevraag(BodyInput):
    """Een website om na te kijken."""

    adres: str = Field(
        title="Adres",
        min_length=1,
        max_length=2000,
        description="Het adres van de website, zoals https://open.voorbeeld.nl.",
    )


class Openbaarheid(BodyInput):
    """Of het verslag openbaar is."""

    openbaar: bool = Field(
        title="Openbaar", description="true maakt het verslag openbaar, false haalt het weg."
    )
