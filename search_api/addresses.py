"""Addresses of the public side: one function per kind of thing that has one."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from woo.index.port import Kaart

API_PREFIX = "/v1"


def is_api(path: str) -> bool:
    """Whether a path belongs to the API, so that its errors are for programs."""
    return path == API_PREFIX or path.startswith(f"{API_PREFIX}/")


def document(id: str, *, pagina: int | None = None, zoek: str = "") -> str:
    """The page of a document, at one of its pages, with words to mark."""
    pairs = [("pagina", str(pagina))] if pagina is not None else []
    if zoek:
        pairs.append(("zoek", zoek))
    return with_query(f"/documenten/{quote(id, safe='')}", pairs)


def version(id: str, nummer: int, *, pagina: int | None = None) -> str:
    """The lasting page of one version of a document, at one of its pages."""
    pairs = [("pagina", str(pagina))] if pagina is not None else []
    return with_query(f"/documenten/{quote(id, safe='')}/versies/{nummer}", pairs)


def problem_report(id: str, *, pagina: int | None = None) -> str:
    """The form by which a visitor tells that something is wrong with a document."""
    pairs = [("pagina", str(pagina))] if pagina is not None else []
    return with_query(f"/documenten/{quote(id, safe='')}/melding", pairs)


def publicatie(id: str) -> str:
    return f"/publicaties/{quote(id, safe='')}"


def file(kaart: Kaart) -> str | None:
    """The file of a document, under its own name; None for a document without a file."""
    bestand = kaart.get("bestand")
    if not bestand:
        return None
    return f"/v1/documenten/{quote(kaart['id'], safe='')}/bestand/{quote(bestand['naam'], safe='')}"


def picture(id: str, pagina: int, width: int, turn: int = 0) -> str:
    """The picture of a page, `width` pixels wide, turned clockwise by so many degrees."""
    turned = f"&draai={turn}" if turn else ""
    return f"/v1/documenten/{quote(id, safe='')}/paginas/{pagina}/afbeelding?breedte={width}{turned}"


def with_query(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs))
    return f"{path}?{query}" if query else path
