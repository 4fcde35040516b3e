"""What every answer carries: the headers of a site that internet.nl passes, the API's version, CORS."""

import pytest

from search_api.openapi import API_VERSION
from tests.api.asking import Client
from tests.api.site import PublicSite, make_settings

PATHS = ["/", "/publicaties", "/toegankelijkheid", "/api", "/bestaat-niet", "/v1/documenten", "/v1/documenten/x", "/v1/documenten?x=1", "/v1", "/v1/bestaat-niet", "/v1/openapi.json"]  # fmt: skip


def policy(header: str) -> dict[str, list[str]]:
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_security_headers(site: PublicSite, path: str):
    headers = site.visitor.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-cache"
    assert headers["strict-transport-security"] == "max-age=31536000"
    rules = policy(headers["content-security-policy"])
    for name in ("default-src", "base-uri", "form-action", "frame-ancestors"):
        assert rules[name] in (["'none'"], ["'self'"]), name
    allowed = {source for sources in rules.values() for source in sources}
    assert allowed <= {"'none'", "'self'"}


def test_a_site_without_tls_does_not_promise_it(site: PublicSite, tmp_path):
    plain = make_settings(tmp_path, WOO_SITE__URL="http://127.0.0.1:8000")
    assert "strict-transport-security" not in site.client(settings=plain).get("/").headers


@pytest.mark.parametrize("path", [path for path in PATHS if path.startswith("/v1")])
def test_every_answer_of_the_api_names_its_version_and_may_be_read_from_other_sites(
    site: PublicSite, path: str
):
    answer = site.visitor.get(path)
    assert answer.headers["api-version"] == API_VERSION
    assert answer.headers["access-control-allow-origin"] == "*"
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert {"title", "status", "detail", "instance"} <= set(answer.json())


def test_a_preflight_is_answered(site: PublicSite):
    answer = site.visitor.ask("OPTIONS", "/v1/documenten")
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, POST"
    assert answer.headers["api-version"] == API_VERSION


@pytest.mark.parametrize("path", ["/v1/documenten/", "/v1/publicaties/", "/publicaties/", "/api/", "/v1/"])
def test_a_trailing_slash_is_a_404_and_no_redirect(site: PublicSite, path: str):
    assert site.visitor.get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/v1/documenten", "/"])
def test_only_reading_is_offered(site: PublicSite, method: str, path: str):
    answer = site.visitor.ask(method, path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert "Op dit adres kan alleen: GET, HEAD." in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/v1/documenten", "/gezondheid/live", "/robots.txt", "/static/site.css"]
)
def test_head_is_answered_wherever_get_is(site: PublicSite, path: str):
    assert site.visitor.ask("HEAD", path).status_code == 200


def test_security_txt_names_a_contact_and_ends_within_a_year(site: PublicSite):
    text = site.visitor.get("/.well-known/security.txt").text
    assert "Contact: mailto:woo@zuiderveld.example" in text
    assert "Canonical: https://open.zuiderveld.example/.well-known/security.txt" in text
    assert "Expires: 20" in text


def test_static_files_may_be_kept_because_their_address_changes_with_them(site: PublicSite):
    client: Client = site.visitor
    page = client.get("/").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(address)
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/..%2fpages.py").status_code == 404
