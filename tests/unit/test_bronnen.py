"""Files of sources: what they may say, and how what is wrong with them is told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from woo.diwoo.waardelijsten import Waardelijsten
from woo.oogst import Bronnen, load_bronnen
from woo.settings import SettingsError, config_folder, load_settings

GOOD = {"kind": "diwoo", "address": "https://open.zuiderveld.example", "publisher": "gm0153"}
API = {"kind": "openoverheid", "address": "https://open.overheid.nl", "publisher": "gm0153"}
FIELDS = {"title": "h1", "files": "li a"}
SITE = {
    "kind": "site",
    "address": "https://www.zuiderveld.example/woo",
    "publisher": "gm0153",
    "rules": {"items": "li", "detail": "a", "fields": FIELDS},
}


@pytest.fixture(scope="module")
def lijsten() -> Waardelijsten:
    return Waardelijsten.load(config_folder() / "waardelijsten")


def load(folder: Path, lijsten: Waardelijsten, **files: object) -> Bronnen:
    for name, content in files.items():
        text = content if isinstance(content, str) else yaml.safe_dump(content)
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return load_bronnen(load_settings({"WOO_OOGST__SOURCES": str(folder)}, cwd=folder), lijsten)


def test_the_examples_that_come_along_are_sources_that_are_off(
    tmp_path: Path, lijsten: Waardelijsten
) -> None:
    found = load_bronnen(load_settings({}, cwd=tmp_path), lijsten)
    assert {bron.naam: bron.kind.value for bron in found} == {
        "voorbeeld": "diwoo",
        "voorbeeld-openoverheid": "openoverheid",
        "voorbeeld-woo": "woo",
        "voorbeeld-site": "site",
    }
    assert not any(bron.active for bron in found)


def test_three_keys_are_enough_and_a_uri_becomes_its_code(tmp_path: Path, lijsten: Waardelijsten) -> None:
    uri = "https://identifier.overheid.nl/tooi/id/gemeente/gm0153"
    found = load(tmp_path, lijsten, zuiderveld={**GOOD, "publisher": uri}).get("zuiderveld")
    assert (found.publisher, found.policy.value, found.schedule) == ("gm0153", "review", None)
    assert found.allowed_hosts == {"open.zuiderveld.example"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({**GOOD, "adress": "x"}, "adress: unknown key; did you mean address?"),
        (
            {**GOOD, "limits": {"concurency": 2}},
            "limits.concurency: unknown key; did you mean limits.concurrency?",
        ),
        (
            {**GOOD, "assertions": {"documents": 2}},
            "assertions.documents: unknown key; did you mean assertions.documents_m",
        ),
        ({**GOOD, "publisher": "gm9999999"}, "publisher: "),
        ({**GOOD, "category": "c_onbekend"}, "category: "),
        ({**GOOD, "address": "ftp://x.example"}, "an address such as https://www.voorbeeld.nl"),
        ({**GOOD, "address": "https://a:b@x.example"}, "without a name and password"),
        ({**GOOD, "schedule": "elke nacht"}, "a schedule as in cron"),
        ({**GOOD, "windows": "22-6"}, "a time of the day is accepted here"),
        ({**GOOD, "hosts": ["https://x.example"]}, "the name of a host"),
        ({**GOOD, "policy": "open"}, "policy: 'open' was refused"),
        (
            {**GOOD, "assertions": {"documents_min": 9, "documents_max": 3}},
            "documents_min is more than documents_max",
        ),
        ({"kind": "diwoo", "publisher": "gm0153"}, "address: it is missing"),
        ({**API, "filters": {"publisers": ["gm0153"]}}, "did you mean filters.publishers?"),
        ({**API, "filters": {"publishers": ["gm9999999"]}}, "filters.publishers: "),
        ({**API, "filters": {"categories": "c_onbekend"}}, "filters.categories: "),
        ({**API, "filters": {"since": "vorig jaar"}}, "filters.since: 'vorig jaar' was refused"),
        ({**API, "filters": {"since": 2025}}, "a day is accepted here, such as 2025-01-31"),
        (
            {**API, "filters": {"since": "2026-02-01", "until": "2026-01-01"}},
            "since is later than until",
        ),
        ({**GOOD, "filters": {"text": "x"}}, "filters is for kind openoverheid alone"),
        ({**GOOD, "feed": {"whole_every_days": 9}}, "feed is for kind woo alone"),
        ({**GOOD, "kind": "woo", "feed": {"whole_every": 9}}, "did you mean feed.whole_every_days?"),
        ({**GOOD, "kind": "woo", "feed": {"whole_every_days": 0}}, "feed.whole_every_days: 0 was refused"),
        ({**GOOD, "rules": SITE["rules"]}, "the key rules is for kind site, which cannot do without it"),
        ({**SITE, "rules": None}, "the key rules is for kind site"),
        ("kind: [", "no valid YAML"),
        ("- een", "must hold keys"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_key(
    tmp_path: Path, lijsten: Waardelijsten, content: object, told: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, lijsten, bron=content)
    assert "bron.yaml" in str(caught.value)
    assert told in str(caught.value)


def test_an_api_is_asked_by_the_names_of_the_lists(tmp_path: Path, lijsten: Waardelijsten) -> None:
    bron = load(tmp_path, lijsten, een={**API, "publishers": ["gm0344"]}).get("een")
    assert bron.own["publishers"] == ["gemeente Enschede", "gemeente Utrecht"]
    filters = {"publishers": "gm0344", "categories": "c_3baef532", "since": "2025-01-01"}
    bron = load(tmp_path, lijsten, een={**API, "filters": filters}).get("een")
    assert bron.own == {
        "publishers": ["gemeente Utrecht"],
        "categories": ["Woo-verzoeken en -besluiten"],
        "since": "2025-01-01",
        "until": None,
        "text": "",
    }


def test_only_a_feed_goes_on_where_a_run_left_it(tmp_path: Path, lijsten: Waardelijsten) -> None:
    woo = {**GOOD, "kind": "woo"}
    found = load(tmp_path, lijsten, een=woo, twee={**woo, "feed": {"whole_every_days": 7}}, drie=GOOD)
    assert [found.get(naam).whole_every for naam in ("een", "twee", "drie")] == [
        timedelta(days=30),
        timedelta(days=7),
        None,
    ]


def test_all_that_is_wrong_in_all_files_is_told_at_once(tmp_path: Path, lijsten: Waardelijsten) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, lijsten, een={**GOOD, "x": 1}, twee={**GOOD, "y": 1, "z": 2}, DRIE=GOOD)
    assert len(caught.value.problems) == 4


def test_a_window_over_midnight_and_a_schedule_are_in_dutch_time(
    tmp_path: Path, lijsten: Waardelijsten
) -> None:
    content = {**GOOD, "windows": ["22:00-06:00"], "schedule": "15 3 * * *"}
    bron = load(tmp_path, lijsten, nacht=content).get("nacht")
    winter = datetime(2026, 1, 10, 22, 30, tzinfo=UTC)  # 23:30 in the Netherlands
    assert bron.open_until(winter) == datetime(2026, 1, 11, 5, 0, tzinfo=UTC)
    assert bron.open_until(datetime(2026, 7, 10, 4, 30, tzinfo=UTC)) is None  # 06:30
    assert bron.open_until(datetime(2026, 1, 10, 20, 59, tzinfo=UTC)) is None
    assert bron.due_after(winter) == datetime(2026, 1, 11, 2, 15, tzinfo=UTC)
    assert bron.due_after(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)) == datetime(2026, 7, 2, 1, 15, tzinfo=UTC)


def _with(rules: dict[str, object], **fields: object) -> dict[str, object]:
    return {**SITE, "rules": {"items": "li", "detail": "a", **rules, "fields": {**FIELDS, **fields}}}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (_with({"items": "li["}), "rules.items.css: 'li[' was refused: it is no CSS selector (Expected"),
        (_with({"items": "li:zoiets"}), "rules.items.css: 'li:zoiets' was refused: it is no CSS selector"),
        (_with({}, title="h1::text"), "leave ::text and ::attr() out"),
        (
            _with({}, title={"xpath": "//h1["}),
            "rules.fields.title.xpath: '//h1[' was refused: it is no XPath",
        ),
        (_with({}, title={"xpath": "//h1[$x]"}), "it names a variable"),
        (_with({}, title={"xpath": "//h1[re:test(., 'x')]"}), "the prefix re: is not known"),
        (_with({}, title={"xpath": "//h1[lower-case(.)='x']"}), "XPath has no function lower-case()"),
        (_with({}, title={"xpath": ""}), "rules.fields.title.xpath: '' was refused: it is empty"),
        (
            _with({}, title={"css": "h1", "regex": "(x"}),
            "title.regex: '(x' was refused: it is no regular expr",
        ),
        (_with({}, title={"css": "h1", "regex": "x", "group": 1}), "title: the key regex has no group 1"),
        (_with({}, title={"css": "h1", "xpath": "//h1"}), "title: one of css, xpath, value must be given"),
        (_with({}, title={"attribute": "x"}), "title: one of css, xpath, value must be given"),
        (_with({}, title={"css": "h1", "atribute": "x"}), "did you mean rules.fields.title.attribute?"),
        (_with({}, titel="h1"), "did you mean rules.fields.title?"),
        (_with({}, date={"css": "h1", "dates": "%d %Q"}), "date.dates.0: '%d %Q' was refused: %Q is no part"),
        (_with({}, thema={"css": "p", "map": {"Wegen": "x"}}), "rules.fields.thema.map.Wegen: themas: 'x'"),
        (_with({}, category={"value": "c_x"}), "rules.fields.category.value: informatiecategorieen: 'c_x'"),
        (_with({}, publisher="p"), "rules.fields.publisher: 'p' was refused: the key map must say"),
        (_with({"detail": None}, date={"css": "p", "on": "detail"}), "fields.date is on the page of an item"),
        (_with({"next": {"address": "?pagina=2"}}), "must hold {number} once"),
        (_with({"next": {"css": "a", "address": "?p={number}"}}), "one of css, xpath, address must be given"),
        (_with({"start": "https://elders.example/"}), "rules.start: the host of https://elders.example/"),
        (_with({"start": "woo/besluiten"}), "rules.start.0: 'woo/besluiten' was refused: an address"),
        ({**SITE, "rules": {"fields": {"title": "h1"}}}, "rules.items: it is missing"),
        ({**SITE, "rules": {"fields": {"title": "h1"}}}, "rules.fields.files: it is missing"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_with_its_key(
    tmp_path: Path, lijsten: Waardelijsten, content: object, told: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, lijsten, bron=content)
    assert told in str(caught.value)


def test_all_that_is_wrong_with_the_rules_is_told_at_once(tmp_path: Path, lijsten: Waardelijsten) -> None:
    content = _with(
        {"items": "li[", "next": {"css": "a", "volg": 1}},
        title={"xpath": "//h1["},
        files={"css": "a", "regex": "("},
        date={"css": "p", "dates": ["%d", "%B"]},
        thema={"css": "p", "map": {"Wegen": "x"}},
    )
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, lijsten, een={**content, "policy": "open"})
    keys = sorted(each.key for each in caught.value.problems)
    assert keys == [
        "policy",
        "rules.fields.date.dates.0",
        "rules.fields.date.dates.1",
        "rules.fields.files.regex",
        "rules.fields.thema.map.Wegen",
        "rules.fields.title.xpath",
        "rules.items.css",
        "rules.next.volg",
    ]


def test_rules_are_handed_over_with_uris_and_the_place_of_each_field(
    tmp_path: Path, lijsten: Waardelijsten
) -> None:
    fields = {
        "changed": "time",
        "category": {"value": "c_3baef532"},
        "thema": "p",
        "kenmerk": {"css": "b", "on": "list"},
    }
    bron = load(tmp_path, lijsten, een=_with({}, **fields)).get("een")
    made = bron.own["fields"]
    assert {naam: rule["on"] for naam, rule in made.items() if rule is not None} == {
        "title": "detail",
        "files": "detail",
        "changed": "list",
        "category": "detail",
        "thema": "detail",
        "kenmerk": "list",
    }
    assert made["category"]["value"] == lijsten.informatiecategorieen.get("c_3baef532").uri
    assert made["thema"]["map"]["afval"] == lijsten.themas.get("c_d96f9cd3").uri
    assert (bron.tells_dates_first, bron.asks_whole) == (True, True)
    flat = load(tmp_path, lijsten, een={**SITE, "rules": {"items": "li", "fields": FIELDS}}).get("een")
    assert (flat.own["fields"]["title"]["on"], flat.tells_dates_first) == ("list", False)
