"""The rules of the legal terms as values: how long each is, from which fact it counts, what ends it, and which article says so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from woo.domain.errors import InvalidValue


class Feitsoort(StrEnum):
    """The facts that a term can count from, or that end it, change it or take it away."""

    ONTVANGST = "ontvangst"
    VERDAGING = "verdaging"
    OPSCHORTING = "opschorting"
    OPSCHORTING_VOORBIJ = "opschorting_voorbij"
    NIEUWE_DATUM_GEMELD = "nieuwe_datum_gemeld"
    PRECISERING_GEVRAAGD = "precisering_gevraagd"
    PRECISERING_TERMIJN = "precisering_termijn"
    PRECISERING_BEANTWOORD = "precisering_beantwoord"
    PRECISERING_VOORBIJ = "precisering_voorbij"
    ANDER_ORGAAN = "ander_orgaan"
    DOORGEZONDEN = "doorgezonden"
    ZIENSWIJZE_GEVRAAGD = "zienswijze_gevraagd"
    ZIENSWIJZE_ONTVANGEN = "zienswijze_ontvangen"
    INGEBREKESTELLING = "ingebrekestelling"
    RECHTERLIJKE_TERMIJN = "rechterlijke_termijn"
    AFGEDAAN = "afgedaan"
    BEKENDMAKING = "bekendmaking"
    UITGESTELD = "uitgesteld"
    VOORZIENING = "voorziening"
    BEZWAAR = "bezwaar"
    COMMISSIE = "commissie"
    BEZWAAR_VERDAAGD = "bezwaar_verdaagd"
    BEZWAAR_INGETROKKEN = "bezwaar_ingetrokken"
    BESLISSING_OP_BEZWAAR = "beslissing_op_bezwaar"
    UITSPRAAK = "uitspraak"
    VASTSTELLING = "vaststelling"
    GEPUBLICEERD = "gepubliceerd"


class Termijnsoort(StrEnum):
    """What a term is to the desk.

    PLICHT: the desk must have done something by its end. KANS: the desk may do something until its end. ANDER: someone
    else may, or must. WACHT: the desk may not do something before it has ended.
    """

    PLICHT = "plicht"
    KANS = "kans"
    ANDER = "ander"
    WACHT = "wacht"


@dataclass(frozen=True, slots=True)
class Termijnregel:
    """One rule, as it is from `geldt_vanaf` up to and with `geldt_tot` (None: still).

    `dagen` is its length; None means that a fact brings its last day along (set by a court, or by the desk itself).
    `vanaf` is the fact it counts from, and `dag_erna` whether the day of that fact itself is left out. With `na_einde_van` it
    counts from the end of the term with that code instead. `termijnenwet`: its end moves to a working day (art. 1 Algemene
    termijnenwet). `opschorting`: it stands still while the term of the request does. `streef`: the law says "as soon as
    possible", so that the length is a target of the desk and none of the law. `klaar_door` ends it as it should,
    `vervalt_door` takes it away, `alleen_als` and `niet_als` are facts that must or must not be there. `verlengt`
    are the codes of terms that this one makes longer; then it is no term by itself. `niet_voor` is the code of a term that
    must have ended before the fact. `blokkeert_door` is a fact that holds its end back for as long as it lasts.
    `wat` and `wie` are what one does and who, as plain Dutch within a sentence; `zin` is a whole sentence instead, with the
    places `{einde}` and `{daarna}`.
    """

    code: str
    naam: str
    artikel: str
    bron: str
    soort: Termijnsoort
    dagen: int | None
    vanaf: Feitsoort
    wat: str
    geldt_vanaf: date
    geldt_tot: date | None = None
    wie: str = ""
    uitleg: str = ""
    zin: str | None = None
    dag_erna: bool = True
    termijnenwet: bool = True
    opschorting: bool = False
    streef: bool = False
    na_einde_van: str | None = None
    klaar_door: frozenset[Feitsoort] = frozenset()
    vervalt_door: frozenset[Feitsoort] = frozenset()
    alleen_als: Feitsoort | None = None
    niet_als: Feitsoort | None = None
    verlengt: frozenset[str] = frozenset()
    niet_voor: str | None = None
    blokkeert_door: Feitsoort | None = None

    def __post_init__(self) -> None:
        if self.dagen is not None and self.dagen < 1:
            raise InvalidValue("dagen", self.dagen, f"term {self.code} needs at least one day")
        if self.geldt_tot is not None and self.geldt_tot < self.geldt_vanaf:
            raise InvalidValue("geldt_tot", str(self.geldt_tot), f"it lies before geldt_vanaf of {self.code}")
        if self.soort is Termijnsoort.ANDER and not self.wie.strip():
            raise InvalidValue("wie", self.wie, f"term {self.code} is that of someone else; say of whom")

    def geldt(self, op: date) -> bool:
        """Whether the rule is in force on this day."""
        return self.geldt_vanaf <= op and (self.geldt_tot is None or op <= self.geldt_tot)


class Termijnregels:
    """All rules, in the order of their file; of one code there may be several, each for a time of its own."""

    def __init__(self, regels: Iterable[Termijnregel]) -> None:
        """Raises InvalidValue where two of one code overlap in time, or one names a code that is not there."""
        self.regels = tuple(regels)
        codes = {each.code for each in self.regels}
        for n, regel in enumerate(self.regels):
            named = {*regel.verlengt, *filter(None, (regel.na_einde_van, regel.niet_voor))}
            for code in sorted(named - codes):
                raise InvalidValue("regels", code, f"{regel.code} names a term that is not there")
            for other in self.regels[n + 1 :]:
                if other.code == regel.code and _overlap(regel, other):
                    raise InvalidValue("regels", regel.code, "two of its rules are in force at the same time")

    def __iter__(self) -> Iterator[Termijnregel]:
        return iter(self.regels)

    @property
    def langste(self) -> int:
        """Days after which no term can run any more that began with the last fact: longer than all of them in a row."""
        return sum(each.dagen or 0 for each in self.regels)

    def geldend(self, code: str, op: date) -> Termijnregel | None:
        """The rule with this code that is in force on this day."""
        return next((each for each in self.regels if each.code == code and each.geldt(op)), None)


def _overlap(one: Termijnregel, other: Termijnregel) -> bool:
    first, second = sorted((one, other), key=lambda each: each.geldt_vanaf)
    return first.geldt_tot is None or second.geldt_vanaf <= first.geldt_tot
