"""The small parts of following: addresses, moments, keys, kept questions, settings."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.setup import load_analysis
from ingest.volgen.momenten import next_moment
from woo.domain.errors import InvalidValue
from woo.domain.volgen import Frequentie, checked_adres
from woo.index.query import DateRange, Filters, Soort, Word
from woo.index.vraag import Vraag, vraag_of
from woo.settings import SettingsError, load_settings
from woo.volgers import Doel, Sleutels

_MOMENTS = st.integers(0, 3 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("text", "adres"),
    [
        (" Naam.Achter+woo@Voorbeeld.NL ", "Naam.Achter+woo@voorbeeld.nl"),
        ("o'brien@voorbeeld.example", "o'brien@voorbeeld.example"),
        ("naam@büro.example", "naam@xn--bro-hoa.example"),
    ],
)
def test_an_address_is_taken_as_mail_is_sent_to_it(text: str, adres: str) -> None:
    assert checked_adres(text) == adres


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "a@b",
        "a@b.1",
        "a..b@c.nl",
        ".a@c.nl",
        "a@c.nl, d@e.nl",
        "a@-c.nl",
        "<a@c.nl>",
        "a@c.nl\n",
        "x" * 65 + "@c.nl",
        "a@c..nl",
        '"a b"@c.nl',
        "a@" + "c" * 64 + ".nl",
    ],
)
def test_what_mail_cannot_be_sent_to_is_refused_without_repeating_it(text: str) -> None:
    if text == "a@c.nl\n":
        assert checked_adres(text) == "a@c.nl"  # white space around it is none of it
        return
    with pytest.raises(InvalidValue) as refused:
        checked_adres(text)
    assert len(text) < 3 or text not in str(refused.value)


@given(st.text(max_size=80))
def test_an_address_that_is_taken_stays_on_one_line(text: str) -> None:
    try:
        adres = checked_adres(text)
    except InvalidValue:
        return
    assert adres.isascii()
    assert adres.isprintable()
    assert not set(adres) & set(" ,;<>()")


@pytest.mark.parametrize(
    ("frequentie", "after", "expected"),
    [
        ("dagelijks", "2026-03-02T05:59:59Z", "2026-03-02T06:00:00Z"),
        ("dagelijks", "2026-03-02T06:00:00Z", "2026-03-03T06:00:00Z"),
        ("dagelijks", "2026-03-28T12:00:00Z", "2026-03-29T05:00:00Z"),  # the clock goes forward that night
        ("dagelijks", "2026-10-24T12:00:00Z", "2026-10-25T06:00:00Z"),  # and back
        ("wekelijks", "2026-03-02T05:00:00Z", "2026-03-02T06:00:00Z"),  # a Monday
        ("wekelijks", "2026-03-02T06:00:00Z", "2026-03-09T06:00:00Z"),
        ("direct", "2026-03-02T06:00:00Z", "2026-03-02T06:15:00Z"),
    ],
)
def test_mail_comes_at_seven_in_the_netherlands_whatever_the_clock_does(
    frequentie: str, after: str, expected: str
) -> None:
    found = next_moment(Frequentie(frequentie), 7, datetime.fromisoformat(after))
    assert found == datetime.fromisoformat(expected)


@given(_MOMENTS, st.integers(0, 23))
def test_the_next_moment_is_always_later_and_within_a_day_or_so(after: datetime, uur: int) -> None:
    found = next_moment(Frequentie.DAGELIJKS, uur, after)
    assert 0 < (found - after).total_seconds() <= 25 * 3600
    weekly = next_moment(Frequentie.WEKELIJKS, uur, after)
    assert weekly.astimezone(AMSTERDAM).weekday() == 0
    assert 0 < (weekly - after).total_seconds() <= 7 * 24 * 3600 + 3600


def test_a_key_is_good_for_its_own_purpose_and_follower_alone() -> None:
    sleutels = Sleutels(b"x" * 32)
    id = "0" * 32
    key = sleutels.make(Doel.STOP, id)
    assert sleutels.id_of(Doel.STOP, key) == id
    assert sleutels.id_of(Doel.BEVESTIG, key) is None
    assert Sleutels(b"y" * 32).id_of(Doel.STOP, key) is None
    assert sleutels.id_of(Doel.STOP, "1" + key[1:]) is None
    assert sleutels.id_of(Doel.STOP, key + "0") is None
    assert sleutels.digest("A@B.NL") == sleutels.digest("a@b.nl")


def test_a_kept_question_is_the_same_when_it_is_read_again() -> None:
    filters = Filters(
        {"publisher": ("gm0153",), "jaar": ("2023",)},
        creatiedatum=DateRange(None, date(2024, 1, 2)),
        onleesbaar=True,
    )
    vraag = Vraag('stikstof "open norm"', filters, "zoek=x")
    assert vraag_of(vraag.as_json()) == vraag
    assert vraag_of(Vraag().as_json()).alles


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {"zoek": 1},
        {"wachtwoord": True},
        {"waarden": {"geheim": ["x"]}},
        {"waarden": {"publisher": []}},
        {"waarden": {"publisher": "gm0153"}},
        {"waarden": {"publisher": ["x" * 300]}},
        {"waarden": []},
        {"onleesbaar": "ja"},
        {"creatiedatum": {"van": "gisteren"}},
        {"creatiedatum": {"van": 5}},
        {"zoek": "x" * 3000},
    ],
)
def test_what_is_no_question_is_refused(told: Any) -> None:
    with pytest.raises(InvalidValue):
        vraag_of(told)


def test_days_that_are_asked_and_days_that_are_new_are_both_kept_to() -> None:
    first, last = date(2024, 1, 1), date(2024, 1, 31)
    vraag = Vraag(filters=Filters(publicatiedatum=DateRange(first, None)))
    analysis = load_analysis()
    query = vraag.query(Soort.DOCUMENT, analysis, since=DateRange(None, last))
    assert query is not None
    assert query.filters.publicatiedatum == DateRange(first, last)
    assert vraag.query(Soort.DOCUMENT, analysis, since=DateRange(None, date(2023, 1, 1))) is None


def test_words_that_the_site_understands_otherwise_are_followed_so() -> None:
    query = Vraag("st*").query(Soort.DOCUMENT, load_analysis())
    assert query is not None
    assert query.zoek == Word("st")


@pytest.mark.parametrize(
    ("environ", "why"),
    [
        ({"WOO_MAIL__HOST": "mail.example"}, "mail.sender"),
        ({"WOO_MAIL__USER": "x"}, "go together"),
        ({"WOO_VOLGEN__URL": "sqlite:///{WOO_HOME}/registry.sqlite3"}, "database of their own"),
    ],
)
def test_settings_that_do_not_fit_are_refused(tmp_path: Path, environ: dict[str, str], why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        load_settings({"WOO_HOME": str(tmp_path), **environ}, cwd=tmp_path)


def test_a_password_is_not_sent_without_encryption(tmp_path: Path) -> None:
    (tmp_path / "wachtwoord").write_text("geheim")
    environ = {
        "WOO_MAIL__USER": "x",
        "WOO_MAIL__PASSWORD_FILE": str(tmp_path / "wachtwoord"),
        "WOO_MAIL__TLS": "none",
    }
    with pytest.raises(SettingsError, match="on the way"):
        load_settings({"WOO_HOME": str(tmp_path), **environ}, cwd=tmp_path)
