"""The file itself: whole, in part, only its headers, and only when it changed."""

import pytest

from tests.api.site import PublicSite
from woo.domain.document import Document

CONTENT = b"0123456789" * 10


@pytest.fixture
def document(site: PublicSite) -> Document:
    publicatie = site.add_publicatie("Een publicatie")
    return site.add_file(publicatie, "Cijfers", CONTENT, naam='Ons kéuze "A" 100%.csv', mime="text/csv")


@pytest.fixture
def path(site: PublicSite, document: Document) -> str:
    url = site.visitor.get(f"/v1/documenten/{document.id}").json()["bestandUrl"]
    return url.removeprefix("https://open.zuiderveld.example")


def test_the_whole_file_comes_with_its_name_type_and_digest(site: PublicSite, document: Document, path: str):
    answer = site.visitor.get(path)
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert document.bestand is not None
    assert answer.headers["etag"] == f'"{document.bestand.digest}"'
    assert answer.headers["content-type"] == "text/csv"
    assert answer.headers["content-length"] == "100"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["last-modified"] == "Thu, 21 Mar 2024 08:00:00 GMT"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"Ons k_uze _A_ 100_.csv\"; filename*=UTF-8''Ons%20k%C3%A9uze%20%22A%22%20100%25.csv"
    )


def test_a_file_can_do_nothing_in_the_name_of_the_site(site: PublicSite, path: str):
    headers = site.visitor.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]


def test_head_gives_the_headers_alone(site: PublicSite, path: str):
    answer = site.visitor.ask("HEAD", path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == "100"


@pytest.mark.parametrize(
    ("asked", "content", "told"),
    [
        ("bytes=0-4", CONTENT[:5], "bytes 0-4/100"),
        ("bytes=95-", CONTENT[95:], "bytes 95-99/100"),
        ("bytes=95-400", CONTENT[95:], "bytes 95-99/100"),
        ("bytes=-7", CONTENT[-7:], "bytes 93-99/100"),
        ("bytes=-400", CONTENT, "bytes 0-99/100"),
    ],
)
def test_a_range_gives_that_part(site: PublicSite, path: str, asked: str, content: bytes, told: str):
    answer = site.visitor.get(path, range=asked)
    assert (answer.status_code, answer.content) == (206, content)
    assert answer.headers["content-range"] == told
    assert answer.headers["content-length"] == str(len(content))


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=400-500", "bytes=-0"])
def test_a_range_outside_the_file_is_a_416_that_names_its_length(site: PublicSite, path: str, asked: str):
    answer = site.visitor.get(path, range=asked)
    assert answer.status_code == 416
    assert answer.headers["content-range"] == "bytes */100"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "bytes=5-2", "items=0-1", "bytes=-", "bytes=a-b", f"bytes={'9' * 30}-"]
)
def test_a_range_that_is_not_a_single_one_gives_the_whole_file(site: PublicSite, path: str, asked: str):
    answer = site.visitor.get(path, range=asked)
    assert (answer.status_code, answer.content) == (200, CONTENT)


def test_what_did_not_change_is_not_sent_again(site: PublicSite, path: str):
    etag = site.visitor.get(path).headers["etag"]
    for header in (etag, f'W/{etag}, "x"', "*"):
        answer = site.visitor.get(path, if_none_match=header)
        assert (answer.status_code, answer.content) == (304, b"")
    assert site.visitor.get(path, if_none_match='"x"').status_code == 200


def test_a_part_of_another_version_is_never_mixed_in(site: PublicSite, path: str):
    etag = site.visitor.get(path).headers["etag"]
    assert site.visitor.get(path, range="bytes=0-4", if_range=etag).status_code == 206
    assert site.visitor.get(path, range="bytes=0-4", if_range='"older"').status_code == 200
    assert (
        site.visitor.get(path, range="bytes=0-4", if_range="Thu, 21 Mar 2024 08:00:00 GMT").status_code == 200
    )


def test_another_name_is_a_404_that_names_the_right_address(site: PublicSite, document: Document):
    answer = site.visitor.get(f"/v1/documenten/{document.id}/bestand/anders.csv")
    assert answer.status_code == 404
    assert answer.json()["bestandUrl"].startswith("https://open.zuiderveld.example/v1/documenten/")


def test_an_address_that_stays_gives_the_file_whatever_it_is_called_now(site: PublicSite, document: Document):
    answer = site.visitor.get(f"/v1/documenten/{document.id}/bestand/document.csv")
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert "Ons%20k" in answer.headers["content-disposition"]
    assert site.visitor.get(f"/v1/documenten/{document.id}/bestand/document.pdf").status_code == 404


def test_a_document_without_a_file_has_none_to_give(site: PublicSite):
    document = site.add_document(site.add_publicatie("Een"), "Zonder bestand")
    assert site.visitor.get(f"/v1/documenten/{document.id}/bestand/x.pdf").status_code == 404


def test_a_pdf_may_be_shown_and_html_may_not(site: PublicSite):
    publicatie = site.add_publicatie("Twee soorten")
    site.add_document(publicatie, "PDF", ["Blad\ntekst"])
    site.add_file(publicatie, "Pagina", b"<script>alert(1)</script>", naam="x.html", mime="text/html")
    shown = {
        found["bestand"]["mime"]: site.visitor.get(
            found["bestandUrl"].removeprefix("https://open.zuiderveld.example")
        )
        for found in site.visitor.get("/v1/documenten").json()["resultaten"]
    }
    assert shown["application/pdf"].headers["content-disposition"].startswith("inline")
    assert shown["text/html"].headers["content-disposition"].startswith("attachment")
