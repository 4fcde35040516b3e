"""The parts of the desk that have pages: add yours here (see docs/desk-pages.md)."""

from publisher.balie import (
    aandacht_pages,
    aanmelden_pages,
    agenda_pages,
    beheer_pages,
    documenten_pages,
    gebruikers_pages,
    hervat_pages,
    inventaris_pages,
    inzage_pages,
    logboek_pages,
    mijn_pages,
    provider_pages,
    publicaties_pages,
    publicatievelden_pages,
    publiceren_pages,
    reeks_pages,
    samen_pages,
    sleutels_pages,
    static,
    statistieken_pages,
    termijnen_pages,
    toevoegen_pages,
    vandaag_pages,
    verzoeken_pages,
    verzonden_pages,
    voorbeeld_pages,
)

DELEN = (
    vandaag_pages.DEEL,
    publicaties_pages.DEEL,
    documenten_pages.DEEL,
    toevoegen_pages.DEEL,
    samen_pages.DEEL,
    gebruikers_pages.DEEL,
    mijn_pages.DEEL,
    hervat_pages.DEEL,
    termijnen_pages.DEEL,
    agenda_pages.DEEL,
    aandacht_pages.DEEL,
    statistieken_pages.DEEL,
    verzoeken_pages.DEEL,
    verzonden_pages.DEEL,
    inventaris_pages.DEEL,
    publiceren_pages.DEEL,
    publicatievelden_pages.DEEL,
    reeks_pages.DEEL,
    voorbeeld_pages.DEEL,
    inzage_pages.DEEL,
    beheer_pages.DEEL,
    logboek_pages.DEEL,
    sleutels_pages.DEEL,
)
"""The parts, in no order that matters; the order of the menu is that of `pages`."""

OPEN = (
    static.router,
    aanmelden_pages.router,
    provider_pages.router,
)
"""Routes of the pages that are no part."""
