"""The form of one entry of the inbox, and its name: kind, moment and chance, so that names sort by kind and time."""

import json
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from woo.domain.errors import InvalidValue
from woo.logs import get_logger
from woo.storage.document_file import json_bytes
from woo.storage.port import InboxEntry

MAX_BYTES = 64 * 1024
_SOORT = re.compile(r"[a-z](?:-?[a-z]){0,30}")
_ID = re.compile(r"([a-z-]+)\.(\d{16})\.[0-9a-f]{32}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_log = get_logger(__name__)


def new_id(soort: str, *, now: datetime) -> str:
    """An id that nobody can guess or meet again; raises InvalidValue for a kind that is no word."""
    if not _SOORT.fullmatch(soort):
        raise InvalidValue("soort", soort, "a word of at most 31 small letters and hyphens is accepted")
    return f"{soort}.{(now - _EPOCH) // timedelta(microseconds=1):016d}.{secrets.token_hex(16)}"


def moment_of(id: str) -> datetime | None:
    """The moment in an id, or None for what is no id of an entry."""
    found = _ID.fullmatch(id)
    if found is None or not _SOORT.fullmatch(found[1]):
        return None
    return _EPOCH + timedelta(microseconds=int(found[2]))


def checked_entry_id(id: str) -> str:
    """Return the id; raises InvalidValue for anything else, so that nothing else ever becomes a path."""
    if moment_of(id) is None:
        raise InvalidValue("id", id, "it is no id of an entry of the inbox")
    return id


def content_bytes(inhoud: Mapping[str, Any]) -> bytes:
    """Return the content as it is kept; raises InvalidValue for what is no JSON object, or too much."""
    content = json_bytes(dict(inhoud), "inhoud")
    if len(content) > MAX_BYTES:
        raise InvalidValue(
            "inhoud", f"{len(content)} bytes", f"at most {MAX_BYTES} bytes of JSON are accepted"
        )
    return content


def entry_from(id: str, content: bytes) -> InboxEntry | None:
    """The entry, or None for one that is damaged, which is logged."""
    op = moment_of(id)
    try:
        inhoud = json.loads(content)
    except ValueError:
        inhoud = None
    if op is None or not isinstance(inhoud, dict):
        _log.error("inbox_entry_damaged", id=id)
        return None
    return InboxEntry(id, id.partition(".")[0], op, inhoud)
