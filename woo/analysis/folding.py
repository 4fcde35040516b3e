"""Folds a piece of text to the one spelling that tokens are compared in."""

import unicodedata

# Letters that Unicode does not take apart, as a Dutch reader would type them.
_LETTERS = str.maketrans(
    {"ø": "o", "œ": "oe", "æ": "ae", "ß": "ss", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h", "ı": "i"}
)
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def fold(raw: str) -> str:
    """Fold to lower case without accents, keeping letters and digits only.

    A trailing superscript is a footnote mark and is dropped after three letters or more (*besluit¹*), and kept
    in a unit (*m²* becomes *m2*). Never returns white space; returns "" when nothing is left.
    """
    if raw.isascii():
        folded = raw.lower()
    else:
        body = raw.rstrip(_SUPERSCRIPTS)
        source = body if len(body) > 2 and body[-1:].isalpha() else raw
        apart = unicodedata.normalize("NFKD", source.casefold()).translate(_LETTERS)
        bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
        folded = unicodedata.normalize("NFC", bare).casefold()
    if folded.isalnum():
        return folded
    return "".join(sign for sign in folded if sign.isalnum())
