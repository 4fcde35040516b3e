"""Erases what a document or publicatie holds from the rows of the registry."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from woo.domain.document import Leesstatus
from woo.domain.oogst import groep_van
from woo.domain.regelsleutels import loose_key
from woo.registry.dossier_tables import contactpersoon, inventarisregel
from woo.registry.oogst_tables import oogstantwoord, oogstitem
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
    _erase_harvest(connection, id)
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
    _erase_rows(connection, inventarisregel.c.document_id == id)


def _erase_harvest(connection: Connection, document_id: str) -> None:
    """What sources say of this document, of the same file where it was passed over, and of archives with nothing else in them."""
    of = oogstitem.c
    digests = sa.select(bestandsversie.c.digest).where(bestandsversie.c.document_id == document_id)
    same = sa.and_(of.document_id.is_(None), of.sha256.in_(digests))
    found = sa.or_(of.document_id == document_id, same)
    rows = connection.execute(sa.select(of.bron, of.sleutel, of.archief).where(found)).all()
    for bron, sleutel, _ in rows:
        _erase_item(connection, bron, sleutel)
    for bron, archief in {(row.bron, row.archief) for row in rows if row.archief is not None}:
        left = sa.select(of.sleutel).where(
            of.bron == bron, of.archief == archief, of.document_id.is_not(None), of.vernietigd.is_(False)
        )
        if connection.execute(left.limit(1)).first() is None:
            _erase_item(connection, bron, archief)


def _erase_item(connection: Connection, bron: str, sleutel: str) -> None:
    """All but the address of what a source offered, and the headers of its answers."""
    of, answer = oogstitem.c, oogstantwoord.c
    empty = ("deel_van", "toegepast", "taak", "etag", "http_gewijzigd", "sha256", "leden")
    values: dict[str, Any] = {
        **dict.fromkeys(empty),
        "gegevens": {},
        "vorm": "",
        "groep": groep_van(sleutel),
    }
    this = sa.and_(of.bron == bron, of.sleutel == sleutel)
    connection.execute(oogstitem.update().where(this).values(**values, vernietigd=True))
    answers = sa.and_(answer.bron == bron, answer.waarvoor == sleutel)
    erased: dict[str, Any] = {"url": sleutel, "koppen": [], "gevraagd": [], "sha256": None}
    connection.execute(oogstantwoord.update().where(answers).values(erased))


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
