"""Values that every projection shows alike: moments, values of lists, the publisher."""

from datetime import UTC, datetime

from woo.diwoo.waardelijsten import Waarde, Waardelijsten
from woo.domain.publicatie import Publicatie


def utc_text(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def waarde_kaart(waarde: Waarde) -> dict[str, str]:
    """A value of a list as code, URI and name."""
    return {"code": waarde.code, "uri": waarde.uri, "naam": waarde.naam}


def publisher_kaart(publicatie: Publicatie, lijsten: Waardelijsten) -> dict[str, str]:
    """The organisation that publishes; raises ValueError where there is none."""
    if publicatie.publisher is None:
        raise ValueError(f"publicatie {publicatie.id} has no publisher and cannot be public")
    return waarde_kaart(lijsten.organisaties.get(publicatie.publisher))
