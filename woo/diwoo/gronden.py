"""Reads every spelling of a refusal ground (Woo or Wob) into the one form that the lists use."""

import difflib
import re
import unicodedata
from collections.abc import Collection

from woo.diwoo.waarden import OnbekendeWaarde, Waarde

WOO_GRONDEN = (
    *(f"5.1.1.{letter}" for letter in "abcde"),
    *(f"5.1.2.{letter}" for letter in "abcdefghi"),
    *("5.1.4", "5.1.5", "5.1.6", "5.2.1", "5.2.2", "5.2.3", "5.2.4", "5.4", "5.4a.1", "8.8", "geheimhouding"),
)
WOB_GRONDEN = (
    *(f"10.1.{letter}" for letter in "abcd"),
    *(f"10.2.{letter}" for letter in "abcdefg"),
    *("10.7.a", "10.7.b", "11.1"),
)

_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende")
_LEDEN = {word: n for n, word in enumerate(_ORDINALS, 1)}
_LID = re.compile(rf"\b(?:(\d)\s*(?:e|de|ste)|({'|'.join(_ORDINALS)}))\s+lid\b")
_ARTIKEL = re.compile(r"\bart(?:ikel)?\b\.?")
_FILLING = frozenset(
    [
        "aanhef",
        "en",
        "het",
        "lid",
        "letter",
        "onder",
        "onderdeel",
        "sub",
        "van",
        "de",
        "wet",
        "open",
        "overheid",
        "woo",
    ]
)
_FILLING_WOB = _FILLING | frozenset(["openbaarheid", "bestuur", "wob"])
_TOKEN = re.compile(r"\d+|[a-z]+")
_SECRECY = frozenset(("geheimhouding", "gemeentewet"))
_SECRECY_FILLING = frozenset(
    ["opgelegde", "op", "grond", "van", "de", "art", "artikel", "25", "55", "86", "87", "88", "89"]
)


def normaliseer_grond(tekst: str, *, bekend: Collection[str] = (*WOO_GRONDEN, *WOB_GRONDEN)) -> str:
    """Return the canonical code of the one ground that `tekst` names: `5.1.2.e` for `art. 5.1 lid 2 sub e Woo`.

    Grounds of the Wob keep their own form (`10.2.e`). `bekend` are the codes that count as known.

    Raises:
        OnbekendeWaarde: the text names no ground, more than one, or one that does not exist in the law it names.
    """
    folded = unicodedata.normalize("NFKC", tekst).casefold()
    code = _secrecy(folded) or _code(folded, bekend)
    if code is None or code not in bekend:
        nearest = difflib.get_close_matches(folded.strip(), bekend, n=3, cutoff=0.5)
        raise OnbekendeWaarde("weigeringsgronden", tekst, [Waarde(item, item, item) for item in nearest])
    return code


_CODE = re.compile(r"(5\.1|5\.2|5\.4a|5\.4|8\.8|10|11)(?:\.(\d))?(?:\.([a-z]))?")


def artikel_van(code: str) -> str | None:
    """The article of a code as people write it: `artikel 5.1, lid 2, onder e, Woo`; None for a code of another form."""
    hit = _CODE.fullmatch(code)
    if hit is None:
        return None
    parts = [f"artikel {hit[1]}", hit[2] and f"lid {hit[2]}", hit[3] and f"onder {hit[3]}"]
    return ", ".join([*filter(None, parts), "Wob" if hit[1] in ("10", "11") else "Woo"])


def _code(folded: str, bekend: Collection[str]) -> str | None:
    text = _LID.sub(lambda m: f"lid {m[1] or _LEDEN[m[2]]}", folded)
    artikelen = list(_ARTIKEL.finditer(text))
    if len(artikelen) > 1:
        return None
    if artikelen:  # "tweede lid, onder e, van artikel 5.1": the article goes first
        text = f"{text[artikelen[0].end() :]} {text[: artikelen[0].start()]}"
    words = _TOKEN.findall(text)
    is_wob = "wob" in words or "bestuur" in words
    filling = _FILLING_WOB if is_wob else _FILLING
    tokens = tuple(word for word in words if word not in filling)
    by_tokens = {tuple(_TOKEN.findall(item)): item for item in bekend}
    code = by_tokens.get(tokens)
    if code is None:
        return None
    names_woo = "woo" in words or "overheid" in words
    of_wob = code in WOB_GRONDEN
    return None if (is_wob and not of_wob) or (names_woo and of_wob) else code


def _secrecy(folded: str) -> str | None:
    words = set(re.findall(r"[a-z0-9]+", folded))
    return "geheimhouding" if words & _SECRECY and words <= _SECRECY | _SECRECY_FILLING else None
