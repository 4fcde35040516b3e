"""How the use cases of what came back from public are called, for the walk through the rights matrix."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tests.api.desk import BEHEER, NOW
from tests.api.rechten_calls import CONCEPT, GONE, PUBLIC, Bench, Call, Maker
from woo.domain.actor import Actor, Rol
from woo.domain.publicatie import Publicatiestatus
from woo.usecases import bewaring, herstel, ingreep, intrekking, intrekkingen_lezen, lekblad, termijnoverzicht
from woo.usecases.vernietiging import conclude

TWEEDE = Actor("een tweede", Rol.PUBLICEERDER, "tests", account="tweede")
MELDEN = lekblad.Besluit(melden=False, reden="Niemand heeft het gezien.")


def _document(call: Callable[[Any, Actor, str], object]) -> Maker:
    """On a document in the state of the walk; what is withdrawn may be restored by one person."""

    def make(bench: Bench, status: Publicatiestatus) -> Call:
        id = bench.document(PUBLIC if status is GONE else status)
        if status is GONE:
            intrekking.withdraw_document(bench.platform, BEHEER, id, code="vergissing")
        return lambda actor: call(bench.platform, actor, id)

    return make


def _proposal(call: Callable[[Any, Actor, str], object], *, done: bool = False) -> Maker:
    """On a proposal to destroy; it is of what is withdrawn, whatever the state of the walk."""

    def make(bench: Bench, _: Publicatiestatus) -> Call:
        id = bench.document(GONE)
        one = ingreep.propose_destruction(bench.platform, BEHEER, "document", id, reden="Lek.")
        if done:
            conclude(bench.platform, ingreep.approve(bench.platform, TWEEDE, one.id), b"%PDF-")
        return lambda actor: call(bench.platform, actor, one.id)

    return make


def _sheet(call: Callable[[Any, Actor, str], object]) -> Maker:
    """On a document with a leak sheet; it is of what is withdrawn, whatever the state of the walk."""

    def make(bench: Bench, _: Publicatiestatus) -> Call:
        id = bench.document(GONE)
        lekblad.make_lekblad(bench.platform, BEHEER, "document", id, ontdekt_op=NOW, bereik=None)
        return lambda actor: call(bench.platform, actor, id)

    return make


def _over(bench: Bench, status: Publicatiestatus) -> Call:
    """On a publicatie of which the term is over, where it is or was public."""
    id = bench.publicatie(status)
    if status is not CONCEPT:
        bewaring.change_term(bench.platform, BEHEER, id, afwijkend=True, jaren=1, reden="Kort.")
        with bench.platform.registry.transaction() as tx:
            long_ago = datetime(2001, 1, 1, tzinfo=UTC)
            tx.save_publicatie(replace(tx.publicatie(id), eerste_publicatie=long_ago))
    return lambda actor: bewaring.propose_end(bench.platform, actor, id, reden="Voorbij.")


def _term(bench: Bench, status: Publicatiestatus) -> Call:
    """On what is or was public; a concept has no term."""
    id = bench.publicatie(PUBLIC if status is CONCEPT else status)
    return lambda actor: intrekkingen_lezen.read_termijn(bench.platform, actor, id)


def _change_term(bench: Bench, status: Publicatiestatus) -> Call:
    id = bench.publicatie(status)
    return lambda actor: bewaring.change_term(
        bench.platform, actor, id, afwijkend=True, jaren=5, reden="Kort."
    )


def _nothing(call: Callable[[Any, Actor], object]) -> Maker:
    return lambda bench, _: lambda actor: call(bench.platform, actor)


TERUG: Mapping[str, Maker] = {
    "woo.usecases.bewaring.change_term": _change_term,
    "woo.usecases.bewaring.keep_terms": _nothing(bewaring.keep_terms),
    "woo.usecases.bewaring.propose_end": _over,
    "woo.usecases.herstel.restore": _document(lambda p, a, id: herstel.restore(p, a, "document", id)),
    "woo.usecases.ingreep.approve": _proposal(ingreep.approve),
    "woo.usecases.ingreep.propose_destruction": _document(
        lambda p, a, id: ingreep.propose_destruction(p, a, "document", id, reden="Lek.")
    ),
    "woo.usecases.ingreep.propose_restore": _document(
        lambda p, a, id: ingreep.propose_restore(p, a, "document", id, reden="Toch niet.")
    ),
    "woo.usecases.ingreep.reject": _proposal(
        lambda p, a, id: ingreep.reject(p, a, id, toelichting="Eerst overleg.")
    ),
    "woo.usecases.intrekkingen_lezen.read_ingreep": _proposal(intrekkingen_lezen.read_ingreep),
    "woo.usecases.intrekkingen_lezen.read_ingrepen": _nothing(intrekkingen_lezen.read_ingrepen),
    "woo.usecases.intrekkingen_lezen.read_intrekkingen": _nothing(intrekkingen_lezen.read_intrekkingen),
    "woo.usecases.intrekkingen_lezen.read_termijn": _term,
    "woo.usecases.intrekkingen_lezen.read_termijnen": _nothing(
        lambda p, a: intrekkingen_lezen.read_termijnen(p, a, dagen=30)
    ),
    "woo.usecases.intrekkingen_lezen.read_verklaring": _proposal(
        intrekkingen_lezen.read_verklaring, done=True
    ),
    "woo.usecases.lekblad.decide": _sheet(lambda p, a, id: lekblad.decide(p, a, "document", id, MELDEN)),
    "woo.usecases.lekblad.find_lekblad": _sheet(lambda p, a, id: lekblad.find_lekblad(p, a, "document", id)),
    "woo.usecases.lekblad.make_lekblad": _document(
        lambda p, a, id: lekblad.make_lekblad(p, a, "document", id, ontdekt_op=NOW, bereik=None)
    ),
    "woo.usecases.lekblad.read_lekblad": _sheet(lambda p, a, id: lekblad.read_lekblad(p, a, "document", id)),
    "woo.usecases.termijnoverzicht.overview": _nothing(lambda p, a: termijnoverzicht.overview(p, a, dagen=7)),
}
"""As `rechten_calls.CALLS`: withdrawals, restoring, destroying, leak sheets, terms of keeping, and the terms of the day."""
