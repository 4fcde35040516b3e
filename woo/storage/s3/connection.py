"""Connects to the S3 store that the settings name, with the key of one side: worker and desk, or the public."""

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from obstore.store import S3Store

from woo.domain.errors import InvalidValue
from woo.settings import StorageSettings
from woo.storage.s3.errors import Place
from woo.storage.s3.objects import Objects

if TYPE_CHECKING:  # only there for types
    from obstore.store import ClientConfig, RetryConfig, S3Config, S3Credential

Side = Literal["own", "public"]
_FIRST_WAIT = timedelta(milliseconds=100)
_LONGEST_WAIT = timedelta(seconds=2)


def connect(url: str, settings: StorageSettings, *, setting: str, side: Side) -> Objects:
    """The objects under `s3://bucket/prefix`; nothing is sent yet.

    Only the key of this side is looked at: the public side never holds one that may write what is public.

    Raises:
        InvalidValue: there is no key for a store that is not Amazon's.
    """
    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    key = settings.s3_access_key if side == "own" else settings.s3_public_access_key
    secret = settings.s3_secret_key if side == "own" else settings.s3_public_secret_key
    name = "s3_access_key" if side == "own" else "s3_public_access_key"
    if settings.s3_endpoint and not key:
        raise InvalidValue(
            f"storage.{name}", "", f"{setting} is at {settings.s3_endpoint}, which needs a key"
        )
    store = S3Store(
        bucket,
        config=_config(settings, bucket),
        client_options=_client(settings),
        retry_config=_retries(settings),
        credential_provider=_Given(key, secret.get_secret_value()) if key else None,
    )
    place = Place(
        part=f"{setting.removeprefix('storage.')} {url}",
        bucket=bucket,
        endpoint=settings.s3_endpoint or "Amazon S3",
        setting=setting,
        key_setting=name,
        seconds=settings.s3_seconds,
    )
    return Objects(store, prefix=prefix.strip("/"), place=place)


def _retries(settings: StorageSettings) -> "RetryConfig":
    return {
        "max_retries": settings.s3_retries,
        "retry_timeout": timedelta(seconds=settings.s3_seconds),
        "backoff": {"init_backoff": _FIRST_WAIT, "max_backoff": _LONGEST_WAIT, "base": 2},
    }


def _config(settings: StorageSettings, bucket: str) -> "S3Config":
    """Both names of the address, so that none of the environment's comes before it."""
    config: S3Config = {
        "region": settings.s3_region,
        "virtual_hosted_style_request": not settings.s3_path_style,
        "disable_bulk_delete": True,  # not every store has it
    }
    if settings.s3_endpoint:
        scheme, _, host = settings.s3_endpoint.partition("://")
        address = settings.s3_endpoint if settings.s3_path_style else f"{scheme}://{bucket}.{host}"
        config["endpoint"] = config["aws_endpoint_url_s3"] = address
    return config


def _client(settings: StorageSettings) -> "ClientConfig":
    client: ClientConfig = {
        "allow_http": settings.s3_allow_http,
        "connect_timeout": timedelta(seconds=settings.s3_connect_seconds),
        "timeout": timedelta(seconds=settings.s3_seconds),
    }
    if settings.s3_ca_file is not None:
        client["root_certificate"] = settings.s3_ca_file.read_bytes()
    return client


class _Given:
    """Gives the key of the settings, whatever the environment holds."""

    def __init__(self, key: str, secret: str) -> None:
        self._key = key
        self._secret = secret

    def __call__(self) -> "S3Credential":
        return {
            "access_key_id": self._key,
            "secret_access_key": self._secret,
            "token": None,
            "expires_at": None,
        }
