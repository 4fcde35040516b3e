"""The order of answers to judged questions over real files is as good as was recorded; no change lowers it unseen."""

import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from ingest.bench.relevance.bench import OWN, RelevanceSet, fill, load_sets, measure, recorded
from tests.engines.elasticsearch import remove_indices
from woo.analysis import DutchAnalysis
from woo.index.elastic_index import ElasticHouse, Engine
from woo.index.port import IndexReader
from woo.index.tantivy_index import TantivyIndex
from woo.settings import load_settings

pytestmark = pytest.mark.needs("shared")

HERE = Path(__file__).resolve().parent
TOLERANCE = 0.005


@pytest.fixture(scope="module")
def sets(root: Path) -> dict[str, RelevanceSet]:
    found = load_sets(HERE / "questions.yaml", root.parent / "shared" / "corpus")
    return {one.naam: one for one in found}


@pytest.fixture(scope="module")
def analysis(root: Path) -> DutchAnalysis:
    return DutchAnalysis.load(root / "config" / "zoeken")


@pytest.fixture(scope="module")
def tantivy(sets: dict[str, RelevanceSet], analysis: DutchAnalysis) -> Iterator[IndexReader]:
    with closing(TantivyIndex.open(None, analysis)) as index:
        fill(index, sets[OWN].entries)
        yield index


@pytest.fixture(scope="module")
def elasticsearch(
    sets: dict[str, RelevanceSet],
    analysis: DutchAnalysis,
    elasticsearch_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[IndexReader]:
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    settings = load_settings(
        {"WOO_INDEX__URL": f"{elasticsearch_url}/{prefix}"}, cwd=tmp_path_factory.mktemp("relevance")
    )
    with closing(ElasticHouse(Engine.of(settings.index), analysis).build().index) as index:
        fill(index, sets[OWN].entries)
        yield index
    remove_indices(elasticsearch_url, prefix)


@pytest.mark.parametrize(
    "engine", ["tantivy", pytest.param("elasticsearch", marks=pytest.mark.needs("elasticsearch"))]
)
def test_answers_are_in_an_order_as_good_as_recorded(
    engine: str, sets: dict[str, RelevanceSet], request: pytest.FixtureRequest
) -> None:
    index: IndexReader = request.getfixturevalue(engine)
    floors = yaml.safe_load((HERE / "recorded.yaml").read_text(encoding="utf-8"))[engine][OWN]
    now = recorded([measure(index, sets[OWN])])[OWN]
    assert now.keys() == floors.keys(), (
        "kinds of questions came or went: record anew (woo bench relevance --record)"
    )
    moved = {
        (kind, figure): (floors[kind][figure], value)
        for kind, figures in now.items()
        for figure, value in figures.items()
        if abs(value - floors[kind][figure]) > TOLERANCE
    }
    assert not moved, (
        f"(recorded, now) on {engine}; what is better has to be recorded (woo bench relevance --record)"
    )


def test_the_set_is_large_and_of_every_kind(sets: dict[str, RelevanceSet]) -> None:
    questions = sets[OWN].questions
    assert len(questions) >= 60
    assert len({one.tekst for one in questions}) == len(questions)
    assert len({one.soort for one in questions}) >= 8
