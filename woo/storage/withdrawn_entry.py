"""The form of one entry of the withdrawn list, and its name, which alone suffices to hide what it names."""

import json
import re
from datetime import datetime

from woo.domain.errors import InvalidValue
from woo.logs import get_logger
from woo.storage.document_file import json_bytes
from woo.storage.paths import checked_id, is_id
from woo.storage.port import Withdrawn

KINDS = ("document", "publicatie")
_NAME = re.compile(rf"({'|'.join(KINDS)})-(.+)\.json")
_log = get_logger(__name__)


def entry_name(soort: str, id: str) -> str:
    """The name of the entry's file; raises InvalidValue."""
    if soort not in KINDS:
        raise InvalidValue("soort", soort, "this cannot be withdrawn", accepted=KINDS)
    return f"{soort}-{checked_id(id)}.json"


def named_by(name: str) -> tuple[str, str] | None:
    """Kind and id that the name of a file names, or None when it is no entry."""
    found = _NAME.fullmatch(name)
    return (found[1], found[2]) if found and is_id(found[2]) else None


def entry_bytes(entry: Withdrawn) -> bytes:
    for field, moment in (
        ("op", entry.op),
        ("settled", entry.settled),
        ("vernietigd", entry.vernietigd),
    ):
        if moment is not None and moment.tzinfo is None:
            raise InvalidValue(field, moment.isoformat(), "a moment needs its time zone")
    fields = {
        "op": entry.op.isoformat(),
        "reden": entry.reden,
        "titel": entry.titel,
        "publicatie_id": entry.publicatie_id,
        "settled": entry.settled.isoformat() if entry.settled else None,
    }
    if entry.vernietigd:
        fields["vernietigd"] = entry.vernietigd.isoformat()
    return json_bytes(fields, "entry")


def entry_from(content: bytes, *, id: str, soort: str, changed: datetime) -> Withdrawn:
    """The entry; one that is damaged counts as withdrawn without a reason at the moment that its file changed."""
    try:
        fields = json.loads(content)
        settled, destroyed = fields["settled"], fields.get("vernietigd")
        return Withdrawn(
            id=id,
            soort=soort,
            op=datetime.fromisoformat(fields["op"]),
            reden=str(fields["reden"]),
            titel=str(fields["titel"]),
            publicatie_id=fields["publicatie_id"],
            settled=datetime.fromisoformat(settled) if settled else None,
            vernietigd=datetime.fromisoformat(destroyed) if destroyed else None,
        )
    except (ValueError, TypeError, KeyError) as error:
        return damaged_entry(id=id, soort=soort, changed=changed, error=error)


def damaged_entry(*, id: str, soort: str, changed: datetime, error: Exception) -> Withdrawn:
    """What is left of an entry that cannot be read: its name, which hides."""
    _log.error("withdrawn_entry_damaged", id=id, error=type(error).__name__)
    return Withdrawn(id=id, soort=soort, op=changed, reden="")
