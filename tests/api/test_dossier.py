"""The publication page and the API of a dossier: what is told, chosen, taken away, and kept back."""

import csv
import hashlib
import io
import json
import re
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pikepdf
import pypdfium2
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from search_api import dossier_schemas
from search_api.costs import cost_of
from search_api.dossier_zip import zip_of
from search_api.inventaris_pdf import points_of
from tests.api.dossiers import Shown, add_dossier, replace_twice
from tests.api.site import PublicSite
from woo.storage.port import PublicDocument, Withdrawn

PERSONAL = ("Piet Pietersen", "naam van iemand")


def page(site: PublicSite, shown: Shown, query: str = "") -> HTMLParser:
    answer = site.client().get(f"/publicaties/{shown.publicatie.id}{query}")
    assert answer.status_code == 200, answer.text
    return HTMLParser(answer.text)


def numbers(tree: HTMLParser) -> list[str]:
    return [row.css_first("td").text(strip=True) for row in tree.css("table.inventory tbody tr")]


def withdraw(site: PublicSite, shown: Shown, id: str, **more: Any) -> None:
    op = datetime(2024, 5, 3, 9, 0, tzinfo=UTC)
    site.store.withdraw(
        Withdrawn(id, "document", op, "Er stonden namen in.", publicatie_id=shown.publicatie.id, **more)
    )


def test_the_page_tells_request_term_decisions_cases_and_contact(site: PublicSite) -> None:
    tree = page(site, add_dossier(site))
    steps = [step.text(separator=" ", strip=True) for step in tree.css("ol.timeline li")]
    assert [step.split(" ")[0] for step in steps] == ["8", "29", "5", "4", "14", "21", "2"]
    assert "10 dagen te laat, of 24 met de wachttijd erbij" in steps[4]
    assert tree.css_first("ol.timeline li.wait").text(separator=" ", strip=True).endswith("telt niet mee")
    counts = [
        [cell.text(strip=True) for cell in row.css("td")] for row in tree.css(".decision table tbody tr")
    ]
    assert counts[:2] == [
        ["4 maart 2024", "52 dagen", "10 dagen te laat"],
        ["19 februari 2024", "66 dagen", "24 dagen te laat"],
    ]
    ruling = next(link for link in tree.css("a") if link.text() == "ECLI:NL:RBOVE:2024:4321")
    assert ruling.attributes["href"] == "https://deeplink.rechtspraak.nl/uitspraak?id=ECLI:NL:RBOVE:2024:4321"
    assert tree.css_first('a[href="mailto:woo@zuiderveld.example"]') is not None
    assert "Gegevens gewijzigd: beschrijving" in tree.css_first("ol.history").text()


def test_every_row_is_judged_and_explained_and_leads_to_its_document(site: PublicSite) -> None:
    shown = add_dossier(site)
    tree = page(site, shown)
    first, refused, elsewhere, double = tree.css("table.inventory tbody tr")
    assert first.css_first("td:nth-child(2) a").attributes["href"] == f"/documenten/{shown.advies.id}"
    assert first.css_first(".tag").text() == "Deels openbaar"
    explained = refused.css_first("td:last-child details").text(separator=" ", strip=True)
    assert "Vertrouwelijke bedrijfsgegevens." in explained
    assert "artikel 5.1, lid 1, onder c, Woo" in explained
    assert not any(str(a.attributes["href"]).startswith("/documenten") for a in refused.css("a"))
    links = [link.attributes["href"] for link in elsewhere.css("td:nth-child(2) a")]
    assert links[0] == "https://voorbeeld.example/brief"
    assert not any("javascript" in str(link) for link in links)
    assert f"/publicaties/{shown.publicatie.id}?regel=1#regel-1" in links
    assert "Dubbel" in double.text()
    for personal in PERSONAL:
        assert personal not in tree.html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["1", "2", "3", "4"]),
        ("?beoordeling=niet_openbaar", ["2"]),
        ("?beoordeling=niet_openbaar&beoordeling=openbaar", ["2", "4"]),
        ("?grond=5.1.2.e", ["1", "2"]),
        ("?woorden=ADVIES", ["1", "4"]),
        ("?woorden=5.1.1c", ["2"]),
        ("?woorden=omgevingsdienst+brief", ["3"]),
        ("?woorden=%25%25", ["1", "2", "3", "4"]),
        ("?woorden=bestaatniet", []),
        ("?sorteer=-naam", ["4", "3", "2", "1"]),
        ("?sorteer=naam", ["1", "2", "3", "4"]),
        ("?sorteer=-datum", ["3", "2", "1", "4"]),
        ("?sorteer=beoordeling", ["4", "1", "2", "3"]),
        ("?sorteer=grond", ["2", "1", "3", "4"]),
        ("?vanafRij=3", ["3", "4"]),
        ("?vanafRij=99", []),
        ("?grond=", ["1", "2", "3", "4"]),
    ],
)
def test_rows_are_chosen_and_ordered_alike_on_site_and_api(
    site: PublicSite, query: str, expected: list[str]
) -> None:
    shown = add_dossier(site)
    assert numbers(page(site, shown, query)) == expected
    body = site.client().get(f"/v1/publicaties/{shown.publicatie.id}/inventaris{query}").json()
    assert [row["nummer"] for row in body["resultaten"]] == expected
    dossier_schemas.Inventaris.model_validate(body)


