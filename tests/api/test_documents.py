"""One document over the API: metadata, pages, words with boxes, pictures, value lists."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.api.site import PublicSite
from woo.domain.document import Document, Pagina
from woo.sandbox.reading import BOX

PAGES = ["Besluit\nDe provincie hanteert een open norm.", "", "Bijlage\nLaatste blad."]


@pytest.fixture
def document(site: PublicSite) -> Document:
    return site.add_document(site.add_publicatie("Een publicatie"), "Besluit", PAGES)


def test_a_document_tells_its_metadata_and_where_its_file_is(site: PublicSite, document: Document):
    body = site.visitor.get(f"/v1/documenten/{document.id}").json()
    assert body["officieleTitel"] == "Besluit"
    assert (body["paginas"], body["onleesbarePaginas"], body["formaat"]) == (3, 1, "pdf")
    assert body["publicatiedatum"] == "2024-03-21T08:00:00Z"
    assert (
        site.visitor.get(body["bestandUrl"].removeprefix("https://open.zuiderveld.example")).status_code
        == 200
    )


def test_a_page_tells_its_text_and_where_it_came_from(site: PublicSite, document: Document):
    body = site.visitor.get(f"/v1/documenten/{document.id}/paginas/1").json()
    assert body["tekst"].startswith("Besluit")
    assert (body["pagina"], body["tekstbron"], body["leesbaar"]) == (1, "pdf", True)
    assert "woorden" not in body
    assert site.visitor.get(f"/v1/documenten/{document.id}/paginas/2").json()["leesbaar"] is False


def test_the_words_of_a_page_stand_where_their_offsets_say(site: PublicSite, document: Document):
    body = site.visitor.get(f"/v1/documenten/{document.id}/paginas/1?woorden=true").json()
    assert [word["tekst"] for word in body["woorden"]][:3] == ["Besluit", "De", "provincie"]
    for word in body["woorden"]:
        assert body["tekst"][word["van"] : word["tot"]] == word["tekst"]
        left, top, right, bottom = word["kader"]
        assert 0 <= left < right <= 1
        assert 0 <= top < bottom <= 1


def test_the_words_of_a_recognised_page_are_those_that_were_kept_with_it(
    site: PublicSite, document: Document
):
    publicatie = site.add_publicatie("Een andere publicatie")
    kept = BOX.pack(0.1, 0.2, 0.3, 0.25, 0, 7) + BOX.pack(0.35, 0.2, 0.5, 0.25, 8, 15)
    page = Pagina(1, "Besluit herkend", "ocr", zekerheid=0.9, woorden=kept)
    site._show(replace(document, publicatie_id=publicatie.id), publicatie, (page,))
    body = site.visitor.get(f"/v1/documenten/{document.id}/paginas/1?woorden=true").json()
    assert [(word["tekst"], word["kader"]) for word in body["woorden"]] == [
        ("Besluit", [0.1, 0.2, 0.3, 0.25]),
        ("herkend", [0.35, 0.2, 0.5, 0.25]),
    ]


@pytest.mark.parametrize("nummer", ["0", "4", "0000001000000", "99999999"])
def test_a_page_the_document_does_not_have_is_a_404(site: PublicSite, document: Document, nummer: str):
    status = site.visitor.get(f"/v1/documenten/{document.id}/paginas/{nummer}").status_code
    assert status == (404 if len(nummer) < 8 else 400)


@pytest.mark.parametrize("nummer", ["een", "-1", "1.0", "²", "%00"])
def test_a_page_number_that_is_none_is_a_400_that_names_the_last_page(
    site: PublicSite, document: Document, nummer: str
):
    answer = site.visitor.get(f"/v1/documenten/{document.id}/paginas/{nummer}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["in"] == "path"
    assert "1 tot en met 3" in answer.json()["detail"]


@pytest.mark.parametrize("width", [120, 800, 1600, 2400])
def test_a_picture_has_the_width_asked_for_and_is_not_sent_twice(
    site: PublicSite, document: Document, width: int
):
    client = site.visitor
    path = f"/v1/documenten/{document.id}/paginas/1/afbeelding?breedte={width}"
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (picture.format, picture.width) == ("WEBP", width)
    again = client.get(path, if_none_match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_width_outside_the_fixed_ones_is_refused(site: PublicSite, document: Document):
    answer = site.visitor.get(f"/v1/documenten/{document.id}/paginas/1/afbeelding?breedte=100000")
    assert answer.status_code == 400
    assert "120, 800, 1000, 1600, 2400" in answer.json()["detail"]


def test_a_picture_is_turned_clockwise_by_quarters(site: PublicSite, document: Document):
    path = f"/v1/documenten/{document.id}/paginas/1/afbeelding"
    sizes, tags = [], set()
    for turn in (0, 90, 180):
        answer = site.visitor.get(f"{path}?draai={turn}")
        tags.add(answer.headers["etag"])
        with Image.open(io.BytesIO(answer.content)) as picture:
            sizes.append(picture.size)
    assert sizes[0] == sizes[2] == (800, 1133)
    assert sizes[1] == (800, 566)
    assert len(tags) == 3
    wrong = site.visitor.get(f"{path}?draai=45")
    assert wrong.status_code == 400
    assert "0, 90, 180, 270" in wrong.json()["detail"]


def test_a_file_that_is_no_pdf_has_no_pictures_and_says_so(site: PublicSite):
    table = site.add_file(
        site.add_publicatie("Tabel"), "Cijfers", b"a,b\n1,2\n", naam="cijfers.csv", mime="text/csv"
    )
    assert site.visitor.get(f"/v1/documenten/{table.id}/paginas/1/afbeelding").status_code == 404


def test_a_document_that_is_not_there_is_a_problem_with_a_way_out(site: PublicSite):
    for id in ("00000000-0000-4000-8000-00000000ffff", "..%2f..%2fetc", "x" * 500, "%ff", "%00"):
        answer = site.visitor.get(f"/v1/documenten/{id}")
        assert answer.status_code == 404
        body = answer.json()
        assert body["status"] == 404
        assert "zoek op een woord" in body["detail"] or "zoek opnieuw" in body["detail"]


def test_a_value_list_is_given_with_codes_names_and_uris(site: PublicSite):
    body = site.visitor.get("/v1/waardelijsten/informatiecategorieen").json()
    assert {"code", "uri", "naam"} == set(body["waarden"][0])
    assert "c_3baef532" in {waarde["code"] for waarde in body["waarden"]}
    wrong = site.visitor.get("/v1/waardelijsten/informatiecategorie")
    assert wrong.status_code == 404
    assert "informatiecategorieen" in wrong.json()["detail"]


def test_a_damaged_file_gives_no_picture_but_an_answer(site: PublicSite, tmp_path: Path):
    publicatie = site.add_publicatie("Kapot")
    document = site.add_document(publicatie, "Kapot", ["Goed\nblad"])
    shown = site.store.document(document.id)
    assert shown is not None
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    stored = site.archive.put(broken)
    file = type(shown.bestand)(stored.digest, "kapot.pdf", "application/pdf", stored.grootte)
    pages = tuple(site.store.pages(document.id))
    site.store.show(type(shown)(shown.id, shown.publicatie_id, shown.kaart, file, 1), pages, site.archive)
    answer = site.visitor.get(f"/v1/documenten/{document.id}/paginas/1/afbeelding")
    assert answer.status_code == 404
    assert "geen afbeelding" in answer.json()["detail"]
    viewer = site.visitor.get(f"/documenten/{document.id}?zoek=goed")
    assert viewer.status_code == 200
    assert "niet aan te wijzen" in viewer.text
