"""The languages of the site: Dutch, and each other one under a prefix of its own (`/en/publicaties`), by no cookie."""

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.types import ASGIApp, Receive, Scope, Send

from search_api.addresses import is_api, is_static, page_in
from woo.taal import NEDERLANDS, Taal, present, spoken

CATALOGUES = Path(__file__).parent / "portal" / "talen"
_IN_QUERY = "%&=+;:/?@!$'()*,~-._"


@dataclass(frozen=True, slots=True)
class Alternate:
    """The page that is being answered, in one of the languages; `here` for the language that it is in."""

    code: str
    naam: str
    path: str
    here: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """The path without its language, and the query, as they were asked for; and what languages there are."""

    path: str
    query: str
    talen: tuple[Taal, ...]


_ASKED: ContextVar[_Asked | None] = ContextVar("asked", default=None)


def load_talen(folder: Path = CATALOGUES) -> Mapping[str, Taal]:
    """Read the catalogues (`en.po`) of a folder; Dutch, which needs none, comes first.

    Entries without a translation, or with a doubtful one, are told in Dutch.
    """
    talen = [NEDERLANDS, *(_read(path) for path in sorted(folder.glob("*.po")))]
    return {taal.code: taal for taal in talen}


def _read(path: Path) -> Taal:
    compiled = BytesIO()
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    write_mo(compiled, catalogue)
    compiled.seek(0)
    locale = catalogue.locale or Locale.parse(path.stem)
    naam = locale.get_language_name(locale) or path.stem
    return Taal(path.stem, naam.capitalize(), str(locale), gettext.GNUTranslations(compiled))


class Languages:
    """Outermost layer in plain ASGI: takes the prefix off the path and answers in its language."""

    def __init__(self, app: ASGIApp, *, talen: Mapping[str, Taal]) -> None:
        self._app = app
        self._talen = talen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taal, path = self._of(scope["path"])
        if path != scope["path"]:
            raw = path.encode("utf-8", "surrogateescape")
            scope = {**scope, "path": path, "raw_path": quote(raw).encode("ascii")}
        query = quote(scope.get("query_string", b""), safe=_IN_QUERY)
        with spoken(taal), _asked(_Asked(path, query, tuple(self._talen.values()))):
            await self._app(scope, receive, send)

    def _of(self, path: str) -> tuple[Taal, str]:
        """The language and the path without its prefix; what is for programs has one address, without prefix."""
        prefix, _, rest = path.removeprefix("/").partition("/")
        taal = self._talen.get(prefix)
        if taal is None or taal == NEDERLANDS:
            return NEDERLANDS, path
        bare = f"/{rest}"
        return (taal, path) if is_api(bare) or is_static(bare) else (taal, bare)


@contextmanager
def _asked(asked: _Asked) -> Iterator[None]:
    token = _ASKED.set(asked)
    try:
        yield
    finally:
        _ASKED.reset(token)


def alternates() -> tuple[Alternate, ...]:
    """The present page in every language of the site; none outside of a request, or where there is one language."""
    asked = _ASKED.get()
    if asked is None or len(asked.talen) < 2:
        return ()
    path = f"{asked.path}?{asked.query}" if asked.query else asked.path
    return tuple(
        Alternate(taal.code, taal.naam, page_in(taal.code, path), taal == present()) for taal in asked.talen
    )
