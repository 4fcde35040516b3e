"""Which pages are recognised, and which text is kept: never a worse one than the page came with."""

from dataclasses import replace

import pytest

from ingest.bench.brieven import letters
from ingest.textlayer import Doubt, choose, doubt_of
from tests.unit.test_leesbaarheid import LEESBAARHEID, OTHERS, garbled, misread, shifted
from woo.sandbox import PageText
from woo.sandbox.ocr import OcrPage

DUTCH = letters(1, seed=6)[0].tekst
TABLE = "\n".join(f"{n} {n * 37 % 999} {n * 7 % 100}" for n in range(60))


def page(text: str, **values: object) -> PageText:
    made = PageText(1, text, "pdf" if text else "geen", None, has_image=bool(values.get("image_share")))
    return replace(made, **values)


def ocr(text: str, confidence: float = 0.9) -> OcrPage:
    return OcrPage(text, b"", confidence, confidence * sum(map(str.isalnum, text)))


@pytest.mark.parametrize(
    ("given", "doubt"),
    [
        (page(DUTCH), None),
        (page(TABLE), None),
        (page("Bijlage 3"), None),
        (page(""), None),
        (page(DUTCH, image_share=1.0), None),
        (page("Bijlage 3", image_share=0.1), None),
        *((page(text), None) for text in OTHERS.values()),
        (page("", has_image=True), Doubt.NONE_THERE),
        (page("", is_drawn=True), Doubt.NONE_THERE),
        (page("", lost=40), Doubt.NONE_THERE),
        (page("Ingekomen 3 mei 2024", image_share=0.9), Doubt.LITTLE),
        (page(garbled(DUTCH)), Doubt.GARBAGE),
        (page(shifted(DUTCH)), Doubt.GARBAGE),
        (page(DUTCH, lost=len(DUTCH) // 4), Doubt.GARBAGE),
        (page(misread(DUTCH, 0.2), image_share=1.0), Doubt.GARBAGE),
        (page("", has_image=True, error="The page could not be loaded."), None),
    ],
)
def test_only_pages_whose_text_is_in_doubt_are_recognised(given: PageText, doubt: Doubt | None) -> None:
    assert doubt_of(given, LEESBAARHEID) is doubt


@pytest.mark.parametrize(
    ("given", "doubt", "found", "kept"),
    [
        (page("", has_image=True), Doubt.NONE_THERE, ocr(DUTCH), DUTCH),
        (page("", has_image=True), Doubt.NONE_THERE, OcrPage(), ""),
        (page("", has_image=True), Doubt.NONE_THERE, ocr("; |l i", 0.1), ""),
        (page(garbled(DUTCH)), Doubt.GARBAGE, ocr(DUTCH), DUTCH),
        (page(garbled(DUTCH)), Doubt.GARBAGE, OcrPage(), garbled(DUTCH)),
        (page(garbled(DUTCH)), Doubt.GARBAGE, ocr(shifted(DUTCH)), garbled(DUTCH)),
        (page(misread(DUTCH, 0.2)), Doubt.GARBAGE, ocr(misread(DUTCH, 0.3)), misread(DUTCH, 0.2)),
        (page(DUTCH[:50], lost=1000), Doubt.GARBAGE, ocr(DUTCH), DUTCH),
        (page("Jaarverslag 2022"), Doubt.LITTLE, ocr("Jaarverslag 2O22"), "Jaarverslag 2022"),
        (page("Ingekomen"), Doubt.LITTLE, ocr(f"Ingekomen\n{DUTCH}"), f"Ingekomen\n{DUTCH}"),
        (page("Z24-0117"), Doubt.LITTLE, ocr(DUTCH), f"{DUTCH}\n\nZ24-0117"),
    ],
)
def test_the_better_text_is_kept_and_no_word_of_a_good_one_is_lost(
    given: PageText, doubt: Doubt, found: OcrPage, kept: str
) -> None:
    choice = choose(given, doubt, found, LEESBAARHEID)
    assert choice.tekst == kept
    assert choice.recognised == (kept != given.text)
