"""Erases what a document or publicatie holds from the rows of the registry."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.document import Leesstatus
from woo.domain.regelsleutels import loose_key
from woo.registry.dossier_tables import contactpersoon, inventarisregel
from woo.registry.oogst_tables import oogstitem
from woo.registry.tables import (
    bestandsversie,
    document,
    item,
    pagina,
    publicatie,
    relatie,
    vingerafdruk,
    vingerafdrukband,
)

VERNIETIGD_DOCUMENT = "Vernietigd document"
VERNIETIGDE_PUBLICATIE = "Vernietigde publicatie"

_EMPTIED = (
    *("bestand_digest", "bestand_naam", "bestand_mime", "bestand_grootte", "omschrijving", "kenmerk"),
    *("documentsoort", "creatiedatum", "taal", "lees_reden", "tekstbron", "extractor"),
    *("weergave_digest", "weergave_naam", "weergave_grootte"),
    *("bericht_id", "bericht_antwoord_op", "bericht_draad"),
)


def erase_document(connection: Connection, id: str, now: datetime) -> None:
    """Leave of this document that it was there, its number and its withdrawal, and nothing of what it said or was called."""
    for table in (pagina, vingerafdruk, vingerafdrukband, bestandsversie):
        connection.execute(table.delete().where(table.c.document_id == id))
    connection.execute(relatie.delete().where(sa.or_(relatie.c.van_id == id, relatie.c.naar_id == id)))
    emptied = dict.fromkeys(_EMPTIED)
    values = {
        "officiele_titel": VERNIETIGD_DOCUMENT,
        "leesstatus": Leesstatus.OVERGESLAGEN.value,
        "paginas": 0,
        "onleesbaar": 0,
        "onzeker": 0,
        "waarschuwingen": [],
        "voorstellen": [],
        "herkomst": {},
        "gewijzigd_op": now,
    }
    connection.execute(document.update().where(document.c.id == id).values({**emptied, **values}))
    # the path of the source stays: it keeps a batch run from bringing a changed file back (ADR 0007)
    connection.execute(item.update().where(item.c.document_id == id).values(sha256=None))
    harvested = oogstitem.update().where(oogstitem.c.document_id == id)
    connection.execute(harvested.values(gegevens={}, sha256=None, etag=None))
    _erase_rows(connection, inventarisregel.c.document_id == id)


def erase_publicatie(connection: Connection, id: str, now: datetime) -> None:
    """As `erase_document`, for the publicatie itself; its documents are erased one by one."""
    values = {
        "officiele_titel": VERNIETIGDE_PUBLICATIE,
        "verkorte_titel": None,
        "omschrijving": None,
        "kenmerk": None,
        "gewijzigd_op": now,
    }
    connection.execute(publicatie.update().where(publicatie.c.id == id).values(values))
    of = contactpersoon.c
    connection.execute(contactpersoon.delete().where(of.soort == "publicatie", of.object_id == id))
    _erase_rows(connection, inventarisregel.c.publicatie_id == id)


def _erase_rows(connection: Connection, of: sa.ColumnElement[bool]) -> None:
    """What rows of an inventory tell in words; number, judgement and grounds are of the decision, and stay."""
    emptied = {"datum": None, "soort": None, "toelichting": None, "familie": None, "draad": None}
    values = {
        "documentnaam": VERNIETIGD_DOCUMENT,
        "naamsleutel": loose_key(VERNIETIGD_DOCUMENT),
        "links": [],
        "gerelateerd": [],
        "zaaknummers": [],
        "overig": {},
    }
    connection.execute(inventarisregel.update().where(of).values({**emptied, **values}))
