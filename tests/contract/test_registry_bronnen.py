"""The registry keeps checks of publishers, and counts how well was published, on every kind of database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.contract.registry_contract import NOW, OnEveryDatabase
from woo.domain.broncontrole import Broncontrole
from woo.domain.errors import NotFound
from woo.registry import Registry

ASKED = Broncontrole("a", "https://open.voorbeeld.nl", NOW)
LATER = Broncontrole("b", "https://twee.voorbeeld.nl", NOW + timedelta(minutes=1))
DONE = replace(
    ASKED, klaar_op=NOW + timedelta(minutes=2), verslag={"oordeel": "goed", "bevindingen": []}, pogingen=1
)


class TestChecksOfPublishers(OnEveryDatabase):
    def test_a_check_comes_back_as_it_was_in_its_place(self, registry: Registry) -> None:
        with registry.transaction() as tx:
            tx.broncontroles.save(LATER)
            tx.broncontroles.save(ASKED)
        with registry.read() as reading:
            assert reading.broncontroles.waiting() == [ASKED, LATER]
            assert reading.broncontroles.last(limit=1) == [LATER]
            with pytest.raises(NotFound):
                reading.broncontroles.get("c")
        with registry.transaction() as tx:
            tx.broncontroles.save(DONE)
        with registry.read() as reading:
            assert reading.broncontroles.get("a") == DONE
            assert reading.broncontroles.waiting() == [LATER]
            assert reading.broncontroles.public() == []
        shown = replace(DONE, openbaar_op=NOW + timedelta(minutes=3))
        with registry.transaction() as tx:
            tx.broncontroles.save(shown)
        with registry.read() as reading:
            assert reading.broncontroles.public() == [shown]

    def test_of_nothing_there_are_no_figures(self, registry: Registry) -> None:
        with registry.read() as reading:
            assert reading.completeness() == {}
            assert reading.last_published() == {}
            assert reading.last_harvested() == {}
