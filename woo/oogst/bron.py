"""One source that is harvested: where it is, whose it is, how politely, and what becomes of what is found."""

import re
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, BeforeValidator, ByteSize, Field, model_validator

from woo.domain.planning import AMSTERDAM
from woo.oogst.delen import Part, Texts, listed, web_address
from woo.oogst.filters import Filters
from woo.oogst.regels import Siteregels
from woo.settings.values import Bytes, Decimal, Whole

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?", re.IGNORECASE)
_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class Bronsoort(StrEnum):
    """How documents are found at a source."""

    DIWOO = "diwoo"
    OPENOVERHEID = "openoverheid"
    WOO = "woo"
    SITE = "site"


class Beleid(StrEnum):
    """What becomes of what is found: public at once, kept until somebody releases it, or a concept for a coordinator."""

    PUBLIC = "public"
    QUARANTINE = "quarantine"
    REVIEW = "review"


def _host(value: str) -> str:
    if not _HOST.fullmatch(value):
        raise ValueError("the name of a host is accepted here, such as documenten.voorbeeld.nl")
    return value.lower()


def _cron(value: str) -> str:
    try:
        CronSim(value, datetime(2026, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise ValueError(f"a schedule as in cron is accepted here, such as 15 3 * * * ({error})") from error
    return value


def _window(value: str) -> str:
    found = _WINDOW.fullmatch(value)
    if found is None or found[1] + found[2] == found[3] + found[4]:
        raise ValueError("a time of the day is accepted here, such as 22:00-06:00")
    return value


class Grenzen(Part):
    """How much is asked of a source, and taken from it; sizes in bytes, times in seconds."""

    concurrency: Whole = Field(default=4, ge=1, le=16)
    delay: Decimal = Field(default=0.0, ge=0, le=600)
    timeout: Decimal = Field(default=120.0, gt=0, le=3600)
    retries: Whole = Field(default=3, ge=0, le=10)
    retry_after: Decimal = Field(default=600.0, ge=0, le=86_400)
    redirects: Whole = Field(default=5, ge=0, le=20)
    file_bytes: Bytes = Field(default_factory=lambda: ByteSize(1024**3), gt=0)
    sitemap_bytes: Bytes = Field(default_factory=lambda: ByteSize(100 * 1024**2), gt=0)
    sitemaps: Whole = Field(default=5_000, ge=1)
    documents: Whole = Field(default=1_000_000, ge=1)
    formats: Texts = Field(default=())


class Toetsen(Part):
    """What must be true of a whole run, or it changes nothing: how many documents, and how many of a hundred may be gone."""

    documents_min: Whole = Field(default=1, ge=0)
    documents_max: Whole = Field(default=1_000_000, ge=1)
    gone_percent: Whole = Field(default=20, ge=0, le=100)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.documents_min > self.documents_max:
            raise ValueError("documents_min is more than documents_max")
        return self


class Feed(Part):
    """How the feed of another installation is followed: how many days may pass before all of it is read again."""

    whole_every_days: Whole = Field(default=30, ge=1, le=3650)


class Bron(Part):
    """A source; `naam` is that of its file. Codes are those of the value lists, times of the day are Dutch time."""

    naam: str
    active: bool = True
    kind: Bronsoort
    address: Annotated[str, AfterValidator(web_address)]
    publisher: str
    publishers: Texts = ()
    category: str | None = None
    policy: Beleid = Beleid.REVIEW
    schedule: Annotated[str, AfterValidator(_cron)] | None = None
    windows: Annotated[tuple[Annotated[str, AfterValidator(_window)], ...], BeforeValidator(listed)] = ()
    hosts: Annotated[tuple[Annotated[str, AfterValidator(_host)], ...], BeforeValidator(listed)] = ()
    limits: Grenzen = Field(default_factory=Grenzen)
    assertions: Toetsen = Field(default_factory=Toetsen)
    filters: Filters | None = None
    feed: Feed | None = None
    rules: Siteregels | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.filters is not None and self.kind is not Bronsoort.OPENOVERHEID:
            raise ValueError("the key filters is for kind openoverheid alone")
        if self.feed is not None and self.kind is not Bronsoort.WOO:
            raise ValueError("the key feed is for kind woo alone")
        if (self.rules is not None) is not (self.kind is Bronsoort.SITE):
            raise ValueError("the key rules is for kind site, which cannot do without it")
        return self

    @model_validator(mode="after")
    def _starts_at_its_hosts(self) -> Self:
        for address in () if self.rules is None else self.rules.start:
            if urlsplit(address).netloc.lower() not in self.allowed_hosts:
                raise ValueError(f"rules.start: the host of {address} is not one of this source (key hosts)")
        return self

    @property
    def own(self) -> dict[str, Any]:
        """What the spider of this kind needs to know beside limits and address, as JSON can hold it."""
        if self.rules is not None:
            return self.rules.own()
        return {} if self.filters is None else self.filters.model_dump(mode="json")

    @property
    def tells_dates_first(self) -> bool:
        """Whether its lists may say when a document changed, so that what did not change need not be asked for."""
        return self.kind is Bronsoort.OPENOVERHEID or (
            self.rules is not None and self.rules.detail is not None
        )

    @property
    def asks_whole(self) -> bool:
        """Whether to ask for the file itself where HEAD would do: sites that are no DiWoo publisher may answer HEAD with 404."""
        return self.kind not in (Bronsoort.DIWOO, Bronsoort.WOO)

    @property
    def whole_every(self) -> timedelta | None:
        """How long its feed may be followed from where a run left it; None for kinds that tell everything each time."""
        if self.kind is not Bronsoort.WOO:
            return None
        return timedelta(days=(self.feed or Feed()).whole_every_days)

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The hosts, each with its port where that is not the usual one, that may be asked for anything."""
        return frozenset({urlsplit(self.address).netloc.lower(), *self.hosts})

    @property
    def allowed_publishers(self) -> frozenset[str]:
        """The organisations whose documents may be found here."""
        return frozenset({self.publisher, *self.publishers})

    def open_until(self, now: datetime) -> datetime | None:
        """Until when it may be asked now: the end of the window, far away without windows, None outside them."""
        if not self.windows:
            return now + timedelta(days=3650)
        local = now.astimezone(AMSTERDAM)
        for window in self.windows:
            first, last = (time.fromisoformat(part) for part in window.split("-"))
            for day in (local.date() - timedelta(days=1), local.date()):
                start = datetime.combine(day, first, AMSTERDAM)
                end = datetime.combine(day + timedelta(days=last < first), last, AMSTERDAM)
                if start <= local < end:
                    return end.astimezone(UTC)
        return None

    def due_after(self, moment: datetime) -> datetime | None:
        """The first moment after this one at which its schedule asks for a run; None without a schedule."""
        if self.schedule is None:
            return None
        found: datetime = next(CronSim(self.schedule, moment.astimezone(AMSTERDAM)))
        return found.astimezone(UTC)
