"""The grounds of refusal that a document cites, in the form of the lists: `5.1.2.e` of the Woo, `10.2.e` of the Wob."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.metadata.tekst import Tekst, places
from woo.diwoo.gronden import WOB_GRONDEN
from woo.diwoo.waardelijsten import OnbekendeWaarde, normaliseer_grond
from woo.domain.document import Voorstel

_MOST_PAGES = 200
_MOST = 30
_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende")
_ORDINAL = "|".join(_ORDINALS)
_LETTERS = r"[a-i](?:(?:\s?(?:,|/|en|of|en/of|,? ?en onder|,? ?onder)\s?)[a-i]\b){0,6}"
_WHOLE = re.compile(
    rf"art(?:ikel(?:en)?|\.)?\s?(?P<artikel>5\.1|5\.2|10|11)\b,?\s?(?:(?P<woord>{_ORDINAL}) lid|lid (?P<lid>\d))"
    rf"(?:,? ?(?:en )?(?:aanhef )?(?:en )?(?:onder(?:deel|delen)?|sub|letter),? ?(?P<letters>{_LETTERS})\b)?"
)
_TURNED = re.compile(
    rf"\b(?:(?P<woord>{_ORDINAL}) lid|lid (?P<lid>\d)),? ?(?:aanhef )?(?:en )?(?:onder(?:deel|delen)?|sub|letter),? ?(?P<letters>{_LETTERS}),? van art(?:ikel|\.) (?P<artikel>5\.1|5\.2|10|11)\b"
)
_SHORT = re.compile(
    r"(?<![\d.])(?:5\.[12]\.[1-6](?:[. ]?(?:lid )?[a-i])?|10\.[12]\.?[a-g]|10\.7\.?[ab]|11\.1)(?![\w]|\.\d)"
)
_WOB = ("wob", "openbaarheid van bestuur")
_LETTER = re.compile(r"\b[a-i]\b")
_IN_WORDS, _SHORTENED = 0.95, 0.85
_REACH = 100


def gronden(tekst: Tekst) -> list[Voorstel]:
    """Suggest every ground that is cited, once, with the first page on which it is.

    Articles 10 and 11 count only in a document that names the Wob: other laws have them too.
    """
    found: dict[str, Voorstel] = {}
    pages = tekst.pages[:_MOST_PAGES]
    of_wob = any(word in text.lower() for text in pages for word in _WOB)
    for number, text in enumerate(pages, 1):
        for code, sure, bron in _of_page(" ".join(text.lower().split())):
            if code in WOB_GRONDEN and not of_wob:
                continue
            known = found.get(code)
            if known is None or known.zekerheid < sure:
                page = number if known is None else known.pagina
                found[code] = Voorstel("grond", code, sure, bron, page)
    return list(found.values())[:_MOST]


def _of_page(text: str) -> Iterator[tuple[str, float, str]]:
    for cited in _in_words(text):
        lid = cited["lid"] or str(_ORDINALS.index(cited["woord"]) + 1)
        letters = _LETTER.findall(cited["letters"] or "") or [""]
        for letter in letters:
            code = _known(f"{cited['artikel']}.{lid}.{letter}".rstrip("."))
            if code is not None:
                yield code, _IN_WORDS, "tekst:artikel"
    for at in places(text, "5.1.", "5.2.", "10.1", "10.2", "10.7", "11.1"):
        short = _SHORT.match(text, at)
        code = None if short is None else _known(short[0])
        if code is not None:
            yield code, _SHORTENED, "tekst:code"


def _in_words(text: str) -> Iterator[re.Match[str]]:
    for at in places(text, "art"):
        cited = _WHOLE.match(text, at)
        if cited is not None:
            yield cited
        elif text.endswith(" van ", 0, at):
            turned = _TURNED.search(text, max(0, at - _REACH), at + _REACH)
            if turned is not None:
                yield turned


@lru_cache(maxsize=1024)
def _known(text: str) -> str | None:
    try:
        return normaliseer_grond(text)
    except OnbekendeWaarde:
        return None
