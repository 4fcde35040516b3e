"""The list of facts says where a value came from that nobody typed in."""

import pytest

from woo.views.facts import document_facts

KAART = {
    "publisher": {"code": "gm0153", "naam": "gemeente Enschede"},
    "creatiedatum": "2021-03-12",
    "publicatiedatum": "2026-03-02T09:00:00Z",
    "gewijzigdOp": "2026-03-02T09:00:00Z",
    "informatiecategorieen": [{"naam": "Woo-verzoeken en -besluiten"}],
    "documentsoort": None,
    "kenmerk": None,
    "taal": None,
}


@pytest.mark.parametrize(
    ("bron", "told"),
    [
        ("tekst:datumregel", "uit de tekst van het document"),
        ("sheet:lijst.csv", "uit de metadatalijst"),
        ("bestandsnaam", "uit de naam van het bestand"),
        ("bestand:docinfo", "uit de eigenschappen van het bestand"),
        ("bestand:docx", "uit de eigenschappen van het bestand"),
        ("bestand:eml", "uit het bericht"),
        ("map", "uit de naam van de map"),
        ("balie", None),
        ("demo", None),
        ("", None),
    ],
)
def test_a_source_is_told_by_its_kind(bron: str, told: str | None) -> None:
    facts = {
        fact.label: fact for fact in document_facts({**KAART, "metadataHerkomst": {"creatiedatum": bron}})
    }
    assert facts["Datum document"].waarde == "12 maart 2021"
    assert facts["Datum document"].bron == told
