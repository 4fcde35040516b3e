"""What is derived from a text comes from a limited process: right, bounded, and never more than the text is worth."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest import deriving
from ingest.deriving import Derived, Deriver
from ingest.metadata.zoeken import Zoeker
from woo.analysis.shingles import fingerprint_of
from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.document import Bestand, Pagina
from woo.sandbox import Limits, Sandbox
from woo.settings import config_folder

VANDAAG = date(2026, 3, 2)
BESTAND = Bestand("a" * 64, "besluit.pdf", "application/pdf", 10)
TEKST = """Gemeente Voorbeeldstad
Datum 12 januari 2026
Ons kenmerk Z-2026-0114
Onderwerp: besluit op uw Woo-verzoek over de rondweg

Geachte heer, mevrouw, met uw verzoek van 3 december 2025 vraagt u om documenten over de rondweg. Wij maken een deel
van de documenten openbaar. De namen van inwoners laten wij weg op grond van artikel 5.1, tweede lid, onder e, van de Woo.
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    root = Path(__file__).resolve().parents[2]
    with Sandbox(Limits(seconds=20), code=(config_folder(), root)) as made:
        yield made


@pytest.fixture
def aanvulling(tmp_path: Path) -> Path:
    path = tmp_path / "eigen.yaml"
    path.write_text(
        "lijsten:\n  organisaties:\n"
        "  - code: vb0001\n    uri: https://voorbeeld.example/vb0001\n    naam: Gemeente Voorbeeldstad\n"
    )
    return path


def test_it_derives_what_the_rules_find_with_the_lists_of_this_installation(
    sandbox: Sandbox, aanvulling: Path
) -> None:
    lijsten = Waardelijsten.load(config_folder() / "waardelijsten", aanvulling=aanvulling)
    pages = [Pagina(1, TEKST, "pdf"), Pagina(2, TEKST.upper(), "ocr", zekerheid=0.6)]
    derived = Deriver(sandbox, lijsten).derive(pages, BESTAND, vandaag=VANDAAG)
    texts = [page.tekst for page in pages]
    assert derived.fingerprint == fingerprint_of(texts)
    assert derived.voorstellen == Zoeker(lijsten).suggestions(
        texts, naam=BESTAND.naam, vandaag=VANDAAG, herkend={2: 0.6}
    )
    found = {v.veld: v.waarde for v in reversed(derived.voorstellen)}
    assert found["creatiedatum"] == "2026-01-12"
    assert found["bestuursorgaan"] == "vb0001"
    assert derived.problem is None


def test_without_text_nothing_is_asked(sandbox: Sandbox) -> None:
    lijsten = Waardelijsten.load(config_folder() / "waardelijsten")
    assert Deriver(sandbox, lijsten).derive([Pagina(1, "", "geen")], BESTAND, vandaag=VANDAAG) == Derived()


@pytest.mark.parametrize(
    ("task", "why"),
    [
        ("sleep", "took longer"),
        ("nothing", "not asked for"),
        ("wrong_rows", "not a suggestion"),
        ("wrong_page", "not a suggestion"),
    ],
)
def test_a_process_that_hangs_or_lies_gives_nothing_and_says_why(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, task: str, why: str
) -> None:
    monkeypatch.setattr(deriving, "_TASK", f"tests.corpus.deriving_tasks:{task}")
    monkeypatch.setattr(deriving, "_SECONDS", 2.0)
    lijsten = Waardelijsten.load(config_folder() / "waardelijsten")
    derived = Deriver(sandbox, lijsten).derive([Pagina(1, TEKST, "pdf")], BESTAND, vandaag=VANDAAG)
    assert (derived.fingerprint, derived.voorstellen) == (None, ())
    assert derived.problem is not None
    assert why in derived.problem