@pytest.mark.parametrize(
    "query", ["?beoordeling=nee", "?sorteer=x", "?vanafRij=0", "?vanafRij=a", "?aantal=101", "?woord=x"]
)
def test_a_choice_that_cannot_be_is_told(site: PublicSite, query: str) -> None:
    shown = add_dossier(site)
    answer = site.client().get(f"/v1/publicaties/{shown.publicatie.id}/inventaris{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["detail"]


def test_a_long_inventory_is_paged_and_a_row_is_found_by_its_number(site: PublicSite) -> None:
    shown = add_dossier(site, more=120)
    first = page(site, shown)
    assert len(numbers(first)) == 50
    following = next(
        link for link in first.css("nav[aria-label='Meer regels'] a") if link.attributes.get("rel")
    )
    path = str(following.attributes["href"]).partition("#")[0]
    assert numbers(HTMLParser(site.client().get(path).text)) == [str(n) for n in range(51, 101)]
    found = page(site, shown, "?regel=110")
    assert numbers(found)[0] == "101"
    assert found.css_first("#regel-110") is not None
    whole: list[str] = []
    vanaf: int | None = 1
    while vanaf is not None:
        body = (
            site.client()
            .get(f"/v1/publicaties/{shown.publicatie.id}/inventaris?aantal=100&vanafRij={vanaf}")
            .json()
        )
        whole += [row["nummer"] for row in body["resultaten"]]
        vanaf = body["volgende"]
    assert whole == [str(n) for n in range(1, 125)]


def test_the_api_tells_the_dossier_in_the_shape_that_it_describes(site: PublicSite) -> None:
    shown = add_dossier(site)
    body = site.client().get(f"/v1/publicaties/{shown.publicatie.id}").json()
    dossier_schemas.PublicatieMetDossier.model_validate(body)
    first, second = body["verzoeken"][0]["besluiten"]
    assert first["publicatie"]["url"].endswith(shown.publicatie.id)
    assert second["publicatie"] is None
    assert body["inventaris"]["beoordelingen"] == {
        "openbaar": 1,
        "deels_openbaar": 1,
        "niet_openbaar": 1,
        "reeds_openbaar": 1,
    }
    for personal in PERSONAL:
        assert personal not in json.dumps(body)


def test_a_publicatie_without_a_dossier_has_an_empty_one(site: PublicSite) -> None:
    publicatie = site.add_publicatie("Jaarverslag")
    body = site.client().get(f"/v1/publicaties/{publicatie.id}").json()
    dossier_schemas.PublicatieMetDossier.model_validate(body)
    assert (body["verzoeken"], body["inventaris"], body["geschiedenis"]) == ([], None, [])
    tree = HTMLParser(site.client().get(f"/publicaties/{publicatie.id}").text)
    assert tree.css("ol.timeline, table.inventory, ol.history, .jumps") == []
    assert site.client().get(f"/v1/publicaties/{publicatie.id}/inventaris").json()["resultaten"] == []


def test_a_withdrawn_document_is_a_tombstone_and_its_row_keeps_back_what_it_told(site: PublicSite) -> None:
    shown = add_dossier(site)
    withdraw(site, shown, shown.advies.id)
    id = shown.publicatie.id
    tree = page(site, shown)
    stone = tree.css_first("section[aria-labelledby='ingetrokken'] li").text(separator=" ", strip=True)
    assert stone.startswith("Ingetrokken document")
    assert "3 mei 2024" in stone
    assert "Er stonden namen in." in stone
    row = tree.css_first("#regel-1")
    assert row.css_first("td:nth-child(2) a").text() == "Ingetrokken document"
    assert row.css_first(".tag").text() == "Deels openbaar"
    client = site.client()
    answers = [
        tree.html,
        client.get(f"/v1/publicaties/{id}").text,
        client.get(f"/v1/publicaties/{id}/inventaris").text,
        client.get(f"/v1/publicaties/{id}/inventaris.csv").text,
        client.get(f"/v1/publicaties/{id}/zip").content.decode("latin-1"),
    ]
    for answer in answers:
        assert "Advies omgevingsdienst" not in answer
        assert "advies.pdf" not in answer
    told = client.get(f"/v1/publicaties/{id}").json()["ingetrokkenDocumenten"]
    assert [(each["id"], each["titel"]) for each in told] == [(shown.advies.id, None)]


def test_the_title_that_a_tombstone_tells_is_told(site: PublicSite) -> None:
    shown = add_dossier(site)
    withdraw(site, shown, shown.advies.id, titel="Advies over stikstof")
    assert (
        "Advies over stikstof" in page(site, shown).css_first("section[aria-labelledby='ingetrokken']").text()
    )


@pytest.mark.parametrize(
    "what", ["", "/inventaris", "/inventaris.csv", "/inventaris.xlsx", "/inventaris.pdf", "/zip"]
)
def test_everything_of_a_withdrawn_publicatie_is_gone(site: PublicSite, what: str) -> None:
    shown = add_dossier(site)
    site.withdraw(shown.publicatie)
    for method in ("GET", "HEAD"):
        assert site.client().ask(method, f"/v1/publicaties/{shown.publicatie.id}{what}").status_code == 410
    unknown = "00000000-0000-4000-8000-00000000ffff"
    assert site.client().get(f"/v1/publicaties/{unknown}{what}").status_code == 404


def test_csv_and_workbook_hold_every_row_and_no_formula(site: PublicSite) -> None:
    shown = add_dossier(site, more=3)
    base = f"/v1/publicaties/{shown.publicatie.id}/inventaris"
    sheet = site.client().get(f"{base}.csv")
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    assert sheet.headers["content-disposition"] == 'attachment; filename="inventaris-2024-0114.csv"'
    assert sheet.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert [row["Documentnummer"] for row in rows] == [str(n) for n in range(1, 8)]
    assert rows[0]["Publieke link"] == f"https://open.zuiderveld.example/documenten/{shown.advies.id}"
    assert rows[1]["Documentnaam"] == "'=Bedrijfsplan vergunninghouder"
    assert rows[1]["Publieke link"] == ""
    assert rows[1]["Beoordelingsgrond"] == "5.1.1.c Vertrouwelijke bedrijfsgegevens; 5.1.2.e Privacy"
    book = site.client().get(f"{base}.xlsx")
    assert book.headers["content-type"].endswith("spreadsheetml.sheet")
    cells = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert [row[0].value for row in cells.iter_rows(min_row=2)] == [str(n) for n in range(1, 8)]
    assert cells["B3"].value == "=Bedrijfsplan vergunninghouder"
    assert cells["B3"].data_type == "s"
    for personal in PERSONAL:
        assert personal not in sheet.text


def test_the_pdf_is_tagged_says_every_row_and_keeps_back_what_the_gate_does(site: PublicSite) -> None:
    shown = add_dossier(site, more=60)
    withdraw(site, shown, shown.advies.id)
    made = site.client().get(f"/publicaties/{shown.publicatie.id}/inventaris.pdf")
    assert made.headers["content-type"] == "application/pdf"
    assert made.headers["content-disposition"] == 'attachment; filename="inventaris-2024-0114.pdf"'
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        root = pdf.Root
        assert (bool(root.MarkInfo.Marked), str(root.Lang), bool(root.ViewerPreferences.DisplayDocTitle)) == (
            True,
            "nl",
            True,
        )
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert str(meta["dc:title"]).startswith("Inventaris bij: ")
        kinds = [
            str(each.get("/S"))
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
        ]
        assert kinds.count("/TR") >= 64
        assert {"/H1", "/Table", "/THead", "/TH", "/TD"} <= set(kinds)
    with closing(pypdfium2.PdfDocument(made.content)) as read:
        pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in read]
    assert all(text.startswith("Nr. Document Datum") or number == 0 for number, text in enumerate(pages[:-1]))
    text = " ".join(pages)
    assert "=Bedrijfsplan vergunninghouder" in text  # text is text, whatever it begins with
    assert "5.1.1.c Vertrouwelijke bedrijfsgegevens" in text
    assert "Ingetrokken document" in text
    for personal in (*PERSONAL, shown.advies.officiele_titel):
        assert personal not in text


