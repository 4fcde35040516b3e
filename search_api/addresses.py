"""Addresses of the public side: one function per kind of thing that has one."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote, urlencode

from woo.index.port import Kaart
from woo.taal import NEDERLANDS, present

API_PREFIX = "/v1"
_OF_A_PAGE = frozenset({"sorteer", "aantal", "na", "facetten", "vanaf"})
STATIC_PREFIX = "/static/"


def is_api(path: str) -> bool:
    """Whether a path belongs to the API, so that its errors are for programs."""
    return path == API_PREFIX or path.startswith(f"{API_PREFIX}/")


def is_static(path: str) -> bool:
    """Whether a path is that of a style sheet, script or picture of the site itself."""
    return path.startswith(STATIC_PREFIX)


def page(path: str) -> str:
    """A path of the site in the language of the present request; what is for programs has one address."""
    return path if is_api(path) or is_static(path) else page_in(present().code, path)


def page_in(code: str, path: str) -> str:
    """The path of a page in the language with this code: `/en/publicaties`, and `/en` for the first page.

    A path that has its language already stays as it is.
    """
    prefix = f"/{code}"
    if code == NEDERLANDS.code or path == prefix or path.startswith((f"{prefix}/", f"{prefix}?")):
        return path
    return prefix + (path[1:] if path[1:2] in ("", "?") else path)


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
    return with_query(f"/publicaties/{quote(id, safe='')}", [])


def organisatie(code: str) -> str:
    """The page of an organisation."""
    return with_query(f"/organisaties/{quote(code, safe='')}", [])


def regel(publicatie_id: str, nummer: str) -> str:
    """A row of the inventory of a publicatie, on the page of rows that it stands on."""
    return f"{with_query(publicatie(publicatie_id), [('regel', nummer)])}#{regel_anchor(nummer)}"


def regel_anchor(nummer: str) -> str:
    """The name of a row within the page, from its number."""
    return "regel-" + "".join(sign if sign.isalnum() else "-" for sign in nummer.casefold())


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


def volgen(values: Mapping[str, Sequence[str]]) -> str:
    """The page with which to follow the search that these parameters ask."""
    kept = [(naam, value) for naam, given in values.items() if naam not in _OF_A_PAGE for value in given]
    return with_query("/volgen", kept)


def with_query(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A path with parameters, in the language of the present request."""
    query = urlencode(list(pairs))
    return f"{page(path)}?{query}" if query else page(path)
