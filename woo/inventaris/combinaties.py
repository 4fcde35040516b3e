"""What grounds seldom have together: worth a look, never wrong by itself, since they hold per passage and not per document.

The rules are those of art. 5.1 and 5.3 Woo. Whether information is about the environment cannot be seen in a list, so that what
art. 5.1, fifth to seventh paragraph, say of it is not looked at, but for the ground that is for it alone.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from woo.diwoo.gronden import WOB_GRONDEN
from woo.inventaris.wetten import ANDERE_WET, GEHEIMHOUDING

OUD_JAREN = 5
"""Information older than this needs a further reason (art. 5.3 Woo)."""

_WEIGHED = ("5.1.2.", "5.1.5", "5.2.")


def let_op(codes: Sequence[str], wetten: Sequence[str]) -> Iterator[str]:
    """Yield for each rule that these grounds touch a sentence in plain Dutch."""
    others = [code for code in codes if code.startswith(("5.1.1.", "5.1.2."))]
    if "5.1.5" in codes and others:
        yield (
            f"5.1.5 geldt niet voor dezelfde passage als {', '.join(others)} (artikel 5.1, lid 5, Woo); "
            "kijk of zij over verschillende passages gaan"
        )
    if "5.1.6" in codes and "5.1.1.c" in codes:
        yield "5.1.6 komt bij milieu-informatie in de plaats van 5.1.1.c (artikel 5.1, lid 6, Woo)"
    if "5.1.4" in codes:
        yield "5.1.4 is tijdelijk: meld de verzoeker wanneer het document alsnog openbaar wordt (artikel 5.1, lid 4, Woo)"
    if "5.2.2" in codes:
        yield "5.2.2 is geen weigeringsgrond, maar een bevoegdheid om meningen zonder naam te verstrekken"
    if {ANDERE_WET, GEHEIMHOUDING} & set(codes) and not wetten:
        yield "noemt geen wet en artikel; schrijf die erbij, zoals 8.8 AWR 67 of artikel 87 Gemeentewet"
    wob = [code for code in codes if code in WOB_GRONDEN]
    if wob and len(wob) < len(codes):
        yield "noemt gronden van de Wob en van de Woo door elkaar; in één besluit geldt één van beide wetten"


def vraagt_meer(codes: Sequence[str], datum: date | None, vandaag: date) -> bool:
    """Whether a document is so old that these grounds need a further reason (art. 5.3 Woo)."""
    if datum is None or not any(code.startswith(_WEIGHED) for code in codes):
        return False
    return (vandaag.year - datum.year, vandaag.month, vandaag.day) > (OUD_JAREN, datum.month, datum.day)
