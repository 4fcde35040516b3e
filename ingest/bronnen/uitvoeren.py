"""One check of an address from beginning to end, as the settings say."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from ingest.bronnen.controle import Controle
from ingest.bronnen.ophalen import Ophaler
from ingest.bronnen.verslag import verslag
from woo.diwoo.waardelijsten import Waardelijsten
from woo.settings import Settings


def controleer(
    adres: str,
    settings: Settings,
    lijsten: Waardelijsten,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    goes_on: Callable[[], bool] = lambda: True,
) -> dict[str, Any]:
    """Check the site at this address and return the report as JSON values; raises InvalidValue for what is no address.

    It ends early, with an incomplete report, once `goes_on` is False.
    """
    of = settings.bronnencheck
    controle = Controle(
        Ophaler(settings.oogst, of, goes_on=goes_on),
        lijsten,
        now=now,
        sitemaps=of.sitemaps,
        bestanden=of.files,
    )
    return verslag(controle.loop(adres))
