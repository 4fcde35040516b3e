"""The limits per address as visitors meet them."""

from pathlib import Path

import httpx
import pytest

from tests.api.asking import Client
from tests.api.site import PublicSite, make_settings


def client_of(site: PublicSite, folder: Path, **environ: str) -> Client:
    given = {"WOO_SERVE__UNLIMITED": "", "WOO_SERVE__POINTS_PER_MINUTE": "12", **environ}
    return site.client(settings=make_settings(folder, **given))


def test_too_many_searches_give_429_in_words_and_the_rest_goes_on(site: PublicSite, tmp_path: Path):
    client = client_of(site, tmp_path)
    answers = [client.get("/v1/documenten") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    refused = answers[-1]
    assert refused.headers["content-type"] == "application/problem+json"
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.headers["api-version"]
    page = client.get("/")
    assert page.status_code == 429
    assert "U vraagt te veel in korte tijd" in page.text
    style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert client.get(style).status_code == 200


def test_this_machine_itself_is_not_limited(site: PublicSite, tmp_path: Path):
    client = client_of(site, tmp_path, WOO_SERVE__UNLIMITED="127.0.0.1, ::1")
    assert {client.get("/v1/documenten").status_code for _ in range(5)} == {200}


def test_a_proxy_that_is_not_in_the_settings_is_warned_of_once(
    site: PublicSite, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    warned: list[str] = []
    monkeypatch.setattr("search_api.limiting._log.warning", lambda event, **_: warned.append(event))
    client = client_of(site, tmp_path)
    for _ in range(2):
        answer: httpx.Response = client.get("/v1/waardelijsten/talen", x_forwarded_for="192.0.2.1")
        assert answer.status_code == 200
    assert warned == ["proxy_not_trusted"]
    client_of(site, tmp_path, WOO_SERVE__TRUSTED_PROXIES="127.0.0.1").get("/", x_forwarded_for="192.0.2.1")
    assert warned == ["proxy_not_trusted"]
