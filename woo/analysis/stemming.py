"""Brings the forms of a Dutch word to one stem: our families first, then Snowball's `dutch_porter` with our repairs.

Plain Snowball keeps *brief* from *brieven*, *advies* from *adviezen* and *vaccinatie* from *vaccinaties*. The repairs are
general rules; what no rule can know stands in `config/zoeken/families.txt`.
"""

import re
import threading
from collections.abc import Iterable, Mapping

import Stemmer

# Words in -ies and -es that are no plural: advies, verlies, proces, adres, congres, succes, expres.
_NO_PLURAL = re.compile(
    r"(?:(?:v|verl|prec|vl|bl|fr|kn|gr|b|k)ies|(?:roc|cc|xc|bc|rec|dr|gr|pr|fl|tr|st)es)\Z"
)
_PLURAL_S = re.compile(r"[a-z]{2,}(?:[cdglmnprstvz]ie|[^aeiou]e|[a-z]{3}ee|eau|[aeo]y)s\Z")
_PLURAL_SSEN = re.compile(r"[a-z]{3,}[iu]ssen\Z")
# The forms of verbs in -eren: registreren, registreert, registreerde, geregistreerd(e) share registrer.
_EREN = re.compile(r"(?:ge)?([a-z]{3,}?)(?:eer(?:t|de?n?)|eren(?:de?)?)\Z")
# Long vowels: bomen is boom and bommen is bom, which Snowball takes together. Short in the singular: dagen, motoren.
_LONG = re.compile(
    r"(?:[a-z]*[^aeouy][aou]|[^aeiouy]{0,4}e"
    r"|(?:be|ge|ver|her|ont|aan|af|op|uit|in|toe|voor|over|onder|mede|weer|terug|bij|na|om|door)[^aeiouy]{1,4}e)"
    r"[bdfgklmnprstvz]"
)
_SHORT = re.compile(r"(?:slag|drag|dag|dak|gat|pad|bad|blad|glaz|god|hov|lot|log|[ts]or)\Z")
_LONG_ADJECTIVE = re.compile(r"([a-z]{2,})e([lts]|(?<=me)n)e\Z")
_TREMA = (("eeen", "ee"), ("ieen", "ie"))
_FINAL = {"v": "f", "z": "s"}
_DOUBLED = "bdfgklmnprst"
_KEPT_APART = 3


class Stems:
    """Stems words; safe to use from several threads.

    Args:
        families: per word the stem of its family.
        endings: words whose family also holds at the end of longer words (*plaats*, *plaatsen*).
    """

    def __init__(self, families: Mapping[str, str], endings: Iterable[str] = ()) -> None:
        self._families = families
        self._endings = frozenset(endings)
        self._lengths = range(max(map(len, self._endings), default=0), _KEPT_APART, -1)
        self._last_letters = frozenset(ending[-_KEPT_APART:] for ending in self._endings)
        self._snowball = Stemmer.Stemmer("dutch_porter", 0)  # our caller keeps the cache
        self._lock = threading.Lock()  # a Snowball stemmer has inner state

    def stem(self, word: str) -> str:
        """Stem a folded word: the first word of its family where it has one, else by rule."""
        family = self._families.get(word)
        if family is not None:
            return family
        if len(word) <= _KEPT_APART or not word.isalpha():
            return word
        base = _singular(word)
        family = self._families.get(base)
        if family is not None:
            return family
        if word[-_KEPT_APART:] in self._last_letters:
            for length in self._lengths:
                if len(word) > length + 1 and word[-length:] in self._endings:
                    return word[:-length] + self._families[word[-length:]]
        return self._by_rule(base)

    def has_family(self, word: str) -> bool:
        return word in self._families

    def _by_rule(self, word: str) -> str:
        if (
            ("eer" in word or "eren" in word)
            and (hit := _EREN.fullmatch(word))
            and len(word) > len("eren") + 3
        ):
            return hit[1] + "er"
        if word[-1] == "e" and (hit := _LONG_ADJECTIVE.fullmatch(word)):
            word = f"{hit[1]}ee{hit[2]}"
        with self._lock:
            snowball: str = self._snowball.stemWord(word)
        stem = _with_long_vowel(word, snowball or word)
        if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in _DOUBLED:
            stem = stem[:-1]
        if len(stem) > 2 and stem[-1] in _FINAL:
            stem = stem[:-1] + _FINAL[stem[-1]]
        return stem


def _with_long_vowel(word: str, stem: str) -> str:
    """Write the long vowel that Snowball made short double again."""
    if len(stem) < 2 or not _LONG.fullmatch(stem):
        return stem
    doubled = stem[:-1] + stem[-2:]
    if word.startswith(doubled):
        return doubled
    in_open_syllable = word.startswith(stem) and word[len(stem) : len(stem) + 1] in ("e", "i")
    return doubled if in_open_syllable and not _SHORT.search(stem) else stem


def _singular(word: str) -> str:
    """Take the plural -s off words in -ie, -e, -ee and -y, and the plural of -is, -us and a folded -iën, -eën."""
    if word.endswith("s"):
        return word[:-1] if _PLURAL_S.fullmatch(word) and not _NO_PLURAL.search(word) else word
    if word.endswith("en"):
        for ending, kept in _TREMA:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return word[: -len(ending)] + kept
        if word.endswith("ssen") and len(word) > len("tussen") + 1 and _PLURAL_SSEN.fullmatch(word):
            return word[:-3]
    return word
