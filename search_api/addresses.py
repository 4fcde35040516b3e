"""Addresses of the public side: one function per kind of thing that has one."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote, urlencode

from woo.index.port import Kaart

API_PREFIX = "/v1"
_OF_A_PAGE = frozenset({"sorteer", "aantal", "na", "facetten", "vanaf"})


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
    query = urlencode(list(pairs))
    return f"{path}?{query}" if query else path
