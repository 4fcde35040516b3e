"""The one pattern that cuts a text into words and codes.

Every repetition is bounded or possessive, so one pass costs time in proportion to the text, whatever the text is.
The meaning of a code is read from what was matched, in `codes`.
"""

import re

_A = r"[^\W_]"  # a letter or digit of any script
_SPACE = r"[ \t\u00a0]"
_DASH = r"[-\u2010\u2011]"
_SOFT = r"\u00ad\ufffe"  # hyphens that only show at the end of a line; PDFium writes U+FFFE for them
_INSIDE = rf"[\u0300-\u036f{_SOFT}\u200b-\u200d\u2060\ufeff]"  # signs inside a word that are no letter of it
_LOWER = "a-zß-öø-ÿ"
_ONE_LETTER = r"(?![^\W_]|['’\-]|\.[^\W_])"  # what stood before is a letter by itself

# ver-⏎zoek is verzoek; Woo-⏎verzoek and GGD-⏎arts are two words, and so is "jeugd- ⏎en gezinsbeleid".
# Both kinds of hyphen lead to the same rest: a line break and a word in lower case.
_BREAK = (
    rf"(?:(?<=[{_SOFT}])"
    rf"|(?<=[{_LOWER}]{{2}})(?<!\b[WwEe]oo)(?<!\b[Ww]ob)(?<!\b[Aa]vg)(?<!\b[Aa]wb)(?<!\b[Ee]x)(?<!\b[Oo]ud)"
    rf"(?<!\b[Nn]on){_DASH})"
    rf"{_SPACE}*+\r?\n{_SPACE}*+(?!(?:en|of|tot|dan|noch|als|maar|resp)\b)(?=[{_LOWER}]{{2}})"
)
_PLAIN = rf"{_A}++(?:{_INSIDE}++{_A}*+)*+"
_SUFFIX = rf"(?:['’‘ʼ´`](?:s|ers?|tjes?|jes?)(?!{_A}))?"  # foto's, zzp'er; in "'s-Gravenhage" the s is a word
_WORD = rf"(?:[eE]{_DASH}(?=[a-zA-Z]{{3}}))?{_PLAIN}(?:{_BREAK}{_PLAIN}){{0,4}}{_SUFFIX}"

_ORDINAL = (
    r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|[0-9]{1,2}(?:e|de|ste))"
)
_MEMBER = rf"(?:{_ORDINAL}\s{{1,3}}lid|lid\s{{1,3}}(?:[0-9]{{1,2}}(?![0-9])|{_ORDINAL}(?!{_A})))"
_UNDER = rf",?\s{{1,3}}(?:en\s)?(?:aanhef,?\sen\s)?(?:onder|sub|onderdeel|letter)\s{{1,3}}(?:deel\s)?[a-z]{_ONE_LETTER}"
_ARTICLE = (
    rf"(?i:[0-9]{{1,3}}(?:[.:][0-9]{{1,3}}){{0,2}}[a-z]?,?\s{{1,3}}(?:het\s)?{_MEMBER}"
    rf"(?:{_UNDER}|[a-k]{_ONE_LETTER})?)(?!{_A})"
)
# The labels written over redactions: 5.1.2e, 5.1.2 e, 5.1,2e, 5.1 2 e, 5 1 2 e, (10)(2e).
_LABEL = (
    rf"5(?:\.[ \u00a0]?1(?:[., \u00a0\-]{{1,2}})[1-5][. \u00a0]{{0,2}}|[ \u00a0]1[ \u00a0][1-5][. \u00a0]?)"
    rf"[a-kA-K]{_ONE_LETTER}"
)
_LABEL_PAIR = r"\((?:5\.1|10|11)\)\s?\([1-7]\s?[a-kA-K]?\)"
_DATE = (
    r"(?:[0-3]?[0-9]-[01]?[0-9]-|[0-3]?[0-9]/[01]?[0-9]/|[0-3]?[0-9]\.[01]?[0-9]\.)(?:19|20)[0-9]{2}(?![0-9])"
    r"|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])"
)
_NUMBER = (
    r"[1-9][0-9]{0,2}(?:\.[0-9]{3})++(?:,[0-9]{1,4})?+(?![.,:]?[0-9])"
    r"|[1-9][0-9]{0,2}(?:,[0-9]{3})++\.[0-9]{1,2}(?![.,:]?[0-9])"
    r"|(?<![0-9],)[0-9]{1,15}+,[0-9]{1,15}+(?![.,:]?[0-9])"
)
_KAMERSTUK = rf"[23][0-9]{_SPACE}[0-9]{{3}}(?=,?{_SPACE}{{1,2}}(?:[Nn]rs?\b|[IVX]{{1,5}}\b))"
_SMALL = (  # two letters after four digits that are a word or a unit, not the end of a postal code
    "aan|af|al|am|an|as|be|bv|ca|cm|da|de|dr|eb|ed|ee|ei|el|en|er|et|eu|gb|ga|go|gr|ha|ie|ii|iv|vi|ix|xi|"
    "in|ir|is|iv|ja|je|kb|kg|km|kw|la|le|ma|mb|me|mg|ml|mm|mr|ms|mw|na|no|nr|nu|of|om|op|pk|re|se|st|"
    "ta|tb|te|ts|tv|uw|va|we|wh|wo|za|zo"
)
_POSTCODE = (
    rf"[1-9][0-9]{{3}}{_SPACE}(?:(?!(?:KM|KG|CM|MM|HA|KW|MW|GB|MB|TB|PK|M2)(?!{_A}))(?<!\b19[0-9]{{2}}.)(?<!\b20[0-9]{{2}}.)"
    rf"[A-Z]{{2}}|(?!(?i:{_SMALL})(?!{_A}))(?:[A-Z]{{2}}|[a-z]{{2}}))(?!{_A}|['’\-]|\.[^\W_])"
)
_DOTTED = (
    r"[0-9]{1,4}(?:[.:][0-9]{1,8}){1,6}"
    rf"(?:\.?[a-zA-Z]{_ONE_LETTER}|(?<=[0-9][.:][0-9][.:][0-9])[ \u00a0][a-k]{_ONE_LETTER})?"
    rf"|[0-9]{{1,2}}\.[0-9][a-z]{_ONE_LETTER}"
)
_DASHED = r"[0-9]{1,10}(?:[-\u2011\u2013/][0-9]{1,10}){1,5}(?![0-9])"
_BY_DIGIT = "|".join((_ARTICLE, _LABEL, _DATE, _NUMBER, _KAMERSTUK, _POSTCODE, _DOTTED, _DASHED))

