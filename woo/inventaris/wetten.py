"""The other law that a ground refers to (art. 8.8 Woo and its annex, secrecy): read with its article, never left out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from woo.inventaris.fouten import Celfout
from woo.inventaris.woordenlijst import Woordenlijst, folded

ANDERE_WET = "8.8"
GEHEIMHOUDING = "geheimhouding"
_BEGINS = re.compile(r"\(?(?:art(?:ikel)?\.?\s*)?8\.8(?!\.?\d)\s*(?:woo|wet open overheid)?\b", re.I)
_JOINED = re.compile(
    r"^[\s,:(\-–]*(?:(?:juncto|jo\.?|i\.?\s?v\.?\s?m\.?|in verbinding met|en|met)\s+)?", re.I
)
_FILLING = re.compile(r"\b(?:art(?:ikel)?(?:en)?\b\.?|van|de|het|aanhef|en)\s*|[(),;]", re.I)
_ARTICLE = re.compile(
    r"\d+[a-z]{0,2}(?:[.:]\d+[a-z]?)*"
    r"(?:\s*(?:lid\s*\d+|(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende)\s+lid|(?:onder|sub|onderdeel|letter)\s*[a-z]\b))*",
    re.I,
)
_NAMED = 8


@dataclass(frozen=True, slots=True)
class Wetsgrond:
    """A ground that refers to another law, and the article of that law: `artikel 67 Algemene wet inzake rijksbelastingen`."""

    code: str
    wet: str


def read_wetsgrond(text: str, woorden: Woordenlijst) -> Wetsgrond | None:
    """Read `8.8 AWR 67` or `art. 86 Gemeentewet`; None for what names no other law: a bare `8.8`, or another ground."""
    begins = _BEGINS.match(text)
    if begins is None:
        found = _law_and_article(text, woorden.andere_wetten)
        secret = found is not None and folded(found[0]) == folded("Gemeentewet")
        return Wetsgrond(GEHEIMHOUDING, f"artikel {found[1]} {found[0]}") if found and secret else None
    rest = _JOINED.sub("", text[begins.end() :])
    found = _law_and_article(rest, woorden.andere_wetten)
    return None if found is None else Wetsgrond(ANDERE_WET, f"artikel {found[1]} {found[0]}")


def check_wetsgrond(text: str, woorden: Woordenlijst) -> None:
    """Raise Celfout for what begins as art. 8.8 and goes on with a law or an article that cannot be read."""
    begins = _BEGINS.match(text)
    rest = "" if begins is None else _JOINED.sub("", text[begins.end() :]).strip(" ()")
    if not rest or read_wetsgrond(text, woorden) is not None:
        return
    if any(folded(rest) == spelled for spelled in woorden.andere_wetten):
        raise Celfout("noemt een wet zonder artikel; schrijf de wet en het artikel, zoals 8.8 AWR 67")
    names = list(dict.fromkeys(woorden.andere_wetten.values()))
    known = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    why = f"noemt bij artikel 8.8 een wet of een artikel dat niet bekend is; schrijf wet en artikel, zoals 8.8 AWR 67 (bekend zijn {known}"
    raise Celfout(f"{why}; een andere wet zet de beheerder in config/inventaris.yaml)")


def _law_and_article(text: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """The name of the law and its article, where the text holds these two and nothing else."""
    words = text.strip(" ()").split()
    for start, end in _stretches(len(words)):
        law = known.get(folded(" ".join(words[start:end])))
        if law is None:
            continue
        rest = " ".join((*words[:start], *words[end:]))
        article = " ".join(_FILLING.sub(" ", rest).split())
        if _ARTICLE.fullmatch(article):
            return law, article
    return None


def _stretches(count: int) -> Iterator[tuple[int, int]]:
    """Every stretch of at most six words, the longest first."""
    for length in range(min(count, 6), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length
