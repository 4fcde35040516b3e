"""Both engines find the same documents and pages of the real corpus, for questions drawn from its own words."""

import random
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pypdfium2
import pytest

from tests.contract.index_entries import document
from tests.engines.elasticsearch import remove_indices
from woo.analysis import DutchAnalysis
from woo.domain.errors import InvalidValue
from woo.index.elastic_index import ElasticHouse, Engine
from woo.index.parse import parse
from woo.index.port import SearchIndex
from woo.index.query import SearchQuery, Sortering
from woo.index.tantivy_index import TantivyIndex
from woo.settings import load_settings

pytestmark = [pytest.mark.needs("shared"), pytest.mark.needs("elasticsearch"), pytest.mark.prove]

_PAGE = 2_500
_SEED = 20_231_114


def texts_of(shared: Path, *, proving: bool) -> Iterator[tuple[str, list[str]]]:
    """Names and page texts: a part of the laws, and when proving all of them and every PDF of the governments."""
    laws = sorted((shared / "corpus" / "text-nl").rglob("*.md"))
    for path in laws if proving else laws[:120]:
        text = path.read_text(encoding="utf-8", errors="replace")
        yield path.parent.name, [text[at : at + _PAGE] for at in range(0, min(len(text), 200_000), _PAGE)]
    for path in sorted((shared / "corpus" / "nl-gov-pdf").rglob("*.pdf")) if proving else []:
        yield path.stem, pages_of(path)


def pages_of(path: Path) -> list[str]:
    try:
        with closing(pypdfium2.PdfDocument(path)) as pdf:
            return [page.get_textpage().get_text_range() for page in pdf]
    except pypdfium2.PdfiumError:  # a file that is damaged on purpose
        return []


@pytest.fixture(scope="module")
def corpus(root: Path, proving: bool) -> list[tuple[str, list[str]]]:
    return list(texts_of(root.parent / "shared", proving=proving))


@pytest.fixture(scope="module")
def engines(
    root: Path,
    corpus: list[tuple[str, list[str]]],
    elasticsearch_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[SearchIndex]]:
    """Both engines, filled with the same documents."""
    analysis = DutchAnalysis.load(root / "config" / "zoeken")
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    settings = load_settings(
        {"WOO_INDEX__URL": f"{elasticsearch_url}/{prefix}"}, cwd=tmp_path_factory.mktemp("corpus")
    )
    with ExitStack() as stack:
        stack.callback(remove_indices, elasticsearch_url, prefix)
        house = ElasticHouse(Engine.of(settings.index), analysis)
        found: list[SearchIndex] = [
            stack.enter_context(closing(TantivyIndex.open(None, analysis))),
            stack.enter_context(closing(house.build().index)),
        ]
        for engine in found:
            for number, (name, pages) in enumerate(corpus):
                engine.upsert([document(f"d{number:04}", name, *pages)])
            assert not engine.commit()
        yield found


def questions(corpus: list[tuple[str, list[str]]], count: int) -> list[str]:
    """Questions of every kind from words as they stand in the texts; the same ones every time."""
    chance = random.Random(_SEED)
    pages = [words for _, texts in corpus for text in texts if len(words := text.split()) > 30]

    def some(number: int) -> list[str]:
        words = chance.choice(pages)
        at = chance.randrange(len(words) - number)
        return words[at : at + number]

    def one() -> str:
        return some(1)[0]

    def mistyped(word: str) -> str:
        at = chance.randrange(len(word))
        return chance.choice(
            [word[:at] + word[at + 1 :], word[:at] + "e" + word[at:], word[:at] + word[at:][::-1][:2]]
        )

    def near() -> str:
        window = some(8)
        return f'"{" ".join(chance.sample(window, chance.choice([2, 2, 3])))}"~{chance.randrange(9)}'

    kinds = [
        one,
        lambda: " ".join(some(2)),
        lambda: f"{one()} {one()}",
        lambda: f"{one()} OR {one()} -{one()}",
        lambda: f'"{" ".join(some(chance.randrange(2, 6)))}"',
        near,
        lambda: f"{one()[: chance.randrange(3, 7)]}*",
        lambda: f"{mistyped(one())}~",
        lambda: f'({one()} OR "{" ".join(some(2))}") NOT ({one()} {one()})',
        lambda: f"titel:{one()} OR grond:{one()}",
    ]
    return [kinds[number % len(kinds)]() for number in range(count)]


def answer(index: SearchIndex, zoek: str) -> object:
    """What has to be equal: which documents, and how many pages of each; a refusal is an answer too."""
    try:
        query = SearchQuery(zoek=parse(zoek).node, sortering=Sortering.TITEL, aantal=1000, paginas=0)
        found = index.search(query)
    except InvalidValue as refused:
        return str(refused)
    return found.totaal, [(hit.id, hit.aantal_paginas) for hit in found.hits]


def test_questions_from_the_words_of_the_corpus_match_the_same_on_both_engines(
    engines: list[SearchIndex], corpus: list[tuple[str, list[str]]], proving: bool
) -> None:
    asked = questions(corpus, 500 if proving else 150)
    found = {zoek: [answer(engine, zoek) for engine in engines] for zoek in asked}
    different = {zoek: both for zoek, both in found.items() if both[0] != both[1]}
    assert different == {}
    answered = [both[0] for both in found.values() if isinstance(both[0], tuple)]
    assert len(answered) > 0.9 * len(found)
    assert sum(totaal > 0 for totaal, _ in answered) > 0.6 * len(answered)
