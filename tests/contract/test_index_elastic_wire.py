"""What goes over the wire to Elasticsearch: few requests of limited size, checked certificates, a secret key, other tries."""

import socket
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.contract.index_elastic import engine_at, entries_of, made
from tests.contract.index_entries import ask, document, fill, found
from tests.engines.elastic_proxy import Asked, Refusal, before, make_certificates
from woo.domain.errors import Unavailable
from woo.index.elastic_index import ElasticHouse, Engine
from woo.index.elastic_index.bulk import cut
from woo.index.elastic_index.entries import Key, Op
from woo.index.query import Filters, Soort, Sortering
from woo.settings import load_settings

pytestmark = pytest.mark.needs("elasticsearch")

KEY = "c2xldXRlbDpnZWhlaW0tMTIzNDU2"


def through(proxy, engine: Engine) -> Engine:
    """The same engine, asked through a proxy."""
    return replace(engine, port=int(proxy.url.rpartition(":")[2]), tls=proxy.scheme == "elasticsearchs")


@contextmanager
def live(engine: Engine, analysis, *entries):
    """A house with one live index that holds these entries, and its writer."""
    house = ElasticHouse(engine, analysis)
    built = made(house, *entries)
    house.make_live(built)
    yield house, built
    built.index.close()


def test_a_search_is_two_requests_a_third_for_several_words_and_one_without_words(
    elastic_engine, elastic_index_url, analysis
):
    entries = [document(f"d{n:02}", "Nota", "raad", "landbouw") for n in range(30)]
    with live(elastic_engine, analysis, *entries), before(elastic_index_url) as proxy:
        reader = ElasticHouse(through(proxy, elastic_engine), analysis).open_reader()
        own = Filters({"publisher": ("gm0344",)})
        first = ask(reader, "raad landbouw", filters=own, facetten=("publisher", "jaar"), aantal=10)
        assert first.motor_ms > 0
        assert len(proxy.asked) == 3
        ask(reader, "raad landbouw", filters=own, na=first.volgende, aantal=10)
        assert len(proxy.asked) == 6
        ask(reader, "raad", filters=own, facetten=("publisher", "jaar"))
        ask(reader, "raad landbouw", sortering=Sortering.TITEL)
        assert len(proxy.asked) == 10
        ask(reader, facetten=("publisher",))
        assert len(proxy.asked) == 11
        reader.close()


def test_nothing_is_asked_for_that_the_test_engine_or_a_plain_cluster_lacks(
    elastic_engine, elastic_index_url, analysis
):
    with before(elastic_index_url) as proxy:
        with live(through(proxy, elastic_engine), analysis, document("a", "Nota", "raad")) as (house, built):
            built.index.delete(documenten=["a"])
            built.index.commit()
            house.sweep()
        asked = " ".join(one.path for one in proxy.asked)
    for absent in ("_by_query", "_reindex", "_pit", "_scripts", "_ingest", "_sql", "scroll"):
        assert absent not in asked


def test_requests_to_write_are_cut_by_bytes_and_only_a_larger_item_goes_over(
    elastic_engine, elastic_index_url, analysis, raw_elastic
):
    limit = 100_000
    with before(elastic_index_url) as proxy:
        house = ElasticHouse(replace(through(proxy, elastic_engine), bulk_bytes=limit), analysis)
        pages = ["raad landbouw natuur " * 200] * 40
        built = made(
            house,
            document("big", "Nota", *pages),
            *(document(f"d{n}", "Nota", "x " * 900) for n in range(60)),
        )
        sizes = [asked.size for asked in proxy.paths("/_bulk")]
        assert len(sizes) > 5
        assert len([size for size in sizes if size > limit]) == 1
        assert found(built.index, "landbouw") == {"big"}
        assert entries_of(raw_elastic, built, "pagina") == 100
        built.index.close()


def test_cutting_keeps_every_item_in_order_and_no_request_over_the_limit():
    ops = [Op(Key(Soort.DOCUMENT, str(n)), b"x" * size) for n, size in enumerate([5, 5, 1, 30, 9, 2, 10, 1])]
    requests = list(cut(ops, 10))
    assert [op for request in requests for op in request] == ops
    assert [[op.size for op in request] for request in requests] == [[5, 5], [1], [30], [9], [2], [10], [1]]


