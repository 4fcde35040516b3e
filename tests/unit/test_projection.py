"""What the public side holds of the registry: no more than may be seen, and told apart when it differs."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from woo.diwoo.waardelijsten import Waardelijsten
from woo.domain.document import Bestand, Document, Leesstatus, Lezing, Pagina
from woo.domain.publicatie import Publicatie, Publicatiestatus
from woo.projection import (
    document_entry,
    document_kaart,
    fingerprint,
    public_document,
    public_pages,
    publicatie_entry,
    publicatie_kaart,
    shown_since,
    utc_text,
)
from woo.settings import config_folder

LIJSTEN = Waardelijsten.load(config_folder() / "waardelijsten")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PUBLICATIE = Publicatie(
    id="p1",
    publisher="gm0153",
    officiele_titel="Besluit over de rondweg",
    informatiecategorieen=("c_3baef532",),
    aangemaakt_op=NOW,
    gewijzigd_op=NOW + HOUR,
    status=Publicatiestatus.GEPUBLICEERD,
    eerste_publicatie=NOW + HOUR,
    kenmerk="Woo-2026/7",
    bron="map:/srv/geheim/2026-7",
)
DOCUMENT = Document(
    id="d1",
    publicatie_id="p1",
    volgnummer=3,
    officiele_titel="Advies",
    aangemaakt_op=NOW,
    gewijzigd_op=NOW,
    bestand=Bestand("a" * 64, "advies.pdf", "application/pdf", 99),
    documentsoort=next(iter(LIJSTEN.documentsoorten)).code,
    creatiedatum=date(2025, 12, 31),
    taal=next(taal.code for taal in LIJSTEN.talen if taal.extra["bcp47"] == "nl"),
    kenmerk="B-12",
    lezing=Lezing(Leesstatus.DEELS, reden="page 2", paginas=2, onleesbaar=1, extractor="x", seconden=1.5),
    herkomst={"officiele_titel": "balie"},
)


def kaart(**changes: Any) -> dict[str, Any]:
    return document_kaart(replace(DOCUMENT, **changes), PUBLICATIE, LIJSTEN)


def test_the_card_of_a_document_is_plain_json_with_names_for_codes() -> None:
    card = kaart()
    assert json.loads(json.dumps(card)) == card
    assert card["publisher"]["naam"] == LIJSTEN.organisaties.get("gm0153").naam
    assert card["taal"] == "nl"
    assert (card["formaat"], card["creatiedatum"], card["volgnummer"]) == ("pdf", "2025-12-31", 3)
    assert (card["paginas"], card["onleesbarePaginas"]) == (2, 1)


def test_what_is_ours_alone_is_in_no_projection() -> None:
    shown = [
        kaart(),
        publicatie_kaart(PUBLICATIE, LIJSTEN),
        repr(document_entry(DOCUMENT, PUBLICATIE, (), LIJSTEN)),
        repr(publicatie_entry(PUBLICATIE, LIJSTEN)),
        repr(public_document(DOCUMENT, PUBLICATIE, LIJSTEN)),
    ]
    assert "/srv/geheim" not in str(shown)
    assert "page 2" not in str(shown)


def test_a_document_that_came_later_is_public_from_its_own_moment() -> None:
    assert shown_since(DOCUMENT, PUBLICATIE) == NOW + HOUR
    later = replace(DOCUMENT, aangemaakt_op=NOW + 5 * HOUR)
    assert shown_since(later, PUBLICATIE) == NOW + 5 * HOUR
    assert document_entry(later, PUBLICATIE, (), LIJSTEN).publicatiedatum == NOW + 5 * HOUR


def test_the_card_changes_with_the_later_of_document_and_publicatie() -> None:
    assert kaart()["gewijzigdOp"] == "2026-03-02T10:00:00Z"
    assert kaart(gewijzigd_op=NOW + 3 * HOUR)["gewijzigdOp"] == "2026-03-02T12:00:00Z"


def test_moments_are_told_in_utc() -> None:
    assert utc_text(datetime(2026, 7, 1, 1, 30, tzinfo=timezone(2 * HOUR))) == "2026-06-30T23:30:00Z"


def test_a_document_without_file_or_with_an_unknown_kind_has_no_format() -> None:
    assert kaart(bestand=None)["formaat"] is None
    assert kaart(bestand=None)["bestand"] is None
    assert kaart(bestand=Bestand("a" * 64, "a.xyz", "application/x-onbekend", 1))["formaat"] is None
    assert public_document(replace(DOCUMENT, bestand=None), PUBLICATIE, LIJSTEN).bestand is None


@pytest.mark.parametrize("projection", [document_kaart, publicatie_kaart])
def test_what_was_never_public_has_no_projection(projection: Any) -> None:
    concept = replace(PUBLICATIE, status=Publicatiestatus.CONCEPT, eerste_publicatie=None)
    with pytest.raises(ValueError, match="never public"):
        projection(*([DOCUMENT] if projection is document_kaart else []), concept, LIJSTEN)


def test_what_nobody_publishes_has_no_projection() -> None:
    nobody = replace(PUBLICATIE, status=Publicatiestatus.CONCEPT, publisher=None)
    with pytest.raises(ValueError, match="no publisher"):
        publicatie_kaart(nobody, LIJSTEN)


def test_both_kenmerken_find_a_document() -> None:
    entry = document_entry(DOCUMENT, PUBLICATIE, (), LIJSTEN)
    assert (entry.kenmerk, entry.publicatie_kenmerk) == ("B-12", "Woo-2026/7")
    bare = document_entry(replace(DOCUMENT, kenmerk=None), replace(PUBLICATIE, kenmerk=None), (), LIJSTEN)
    assert (bare.kenmerk, bare.publicatie_kenmerk) == ("", "")


def test_pages_go_over_whole() -> None:
    pages = (Pagina(1, "tekst", "pdf"), Pagina(2, "", "geen", leesbaar=False, zekerheid=0.5, fout="kapot"))
    first, second = public_pages(pages)
    assert (first.nummer, first.tekst, first.leesbaar, first.fout) == (1, "tekst", True, None)
    assert (second.tekstbron, second.leesbaar, second.zekerheid, second.fout) == ("geen", False, 0.5, "kapot")
    assert [page.nummer for page in document_entry(DOCUMENT, PUBLICATIE, pages, LIJSTEN).pages] == [1, 2]


def test_the_fingerprint_stays_while_nothing_changes_and_changes_with_everything_shown() -> None:
    def print_(document: Document, publicatie: Publicatie = PUBLICATIE) -> str:
        return fingerprint(document_kaart(document, publicatie, LIJSTEN), document)

    same = print_(DOCUMENT)
    assert print_(replace(DOCUMENT)) == same
    others = [
        print_(replace(DOCUMENT, officiele_titel="Ander advies")),
        print_(replace(DOCUMENT, omschrijving="x")),
        print_(replace(DOCUMENT, taal=None)),
        print_(replace(DOCUMENT, versie=2)),
        print_(replace(DOCUMENT, bestand=Bestand("b" * 64, "advies.pdf", "application/pdf", 99))),
        print_(replace(DOCUMENT, lezing=replace(DOCUMENT.lezing, extractor="y"))),
        print_(DOCUMENT, replace(PUBLICATIE, officiele_titel="Andere titel")),
        print_(DOCUMENT, replace(PUBLICATIE, publisher="gm0363")),
    ]
    assert len({same, *others}) == len(others) + 1


def test_the_name_of_a_metadata_sheet_stays_inside() -> None:
    herkomst = {
        "kenmerk": "sheet:lijst van een medewerker.xlsx",
        "taal": "tekst:woorden",
        "creatiedatum": "balie",
    }
    assert kaart(herkomst=herkomst)["metadataHerkomst"] == {
        "kenmerk": "sheet",
        "taal": "tekst:woorden",
        "creatiedatum": "balie",
    }
