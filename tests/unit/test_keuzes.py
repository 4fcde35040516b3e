"""What can be chosen at the desk: an expired value stands behind the others, and says that it is."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from publisher.balie import keuzes
from woo.diwoo.waarden import Waarde, Waardelijst


def test_an_expired_value_stands_last_and_says_so() -> None:
    waarden = [
        Waarde("a", "https://l.example/a", "advies", {"vervallen": date(2026, 10, 1)}),
        Waarde("b", "https://l.example/b", "brief"),
        Waarde("z", "https://l.example/z", "agenda"),
    ]
    lijsten = SimpleNamespace(documentsoorten=Waardelijst("documentsoorten", "8", waarden))
    desk = cast(Any, SimpleNamespace(platform=SimpleNamespace(lijsten=lijsten)))
    assert keuzes.documentsoorten(desk) == [("z", "agenda"), ("b", "brief"), ("a", "advies (vervallen)")]
