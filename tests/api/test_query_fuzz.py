"""Whatever is searched for, the site and the API answer it, on either engine: never an error of ours, never without end."""

import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from time import monotonic
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from search_api.completing import LONGEST
from tests.api.asking import ask_raw
from tests.api.site import PublicSite, make_settings
from tests.engines.elasticsearch import remove_indices
from tests.queries import TEXTS, queries
from woo.domain.document import Pagina
from woo.domain.errors import InvalidValue
from woo.index.elastic_index import ElasticHouse, Engine
from woo.index.parse import parse
from woo.index.port import SearchIndex
from woo.index.tantivy_index import TantivyIndex

LONGEST_WAIT = 30.0
"""Seconds; no measure of speed, only of whether there is an end."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
PATHS = ["/v1/documenten", "/v1/documenten", "/", "/", "/documenten/{id}", "/v1/suggesties", "/publicaties", "/v1/publicaties"]  # fmt: skip


@pytest.fixture(
    scope="module",
    params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.needs("elasticsearch"))],
)
def asked(request, tmp_path_factory, analysis, lijsten, sandbox) -> Iterator["Asked"]:
    """The application over a real engine with a few documents."""
    folder = tmp_path_factory.mktemp("fuzz")
    site = PublicSite(folder, make_settings(folder), analysis, lijsten, sandbox)
    with ExitStack() as stack:
        index: SearchIndex = stack.enter_context(closing(TantivyIndex.open(None, analysis)))
        if request.param == "elasticsearch":
            url, prefix = request.getfixturevalue("elasticsearch_url"), f"test-{uuid.uuid4().hex[:12]}"
            stack.callback(remove_indices, url, prefix)
            engine = Engine.of(make_settings(folder, WOO_INDEX__URL=f"{url}/{prefix}").index)
            index = stack.enter_context(closing(ElasticHouse(engine, analysis).build().index))
        site.index = index  # type: ignore[assignment]
        publicatie = site.add_publicatie("Woo-verzoek over stikstof en het café", kenmerk="Woo-2023/114")
        documents = [
            site.add_parts(publicatie, text[:20], pages_of(TEXTS[at:]), naam="tekst.txt", mime="text/plain")
            for at, text in enumerate(TEXTS)
        ]
        asked = Asked(site.app(), documents[0].id)
        yield asked
        print(
            f"{asked.count} requests, the slowest {asked.slowest * 1000:.0f} ms: {asked.slowest_of[:200]!r}"
        )


class Asked:
    """Sends queries and remembers the slowest."""

    def __init__(self, app, id: str) -> None:
        self._app, self._id = app, id
        self.count, self.slowest, self.slowest_of = 0, 0.0, ""

    def status(self, path: str, zoek: str) -> int:
        query = urlencode({"zoek": zoek}, errors="replace").encode()
        began = monotonic()
        status = ask_raw(self._app, path.replace("{id}", self._id), query).status
        took = monotonic() - began
        self.count += 1
        if took > self.slowest:
            self.slowest, self.slowest_of = took, f"{path} {zoek}"
        assert took < LONGEST_WAIT
        return status


def pages_of(texts: Sequence[str]) -> list[Pagina]:
    return [Pagina(number, text, "txt") for number, text in enumerate(texts, 1)]


def expected(zoek: str) -> int:
    """400 for what has no measure, which the search field says beforehand; everything else is answered."""
    try:
        parse(_CONTROL.sub(" ", zoek.encode("utf-8", "replace").decode()).strip())
    except InvalidValue:
        return 400
    return 200


@pytest.mark.prove
@pytest.mark.timeout(7200)
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_whatever_is_searched_for_is_answered(asked: Asked, proving: bool):
    @settings(
        max_examples=20_000 if proving else 150,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.target],
    )
    @given(queries, st.sampled_from(PATHS))
    def answered(zoek: str, path: str) -> None:
        if path == "/v1/suggesties":
            assert asked.status(path, zoek[:LONGEST]) == 200
        else:
            assert asked.status(path, zoek) == expected(zoek)

    answered()
