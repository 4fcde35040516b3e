"""Every setting, its type and its meaning; the defaults are in config/default.yaml alone."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from woo.settings.values import (
    AbsolutePath,
    Bytes,
    ClamdOrNone,
    Cores,
    DayOrNone,
    Decimal,
    DeskUrl,
    EmailOrNone,
    Endpoint,
    FileOrNone,
    FolderOrNone,
    IndexUrl,
    IssuerUrl,
    Languages,
    Line,
    Name,
    Networks,
    OidcRollen,
    RegistryUrl,
    Secret,
    SiteUrl,
    StorageUrl,
    TermijnOntvangers,
    ThemeOrNone,
    WebUrlOrNone,
    Whole,
    Words,
)


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, defer_build=True)


class RegistrySettings(_Section):
    """Where the registry is, and how long to wait for it."""

    url: RegistryUrl = Field(
        repr=False,
        description="Database of the registry: sqlite:///PATH, or postgresql+psycopg://USER@HOST:PORT/DATABASE.",
    )
    password_file: FileOrNone = Field(
        description="File with the password of the database, instead of one in the URL; may be empty."
    )
    connections: Whole = Field(
        ge=1, le=500, description="Most connections of one process to PostgreSQL; SQLite opens what it needs."
    )
    connect_seconds: Decimal = Field(
        ge=2, description="Longest wait for PostgreSQL to accept a connection, in seconds."
    )
    lock_seconds: Decimal = Field(
        gt=0, description="Longest wait for another change to the same thing, in seconds."
    )
    statement_seconds: Decimal = Field(
        gt=0, description="Longest time for one question to PostgreSQL, in seconds; migrations have no limit."
    )


class IndexSettings(_Section):
    """Where the index is, and what its writer may use."""

    url: IndexUrl = Field(
        description="The index: tantivy:///PATH, or elasticsearch://HOST:PORT/PREFIX (elasticsearchs: with TLS)."
    )
    api_key: Secret = Field(description="API key for Elasticsearch, as it gives it out; may be empty.")
    ca_file: FileOrNone = Field(
        description="PEM file with the authority that signed the certificate of Elasticsearch; may be empty."
    )
    timeout_seconds: Decimal = Field(
        gt=0, le=600, description="Longest wait for one answer of Elasticsearch, in seconds."
    )
    retries: Whole = Field(
        ge=0,
        le=20,
        description="Times that a request to Elasticsearch is tried again, each after a longer wait.",
    )
    shards: Whole = Field(ge=1, le=1024, description="Shards of a new index in Elasticsearch.")
    replicas: Whole = Field(ge=0, le=20, description="Copies of each shard of a new index in Elasticsearch.")
    bulk_bytes: Bytes = Field(
        ge=100_000, le=90_000_000, description="Largest write request to Elasticsearch, such as 10 MB."
    )
    writer_memory_mb: Whole = Field(
        ge=15, le=4000, description="Memory of the tantivy writer over all its threads, in MiB."
    )
    writer_threads: Whole = Field(
        ge=1, le=8, description="Threads of the tantivy writer; each takes at least 15 MiB."
    )

    @model_validator(mode="after")
    def _enough_memory(self) -> Self:
        if self.writer_memory_mb < 15 * self.writer_threads:
            raise ValueError("writer_memory_mb must be at least 15 for each of writer_threads")
        return self

    @property
    def folder(self) -> Path:
        """The folder that a tantivy URL names."""
        return Path("/" + self.url.removeprefix("tantivy://").lstrip("/"))


class StorageSettings(_Section):
    """Where files are kept: in folders, or in an S3 store."""

    archive: StorageUrl = Field(
        description="Every file as received, never public: a folder, or s3://bucket/prefix."
    )
    public: StorageUrl = Field(
        description="Everything the public may see, and the withdrawn list: a folder, or s3://bucket/prefix."
    )
    inbox: StorageUrl = Field(description="What visitors leave behind: a folder, or s3://bucket/prefix.")
    s3_endpoint: Endpoint = Field(
        description="Address of the S3 store, such as https://s3.example.nl; empty means Amazon's."
    )
    s3_region: Name = Field(description="Region of the S3 store.")
    s3_path_style: bool = Field(
        description="Whether the bucket comes after the address (true) or before its host (false)."
    )
    s3_allow_http: bool = Field(description="Whether an address without TLS is accepted.")
    s3_ca_file: FileOrNone = Field(
        description="PEM file with the certificates that vouch for the S3 store, beside the known ones; may be empty."
    )
    s3_access_key: Line = Field(
        description="Key of worker and desk, which may write; empty takes what Amazon gives this machine."
    )
    s3_secret_key: Secret = Field(description="The secret that goes with s3_access_key.")
    s3_public_access_key: Line = Field(
        description="Key of the public site, which may read public and add to inbox; empty as with s3_access_key."
    )
    s3_public_secret_key: Secret = Field(description="The secret that goes with s3_public_access_key.")
    s3_connect_seconds: Decimal = Field(
        gt=0, le=60, description="Longest time for reaching the S3 store, in seconds."
    )
    s3_seconds: Decimal = Field(
        gt=0, le=600, description="Longest time for one request (at most 8 MiB of a file), in seconds."
    )
    s3_retries: Whole = Field(ge=0, le=20, description="Times a request is sent again after a fault.")
    s3_cache_mb: Whole = Field(
        ge=0,
        description="Room for copies of files in the temporary folder of the public site, in MiB; the least used go first.",
    )

    @model_validator(mode="after")
    def _apart(self) -> Self:
        places = [
            url.rstrip("/") + "/" for url in (self.archive, self.public, self.inbox) if url.startswith("s3:")
        ]
        for number, place in enumerate(places):
            if any(other.startswith(place) for other in places[:number] + places[number + 1 :]):
                raise ValueError(
                    "archive, public and inbox each need a prefix of their own, none inside another"
                )
        return self

    @model_validator(mode="after")
    def _whole_keys(self) -> Self:
        for name in ("s3", "s3_public"):
            if bool(getattr(self, f"{name}_access_key")) != bool(
                getattr(self, f"{name}_secret_key").get_secret_value()
            ):
                raise ValueError(f"{name}_access_key and {name}_secret_key go together; one of them is empty")
        return self

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if self.s3_endpoint.startswith("http://") and not self.s3_allow_http:
            raise ValueError("s3_endpoint is without TLS; https:// is accepted, or set s3_allow_http: true")
        return self


class SiteSettings(_Section):
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


class ToegankelijkheidSettings(_Section):
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


class LimitSettings(_Section):
    """What reading one file may cost."""

    file_bytes: Bytes = Field(ge=1, description="Largest file taken in, such as 500 MB or 1 GiB.")
    seconds: Decimal = Field(gt=0, le=86_400, description="Longest time for reading one file, in seconds.")
    memory_mb: Whole = Field(ge=128, description="Most memory for reading one file, in MiB.")
    pages: Whole = Field(ge=1, description="Most pages read from one file.")
    output_mb: Whole = Field(ge=1, description="Most text and other output from reading one file, in MiB.")
    zip_members: Whole = Field(
        ge=1,
        description="Most members of one archive, mailbox or message, those of what is inside it counted too.",
    )
    zip_bytes: Bytes = Field(
        ge=1, description="Most bytes that one archive, mailbox or message may unpack to, such as 4 GiB."
    )
    zip_ratio: Decimal = Field(
        gt=1, description="Most times that a member of an archive may grow when it is unpacked."
    )
    zip_depth: Whole = Field(
        ge=1,
        le=20,
        description="Most archives, mailboxes and messages inside each other; 1 means that one may hold no other.",
    )


class UploadSettings(_Section):
    """Files that are sent to the desk in parts, as long as they are not whole."""

    folder: AbsolutePath = Field(
        description="Folder for the parts; every process of the desk must reach the same one."
    )
    hours: Decimal = Field(
        gt=0, le=720, description="Time after which an upload that was not finished is removed, in hours."
    )
    per_account: Whole = Field(
        ge=1, le=100_000, description="Most uploads that one account or key may have open at once."
    )


class ScanSettings(_Section):
    """Who looks for viruses in a file before anything else reads it."""

    clamd: ClamdOrNone = Field(
        description="Socket of clamd (ClamAV): unix:/PATH or tcp:HOST:PORT; empty means that files are not scanned."
    )
    seconds: Decimal = Field(
        gt=0, le=3_600, description="Longest wait for clamd to take some bytes or to answer, in seconds."
    )


class OcrSettings(_Section):
    """When and how the text of pages without one is recognised."""

    enabled: bool = Field(description="Whether text is recognised on pages that have none, or a damaged one.")
    languages: Languages = Field(
        description="Languages to recognise, as Tesseract names them, joined by +, such as nld or nld+eng."
    )
    dpi: Whole = Field(ge=70, le=600, description="Dots per inch at which a page is drawn for recognition.")
    dpi_again: Whole = Field(
        ge=70, le=600, description="Dots per inch of the second attempt; the better of the two is kept."
    )
    confidence_again: Decimal = Field(
        ge=0, le=1, description="Certainty (0 to 1) below which there is a second attempt."
    )
    seconds: Decimal = Field(
        gt=0,
        le=86_400,
        description="Longest time for recognising one page, in seconds; at most limits.seconds.",
    )
    pages: Whole = Field(ge=1, description="Most pages recognised in one document; its other pages are read.")


class WorkerSettings(_Section):
    """How the worker works through its jobs."""

    processes: Cores = Field(
        ge=1, le=256, description="Child processes that read files; auto takes the number of cores."
    )
    commit_seconds: Decimal = Field(
        gt=0, le=1.0, description="Longest time between two commits of the index, at most 1 second."
    )
    lease_seconds: Decimal = Field(
        ge=1, description="Time after which the work of a worker that died is taken over, in seconds."
    )
    attempts: Whole = Field(ge=1, description="Times a job is tried before it waits for a person.")
    backoff_seconds: Decimal = Field(
        gt=0, description="Wait before a failed job is tried again, doubled each time, in seconds."
    )
    patience_seconds: Decimal = Field(
        gt=0,
        description="How long woo ingest, once all was read, waits for an index that cannot be written, in seconds.",
    )


class ServeSettings(_Section):
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


class SearchSettings(_Section):
    """What searching and showing pages may cost."""

    page_cache_mb: Whole = Field(
        ge=1, description="Memory for pictures of pages, in MiB; the least used go first."
    )
    render_processes: Whole = Field(ge=1, le=64, description="Child processes that make pictures of pages.")
    render_width: Whole = Field(ge=200, le=4000, description="Width of the picture of a page, in pixels.")


class AuditSettings(_Section):
    """The seal of the event log."""

    key_file: AbsolutePath = Field(
        description="File with the key that seals the log; made on first use; keep a copy elsewhere."
    )
    heads: AbsolutePath = Field(
        description="Folder for the exported heads of the log's chain; best on another machine's disk."
    )


class RechtenSettings(_Section):
    """Who may do what at the desk, beside their role."""

    vier_ogen: Words = Field(
        description="Organisations (TOOI codes, with commas between) where who prepared a publicatie may not publish it; alle for all."
    )


class AanmeldenSettings(_Section):
    """How people log in at the desk: accounts of our own, and an OpenID provider."""

    url: DeskUrl = Field(
        description="Address at which people open the desk, with TLS; empty means this machine alone, without TLS."
    )
    tweede_stap: Literal["publiceerder", "redacteur", "lezer", "nooit"] = Field(
        description="Lowest role that needs a second step (TOTP): publiceerder, redacteur, lezer; nooit on this machine alone."
    )
    wachtwoorden: bool = Field(
        description="Whether people may log in with a password; false leaves the OpenID provider alone."
    )
    wachtwoord_tekens: Whole = Field(ge=8, le=64, description="Least length of a password, in characters.")
    hash_mb: Whole = Field(ge=8, le=1024, description="Memory for hashing one password (argon2id), in MiB.")
    hash_rondes: Whole = Field(ge=1, le=20, description="Rounds of hashing one password.")
    stil_minuten: Whole = Field(
        ge=5, le=1_440, description="Minutes without a request after which a session ends."
    )
    sessie_uren: Whole = Field(
        ge=1, le=168, description="Hours after which a session ends, however busy it is."
    )
    uitnodiging_uren: Whole = Field(
        ge=1, le=336, description="Hours that an invitation or a link for a new password works."
    )
    oidc_issuer: IssuerUrl = Field(
        description="Issuer of the OpenID provider, such as https://login.example.nl; empty means none."
    )
    oidc_naam: Name = Field(
        description="What the button for the OpenID provider says, after 'Aanmelden met'."
    )
    oidc_client_id: Line = Field(description="Name of the desk at the OpenID provider.")
    oidc_secret_file: FileOrNone = Field(
        description="File with the secret that goes with oidc_client_id; empty for a public client."
    )
    oidc_ca_file: FileOrNone = Field(
        description="PEM file with the authority that signed the certificate of the provider; may be empty."
    )
    oidc_scopes: Line = Field(description="What is asked of the provider, separated by spaces.")
    oidc_seconds: Decimal = Field(gt=0, le=60, description="Longest wait for the provider, in seconds.")
    oidc_onbekend: Literal["weigeren", "lezer"] = Field(
        description="What to do with somebody without an account: weigeren, or make one as lezer."
    )
    oidc_onbekend_organisatie: Line = Field(
        description="Organisation (TOOI code) for which such a lezer reads; empty means every one."
    )
    oidc_rollen_claim: Line = Field(
        description="Claim that names somebody's groups; empty means that roles are kept at the desk."
    )
    oidc_rollen: OidcRollen = Field(
        description="What groups mean, separated by commas: GROUP=ROLE@ORGANISATION, or GROUP=ROLE for every one."
    )
    oidc_tweede_stap: Words = Field(
        description="Values of acr or amr that count as the second step, separated by commas; may be empty."
    )
    oidc_afmelden: bool = Field(description="Whether logging out here logs out at the provider too.")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.oidc_issuer) != bool(self.oidc_client_id):
            raise ValueError("oidc_issuer and oidc_client_id go together; one of them is empty")
        if not self.wachtwoorden and not self.oidc_issuer:
            raise ValueError("without passwords nobody can log in; set oidc_issuer, or wachtwoorden: true")
        if bool(self.oidc_rollen) != bool(self.oidc_rollen_claim):
            raise ValueError("oidc_rollen and oidc_rollen_claim go together; one of them is empty")
        if self.oidc_issuer and "openid" not in self.oidc_scopes.split():
            raise ValueError("oidc_scopes needs openid")
        return self

    @property
    def oidc(self) -> bool:
        """Whether there is an OpenID provider."""
        return bool(self.oidc_issuer)


class MailSettings(_Section):
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


class VolgenSettings(_Section):
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


class TermijnenSettings(_Section):
    """The digest of the legal terms, sent by the worker through the mail server."""

    ontvangers: TermijnOntvangers = Field(
        description="Who gets it, separated by commas: ADDRESS, ADDRESS=wekelijks or ADDRESS=dagelijks@ORGANISATION; may be empty."
    )
    uur: Whole = Field(ge=0, le=23, description="Hour from which it is sent, in Dutch time.")
    dagen: Whole = Field(ge=0, le=366, description="Days ahead of which the terms are told.")


class PublicerenSettings(_Section):
    """Links with which a requester reads documents without an account."""

    inzage_url: SiteUrl = Field(
        description="Address from which links for requesters are served: that of the desk, or of a proxy that lets only /inzage through."
    )
    inzage_dagen: Whole = Field(
        ge=1, le=366, description="Most days that a link for a requester can be made to last."
    )
    inzage_per_minuut: Whole = Field(
        ge=1, description="Most requests with links for requesters from one address in a minute."
    )


class WaardelijstenSettings(_Section):
    """Additions to the value lists."""

    aanvulling: FileOrNone = Field(
        description="YAML file with additions to the value lists, such as new organisations; may be empty."
    )


class InventarisSettings(_Section):
    """Inventories at the desk."""

    voorstel_dagen: Whole = Field(
        ge=1, le=365, description="Days that an uploaded inventory waits to be confirmed; then it goes."
    )
    pdf_rijen: Whole = Field(
        ge=1,
        le=20_000,
        description="Most rows of an inventory of which a PDF is made; a larger one has no PDF.",
    )
    pdf_seconds: Decimal = Field(
        gt=0, le=600, description="Longest time for making the PDF of an inventory, in seconds."
    )


class IntrekkenSettings(_Section):
    """Withdrawing, restoring, destroying, and how long publications stay."""

    redenen: FileOrNone = Field(
        description="YAML file with the reasons for withdrawal; empty means config/intrekredenen.yaml."
    )
    selectielijst: FileOrNone = Field(
        description="YAML file with the selectielijst; empty means the example config/selectielijst.yaml, by which nothing is taken offline."
    )
    voorstel_dagen: Whole = Field(
        ge=1,
        le=365,
        description="Days in which a second person can approve a proposal to restore or destroy.",
    )
    aankondiging_dagen: Whole = Field(
        ge=1, le=365, description="Days before its term ends that a publication is announced to go offline."
    )


class OogstSettings(_Section):
    """Harvesting documents that others publish."""

    sources: FolderOrNone = Field(
        description="Folder with one YAML file for each publisher that is harvested; empty means config/sources."
    )
    spool: AbsolutePath = Field(
        description="Folder for files that are being fetched; they are gone from it once they were taken in."
    )
    agent: Name = Field(
        description="Name by which harvesting makes itself known to other sites; put an address in it where you can be reached."
    )
    allow_private: bool = Field(
        description="Whether addresses of this machine itself may be harvested too (never those of other machines in its network); for tests."
    )


class BronnencheckSettings(_Section):
    """Checking what another publisher shows to those who harvest it; agent and allow_private are those of oogst."""

    sitemaps: Whole = Field(
        ge=1, le=1000, description="Most sitemaps that are read; of more, some of each index."
    )
    files: Whole = Field(ge=0, le=1000, description="Most files that are looked at.")
    requests: Whole = Field(ge=5, le=10_000, description="Most requests of one check.")
    bytes: Bytes = Field(ge=2**20, description="Most bytes that are read in one check.")
    seconds: Decimal = Field(gt=0, le=3600, description="Longest time of one check.")
    pause: Decimal = Field(ge=0, le=60, description="Seconds between two requests.")


class LoggingSettings(_Section):
    """How log lines look."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        description="Least serious level that is logged: debug, info, warning or error."
    )
    format: Literal["text", "json"] = Field(
        description="Form of a log line: text for people, json for programs."
    )


