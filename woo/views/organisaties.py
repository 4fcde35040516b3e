"""What kinds of organisation are called for people, and how a share is told."""

from woo.domain.organisatie import Organisatiesoort
from woo.taal import gettext_noop

SOORTEN = {
    Organisatiesoort.GEMEENTE.value: gettext_noop("Gemeenten"),
    Organisatiesoort.PROVINCIE.value: gettext_noop("Provincies"),
    Organisatiesoort.WATERSCHAP.value: gettext_noop("Waterschappen"),
    Organisatiesoort.MINISTERIE.value: gettext_noop("Ministeries"),
    Organisatiesoort.SAMENWERKINGSORGANISATIE.value: gettext_noop("Samenwerkingsorganisaties"),
    Organisatiesoort.ZELFSTANDIG_BESTUURSORGAAN.value: gettext_noop("Zelfstandige bestuursorganen"),
    Organisatiesoort.OVERHEIDSORGANISATIE.value: gettext_noop("Andere overheidsorganisaties"),
    Organisatiesoort.OPENBAAR_LICHAAM.value: gettext_noop("Caribische openbare lichamen"),
}
"""The name of each kind, by its code."""


def percentage(share: float) -> str:
    """Write a share of 0 to 1 as `87%`: only nothing is 0% and only all is 100%."""
    whole = round(100 * share)
    if 0 < share < 1:
        whole = min(99, max(1, whole))
    return f"{whole}%"
