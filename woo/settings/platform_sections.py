"""The settings of what everything stands on: registry, index, files, reading, workers, logs."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from woo.settings.section import Section
from woo.settings.values import (
    AbsolutePath,
    Bytes,
    ClamdOrNone,
    Cores,
    Decimal,
    Endpoint,
    FileOrNone,
    IndexUrl,
    Languages,
    Line,
    Name,
    RegistryUrl,
    Secret,
    StorageUrl,
    Whole,
)


class RegistrySettings(Section):
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


class IndexSettings(Section):
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


class StorageSettings(Section):
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


class LimitSettings(Section):
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


class ScanSettings(Section):
    """Who looks for viruses in a file before anything else reads it."""

    clamd: ClamdOrNone = Field(
        description="Socket of clamd (ClamAV): unix:/PATH or tcp:HOST:PORT; empty means that files are not scanned."
    )
    seconds: Decimal = Field(
        gt=0, le=3_600, description="Longest wait for clamd to take some bytes or to answer, in seconds."
    )


class OcrSettings(Section):
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


class WorkerSettings(Section):
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


class AuditSettings(Section):
    """The seal of the event log."""

    key_file: AbsolutePath = Field(
        description="File with the key that seals the log; made on first use; keep a copy elsewhere."
    )
    heads: AbsolutePath = Field(
        description="Folder for the exported heads of the log's chain; best on another machine's disk."
    )


class LoggingSettings(Section):
    """How log lines look."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        description="Least serious level that is logged: debug, info, warning or error."
    )
    format: Literal["text", "json"] = Field(
        description="Form of a log line: text for people, json for programs."
    )
