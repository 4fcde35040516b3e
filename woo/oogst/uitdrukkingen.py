"""Expressions in the file of a source: CSS, XPath and patterns, refused with the reason where they cannot be carried out."""

import re

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_PREFIX = re.compile(r"(?<![\w:-])([\w-]+):(?=[\w*-])(?!:)")
_CALL = re.compile(r"([\w:-]+)\s*\(")
_FUNCTIONS = frozenset(
    "last position count id local-name namespace-uri name string concat starts-with contains substring-before "
    "substring-after substring string-length normalize-space translate boolean not true false lang number sum floor "
    "ceiling round has-class node text comment processing-instruction".split()
)
_WORDS = frozenset({"and", "or", "div", "mod"})
_LONGEST = 2_000


def check_css(value: str) -> str:
    """A CSS selector; raises ValueError for what is none."""
    from cssselect import ExpressionError, HTMLTranslator, SelectorSyntaxError, parse

    try:
        for selector in parse(_short(value)):
            if selector.pseudo_element is not None:
                raise ValueError(
                    "leave ::text and ::attr() out: the text is what is taken, and the key attribute names an attribute"
                )
            HTMLTranslator().selector_to_xpath(selector)
    except (SelectorSyntaxError, ExpressionError) as error:
        raise ValueError(f"it is no CSS selector ({error})") from error
    return value


def check_xpath(value: str) -> str:
    """An expression of XPath 1.0, without prefixes and variables; raises ValueError for what is none."""
    from lxml import etree

    try:
        etree.XPath(_short(value))
    except etree.XPathError as error:
        raise ValueError(f"it is no XPath ({error})") from error
    bare = _QUOTED.sub("''", value)
    if "$" in bare:
        raise ValueError("it names a variable ($), and there are none")
    prefix = _PREFIX.search(bare.replace("::", " "))
    if prefix is not None:
        raise ValueError(f"the prefix {prefix[1]}: is not known; a pattern goes in the key regex")
    for name in _CALL.findall(bare):
        if name.rpartition("::")[2] not in _FUNCTIONS | _WORDS:
            raise ValueError(f"XPath has no function {name}()")
    return value


def check_regex(value: str) -> str:
    """A pattern as Python reads it; raises ValueError for what is none."""
    try:
        re.compile(_short(value))
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"it is no regular expression ({error})") from error
    return value


def _short(value: str) -> str:
    if not value.strip():
        raise ValueError("it is empty")
    if len(value) > _LONGEST:
        raise ValueError(f"it has more than {_LONGEST} characters")
    return value
