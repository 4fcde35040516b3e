"""A calendar feed of legal terms: iCalendar (RFC 5545), one all-day event per clock, without anything of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vDuration

_PRODID = "-//Woo-publicatieplatform//Termijnen//NL"
_REFRESH = timedelta(hours=1)
_MORNING = timedelta(hours=8)
_DAG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Afspraak:
    """One event: `sleutel` stays the same for as long as the clock exists, `volgnummer` goes up with each change.

    `waarschuw` are the days before the day itself on which the calendar warns (0: that morning).
    """

    sleutel: str
    dag: date
    titel: str
    tekst: str
    url: str
    volgnummer: int
    gewijzigd_op: datetime
    waarschuw: tuple[int, ...] = ()


def calendar(naam: str, host: str, afspraken: Iterable[Afspraak], *, now: datetime) -> bytes:
    """Write the feed: UTF-8, lines ended by CRLF and folded at 75 bytes; `host` makes the ids unique in the world."""
    made = Calendar()
    made.add("prodid", _PRODID)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", naam)
    made.add("x-wr-timezone", "Europe/Amsterdam")
    made.add("refresh-interval", vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(_REFRESH))
    for afspraak in afspraken:
        made.add_component(_event(afspraak, host, now))
    return bytes(made.to_ical())


def _event(afspraak: Afspraak, host: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{afspraak.sleutel}@{host}")
    event.add("dtstamp", _whole(now))
    event.add("last-modified", _whole(afspraak.gewijzigd_op))
    event.add("sequence", afspraak.volgnummer)
    event.add("dtstart", afspraak.dag)
    event.add("dtend", afspraak.dag + _DAG)
    event.add("summary", afspraak.titel)
    event.add("description", afspraak.tekst)
    event.add("url", afspraak.url)
    event.add("transp", "TRANSPARENT")
    event.add("class", "CONFIDENTIAL")
    event.add("categories", ["Woo"])
    for days in afspraak.waarschuw:
        event.add_component(_alarm(afspraak, days))
    return event


def _alarm(afspraak: Afspraak, days: int) -> Alarm:
    """A warning at eight in the morning, so many days before."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", afspraak.titel)
    alarm.add("trigger", _MORNING - days * _DAG)
    return alarm


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
