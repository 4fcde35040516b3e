"""What a run tells of each kind of file: by content where it is known, by name else, and it adds up."""

from dataclasses import replace

import pytest

from ingest.kinds import OTHER, KindCount, counted, kind_of
from ingest.report import build_report, kinds_table
from tests.unit.test_report import outcome
from woo.domain.formaat import BY_EXTENSIE, FORMATEN

PDF, DOCX, EML = (BY_EXTENSIE[end].mime for end in (".pdf", ".docx", ".eml"))


@pytest.mark.parametrize(
    ("mime", "pad", "kind"),
    [
        (PDF, "brief.docx", "pdf"),  # the content says what it is
        (DOCX, "brief", "docx"),
        (EML, "post.eml", "mail"),
        (None, "map/foto.JPEG", "beeld"),
        (None, "alles.zip!/binnen.7z", "archief"),
        (None, "alles.zip!/nota.odt", "odt"),
        (None, "map.pdf/notitie", OTHER),
        (None, "", OTHER),
        ("application/iets-vreemds", "x.exe", OTHER),
    ],
)
def test_a_kind_is_known_by_content_or_by_name(mime: str | None, pad: str, kind: str) -> None:
    assert kind_of(outcome(mime=mime, pad=pad)) == kind


def test_every_kind_that_the_platform_knows_has_a_name_in_the_table() -> None:
    kinds = {kind_of(outcome(mime=formaat.mime)) for formaat in FORMATEN}
    assert OTHER not in kinds
    assert {"pdf", "docx", "xlsx", "pptx", "mail", "beeld", "archief"} <= kinds
    assert not kinds & {"eml", "msg", "png", "zip"}


def test_documents_pages_and_seconds_are_counted_and_a_duplicate_is_no_document() -> None:
    outcomes = [
        outcome(mime=PDF, paginas=3, seconden=1.5),
        outcome(mime=PDF, paginas=4, seconden=0.25, sleutel="2"),
        outcome(mime=PDF, staat="duplicate", paginas=0, seconden=0.0, sleutel="3"),
        outcome(mime=EML, paginas=1, seconden=2.0, sleutel="4"),
        outcome(
            mime=None, pad="a.zip", staat="unpacked", document_id=None, paginas=0, seconden=0.0, sleutel="5"
        ),
    ]
    assert counted(outcomes) == {
        "pdf": KindCount(items=3, documents=2, pages=7, seconds=1.75),
        "mail": KindCount(items=1, documents=1, pages=1, seconds=2.0),
        "archief": KindCount(items=1),
    }
    assert list(counted(outcomes)) == ["pdf", "mail", "archief"]
    report = build_report(outcomes)
    told = report.as_json()
    assert [item["kind"] for item in told["items"]] == ["pdf", "pdf", "pdf", "mail", "archief"]
    assert told["kinds"]["pdf"] == {"items": 3, "documents": 2, "pages": 7, "seconds": 1.75}
    assert sum(kind["items"] for kind in told["kinds"].values()) == told["discovered"]
    assert [line.split() for line in kinds_table(report).splitlines()] == [
        ["documents", "pages", "seconds", "items", "kind"],
        ["2", "7", "1.8", "3", "pdf"],
        ["1", "1", "2.0", "1", "mail"],
        ["0", "0", "0.0", "1", "archief"],
    ]


def test_a_report_of_nothing_has_no_table() -> None:
    report = build_report([])
    assert kinds_table(report) == ""
    assert report.as_json()["kinds"] == {}


def test_what_could_not_be_read_is_of_its_kind_too() -> None:
    broken = replace(outcome(mime=None, pad="kapot.pdf", document_id=None), staat="quarantined")
    assert counted([broken]) == {"pdf": KindCount(items=1)}
