"""How a page of a document is cited: a sentence for a text, and an entry for BibTeX; both name the digest of the file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from woo.taal import gettext
from woo.views.dutch import day
from woo.views.parts import has_pages, unit

Kaart = Mapping[str, Any]
SHORT = 12
"""Hexadecimal digits of a digest that are enough to tell files apart by eye."""

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A page of a document to cite; `adres` is the whole lasting address of that page of that version."""

    kaart: Kaart
    pagina: int | None
    label: str | None
    adres: str

    @property
    def digest(self) -> str | None:
        """The SHA-256 of the file in hexadecimal digits; None for a document without a file."""
        bestand = self.kaart.get("bestand")
        return bestand["sha256"] if bestand else None

    @property
    def tekst(self) -> str:
        """Body, title, day, page, address and the beginning of the digest, in one line."""
        kaart = self.kaart
        parts = [f"{_capital(kaart['publisher']['naam'])}, ‘{_line(kaart['officieleTitel'])}’"]
        if kaart.get("creatiedatum"):
            parts.append(day(kaart["creatiedatum"]))
        if self._where:
            parts.append(self._where)
        published = gettext("openbaar sinds %(dag)s", dag=day(kaart["publicatiedatum"]))
        versie = kaart.get("versie", 1)
        if versie > 1:
            published += gettext(", versie %(nummer)s", nummer=versie)
        digest = f" (SHA-256 {self.digest[:SHORT]})" if self.digest else ""
        return f"{', '.join(parts)}, {published}, {self.adres}{digest}."

    @property
    def bibtex(self) -> str:
        """An entry of the kind `misc`; what TeX would read as a command is written so that it is read as text."""
        kaart = self.kaart
        written = kaart.get("creatiedatum") or kaart["publicatiedatum"][:10]
        fields = {
            "author": f"{{{_tex(_capital(kaart['publisher']['naam']))}}}",
            "title": f"{{{_tex(_line(kaart['officieleTitel']))}}}",
            "year": written[:4],
            "date": written,
            "url": _url(self.adres),
        }
        if self._where:
            fields["note"] = _tex(self._where)
        if self.digest:
            fields["annote"] = f"SHA-256: {self.digest}"
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        return "\n".join([f"@misc{{woo-{self._key},", *lines, "}"])

    @property
    def _where(self) -> str:
        """The page, or the part by its name; empty where the document as a whole is meant."""
        if self.label:
            return _line(self.label)
        if self.pagina is None:
            return ""
        return f"p. {self.pagina}" if has_pages(self.kaart) else f"{unit(self.kaart)} {self.pagina}"

    @property
    def _key(self) -> str:
        page = f"-p{self.pagina}" if self.pagina else ""
        return f"{self.kaart['id']}-v{self.kaart.get('versie', 1)}{page}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _capital(naam: str) -> str:
    return naam[:1].upper() + naam[1:]


def _tex(text: str) -> str:
    return re.sub(r"[\\{}$&%#_~^]", lambda found: _TEX[found[0]], text)


def _url(address: str) -> str:
    """An address as BibTeX takes it: as it is; brackets, which would end the field, are percent-encoded."""
    return address.replace("{", "%7B").replace("}", "%7D")
