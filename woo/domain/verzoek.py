"""A Wooverzoek: a request for information under the Woo, with its term counted both ways."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from woo.domain.errors import InvalidValue, Refused
from woo.domain.kalender import einde_termijn
from woo.domain.tellen import laatste_dag
from woo.domain.verloop import Doorzending, Periode, Precisering

TERMIJN_DAGEN = 28
"""Four weeks, from the day after receipt (art. 4.4, first paragraph, Woo)."""
VERDAGING_DAGEN = 14
"""At most two weeks more, once, told before the first term ends (art. 4.4, second paragraph, Woo)."""

_DAG = timedelta(days=1)
_LANGSTE_OPSCHORTING = timedelta(days=3653)


class Opschortingsgrond(StrEnum):
    """Why a term stands still.

    ZIENSWIJZE: third parties are asked for their view (art. 4.4, third paragraph, Woo with art. 4:8 Awb).
    PRECISERING: the requester is asked what exactly is meant (art. 4.1, fifth paragraph, Woo; art. 4:15, first, Awb).
    INSTEMMING, VERZOEKER, OVERMACHT: the requester agreed to wait, causes the delay, or nobody can help it
    (art. 4:15, second paragraph, under a, b and c, Awb).
    """

    ZIENSWIJZE = "zienswijze"
    PRECISERING = "precisering"
    INSTEMMING = "instemming"
    VERZOEKER = "verzoeker"
    OVERMACHT = "overmacht"


@dataclass(frozen=True, slots=True)
class Opschorting:
    """A period in which the term stands still: first and last day, both counted; `tot` is None while it lasts."""

    van: date
    tot: date | None
    grond: Opschortingsgrond

    def __post_init__(self) -> None:
        if self.tot is not None and self.tot < self.van:
            raise InvalidValue("opschorting", self.tot.isoformat(), f"it ends before it begins ({self.van})")
        if self.tot is not None and self.tot - self.van > _LANGSTE_OPSCHORTING:
            raise InvalidValue("opschorting", self.tot.isoformat(), "it lasts longer than ten years")

    def __contains__(self, dag: date) -> bool:
        return self.van <= dag and (self.tot is None or dag <= self.tot)


@dataclass(frozen=True, slots=True)
class Doorlooptijd:
    """How long a request took or has taken, in days: in all, and the days of them on which the term stood still."""

    dagen: int
    opgeschort: int

    @property
    def zonder_opschorting(self) -> int:
        """The days that count where suspension is left out, as the national dashboard does."""
        return self.dagen - self.opgeschort


class Verzoekfeit(StrEnum):
    """The kinds of things that befall a request, each of which can be struck out again when it was written by mistake."""

    VERDAGING = "verdaging"
    OPSCHORTING = "opschorting"
    PRECISERING = "precisering"
    DOORZENDING = "doorzending"
    INGEBREKESTELLING = "ingebrekestelling"
    INTREKKING = "intrekking"


_LIJST = {
    Verzoekfeit.OPSCHORTING: "opschortingen",
    Verzoekfeit.PRECISERING: "preciseringen",
    Verzoekfeit.DOORZENDING: "doorzendingen",
    Verzoekfeit.INGEBREKESTELLING: "ingebrekestellingen",
}


@dataclass(frozen=True, slots=True)
class Wooverzoek:
    """One request; who asked is kept apart (`woo.domain.betrokkenen`).

    `kenmerk` is the case number. `verdaagd_op` is the day on which the requester was told that it takes up to
    `verdaging_dagen` days more. `organisatie` is the code of the body that decides; only requests from before it was asked
    for have none. `ingebrekestellingen` are the days on which the requester called the decision late (art. 8.3 Woo with art.
    6:12 Awb), `ingetrokken_op` the day on which the requester took the request back.
    """

    id: str
    kenmerk: str
    onderwerp: str
    ontvangen_op: date
    verdaagd_op: date | None = None
    verdaging_dagen: int = 0
    opschortingen: tuple[Opschorting, ...] = ()
    organisatie: str | None = None
    periode: Periode | None = None
    preciseringen: tuple[Precisering, ...] = ()
    doorzendingen: tuple[Doorzending, ...] = ()
    ingebrekestellingen: tuple[date, ...] = ()
    ingetrokken_op: date | None = None
    gewijzigd_op: datetime | None = None

    def __post_init__(self) -> None:
        for name in ("kenmerk", "onderwerp"):
            if not getattr(self, name).strip():
                raise InvalidValue(name, getattr(self, name), "a request needs one")
        if (self.verdaagd_op is None) != (self.verdaging_dagen == 0):
            raise InvalidValue("verdaging_dagen", self.verdaging_dagen, "it does not fit verdaagd_op")
        if not 0 <= self.verdaging_dagen <= VERDAGING_DAGEN:
            why = "a decision may be put off by at most two weeks (art. 4.4, second paragraph, Woo)"
            raise InvalidValue("verdaging_dagen", self.verdaging_dagen, why)
        for name, dag in self._days():
            if dag is not None and dag < self.ontvangen_op:
                why = (
                    "it begins before the day of receipt"
                    if name == "opschorting"
                    else "it lies before the day of receipt"
                )
                raise InvalidValue(name, str(dag), why)

    def _days(self) -> Iterator[tuple[str, date | None]]:
        yield "verdaagd_op", self.verdaagd_op
        yield from (("opschorting", each.van) for each in self.opschortingen)
        yield from (("precisering", each.gevraagd_op) for each in self.preciseringen)
        yield from (("doorzending", each.op) for each in self.doorzendingen)
        yield from (("ingebrekestelling", each) for each in self.ingebrekestellingen)
        yield "ingetrokken_op", self.ingetrokken_op

    @property
    def doorgezonden_op(self) -> date | None:
        """The day on which all of it was sent on to another body; None where that did not happen."""
        return next((each.op for each in self.doorzendingen if each.deel is None), None)

    def precisering_gevraagd(self, op: date) -> "Wooverzoek":
        """Return this request with the requester asked on day `op` what is meant; raises Refused while an answer is awaited."""
        if any(each.beantwoord_op is None for each in self.preciseringen):
            raise Refused("ask for precision of", self.kenmerk, "an earlier question was not answered yet")
        return replace(self, preciseringen=(*self.preciseringen, Precisering(op)))

    def precisering_beantwoord(self, op: date) -> "Wooverzoek":
        """Return this request with the open question answered on day `op`; raises Refused where none is open."""
        if all(each.beantwoord_op is not None for each in self.preciseringen):
            raise Refused("note the answer on", self.kenmerk, "no question is open")
        answered = (
            replace(each, beantwoord_op=op) if each.beantwoord_op is None else each
            for each in self.preciseringen
        )
        return replace(self, preciseringen=tuple(answered))

    def doorgezonden(self, doorzending: Doorzending) -> "Wooverzoek":
        """Return this request as sent on; raises Refused where all of it was sent on before."""
        if self.doorgezonden_op is not None:
            raise Refused("send on", self.kenmerk, "all of it was sent on before")
        return replace(self, doorzendingen=(*self.doorzendingen, doorzending))

    def in_gebreke_gesteld(self, op: date) -> "Wooverzoek":
        """Return this request with one more notice that the decision is late; raises Refused for the same day again."""
        if op in self.ingebrekestellingen:
            raise Refused("note the notice on", self.kenmerk, f"that of {op} is noted already")
        return replace(self, ingebrekestellingen=tuple(sorted((*self.ingebrekestellingen, op))))

    def ingetrokken(self, op: date) -> "Wooverzoek":
        """Return this request as taken back by the requester on day `op`; raises Refused where it was already."""
        if self.ingetrokken_op is not None:
            raise Refused("take back", self.kenmerk, f"the requester took it back on {self.ingetrokken_op}")
        return replace(self, ingetrokken_op=op)

    def zonder(self, feit: Verzoekfeit, nummer: int = 1) -> "Wooverzoek":
        """Return this request without something that was written by mistake; `nummer` counts from 1 where there are more.

        Raises:
            Refused: there is no such thing to strike out.
        """
        if feit in _LIJST:
            kept: tuple[object, ...] = getattr(self, _LIJST[feit])
            if not 1 <= nummer <= len(kept):
                raise Refused("strike out", f"{feit.value} {nummer} of {self.kenmerk}", "it is not there")
            changes: dict[str, object] = {_LIJST[feit]: kept[: nummer - 1] + kept[nummer:]}
        elif feit is Verzoekfeit.VERDAGING and self.verdaagd_op is not None:
            changes = {"verdaagd_op": None, "verdaging_dagen": 0}
        elif feit is Verzoekfeit.INTREKKING and self.ingetrokken_op is not None:
            changes = {"ingetrokken_op": None}
        else:
            raise Refused("strike out", f"{feit.value} of {self.kenmerk}", "it is not there")
        return replace(self, **changes)  # type: ignore[arg-type]

    def verdaagd(self, op: date, *, dagen: int = VERDAGING_DAGEN) -> "Wooverzoek":
        """Return this request with its decision put off, told to the requester on day `op`.

        Raises:
            Refused: it was put off before, or the first term is over already.
            InvalidValue: more days than the law allows.
        """
        if self.verdaagd_op is not None:
            raise Refused(
                "put off", f"the decision on {self.kenmerk}", "it was put off before; once is allowed"
            )
        eerste = self.uiterste_datum()
        if eerste is not None and op > eerste:
            why = f"the first term ended on {eerste}; it must be told before that (art. 4.4, second paragraph, Woo)"
            raise Refused("put off", f"the decision on {self.kenmerk}", why)
        return replace(self, verdaagd_op=op, verdaging_dagen=dagen)

    def opgeschort(self, opschorting: Opschorting) -> "Wooverzoek":
        """Return this request with one more suspension; raises InvalidValue when it begins before the receipt."""
        return replace(self, opschortingen=(*self.opschortingen, opschorting))

    def hervat(self, op: date) -> "Wooverzoek":
        """Return this request with its running suspensions ended: `op` is the first day that counts again.

        Raises:
            Refused: the term does not stand still, or would have run again before it stood still.
        """
        lopend = [each for each in self.opschortingen if each.tot is None]
        if not lopend:
            raise Refused("resume the term of", self.kenmerk, "it is not suspended")
        if any(op <= each.van for each in lopend):
            raise Refused("resume the term of", self.kenmerk, "that day lies before the suspension")
        ended = (replace(each, tot=op - _DAG) if each.tot is None else each for each in self.opschortingen)
        return replace(self, opschortingen=tuple(ended))

    def uiterste_datum(self, *, met_opschorting: bool = True) -> date | None:
        """The last day of the term, both ways: with the suspensions taken into account, and without.

        Four weeks and what it was put off by; a term that would end on a Saturday, Sunday or holiday ends on the next
        working day (art. 1 Algemene termijnenwet). None while the term stands still: then no day can be told.
        """
        over = TERMIJN_DAGEN + self.verdaging_dagen
        if not met_opschorting:
            return einde_termijn(self.ontvangen_op + over * _DAG)
        dag = laatste_dag(self.ontvangen_op, over, self.opschortingen)
        return None if dag is None else einde_termijn(dag)

    def doorlooptijd(self, tot: date) -> Doorlooptijd:
        """Count the days from the day after receipt up to and with `tot`, the day of the decision or today.

        Suspensions that overlap count once.
        """
        dagen = max((tot - self.ontvangen_op).days, 0)
        stil = sum(self._staat_stil(self.ontvangen_op + n * _DAG) for n in range(1, dagen + 1))
        return Doorlooptijd(dagen, stil)

    def _staat_stil(self, dag: date) -> bool:
        return any(dag in each for each in self.opschortingen)
