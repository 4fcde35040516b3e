"""Dates of sitemaps: as the XSD wants them, and what else publishers write that can only mean one thing."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""Where a time without an offset was written: sitemaps of Dutch publishers."""

_DATUM = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?P<zone>Z|[+-]\d\d:\d\d)?")
_DATUMTIJD = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(?P<deel>\d+))?(?P<zone>Z|[+-]\d\d:\d\d)?"
)
_ANDERS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M%z",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%Y%m%d",
    "%a, %d %b %Y %H:%M:%S %z",
)


def datum(text: str) -> date | None:
    """The day of an `xs:date`; None when the text is none."""
    match = _DATUM.fullmatch(text.strip())
    if match is None or not _zone_ok(match["zone"]):
        return None
    return _day(match.group(1, 2, 3))


def datumtijd(text: str) -> datetime | None:
    """The moment of an `xs:dateTime`, with an offset (that of Amsterdam where it names none); None when the text is none."""
    match = _DATUMTIJD.fullmatch(text.strip())
    if match is None or not _zone_ok(match["zone"]):
        return None
    day = _day(match.group(1, 2, 3))
    hour, minute, second = (int(part) for part in match.group(4, 5, 6))
    micro = int((match["deel"] or "0")[:6].ljust(6, "0"))
    midnight = (hour, minute, second, int(match["deel"] or 0)) == (24, 0, 0, 0)
    if day is None or minute > 59 or second > 59 or (hour > 23 and not midnight):
        return None
    try:
        moment = datetime.combine(day, time(hour % 24, minute, second, micro), _zone(match["zone"]))
        return moment + timedelta(days=1) if midnight else moment
    except OverflowError:
        return None


def lastmod(text: str) -> datetime | None:
    """The moment of a `lastmod`, which may be a day (its beginning is meant); None when it is neither."""
    moment = datumtijd(text)
    if moment is not None:
        return moment
    day = datum(text)
    return None if day is None else begin(day)


def begin(day: date) -> datetime:
    """The first moment of a day in the Netherlands, with its offset."""
    return datetime.combine(day, time(), AMSTERDAM)


def anders_geschreven(text: str) -> datetime | None:
    """The moment of a date that the XSD refuses but that can mean one thing only; None for all others."""
    stripped = " ".join(text.split())
    found = lastmod(stripped)
    if found is not None:
        return found
    for form in _ANDERS:
        try:
            moment = datetime.strptime(stripped, form)  # noqa: DTZ007 - the zone is given below where it names none
        except ValueError:
            continue
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=AMSTERDAM)
    return None


def schrijf(moment: datetime) -> str:
    """A moment as `xs:dateTime` with its offset, to the second where it is whole."""
    return moment.isoformat(timespec="seconds" if moment.microsecond == 0 else "microseconds")


def _day(parts: tuple[str, ...]) -> date | None:
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None


def _zone_ok(zone: str | None) -> bool:
    if zone is None or zone == "Z":
        return True
    hours, minutes = int(zone[1:3]), int(zone[4:])
    return hours * 60 + minutes <= 14 * 60 and minutes <= 59


def _zone(zone: str | None) -> timezone | ZoneInfo:
    if zone is None:
        return AMSTERDAM
    if zone == "Z":
        return UTC
    delta = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:]))
    return timezone(-delta if zone[0] == "-" else delta)
