"""Every combination of what can be known of an item is exactly one state, and the accounting adds up."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.report import REFUSED, STATES, WAITING, Report, accounting, build_report, state_of
from woo.domain.document import Leesstatus
from woo.domain.publicatie import Publicatiestatus
from woo.registry import Outcome
from woo.registry.records import EIGEN_STATEN


def outcome(**known: object) -> Outcome:
    fields: dict[str, object] = {
        "sleutel": "/in/a.pdf",
        "pad": "a.pdf",
        "sha256": "0" * 64,
        "staat": None,
        "reden": None,
        "document_id": "d1",
        "leesstatus": Leesstatus.GELEZEN,
        "leesreden": None,
        "paginas": 2,
        "tekstbron": "pdf",
        "seconden": 0.5,
        "ingetrokken": False,
        "publicatiestatus": Publicatiestatus.GEPUBLICEERD,
        "getoond": True,
        "wacht": False,
        "rust_fout": None,
    }
    return Outcome(**(fields | known))  # type: ignore[arg-type]


def every_outcome() -> Iterator[Outcome]:
    for staat, lees, status, getoond, weg, rust in product(
        (None, *EIGEN_STATEN),
        (None, *Leesstatus),
        (None, *Publicatiestatus),
        (False, True),
        (False, True),
        (None, "Unavailable: het archief"),
    ):
        yield outcome(
            staat=staat,
            leesstatus=lees,
            publicatiestatus=status,
            getoond=getoond,
            ingetrokken=weg,
            rust_fout=rust,
        )


def test_every_combination_is_one_known_state_or_waits() -> None:
    for each in every_outcome():
        state, _ = state_of(each)
        assert state in (*STATES, WAITING), each


def test_an_item_waits_only_where_a_worker_will_still_do_something() -> None:
    for each in every_outcome():
        state, reason = state_of(each)
        unread = each.leesstatus in (None, Leesstatus.WACHT)
        opened = each.leesstatus in (Leesstatus.GELEZEN, Leesstatus.DEELS, Leesstatus.GEEN_TEKST)
        public = each.publicatiestatus is Publicatiestatus.GEPUBLICEERD
        gone = each.ingetrokken or each.publicatiestatus is Publicatiestatus.INGETROKKEN
        owed = unread or (opened and public and not each.getoond)
        assert (state == WAITING) == (each.staat is None and not gone and owed and each.rust_fout is None)
        assert state != WAITING or reason is None


def test_only_what_the_public_side_shows_is_indexed() -> None:
    for each in every_outcome():
        if state_of(each)[0] == "indexed":
            assert each.getoond
            assert each.publicatiestatus is Publicatiestatus.GEPUBLICEERD
            assert not each.ingetrokken
            assert each.leesstatus is Leesstatus.GELEZEN


def test_ready_is_read_and_not_public() -> None:
    for each in every_outcome():
        if state_of(each)[0] == "ready":
            assert each.publicatiestatus in (None, Publicatiestatus.CONCEPT)
            assert each.leesstatus is Leesstatus.GELEZEN


def test_an_own_state_goes_before_everything_else() -> None:
    for each in every_outcome():
        if each.staat is not None:
            assert state_of(each) == (each.staat, each.reden)


@pytest.mark.parametrize(
    ("known", "state", "reason"),
    [
        ({}, "indexed", None),
        ({"publicatiestatus": Publicatiestatus.CONCEPT, "getoond": False}, "ready", None),
        ({"getoond": False}, WAITING, None),
        ({"wacht": True}, WAITING, None),
        ({"publicatiestatus": Publicatiestatus.CONCEPT, "wacht": True}, "ready", None),
        ({"getoond": False, "rust_fout": "kapot"}, "quarantined", "read, but it could not be shown: kapot (woo retry)"),
        ({"leesstatus": Leesstatus.WACHT, "rust_fout": "kapot"}, "quarantined", "not_read: kapot (woo retry)"),
        ({"leesstatus": Leesstatus.DEELS, "leesreden": "pagina 3"}, "partial", "pagina 3"),
        ({"leesstatus": Leesstatus.GEEN_TEKST, "leesreden": "scan"}, "no_text", "scan"),
        ({"leesstatus": Leesstatus.QUARANTAINE, "leesreden": "slot"}, "quarantined", "slot"),
        ({"ingetrokken": True, "leesstatus": Leesstatus.WACHT}, "withdrawn", "it was withdrawn"),
        ({"staat": "duplicate", "reden": "zelfde"}, "duplicate", "zelfde"),
        ({"rust_fout": "een latere fout"}, "indexed", None),
    ],
)  # fmt: skip
def test_a_state_comes_with_its_reason(known: dict[str, object], state: str, reason: str | None) -> None:
    assert state_of(outcome(**known)) == (state, reason)


_FINAL = [each for each in every_outcome() if state_of(each)[0] != WAITING]


@settings(deadline=None)
@given(st.lists(st.sampled_from(_FINAL), max_size=30))
def test_the_states_add_up_to_what_was_discovered(outcomes: list[Outcome]) -> None:
    report = build_report(outcomes)
    told = report.as_json()
    assert told["discovered"] == len(outcomes) == sum(told["states"].values()) == len(told["items"])
    assert set(told["states"]) == set(STATES)
    assert report.refused == any(item["state"] in REFUSED for item in told["items"])
    assert accounting(report).splitlines()[-1].split() == [str(len(outcomes)), "discovered"]
    assert sum(int(line.split()[0]) for line in accounting(report).splitlines()[:-1]) == len(outcomes)


def test_an_item_that_still_waits_cannot_be_reported() -> None:
    with pytest.raises(ValueError, match="no final state"):
        build_report([outcome(leesstatus=Leesstatus.WACHT)])


def test_a_report_of_nothing_is_a_report() -> None:
    assert accounting(Report(())).split() == ["0", "discovered"]
    assert not Report(()).refused
