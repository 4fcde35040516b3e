"""The configuration of the reverse proxy, in a real nginx (Debian's) before a stand-in for the public site.

Changed for this machine: ports, the address of the site, and `http2 on`, which Debian 12's nginx does not know yet.
"""

import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.image import containers
from tests.image.conftest import free_port
from tests.image.containers import Container, Running

pytestmark = [pytest.mark.prove, pytest.mark.needs("buildah"), pytest.mark.timeout(900)]
_NGINX = "localhost/woo-test-nginx"
_TERM = "zeldzaamzoekwoord"


class _Site(BaseHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        body = f"{self.headers['Host']} {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@dataclass(slots=True)
class Proxy:
    http: str
    https: str
    health: str
    trust: ssl.SSLContext
    site: ThreadingHTTPServer
    running: Running

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"{self.https}{path}", verify=self.trust, timeout=30, trust_env=False)

    def hurry(self, path: str, number: int) -> list[httpx.Response]:
        with (
            httpx.Client(verify=self.trust, timeout=30, trust_env=False) as client,
            ThreadPoolExecutor(8) as pool,
        ):
            return list(pool.map(lambda _: client.get(f"{self.https}{path}"), range(number)))


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "tls_certificate").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "tls_key").write_bytes(private)


def _configuration(root: Path, ports: dict[str, str]) -> str:
    text = (root / "docker" / "proxy" / "nginx.conf").read_text("utf-8")
    for old, new in {**ports, "http2 on;": ""}.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def proxy(root: Path, tmp_path: Path) -> Iterator[Proxy]:
    containers.ensure_base()
    (tmp_path / "Dockerfile").write_text(
        f"FROM {containers.BASE}\nRUN apt-get update && apt-get install -y --no-install-recommends nginx-light\n"
    )
    containers.build_plain(tmp_path, _NGINX)
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    _certificate(secrets)
    site = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    http, https, health = free_port(), free_port(), free_port()
    ports = {
        "listen 8080;": f"listen 127.0.0.1:{http};",
        "listen 8443 ssl;": f"listen 127.0.0.1:{https} ssl;",
        "127.0.0.1:8081": f"127.0.0.1:{health}",
        "search_api:8000": f"127.0.0.1:{site.server_address[1]}",
    }
    configuration = tmp_path / "configuration"
    configuration.mkdir()
    (configuration / "nginx.conf").write_text(_configuration(root, ports))
    mounts = {"/etc/woo": (configuration, False), "/run/secrets": (secrets, False)}
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    with Container(tmp_path, _NGINX, user="101:101", mounts=mounts) as container:
        running = Running(container, "nginx", "-c", "/etc/woo/nginx.conf", "-g", "daemon off;")
        try:
            addresses = (
                f"http://localhost:{http}",
                f"https://localhost:{https}",
                f"http://127.0.0.1:{health}",
            )
            trust = ssl.create_default_context(cafile=str(secrets / "tls_certificate"))
            made = Proxy(*addresses, trust, site, running)
            _wait(made)
            yield made
        finally:
            running.end()
            site.shutdown()
            site.server_close()
            thread.join()


def _wait(proxy: Proxy) -> None:
    for _ in range(200):
        try:
            assert httpx.get(proxy.health, timeout=5, trust_env=False).text == "ok\n"
            return
        except httpx.TransportError:
            assert proxy.running.alive(), proxy.running.said()
            threading.Event().wait(0.05)
    raise AssertionError(proxy.running.said())


def test_the_proxy_serves_the_site_by_tls_and_sends_the_rest_there(proxy: Proxy) -> None:
    answer = proxy.get("/documenten/1?pagina=2")
    assert answer.status_code == 200
    assert answer.text.split() == ["localhost", "/documenten/1?pagina=2"]
    plain = httpx.get(f"{proxy.http}/x?y=z", timeout=30, trust_env=False)
    assert (plain.status_code, plain.headers["location"]) == (308, "https://localhost/x?y=z")
    assert proxy.running.status()["Uid"].split() == ["101"] * 4


@pytest.mark.parametrize(
    ("path", "other"),
    [
        (f"/v1/documenten?zoek={_TERM}", "/v1/documenten/1/bestand/a.pdf"),
        (f"/?zoek={_TERM}", "/publicaties/1"),
        ("/v1/documenten/1/bestand/a.pdf", "/"),
        ("/v1/documenten/1/paginas/2/afbeelding", "/"),
        ("/v1/publicaties/1/zip", "/v1/publicaties/1"),
        (f"/v1/export?formaat=csv&zoek={_TERM}", "/v1/documenten"),
    ],
)
def test_who_asks_too_much_of_one_thing_is_told_to_wait_and_gets_the_other(
    proxy: Proxy, path: str, other: str
) -> None:
    answers = proxy.hurry(path, 400)
    busy = [answer for answer in answers if answer.status_code == 429]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert {answer.headers["retry-after"] for answer in busy} == {"5"}
    if path.startswith("/v1/"):
        assert busy[0].headers["content-type"] == "application/problem+json"
        assert busy[0].json()["status"] == 429
    else:
        assert busy[0].headers["content-type"].startswith("text/plain")
    assert proxy.get(other).status_code == 200
    assert _TERM not in proxy.running.said()


def test_a_site_that_is_away_is_said_in_words_and_searches_stay_out_of_the_log(proxy: Proxy) -> None:
    proxy.site.shutdown()
    proxy.site.server_close()
    answer = proxy.get(f"/v1/documenten?zoek={_TERM}")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert answer.json()["title"] == "Niet bereikbaar"
    assert "niet bereikbaar" in proxy.get(f"/?zoek={_TERM}").text
    assert _TERM not in proxy.running.said()
