"""The settings of the public site and of who follows it."""

from typing import Literal, Self

from pydantic import Field, model_validator

from woo.settings.section import Section
from woo.settings.values import (
    AbsolutePath,
    DayOrNone,
    Decimal,
    EmailOrNone,
    FileOrNone,
    Line,
    Name,
    Networks,
    RegistryUrl,
    SiteUrl,
    ThemeOrNone,
    WebUrlOrNone,
    Whole,
)


class SiteSettings(Section):
    """How the public site presents itself."""

    url: SiteUrl = Field(description="Public address of the site; links, feeds and sitemaps use it.")
    naam: Name = Field(
        description="Name in the header of the site, for example the name of the municipality."
    )
    ondertitel: Line = Field(description="Line under the name; may be empty.")
    contact: EmailOrNone = Field(
        description="E-mail address for questions, named in the API's description; may be empty."
    )
    theme: ThemeOrNone = Field(
        description="House style: the name of a theme in config/themes, or a CSS file with design tokens; may be empty."
    )


class ToegankelijkheidSettings(Section):
    """What the accessibility statement of the public site tells of its examination."""

    status: Literal["", "A", "B", "C", "D"] = Field(
        description="Status in the national register of accessibility statements: A, B, C or D; empty while there is none."
    )
    onderzocht: DayOrNone = Field(
        description="Day on which people last examined the site after WCAG-EM, such as 2026-03-02; may be empty."
    )
    rapport: WebUrlOrNone = Field(description="Address of the report of that examination; may be empty.")
    verklaring: WebUrlOrNone = Field(
        description="Address of the statement of this site in the national register; may be empty."
    )

    @model_validator(mode="after")
    def _examined(self) -> Self:
        if self.status in ("A", "B") and not (self.onderzocht and self.rapport):
            raise ValueError("status A or B needs an examination: set onderzocht and rapport too")
        return self


class ServeSettings(Section):
    """Where the two sites listen."""

    public_host: Name = Field(description="Address on which the public site listens.")
    public_port: Whole = Field(ge=1, le=65_535, description="Port of the public site.")
    desk_host: Name = Field(
        description="Address on which the coordinator's desk listens; this machine alone unless changed."
    )
    desk_port: Whole = Field(ge=1, le=65_535, description="Port of the coordinator's desk.")
    points_per_minute: Whole = Field(
        ge=0,
        description="What one address may ask of the public site in a minute, in points (docs/api.md says what costs what); 0 is no limit.",
    )
    at_once: Whole = Field(
        ge=1, le=1000, description="Requests of one address that are worked on at the same time; others wait."
    )
    unlimited: Networks = Field(
        description="Addresses and networks without these two limits, separated by commas; may be empty."
    )
    trusted_proxies: Networks = Field(
        description="Reverse proxies whose X-Forwarded-For is believed (addresses or networks, separated by commas); may be empty."
    )

    @model_validator(mode="after")
    def _two_places(self) -> Self:
        if (self.public_host, self.public_port) == (self.desk_host, self.desk_port):
            raise ValueError("the public site and the desk cannot listen on the same host and port")
        return self


class SearchSettings(Section):
    """What searching and showing pages may cost."""

    page_cache_mb: Whole = Field(
        ge=1, description="Memory for pictures of pages, in MiB; the least used go first."
    )
    render_processes: Whole = Field(ge=1, le=64, description="Child processes that make pictures of pages.")
    render_width: Whole = Field(ge=200, le=4000, description="Width of the picture of a page, in pixels.")


class MailSettings(Section):
    """The mail server through which the worker sends; without one no mail is sent."""

    host: Line = Field(description="Name of the mail server; empty means that no mail is sent.")
    port: Whole = Field(ge=1, le=65_535, description="Port of the mail server.")
    tls: Literal["none", "starttls", "tls"] = Field(
        description="How the connection is encrypted: none, starttls or tls (from the first byte)."
    )
    user: Line = Field(description="Name with which to log in at the mail server; may be empty.")
    password_file: FileOrNone = Field(description="File with the password that goes with user; may be empty.")
    ca_file: FileOrNone = Field(
        description="PEM file with the authority that signed the certificate of the mail server; may be empty."
    )
    sender: EmailOrNone = Field(description="Address that mail is sent from; needed where there is a host.")
    coordinator: EmailOrNone = Field(
        description="Address that is told when a visitor reports a privacy problem; may be empty."
    )
    seconds: Decimal = Field(gt=0, le=300, description="Longest wait for the mail server, in seconds.")

    @property
    def on(self) -> bool:
        """Whether mail can be sent."""
        return bool(self.host)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.host and self.sender is None:
            raise ValueError("mail.host needs mail.sender, the address that mail comes from")
        if bool(self.user) != (self.password_file is not None):
            raise ValueError("mail.user and mail.password_file go together; one of them is empty")
        if self.user and self.tls == "none":
            raise ValueError("with mail.tls none the password could be read on the way; use starttls or tls")
        return self


class VolgenSettings(Section):
    """Following a search by e-mail or webhook, and what visitors report."""

    url: RegistryUrl = Field(
        repr=False,
        description="Database of followers, webhooks and reports, apart from the registry: sqlite:///PATH or postgresql+psycopg://….",
    )
    password_file: FileOrNone = Field(
        description="File with the password of that database, instead of one in the URL; may be empty."
    )
    key_file: AbsolutePath = Field(description="File with the key of the links in mails; made on first use.")
    uur: Whole = Field(ge=0, le=23, description="Hour at which daily and weekly mail is sent, in Dutch time.")
    documenten: Whole = Field(
        ge=1, le=1000, description="Most documents named in one mail; it says how many there are more."
    )
    bevestigingen: Whole = Field(
        ge=1, le=100, description="Most mails in 24 hours that ask one address to confirm."
    )
    bevestigingen_uur: Whole = Field(
        ge=1, description="Most mails in an hour that ask anybody to confirm; the others wait."
    )
    webhook_seconds: Decimal = Field(
        gt=0, le=60, description="Longest time for one delivery to a webhook, in seconds."
    )
    webhook_private: bool = Field(
        description="Whether a webhook may be without TLS and at an address of the own network."
    )
    melding_dagen: Whole = Field(
        ge=1, description="Days that a report of a visitor is kept after it was dealt with."
    )
