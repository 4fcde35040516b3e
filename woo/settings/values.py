"""The kinds of values that settings take, each refusing what it does not understand."""

import os
import re
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, cast
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ByteSize,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from woo.domain.actor import Rol

_S3 = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_INDEX_PREFIX = re.compile(r"/?|/[a-z0-9][a-z0-9_-]{0,99}/?", re.ASCII)
_LANGUAGES = re.compile(r"[A-Za-z0-9]+(_[A-Za-z0-9]+)*(\+[A-Za-z0-9]+(_[A-Za-z0-9]+)*)*", re.ASCII)
_THEME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _not_bool(value: Any) -> Any:
    """YAML reads `yes` and `on` as true, which would pass for the number 1."""
    if isinstance(value, bool):
        raise ValueError("a number is accepted here")
    return value


def _cores(value: Any) -> Any:
    """Fill in `auto`, and say that it is accepted where something else cannot be read."""
    if value == "auto":
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if isinstance(value, str) and not value.strip().isdecimal():
        raise ValueError("a number or auto is accepted here")
    return value


def _byte_size(value: Any, parse: ValidatorFunctionWrapHandler) -> ByteSize:
    try:
        return cast(ByteSize, parse(_not_bool(value)))
    except ValidationError as error:
        if error.errors()[0]["type"].startswith("byte_size"):
            raise ValueError("a number of bytes is accepted here, such as 500 MB or 1 GiB") from error
        raise


def _none_when_empty(value: Any) -> Any:
    return None if value == "" else value


def absolute(path: Path, info: ValidationInfo) -> Path:
    """Hold a relative path against the working directory that was passed in as context."""
    return Path(os.path.normpath(Path((info.context or {}).get("cwd", "/")) / path))


def _existing_file(path: Path, info: ValidationInfo) -> Path:
    found = absolute(path, info)
    if not found.is_file():
        raise ValueError("a file that exists is accepted here")
    return found


def _existing_folder(path: Path, info: ValidationInfo) -> Path:
    found = absolute(path, info)
    if not found.is_dir():
        raise ValueError("a folder that exists is accepted here")
    return found


def _theme_file(value: Path, info: ValidationInfo) -> Path:
    """A name stands for a file of config/themes; anything else is a path."""
    if not _THEME.fullmatch(str(value)):
        return _existing_file(value, info)
    themes = Path((info.context or {}).get("config", "/")) / "themes"
    found = themes / f"{value}.css"
    if not found.is_file():
        known = ", ".join(sorted(path.stem for path in themes.glob("*.css")))
        raise ValueError(f"accepted is a theme of config/themes ({known}), or a CSS file that exists")
    return found


def _storage_url(value: str, info: ValidationInfo) -> str:
    scheme, separator, rest = value.partition("://")
    if scheme == "s3" and separator:
        if not _S3.fullmatch(rest) or ".." in rest:
            raise ValueError(
                "after s3:// a bucket and a prefix of plain names are accepted, as s3://bucket/prefix"
            )
        return value
    path = Path(rest if separator else value)
    if not value or (separator and (scheme != "file" or not path.is_absolute())):
        raise ValueError("accepted is a folder, as a path or as file:///path, or s3://bucket/prefix")
    return str(absolute(path, info))


def _endpoint(value: str) -> str:
    return value if value == "" else _site_url(value)


def _clamd(value: str) -> str:
    kind, _, place = value.partition(":")
    host, _, port = place.rpartition(":")
    if kind == "unix" and place.startswith("/"):
        return value
    if kind == "tcp" and host and port.isascii() and port.isdigit() and 1 <= int(port) <= 65_535:
        return value
    raise ValueError("accepted is unix:/PATH or tcp:HOST:PORT, such as unix:/run/clamav/clamd.ctl")


def _registry_url(value: str) -> str:
    if re.fullmatch(r"sqlite:///[^?#]+", value):
        return value
    if not re.fullmatch(r"postgresql\+psycopg://\S*/[^/?#\s]+(\?\S*)?", value):
        raise ValueError(
            "accepted is sqlite:///PATH, with a path without ? and #, or postgresql+psycopg://USER@HOST:PORT/DATABASE"
        )
    if "password=" in value.partition("?")[2].lower():
        raise ValueError(
            "a password is accepted after the user (USER:PASSWORD@HOST) or in registry.password_file"
        )
    return value


def _index_url(value: str) -> str:
    if re.fullmatch(r"tantivy:///.+", value):
        return value
    parts = urlsplit(value)
    try:
        known = (
            parts.scheme in ("elasticsearch", "elasticsearchs") and bool(parts.hostname) and parts.port != 0
        )
    except ValueError:  # a port that is no port
        known = False
    if "@" in parts.netloc:
        raise ValueError(
            "an address without user or password is accepted here; give a key in WOO_INDEX__API_KEY"
        )
    if not known or parts.query or parts.fragment or not _INDEX_PREFIX.fullmatch(parts.path):
        raise ValueError(
            "accepted is tantivy:///PATH with an absolute path, or elasticsearch://HOST:PORT/PREFIX"
            " (elasticsearchs: with TLS; PREFIX may be left out and has small letters, digits, - and _)"
        )
    return value.rstrip("/")


