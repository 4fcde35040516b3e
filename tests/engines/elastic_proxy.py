"""A checking proxy before the real Elasticsearch: TLS, an API key, a record of what was asked, and failures on request."""

import http.client
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Asked:
    """One request as it passed: method, path without the question mark, and the size of its body."""

    method: str
    path: str
    size: int


@dataclass(frozen=True)
class Refusal:
    """What the proxy answers by itself; status None closes the connection instead."""

    status: int | None
    kind: str = ""
    after: bool = False  # only once the engine has done what was asked


class Proxy:
    """Passes everything on; `refuse` says per request what to answer instead."""

    def __init__(self, backend: str, *, api_key: str | None = None, certificate: Path | None = None) -> None:
        self.asked: list[Asked] = []
        self.refuse: Callable[[Asked], Refusal | None] = lambda asked: None
        self.backend = urlsplit(backend).netloc
        self.api_key = api_key
        self.product: str | None = "Elasticsearch"
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"proxy": self}))
        self._server.daemon_threads = True
        self.scheme = "elasticsearch"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
            self.scheme = "elasticsearchs"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self._server.server_address[1]}"

    def paths(self, ending: str) -> list[Asked]:
        """What was asked of an address that ends so."""
        return [asked for asked in self.asked if asked.path.endswith(ending)]

    def __enter__(self) -> "Proxy":
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    proxy: Proxy
    protocol_version = "HTTP/1.1"

    def log_message(self, *words: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        try:
            super().handle()
        except (ssl.SSLError, ConnectionError):  # a client that does not trust us, or left
            self.close_connection = True

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(self.command, self.path.partition("?")[0], len(body))
        self.proxy.asked.append(asked)
        if self.proxy.api_key and self.headers.get("Authorization") != f"ApiKey {self.proxy.api_key}":
            self._answer(401, _error("security_exception", "unable to authenticate", 401))
            return
        refusal = self.proxy.refuse(asked)
        if refusal and not refusal.after:
            self._refuse(refusal)
            return
        status, content = self._from_engine(body)
        if refusal:
            self._refuse(refusal)
        else:
            self._answer(status, content)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass  # noqa: N815

    def _from_engine(self, body: bytes) -> tuple[int, bytes]:
        engine = http.client.HTTPConnection(self.proxy.backend, timeout=60)
        try:
            kept = {
                name: self.headers[name]
                for name in ("Content-Type", "Accept")
                if self.headers[name] is not None
            }
            engine.request(self.command, self.path, body or None, kept)
            answer = engine.getresponse()
            return answer.status, answer.read()
        finally:
            engine.close()

    def _refuse(self, refusal: Refusal) -> None:
        if refusal.status is None:
            self.close_connection = True
            self.connection.close()
            return
        self._answer(refusal.status, _error(refusal.kind, "asked for by the test", refusal.status))

    def _answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=9")
        if self.proxy.product:
            self.send_header("X-Elastic-Product", self.proxy.product)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _error(kind: str, reason: str, status: int) -> bytes:
    cause = {"type": kind, "reason": reason}
    return json.dumps({"error": {**cause, "root_cause": [cause]}, "status": status}).encode()


@dataclass(frozen=True)
class Certificates:
    """Files: the authority to trust, and the server's certificate with its key."""

    authority: Path
    server: Path


def make_certificates(folder: Path, name: str = "authority") -> Certificates:
    """Make an authority and a certificate of it for 127.0.0.1."""
    folder.mkdir(parents=True, exist_ok=True)
    own_key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    own_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    server_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    own = (
        _builder(own_name, own_name, own_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own_key.public_key()), critical=False)
        .sign(own_key, hashes.SHA256())
    )
    server = (
        _builder(server_name, own_name, server_key.public_key())
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(own_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    key = server_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / f"{name}.pem").write_bytes(own.public_bytes(pem))
    (folder / f"{name}-server.pem").write_bytes(server.public_bytes(pem) + key)
    return Certificates(folder / f"{name}.pem", folder / f"{name}-server.pem")


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )


@contextmanager
def before(url: str, **more: object) -> Iterator[Proxy]:
    """A proxy before the engine of this elasticsearch:// address."""
    with Proxy(url, **more) as proxy:  # type: ignore[arg-type]
        yield proxy
