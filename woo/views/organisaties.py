"""What kinds of organisation are called for people."""

from woo.domain.organisatie import Organisatiesoort
from woo.taal import gettext_noop

SOORTEN = {
    Organisatiesoort.GEMEENTE.value: gettext_noop("Gemeente"),
    Organisatiesoort.PROVINCIE.value: gettext_noop("Provincie"),
    Organisatiesoort.WATERSCHAP.value: gettext_noop("Waterschap"),
    Organisatiesoort.MINISTERIE.value: gettext_noop("Ministerie"),
    Organisatiesoort.SAMENWERKINGSORGANISATIE.value: gettext_noop("Samenwerkingsorganisatie"),
    Organisatiesoort.ZELFSTANDIG_BESTUURSORGAAN.value: gettext_noop("Zelfstandig bestuursorgaan"),
    Organisatiesoort.OVERHEIDSORGANISATIE.value: gettext_noop("Andere overheidsorganisatie"),
    Organisatiesoort.OPENBAAR_LICHAAM.value: gettext_noop("Caribisch openbaar lichaam"),
}
"""The name of each kind, by its code."""
