"""Turn the texts that a file gives about itself into metadata with dates and sources."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType

from woo.sandbox.page_text import clean
from woo.sandbox.reading import FileMetadata

FIELDS = (
    "title",
    "author",
    "subject",
    "keywords",
    "creation_date",
    "modification_date",
    "language",
    "producer",
)
_DATES = frozenset({"creation_date", "modification_date"})

_PDF_DATE = re.compile(
    r"\s*(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d))?)?)?\s*(?:(Z)|([+-])(\d\d)(?:'?(\d\d))?)?.*",
    re.DOTALL,
)
_ISO_DATE = re.compile(
    r"\s*(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)?\s*"
)


def file_metadata(values: Mapping[str, str], *, source: str) -> FileMetadata:
    """Build the metadata of a file that is no PDF; `source` is its kind (`docx`)."""
    return _metadata(dict.fromkeys(FIELDS, ((source, values),)))


def build_metadata(values: Mapping[str, str], *, xmp: Mapping[str, str]) -> FileMetadata:
    """Build the metadata of a PDF: the document information first, XMP where it is silent.

    Args:
        values: Document information, and `language` from the catalog.
        xmp: The same fields from XMP.
    """
    return _metadata(
        {field: (("catalog" if field == "language" else "docinfo", values), ("xmp", xmp)) for field in FIELDS}
    )


def _metadata(given: Mapping[str, tuple[tuple[str, Mapping[str, str]], ...]]) -> FileMetadata:
    """Take of each field the first source that has a value."""
    found: dict[str, str | datetime] = {}
    sources: dict[str, str] = {}
    for field in FIELDS:
        for source, texts in given[field]:
            text = clean(texts.get(field, "")).strip()
            value = parse_date(text) if field in _DATES else text
            if value:
                found[field], sources[field] = value, source
                break
    return FileMetadata(**found, sources=MappingProxyType(sources))  # type: ignore[arg-type]


def parse_date(text: str) -> datetime | None:
    """Read a date as PDF (`D:20240131120000+01'00'`, ISO 32000-1, 7.9.4) or XMP (ISO 8601) writes it, in UTC.

    Returns:
        None when the day is not given or there is no such moment. Without a time zone it is taken as UTC.
    """
    parts = _PDF_DATE.fullmatch(text) or _ISO_DATE.fullmatch(text)
    if parts is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in parts.groups()[:6])
    sign, hours, minutes = parts.group(8), int(parts.group(9) or 0), int(parts.group(10) or 0)
    shift = timedelta(hours=hours, minutes=minutes)
    try:
        zone = timezone(-shift if sign == "-" else shift)
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
