"""How the search parameters of a request become a question to the index."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from search_api import gronden, organisatiefilters
from search_api.limits import DEFAULT_AANTAL, MAX_AANTAL, MAX_VALUES, MAX_ZOEK
from search_api.parameters import FACETTEN, FACETTEN_PUBLICATIE, SORTERINGEN
from search_api.problems import invalid
from search_api.queries import Values
from woo.diwoo.waardelijsten import OnbekendeWaarde, Waardelijst, Waardelijsten
from woo.domain.errors import InvalidValue
from woo.index.parse import Parsed, parse
from woo.index.query import DateRange, Filters, SearchQuery, Soort, Sortering
from woo.taal import gettext, gettext_noop
from woo.views.problems import InputFault, quoted

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}")
_JAAR = re.compile(r"\d{4}")
_FORMAAT = re.compile(r"[a-z0-9]{1,12}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")

_LISTS = {
    "publisher": "organisaties",
    "informatiecategorie": "informatiecategorieen",
    "documentsoort": "documentsoorten",
    "thema": "themas",
}


def code_of(veld: str, value: str, lijsten: Waardelijsten) -> str:
    """The code of a value that was accepted for this filter, however it was written."""
    if veld in gronden.VELDEN:
        return gronden.code_of(value, lijsten)
    if veld in organisatiefilters.VELDEN:
        return organisatiefilters.code_of(veld, value, lijsten)
    lijst = list_of(veld, lijsten)
    return value if lijst is None else lijst.get(value).code


def list_of(veld: str, lijsten: Waardelijsten) -> Waardelijst | None:
    """The value list that a filter takes its values from, or None."""
    naam = _LISTS.get(veld)
    return None if naam is None else lijsten.lijst(naam)


def _unknown(veld: str, value: str, error: OnbekendeWaarde, lijsten: Waardelijsten) -> str:
    """Say that a filter has no such value, and which may be meant."""
    if veld in gronden.VELDEN:
        return gronden.refusal(value, error)
    if veld in organisatiefilters.VELDEN:
        return organisatiefilters.refusal(veld, value, lijsten)
    told = [
        gettext("%(waarde)s staat niet op de waardelijst %(lijst)s.", waarde=quoted(value), lijst=error.lijst)
    ]
    if error.accepted:
        either = gettext("of")
        told.append(gettext("Bedoelt u %(waarden)s?", waarden=f" {either} ".join(error.accepted)))
    told.append(gettext("De hele lijst staat op /v1/waardelijsten/%(lijst)s.", lijst=error.lijst))
    return " ".join(told)


@dataclass(frozen=True, slots=True)
class Question:
    """What a visitor asked: the words as typed, how they were read, and the question for the index."""

    zoek: str
    parsed: Parsed | None
    query: SearchQuery

    @property
    def opgevat_als(self) -> str | None:
        return None if self.parsed is None else self.parsed.opgevat_als or None


def question(values: Values, soort: Soort, lijsten: Waardelijsten, *, onleesbaar: bool = False) -> Question:
    """Turn checked names with raw values into a question; raises the 400 that names every wrong value."""
    reader = _Reader(values, lijsten)
    zoek = reader.zoek()
    parsed = reader.parsed(zoek)
    filters = Filters(
        waarden=reader.filters(),
        creatiedatum=reader.period("creatiedatum"),
        publicatiedatum=reader.period("publicatiedatum"),
        onleesbaar=reader.flag("moeilijkLeesbaar") or onleesbaar,
    )
    query = SearchQuery(
        zoek=None if parsed is None else parsed.node,
        soort=soort,
        filters=filters,
        sortering=reader.order(bool(zoek)),
        aantal=reader.whole("aantal", DEFAULT_AANTAL, MAX_AANTAL),
        na=reader.one("na"),
        facetten=(FACETTEN if soort is Soort.DOCUMENT else FACETTEN_PUBLICATIE)
        if reader.flag("facetten")
        else (),
    )
    if reader.faults:
        raise invalid(*reader.faults)
    return Question(zoek, parsed, query)


def flag(values: Values, naam: str) -> bool:
    """Read a parameter that is `true` or `false` (the default); raises the 400 otherwise."""
    reader = _Reader(values, None)
    answer = reader.flag(naam)
    if reader.faults:
        raise invalid(*reader.faults)
    return answer


def whole(values: Values, naam: str, default: int, most: int) -> int:
    """Read a parameter that is a whole number from 1 to `most`; raises the 400 otherwise."""
    reader = _Reader(values, None)
    answer = reader.whole(naam, default, most)
    if reader.faults:
        raise invalid(*reader.faults)
    return answer


class _Reader:
    """Reads values one by one and gathers what is wrong with them."""

    def __init__(self, values: Values, lijsten: Waardelijsten | None) -> None:
        self._values = values
        self._lijsten = lijsten
        self.faults: list[InputFault] = []

    def _refuse(self, naam: str, code: str, detail: str) -> None:
        self.faults.append(InputFault("query", naam, code, detail))

    def one(self, naam: str) -> str | None:
        given = self._values.get(naam, ())
        return given[0] if given else None

    def zoek(self) -> str:
        text = _CONTROL.sub(" ", self.one("zoek") or "").strip()
        if len(text) > MAX_ZOEK:
            self._refuse(
                "zoek",
                "te-lang",
                gettext(
                    "De zoekvraag is %(lang)s tekens lang; er passen er %(most)s. Maak de vraag korter.",
                    lang=len(text),
                    most=MAX_ZOEK,
                ),
            )
            return ""
        return text

    def parsed(self, zoek: str) -> Parsed | None:
        try:
            return parse(zoek) if zoek else None
        except InvalidValue:
            self._refuse(
                "zoek",
                "te-groot",
                gettext("De zoekvraag heeft te veel woorden of haakjes in elkaar. Maak de vraag korter."),
            )
            return None

    def filters(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for veld in (*_LISTS, *organisatiefilters.VELDEN, *gronden.VELDEN):
            self._coded(veld, found)
        self._shaped(
            "beoordeling",
            gronden.BEOORDELING,
            gettext_noop(
                "%(waarde)s is niet openbaar, deels_openbaar, niet_openbaar of reeds_openbaar; dat zijn de beoordelingen."
            ),
            found,
        )
        self._shaped("beschikbaar", gronden.BESCHIKBAAR, gettext_noop("%(waarde)s is niet ja of nee."), found)
        self._shaped("publicatie", _ID, gettext_noop("%(waarde)s is niet het id van een publicatie."), found)
        self._shaped("formaat", _FORMAAT, gettext_noop("%(waarde)s is niet een formaat zoals pdf."), found)
        self._shaped("jaar", _JAAR, gettext_noop("%(waarde)s is niet een jaar zoals 2023."), found)
        return found

    def _given(self, veld: str) -> Sequence[str]:
        given = self._values.get(veld, ())
        if len(given) > MAX_VALUES:
            self._refuse(
                veld,
                "te-veel",
                gettext(
                    "'%(naam)s' mag hoogstens %(most)s keer in het adres staan.", naam=veld, most=MAX_VALUES
                ),
            )
            return ()
        return given

    def _coded(self, veld: str, found: dict[str, tuple[str, ...]]) -> None:
        """Read a filter whose values are codes, however they were written."""
        codes: list[str] = []
        lijsten = self._lijsten
        if lijsten is None:
            return
        for value in self._given(veld):
            try:
                codes.append(code_of(veld, value, lijsten))
            except OnbekendeWaarde as error:
                self._refuse(veld, "onbekende-waarde", _unknown(veld, value, error, lijsten))
        if codes:
            found[veld] = tuple(dict.fromkeys(codes))

    def _shaped(
        self, veld: str, shape: re.Pattern[str], what: str, found: dict[str, tuple[str, ...]]
    ) -> None:
        given = self._given(veld)
        wrong = [value for value in given if not shape.fullmatch(value)]
        for value in wrong:
            self._refuse(veld, "ongeldige-waarde", gettext(what, waarde=quoted(value)))
        if given and not wrong:
            found[veld] = tuple(dict.fromkeys(given))

    def period(self, naam: str) -> DateRange | None:
        van, tot = self._day(f"{naam}Van"), self._day(f"{naam}Tot")
        if van and tot and van > tot:
            self._refuse(
                f"{naam}Van",
                "omgekeerd",
                gettext(
                    "'%(naam)sVan' (%(van)s) is later dan '%(naam)sTot' (%(tot)s). Draai ze om.",
                    naam=naam,
                    van=van,
                    tot=tot,
                ),
            )
        return DateRange(van, tot) if van or tot else None

    def _day(self, naam: str) -> date | None:
        given = self.one(naam)
        if given is None:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", given, re.ASCII):
                return date.fromisoformat(given)
        except ValueError:
            pass  # a day that is not on the calendar is told below, like every other text
        self._refuse(
            naam,
            "ongeldige-datum",
            gettext("%(waarde)s is geen datum. Schrijf een datum als 2023-04-01.", waarde=quoted(given)),
        )
        return None

    def order(self, has_words: bool) -> Sortering:
        given = self.one("sorteer")
        if given is None:
            return Sortering.RELEVANTIE if has_words else Sortering.PUBLICATIEDATUM_AF
        if given not in SORTERINGEN:
            self._refuse(
                "sorteer",
                "onbekende-waarde",
                gettext(
                    "Op %(waarde)s kunnen wij niet sorteren. Dit kan wel: %(waarden)s.",
                    waarde=quoted(given),
                    waarden=", ".join(SORTERINGEN),
                ),
            )
            return Sortering.RELEVANTIE
        return Sortering(given)

    def whole(self, naam: str, default: int, most: int) -> int:
        given = self.one(naam)
        if given is None:
            return default
        if re.fullmatch(r"\d{1,6}", given, re.ASCII) and 1 <= int(given) <= most:
            return int(given)
        self._refuse(
            naam,
            "ongeldig-getal",
            gettext(
                "'%(naam)s' is een heel getal van 1 tot en met %(most)s, niet %(waarde)s.",
                naam=naam,
                most=most,
                waarde=quoted(given),
            ),
        )
        return default

    def flag(self, naam: str) -> bool:
        given = self.one(naam)
        if given not in (None, "true", "false"):
            self._refuse(
                naam,
                "ongeldige-waarde",
                gettext("'%(naam)s' is true of false, niet %(waarde)s.", naam=naam, waarde=quoted(given)),
            )
        return given == "true"