class Settings(_Section):
    """All settings of one installation, as read by `load_settings`."""

    home: AbsolutePath
    registry: RegistrySettings
    index: IndexSettings
    storage: StorageSettings
    site: SiteSettings
    toegankelijkheid: ToegankelijkheidSettings
    limits: LimitSettings
    uploads: UploadSettings
    scan: ScanSettings
    ocr: OcrSettings
    worker: WorkerSettings
    serve: ServeSettings
    search: SearchSettings
    audit: AuditSettings
    rechten: RechtenSettings
    aanmelden: AanmeldenSettings
    mail: MailSettings
    volgen: VolgenSettings
    termijnen: TermijnenSettings
    publiceren: PublicerenSettings
    waardelijsten: WaardelijstenSettings
    inventaris: InventarisSettings
    intrekken: IntrekkenSettings
    oogst: OogstSettings
    bronnencheck: BronnencheckSettings
    logging: LoggingSettings

    @model_validator(mode="after")
    def _second_step_among_others(self) -> Self:
        here = self.serve.desk_host in ("localhost", "127.0.0.1", "::1") and not self.aanmelden.url
        if self.aanmelden.tweede_stap == "nooit" and not here:
            raise ValueError(
                "aanmelden.tweede_stap: nooit is accepted where the desk is for this machine alone"
            )
        return self

    @model_validator(mode="after")
    def _followers_apart(self) -> Self:
        if self.volgen.url == self.registry.url:
            raise ValueError(
                "volgen.url is that of the registry; followers are kept in a database of their own"
            )
        return self


SECTIONS: dict[str, type[BaseModel]] = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, _Section)
}
