"""Which Elasticsearch is meant, and how it may be asked: the settings of one engine as one value."""

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import SecretStr

from woo.domain.errors import Unavailable
from woo.settings import IndexSettings

DEFAULT_PREFIX = "woo"
DEFAULT_PORT = 9200


@dataclass(frozen=True, slots=True)
class Engine:
    """An Elasticsearch, the prefix of our names in it, and the limits that requests keep to."""

    host: str
    port: int
    tls: bool
    prefix: str
    api_key: SecretStr
    ca_file: Path | None
    timeout: float
    retries: int
    shards: int
    replicas: int
    bulk_bytes: int

    @classmethod
    def of(cls, settings: IndexSettings) -> Self:
        """Return the engine that the settings name."""
        parts = urlsplit(settings.url)
        return cls(
            host=parts.hostname or "",
            port=parts.port or DEFAULT_PORT,
            tls=parts.scheme == "elasticsearchs",
            prefix=parts.path.strip("/") or DEFAULT_PREFIX,
            api_key=settings.api_key,
            ca_file=settings.ca_file,
            timeout=settings.timeout_seconds,
            retries=settings.retries,
            shards=settings.shards,
            replicas=settings.replicas,
            bulk_bytes=settings.bulk_bytes,
        )

    @property
    def address(self) -> str:
        """Scheme, host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}"

    def ssl_context(self) -> ssl.SSLContext | None:
        """What the certificate is checked against: the authority of the settings, or those of the system."""
        if not self.tls:
            return None
        try:
            return ssl.create_default_context(cafile=self.ca_file)
        except (ssl.SSLError, OSError) as error:
            raise Unavailable(
                "index", f"{self.ca_file} holds no certificate of an authority: {error}"
            ) from error