def test_over_tls_the_authority_is_checked_and_the_key_is_sent(
    elastic_engine, elastic_index_url, analysis, tmp_path
):
    ours = make_certificates(tmp_path / "ours")
    with before(elastic_index_url, certificate=ours.server, api_key=KEY) as proxy:
        url = f"{proxy.url}/{elastic_engine.prefix}"
        secured = engine_at(url, tmp_path, WOO_INDEX__CA_FILE=str(ours.authority), WOO_INDEX__API_KEY=KEY)
        with live(secured, analysis, document("a", "Nota", "raad")) as (house, _):
            reader = house.open_reader()
            assert found(reader, "raad") == {"a"}
            reader.close()


@pytest.mark.parametrize("authority", ["another", "none"])
def test_a_certificate_of_another_authority_is_not_trusted_and_the_key_stays_here(
    elastic_engine, elastic_index_url, analysis, tmp_path, authority
):
    ours, other = make_certificates(tmp_path / "ours"), make_certificates(tmp_path / "other", "other")
    more = {"WOO_INDEX__CA_FILE": str(other.authority)} if authority == "another" else {}
    with before(elastic_index_url, certificate=ours.server, api_key=KEY) as proxy:
        engine = engine_at(f"{proxy.url}/{elastic_engine.prefix}", tmp_path, WOO_INDEX__API_KEY=KEY, **more)
        with pytest.raises(Unavailable, match="WOO_INDEX__CA_FILE") as refused:
            ElasticHouse(engine, analysis).build()
        assert KEY not in str(refused.value)
        assert proxy.asked == []


def test_a_file_without_a_certificate_is_refused_with_its_name(elastic_engine, analysis, tmp_path):
    (tmp_path / "leeg.pem").write_text("niets")
    engine = replace(elastic_engine, tls=True, ca_file=tmp_path / "leeg.pem")
    with pytest.raises(Unavailable, match=r"leeg\.pem"):
        ElasticHouse(engine, analysis).build()


@pytest.mark.parametrize("key", ["", "ZmFsc2U6c2xldXRlbA"])
def test_a_missing_or_wrong_key_is_told_by_its_setting_and_never_shown(
    elastic_engine, elastic_index_url, analysis, tmp_path, key
):
    with before(elastic_index_url, api_key=KEY) as proxy:
        engine = engine_at(f"{proxy.url}/{elastic_engine.prefix}", tmp_path, WOO_INDEX__API_KEY=key)
        reader = ElasticHouse(engine, analysis).open_reader()
        with pytest.raises(Unavailable, match="WOO_INDEX__API_KEY") as refused:
            ask(reader)
        reader.close()
    shown = f"{refused.value} {refused.value.__cause__!r} {engine!r}"
    assert KEY not in shown
    assert not key or key not in shown


def test_the_key_is_in_no_repr_and_no_message_of_the_settings(tmp_path):
    settings = load_settings({"WOO_INDEX__API_KEY": KEY}, cwd=tmp_path)
    assert KEY not in f"{settings!r} {settings} {settings.model_dump_json()} {Engine.of(settings.index)!r}"
    assert settings.index.api_key.get_secret_value() == KEY


def test_an_engine_that_is_down_is_unavailable_in_words_for_every_question(elastic_engine, analysis):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        house = ElasticHouse(replace(elastic_engine, port=taken.getsockname()[1]), analysis)
        reader = house.open_reader()
        questions = (
            lambda: ask(reader, "raad"),
            lambda: reader.count(Filters()),
            reader.ids,
            house.open_live,
            house.build,
            house.sweep,
        )
        for question in questions:
            with pytest.raises(Unavailable, match="cannot be reached; is it running"):
                question()
        reader.close()


def test_an_engine_that_gives_no_answer_is_asked_once_by_a_visitor(elastic_engine, analysis):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        engine = replace(elastic_engine, port=silent.getsockname()[1], timeout=0.3)
        reader = ElasticHouse(engine, analysis).open_reader()
        with pytest.raises(Unavailable, match=r"gave no answer in 0\.3 s"):
            ask(reader, "raad")
        reader.close()
        silent.settimeout(0)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()


def failing(times: int, ending: str, refusal: Refusal):
    """Refuse this many requests to an address that ends so."""
    left = [times]

    def refuse(asked: Asked) -> Refusal | None:
        if not asked.path.endswith(ending) or not left[0]:
            return None
        left[0] -= 1
        return refusal

    return refuse


