"""The archive of the web: what a source answered, when, from where, with headers and digest, as one WARC file (ISO 28500)."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from woo.domain.errors import NotFound, Unavailable
from woo.oogst import Bron
from woo.usecases.platform import Platform

_PAGE = 500
_NO_BODY = "unspecified"
_EMPTY = hashlib.sha256().hexdigest()


def schrijf_warc(platform: Platform, bron: Bron, doel: Path, *, agent: str) -> int:
    """Write every answer of a source, the oldest first, and return how many; the file is there whole or not at all.

    A body is taken from the archive by its digest. Where it is not kept (a sitemap, or a file that was destroyed since) the
    record says so with `WARC-Truncated`.

    Raises:
        Unavailable: the place cannot be written, or the archive cannot be read.
    """
    part = doel.with_name(doel.name + ".tmp")
    count = 0
    try:
        with part.open("wb") as out:
            writer = WARCWriter(out, gzip=doel.suffix == ".gz")
            info = {"software": agent, "format": "WARC File Format 1.0", "description": f"source {bron.naam}"}
            writer.write_record(writer.create_warcinfo_record(doel.name, info))
            for row in _answers(platform, bron):
                _write(platform, writer, row)
                count += 1
        part.replace(doel)
    except OSError as error:
        raise Unavailable(f"file {doel}", error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _answers(platform: Platform, bron: Bron) -> Iterator[dict[str, Any]]:
    after = 0
    while True:
        with platform.registry.read() as reading:
            rows = reading.oogst.answers(bron.naam, after=after, limit=_PAGE)
        yield from rows
        if len(rows) < _PAGE:
            return
        after = rows[-1]["id"]


def _write(platform: Platform, writer: Any, row: dict[str, Any]) -> None:
    """One answer with its request; where none came, why not."""
    url, when = row["url"], row["op"].strftime("%Y-%m-%dT%H:%M:%SZ")
    if row["status"] == 0:
        why = str(row["fout"]).encode()
        record = writer.create_warc_record(
            url,
            "metadata",
            payload=io.BytesIO(why),
            length=len(why),
            warc_content_type="text/plain",
            warc_headers_dict={"WARC-Date": when},
        )
        writer.write_record(record)
        return
    with ExitStack() as stack:
        body = _body(platform, stack, row["sha256"])
        digest = _EMPTY if body is None else row["sha256"]
        headers = {"WARC-Date": when, "WARC-Payload-Digest": f"sha256:{digest}"}
        if row["ip"]:
            headers["WARC-IP-Address"] = row["ip"]
        if body is None and row["grootte"]:
            headers["WARC-Truncated"] = _NO_BODY
        status = f"{row['status']} {_phrase(row['status'])}".strip()
        response = writer.create_warc_record(
            url,
            "response",
            payload=body or io.BytesIO(),
            length=0 if body is None else _length(body),
            http_headers=StatusAndHeaders(status, _plain(row["koppen"]), protocol="HTTP/1.1"),
            warc_headers_dict=headers,
        )
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        asked = [("Host", parts.netloc), *_plain(row["gevraagd"])]
        request = writer.create_warc_record(
            url,
            "request",
            http_headers=StatusAndHeaders(f"{row['methode']} {path} HTTP/1.1", asked, is_http_request=True),
            payload=io.BytesIO(),
            length=0,
            warc_headers_dict={"WARC-Date": when, "WARC-Payload-Digest": f"sha256:{_EMPTY}"},
        )
        writer.write_request_response_pair(request, response)


def _body(platform: Platform, stack: ExitStack, digest: str | None) -> BinaryIO | None:
    if digest is None:
        return None
    try:
        return stack.enter_context(platform.archive.open(digest))
    except NotFound:
        return None


def _length(body: BinaryIO) -> int:
    """How many bytes a file of the archive has."""
    size = body.seek(0, io.SEEK_END)
    body.seek(0)
    return size


def _plain(headers: Any) -> list[tuple[str, str]]:
    """Headers without what tells of a transfer that was undone before the file was kept."""
    return [
        (key, value) for key, value in headers if key.lower() not in ("content-encoding", "content-length")
    ]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
