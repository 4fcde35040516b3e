"""The language of a text by its small words."""

import re
from collections import Counter

from ingest.metadata.tekst import Tekst
from woo.domain.document import Voorstel

_SMALL_WORDS: dict[str, frozenset[str]] = {
    "nl": frozenset(
        "de het een en van in is op te dat die met voor zijn niet aan om ook als door over bij naar uit wordt worden heeft hebben deze dit er "
        "maar kan nog wel of dan uw ik wij u".split()
    ),
    "en": frozenset(
        "the of and to in is that for it as with was on be by are this which or from at an not have has been will would can their we our its".split()
    ),
    "de": frozenset(
        "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um".split()
    ),
    "fr": frozenset(
        "le la les de des et en un une du que qui est dans pour par sur au avec ce se pas plus sont ou aux cette il ne été à".split()
    ),
    "fy": frozenset(
        "it de fan en yn is op te dat dy mei foar net oan om ek as troch oer by nei út wurdt wurde hat hawwe dizze dit der mar kin noch fansels binne wy jo sa".split()
    ),
}
_WORD = re.compile(r"[^\W\d_]+")
_MOST_PAGE, _MOST_PAGES = 1_500, 12
_LEAST_WORDS = 40
_LEAST_SHARE = 0.18
_SURE = 0.98


def taal(tekst: Tekst) -> list[Voorstel]:
    """Suggest the language (BCP 47) in which most of the text is written; nothing for a few words or a table."""
    filled = [page for page in tekst.pages if page.strip()]
    chosen = filled[:: max(1, len(filled) // _MOST_PAGES)][:_MOST_PAGES]
    text = "\n".join(page[:_MOST_PAGE] for page in chosen)
    words = _WORD.findall(text.lower())
    if len(words) < _LEAST_WORDS:
        return []
    counts = Counter(words)
    shares = {code: sum(counts[word] for word in small) / len(words) for code, small in _SMALL_WORDS.items()}
    (best, share), (_, second) = sorted(shares.items(), key=lambda each: -each[1])[:2]
    if share < _LEAST_SHARE:
        return []
    lead = (share - second) / share
    sure = round(min(_SURE, 0.6 + lead), 2)
    return [Voorstel("taal", best, sure, "tekst:kleine woorden")]
