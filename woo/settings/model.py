"""Every setting, its type and its meaning; the defaults are in config/default.yaml alone."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from woo.settings.values import (
    AbsolutePath,
    Bytes,
    Cores,
    Decimal,
    EmailOrNone,
    FileOrNone,
    FolderUrl,
    IndexUrl,
    Line,
    Name,
    RegistryUrl,
    SiteUrl,
    Whole,
)


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


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

    url: IndexUrl = Field(description="The index: tantivy:///PATH, a folder of this machine.")
    writer_memory_mb: Whole = Field(
        ge=15, le=4000, description="Memory of the index writer over all its threads, in MiB."
    )
    writer_threads: Whole = Field(
        ge=1, le=8, description="Threads of the index writer; each takes at least 15 MiB."
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
    """Where files are kept."""

    archive: FolderUrl = Field(description="Folder of every file as received; never public.")
    public: FolderUrl = Field(description="Folder of everything the public may see, and the withdrawn list.")


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
    theme: FileOrNone = Field(
        description="CSS file with design tokens (colours, fonts) of the house style; may be empty."
    )


class LimitSettings(_Section):
    """What reading one file may cost."""

    file_bytes: Bytes = Field(ge=1, description="Largest file taken in, such as 500 MB or 1 GiB.")
    seconds: Decimal = Field(gt=0, le=86_400, description="Longest time for reading one file, in seconds.")
    memory_mb: Whole = Field(ge=128, description="Most memory for reading one file, in MiB.")
    pages: Whole = Field(ge=1, description="Most pages read from one file.")
    output_mb: Whole = Field(ge=1, description="Most text and other output from reading one file, in MiB.")
    zip_members: Whole = Field(
        ge=1, description="Most members of one zip file, those of zips inside it counted too."
    )
    zip_bytes: Bytes = Field(ge=1, description="Most bytes that one zip file may unpack to, such as 4 GiB.")
    zip_ratio: Decimal = Field(gt=1, description="Most times that a zip file may grow when it is unpacked.")
    zip_depth: Whole = Field(
        ge=1, le=20, description="Most zips inside each other; 1 means that a zip may hold no other zip."
    )


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


class WaardelijstenSettings(_Section):
    """Additions to the value lists."""

    aanvulling: FileOrNone = Field(
        description="YAML file with additions to the value lists, such as new organisations; may be empty."
    )


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
    limits: LimitSettings
    worker: WorkerSettings
    serve: ServeSettings
    search: SearchSettings
    audit: AuditSettings
    waardelijsten: WaardelijstenSettings
    logging: LoggingSettings


SECTIONS: dict[str, type[BaseModel]] = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, _Section)
}
