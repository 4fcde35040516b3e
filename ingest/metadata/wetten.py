"""The laws and articles that a document cites: `Wob artikel 10`, `Awb artikel 4:8`."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.metadata.tekst import Tekst, places
from woo.domain.document import Voorstel

_MOST_PAGES = 40
_MOST = 60
_LAWS: tuple[tuple[str, str], ...] = (
    ("Wob", r"wob|wet openbaarheid(?: van)? bestuur"),
    ("Woo", r"woo|wet open overheid"),
    ("Awb", r"awb|algemene wet bestuursrecht"),
    ("AVG", r"avg|algemene verordening gegevensbescherming"),
    ("UAVG", r"uavg|uitvoeringswet (?:algemene verordening gegevensbescherming|avg)"),
    ("Archiefwet", r"archiefwet(?: 1995)?"),
    ("Gemeentewet", r"gemeentewet"),
    ("Provinciewet", r"provinciewet"),
    ("Grondwet", r"grondwet"),
    ("Wabo", r"wabo|wet algemene bepalingen omgevingsrecht"),
    ("Wet milieubeheer", r"wet milieubeheer"),
    ("Omgevingswet", r"omgevingswet"),
    ("EVRM", r"evrm"),
    ("Wetboek van Strafrecht", r"wetboek van strafrecht"),
    ("Wetboek van Strafvordering", r"wetboek van strafvordering"),
    ("AWR", r"awr|algemene wet inzake rijksbelastingen"),
)
_LAW = re.compile(
    r"\b(?:" + "|".join(f"(?P<w{n}>{pattern})" for n, (_, pattern) in enumerate(_LAWS)) + r")\b", re.I
)
_NUMBER = r"\d{1,3}(?:[.:]\d{1,3})?[a-z]?"
_ARTICLES = re.compile(
    rf"art(?:ikel(?:en)?|\.|t\.)?\s?(?P<first>{_NUMBER})\b(?P<more>(?:\s?(?:,|en|of|tot en met|t/m|juncto|jo\.?)\s?(?:art(?:ikel(?:en)?|\.)?\s?)?{_NUMBER}\b(?! lid| weken| dagen| jaar)){{0,12}})",
    re.I,
)
_HEADING = re.compile(rf"^(?:Artikel|ARTIKEL|Art\.)\s?(?P<first>{_NUMBER})(?:\s?[.:])?(?:$|\s+(?:1\b|[A-Z]))")
_QUOTES = re.compile(r"^[ \t]{0,20}(?:Artikel|ARTIKEL|Art\.) ?\d", re.M)
_ANNEX = re.compile(r"\b(?:bijlage|relevante|wetsartikelen|wetsteksten|wettelijk kader|artikelen)\b", re.I)
_OPENNESS = re.compile(r"W(?:ob|OB|oo|OO)\b")
_MAY_NAME_LAW = re.compile(r"[Ww]et|W[oO][bBoO]|Awb|AVG|EVRM|AWR|Wabo|erordening")
_MOST_HEADING = 80
_ANY_NUMBER = re.compile(rf"\b{_NUMBER}\b")
_REACH = 130
_NAMED, _LISTED = 0.95, 0.9
_ANNEXED = "tekst:bijlage"
_SENTENCE = re.compile(r"\.\s+[A-Z]|;")


def wetten(tekst: Tekst) -> list[Voorstel]:
    """Suggest each article with its law, once, in the order of the text, with its page."""
    found: dict[str, Voorstel] = {}
    pages = tekst.pages[:_MOST_PAGES]
    first = next((n for n, text in enumerate(pages, 1) if _QUOTES.search(text)), None)
    quoted = _Quoted(_presumed(pages))
    for number, text in enumerate(pages, 1):
        listed = () if first is None or number < first - 1 else quoted.listed(text)
        for waarde, sure, bron in (*_cited(text), *listed):
            if waarde not in found or (bron == _ANNEXED and found[waarde].bron != _ANNEXED):
                found[waarde] = Voorstel("wet", waarde, sure, bron, number)
    return list(found.values())[:_MOST]


def _law(match: re.Match[str]) -> str:
    return next(name for n, (name, _) in enumerate(_LAWS) if match[f"w{n}"])


def _cited(text: str) -> Iterator[tuple[str, float, str]]:
    """Articles in running text: the law that the same sentence names behind them."""
    if "art" not in text and "Art" not in text and "ART" not in text:
        return
    text = " ".join(text.split())
    for at in places(text.lower(), "art"):
        cited = _ARTICLES.match(text, at)
        if cited is None:
            continue
        rest = text[cited.end() : cited.end() + _REACH]
        following = _ARTICLES.search(rest)
        law = _LAW.search(rest)
        stop = _SENTENCE.search(rest)
        if law is None or (stop is not None and stop.start() < law.start()):
            continue
        if following is not None and following.start() < law.start() and not _same_list(rest[: law.start()]):
            continue
        for number in _ANY_NUMBER.findall(f"{cited['first']} {cited['more']}"):
            yield f"{_law(law)} artikel {number}", _NAMED, "tekst:artikel"


def _same_list(between: str) -> bool:
    """Whether the articles between here and the law are of that law too: `artikel 10, tweede lid, en artikel 11 van de Wob`."""
    return re.search(r"\b(?:en|of|,)\s(?:van\s)?art(?:ikel(?:en)?|\.)\s", between, re.I) is not None


class _Quoted:
    """Articles that an annex quotes: lines that begin with `Artikel 10`, below a heading that names the law.

    Where no heading names one it is the law on openness that the document names most, if any.
    """

    def __init__(self, presumed: str | None) -> None:
        self._law = presumed

    def listed(self, text: str) -> Iterator[tuple[str, float, str]]:
        for line in text.splitlines():
            stripped = line.strip()
            article = _HEADING.match(stripped)
            if article is not None and self._law is not None:
                yield f"{self._law} artikel {article['first']}", _LISTED, _ANNEXED
            elif (
                article is None and (law := _LAW.search(stripped)) is not None and _is_heading(stripped, law)
            ):
                self._law = _law(law)


def _is_heading(line: str, law: re.Match[str]) -> bool:
    """Whether a line names a law as a heading does, not as the end of a sentence that was broken off here."""
    return not line.endswith((".", ",", ";")) and (
        _ANNEX.search(line) is not None or (line[0].isupper() and len(line) - len(law[0]) < 12)
    )


def _presumed(pages: Sequence[str]) -> str | None:
    counts = Counter(word for text in pages for word in _OPENNESS.findall(text))
    return counts.most_common(1)[0][0].capitalize() if counts else None
