"""The fictional municipality fills in what each category asks for, so that its publicaties can be published."""

from pathlib import Path

import ingest.demo
from ingest.demo.dossier import read_dossiers
from woo.diwoo.waardelijsten import Waardelijsten
from woo.settings import config_folder

DOSSIERS = Path(ingest.demo.__file__).parent / "dossiers"


def test_every_dossier_has_the_fields_of_its_category_and_no_others() -> None:
    categorieen = Waardelijsten.load(config_folder() / "waardelijsten").categorieen
    for dossier in read_dossiers(DOSSIERS):
        velden = {each.naam: each for each in categorieen.velden([dossier.informatiecategorie])}
        assert {naam for naam, veld in velden.items() if veld.vereist} <= dossier.velden.keys(), dossier.map
        for naam, waarde in dossier.velden.items():
            assert velden[naam].checked(waarde) == waarde, dossier.map


def test_the_dossiers_show_third_parties_a_forwarded_part_and_partial_decisions() -> None:
    verzoeken = [dossier.verzoek for dossier in read_dossiers(DOSSIERS) if dossier.verzoek is not None]
    assert any(each.derden and each.verzoeker and each.doorzendingen for each in verzoeken)
    assert any(each.meer and each.besluit.get("deelbesluit") == 1 for each in verzoeken)
    people = [
        str(who["naam"])
        for each in verzoeken
        for who in (*each.derden, each.verzoeker or {"naam": "(fictief)"})
    ]
    assert all("(fictief)" in naam for naam in people)
