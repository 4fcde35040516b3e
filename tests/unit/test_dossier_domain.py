"""Procedures, ECLI, contacts and the term of a decision refuse what cannot be, and count as the law does."""

from datetime import date

import pytest

from woo.domain.besluit import Uitkomst, Woobesluit
from woo.domain.contactpersoon import Contactpersoon
from woo.domain.ecli import checked_ecli, ecli_url
from woo.domain.errors import InvalidValue, Refused
from woo.domain.procedure import UITKOMSTEN, Procedure, Proceduresoort, Procedureuitkomst
from woo.domain.termijn import Telling, termijnstand
from woo.domain.verzoek import Opschorting, Opschortingsgrond, Wooverzoek

DAY = date(2024, 4, 20)


def procedure(soort: Proceduresoort = Proceduresoort.BEROEP, **more) -> Procedure:
    return Procedure("p1", "b1", soort, DAY, **more)


@pytest.mark.parametrize(
    "text",
    ["ECLI:NL:RBOVE:2024:1234", " ecli:nl:rvs:2023:a.b1 ", "ECLI:EU:C:2019:42"],
)
def test_an_ecli_is_kept_in_capitals(text):
    assert checked_ecli(text) == text.strip().upper()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NL:RVS:2023:1",
        "ECLI:NLD:RVS:2023:1",
        "ECLI:NL:RVS:23:1",
        "ECLI:NL:RECHTBANK:2023:1",
        "ECLI:NL:RVS:2023:",
        "ECLI:NL:RVS:2023:1.",
        "ECLI:NL:RVS:2023:" + "1" * 26,
        "ECLI:NL:RVS:2023:1\n<script>",
        "ECLI:NL:RVS:2023:1&x=2",
    ],
)
def test_what_is_no_ecli_is_refused_with_an_example(text):
    with pytest.raises(InvalidValue, match="ECLI:NL:RBOVE"):
        checked_ecli(text)


def test_only_a_dutch_ruling_has_an_address():
    assert ecli_url("ECLI:NL:RVS:2023:1") == "https://deeplink.rechtspraak.nl/uitspraak?id=ECLI:NL:RVS:2023:1"
    assert ecli_url("ECLI:EU:C:2019:42") is None


@pytest.mark.parametrize("soort", Proceduresoort)
def test_each_kind_ends_only_as_it_can(soort):
    for uitkomst in Procedureuitkomst:
        if uitkomst in UITKOMSTEN[soort]:
            assert procedure(soort).beslist(uitkomst, DAY).uitkomst is uitkomst
        else:
            with pytest.raises(InvalidValue, match="does not end like that"):
                procedure(soort).beslist(uitkomst, DAY)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"uitkomst": Procedureuitkomst.GEGROND}, "belong together"),
        ({"beslist_op": DAY}, "belong together"),
        ({"uitkomst": Procedureuitkomst.GEGROND, "beslist_op": date(2024, 4, 19)}, "lodged later"),
        ({"ecli": "ECLI:NL:RVS:2023:1"}, "has an outcome"),
        (
            {"ecli": "ecli:nl:rvs:2023:1", "uitkomst": Procedureuitkomst.GEGROND, "beslist_op": DAY},
            "capitals",
        ),
    ],
)
def test_a_procedure_that_cannot_be_is_refused(more, why):
    with pytest.raises(InvalidValue, match=why):
        procedure(**more)


def test_an_objection_has_no_ruling_and_an_outcome_is_not_changed():
    with pytest.raises(InvalidValue, match="not by a court"):
        procedure(Proceduresoort.BEZWAAR).beslist(Procedureuitkomst.GEGROND, DAY, ecli="ECLI:NL:RVS:2023:1")
    ended = procedure().beslist(Procedureuitkomst.GEGROND, DAY)
    with pytest.raises(Refused, match="it ended on 2024-04-20: gegrond"):
        ended.beslist(Procedureuitkomst.ONGEGROND, DAY)
    known = ended.beslist(Procedureuitkomst.GEGROND, DAY, ecli="ecli:nl:rvs:2024:7")
    assert known.ecli == "ECLI:NL:RVS:2024:7"
    assert known.beslist(Procedureuitkomst.GEGROND, DAY) == known


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"naam": " ", "email": "woo@dorp.example"}, "needs a name"),
        ({"naam": "De Woo-contactpersoon"}, "e-mail address or a telephone"),
        ({"naam": "x", "email": "geen adres"}, "no e-mail address"),
        ({"naam": "x", "email": "a@b.example>\n"}, "no e-mail address"),
        ({"naam": "x", "telefoon": "bel mij"}, "write digits"),
    ],
)
def test_a_contact_that_cannot_be_reached_is_refused(fields, why):
    with pytest.raises(InvalidValue, match=why):
        Contactpersoon(**fields)


VERZOEK = Wooverzoek(
    "v1",
    "2024-0114",
    "De vergunning",
    date(2024, 1, 8),
    date(2024, 1, 29),
    14,
    (Opschorting(date(2024, 2, 5), date(2024, 2, 18), Opschortingsgrond.ZIENSWIJZE),),
)


def besluit(dag: date) -> Woobesluit:
    return Woobesluit("b1", "v1", "B-1", dag, Uitkomst.DEELS_OPENBAAR)


def test_a_decision_is_counted_both_ways():
    stand = termijnstand(VERZOEK, besluit(date(2024, 3, 14)))
    assert stand.opgeschort == 14
    assert stand.met_opschorting == Telling(date(2024, 3, 4), 52, 10)
    assert stand.zonder_opschorting == Telling(date(2024, 2, 19), 66, 24)


def test_what_befell_the_term_after_a_decision_does_not_count_for_it():
    early = termijnstand(VERZOEK, besluit(date(2024, 1, 25)))
    assert early.met_opschorting == Telling(date(2024, 2, 5), 17, -11)
    assert early.opgeschort == 0


def test_a_decision_while_the_term_stands_still_has_no_last_day():
    open_ended = Wooverzoek(
        "v1",
        "k",
        "o",
        date(2024, 1, 8),
        opschortingen=(Opschorting(date(2024, 1, 10), None, Opschortingsgrond.VERZOEKER),),
    )
    stand = termijnstand(open_ended, besluit(date(2024, 3, 14)))
    assert stand.met_opschorting == Telling(None, 1, None)
    assert stand.zonder_opschorting.over == (date(2024, 3, 14) - date(2024, 2, 5)).days
