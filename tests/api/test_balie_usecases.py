"""What the desk does with documents: many changed at once, put in order, related, suggestions taken over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.api.desk import GEMEENTE, DeskOfTest, open_desk
from woo.domain.actor import Actor, Rol
from woo.domain.document import Relatie, Relatiesoort, Voorstel
from woo.domain.errors import InvalidValue, NotAllowed, NotFound, Refused
from woo.domain.events import Actie
from woo.registry import finding
from woo.usecases.document_gegevens import accept_voorstel, change_many, change_seen
from woo.usecases.relaties import relate, unrelate
from woo.usecases.volgorde import move, set_order

R = Actor("r", Rol.REDACTEUR, "test")
OTHER = Actor("ander", Rol.REDACTEUR, "test", per_organisatie={"gm0363": Rol.REDACTEUR})
READER = Actor("l", Rol.REDACTEUR, "test", per_organisatie={GEMEENTE: Rol.LEZER, "gm0363": Rol.REDACTEUR})
BIJLAGE, REACTIE = Relatiesoort.HEEFT_BIJLAGE, Relatiesoort.REACTIE_OP


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    """One desk for all tests; each makes its own publicatie."""
    folder: Path = tmp_path_factory.mktemp("desk")
    with open_desk(folder) as opened:
        yield opened


@pytest.fixture
def filled(desk: DeskOfTest) -> tuple[str, list[str]]:
    """A publicatie with three documents."""
    publicatie = desk.publicatie()
    return publicatie, [desk.document(publicatie, inhoud) for inhoud in ("a", "b", "c")]


def order(desk: DeskOfTest, publicatie: str) -> list[str]:
    with desk.platform.registry.read() as reading:
        return list(finding.numbers(reading.connection, publicatie))


def test_many_documents_get_the_same_values_and_the_log_says_which(
    desk: DeskOfTest, filled: tuple[str, list[str]]
) -> None:
    publicatie, ids = filled
    desk.clock.forward(minutes=1)
    changes = {"creatiedatum": date(2024, 2, 29), "taal": "NLD"}
    assert change_many(desk.platform, R, publicatie, ids[:2], changes) == 2
    assert change_many(desk.platform, R, publicatie, ids, changes) == 1
    assert desk.actions(ids[0]) == [Actie.DOCUMENT_ADDED, Actie.DOCUMENT_CHANGED]
    with desk.platform.registry.read() as reading:
        assert {reading.document(id).herkomst["creatiedatum"] for id in ids} == {"balie"}


def test_all_change_or_none(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    publicatie, ids = filled
    stranger = desk.document(desk.publicatie())
    for wrong, changes in (
        ([*ids, stranger], {"kenmerk": "k"}),
        (ids, {"taal": "onzin"}),
        (ids, {"bestand": None}),
        (ids, {}),
        ([], {"kenmerk": "k"}),
    ):
        with pytest.raises((NotFound, InvalidValue)):
            change_many(desk.platform, R, publicatie, wrong, changes)
    with desk.platform.registry.read() as reading:
        assert {reading.document(id).kenmerk for id in ids} == {None}


def test_a_change_on_an_older_state_is_refused(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    _, ids = filled
    with desk.platform.registry.read() as reading:
        seen = reading.document(ids[0]).gewijzigd_op
    desk.clock.forward(minutes=1)
    change_seen(desk.platform, R, ids[0], {"kenmerk": "een"}, gezien=seen)
    with pytest.raises(Refused, match="later state"):
        change_seen(desk.platform, R, ids[0], {"kenmerk": "twee"}, gezien=seen)


def test_documents_are_put_in_order_and_numbered_anew(
    desk: DeskOfTest, filled: tuple[str, list[str]]
) -> None:
    publicatie, (a, b, c) = filled
    assert set_order(desk.platform, R, publicatie, [c, a, b]) == 3
    assert order(desk, publicatie) == [c, a, b]
    assert move(desk.platform, R, b, 1) == 1
    assert order(desk, publicatie) == [b, c, a]
    assert move(desk.platform, R, b, 99) == 3
    assert set_order(desk.platform, R, publicatie, [c, a, b]) == 0
    assert desk.actions(publicatie).count(Actie.DOCUMENTS_ORDERED) == 3


def test_an_order_that_is_not_of_all_documents_is_refused(
    desk: DeskOfTest, filled: tuple[str, list[str]]
) -> None:
    publicatie, ids = filled
    with pytest.raises(Refused, match="later state"):
        set_order(desk.platform, R, publicatie, ids[:2])
    for wrong in ([*ids, "weg"], [ids[0], *ids]):
        with pytest.raises(InvalidValue):
            set_order(desk.platform, R, publicatie, wrong)
    with pytest.raises(InvalidValue):
        move(desk.platform, R, ids[0], 0)
    assert order(desk, publicatie) == ids


def test_relations_are_made_kept_from_programs_and_taken_away(
    desk: DeskOfTest, filled: tuple[str, list[str]]
) -> None:
    _, (a, b, c) = filled
    relate(desk.platform, R, a, BIJLAGE, b)
    relate(desk.platform, R, a, REACTIE, c)
    relate(desk.platform, R, a, REACTIE, c)
    with desk.platform.registry.transaction() as tx:
        tx.save_relatie(Relatie(a, REACTIE, c))
        tx.save_relatie(Relatie(b, REACTIE, a))
        assert tx.drop_relaties(a, REACTIE) == (b,)
        assert {(r.soort, r.naar, r.met_de_hand) for r in tx.relaties(a)} == {
            (BIJLAGE, b, True),
            (REACTIE, c, True),
        }
    unrelate(desk.platform, R, a, REACTIE, c)
    with pytest.raises(NotFound):
        unrelate(desk.platform, R, a, REACTIE, c)
    assert desk.actions(a)[1:] == [
        Actie.DOCUMENT_RELATED,
        Actie.DOCUMENT_RELATED,
        Actie.DOCUMENT_UNRELATED,
    ]


def test_a_relation_that_cannot_be_is_refused(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    _, (a, b, c) = filled
    with pytest.raises(InvalidValue):
        relate(desk.platform, R, a, BIJLAGE, a)
    with pytest.raises(InvalidValue):
        relate(desk.platform, R, a, Relatiesoort.LIJKT_OP, b)
    with pytest.raises(NotFound):
        relate(desk.platform, R, a, BIJLAGE, "weg")
    desk.by(Rol.PUBLICEERDER).post(f"/documenten/{c}/intrekken", json={"reden": "fout"})
    with pytest.raises(Refused):
        relate(desk.platform, R, a, BIJLAGE, c)


def test_a_suggestion_is_taken_over_as_what_a_person_said(
    desk: DeskOfTest, filled: tuple[str, list[str]]
) -> None:
    _, (a, *_) = filled
    with desk.platform.registry.transaction() as tx:
        voorstellen = (
            Voorstel("creatiedatum", "2024-02-29", 0.9, "tekst:datumregel", 1),
            Voorstel("grond", "5.1.2e", 0.9, "tekst:grond"),
        )
        tx.save_document(replace(tx.document(a), voorstellen=voorstellen))
    done = accept_voorstel(desk.platform, R, a, "creatiedatum", "2024-02-29")
    assert (done.creatiedatum, done.herkomst["creatiedatum"]) == (date(2024, 2, 29), "balie")
    for veld, waarde in (("creatiedatum", "2024-03-01"), ("grond", "5.1.2e"), ("bestand", "x")):
        with pytest.raises(InvalidValue):
            accept_voorstel(desk.platform, R, a, veld, waarde)


@pytest.mark.parametrize(("actor", "error"), [(OTHER, NotFound), (READER, NotAllowed)])
def test_another_organisation_sees_nothing_and_a_reader_changes_nothing(
    desk: DeskOfTest, filled: tuple[str, list[str]], actor: Actor, error: type[Exception]
) -> None:
    publicatie, (a, b, c) = filled
    for attempt in (
        lambda: change_many(desk.platform, actor, publicatie, [a], {"kenmerk": "k"}),
        lambda: change_seen(desk.platform, actor, a, {"kenmerk": "k"}),
        lambda: set_order(desk.platform, actor, publicatie, [c, b, a]),
        lambda: move(desk.platform, actor, a, 2),
        lambda: relate(desk.platform, actor, a, BIJLAGE, b),
        lambda: unrelate(desk.platform, actor, a, BIJLAGE, b),
        lambda: accept_voorstel(desk.platform, actor, a, "kenmerk", "k"),
    ):
        with pytest.raises(error):
            attempt()
    assert order(desk, publicatie) == [a, b, c]