_ECLI = (
    r"[Ee][Cc][Ll][Ii]:[A-Za-z]{2}:[A-Za-z0-9]{1,7}:[0-9]{4}:[A-Za-z0-9]{1,25}(?:\.[A-Za-z0-9]{1,25}){0,4}"
)
_IBAN = rf"[Nn][Ll][0-9]{{2}}{_SPACE}?[A-Za-z]{{4}}{_SPACE}?[0-9]{{4}}{_SPACE}?[0-9]{{4}}{_SPACE}?[0-9]{{2}}(?!{_A})"
_KENMERK = (  # Woo-2023/114, Z/23/123456, Z23-123456, DGB-Z-2023-0012
    r"[A-Za-z](?:"
    r"[A-Za-z]{0,5}[-\u2011/](?:[A-Za-z]{1,6}[-\u2011/]){0,2}[A-Za-z]{0,3}[0-9]{2,10}(?:[-\u2011/.][0-9]{1,10}){1,4}"
    r"|[A-Za-z]{0,2}[0-9]{2,4}[-\u2011/.][0-9]{2,10}(?:[-\u2011/.][0-9]{1,10}){0,3}"
    r"|(?<=[Ww])[Oo][OoBb][ \u00a0](?:19|20)[0-9]{2}[-\u2011/.][0-9]{1,10}"
    r")(?![0-9])"
)
_BY_LETTER = "|".join((_ECLI, _IBAN, _KENMERK))

# Most words are letters before a space, and most numbers stand alone; they are taken first, which halves the time.
_QUICK = (
    r"[^\W\d_]++(?=[,.;:)]?[ \n])(?<![Ww][Oo][OoBb])"
    r"|[0-9]{1,10}+(?=[.,)]? (?!lid|eer|twe|der|vie|vij|zes|zev|ach|neg|tie|het)[a-z]{3})"
)

TOKEN = re.compile(
    r"(?=[\w(])(?:"  # passes over spaces and marks in one step
    rf"{_QUICK}|(?=[0-9])(?:{_BY_DIGIT})|(?=[A-Za-z]{{1,6}}+[-\u2011/: \u00a00-9])(?:{_BY_LETTER})|{_WORD}|{_LABEL_PAIR})"
)
LINE_BREAK = re.compile(rf"(?:[{_SOFT}]|{_DASH}){_SPACE}*+\r?\n{_SPACE}*+")
SUFFIX = re.compile(r"['’‘ʼ´`](?:s|ers?|tjes?|jes?)\Z")
