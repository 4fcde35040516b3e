"""The benchmark of suggestions counts what is right, answered and expected, and the corpus holds it to what we promise."""

from pathlib import Path

import pytest

from ingest.bench.metadata import bench_metadata, describe
from tests.api.pdfs import write_pdf
from tests.conftest import SHARED
from woo.domain.errors import InvalidValue

COLUMNS = "file_name,decision_date,request_date,articles\n"
LETTER = (
    "Besluit\nDatum 12 maart 2021\nGeachte heer,\n"
    "In uw brief van 4 januari 2021 heeft u verzocht om informatie op grond van de Wob.\n"
    "Op grond van artikel 10 van de Wob weigeren wij dat."
)


def test_every_figure_and_every_miss_is_told(tmp_path: Path) -> None:
    (tmp_path / "pdf").mkdir()
    for naam in ("goed", "fout", "zonder"):
        write_pdf(tmp_path / "pdf" / f"{naam}.pdf", [LETTER])
    write_pdf(tmp_path / "pdf" / "scan.pdf", [""])
    (tmp_path / "waarheid.csv").write_text(
        COLUMNS
        + 'goed.pdf,12-3-2021,4-1-2021,"10"\n'
        + 'fout.pdf,13-3-2021,4-1-202,"10,11"\n'
        + "scan.pdf,12-3-2021,,\n"
        + "zonder.pdf,,,\n"
        + "elders.pdf,1-1-2020,,\n",
        "utf-8",
    )
    measured = bench_metadata(tmp_path)
    assert measured.files == 4
    besluit, verzoek, artikelen = measured.besluitdatum, measured.verzoekdatum, measured.artikelen
    assert (besluit.right, besluit.answered, besluit.expected) == (1, 2, 3)
    assert (verzoek.right, verzoek.answered, verzoek.expected) == (1, 1, 1)
    assert (artikelen.right, artikelen.answered, artikelen.expected) == (2, 2, 3)
    assert (besluit.precision, besluit.recall) == (pytest.approx(1 / 2), pytest.approx(1 / 3))
    lines = "\n".join(describe(measured))
    assert "fout.pdf: 2021-03-13, found 2021-03-12" in lines
    assert "scan.pdf: 2021-03-12, found nothing" in lines
    assert "fout.pdf: missed ['11'], found besides []" in lines


def test_a_folder_that_describes_none_of_its_files_is_refused(tmp_path: Path) -> None:
    write_pdf(tmp_path / "a.pdf", [LETTER])
    (tmp_path / "lijst.csv").write_text("naam;datum\na.pdf;1\n", "utf-8")
    with pytest.raises(InvalidValue, match="no CSV"):
        bench_metadata(tmp_path)


@pytest.mark.needs("shared")
def test_real_decisions_keep_the_promise() -> None:
    measured = bench_metadata(SHARED / "corpus" / "nl-gov-pdf")
    assert measured.files >= 40
    assert measured.besluitdatum.precision >= 0.95
    assert measured.besluitdatum.recall >= 0.85
    assert measured.verzoekdatum.precision >= 0.95
    assert measured.artikelen.precision >= 0.95
    assert measured.artikelen.recall >= 0.85
