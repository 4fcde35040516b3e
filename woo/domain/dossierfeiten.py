"""The facts of a request from which its terms are counted, collected from everything that the dossier holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from woo.domain.besluit import Woobesluit
from woo.domain.klok import Feit
from woo.domain.procedure import Procedure, Proceduresoort, Procedureuitkomst
from woo.domain.termijnfeit import Termijnfeit, opschorting_id
from woo.domain.termijnregel import Feitsoort
from woo.domain.verzoek import Wooverzoek

_UITSPRAKEN = (Proceduresoort.BEROEP,)


@dataclass(frozen=True, slots=True)
class Zienswijzetermijn:
    """That a third party was asked for its view and until when it may answer; never who it is.

    `klaar_op` is the day on which it answered, or on which the desk stopped waiting for it.
    """

    id: str
    verzoek_id: str
    gevraagd_op: date
    reageren_voor: date
    klaar_op: date | None = None


@dataclass(frozen=True, slots=True)
class Termijndossier:
    """Everything of one request that has to do with its terms."""

    verzoek: Wooverzoek
    besluiten: Sequence[Woobesluit] = ()
    procedures: Sequence[Procedure] = ()
    feiten: Sequence[Termijnfeit] = ()
    zienswijzen: Sequence[Zienswijzetermijn] = ()

    @property
    def objecten(self) -> tuple[str, ...]:
        """The ids of everything that the terms follow from."""
        parts = (self.besluiten, self.procedures, self.zienswijzen)
        return (self.verzoek.id, *(each.id for part in parts for each in part))

    @property
    def rust_sinds(self) -> date | None:
        """The day of the last thing that happened; None while the request, an objection or a case is open."""
        if self.afgedaan_op is None or any(each.beslist_op is None for each in self.procedures):
            return None
        days = [self.afgedaan_op, *(each.datum for each in self.besluiten)]
        days += [each.beslist_op for each in self.procedures if each.beslist_op is not None]
        return max(days + [each.tot or each.op for each in self.feiten])

    @property
    def afgedaan_op(self) -> date | None:
        """The day on which the request ended: decided as a whole, taken back, or sent on as a whole; None where it has not."""
        ends = [each.datum for each in self.besluiten if each.deelbesluit is None or each.laatste]
        ends += [
            each for each in (self.verzoek.ingetrokken_op, self.verzoek.doorgezonden_op) if each is not None
        ]
        return min(ends, default=None)


def feiten_van(dossier: Termijndossier, vandaag: date) -> tuple[Feit, ...]:
    """Every fact of this request that a term can count from or end by, as known on this day."""
    return (
        *_of_verzoek(dossier, vandaag),
        *_of_precisering(dossier, vandaag),
        *_of_besluiten(dossier),
        *_of_procedures(dossier),
        *_noted(dossier),
    )


def _of_verzoek(dossier: Termijndossier, vandaag: date) -> Iterator[Feit]:
    verzoek = dossier.verzoek
    yield Feit(Feitsoort.ONTVANGST, verzoek.ontvangen_op, verzoek.id)
    if verzoek.verdaagd_op is not None:
        yield Feit(Feitsoort.VERDAGING, verzoek.verdaagd_op, verzoek.id, dagen=verzoek.verdaging_dagen)
    for each in verzoek.opschortingen:
        id = opschorting_id(verzoek.id, each.van)
        yield Feit(Feitsoort.OPSCHORTING, each.van, id, tot=each.tot, bij=verzoek.id)
        if each.tot is not None and each.tot < vandaag:
            yield Feit(Feitsoort.OPSCHORTING_VOORBIJ, each.tot, id, bij=verzoek.id)
    for doorzending in verzoek.doorzendingen:
        yield Feit(Feitsoort.DOORGEZONDEN, doorzending.op, verzoek.id)
    for dag in verzoek.ingebrekestellingen:
        yield Feit(Feitsoort.INGEBREKESTELLING, dag, verzoek.id)
    for zienswijze in dossier.zienswijzen:
        yield Feit(
            Feitsoort.ZIENSWIJZE_GEVRAAGD,
            zienswijze.gevraagd_op,
            zienswijze.id,
            tot=zienswijze.reageren_voor,
            bij=verzoek.id,
        )
        if zienswijze.klaar_op is not None:
            yield Feit(Feitsoort.ZIENSWIJZE_ONTVANGEN, zienswijze.klaar_op, zienswijze.id, bij=verzoek.id)
    if dossier.afgedaan_op is not None:
        yield Feit(Feitsoort.AFGEDAAN, dossier.afgedaan_op, verzoek.id)


def _of_precisering(dossier: Termijndossier, vandaag: date) -> Iterator[Feit]:
    verzoek = dossier.verzoek
    answers = [each.beantwoord_op for each in verzoek.preciseringen if each.beantwoord_op is not None]
    for each in verzoek.preciseringen:
        yield Feit(Feitsoort.PRECISERING_GEVRAAGD, each.gevraagd_op, verzoek.id)
    for answer in answers:
        yield Feit(Feitsoort.PRECISERING_BEANTWOORD, answer, verzoek.id)
        yield Feit(Feitsoort.PRECISERING_VOORBIJ, answer, verzoek.id)
    for feit in dossier.feiten:
        if feit.soort is not Feitsoort.PRECISERING_TERMIJN or feit.tot is None:
            continue
        if feit.tot < vandaag and not any(feit.op <= answer <= feit.tot for answer in answers):
            yield Feit(Feitsoort.PRECISERING_VOORBIJ, feit.tot, verzoek.id)


def _of_besluiten(dossier: Termijndossier) -> Iterator[Feit]:
    """A decision is made known on its day, unless another day was noted (art. 3:41 and 6:8 Awb)."""
    told = {each.over: each.op for each in dossier.feiten if each.soort is Feitsoort.BEKENDMAKING}
    for besluit in dossier.besluiten:
        dag = told.get(besluit.id, besluit.datum)
        yield Feit(Feitsoort.BEKENDMAKING, dag, besluit.id, bij=dossier.verzoek.id)


def _of_procedures(dossier: Termijndossier) -> Iterator[Feit]:
    for each in dossier.procedures:
        ended, taken_back = each.beslist_op, each.uitkomst is Procedureuitkomst.INGETROKKEN
        if each.soort is Proceduresoort.VOORLOPIGE_VOORZIENING:
            yield Feit(Feitsoort.VOORZIENING, each.datum, each.besluit_id, tot=ended)
        elif each.soort is Proceduresoort.BEZWAAR:
            yield Feit(Feitsoort.BEZWAAR, each.datum, each.id, bij=each.besluit_id)
            if ended is not None:
                soort = Feitsoort.BEZWAAR_INGETROKKEN if taken_back else Feitsoort.BESLISSING_OP_BEZWAAR
                yield Feit(soort, ended, each.id, bij=each.besluit_id)
        elif each.soort in _UITSPRAKEN and ended is not None and not taken_back:
            yield Feit(Feitsoort.UITSPRAAK, ended, each.id, bij=each.besluit_id)


def _noted(dossier: Termijndossier) -> Iterator[Feit]:
    """What was noted by hand; the day of a decision was looked at already."""
    belongs = {each.id: each.besluit_id for each in dossier.procedures}
    for feit in dossier.feiten:
        if feit.soort is not Feitsoort.BEKENDMAKING:
            bij = belongs.get(feit.over, dossier.verzoek.id)
            yield Feit(feit.soort, feit.op, feit.over, tot=feit.tot, bij=bij)
