import re
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from ingest.demo.dossier import Dossier, Stuk, read_dossiers
from ingest.demo.make import PUBLISHER, make_demo
from ingest.demo.model import AANVULLING, DemoDocument, DemoPublicatie
from woo.diwoo.waardelijsten import Waardelijsten, normaliseer_grond
from woo.sandbox import Limits, Sandbox
from woo.sandbox.ocr import OcrOptions, recognise_page, tessdata_folder

ROOT = Path(__file__).resolve().parents[2]
WOO_CATEGORIE = "c_3baef532"
INVENTARIS = "inventarislijst"
PLACEHOLDERS = re.compile(
    r"lorem|ipsum|\btodo\b|\btbd\b|\bx{3,}\b|n\.t\.b\.|\[\[|\]\]|\*\*|::|!!!|\{\{|\}\}|<[a-z]+>|\[[a-z ]+\]|\\|#{2,}|\bnone\b|\.{4}(?!\d|\.)",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def publicaties(tmp_path_factory) -> tuple[DemoPublicatie, ...]:
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def documenten(publicaties) -> list[DemoDocument]:
    return [document for publicatie in publicaties for document in publicatie.documenten]


@pytest.fixture(scope="module")
def texts(documenten) -> dict[Path, list[str]]:
    return {document.pdf: page_texts(document.pdf) for document in documenten}


@pytest.fixture(scope="module")
def dossiers() -> tuple[Dossier, ...]:
    return read_dossiers(ROOT / "ingest" / "demo" / "dossiers")


@pytest.fixture(scope="module")
def scans(dossiers) -> set[str]:
    return {stuk.bestand for dossier in dossiers for stuk in dossier.stukken if stuk.scan is not None}


def page_texts(path: Path) -> list[str]:
    pdf = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()


def blacked_out(stuk: Stuk) -> list[str]:
    return [a or b for a, b in re.findall(r"\[\[(\d+\.[0-9a-z.]+)|!!! (\S+)", stuk.tekst + str(stuk.delen))]


def test_the_same_bytes_come_out_every_time(publicaties, documenten):
    first = {document.pdf: document.pdf.read_bytes() for document in documenten}
    again = make_demo(documenten[0].pdf.parents[1])  # over the files that are there
    assert again == publicaties
    assert [path.name for path, content in first.items() if path.read_bytes() != content] == []


def test_every_document_opens_and_carries_its_title_language_and_date(documenten):
    for document in documenten:
        with pikepdf.open(document.pdf) as pdf:
            assert str(pdf.docinfo.Title) == document.officiele_titel
            assert str(pdf.Root.Lang) == "nl-NL"
            assert str(pdf.docinfo.CreationDate).startswith(f"D:{document.creatiedatum:%Y%m%d}")
            with pdf.open_metadata() as meta:
                assert meta["dc:title"] == document.officiele_titel
            assert len(pdf.pages) > 0


def test_scans_have_pictures_and_no_text_and_all_other_pages_have_text(documenten, scans, texts):
    assert len(scans) >= 1
    for document in documenten:
        if document.bestandsnaam in scans:
            assert "".join(texts[document.pdf]).strip() == ""
            with pikepdf.open(document.pdf) as pdf:
                assert all(len(page.get_images()) == 1 for page in pdf.pages)
        else:
            assert all(len(text) > 60 for text in texts[document.pdf]), document.bestandsnaam


@pytest.mark.needs("tesseract")
def test_the_scans_of_the_demo_are_read(documenten, scans):
    options = OcrOptions("nld", tessdata_folder("nld"))
    with Sandbox(Limits()) as sandbox, sandbox.borrow() as place:
        for document in documenten:
            if document.bestandsnaam in scans:
                page = recognise_page(place, document.pdf, 1, options=options)
                assert page.confidence > 0.85, document.bestandsnaam
                assert {"Zuiderveld", "wij"} <= set(page.text.replace(",", " ").replace("Wij", "wij").split())


def test_no_text_is_unfinished(publicaties, texts):
    found = [
        (path.name, m[0])
        for path, pages in texts.items()
        for text in pages
        if (m := PLACEHOLDERS.search(re.sub(r"[. ]{6,}", " ", text)))
    ]
    assert found == []
    for publicatie in publicaties:
        assert not PLACEHOLDERS.search(publicatie.officiele_titel + publicatie.omschrijving)
        assert len(publicatie.omschrijving) > 80


def test_every_code_stands_on_its_value_list(publicaties, documenten):
    lijsten = Waardelijsten.load(ROOT / "config" / "waardelijsten", aanvulling=AANVULLING)
    assert all(p.informatiecategorie in lijsten.informatiecategorieen for p in publicaties)
    assert [d.bestandsnaam for d in documenten if d.documentsoort not in lijsten.documentsoorten] == []
    publisher = lijsten.organisaties.get(PUBLISHER)
    assert publisher.extra["fictief"] is True
    assert "fictief" in publisher.naam
    assert "tooi" not in publisher.uri


def test_every_document_says_that_it_is_invented(documenten, scans, texts):
    for document in documenten:
        if document.bestandsnaam not in scans:
            assert "verzonnen voor de demonstratie" in texts[document.pdf][0], document.bestandsnaam


def test_addresses_on_the_internet_are_reserved_for_examples(texts):
    everything = " ".join(text for pages in texts.values() for text in pages)
    sites = re.findall(r"\bwww\.[\w.-]+\w|[\w.]+@[\w.-]+\w", everything)
    assert len(sites) > 20
    assert [site for site in sites if not site.endswith(".example")] == []


def test_there_are_enough_woo_decisions_and_other_categories(publicaties):
    per_categorie = Counter(p.informatiecategorie for p in publicaties)
    assert per_categorie[WOO_CATEGORIE] >= 6
    assert len(per_categorie) >= 9
    assert Counter(p.status for p in publicaties) == {"gepubliceerd": len(publicaties) - 1, "concept": 1}
    assert len({p.kenmerk for p in publicaties}) == len(publicaties) >= 13


def test_every_woo_decision_has_a_letter_an_inventory_and_attachments(publicaties, texts):
    for publicatie in publicaties:
        if publicatie.informatiecategorie != WOO_CATEGORIE:
            continue
        besluit, inventaris, *bijlagen = publicatie.documenten
        assert besluit.documentsoort == "c_4f50ca9c"
        assert besluit.creatiedatum == publicatie.besluitdatum
        assert 1 <= len(texts[besluit.pdf]) <= 4
        assert INVENTARIS in inventaris.bestandsnaam
        assert publicatie.kenmerk in texts[inventaris.pdf][0]
        assert len(bijlagen) >= 2
        assert re.search(r"5\.1\.[12]\.[a-i]|10\.2\.e", " ".join(texts[besluit.pdf]))


def test_the_attachments_are_those_that_the_inventory_discloses(dossiers):
    for dossier in dossiers:
        if dossier.informatiecategorie != WOO_CATEGORIE:
            continue
        rows = dossier.stukken[1].delen["rijen"]
        assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
        assert {row[4] for row in rows} <= {"Openbaar", "Deels openbaar", "Niet openbaar", "Reeds openbaar"}
        disclosed = [row[1] for row in rows if row[4] in ("Openbaar", "Deels openbaar")]
        assert [f"{stuk.datum:%d-%m-%Y}" for stuk in dossier.stukken[2:]] == disclosed, dossier.map


def test_every_ground_is_known_and_of_the_law_of_its_decision(dossiers):
    for dossier in dossiers:
        is_wob = "Wob" in dossier.officiele_titel
        named = [ground for stuk in dossier.stukken for ground in blacked_out(stuk)]
        rows = [row for stuk in dossier.stukken for row in stuk.delen.get("rijen", ())]
        grounds = named + [g.strip() for row in rows for g in str(row[5]).split(";") if g.strip()]
        for ground in grounds:
            assert normaliseer_grond(ground) == ground
            assert ground.startswith(("10.", "11.")) is is_wob, (dossier.map, ground)
        for row in rows:
            assert bool(row[5]) == (row[4] in ("Deels openbaar", "Niet openbaar")), (dossier.map, row)


def test_what_is_blacked_out_in_an_attachment_stands_in_its_row(dossiers):
    for dossier in dossiers:
        if dossier.informatiecategorie != WOO_CATEGORIE:
            continue
        rows = [row for row in dossier.stukken[1].delen["rijen"] if row[4] in ("Openbaar", "Deels openbaar")]
        for stuk, row in zip(dossier.stukken[2:], rows, strict=True):
            assert set(blacked_out(stuk)) == {g.strip() for g in row[5].split(";") if g.strip()}, (
                dossier.map,
                stuk.bestand,
            )


def test_dates_follow_each_other(dossiers):
    for dossier in dossiers:
        assert dossier.besluitdatum <= dossier.publicatiedatum
        assert all(stuk.datum <= dossier.besluitdatum for stuk in dossier.stukken), dossier.map


def test_one_report_is_long_and_has_contents_and_an_outline(documenten, texts):
    report = max(documenten, key=lambda d: len(texts[d.pdf]))
    pages = texts[report.pdf]
    assert len(pages) >= 30
    assert "Inhoud" in pages[1]
    with pikepdf.open(report.pdf) as pdf, pdf.open_outline() as outline:
        chapters = [item.title for item in outline.root]
    assert len(chapters) >= 12
    # The contents name the page on which a chapter really begins.
    for chapter in chapters:
        number = int(re.search(re.escape(chapter) + r"[ .]+(\d+)", " ".join(pages[1:4]))[1])
        assert chapter in pages[number - 1]


def test_one_document_has_a_turned_table_page(documenten):
    turned = []
    for document in documenten:
        with pikepdf.open(document.pdf) as pdf:
            turned += [document.bestandsnaam for page in pdf.pages if page.get("/Rotate", 0) == 90]
    assert len(turned) >= 1


def test_pages_are_numbered_out_of_their_total(documenten, scans, texts):
    for document in documenten:
        pages = texts[document.pdf]
        if document.bestandsnaam not in scans:
            assert f"pagina {len(pages)} van {len(pages)}" in pages[-1]