def _secret(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("letters, digits and signs without spaces are accepted here")
    return value


def _site_url(value: str) -> str:
    parts = urlsplit(value)
    try:
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no port
        known = False
    if (
        not known
        or parts.query
        or parts.fragment
        or parts.username
        or not value.isprintable()
        or " " in value
    ):
        raise ValueError("accepted is http:// or https:// with a host, without user, query or fragment")
    return value.rstrip("/")


def _web_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or not value.isprintable() or " " in value:
        raise ValueError("an address that starts with http:// or https:// is accepted here")
    return value


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise ValueError("an e-mail address is accepted here")
    return value


def _no_line_break(value: str) -> str:
    if not value.isprintable():
        raise ValueError("text on one line is accepted here")
    return value


def _named(value: str) -> str:
    if not value.strip():
        raise ValueError("text that is not empty is accepted here")
    return _no_line_break(value.strip())


def _networks(value: Any) -> Any:
    """Read addresses and networks, as a list or with commas between."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise ValueError("addresses or networks with commas between are accepted here, such as 10.0.0.0/8")
    try:
        return tuple(ip_network(str(part).strip()) for part in parts if str(part).strip())
    except ValueError as error:
        raise ValueError(f"{error}; accepted are addresses and networks such as 10.0.0.0/8") from None


def _on_this_machine(value: str) -> bool:
    return urlsplit(value).hostname in ("localhost", "127.0.0.1", "::1")


def _desk_url(value: str) -> str:
    if value == "":
        return value
    url = _site_url(value)
    if urlsplit(url).path or (urlsplit(url).scheme == "http" and not _on_this_machine(url)):
        raise ValueError(
            "accepted is https:// with a host and no path (http:// for this machine alone): cookies need TLS"
        )
    return url


def _issuer_url(value: str) -> str:
    if value == "":
        return value
    _site_url(value)
    if urlsplit(value).scheme == "http" and not _on_this_machine(value):
        raise ValueError("accepted is an address that starts with https://, as the provider writes it")
    return value


def _words(value: Any) -> Any:
    """Read words, as a list or with commas between."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise ValueError("words with commas between are accepted here")
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _oidc_rollen(value: Any) -> Any:
    """Read what groups mean: (group, role, organisation or None) each."""
    found = []
    for part in _words(value):
        group, is_, meant = part.rpartition("=")
        rol, _, organisatie = meant.partition("@")
        if not is_ or not group.strip() or rol.strip() not in tuple(Rol):
            roles = ", ".join(Rol)
            raise ValueError(f"{part!r} is not GROUP=ROLE or GROUP=ROLE@ORGANISATION; the roles are {roles}")
        found.append((group.strip(), rol.strip(), organisatie.strip() or None))
    return tuple(found)


def _termijn_ontvangers(value: Any) -> Any:
    """Read who gets the digest of the terms: (address, dagelijks or wekelijks, organisation or None) each."""
    found = []
    for part in _words(value):
        adres, _, how = part.partition("=")
        often, _, organisatie = how.partition("@")
        often = often.strip() or "dagelijks"
        if not _EMAIL.fullmatch(adres.strip()) or often not in ("dagelijks", "wekelijks"):
            raise ValueError(f"{part!r} is not ADDRESS, ADDRESS=wekelijks or ADDRESS=dagelijks@ORGANISATION")
        found.append((adres.strip(), often, organisatie.strip() or None))
    return tuple(found)


def _languages(value: str) -> str:
    if not _LANGUAGES.fullmatch(value):
        raise ValueError("codes of Tesseract joined by + are accepted here, such as nld or nld+eng")
    return value


Whole = Annotated[int, BeforeValidator(_not_bool)]
Decimal = Annotated[float, BeforeValidator(_not_bool), Field(allow_inf_nan=False)]
Bytes = Annotated[ByteSize, WrapValidator(_byte_size)]
Cores = Annotated[Whole, BeforeValidator(_cores)]
AbsolutePath = Annotated[Path, AfterValidator(absolute)]
FileOrNone = Annotated[
    Annotated[Path, AfterValidator(_existing_file)] | None, BeforeValidator(_none_when_empty)
]
FolderOrNone = Annotated[
    Annotated[Path, AfterValidator(_existing_folder)] | None, BeforeValidator(_none_when_empty)
]
ThemeOrNone = Annotated[
    Annotated[Path, AfterValidator(_theme_file)] | None, BeforeValidator(_none_when_empty)
]
DayOrNone = Annotated[date | None, BeforeValidator(_none_when_empty)]
WebUrlOrNone = Annotated[Annotated[str, AfterValidator(_web_url)] | None, BeforeValidator(_none_when_empty)]
EmailOrNone = Annotated[Annotated[str, AfterValidator(_email)] | None, BeforeValidator(_none_when_empty)]
Line = Annotated[str, AfterValidator(_no_line_break)]
Name = Annotated[str, AfterValidator(_named)]
StorageUrl = Annotated[str, AfterValidator(_storage_url)]
Endpoint = Annotated[str, AfterValidator(_endpoint)]
RegistryUrl = Annotated[str, AfterValidator(_registry_url)]
ClamdOrNone = Annotated[Annotated[str, AfterValidator(_clamd)] | None, BeforeValidator(_none_when_empty)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]
IndexUrl = Annotated[str, AfterValidator(_index_url)]
SiteUrl = Annotated[str, AfterValidator(_site_url)]
Languages = Annotated[str, AfterValidator(_languages)]
DeskUrl = Annotated[str, AfterValidator(_desk_url)]
IssuerUrl = Annotated[str, AfterValidator(_issuer_url)]
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
OidcRollen = Annotated[tuple[tuple[str, Rol, str | None], ...], BeforeValidator(_oidc_rollen)]
TermijnOntvangers = Annotated[
    tuple[tuple[str, Literal["dagelijks", "wekelijks"], str | None], ...],
    BeforeValidator(_termijn_ontvangers),
]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(_networks)]