def test_there_is_no_pdf_without_rows_or_with_too_many(
    site: PublicSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = add_dossier(site, more=3)
    small = site.settings.inventaris.model_copy(update={"pdf_rijen": 6})
    monkeypatch.setattr(site, "settings", site.settings.model_copy(update={"inventaris": small}))
    refused = site.client().get(f"/v1/publicaties/{shown.publicatie.id}/inventaris.pdf")
    assert (refused.status_code, "7 regels" in refused.json()["detail"]) == (404, True)
    assert "inventaris.pdf" not in site.client().get(f"/publicaties/{shown.publicatie.id}").text


@pytest.mark.parametrize("path", ["/publicaties/p1/inventaris.pdf", "/v1/publicaties/p1/inventaris.pdf"])
def test_a_pdf_costs_by_its_rows_and_a_visitor_can_always_have_one(site: PublicSite, path: str) -> None:
    cost = cost_of("GET", path).points
    assert points_of(2_000) > points_of(200) > 0
    at_once = site.settings.serve.points_per_minute // 4
    assert cost + points_of(1_000_000) <= at_once < 5 * cost + 5 * points_of(200)


def archive(content: bytes) -> tuple[zipfile.ZipFile, list[dict[str, Any]]]:
    opened = zipfile.ZipFile(io.BytesIO(content))
    assert opened.testzip() is None
    return opened, [json.loads(line) for line in opened.read("manifest.jsonl").splitlines()]


def test_the_zip_holds_everything_with_digests(site: PublicSite) -> None:
    shown = add_dossier(site)
    site.add_document(shown.publicatie, "Tweede besluit", ["Nog een."], naam="besluit.pdf")
    answer = site.client().get(f"/v1/publicaties/{shown.publicatie.id}/zip")
    assert answer.headers["content-disposition"] == 'attachment; filename="publicatie-2024-0114.zip"'
    opened, manifest = archive(answer.content)
    names = opened.namelist()
    assert len(names) == len(set(names)) == 7
    assert names[:2] == ["publicatie.json", "inventaris.csv"]
    assert sum(name.endswith("-besluit.pdf") for name in names) == 2
    for line in opened.read("SHA256SUMS").decode().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(opened.read(name)).hexdigest() == digest
    assert manifest[-1] == {"volledig": True, "aantal": 5}
    assert json.loads(opened.read("publicatie.json"))["id"] == shown.publicatie.id


def test_what_is_withdrawn_while_the_zip_is_written_is_left_out_and_the_manifest_says_so(
    site: PublicSite,
) -> None:
    shown = add_dossier(site)
    app = site.app()
    parts = app.state.parts
    clock = [0.0]
    parts.gate._monotonic = lambda: clock[0]
    stream = zip_of(parts, parts.gate.publicatie(shown.publicatie.id))
    content = b""
    for piece in stream:
        content += piece
        if b"-besluit.pdf" in content and clock[0] == 0.0:
            withdraw(site, shown, shown.advies.id)
            clock[0] = 5.0
    opened, manifest = archive(content)
    assert not any(name.endswith("advies.pdf") for name in opened.namelist())
    [left_out] = [line for line in manifest if line.get("weggelaten")]
    assert left_out["id"] == shown.advies.id
    assert "Advies" not in json.dumps(manifest)


def test_an_entry_of_the_history_about_a_document_that_is_not_public_is_left_out(site: PublicSite) -> None:
    shown = add_dossier(site)
    hidden = "00000000-0000-4000-8000-00000000fffe"
    kept = site.store.publicatie(shown.publicatie.id)
    assert kept is not None
    entries = [
        {
            "op": "2024-05-04T09:00:00Z",
            "soort": "document_ingetrokken",
            "titel": "Document ingetrokken: fout",
            "document": hidden,
        },
        {
            "op": "2024-05-03T09:00:00Z",
            "soort": "document_toegevoegd",
            "titel": "Document toegevoegd",
            "document": hidden,
        },
        {
            "op": "2024-05-02T09:00:00Z",
            "soort": "document_vervangen",
            "titel": "Document vervangen door versie 2",
            "document": shown.brief.id,
        },
    ]
    site.store.show_publicatie(replace(kept, dossier={**kept.dossier, "geschiedenis": entries}))
    body = site.client().get(f"/v1/publicaties/{shown.publicatie.id}").json()
    assert [each["soort"] for each in body["geschiedenis"]] == ["document_ingetrokken", "document_vervangen"]
    history = page(site, shown).css_first("ol.history").text(separator=" ", strip=True)
    assert "Besluitbrief" in history
    assert "toegevoegd" not in history


def with_versions(site: PublicSite, shown: Shown) -> PublicDocument:
    return replace_twice(site, shown.brief)


def test_the_address_of_a_version_lasts_and_tells_what_replaced_it(site: PublicSite) -> None:
    shown = add_dossier(site)
    id = with_versions(site, shown).id
    client = site.client()
    present = client.get(f"/documenten/{id}/versies/3?pagina=1&zoek=besluiten&utm_source=x")
    assert present.status_code == 302
    assert present.headers["location"] == f"/documenten/{id}?zoek=besluiten&pagina=1" or re.fullmatch(
        rf"/documenten/{id}\?pagina=1&zoek=besluiten", present.headers["location"]
    )
    earlier = client.get(f"/documenten/{id}/versies/1?pagina=2")
    assert earlier.status_code == 200
    text = HTMLParser(earlier.text).css_first("main").text(separator=" ", strip=True)
    assert "op 2 mei 2024 vervangen door versie 3" in text
    assert "a" * 64 in text
    assert f'href="/documenten/{id}?pagina=2"' in earlier.text
    assert "Pagina 3 ontbrak &lt;i&gt;." in earlier.text
    changed = HTMLParser(client.get(f"/documenten/{id}").text).css_first(".history")
    assert " ".join(changed.text().split()) == "2 mei 2024 Versie 3 van het bestand. Pagina 3 ontbrak <i>."
    for wrong, status in (("2", 404), ("0", 404), ("een", 400), ("99999999", 400)):
        assert client.get(f"/documenten/{id}/versies/{wrong}").status_code == status
        assert client.get(f"/v1/documenten/{id}/versies/{wrong}").status_code == status


def test_the_api_tells_versions_and_only_the_present_one_has_a_file(site: PublicSite) -> None:
    shown = add_dossier(site)
    id = with_versions(site, shown).id
    body = site.client().get(f"/v1/documenten/{id}/versies").json()
    dossier_schemas.Versies.model_validate(body)
    first, last = body["versies"]
    assert (first["huidig"], first["vervangenDoor"], first["bestandUrl"]) == (False, 3, None)
    assert last["bestandUrl"].endswith("/bestand/besluit.pdf")
    assert (first["reden"], last["reden"]) == (None, "Pagina 3 ontbrak <i>.")
    assert site.client().get(f"/v1/documenten/{id}/versies/1").json() == first
    assert "versies" not in site.client().get(f"/v1/documenten/{id}").json()
    withdraw(site, shown, id)
    for path in (
        f"/v1/documenten/{id}/versies",
        f"/v1/documenten/{id}/versies/1",
        f"/documenten/{id}/versies/1",
    ):
        assert site.client().get(path).status_code == 410


def test_a_document_shown_by_an_earlier_version_of_the_platform_has_one_version(site: PublicSite) -> None:
    shown = add_dossier(site)
    known = site.store.document(shown.brief.id)
    assert known is not None
    old = {naam: value for naam, value in known.kaart.items() if naam != "versies"}
    site.store.show(replace(known, kaart=old), list(site.store.pages(known.id)), site.archive)
    [only] = site.client().get(f"/v1/documenten/{known.id}/versies").json()["versies"]
    assert only["huidig"]
    assert only["sha256"] == known.bestand.digest if known.bestand else False


def test_relations_of_documents_stand_beside_them(site: PublicSite) -> None:
    from woo.domain.document import Relatie, Relatiesoort

    shown = add_dossier(site)
    relatie = Relatie(shown.brief.id, Relatiesoort.HEEFT_BIJLAGE, shown.advies.id)
    for document in (shown.brief, shown.advies):
        site.relate(document, relatie)
    told = [each.text(separator=" ", strip=True) for each in page(site, shown).css("table.documents .rel")]
    assert told == ["Bijlagen: Advies omgevingsdienst", "Bijlage van: Besluitbrief"]
