"""The look that the public site and the desk share: style sheet, icon and the installation's own theme, kept in memory under names that change with them."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from woo.domain.errors import InvalidValue

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"--[a-zA-Z0-9-]+\s*:\s*[^;{}@\\<]+")
_RULES = re.compile(
    r"(?:@media\s*\([a-z0-9:\s.-]+\)\s*\{)?\s*[a-zA-Z0-9:.,\s\[\]=\"_-]+\{([^{}]*)\}\s*\}?\s*"
)

_SELECTORS = re.compile(r"([^{}]+)\{")
_THEME_CLASS = re.compile(r"\.([a-zA-Z][a-zA-Z0-9_-]*-theme(?:-[a-zA-Z0-9_-]+)*)")

FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
"""The header of a sheet: what is at its address never changes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of a site in memory; its address changes with its content, so that it can be kept for ever."""

    naam: str
    content: bytes
    media_type: str

    @property
    def address(self) -> str:
        return f"/static/{self.naam}?v={hashlib.sha256(self.content).hexdigest()[:12]}"


def sheets(theme: Path | None, own: Path | None = None) -> dict[str, Sheet]:
    """Read the shared files, those of a site in its own folder, and the theme, in the order in which they apply.

    Raises InvalidValue for a theme that does more than set tokens.
    """
    folders = (_FOLDER,) if own is None else (_FOLDER, own)
    found = {
        path.name: Sheet(path.name, path.read_bytes(), _TYPES[path.suffix])
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.suffix in _TYPES
    }
    if theme is not None:
        found["theme.css"] = Sheet("theme.css", checked_theme(theme.read_text("utf-8")).encode(), "text/css")
    return found


def style_addresses(found: Mapping[str, Sheet]) -> tuple[str, ...]:
    """The addresses of the style sheets, in the order in which a page names them."""
    return tuple(sheet.address for sheet in found.values() if sheet.media_type == "text/css")


def checked_theme(css: str) -> str:
    """Return a theme that sets tokens (`--name: value`) and nothing else, comments taken out.

    Raises InvalidValue with the part that was refused: other properties, imports, and addresses of other sites.
    """
    text = _COMMENT.sub("", css).strip()
    at = 0
    while at < len(text):
        rule = _RULES.match(text, at)
        if rule is None or rule.end() == at:
            raise InvalidValue("site.theme", text[at : at + 80], "a theme may only set tokens in plain rules")
        for declaration in filter(None, (part.strip() for part in rule[1].split(";"))):
            if not _DECLARATION.fullmatch(declaration) or "url(" in declaration.lower():
                raise InvalidValue(
                    "site.theme",
                    declaration[:80],
                    "a theme may only set tokens, such as --woo-brand: #0b5c6b",
                )
        at = rule.end()
    return text


def theme_classes(found: Mapping[str, Sheet]) -> tuple[str, ...]:
    """The classes under which a theme sets its tokens (`.zuiderveld-theme { … }`), for the element that all else is in."""
    theme = found.get("theme.css")
    selectors = " ".join(_SELECTORS.findall(theme.content.decode())) if theme else ""
    return tuple(dict.fromkeys(_THEME_CLASS.findall(selectors)))
