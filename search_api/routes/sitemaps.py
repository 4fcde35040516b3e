"""The sitemaps by which the nation harvests this site, and the robots.txt that leads to them (DiWoo 0.9.8)."""

import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from search_api.describe import offer
from search_api.parts import Parts, parts_of
from search_api.ranges import matches
from woo.diwoo.sitemap import Sitemapvermelding
from woo.diwoo.sitemapschrijver import schrijf_index, schrijf_sitemap
from woo.domain.errors import NotFound
from woo.storage.port import SITEMAP_SITE, SITEMAPS, sitemap_naam

_INDEX = re.compile(r"sitemapindex-diwoo-infocat(\d{3})\.xml", re.ASCII)
_SITEMAP = re.compile(r"sitemap-diwoo-infocat(\d{3})-(\d{5})\.xml", re.ASCII)
_XML = "application/xml; charset=utf-8"
_GZIP_LEVEL = 5


def add_to(app: FastAPI) -> None:
    """Add these routes to the application."""
    offer(app, "/robots.txt", get_robots_txt)
    offer(app, "/sitemaps/{naam}", get_sitemap)


def get_robots_txt(request: Request) -> Response:
    """What may be crawled, and a line for each index that is not empty."""
    parts = parts_of(request)
    lines = ["User-agent: *", "Disallow: /gezondheid/"]
    numbers = [nr for nr, delen in _listed(parts).items() if any(_shown(parts, delen))]
    if numbers:
        lines.append("")
    lines += [f"Sitemap: {parts.site}/sitemaps/{_index_name(nr)}" for nr in numbers]
    return PlainTextResponse("\n".join(lines) + "\n")


def get_sitemap(request: Request) -> Response:
    """A sitemap or an index of sitemaps; what is withdrawn does not stand in it, whatever is still stored."""
    naam = request.path_params["naam"]
    parts = parts_of(request)
    if (index := _INDEX.fullmatch(naam)) is not None:
        return _index(request, parts, index[1], naam)
    if (sitemap := _SITEMAP.fullmatch(naam)) is not None:
        return _sitemap(request, parts, sitemap[1], int(sitemap[2]), naam)
    raise NotFound("sitemap", naam)


def _index(request: Request, parts: Parts, nr: str, naam: str) -> Response:
    shown = list(_shown(parts, _listed(parts).get(nr, [])))
    if not shown:
        raise NotFound("sitemap", naam)
    entries = (
        Sitemapvermelding(
            f"{parts.site}/sitemaps/sitemap-diwoo-infocat{nr}-{each['deel']:05d}.xml",
            datetime.fromisoformat(each["lastmod"]),
        )
        for each in shown
    )
    return _answer(request, b"".join(schrijf_index(entries)), changed=None)


def _sitemap(request: Request, parts: Parts, nr: str, deel: int, naam: str) -> Response:
    content = parts.store.site(sitemap_naam(nr, deel))
    if content is None or all(each["deel"] != deel for each in _listed(parts).get(nr, [])):
        raise NotFound("sitemap", naam)
    withheld = parts.gate.withheld()
    rows = content["vermeldingen"]
    passed = [row for row in rows if row["document"] not in withheld and row["publicatie"] not in withheld]
    if not passed:
        raise NotFound("sitemap", naam)
    body = b"".join(schrijf_sitemap(row["xml"] for row in passed))
    whole = len(passed) == len(rows)
    changed = datetime.fromisoformat(content["geschreven"]) if whole else None
    return _answer(request, body.replace(SITEMAP_SITE.encode(), parts.site.encode()), changed=changed)


def _listed(parts: Parts) -> Mapping[str, list[dict[str, Any]]]:
    """The files by category, as the worker listed them."""
    content = parts.store.site(SITEMAPS)
    listed: Mapping[str, list[dict[str, Any]]] = {} if content is None else content["categorieen"]
    return listed


def _shown(parts: Parts, delen: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The files that still hold something: of a small one is told which documents, so that it goes with the last."""
    withheld = parts.gate.withheld()
    for each in delen:
        if not each["ids"] or any(id not in withheld and of not in withheld for id, of in each["ids"]):
            yield each


def _index_name(nr: str) -> str:
    return f"sitemapindex-diwoo-infocat{nr}.xml"


def _answer(request: Request, body: bytes, *, changed: datetime | None) -> Response:
    """The bytes, compressed where asked; or 304 for who has them already."""
    zipped = _takes_gzip(request.headers.get("accept-encoding", ""))
    tag = hashlib.sha256(body).hexdigest()[:32]
    headers = {"ETag": f'"{tag}-gzip"' if zipped else f'"{tag}"', "Vary": "Accept-Encoding"}
    if changed is not None:
        headers["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if _has_it(request, headers["ETag"], changed):
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body, _GZIP_LEVEL, mtime=0)
    headers["Content-Length"] = str(len(body))
    content = b"" if request.method == "HEAD" else body
    return Response(content, media_type=_XML, headers=headers)


def _takes_gzip(header: str) -> bool:
    for part in header.lower().split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip() in ("gzip", "x-gzip"):
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    return False


def _has_it(request: Request, etag: str, changed: datetime | None) -> bool:
    """RFC 9110, section 13.2.2: the entity tag goes before the date."""
    if "if-none-match" in request.headers:
        return matches(request.headers["if-none-match"], etag)
    since = request.headers.get("if-modified-since")
    if since is None or changed is None:
        return False
    try:
        return changed <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
