"""No query string and no path may bring the public side down: an answer or a 400, never a 500."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.api.asking import ask_raw
from tests.api.site import PublicSite, make_settings
from woo.analysis import DutchAnalysis
from woo.diwoo.waardelijsten import Waardelijsten
from woo.sandbox import Sandbox

NAMES = [
    "zoek",
    "na",
    "aantal",
    "sorteer",
    "jaar",
    "publisher",
    "publicatie",
    "creatiedatumVan",
    "facetten",
    "vanaf",
    "pagina",
    "onleesbaar",
]
PIECES = ['"', "(", ")", "*", "~", "-", "OR", "NOT", "titel:", "datum:", "..", "%", "%00", "%ff", "%ED%A0%80", "&", "=", ";", "+", "stikstof", "“", "5.1.2e", "\x00", "é", "𝔊", "9" * 40]  # fmt: skip


@pytest.fixture(scope="module")
def app_and_id(
    tmp_path_factory: pytest.TempPathFactory,
    analysis: DutchAnalysis,
    lijsten: Waardelijsten,
    sandbox: Sandbox,
) -> tuple[FastAPI, str]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    site = PublicSite(folder, make_settings(folder), analysis, lijsten, sandbox)
    publicatie = site.add_publicatie("Een publicatie over stikstof")
    document = site.add_document(publicatie, "Besluit", ["Blad\nDe stikstof en artikel 5.1.2e in de zin."])
    return site.app(), document.id


QUERIES = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=12).map(
        lambda parts: ("zoek=" + "".join(parts)).encode("utf-8")
    ),
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(PIECES), max_size=3).map("".join)),
        max_size=5,
    ).map(lambda pairs: "&".join(f"{name}={value}" for name, value in pairs).encode("utf-8")),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
@example(query=b"zoek=%ff%fe")
@example(query=b"zoek=a%00b")
@example(query=b"zoek=" + b"a" * 100_000)
@example(query=b"zoek=" + b"(" * 30_000)
@example(query=b"&" * 100_000)
@example(query=b"a=&" * 2_000)
@example(query=b"zoek=%ED%A0%80")
@example(query="zoek=ongecodeerd é".encode())
@example(query=b"jaar=2023" * 150)
@example(query=b"publisher=" + b"&publisher=".join([b"x"] * 200))
@pytest.mark.parametrize(
    "path",
    ["/v1/documenten", "/v1/publicaties", "/", "/publicaties", "/documenten/{id}", "/publicaties/{id}"],
)
def test_any_bytes_in_the_query_string_get_an_answer_or_a_400(
    app_and_id: tuple[FastAPI, str], path: str, query: bytes
):
    app, id = app_and_id
    answer = ask_raw(app, path.replace("{id}", id), query)
    assert answer.status in (200, 400, 404)
    if answer.status == 404:
        assert "{id}" in path
    answer.body.decode("utf-8")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tail=st.text(max_size=60))
@example(tail="\x00")
@example(tail="../../../etc/passwd")
@example(tail="\ud800")
@example(tail="x" * 20_000)
@pytest.mark.parametrize(
    "start",
    ["/", "/v1/", "/v1/documenten/", "/v1/documenten/{id}/paginas/", "/v1/documenten/{id}/bestand/", "/v1/publicaties/", "/v1/waardelijsten/", "/documenten/", "/publicaties/", "/static/"],
)  # fmt: skip
def test_any_path_gets_an_answer_or_a_4xx(app_and_id: tuple[FastAPI, str], start: str, tail: str):
    app, id = app_and_id
    answer = ask_raw(app, start.replace("{id}", id) + tail, b"")
    assert answer.status in (200, 400, 404)
    answer.body.decode("utf-8")