@pytest.mark.parametrize("status", [429, 502, 503, None])
def test_a_search_is_tried_again_when_the_engine_is_busy_or_hangs_up(
    elastic_engine, elastic_index_url, analysis, status
):
    with live(elastic_engine, analysis, document("a", "Nota", "raad")), before(elastic_index_url) as proxy:
        reader = ElasticHouse(through(proxy, elastic_engine), analysis).open_reader()
        proxy.refuse = failing(2, "/_search", Refusal(status, "es_rejected_execution_exception"))
        assert found(reader, "titel:nota") == {"a"}
        proxy.refuse = failing(99, "/_search", Refusal(status, "es_rejected_execution_exception"))
        with pytest.raises(Unavailable):
            ask(reader, "raad")
        reader.close()


@pytest.mark.parametrize(
    "refusal",
    [Refusal(429, "es_rejected_execution_exception"), Refusal(503), Refusal(None), Refusal(None, after=True)],
)
def test_a_write_that_finds_no_room_or_no_answer_is_done_again_and_nothing_is_lost(
    elastic_engine, elastic_index_url, analysis, raw_elastic, refusal
):
    with before(elastic_index_url) as proxy:
        house = ElasticHouse(through(proxy, elastic_engine), analysis)
        built = made(house, *(document(f"d{n}", "Nota", "raad", "natuur") for n in range(20)))
        proxy.refuse = failing(2, "/_bulk", refusal)
        fill(built.index, *(document(f"d{n}", "Nota", "landbouw") for n in range(10, 30)))
        assert found(built.index, "raad") == {f"d{n}" for n in range(10)}
        assert found(built.index, "landbouw") == {f"d{n}" for n in range(10, 30)}
        assert entries_of(raw_elastic, built, "pagina") == 40
        built.index.close()


def test_a_write_that_is_too_large_for_the_wire_is_halved_until_it_fits(
    elastic_engine, elastic_index_url, analysis
):
    with before(elastic_index_url) as proxy:
        house = ElasticHouse(through(proxy, elastic_engine), analysis)
        built = house.build()
        proxy.refuse = lambda asked: (
            Refusal(413) if asked.path.endswith("/_bulk") and asked.size > 60_000 else None
        )
        many = [document(f"d{n}", "Nota", "raad " * 300) for n in range(40)]
        built.index.upsert([*many, document("big", "Nota", "natuur " * 20_000)])
        rejected = built.index.commit()
        assert [(one.soort, one.id) for one in rejected] == [(Soort.DOCUMENT, "big")]
        assert "http.max_content_length" in rejected[0].why
        assert found(built.index) == {one.id for one in many}
        built.index.close()


def test_a_write_that_stopped_in_the_middle_is_completed_by_the_next_commit(
    elastic_engine, elastic_index_url, analysis, raw_elastic
):
    with before(elastic_index_url) as proxy:
        engine = replace(through(proxy, elastic_engine), retries=0, bulk_bytes=100_000)
        house = ElasticHouse(engine, analysis)
        built = made(house, document("d", "Nota", *["raad " * 400] * 60))
        proxy.refuse = failing(1, "/_refresh", Refusal(None))
        built.index.upsert([document("d", "Nota", *["natuur " * 300] * 50)])
        with pytest.raises(Unavailable):
            built.index.commit()
        passed = len(proxy.paths("/_bulk"))
        later = iter([None, None])
        proxy.refuse = lambda asked: next(later, Refusal(None)) if asked.path.endswith("/_bulk") else None
        with pytest.raises(Unavailable):
            built.index.upsert([document("d", "Nota", *["landbouw " * 300] * 40)])
        assert len(proxy.paths("/_bulk")) > passed + 2
        proxy.refuse = lambda asked: None
        fill(built.index, document("d", "Nota", "raad"))
        assert found(built.index, "raad") == {"d"}
        assert entries_of(raw_elastic, built, "pagina") == 1
        built.index.close()


def test_what_answers_and_is_not_elasticsearch_is_unavailable(elastic_engine, elastic_index_url, analysis):
    with before(elastic_index_url) as proxy:
        proxy.product = None
        reader = ElasticHouse(through(proxy, elastic_engine), analysis).open_reader()
        with pytest.raises(Unavailable, match="is not Elasticsearch"):
            ask(reader)
        reader.close()
