"""Change the data of documents at the desk: of one, seen by the one who changes it, or the same of many at once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from woo.domain.actor import Actor, Recht
from woo.domain.document import Document
from woo.domain.errors import InvalidValue, NotFound, Refused
from woo.registry import Transaction
from woo.usecases.document import CHANGEABLE, change_within
from woo.usecases.gelijktijdig import require_state
from woo.usecases.platform import Platform

BRON = "balie"
"""The source of a value that a person gave at the desk: no later reading replaces it."""

MOST = 5_000
"""Documents that are changed at once."""


def change_seen(
    platform: Platform,
    actor: Actor,
    id: str,
    changes: Mapping[str, Any],
    *,
    gezien: datetime | None = None,
) -> Document:
    """Change fields of one document; what has its value already is left alone, and nothing at all is not logged.

    `gezien` is the `gewijzigd_op` of the state that was changed; another one in the registry is a conflict.

    Raises:
        NotFound, NotAllowed: its publicatie is of an organisation that the actor may not see, or not change for.
        InvalidValue: a field that cannot be changed, no title, an unknown code.
        Refused: it was withdrawn, or somebody else changed it in between.
    """
    with platform.registry.transaction() as tx:
        document = _editable(tx, actor, id)
        require_state("document", id, held=document.gewijzigd_op, seen=gezien)
        return _changed(tx, platform, actor, document, changes)


def change_many(
    platform: Platform, actor: Actor, publicatie_id: str, ids: Sequence[str], changes: Mapping[str, Any]
) -> int:
    """Give documents of one publicatie these values, all of them or none; returns how many changed.

    Raises as `change_seen`, for the first document that refuses; InvalidValue also for none, or more than `MOST`.
    """
    if not changes:
        raise InvalidValue("velden", "", "nothing was named that should change", accepted=sorted(CHANGEABLE))
    wanted = tuple(dict.fromkeys(ids))
    if not 1 <= len(wanted) <= MOST:
        raise InvalidValue("ids", len(wanted), f"from 1 to {MOST} documents can be changed at once")
    with platform.registry.transaction() as tx:
        publicatie = tx.publicatie(publicatie_id)
        actor.require_for(Recht.EDIT, publicatie.publisher, "publicatie", publicatie_id)
        changed = 0
        for id in wanted:
            document = tx.document(id)
            if document.publicatie_id != publicatie_id:
                raise NotFound("document", id)
            changed += _changed(tx, platform, actor, document, changes) is not document
    return changed


def accept_voorstel(platform: Platform, actor: Actor, id: str, veld: str, waarde: str) -> Document:
    """Take over a value that a program found; from then on it is what a person said. Raises as `change_seen`.

    InvalidValue also when there is no such voorstel (any more), or when it is only told and no field has it.
    """
    with platform.registry.transaction() as tx:
        document = _editable(tx, actor, id)
        if veld not in CHANGEABLE or (veld, waarde) not in {(v.veld, v.waarde) for v in document.voorstellen}:
            accepted = [v.waarde for v in document.voorstellen if v.veld == veld and veld in CHANGEABLE]
            raise InvalidValue("voorstel", waarde, f"nothing proposes it for {veld!r} now", accepted=accepted)
        value: Any = date.fromisoformat(waarde) if veld == "creatiedatum" else waarde
        return change_within(tx, platform, actor, document, {veld: value}, bron=BRON)


def _changed(
    tx: Transaction, platform: Platform, actor: Actor, document: Document, changes: Mapping[str, Any]
) -> Document:
    for name in changes:
        if name not in CHANGEABLE:
            raise InvalidValue("veld", name, "this field cannot be changed", accepted=sorted(CHANGEABLE))
    if document.intrekking is not None:
        raise Refused("change", f"document {document.id}", "it was withdrawn")
    differ = {name: value for name, value in changes.items() if getattr(document, name) != value}
    return change_within(tx, platform, actor, document, differ, bron=BRON) if differ else document


def _editable(tx: Transaction, actor: Actor, id: str) -> Document:
    document, publicatie = tx.document_with_publicatie(id)
    actor.require_for(Recht.EDIT, publicatie.publisher, "document", id)
    return document
