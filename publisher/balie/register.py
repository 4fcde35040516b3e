"""The parts of the desk that have pages: add yours here (see docs/desk-pages.md)."""

from publisher.balie import (
    beheer_pages,
    documenten_pages,
    inventaris_koppel_pages,
    inventaris_lijst_pages,
    inventaris_pages,
    inventaris_regel_pages,
    publicaties_pages,
    relaties_pages,
    samen_pages,
    static,
    toevoegen_pages,
    vandaag_pages,
    werk_pages,
)

DELEN = (
    vandaag_pages.DEEL,
    publicaties_pages.DEEL,
    inventaris_pages.DEEL,
    inventaris_lijst_pages.DEEL,
    inventaris_regel_pages.DEEL,
    inventaris_koppel_pages.DEEL,
    documenten_pages.DEEL,
    relaties_pages.DEEL,
    toevoegen_pages.DEEL,
    samen_pages.DEEL,
    werk_pages.DEEL,
    beheer_pages.DEEL,
)
"""The parts, in no order that matters; the order of the menu is that of `pages`."""

OPEN = (static.router,)
"""Routes of the pages that are no part."""
